"""What became of a run, in one plain sentence."""

from __future__ import annotations

import numpy as np

from incentive_abm.kinds import Regime
from incentive_abm.regimes import Endings


def verdict(endings: Endings, form: float, quarters: int) -> str:
    """What became of the first run, in one plain sentence with the year."""
    regime = Regime(int(endings.regime[0]))
    joined, stall, fell = (float(getattr(endings, f"time_to_{name}")[0]) for name in ("integration", "stall", "collapse"))
    years = quarters // 4
    if regime is Regime.INTEGRATED:
        return f"Services work as one from {when(joined)} and still do after {years} years."
    if regime is Regime.COLLAPSED:
        return f"Joint work grew, then fell apart in {when(fell)}."
    if regime is Regime.BUSY:
        return f"After {years} years, {form:.0%} of shared spending is under agreements, with little joint work behind them."
    if regime is Regime.NEVER_STARTED:
        return f"In {years} years hardly anything was ever shared."
    if regime is Regime.PROGRESSING:
        return f"Still getting better after {years} years, but services do not yet work as one."
    if np.isfinite(stall) and stall > 4:
        return f"Talks go on, and little has moved since {when(stall)}."
    return "Talks go on, and little ever moves."


def when(quarter: float) -> str:
    """A quarter counted from 1, as people say it."""
    return f"year {int(quarter - 1) // 4 + 1}"
