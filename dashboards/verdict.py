"""What became of a run, in one plain sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboards.english import text
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.regimes import Endings

EARLY = 4
"""A stall within this many quarters of the beginning is told as nothing having moved."""


def verdict(endings: Endings, measures: NDArray[np.float64]) -> str:
    """What became of the first run, in one plain sentence with the year and with its numbers at the end.

    measures: float64[quarters, measures] of that run.
    """
    regime = Regime(int(endings.regime[0]))
    joined, stall, fell = (float(getattr(endings, f"time_to_{name}")[0]) for name in ("integration", "stall", "collapse"))
    values: dict[str, str | int] = {
        "years": len(measures) // 4, "agreed": share(measures[-1, Measure.FORM]),
        "joined": share(measures[-1, Measure.INTEGRATION])}
    if regime is Regime.INTEGRATED:
        return text("verdict.integrated", when=when(joined), **values)
    if regime is Regime.COLLAPSED:
        return text("verdict.collapsed", when=when(fell), **values)
    if regime is Regime.NEVER_STARTED:
        return text("verdict.never_started", most=share(measures[:, Measure.FORM].max()), **values)
    if regime is Regime.STALLED and not (np.isfinite(stall) and stall > EARLY):
        return text("verdict.never_moved", **values)
    return text(f"verdict.{regime.code}", when=when(stall) if np.isfinite(stall) else "", **values)


def share(value: float) -> str:
    """A share of shared spending in words; something is never told as nothing."""
    return text("common.under_one") if 0.0 < value < 0.005 else f"{value:.0%}"


def when(quarter: float) -> str:
    """A quarter counted from 1, as people say it."""
    return text("common.a_year", year=int(quarter - 1) // 4 + 1)


def quarter_said(quarter: int) -> str:
    """A quarter counted from 1: Year 4, quarter 2."""
    return text("common.a_quarter", year=(quarter - 1) // 4 + 1, quarter=(quarter - 1) % 4 + 1)
