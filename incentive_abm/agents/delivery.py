"""Phase 7: each side keeps its promise or not; outcomes for the people served follow."""

from __future__ import annotations

from typing import Any

from incentive_abm.agents.records import Organisation, PlaceState, Side, Tie
from incentive_abm.chance import Stream
from incentive_abm.rules import appraisal, blockers, commitment, compacts, delivery, feedback, politics


class Delivering(Organisation):
    """How a partner keeps its promises."""

    def deliver(self, side: Side[Any]) -> None:
        """D1. What today's sharing is worth to it, and whether it keeps its promise."""
        side.surplus = self.surplus(side)
        side.keep_chance = self.chance_of_keeping(side)
        side.kept = 1.0 if self.keeps_promise(side) else 0.0
        side.losing = commitment.losing_after(side.losing, side.surplus, side.tie.breadth)

    def surplus(self, side: Side[Any]) -> float:
        """D1. What it gains by today's sharing over its fallback."""
        tie = side.tie
        worth = appraisal.utility(*side.benefits, compacts.cost_met(side.true_cost, side.unclear), *tie.scopes)
        strain = self.place.settings.crisis_strain * delivery.crisis_of(self.balance)
        return delivery.surplus_at(worth, side.sign * tie.payment, side.fallback, strain, delivery.engagement(tie.breadth))

    def chance_of_keeping(self, side: Side[Any]) -> float:
        """D1. Chance that it keeps its promise this quarter; reads `side.surplus`."""
        own = self.settings
        return delivery.keep_chance(
            side.surplus, self.ownership, side.tie.identity, self.pressure, own.joint_resolution, self.stress,
            own.target_pressure, own.relational_space, self.skill, self.place.settings.keep_base)

    def keeps_promise(self, side: Side[Any]) -> bool:
        """D1. Whether it keeps its promise; reads `side.keep_chance`."""
        return delivery.keeps(self.place.chance(Stream.PROMISE, side.key), side.keep_chance) == 1.0


def play(place: PlaceState) -> None:
    """Promises are kept or broken on every tie, and joint work is delivered."""
    for tie in place.ties:
        for side in tie.sides:
            side.partner.deliver(side)
        deliver(tie)


def deliver(tie: Tie[Any]) -> None:
    """O2, O3. Joint work and what people get of it; what held the tie back is noted."""
    a, b, settings = tie.a, tie.b, tie.place.settings
    shared, joint = tie.breadth, tie.work_together()
    voluntary = 1.0 if a.partner.voluntary + b.partner.voluntary > 0.5 else 0.0
    skill = a.partner.skill if a.partner.voluntary > 0.5 else b.partner.skill
    tie.joint_quality = joint
    new_ways = feedback.unlearnt(a.partner.routine, b.partner.routine, settings.routine_inertia)
    tie.delivered = delivery.delivered(shared, a.kept, b.kept, joint) * new_ways
    tie.expected = delivery.delivered(shared, a.keep_chance, b.keep_chance, joint) * new_ways
    tie.outcome = delivery.outcome_of(tie.delivered, tie.quality, voluntary, settings.community_control, skill)
    find_blocker(tie)
    tie.meetings = politics.meetings_held(tie.rounds, tie.settings.committees, settings.directives)


def find_blocker(tie: Tie[Any]) -> None:
    """Blockers. What holds the tie back: nothing while it moves, else the less willing side's largest obstacle."""
    moving = blockers.is_moving(tie.moved, tie.expected, tie.place.settings.seamless_quality)
    unwilling = tie.a if tie.a.best - tie.a.fallback <= tie.b.best - tie.b.fallback else tie.b
    tie.blocker = blockers.held_back(1.0 if tie.talk == 3.0 else 0.0, moving, unwilling.blocker)
    tie.shortfall = unwilling.shortfall
    tie.blocker_agrees = unwilling.blocker_agrees
