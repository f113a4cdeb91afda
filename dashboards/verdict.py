"""What became of a run, in one plain sentence."""

from __future__ import annotations

import numpy as np

from dashboards.english import text
from incentive_abm.kinds import Regime
from incentive_abm.regimes import Endings


def verdict(endings: Endings, form: float, quarters: int) -> str:
    """What became of the first run, in one plain sentence with the year."""
    regime = Regime(int(endings.regime[0]))
    joined, stall, fell = (float(getattr(endings, f"time_to_{name}")[0]) for name in ("integration", "stall", "collapse"))
    years = quarters // 4
    if regime is Regime.INTEGRATED:
        return text("verdict.integrated", when=when(joined), years=years)
    if regime is Regime.COLLAPSED:
        return text("verdict.collapsed", when=when(fell))
    if regime is Regime.BUSY:
        return text("verdict.busy", years=years, form=f"{form:.0%}")
    if regime is Regime.NEVER_STARTED:
        return text("verdict.never_started", years=years)
    if regime is Regime.PROGRESSING:
        return text("verdict.progressing", years=years)
    if np.isfinite(stall) and stall > 4:
        return text("verdict.stalled", when=when(stall))
    return text("verdict.never_moved")


def when(quarter: float) -> str:
    """A quarter counted from 1, as people say it."""
    return text("common.a_year", year=int(quarter - 1) // 4 + 1)
