"""How far a lever is moved when the model is asked what would help; compiled, so that a page without a server moves it alike."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.state.kernels import plain

STEP = 0.4
"""How far a lever is moved, as a share of its range, or less where the range ends."""
LEAST_STEP = 0.05
DIGITS = 10_000.0
_NUMBER = types.float64


@plain(*[_NUMBER] * 5)
def moved(was: Any, way: Any, low: Any, high: Any, whole: Any) -> Any:
    """Where a lever stands once moved up (way 1) or down (−1); NaN where its range leaves less than the least step."""
    span = high - low
    value = min(max(was + way * STEP * span, low), high)
    value = np.rint(value) if whole == 1.0 else np.rint(value * DIGITS) / DIGITS
    return value if abs(value - was) >= LEAST_STEP * span else np.nan


KERNELS = (moved,)
