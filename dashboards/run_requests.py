"""What a request carries: a place, a scenario written out, a seed. Each request stands alone; nothing is remembered between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from incentive_abm.errors import ScenarioError, UserError, nearest
from incentive_abm.given_numbers import checked_seed
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS, parameter
from incentive_abm.scenario import Scenario
from incentive_abm.scenario.as_data import WORDS
from incentive_abm.scenario.event_reading import read_event
from incentive_abm.toml_reading import TomlTable

QUARTERS = 60
MOST_EVENTS, MOST_PARTNERS = 400, 2000
KEYS = ("preset", *WORDS, "parameters", "kinds", "partners", "events")


@dataclass(frozen=True)
class RunRequest:
    """One run that was asked for."""

    place: str
    scenario: Scenario
    seed: int


def read_run_request(data: object) -> RunRequest:
    """The run that a request names: {place, scenario, seed}; raises UserError naming the key that is wrong."""
    table = _table(data, "the request")
    seed = table.get("seed", 1)
    # Digits are what a browser gives of a number that it cannot hold exactly.
    seed = checked_seed(int(seed) if isinstance(seed, str) and seed.isascii() and seed.isdecimal() else seed)
    place = table.get("place")
    if not isinstance(place, str):
        raise UserError(f"place is {place!r}; expected the hash of a place")
    return RunRequest(place, read_scenario(table.get("scenario")), seed)


def read_quarter(data: object, most: int = QUARTERS) -> int:
    """The quarter (0 = before the first) that a request names under `quarter`; raises UserError."""
    quarter = _table(data, "the request").get("quarter")
    if isinstance(quarter, bool) or not isinstance(quarter, int) or not 0 <= quarter <= most:
        raise UserError(f"quarter is {quarter!r}; expected a whole number from 0 to {most}")
    return quarter


def read_scenario(data: object) -> Scenario:
    """A scenario from what `written` makes; raises UserError naming the key, what was expected and the nearest name."""
    table = _table(data, "the scenario")
    for key in table:
        if key not in KEYS:
            raise UserError(f"the scenario has no {key!r}{nearest(key, KEYS)}")
    words = {key: table.get(key, "") for key in WORDS}
    for key, text in words.items():
        if not isinstance(text, str) or len(text) > 4000:
            raise UserError(f"{key} is not a text of at most 4000 characters")
    kinds = _table(table.get("kinds", {}), "kinds")
    known = {kind.code: kind for kind in Kind}
    for word in kinds:
        if word not in known:
            raise UserError(f"no kind is called {word!r}{nearest(word, known)}; expected one of {', '.join(known)}")
    partners = _table(table.get("partners", {}), "partners")
    events = table.get("events", [])
    if not isinstance(events, list) or len(events) > MOST_EVENTS or len(partners) > MOST_PARTNERS:
        raise UserError(f"events is not a list of at most {MOST_EVENTS}")
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
