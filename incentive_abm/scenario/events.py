"""What can happen at a set time in a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from incentive_abm.errors import ScenarioError
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import PARAMETERS, Scope, parameter
from incentive_abm.words import say

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
        check = RULES[self.what]
        given = {key for key in KEYS if getattr(self, key) not in (None, ())}
        for name in (key for key in KEYS if key in given and key not in check.allowed):
            takes = ", ".join(check.allowed) or say("faults.event.takes_nothing")
            raise ScenarioError(say("faults.event.no_meaning", name=name, what=repr(self.what.code), takes=takes))
        for either in EITHER:
            if given & set(either.one) and given & set(either.other):
                raise ScenarioError(say(f"faults.event.{either.told}"))
        for need in check.needs:
            if not any(given >= set(keys) for keys in need.any_of):
                self._lacks(need, given)
        for name in SHARES:
            share = getattr(self, name)
            if share is not None and not 0.0 <= share <= 1.0:
                raise ScenarioError(say("faults.event.out_of_range", name=name, value=f"{share:g}"))
        if self.a is not None and self.a == self.b:
            raise ScenarioError(say("faults.event.one_partner", value=repr(self.a)))
        self._check_parameters()

    def _lacks(self, need: Need, given: set[str]) -> None:
        missing = next(key for key in need.any_of[0] if key not in given)
        words = {"words": ", ".join(b.name.lower() for b in Background)} if missing == "background" else {}
        raise ScenarioError(say(f"faults.event.{need.told}", missing=missing, **words))

    def _check_parameters(self) -> None:
        narrowed = self.kind is not None or self.partner is not None
        for name, value in self.parameters:
            declared = parameter(name)
            declared.read(declared.show(value))
            if declared.scope not in (Scope.PLACE, Scope.PARTNER):
                raise ScenarioError(say(f"faults.parameter.not_later.{declared.scope.value}", name=name))
            if narrowed and declared.scope is not Scope.PARTNER:
                raise ScenarioError(say("faults.parameter.of_the_place", name=name))

    @property
    def said(self) -> str:
        """The title, or else plain words for what happens."""
        return self.title or self.what.label


@dataclass(frozen=True)
class Need:
    """Of these groups of keys one must be given whole; `told` is the message where none is."""

    told: str
    any_of: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Either:
    """Keys of one group and of the other cannot both be given."""

    told: str
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True)
class EventRule:
    """What an event of a kind may say and must say, besides its quarter and title."""

    allowed: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()


TIE = Need("no_tie", (("a", "b"), ("between",)))
RULES: dict[EventKind, EventRule] = {
    EventKind.SET: EventRule(("parameters", "kind", "partner"), (Need("no_parameters", (("parameters",),)),)),
    EventKind.REVERSAL: EventRule(),
    EventKind.REORGANISATION: EventRule(),
    EventKind.LEADER: EventRule(("partner", "kind", "background", "skill"), (
        Need("nobody", (("partner",), ("kind",))), Need("no_background", (("background",),)), Need("no_share", (("skill",),)))),
    EventKind.BREAK: EventRule(("a", "b", "between"), (TIE,)),
    EventKind.BROKER: EventRule(("a", "b", "between", "scope"), (TIE, Need("no_share", (("scope",),)))),
}
EITHER = (Either("either_kind_or_partner", ("kind",), ("partner",)), Either("either_ends_or_kinds", ("a", "b"), ("between",)))
SHARES = ("skill", "scope")
KEYS = ("kind", "partner", "background", "skill", "a", "b", "between", "scope", "parameters")
"""What an event may say besides its quarter and title, in the order in which it is looked at."""


def in_table_order(values: dict[str, float]) -> Values:
    """Pairs of name and value in the order of the parameter table."""
    return tuple((name, values[name]) for name in PARAMETERS if name in values)
