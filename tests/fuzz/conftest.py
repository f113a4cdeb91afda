"""Makes the parts of the fuzz importable as `fuzz`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
