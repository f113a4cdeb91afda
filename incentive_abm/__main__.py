"""`python -m incentive_abm` is the command `incentive-abm`."""

import sys

from incentive_abm.cli import main

if __name__ == "__main__":
    sys.exit(main())
