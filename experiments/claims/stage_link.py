"""The part of an address behind which the stage opens both sides of a claim: settings, luck, and where to look."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.claims.claim import Trial
from experiments.claims.lanes import scenario_of
from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS

if TYPE_CHECKING:
    from incentive_abm.place import Place

MARK, PRESET, QUARTERS_SHOWN = "#s=", "today", 60
"""As `dashboards/static/session/link.js` reads it, which a test holds it to."""


def stage_link(place: Place, trial: Trial, values: Mapping[str, float], seed: int) -> str:
    """What stands behind the page's own address. Its sides are the arm with the lowest and that with the highest settings."""
    low, high = trial.arms[-2 if len(trial.arms) == 4 else 0], trial.arms[-1]
    brokered = trial.outcome.measured.brokered
    sides = [_side(name, {**values, **dict(arm.settings)}, brokered) for name, arm in (("low", low), ("high", high))]
    last = QUARTERS_SHOWN - 1
    kept = {"v": __version__, "h": source_hash(), "p": place.hash[:16], "a": sides[0], "b": sides[1], "w": "B", "s": seed,
            "q": last, "f": last, "r": None}
    packed = zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return MARK + base64.urlsafe_b64encode(packed).decode()


def read_link(link: str) -> dict[str, Any]:
    """What a link holds."""
    return dict(json.loads(zlib.decompress(base64.urlsafe_b64decode(link.removeprefix(MARK)))))


def _side(name: str, values: Mapping[str, float], brokered: bool) -> dict[str, Any]:
    scenario = scenario_of(brokered)
    side: dict[str, Any] = {"preset": PRESET, "title": f"With the claim's settings {name}"}
    shown = {**dict(scenario.parameters), **values}
    side["parameters"] = {key: PARAMETERS[key].show(value) for key, value in shown.items()}
    if scenario.events:
        side["events"] = [{"quarter": event.quarter, "what": event.what.code, "scope": event.scope,
                           "between": [Kind(kind).code for kind in event.between or ()]} for event in scenario.events]
    return side
