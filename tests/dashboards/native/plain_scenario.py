"""A scenario from the plain data in which the page holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incentive_abm.errors import ScenarioError, UserError, nearest
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS, parameter
from incentive_abm.scenario import Scenario
from incentive_abm.scenario.as_data import WORDS
from incentive_abm.scenario.event_reading import read_event
from incentive_abm.toml_reading import TomlTable

KEYS = ("preset", *WORDS, "parameters", "kinds", "partners", "events")


def read_scenario(data: object) -> Scenario:
    """A scenario from what `written` makes; raises UserError naming the key, what was expected and the nearest name."""
    table = _table(data, "the scenario")
    for key in table:
        if key not in KEYS:
            raise UserError(f"the scenario has no {key!r}{nearest(key, KEYS)}")
    words = {key: table.get(key, "") for key in WORDS}
    kinds = _table(table.get("kinds", {}), "kinds")
    known = {kind.code: kind for kind in Kind}
    for word in kinds:
        if word not in known:
            raise UserError(f"no kind is called {word!r}{nearest(word, known)}; expected one of {', '.join(known)}")
    partners = _table(table.get("partners", {}), "partners")
    events = table.get("events", [])
    return Scenario(
        name=str(table.get("preset") or "own"), **{**words, "title": words["title"] or "Your own"},
        parameters=_values(table.get("parameters", {}), "parameters"),
        kinds=tuple((kind, _values(kinds[word], f"kinds.{word}")) for word, kind in known.items() if word in kinds),
        partners=tuple((who, _values(partners[who], f"partners.{who}")) for who in sorted(partners)),
        events=tuple(read_event(TomlTable(_table(event, f"event {n}"), f"event {n}", ScenarioError))
                     for n, event in enumerate(events, 1)),
    )


def _values(data: object, where: str) -> tuple[tuple[str, float], ...]:
    given = {name: parameter(name, where).read(value, where) for name, value in _table(data, where).items()}
    return tuple((name, given[name]) for name in PARAMETERS if name in given)


def _table(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise UserError(f"{where} is missing or is not a table of names and values")
    return data
