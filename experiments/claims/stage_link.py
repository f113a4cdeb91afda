"""The part of an address behind which the stage opens both sides of a claim: settings, luck, and where to look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.claims.claim import Trial
from experiments.claims.lanes import scenario_of
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS
from incentive_abm.results.stage_link import link_of

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
    scenario = scenario_of(brokered)
    side: dict[str, Any] = {"preset": PRESET, "title": f"With the claim's settings {name}"}
    shown = {**dict(scenario.parameters), **values}
    side["parameters"] = {key: PARAMETERS[key].show(value) for key, value in shown.items()}
    if scenario.events:
        side["events"] = [{"quarter": event.quarter, "what": event.what.code, "scope": event.scope,
                           "between": [Kind(kind).code for kind in event.between or ()]} for event in scenario.events]
    return side
