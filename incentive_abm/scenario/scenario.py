"""What a scenario is: overrides of the parameter table for everyone, a kind or a partner, and timed events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from incentive_abm.errors import ScenarioError
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS, Scope, Setting, names, parameter
from incentive_abm.scenario.binding import BoundEvent, bind_events, bind_partner_settings
from incentive_abm.scenario.events import Event, Values, in_table_order
from incentive_abm.scenario.scenario_writing import to_toml
from incentive_abm.words import say

if TYPE_CHECKING:
    from incentive_abm.place import Place

Named = TypeVar("Named", Kind, str)


@dataclass(frozen=True)
class Scenario:
    """Overrides only; whatever is not named keeps its default. Values are numbers as the table stores them.

    parameters hold for everyone; kinds and partners narrow partner parameters; events follow in time.
    Raises ScenarioError for a parameter that does not exist, is out of range or cannot be set there.
    """

    name: str
    title: str
    question: str = ""
    about: str = ""
    source: str = ""
    parameters: Values = ()
    kinds: tuple[tuple[Kind, Values], ...] = ()
    partners: tuple[tuple[str, Values], ...] = ()
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        for name, value in self.parameters:
            check_override(name, value)
        for _, values in (*self.kinds, *self.partners):
            for name, value in values:
                check_override(name, value, narrowed=True)

    def settings(self) -> dict[str, float]:
        """The value in force from the start of every PLACE, START and RESULT parameter."""
        given = dict(self.parameters)
        scopes = (Scope.PLACE, Scope.START, Scope.RESULT)
        return {p.name: given.get(p.name, p.default) for p in PARAMETERS.values() if p.scope in scopes}

    def place_settings(self) -> NDArray[np.float64]:
        """float64[n place setting], in the table's order."""
        return self._array(Scope.PLACE)

    def start_settings(self) -> NDArray[np.float64]:
        """float64[n start setting], in the table's order."""
        return self._array(Scope.START)

    def partner_settings(self, place: Place) -> NDArray[np.float64]:
        """float64[n partner, n partner setting]; raises ScenarioError for a partner the place does not have."""
        return bind_partner_settings(self.parameters, self.kinds, self.partners, place, self.name)

    def bound_events(self, place: Place) -> tuple[BoundEvent, ...]:
        """Events by quarter, with indices; raises ScenarioError for partners and ties the place does not have."""
        return bind_events(self.events, place, self.name)

    def with_overrides(self, overrides: Mapping[str, Setting]) -> Scenario:
        """The same scenario with these values for everyone, from the start.

        A value given here also replaces what the scenario says for a kind or a partner; events still follow in time.
        """
        values = {name: parameter(name).read(value) for name, value in overrides.items()}
        return self.overlaid(values)

    def overlaid(self, values: Mapping[str, float], where: str = "") -> Scenario:
        """As `with_overrides`, for numbers as the table stores them."""
        for name, value in values.items():
            check_override(name, value, where=where)
        return replace(
            self,
            parameters=in_table_order({**dict(self.parameters), **values}),
            kinds=_without(self.kinds, values),
            partners=_without(self.partners, values),
        )

    @cached_property
    def hash(self) -> str:
        """SHA-256 in hex of everything that acts on a run: values and events, not names and words."""
        acting = {
            "settings": self.settings(),
            "everyone": {n: dict(self.parameters).get(n, PARAMETERS[n].default) for n in names(Scope.PARTNER)},
            "kinds": {kind.code: dict(values) for kind, values in self.kinds},
            "partners": {partner: dict(values) for partner, values in self.partners},
            "events": [_acting(event) for event in sorted(self.events, key=lambda event: event.quarter)],
        }
        return hashlib.sha256(json.dumps(acting, sort_keys=True).encode()).hexdigest()

    def to_toml(self) -> str:
        """A file that reads back as this scenario; what it extends is written out."""
        words = {"title": self.title, "question": self.question, "about": self.about, "source": self.source}
        return to_toml(words, self.parameters, self.kinds, self.partners, self.events)

    def _array(self, scope: Scope) -> NDArray[np.float64]:
        given = dict(self.parameters)
        return np.array([given.get(name, PARAMETERS[name].default) for name in names(scope)], dtype=np.float64)


def check_override(name: str, value: float, *, narrowed: bool = False, where: str = "") -> None:
    """Raise ScenarioError where a scenario cannot give a parameter this value; narrowed = for one kind or partner."""
    at = f"{where}: " if where else ""
    declared = parameter(name, where)
    declared.check(value, where, ScenarioError)
    if declared.scope is Scope.DATA:
        raise ScenarioError(at + say("faults.parameter.of_data", name=name))
    if narrowed and declared.scope is not Scope.PARTNER:
        raise ScenarioError(at + say("faults.parameter.of_the_place", name=name))


def _without(
    groups: tuple[tuple[Named, Values], ...], overridden: Mapping[str, float]
) -> tuple[tuple[Named, Values], ...]:
    kept = ((key, tuple((n, v) for n, v in values if n not in overridden)) for key, values in groups)
    return tuple((key, values) for key, values in kept if values)


def _acting(event: Event) -> dict[str, object]:
    return {
        "quarter": event.quarter, "what": event.what.code, "parameters": dict(event.parameters),
        "kind": event.kind, "partner": event.partner, "background": event.background, "skill": event.skill,
        "tie": sorted(str(end) for end in (event.a, event.b)), "between": sorted(event.between or ()),
        "scope": event.scope,
    }
