"""Makes the made-up sweep importable by every test of experiments."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "report"))
sys.path.insert(0, str(Path(__file__).parent / "claims"))
sys.path.insert(0, str(Path(__file__).parent.parent / "incentive_abm"))
