"""What can happen at a set time in a scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from incentive_abm.errors import ScenarioError
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import PARAMETERS, Scope, parameter

Values = tuple[tuple[str, float], ...]


class EventKind(IntEnum):
    """What happens; the codes are the words of scenario files."""

    SET = 0
    REVERSAL = 1
    REORGANISATION = 2
    LEADER = 3
    BREAK = 4
    BROKER = 5

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> str:
        return (
            "settings change",
            "the policy of integration is reversed",
            "a reorganisation from above",
            "a new leader",
            "an agreement is broken off",
            "an agreement is brokered",
        )[self]


@dataclass(frozen=True)
class Event:
    """Something that happens at the start of a quarter (counted from 0).

    SET: `parameters` change from then on, for one `partner`, one `kind` or everyone.
    LEADER: one `partner`, or every partner of a `kind`, gets a leader with this `background` and `skill` (0..1).
    BREAK, BROKER: the tie between partners `a` and `b`, or every tie `between` two kinds, loses its agreement, or
    gets one over money, staff and information of this `scope` (0..1).
    Raises ScenarioError where these do not fit together.
    """

    quarter: int
    what: EventKind
    title: str = ""
    parameters: Values = ()
    kind: Kind | None = None
    partner: str | None = None
    background: Background | None = None
    skill: float | None = None
    a: str | None = None
    b: str | None = None
    between: tuple[Kind, Kind] | None = None
    scope: float | None = None

    def __post_init__(self) -> None:
        if self.quarter < 0:
            raise ScenarioError(f"quarter is {self.quarter}; expected 0 or later")
        self._check_keys()
        _CHECKS[self.what](self)

    def _check_keys(self) -> None:
        for name in ("kind", "partner", "background", "skill", "a", "b", "between", "scope"):
            if getattr(self, name) is not None and name not in ALLOWED[self.what]:
                raise ScenarioError(f"{name} has no meaning for {self.what.code!r}; it takes {_listed(self.what)}")
        if self.parameters and self.what is not EventKind.SET:
            raise ScenarioError(f"parameters has no meaning for {self.what.code!r}; it takes {_listed(self.what)}")
        if self.kind is not None and self.partner is not None:
            raise ScenarioError("give either kind or partner, not both")

    @property
    def said(self) -> str:
        """The title, or else plain words for what happens."""
        return self.title or self.what.label


ALLOWED: dict[EventKind, tuple[str, ...]] = {
    EventKind.SET: ("parameters", "kind", "partner"),
    EventKind.REVERSAL: (),
    EventKind.REORGANISATION: (),
    EventKind.LEADER: ("partner", "kind", "background", "skill"),
    EventKind.BREAK: ("a", "b", "between"),
    EventKind.BROKER: ("a", "b", "between", "scope"),
}


def _listed(what: EventKind) -> str:
    return ", ".join(ALLOWED[what]) or "nothing but quarter and title"


def _check_set(event: Event) -> None:
    if not event.parameters:
        raise ScenarioError("parameters is missing; expected for example parameters = { bailout = 0 }")
    narrowed = event.kind is not None or event.partner is not None
    for name, value in event.parameters:
        declared = parameter(name)
        declared.read(declared.show(value))
        if declared.scope not in (Scope.PLACE, Scope.PARTNER):
            why = {Scope.START: "it only matters when a run starts: set it under [parameters]",
                   Scope.RESULT: "it only tells results apart: set it under [parameters]",
                   Scope.DATA: "it only fills holes in a place's data"}[declared.scope]
            raise ScenarioError(f"{name} cannot change during a run; {why}")
        if narrowed and declared.scope is not Scope.PARTNER:
            raise ScenarioError(f"{name} holds for the whole place and cannot be set for one kind or partner")


def _check_share(name: str, value: float | None) -> None:
    if value is None:
        raise ScenarioError(f"{name} is missing; expected a number from 0 to 1")
    if not 0.0 <= value <= 1.0:
        raise ScenarioError(f"{name} is {value:g}; expected a number from 0 to 1")


def _check_leader(event: Event) -> None:
    if event.partner is None and event.kind is None:
        raise ScenarioError("partner is missing; expected a partner's id, or kind for all partners of a kind")
    if event.background is None:
        raise ScenarioError(f"background is missing; expected one of {', '.join(b.name.lower() for b in Background)}")
    _check_share("skill", event.skill)


def _check_tie(event: Event) -> None:
    if event.between is not None:
        if event.a is not None or event.b is not None:
            raise ScenarioError("give either a and b, or between, not both")
    elif event.a is None or event.b is None:
        missing = "a" if event.a is None else "b"
        raise ScenarioError(f'{missing} is missing; expected two ids, a and b, or between = ["trust", "gp"]')
    elif event.a == event.b:
        raise ScenarioError(f"a and b are both {event.a!r}; expected two partners")


def _check_broker(event: Event) -> None:
    _check_tie(event)
    _check_share("scope", event.scope)


def _check_nothing(event: Event) -> None:
    """A reversal or reorganisation needs no more than its quarter."""


_CHECKS: dict[EventKind, Callable[[Event], None]] = {
    EventKind.SET: _check_set,
    EventKind.REVERSAL: _check_nothing,
    EventKind.REORGANISATION: _check_nothing,
    EventKind.LEADER: _check_leader,
    EventKind.BREAK: _check_tie,
    EventKind.BROKER: _check_broker,
}


def in_table_order(values: dict[str, float]) -> Values:
    """Pairs of name and value in the order of the parameter table."""
    return tuple((name, values[name]) for name in PARAMETERS if name in values)
