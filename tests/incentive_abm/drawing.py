"""Numbers that Hypothesis draws for rules, and their comparison."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

approx = pytest.approx


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """Any float64 from low to high, without the subnormal ones that no state reaches."""
    return st.floats(low, high, allow_nan=False, allow_subnormal=False)


SHARE = between(0.0, 1.0)
DRAW = st.floats(0.0, 1.0, exclude_max=True, allow_subnormal=False)
YES_OR_NO = st.sampled_from([0.0, 1.0])
EVIDENCE = between(1e-3, 200.0)
