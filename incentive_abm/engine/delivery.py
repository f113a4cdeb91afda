"""Phase 7: each side keeps its promise or not; outcomes for the people served follow."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.rules import appraisal, blockers, commitment, compacts, delivery, feedback, politics, trust
from incentive_abm.state.kernels import chance, kernel, lanes


@kernel(blocks=True)
def deliver_ties(ties: Any, place: Any, quarter: Any) -> None:
    """What each side gains by today's sharing and whether it keeps its promise; joint work, outcome, what holds back."""
    settings = place.settings
    for tie in ties:
        for side in tie.sides:
            me, own = side.partner, side.partner.settings
            for lane in lanes:
                shared = appraisal.breadth(*tie.scopes)
                cost = compacts.cost_met(side.true_cost, side.unclear)
                worth = appraisal.utility(*side.benefits, cost, *tie.scopes)
                strain = settings.crisis_strain * delivery.crisis_of(me.balance)
                surplus = delivery.surplus_at(worth, side.sign * tie.payment, side.fallback, strain, delivery.engagement(shared))
                likely = delivery.keep_chance(surplus, me.ownership, tie.identity, me.pressure, own.joint_resolution, me.stress,
                                              own.target_pressure, own.relational_space, me.skill, settings.keep_base)
                side.surplus = surplus
                side.keep_chance = likely
                side.kept = delivery.keeps(chance(Stream.PROMISE, side.key), likely)
                side.losing = commitment.losing_after(side.losing, surplus, shared)
        a, b = tie.a, tie.b
        voluntary = 1.0 if a.partner.voluntary + b.partner.voluntary > 0.5 else 0.0
        for lane in lanes:
            shared = appraisal.breadth(*tie.scopes)
            joint = delivery.joint_quality(tie.identity, trust.mean_trust(a.alpha, a.beta), trust.mean_trust(b.alpha, b.beta),
                                           tie.information)
            new_ways = feedback.unlearnt(a.partner.routine, b.partner.routine, settings.routine_inertia)
            work = delivery.delivered(shared, a.kept, b.kept, joint) * new_ways
            expected = delivery.delivered(shared, a.keep_chance, b.keep_chance, joint) * new_ways
            skill_a, skill_b = a.partner.skill, b.partner.skill
            skill = skill_a if a.partner.voluntary > 0.5 else skill_b
            moving = blockers.is_moving(tie.moved, expected, settings.seamless_quality)
            gain_a, gain_b = a.best - a.fallback, b.best - b.fallback
            unwilling_a = gain_a <= gain_b
            blocker_a, blocker_b = a.blocker, b.blocker
            size_a, size_b = a.shortfall, b.shortfall
            agrees_a, agrees_b = a.blocker_agrees, b.blocker_agrees
            out_of_time = 1.0 if tie.talk == 3.0 else 0.0
            tie.joint_quality = joint
            tie.delivered = work
            tie.expected = expected
            tie.outcome = delivery.outcome_of(work, tie.quality, voluntary, settings.community_control, skill)
            tie.blocker = blockers.held_back(out_of_time, moving, blocker_a if unwilling_a else blocker_b)
            tie.shortfall = size_a if unwilling_a else size_b
            tie.blocker_agrees = agrees_a if unwilling_a else agrees_b
            tie.meetings = politics.meetings_held(tie.rounds, tie.settings.committees, settings.directives)


KERNELS = (deliver_ties,)
