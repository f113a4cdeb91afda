"""Ties: what two partners that serve the same people have in common, and how a quarter changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incentive_abm.rules import (
    appraisal,
    blockers,
    commitment,
    delivery,
    leadership,
    money,
    politics,
    relations,
    trust,
    values,
)

if TYPE_CHECKING:
    from incentive_abm.agents.place_state import PlaceState
    from incentive_abm.agents.sides import Side


@dataclass(slots=True, eq=False)
class Tie:
    """What both sides have in common, field for field as in `TieField`, and the facts of `TieFact`."""

    a: Side
    b: Side
    place: PlaceState
    key: int
    spend: float
    weight: float
    crosses: float
    with_trust: float
    identity: float = 0.0
    information: float = 0.0
    stereotype: float = 0.0
    scope_money: float = 0.0
    scope_staff: float = 0.0
    scope_information: float = 0.0
    agreed_money: float = 0.0
    agreed_staff: float = 0.0
    agreed_information: float = 0.0
    payment: float = 0.0
    age: float = 0.0
    scar: float = 0.0
    pool: float = 0.0
    identity_start: float = 0.0
    stereotype_start: float = 0.0
    distance: float = 0.0
    quality: float = 0.0
    talk: float = 0.0
    rounds: float = 0.0
    first: float = 0.0
    package: float = 0.0
    nash_gap: float = 0.0
    walked_out: float = 0.0
    joint_quality: float = 0.0
    delivered: float = 0.0
    expected: float = 0.0
    outcome: float = 0.0
    blocker: float = 0.0
    shortfall: float = 0.0
    blocker_agrees: float = 0.0
    meetings: float = 0.0
    offer_money: float = 0.0
    offer_staff: float = 0.0
    offer_information: float = 0.0
    offer_payment: float = 0.0
    moved: float = 0.0

    def __post_init__(self) -> None:
        self.a.tie = self.b.tie = self
        self.a.across, self.b.across = self.b, self.a

    @property
    def sides(self) -> tuple[Side, Side]:
        """Side a and side b."""
        return self.a, self.b

    @property
    def breadth(self) -> float:
        """A. One number for how much is shared, 0..1."""
        shared: float = appraisal.breadth(self.scope_money, self.scope_staff, self.scope_information)
        return shared

    def undo(self, kept: float, close: float) -> None:
        """P1. A reversal or reorganisation leaves a share `kept` of scopes and deals and `close` of the sense of "we"."""
        self.scope_money *= kept
        self.scope_staff *= kept
        self.scope_information *= kept
        self.agreed_money *= kept
        self.agreed_staff *= kept
        self.agreed_information *= kept
        self.identity *= close

    def tell_of_bailouts(self) -> None:
        """F1. Each side sees what the other went through at the year's end."""
        a, b = self.a.partner, self.b.partner
        a.seen_bailouts += b.bailed_out
        b.seen_bailouts += a.bailed_out
        a.seen_deficits += b.in_deficit
        b.seen_deficits += a.in_deficit

    def carry_shocks(self) -> None:
        """C5. Partners that share carry each other's shocks; alone, one partner's answer costs the other, and trust."""
        shared, together = self.breadth, self.place.settings.joint_resolution
        for side in self.sides:
            theirs = side.other.shock
            side.partner.mixed += side.part * shared
            side.partner.spill += politics.spilled(theirs, shared, together, side.part)
            side.beta = trust.evidence_of_acting_alone(side.beta, theirs, shared, together)

    def compare(self) -> None:
        """V2, O1. How far apart the two partners' values are, and how good a joint solution can be."""
        a, b = self.a.partner, self.b.partner
        mine, theirs = a.settings, b.settings
        self.distance = values.total_variation(*a.values, *b.values, self.place.settings.common_purpose)
        innovation = appraisal.innovation_of(0.5 * (mine.autonomy + theirs.autonomy),
                                             0.5 * (mine.accountability + theirs.accountability))
        self.quality = appraisal.solution_quality(
            self.distance, 0.5 * (mine.listening + theirs.listening), innovation, 0.5 * (a.practice + b.practice),
            0.5 * (mine.target_pressure + theirs.target_pressure))

    def work_together(self) -> float:
        """O2. Quality of joint work: who is the "we", how are we connected, what do we know."""
        joint: float = delivery.joint_quality(self.identity, self.a.trust, self.b.trust, self.information)
        return joint

    def take_up(self) -> None:
        """C1–C3. Walk-outs first; then each scope moves toward what was agreed or imposed."""
        out = (1.0 if self.a.partner.walks_away(self.a) else 0.0) + 2.0 * (1.0 if self.b.partner.walks_away(self.b) else 0.0)
        left = 1.0 if out > 0.0 else 0.0
        self.walked_out = out
        self.place.walk_outs += left
        self.mark_walk_out(left)
        settings, mandate = self.place.settings, self.place.settings.mandate
        up = commitment.speed_up(
            settings.uptake, 0.5 * (self.a.partner.settings.horizon + self.b.partner.settings.horizon),
            self.place.board_speed, mandate, self.scar, settings.exit_scar)
        down = commitment.speed_down(settings.joint_resolution)
        ready = commitment.readiness(self.work_together(), settings.relations_first)
        self.agreed_money = commitment.deal_after(self.talk, left, self.agreed_money, self.offer_money)
        self.agreed_staff = commitment.deal_after(self.talk, left, self.agreed_staff, self.offer_staff)
        self.agreed_information = commitment.deal_after(self.talk, left, self.agreed_information, self.offer_information)
        self.payment = commitment.deal_after(self.talk, left, self.payment, self.offer_payment)
        in_force = appraisal.breadth(self.agreed_money, self.agreed_staff, self.agreed_information) > 0.0
        self.age = self.age + 1.0 if in_force else 0.0
        self.place.agreements += 1.0 if self.age == 1.0 else 0.0
        before = self.breadth
        self.scope_money = commitment.scope_after(
            commitment.scope_after_exit(self.scope_money, left, mandate),
            commitment.imposed(self.agreed_money, mandate), up, down, ready)
        self.scope_staff = commitment.scope_after(
            commitment.scope_after_exit(self.scope_staff, left, mandate),
            commitment.imposed(self.agreed_staff, mandate), up, down, ready)
        self.scope_information = commitment.scope_after(
            commitment.scope_after_exit(self.scope_information, left, mandate),
            commitment.imposed(self.agreed_information, mandate), up, down, 1.0)
        self.moved = self.breadth - before

    def mark_walk_out(self, left: float) -> None:
        """C3. What a walk-out (left = 1) does to the sense of "we" and to trust; else its scar fades."""
        self.scar = commitment.scar_after(self.scar, left)
        self.identity = commitment.kept_after_exit(self.identity, left, 0.6)
        for side in self.sides:
            side.beta = trust.evidence_of_walk_out(side.beta, left)
            side.losing = commitment.kept_after_exit(side.losing, left, 0.0)

    def deliver(self) -> None:
        """D1, O2, O3. Both sides keep their promises or not; outcomes follow, and what held the tie back is noted."""
        a, b, settings = self.a, self.b, self.place.settings
        a.partner.deliver(a)
        b.partner.deliver(b)
        shared, joint = self.breadth, self.work_together()
        voluntary = 1.0 if a.partner.voluntary + b.partner.voluntary > 0.5 else 0.0
        skill = a.partner.skill if a.partner.voluntary > 0.5 else b.partner.skill
        self.joint_quality = joint
        self.delivered = delivery.delivered(shared, a.kept, b.kept, joint)
        self.expected = delivery.delivered(shared, a.keep_chance, b.keep_chance, joint)
        self.outcome = delivery.outcome_of(self.delivered, self.quality, voluntary, settings.community_control, skill)
        self.find_blocker()
        self.meetings = politics.meetings_held(self.rounds, settings.committees, settings.directives)

    def find_blocker(self) -> None:
        """Blockers. What holds the tie back: nothing while it moves, else the less willing side's largest obstacle."""
        moving = blockers.is_moving(self.moved, self.expected, self.place.settings.seamless_quality)
        unwilling = self.a if self.a.best - self.a.fallback <= self.b.best - self.b.fallback else self.b
        self.blocker = blockers.held_back(1.0 if self.talk == 3.0 else 0.0, moving, unwilling.blocker)
        self.shortfall = unwilling.shortfall
        self.blocker_agrees = unwilling.blocker_agrees

    def contact(self) -> float:
        """R. Contact on equal terms, 0..1."""
        settings = self.place.settings
        met: float = relations.contact(settings.relational_space, settings.contact_quality, settings.committees,
                                       settings.relations_first)
        return met

    def pass_on(self) -> None:
        """V3, K2, O5. What each side draws from the other: values, skill, ways of working, joint work, say."""
        a, b, settings = self.a.partner, self.b.partner, self.place.settings
        moved = values.persuasion(self.distance, settings.confidence, settings.polemic, settings.value_convergence,
                                  self.contact(), self.delivered)
        pull_a, pull_b = self.a.part * moved, self.b.part * moved
        gap1, gap2, gap3, gap4, gap5, gap6 = (theirs - mine for mine, theirs in zip(a.values, b.values, strict=True))
        a.pull_evidence += pull_a * gap1
        a.pull_targets += pull_a * gap2
        a.pull_finance += pull_a * gap3
        a.pull_person += pull_a * gap4
        a.pull_community += pull_a * gap5
        a.pull_equity += pull_a * gap6
        b.pull_evidence -= pull_b * gap1
        b.pull_targets -= pull_b * gap2
        b.pull_finance -= pull_b * gap3
        b.pull_person -= pull_b * gap4
        b.pull_community -= pull_b * gap5
        b.pull_equity -= pull_b * gap6
        for side in self.sides:
            me, other, believed = side.partner, side.other, side.trust
            me.pull_skill += side.part * leadership.taught_across(
                other.settings.peer_teaching, other.teaching, believed, delivery.lead_over(me.skill, other.skill))
            me.pull_practice += side.part * settings.adoption * believed * delivery.lead_over(me.practice, other.practice)
            me.joint_work += side.part * self.delivered
            me.say += side.part * side.voice

    def learn(self) -> None:
        """T, R. Trust, the sense of "we", what each knows of the other, and caricatures, after the quarter."""
        a, b, settings = self.a, self.b, self.place.settings
        shared, met, information = self.breadth, self.contact(), self.information
        known = 0.5 * (a.trust + b.trust)
        a.partner.judge(a)
        b.partner.judge(b)
        pressed = 0.5 * (a.partner.settings.target_pressure + b.partner.settings.target_pressure)
        self.identity = relations.identity_after(
            self.identity, self.identity_start, met, a.kept, b.kept, shared, pressed, settings.relational_space,
            settings.contact_rate, settings.identity_drift)
        self.information = relations.information_after(
            information, known, settings.obligations_clarity, self.scope_information, met, settings.information_rate)
        self.stereotype = values.stereotype_after(self.stereotype, self.stereotype_start, met, information)

    def settle(self) -> None:
        """M1, B2, C6. The pool is paid into and spent; savings, stranded costs, effort and payments fall where they fall."""
        a, b, place = self.a, self.b, self.place
        settings, shared = place.settings, self.breadth
        into_a = money.contribution(self.scope_money, self.spend * a.share, a.kept)
        into_b = money.contribution(self.scope_money, self.spend * b.share, b.kept)
        back = self.pool * (1.0 if self.walked_out > 0.0 else 0.0)
        pool = self.pool - back + into_a + into_b
        used = money.pool_spent(pool, a.kept, b.kept)
        saved = money.pool_saved(used, settings.saving, self.joint_quality, self.quality)
        bill_a, bill_b = self.stranded_bill(a), self.stranded_bill(b)
        effort = money.effort_bill(self.meetings, settings.effort_cost, self.spend)
        paid = money.side_payment_bill(self.payment, delivery.engagement(shared), self.spend)
        grant = commitment.deadline_grant(settings.deadline_money, float(place.quarter), settings.deadline_quarter,
                                          self.scope_money, settings.deadline_scope, self.spend)
        gain = saved + back + grant
        self.pool = pool - used
        a.partner.flow += gain * a.share - bill_a - effort - paid
        b.partner.flow += gain * b.share - bill_b - effort + paid
        place.contributed += into_a + into_b
        place.joint_spent += used - saved
        place.saved += saved
        place.returned += back
        place.stranded += bill_a + bill_b
        place.effort += 2.0 * effort
        place.deadline_paid += grant
        place.meetings += self.meetings

    def stranded_bill(self, side: Side) -> float:
        """M1. £m of fixed costs that a side is left with this quarter."""
        bill: float = money.stranded_bill(self.scope_money, self.spend * side.share, side.partner.settings.stranded_cost,
                                          side.partner.stranded, side.partner.settings.payment_reform)
        return bill

    def __repr__(self) -> str:
        return f"<tie between {self.a.partner.id} and {self.b.partner.id}>"
