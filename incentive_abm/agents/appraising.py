"""Phase 4, appraisal: what sharing would mean to one side of a tie, and what it thinks it gets without."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from incentive_abm.agents.organisation import Organisation
from incentive_abm.rules import appraisal, bargaining, blockers, commitment, fallback, trust, values

if TYPE_CHECKING:
    from incentive_abm.agents.sides import Side


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

    def appraise(self, side: Side) -> None:
        """A, F. Marginal benefits, costs, fallback and readiness to concede, written to its side of the tie."""
        weights = self.felt_weights()
        side.voice = self.voice_in(side)
        side.worth = self.worth_of_joint_work(side, weights)
        losses = self.losses(side, weights)
        side.money = 0.45 * side.worth - losses.money - losses.voice + self.lure_of_deadline()
        side.staff = 0.30 * side.worth - losses.targets - losses.pressure
        side.information = 0.25 * side.worth - losses.information
        side.cost = self.cost_of_joint_work(side)
        side.true_cost = self.true_cost_of_joint_work(side)
        side.fallback = self.fallback(side)
        side.concession = self.concession(side)
        self.find_blocker(side, weights, losses)

    def felt_weights(self) -> Weights:
        """A, V4. Its values as they press on a decision: money more under stress, targets under pressure."""
        return Weights(*appraisal.felt_weights(
            self.evidence, self.targets, self.finance, self.person, self.community, self.equity,
            self.place.settings.common_purpose, self.stress, self.settings.target_pressure))

    def voice_in(self, side: Side) -> float:
        """A, Q2. How much say it has on the tie, 0..1."""
        place = self.place
        shared = appraisal.power_shared(place.settings.power_sharing, place.lead_hospital)
        say: float = appraisal.voice(shared, side.share, self.voluntary, side.other.voluntary,
                                     place.settings.community_control)
        return say

    def worth_of_joint_work(self, side: Side, weights: Weights) -> float:
        """A. Worth to it of full joint work with the other side; reads `side.voice`."""
        settings = self.place.settings
        worth: float = appraisal.joint_worth(
            weights.evidence, weights.targets, weights.finance, weights.person, weights.community, weights.equity,
            trust.mean_trust(side.alpha, side.beta), side.tie.quality, side.tie.information, side.other.reach, side.voice,
            settings.effect, settings.saving, self.settings.own_budget_weight)
        return worth

    def losses(self, side: Side, weights: Weights) -> Losses:
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
        lure: float = commitment.deadline_lure(settings.deadline_money, float(self.place.quarter),
                                               settings.deadline_quarter)
        return lure

    def perceived_distance(self, side: Side) -> float:
        """V2. How far apart the two sides' values look at the table, where slogans hide what nobody knows."""
        tie = side.tie
        distance: float = values.perceived_distance(tie.distance, tie.stereotype, self.place.settings.slogan,
                                                    tie.information)
        return distance

    def cost_of_joint_work(self, side: Side) -> float:
        """A. Steepness of the cost of joint work as it looks at the table."""
        place, own, tie = self.place, self.settings, side.tie
        cost: float = appraisal.joint_cost(
            self.perceived_distance(side), own.listening, place.clarity, self.skill, own.role_bias, tie.information,
            place.settings.boundary_cost, tie.crosses)
        return cost

    def true_cost_of_joint_work(self, side: Side) -> float:
        """A. The same cost in daily work, where slogans hide nothing and no side exaggerates."""
        place, tie = self.place, side.tie
        cost: float = appraisal.joint_cost(
            values.honest_distance(tie.distance, tie.stereotype), self.settings.listening, place.clarity, self.skill, 0.0,
            tie.information, place.settings.boundary_cost, tie.crosses)
        return cost

    def fallback(self, side: Side) -> float:
        """F. What it thinks it gets with no deal; its parts are written to its side of the tie."""
        place, own = self.place, self.settings
        settings = place.settings
        expected = fallback.expected_bailout(self.bailouts_seen, self.deficits_seen)
        felt = fallback.opposition_felt(place.opposition, settings.public_engagement)
        side.relief = fallback.bailout_comfort(expected, self.stress, settings.bailout_relief, self.rescued)
        side.waiting = fallback.worth_of_waiting(settings.reversal_chance, place.quarters_to_election, self.stress,
                                                 settings.waiting_value)
        side.opposed = fallback.cost_of_opposition(felt, settings.opposition_weight, side.tie.with_trust)
        side.rosy = fallback.imagined_fallback(own.rosy_fallback, settings.fallback_described, own.fallback_quality)
        worth: float = fallback.fallback(side.rosy, side.relief, side.waiting, side.opposed, self.ownership)
        return worth

    def concession(self, side: Side) -> float:
        """B3. How early it gives way in talks: 0.3 (digs in) to 2 (gives early)."""
        exponent: float = bargaining.concession(trust.mean_trust(side.alpha, side.beta), side.tie.identity, self.skill)
        return exponent

    def find_blocker(self, side: Side, weights: Weights, losses: Losses) -> None:
        """What holds it back most, how much, and whether removing one part at a time says the same."""
        tie, own, settings = side.tie, self.settings, self.place.settings
        believed = trust.mean_trust(side.alpha, side.beta)
        unseen = blockers.unknown_worth(weights.evidence, believed, tie.quality, tie.information, settings.effect,
                                        own.own_budget_weight)
        values_factor = 2.5 * self.perceived_distance(side) * (1.0 - 0.6 * own.listening)
        bias_factor = own.role_bias * (1.0 - tie.information)
        untrusted = blockers.trust_gap(believed, settings.reference_trust)
        terms = blockers.shortfall_terms(
            side.worth, losses.money, losses.voice, losses.targets, losses.pressure, losses.information, unseen, untrusted,
            side.cost, values_factor, bias_factor, side.relief, side.waiting, side.opposed, side.rosy,
            settings.reference_scope)
        side.blocker, side.shortfall = blockers.largest_term(*terms)
        removed = blockers.blocker_by_removal(
            side.money, side.staff, side.information, side.cost, side.fallback, side.worth, losses.money, losses.voice,
            losses.targets, losses.pressure, losses.information, unseen, untrusted, values_factor, bias_factor, side.relief,
            side.waiting, side.opposed, side.rosy)
        side.blocker_agrees = 1.0 if removed == side.blocker else 0.0
