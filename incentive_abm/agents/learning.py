"""Phase 8: trust, identity, information, stereotypes, values, ownership, skill, public opposition."""

from __future__ import annotations

from typing import Any

from incentive_abm.agents.records import Organisation, PlaceState, Side, Tie, clear
from incentive_abm.chance import Stream
from incentive_abm.kinds import Phase
from incentive_abm.parameters.coupling import PRACTISED
from incentive_abm.rules import delivery, feedback, leadership, politics, practice, relations, trust, values
from incentive_abm.state.arrays import TODAY


class Learning(Organisation):
    """What a partner makes of a quarter."""

    def judge(self, side: Side[Any]) -> None:
        """T1, T2. Take the other's promise, kept or broken, as evidence about it."""
        place, tie = self.place, side.tie
        settings, start, shared = place.settings, place.start, tie.breadth
        seen = trust.seen_kept(side.across.kept, place.chance(Stream.MISREAD, side.key), tie.settings.obligations_clarity,
                               tie.information)
        credited = trust.credit(place.chance(Stream.CREDIT, side.key), tie.settings.outcomes_stated)
        good, bad = self.hear(side)
        side.alpha, side.beta = trust.evidence_after(
            side.alpha, side.beta, seen, credited, shared, settings.trust_memory, settings.loss_aversion,
            start.trust_evidence * start.trust_start, start.trust_evidence * (1.0 - start.trust_start), good, bad)
        told = side.across.part * shared
        side.told = told if seen == 1.0 else -told
        side.other.told_kept += told * seen
        side.other.told_broken += told * (1.0 - seen)

    def hear(self, side: Side[Any]) -> tuple[float, float]:
        """T4. What it hears of promises that the other side kept and broke to others last quarter, as evidence."""
        settings, other = self.place.settings, side.other
        kept, broken = (side.told if side.told > 0.0 else 0.0), (-side.told if side.told < 0.0 else 0.0)
        hears = (self.trusting, settings.hearing, settings.register, settings.word_travels)
        return trust.word_heard(other.heard_kept, kept, *hears), trust.word_heard(other.heard_broken, broken, *hears)

    def learn(self) -> None:
        """V3, K, O5, R. Values, practice, teaching, skill and ownership after the quarter."""
        self.reconsider_values()
        fading = self.place.settings.skill_fading
        self.practice = leadership.not_forgotten(self.try_something_new() + self.pull_practice, self.joint_work, fading)
        skill, settings, own = self.skill, self.place.settings, self.settings
        self.teaching = leadership.teaching_after(self.teaching, own.teaching_training, skill)
        learnt = leadership.skill_after(skill, self.joint_work, self.pull_skill, self.place.best_skill,
                                        settings.learning_rate, settings.toolkits, settings.register, own.peer_teaching)
        self.skill = leadership.not_forgotten(learnt, self.joint_work, fading)
        self.ownership = relations.ownership_after(self.ownership, self.joint_work, max(settings.mandate, self.forced), self.say)
        self.see_results()
        self.tenure += 1.0
        self.practise()
        self.worked = self.joint_work
        self.heard_kept, self.heard_broken, self.trusting = self.told_kept, self.told_broken, self.pull_trust
        self.demand = self.wants

    def see_results(self) -> None:
        """E. What was reached, against what it thought it should have; old routines are unlearnt, or come back."""
        around, work = self.place.settings, self.joint_work
        self.ownership = feedback.ownership_by_results(self.ownership, self.aspiration, work, around.results_felt)
        self.aspiration = feedback.aspiration_after(self.aspiration, work, around.refusal)
        self.shortfall = feedback.shortfall_of(self.aspiration, work)
        self.routine = feedback.routine_after(self.routine, work, self.pressure)

    def practise(self) -> None:
        """U. What is seen to work is kept, the rest withers; what it practises of `policy` is in force as `settings`."""
        around, own = self.place.settings, self.settings
        seen = practice.success_seen(self.joint_work, self.pull_seen, around.seen_elsewhere, around.seen_half)
        self.practised = practice.practised_after(self.practised, seen, own.policy_sustains, self.pressure,
                                                  around.practice_growth, around.practice_fading)
        for name, today in zip(PRACTISED, TODAY, strict=True):
            setattr(own, name, practice.in_force(today, getattr(self.policy, name), self.practised))

    def reconsider_values(self) -> None:
        """V3. Drawn to its neighbours, and back to its own sector."""
        back, pressed = self.settings.anchor_pull, self.settings.target_pressure
        v1, v2, v3, v4, v5, v6 = (values.value_after(own, pull, anchor, back, pressed)
                                  for own, pull, anchor in zip(self.values, self.pulls, self.anchors, strict=True))
        self.enact(v1, v2, v3, v4, v5, v6)

    def try_something_new(self) -> float:
        """O5. Its proven ways of working after this quarter's experiment, before it copies its neighbours."""
        place, own = self.place, self.settings
        return delivery.practice_tried(
            self.practice, place.chance(Stream.EXPERIMENT, self.key), place.chance(Stream.EXPERIMENT_WORKS, self.key),
            own.autonomy, own.accountability, place.settings.experiment_rate)


