"""What partners, sides, ties and the place hold: the fields of `state`, their settings, and each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

import mesa

from incentive_abm.chance import Stream, uniform
from incentive_abm.kinds import Kind, Phase
from incentive_abm.rules import appraisal, delivery, relations, trust
from incentive_abm.state.declared import cleared_in
from incentive_abm.state.facts import PartnerFacts, TieFacts
from incentive_abm.state.partner import PartnerState
from incentive_abm.state.place import PlaceFields
from incentive_abm.state.tie import SideState, TieState

P = TypeVar("P", bound="Organisation")


class Settings(SimpleNamespace):
    """Parameters in force, as plain floats by their names in the table: `settings.bailout`.

    What a partner has none of its own of is the place's, in `around`.
    """

    __slots__ = ("_around",)

    def __init__(self, around: Settings | None = None) -> None:
        super().__init__()
        self._around = around

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or self._around is None:
            raise AttributeError(f"no parameter is called {name!r}")
        return getattr(self._around, name)


class Between:
    """Settings in force on a tie: the place's, or the mean of both partners'."""

    def __init__(self, one: Settings, other: Settings, around: Settings) -> None:
        self._one, self._other, self._around = vars(one), vars(other), vars(around)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._around[name] if name in self._around else 0.5 * (self._one[name] + self._other[name])
        except KeyError:
            raise AttributeError(f"no parameter is called {name!r}") from None


class PlaceState(PlaceFields):
    """The place's changing state, its partners and ties in the place's order, and addressed chance.

    settings: the place's parameters; start: those that only matter when a run starts; quarter: counted from 0;
    lead: index of the largest partner of each kind, or −1.
    """

    def __init__(self, seed: int, lead: Sequence[int]) -> None:
        self.seed, self.lead = seed, lead
        self.quarter = 0
        self.settings, self.start = Settings(), Settings()
        self.partners: list[Any] = []
        self.ties: list[Tie[Any]] = []

    def chance(self, stream: Stream, ident: int) -> float:
        """This quarter's number in [0, 1) for one use of chance and one partner, tie or side of a tie."""
        return uniform(self.seed, int(stream), self.quarter, ident)


@dataclass(frozen=True)
class Identity:
    """Who a partner is: id and name as in its place, kind, and key for addressed chance."""

    id: str
    name: str
    kind: Kind
    key: int


class Organisation(mesa.Agent, PartnerState, PartnerFacts):  # type: ignore[misc]  # Mesa declares no types
    """A partner's state and facts, its sides of its ties, what policy asks of it, and the settings in force."""

    kind: Kind

    def __init__(self, model: mesa.Model, place: PlaceState, identity: Identity) -> None:
        super().__init__(model)
        self.place = place
        self.settings, self.policy = Settings(place.settings), Settings(place.settings)
        self.sides: list[Side[Any]] = []
        self.id, self.name, self.kind, self.key = identity.id, identity.name, identity.kind, identity.key

    def enact(self, v1: float, v2: float, v3: float, v4: float, v5: float, v6: float) -> None:
        """Take on these six weights, made to sum to 1."""
        total = v1 + v2 + v3 + v4 + v5 + v6
        self.evidence, self.targets, self.finance = v1 / total, v2 / total, v3 / total
        self.person, self.community, self.equity = v4 / total, v5 / total, v6 / total

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class Side(SideState, Generic[P]):
    """One partner's side of a tie: belief in the other, appraisal, promise.

    end: 0 for side a, 1 for side b; sign: 1 and −1, for what a pays b; share: its part of the tie's spend;
    part: the tie's part of all its shared spend; key: for addressed chance; across: the other side.
    """

    tie: Tie[P]
    across: Side[P]

    def __init__(self, partner: P, other: P, end: int, key: int, share: float, part: float) -> None:
        self.partner, self.other, self.end, self.key, self.share, self.part = partner, other, end, key, share, part
        self.sign = -1.0 if end else 1.0

    @property
    def trust(self) -> float:
        """T. Belief that the other keeps its promises, 0..1."""
        return trust.mean_trust(self.alpha, self.beta)

    def __repr__(self) -> str:
        return f"<side of {self.partner.id} toward {self.other.id}>"


class Tie(TieState, TieFacts, Generic[P]):
    """What both sides have in common, and the facts of the tie."""

    def __init__(self, a: Side[P], b: Side[P], place: PlaceState, key: int) -> None:
        self.a, self.b, self.place, self.key = a, b, place, key
        self.sides = (a, b)
        self.settings = Between(a.partner.settings, b.partner.settings, place.settings)
        a.tie = b.tie = self
        a.across, b.across = b, a
        for side in self.sides:
            side.partner.sides.append(side)

    @property
    def breadth(self) -> float:
        """A. One number for how much is shared, 0..1."""
        return appraisal.breadth(self.scope_money, self.scope_staff, self.scope_information)

    def contact(self) -> float:
        """R. Contact on equal terms, 0..1."""
        own = self.settings
        return relations.contact(own.relational_space, own.contact_quality, own.committees, self.place.settings.relations_first)

    def work_together(self) -> float:
        """O2. Quality of joint work: who is the "we", how are we connected, what do we know."""
        return delivery.joint_quality(self.identity, self.a.trust, self.b.trust, self.information)

    def __repr__(self) -> str:
        return f"<tie between {self.a.partner.id} and {self.b.partner.id}>"


def clear(place: PlaceState, phase: Phase) -> None:
    """Begin a phase: what adds up in it is set to nothing."""
    for name in cleared_in(PlaceFields, phase):
        setattr(place, name, 0.0)
    for name in cleared_in(PartnerState, phase):
        for partner in place.partners:
            setattr(partner, name, 0.0)
