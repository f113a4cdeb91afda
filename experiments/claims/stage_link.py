"""The part of an address behind which the stage opens both sides of a claim: settings, luck, and where to look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.claims.claim import Trial
from experiments.claims.lanes import scenario_of
from incentive_abm.results.stage_link import link_of
from incentive_abm.scenario.as_data import WORDS, written

if TYPE_CHECKING:
    from incentive_abm.place import Place

PRESET = "today"


def stage_link(place: Place, trial: Trial, values: Mapping[str, float], seed: int) -> str:
    """What stands behind the page's own address. Its sides are the arm with the lowest and that with the highest settings."""
    low, high = trial.arms[-2 if len(trial.arms) == 4 else 0], trial.arms[-1]
    brokered = trial.outcome.measured.brokered
    sides = [_side(name, {**values, **dict(arm.settings)}, brokered) for name, arm in (("low", low), ("high", high))]
    return link_of(place, sides, seed)


def _side(name: str, values: Mapping[str, float], brokered: bool) -> dict[str, Any]:
    side = written(scenario_of(brokered).overlaid(values))
    shown = {key: each for key, each in side.items() if key not in WORDS and (each or key == "parameters")}
    return {**shown, "preset": PRESET, "title": f"With the claim's settings {name}"}
