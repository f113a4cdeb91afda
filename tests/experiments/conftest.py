"""Makes the made-up sweep importable by every test of experiments."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "incentive_abm")]
