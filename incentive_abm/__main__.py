"""`python -m incentive_abm` is the command `incentive-abm`."""

from incentive_abm.cli import program

if __name__ == "__main__":
    program()
