"""Numbers that Hypothesis draws for rules, and their comparison."""

from __future__ import annotations

from math import ceil, floor

import pytest
from hypothesis import strategies as st

approx = pytest.approx


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """Any float64 from low to high, without the subnormal ones that no state reaches."""
    return st.floats(low, high, allow_nan=False, allow_subnormal=False)


def graduated(low: float, high: float) -> st.SearchStrategy[float]:
    """Multiples of 1/1024 from low to high: apart by more than rounding, also once they have been scaled and moved."""
    return st.integers(ceil(low * 1024), floor(high * 1024)).map(lambda k: k / 1024)


SHARE = between(0.0, 1.0)
DRAW = st.floats(0.0, 1.0, exclude_max=True, allow_subnormal=False)
YES_OR_NO = st.sampled_from([0.0, 1.0])
EVIDENCE = between(1e-3, 200.0)
