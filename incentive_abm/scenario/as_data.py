"""A scenario as plain data, as pages hold it and links carry it."""

from __future__ import annotations

from typing import Any

from incentive_abm.kinds import Background
from incentive_abm.parameters import PARAMETERS
from incentive_abm.scenario.events import Event
from incentive_abm.scenario.scenario import Scenario

WORDS = ("title", "question", "about", "source")
"""What a scenario says of itself."""


def written(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain data; `preset` is its name."""
    return {
        "preset": scenario.name, **{key: getattr(scenario, key) for key in WORDS},
        "parameters": _shown(scenario.parameters),
        "kinds": {kind.code: _shown(values) for kind, values in scenario.kinds},
        "partners": {who: _shown(values) for who, values in scenario.partners},
        "events": [_event(event) for event in scenario.events],
    }


def _event(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = {"quarter": event.quarter, "what": event.what.code}
    if event.title:
        data["title"] = event.title
    if event.parameters:
        data["parameters"] = _shown(event.parameters)
    if event.kind is not None:
        data["kind"] = event.kind.code
    if event.background is not None:
        data["background"] = Background(event.background).name.lower()
    if event.between is not None:
        data["between"] = [kind.code for kind in event.between]
    data |= {key: value for key in ("partner", "skill", "a", "b", "scope") if (value := getattr(event, key)) is not None}
    return data


def _shown(values: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    return {name: PARAMETERS[name].show(value) for name, value in values}
