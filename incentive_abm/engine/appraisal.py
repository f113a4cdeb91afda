"""Phase 4: each side of each tie works out what sharing would mean to it, given its values."""

from __future__ import annotations

from typing import Any

from incentive_abm.rules import appraisal, bargaining, blockers, commitment, fallback, trust, values, way
from incentive_abm.state.kernels import kernel, lanes


@kernel(blocks=True)
def appraise_ties(ties: Any, place: Any, quarter: Any) -> None:
    """Distance and solution quality of each tie, then each side's benefits, costs, fallback and what holds it back."""
    settings = place.settings
    for tie in ties:
        a, b = tie.a.partner, tie.b.partner
        for lane in lanes:
            distance = values.total_variation(*a.values, *b.values, tie.settings.common_purpose)
            innovation = appraisal.innovation_of(tie.settings.autonomy, tie.settings.accountability)
            tie.distance = distance
            tie.quality = appraisal.solution_quality(distance, tie.settings.listening, innovation,
                                                     0.5 * (a.practice + b.practice), tie.settings.target_pressure)
        for lane in lanes:
            beyond = way.rest_of_the_way(a.joint_work, tie.a.part, b.joint_work, tie.b.part, tie.delivered)
            tie.beyond = beyond
            tie.way = way.way_factor(beyond, settings.whole_way, settings.way_half)
        for side in tie.sides:
            me, own = side.partner, side.partner.settings
            for lane in lanes:
                information, distance, stereotype, quality = tie.information, tie.distance, tie.stereotype, tie.quality
                stress, skill, clarity = me.stress, me.skill, place.clarity
                pressed, listens, effect = own.target_pressure, own.listening, settings.effect
                evidence, targets, finance, person, community, equity = appraisal.felt_weights(
                    *me.values, own.common_purpose, stress, pressed)
                believed = trust.mean_trust(side.alpha, side.beta)
                power_sharing = appraisal.power_shared(tie.settings.power_sharing, place.lead_hospital)
                say = appraisal.voice(power_sharing, side.share, me.voluntary, side.other.voluntary,
                                      settings.community_control)
                alone = appraisal.joint_worth(evidence, targets, finance, person, community, equity, believed, quality,
                                              information, side.other.reach, say, effect, settings.saving,
                                              own.own_budget_weight)
                worth = alone * tie.way
                money_loss = appraisal.money_loss(finance, own.stranded_cost * me.stranded, own.payment_reform)
                voice_loss = appraisal.voice_loss(community, say)
                target_loss = appraisal.target_loss(targets, pressed, own.horizon)
                pressure_loss = appraisal.pressure_loss(me.pressure)
                information_loss = appraisal.information_loss(evidence, information)
                lure = commitment.deadline_lure(settings.deadline_money, float(quarter), settings.deadline_quarter)
                money, staff, knowing = appraisal.marginal_benefits(worth, money_loss, voice_loss, target_loss, pressure_loss,
                                                                    information_loss, lure)
                perceived = values.perceived_distance(distance, stereotype, settings.slogan, information)
                cost = appraisal.joint_cost(perceived, listens, clarity, skill, own.role_bias, information,
                                            settings.boundary_cost, tie.crosses)
                side.money = money
                side.staff = staff
                side.information = knowing
                side.worth = worth
                side.voice = say
                side.cost = cost
                side.true_cost = appraisal.joint_cost(
                    values.honest_distance(distance, stereotype), listens, clarity, skill, 0.0, information,
                    settings.boundary_cost, tie.crosses)
                expected = fallback.expected_bailout(me.bailouts_seen, me.deficits_seen)
                relief = fallback.bailout_comfort(expected, stress, settings.bailout_relief, me.rescued)
                waiting = fallback.worth_of_waiting(settings.reversal_chance, place.quarters_to_election, stress,
                                                    settings.waiting_value)
                felt = fallback.opposition_felt(place.opposition, settings.public_engagement)
                opposed = fallback.cost_of_opposition(felt, settings.opposition_weight, tie.with_trust)
                rosy = fallback.imagined_fallback(own.rosy_fallback, own.fallback_described, own.fallback_quality)
                no_deal = fallback.fallback(rosy, relief, waiting, opposed, me.ownership)
                side.relief = relief
                side.waiting = waiting
                side.opposed = opposed
                side.rosy = rosy
                side.fallback = no_deal
                side.concession = bargaining.concession(believed, tie.identity, skill)
                untrusted = blockers.trust_gap(believed, settings.reference_trust)
                unseen = tie.way * blockers.unknown_worth(evidence, believed, quality, information, effect,
                                                          own.own_budget_weight)
                unjoined = way.unjoined_worth(alone, tie.way, settings.whole_way)
                apart = appraisal.distance_factor(perceived, listens)
                biased = appraisal.bias_factor(own.role_bias, information)
                t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12 = blockers.shortfall_terms(
                    worth, money_loss, voice_loss, target_loss, pressure_loss, information_loss, unseen, untrusted, cost,
                    apart, biased, relief, waiting, opposed, rosy, unjoined, settings.reference_scope)
                number, size = blockers.largest_term(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12)
                removed = blockers.blocker_by_removal(
                    money, staff, knowing, cost, no_deal, worth, money_loss, voice_loss, target_loss, pressure_loss,
                    information_loss, unseen, untrusted, apart, biased, relief, waiting, opposed, rosy, unjoined)
                side.blocker = number
                side.shortfall = size
                side.blocker_agrees = 1.0 if removed == number else 0.0


KERNELS = (appraise_ties,)
