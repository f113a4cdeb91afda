"""Statistics over places with intervals: places are drawn anew with all their runs, since runs of one place hang together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]
Columns: TypeAlias = Mapping[str, Floats]
"""Columns of one variant's runs, each an array [place, seed]."""

DRAWS = 400
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A number with its interval; NaN where there is none."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0.0 or self.high < 0.0


Estimates: TypeAlias = Mapping[str, Estimate]


def over_places(statistics: Callable[[Indices], Mapping[str, float]], places: int, draws: int = DRAWS) -> dict[str, Estimate]:
    """Several statistics of the places drawn, each with its interval (percentile bootstrap)."""
    drawn = np.random.default_rng(1).integers(places, size=(draws, places))
    value = statistics(np.arange(places))
    sample = [statistics(row) for row in drawn]
    tail = 50.0 * (1.0 - CONFIDENCE)
    return {name: Estimate(value[name], *_between(np.array([each[name] for each in sample]), tail)) for name in value}


def _between(sample: Floats, tail: float) -> tuple[float, float]:
    known = sample[~np.isnan(sample)]
    if known.size < 0.5 * sample.size:
        return float("nan"), float("nan")
    between: Literal["linear", "inverted_cdf"] = "linear" if np.isfinite(known).all() else "inverted_cdf"
    low, high = np.percentile(known, (tail, 100.0 - tail), method=between)
    return float(low), float(high)


def told(estimate: Estimate, digits: int = 2, times: float = 1.0, unit: str = "") -> str:
    """A number with its interval, as tables show it."""
    if not np.isfinite(estimate.value):
        return "–"
    value, low, high = (number(times * each, digits) for each in (estimate.value, estimate.low, estimate.high))
    return f"{value}{unit} ({low} to {high})"


def percent(estimate: Estimate) -> str:
    """A share with its interval, in per cent."""
    return told(estimate, 0, 100.0, "%")


def number(value: float, digits: int) -> str:
    """A number as it is told; no minus before nothing, a dash where there is none."""
    if not np.isfinite(value):
        return "–"
    text = f"{value:.{digits}f}"
    return text.replace("-", "−") if float(text) else f"{0.0:.{digits}f}"
