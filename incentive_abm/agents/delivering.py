"""Phases 7 and 8 as one partner lives them: its promise, what it makes of the other's, what it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incentive_abm.agents.organisation import Organisation
from incentive_abm.chance import Stream
from incentive_abm.rules import appraisal, commitment, delivery, leadership, relations, trust, values

if TYPE_CHECKING:
    from incentive_abm.agents.sides import Side


class Delivering(Organisation):
    """How a partner keeps its promises."""

    def deliver(self, side: Side) -> None:
        """D1. What today's sharing is worth to it, and whether it keeps its promise."""
        shared = side.tie.breadth
        side.surplus = self.surplus(side)
        side.keep_chance = self.chance_of_keeping(side)
        side.kept = 1.0 if self.keeps_promise(side) else 0.0
        side.losing = commitment.losing_after(side.losing, side.surplus, shared)

    def surplus(self, side: Side) -> float:
        """D1. What it gains by today's sharing over its fallback."""
        tie = side.tie
        worth = appraisal.utility(side.money, side.staff, side.information, side.true_cost,
                                  tie.scope_money, tie.scope_staff, tie.scope_information)
        strain = self.place.settings.crisis_strain * delivery.crisis_of(self.balance)
        gained: float = delivery.surplus_at(worth, side.sign * tie.payment, side.fallback, strain,
                                            delivery.engagement(tie.breadth))
        return gained

    def chance_of_keeping(self, side: Side) -> float:
        """D1. Chance that it keeps its promise this quarter; reads `side.surplus`."""
        settings = self.place.settings
        chance: float = delivery.keep_chance(
            side.surplus, self.ownership, side.tie.identity, self.pressure, settings.joint_resolution, self.stress,
            self.settings.target_pressure, settings.relational_space, self.skill, settings.keep_base)
        return chance

    def keeps_promise(self, side: Side) -> bool:
        """D1. Whether it keeps its promise; reads `side.keep_chance`."""
        return bool(delivery.keeps(self.place.chance(Stream.PROMISE, side.key), side.keep_chance) == 1.0)


class Learning(Organisation):
    """What a partner makes of a quarter."""

    def judge(self, side: Side) -> None:
        """T1, T2. Take the other's promise, kept or broken, as evidence about it."""
        place, tie = self.place, side.tie
        settings, start = place.settings, place.start
        seen = trust.seen_kept(side.across.kept, place.chance(Stream.MISREAD, side.key), settings.obligations_clarity,
                               tie.information)
        credited = trust.credit(place.chance(Stream.CREDIT, side.key), settings.outcomes_stated)
        shared = tie.breadth
        side.alpha = trust.evidence_for(side.alpha, seen, credited, shared, settings.trust_memory,
                                        start.trust_evidence * start.trust_start)
        side.beta = trust.evidence_against(side.beta, seen, shared, settings.trust_memory, settings.loss_aversion,
                                           start.trust_evidence * (1.0 - start.trust_start))

    def learn(self) -> None:
        """V3, K, O5, R. Values, practice, teaching, skill and ownership after the quarter."""
        self.reconsider_values()
        self.practice = self.try_something_new() + self.pull_practice
        skill = self.skill
        self.teaching = leadership.teaching_after(self.teaching, self.settings.teaching_training, skill)
        settings = self.place.settings
        self.skill = leadership.skill_after(
            skill, self.joint_work, self.pull_skill, self.place.best_skill, settings.learning_rate, settings.toolkits,
            settings.register, self.settings.peer_teaching)
        self.ownership = relations.ownership_after(self.ownership, self.joint_work, settings.mandate, self.say)
        self.tenure += 1.0

    def reconsider_values(self) -> None:
        """V3. Drawn to its neighbours, and back to its own sector."""
        pulls = (self.pull_evidence, self.pull_targets, self.pull_finance, self.pull_person, self.pull_community,
                 self.pull_equity)
        back, pressed = self.settings.anchor_pull, self.settings.target_pressure
        v1, v2, v3, v4, v5, v6 = (values.value_after(own, pull, anchor, back, pressed)
                                  for own, pull, anchor in zip(self.values, pulls, self.anchors, strict=True))
        self.enact(v1, v2, v3, v4, v5, v6)

    def try_something_new(self) -> float:
        """O5. Its proven ways of working after this quarter's experiment, before it copies its neighbours."""
        place, own = self.place, self.settings
        practice: float = delivery.practice_tried(
            self.practice, place.chance(Stream.EXPERIMENT, self.key), place.chance(Stream.EXPERIMENT_WORKS, self.key),
            own.autonomy, own.accountability, place.settings.experiment_rate)
        return practice

    def forget_pulls(self) -> None:
        """Begin a quarter's learning: nothing has been passed on by neighbours yet."""
        self.pull_evidence = self.pull_targets = self.pull_finance = 0.0
        self.pull_person = self.pull_community = self.pull_equity = 0.0
        self.pull_skill = self.pull_practice = self.joint_work = self.say = 0.0
