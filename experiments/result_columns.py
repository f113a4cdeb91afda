"""The columns of a sweep's results, other than factors and kept measures; described in `experiments.analysis`."""

from __future__ import annotations

from incentive_abm.kinds import Blocker, Regime

STANDARD = ("integration", "form", "outcome", "equity", "seamless")
"""Measures of the last quarter that every study keeps."""
BLOCKERS = tuple(blocker.code for blocker in Blocker if blocker is not Blocker.NOTHING)
IDENTITY = ("run_id", "point", "replicate", "seed", "place", "scenario")
EVENTS = ("integration", "stall", "collapse")
"""What a run takes some time to reach, or never does."""
TIMES = tuple(f"time_to_{event}" for event in EVENTS)
FIXED = (*IDENTITY, "quarters", "regime", *STANDARD, *TIMES, "blocker", *(f"blocker_{code}" for code in BLOCKERS))
BY_QUARTER = "_by_quarter"
"""What is added to a measure's code for the column that holds its whole series."""
REGIME_OUTCOMES = {f"regime:{regime.label}": regime for regime in Regime}
"""Outcomes that are 1 for the runs which end so and 0 for the rest."""


def regime_in(outcome: str) -> str:
    """The regime in "regime:<name>", or "" for an outcome that is a number of its own."""
    return outcome.removeprefix("regime:") if outcome.startswith("regime:") else ""
