"""Compacts of more than two, within phase 6: who signs, where one begins or ends, and whom its end strikes."""

from __future__ import annotations

from typing import Any

from incentive_abm.agents.negotiation import Negotiating
from incentive_abm.agents.records import PlaceState, Side, Tie
from incentive_abm.chance import Stream
from incentive_abm.rules import commitment, compacts


class Compacting(Negotiating):
    """How a partner signs, holds and leaves a compact."""

    def signs(self, side: Side[Any]) -> bool:
        """G2. Whether it would sign a compact with the other."""
        around = self.place.settings
        return compacts.signs(side.trust, around.compact_trust, side.best - side.fallback, around.crisis_strain,
                              around.risk_share, self.stress, side.other.stress) == 1.0

    def holds_table(self) -> float:
        """G1. 1 where a compact may be made at its table, else 0."""
        around = self.place.settings
        return compacts.holds_table(float(self.kind), self.largest, around.compact_lead, around.lead_partner)

    def walks_away(self, side: Side[Any]) -> bool:
        """C3, G4. Whether it leaves a deal by which it has lost for too long; a mandated board holds it in."""
        around = self.place.settings
        held = compacts.held_in(around.mandate, around.compact, side.tie.bound)
        drawn = self.place.chance(Stream.WALK_OUT, side.key)
        return commitment.walks_away(side.losing, around.exit_patience, around.exit_chance, held, drawn) == 1.0

    def gives_up(self) -> bool:
        """G4. Whether it gives up the compact that it holds, having lost by it for too long."""
        around = self.place.settings
        held = compacts.held_in(around.mandate, around.compact, self.hosts)
        drawn = self.place.chance(Stream.GIVING_UP, self.key)
        return commitment.walks_away(self.carrying, around.exit_patience, around.exit_chance, held, drawn) == 1.0

    def make_compact(self) -> None:
        """G3, G4. The compact at its table begins, goes on or ends; reads what `count` added up."""
        place, was = self.place, self.hosts
        around = place.settings
        self.carrying = compacts.carrying_after(self.carrying, self.carried, was)
        self.gave_up = was * (1.0 if self.gives_up() else 0.0)
        over = was * compacts.ends(around.compact, self.gave_up, self.leavers, self.bound_now)
        begins = (1.0 - was) * compacts.forms(around.compact, self.seats, self.ayes)
        signing = self.seats if around.compact == 3.0 else self.ayes
        self.dissolved, self.signed, self.hosts = over, begins, was - over + begins
        self.carrying *= self.hosts
        self.members = self.hosts * (signing if begins > 0.5 else self.bound_now - self.leavers)
        speed = commitment.board_speed(1.0, around.board_brake, place.clarity, self.members + 1.0, around.free_riding,
                                       around.named_owner)
        self.table_speed = self.hosts * speed


def table_of(tie: Tie[Any]) -> float:
    """G1. At whose table a tie lies: 1 side a's, 2 side b's, 0 nobody's."""
    a, b = tie.a.partner, tie.b.partner
    present = 1.0 if a.at_the_table() and b.at_the_table() else 0.0
    return compacts.table_of(tie.place.settings.compact, a.holds_table(), b.holds_table(), tie.a.share, present)


def count(tie: Tie[Any]) -> None:
    """G2–G4. What the holder of a compact needs to know of one tie at its table."""
    if tie.place.settings.compact + tie.bound == 0.0:
        tie.consent = 0.0
        return
    whose = table_of(tie)
    leaves = any(side.partner.walks_away(side) for side in tie.sides)
    sign_a, sign_b = (1.0 if side.partner.signs(side) else 0.0 for side in tie.sides)
    tie.consent = compacts.consents(sign_a, sign_b, tie.brokered, 1.0 if leaves else 0.0)
    for side in tie.sides:
        holder, number = side.partner, side.end + 1.0
        holder.seats += 1.0 if whose == number else 0.0
        holder.ayes += tie.consent if whose == number else 0.0
        holder.bound_now += 1.0 if tie.bound == number else 0.0
        holder.leavers += 1.0 if tie.bound == number and leaves else 0.0
        holder.carried += side.part * side.surplus if tie.bound == number else 0.0


def make_compacts(place: PlaceState) -> None:
    """Compacts begin where enough sign, and end where one who is needed cannot carry them any longer."""
    if place.settings.compact > 0.0 or any(partner.hosts + partner.dissolved > 0.0 for partner in place.partners):
        for partner in place.partners:
            partner.make_compact()


def bind(tie: Tie[Any], left: float) -> None:
    """G3, G4, G6. Whether the tie is bound after the quarter, what it costs beyond what was reckoned, what an end does."""
    settings, was = tie.place.settings, tie.bound
    whose = table_of(tie)
    holder = (tie.a if whose == 1.0 else tie.b).partner
    held = (tie.a if was == 1.0 else tie.b).partner
    tie.brokered = 0.0
    tie.bound = compacts.bound_after(whose, holder.hosts, was, tie.consent, left, settings.compact)
    tie.struck = compacts.struck_by_end(was, held.dissolved, left, settings.fall_out)
    for side in tie.sides:
        drawn = tie.place.chance(Stream.UNCLEAR_COSTS, side.key)
        side.unclear = compacts.unclear_after(side.unclear, was, tie.bound, drawn, settings.unclear_costs,
                                              tie.settings.obligations_clarity)


def decision_speed(tie: Tie[Any]) -> float:
    """G5. Speed of taking up deals on the tie: the board's, or its compact's."""
    holder = (tie.a if tie.bound == 1.0 else tie.b).partner
    return compacts.decided_at(tie.place.board_speed, holder.table_speed, tie.bound)
