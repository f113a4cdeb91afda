"""Quarters, in which the model counts, and years, in which people do."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

QUARTERS_A_YEAR = 4
Quarters = TypeVar("Quarters", float, NDArray[np.float64])


def years(quarters: Quarters) -> Quarters:
    """A time in years."""
    return quarters / QUARTERS_A_YEAR


def in_years(quarters: float) -> str:
    """A time in years as it is told, to one decimal at most."""
    return f"{years(quarters):.1f}".removesuffix(".0")
