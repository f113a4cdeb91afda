"""Phase 4: what sharing would mean to each side of each tie, given its values, and what it thinks it gets without."""

from __future__ import annotations

from typing import Any, NamedTuple

from incentive_abm.agents.records import Organisation, PlaceState, Side, Tie
from incentive_abm.rules import appraisal, bargaining, blockers, commitment, fallback, trust, values, way


class Weights(NamedTuple):
    """The six weights as they press on a decision; they sum to 1."""

    evidence: float
    targets: float
    finance: float
    person: float
    community: float
    equity: float


class Losses(NamedTuple):
    """What sharing would cost a side, by what it is lost to; in units of worth."""

    money: float
    voice: float
    targets: float
    pressure: float
    information: float


class Appraising(Organisation):
    """How a partner appraises a tie. Each method is one judgement, which a subclass may replace."""

    def appraise(self, side: Side[Any]) -> None:
        """A, F. Marginal benefits, costs, fallback and readiness to concede, written to its side of the tie."""
        weights = self.felt_weights()
        side.voice = self.voice_in(side)
        alone = self.worth_of_joint_work(side, weights)
        side.worth = alone * side.tie.way
        losses = self.losses(side, weights)
        side.money, side.staff, side.information = appraisal.marginal_benefits(side.worth, *losses, self.lure_of_deadline())
        side.cost = self.cost_of_joint_work(side)
        side.true_cost = self.true_cost_of_joint_work(side)
        side.fallback = self.fallback(side)
        side.concession = self.concession(side)
        self.find_blocker(side, weights, losses, alone)

    def felt_weights(self) -> Weights:
        """A, V4. Its values as they press on a decision: money more under stress, targets under pressure."""
        return Weights(*appraisal.felt_weights(
            self.evidence, self.targets, self.finance, self.person, self.community, self.equity,
            self.settings.common_purpose, self.stress, self.settings.target_pressure))

    def voice_in(self, side: Side[Any]) -> float:
        """A, Q2. How much say it has on the tie, 0..1."""
        place = self.place
        shared = appraisal.power_shared(side.tie.settings.power_sharing, place.lead_hospital)
        return appraisal.voice(shared, side.share, self.voluntary, side.other.voluntary,
                                     place.settings.community_control)

    def worth_of_joint_work(self, side: Side[Any], weights: Weights) -> float:
        """A. Worth to it of full joint work with the other side, whatever lies beyond; reads `side.voice`."""
        settings = self.place.settings
        return appraisal.joint_worth(
            weights.evidence, weights.targets, weights.finance, weights.person, weights.community, weights.equity,
            trust.mean_trust(side.alpha, side.beta), side.tie.quality, side.tie.information, side.other.reach, side.voice,
            settings.effect, settings.saving, self.settings.own_budget_weight)

    def losses(self, side: Side[Any], weights: Weights) -> Losses:
        """A. What it would lose by sharing: money left without, say, targets, strength under pressure, its records."""
        own = self.settings
        return Losses(
            money=appraisal.money_loss(weights.finance, own.stranded_cost * self.stranded, own.payment_reform),
            voice=appraisal.voice_loss(weights.community, side.voice),
            targets=appraisal.target_loss(weights.targets, own.target_pressure, own.horizon),
            pressure=appraisal.pressure_loss(self.pressure),
            information=appraisal.information_loss(weights.evidence, side.tie.information),
        )

    def lure_of_deadline(self) -> float:
        """C6. What money with a deadline adds to the worth of pooling."""
        settings = self.place.settings
        return commitment.deadline_lure(settings.deadline_money, float(self.place.quarter),
                                               settings.deadline_quarter)

    def perceived_distance(self, side: Side[Any]) -> float:
        """V2. How far apart the two sides' values look at the table, where slogans hide what nobody knows."""
        tie = side.tie
        return values.perceived_distance(tie.distance, tie.stereotype, self.place.settings.slogan,
                                                    tie.information)

    def cost_of_joint_work(self, side: Side[Any]) -> float:
        """A. Steepness of the cost of joint work as it looks at the table."""
        place, own, tie = self.place, self.settings, side.tie
        return appraisal.joint_cost(
            self.perceived_distance(side), own.listening, place.clarity, self.skill, own.role_bias, tie.information,
            place.settings.boundary_cost, tie.crosses)

    def true_cost_of_joint_work(self, side: Side[Any]) -> float:
        """A. The same cost in daily work, where slogans hide nothing and no side exaggerates."""
        place, tie = self.place, side.tie
        return appraisal.joint_cost(
            values.honest_distance(tie.distance, tie.stereotype), self.settings.listening, place.clarity, self.skill, 0.0,
            tie.information, place.settings.boundary_cost, tie.crosses)

    def fallback(self, side: Side[Any]) -> float:
        """F. What it thinks it gets with no deal; its parts are written to its side of the tie."""
        place, own = self.place, self.settings
        settings = place.settings
        expected = fallback.expected_bailout(self.bailouts_seen, self.deficits_seen)
        felt = fallback.opposition_felt(place.opposition, settings.public_engagement)
        side.relief = fallback.bailout_comfort(expected, self.stress, settings.bailout_relief, self.rescued)
        side.waiting = fallback.worth_of_waiting(settings.reversal_chance, place.quarters_to_election, self.stress,
                                                 settings.waiting_value)
        side.opposed = fallback.cost_of_opposition(felt, settings.opposition_weight, side.tie.with_trust)
        side.rosy = fallback.imagined_fallback(own.rosy_fallback, own.fallback_described, own.fallback_quality)
        return fallback.fallback(side.rosy, side.relief, side.waiting, side.opposed, self.ownership)

    def concession(self, side: Side[Any]) -> float:
        """B3. How early it gives way in talks: 0.3 (digs in) to 2 (gives early)."""
        return bargaining.concession(trust.mean_trust(side.alpha, side.beta), side.tie.identity, self.skill)

    def find_blocker(self, side: Side[Any], weights: Weights, losses: Losses, alone: float) -> None:
        """What holds it back most, how much, and whether removing one part at a time says the same."""
        tie, own, settings = side.tie, self.settings, self.place.settings
        believed = trust.mean_trust(side.alpha, side.beta)
        unseen = tie.way * blockers.unknown_worth(weights.evidence, believed, tie.quality, tie.information, settings.effect,
                                                  own.own_budget_weight)
        unjoined = way.unjoined_worth(alone, tie.way, settings.whole_way)
        apart = appraisal.distance_factor(self.perceived_distance(side), own.listening)
        biased = appraisal.bias_factor(own.role_bias, tie.information)
        untrusted = blockers.trust_gap(believed, settings.reference_trust)
        terms = blockers.shortfall_terms(
            side.worth, losses.money, losses.voice, losses.targets, losses.pressure, losses.information, unseen, untrusted,
            side.cost, apart, biased, side.relief, side.waiting, side.opposed, side.rosy, unjoined,
            settings.reference_scope)
        side.blocker, side.shortfall = blockers.largest_term(*terms)
        removed = blockers.blocker_by_removal(
            side.money, side.staff, side.information, side.cost, side.fallback, side.worth, losses.money, losses.voice,
            losses.targets, losses.pressure, losses.information, unseen, untrusted, apart, biased, side.relief,
            side.waiting, side.opposed, side.rosy, unjoined)
        side.blocker_agrees = 1.0 if removed == side.blocker else 0.0


def compare(tie: Tie[Appraising]) -> None:
    """V2, O1. How far apart the two partners' values are, and how good a joint solution can be."""
    a, b, own = tie.a.partner, tie.b.partner, tie.settings
    tie.distance = values.total_variation(*a.values, *b.values, own.common_purpose)
    innovation = appraisal.innovation_of(own.autonomy, own.accountability)
    tie.beyond = way.rest_of_the_way(a.joint_work, tie.a.part, b.joint_work, tie.b.part, tie.delivered)
    tie.way = way.way_factor(tie.beyond, tie.place.settings.whole_way, tie.place.settings.way_half)
    tie.quality = appraisal.solution_quality(tie.distance, own.listening, innovation, 0.5 * (a.practice + b.practice),
                                             own.target_pressure)


def play(place: PlaceState) -> None:
    """Each side of each tie works out what sharing would mean to it."""
    for tie in place.ties:
        compare(tie)
        for side in tie.sides:
            side.partner.appraise(side)