def play(place: PlaceState) -> None:
    """What neighbours pull at, then what each tie, each partner and the public make of the quarter."""
    clear(place, Phase.LEARNING)
    for tie in place.ties:
        pass_on(tie)
    for tie in place.ties:
        learn(tie)
    for partner in place.partners:
        partner.learn()
    hear_the_public(place)


def pass_on(tie: Tie[Any]) -> None:
    """V3, K2, O5. What each side draws from the other: values, skill, ways of working, joint work, say."""
    a, b, settings = tie.a.partner, tie.b.partner, tie.place.settings
    moved = values.persuasion(tie.distance, settings.confidence, settings.polemic, settings.value_convergence, tie.contact(),
                              tie.delivered)
    pull_a, pull_b = tie.a.part * moved, tie.b.part * moved
    gap1, gap2, gap3, gap4, gap5, gap6 = (theirs - mine for mine, theirs in zip(a.values, b.values, strict=True))
    for partner, pull in ((a, pull_a), (b, -pull_b)):
        partner.pull_evidence += pull * gap1
        partner.pull_targets += pull * gap2
        partner.pull_finance += pull * gap3
        partner.pull_person += pull * gap4
        partner.pull_community += pull * gap5
        partner.pull_equity += pull * gap6
    for side in tie.sides:
        me, other, believed = side.partner, side.other, side.trust
        me.pull_skill += side.part * leadership.taught_across(
            other.settings.peer_teaching, other.teaching, believed, delivery.lead_over(me.skill, other.skill))
        me.pull_practice += side.part * settings.adoption * believed * delivery.lead_over(me.practice, other.practice)
        me.pull_seen += side.part * other.worked
        me.pull_trust += side.part * believed
        me.joint_work += side.part * tie.delivered
        me.say += side.part * side.voice
        me.forced += side.part * (1.0 if tie.bound > 0.5 and tie.consent < 0.5 else 0.0)


def learn(tie: Tie[Any]) -> None:
    """T, R. Trust, the sense of "we", what each knows of the other, and caricatures, after the quarter."""
    a, b, settings, own = tie.a, tie.b, tie.place.settings, tie.settings
    shared, met, information = tie.breadth, tie.contact(), tie.information
    known = 0.5 * (a.trust + b.trust)
    a.partner.judge(a)
    b.partner.judge(b)
    tie.identity = relations.identity_after(
        tie.identity, tie.identity_start, met, a.kept, b.kept, shared, own.target_pressure, own.relational_space,
        settings.contact_rate, settings.identity_drift)
    tie.information = relations.information_after(information, known, own.obligations_clarity, tie.scope_information, met,
                                                  settings.information_rate)
    tie.stereotype = values.stereotype_after(tie.stereotype, tie.stereotype_start, met, information)


def hear_the_public(place: PlaceState) -> None:
    """P3, E4. Public opposition follows the money that moved out of trusts, what reaches people, and what was missed."""
    moved = everything = 0.0
    for tie in place.ties:
        weight = tie.weight * tie.with_trust
        everything += weight
        moved += weight * tie.scope_money
        place.reached += tie.weight * tie.delivered
        place.missed += tie.weight * tie.breadth * (1.0 - tie.a.kept * tie.b.kept)
    place.moved_out = politics.moved_share(moved, everything)
    opposed = politics.opposition_after(place.opposition, place.opposition_start, place.moved_out,
                                        place.settings.opposition_gain, place.settings.public_engagement)
    place.opposition = feedback.opposition_by_results(opposed, place.reached, place.missed, place.settings.results_felt)
