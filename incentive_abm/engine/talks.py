"""Appraisal and negotiation over arrays: what sharing would mean to each side, and the talks about it."""

from __future__ import annotations

from typing import Any

from numba import types

from incentive_abm.fields import (
    N_PARTNER,
    N_PARTNER_FACT,
    N_TIE,
    N_TIE_FACT,
    PartnerFact,
    PartnerField,
    PlaceField,
    SideField,
    TieFact,
    TieField,
)
from incentive_abm.parameters import PartnerSetting, PlaceSetting
from incentive_abm.rules import appraisal, bargaining, blockers, commitment, fallback, trust, values
from incentive_abm.state import N_PARTNER_SETTING, SIDE_A, SIDE_B, at, phase

P, T, S, G = PartnerField, TieField, SideField, PlaceField
Q, W = PartnerSetting, PlaceSetting


@phase(types.int64, types.int64, types.int64, forceinline=True)
def appraise_side(s: Any, quarter: Any, t: Any, side: Any) -> None:
    """One side's view of a tie: worth, marginal benefits, costs, fallback, and its largest obstacle."""
    lanes = len(s.lanes)
    tie, partner, place, q, w, tie_fact = s.tie, s.partner, s.place, s.partner_setting, s.place_setting, s.tie_fact
    partner_fact, ends_a, ends_b = s.partner_fact, s.a, s.b
    t = t & 0x7FFFFFFF
    o = t * N_TIE * lanes
    me = o + (SIDE_A if side == 0 else SIDE_B) * lanes
    mine, theirs = (at(ends_a, t), at(ends_b, t)) if side == 0 else (at(ends_b, t), at(ends_a, t))
    i, qi = mine * N_PARTNER * lanes, mine * N_PARTNER_SETTING * lanes
    voluntary = partner_fact[mine * N_PARTNER_FACT + PartnerFact.VOLUNTARY]
    other_voluntary = partner_fact[theirs * N_PARTNER_FACT + PartnerFact.VOLUNTARY]
    other_reach = partner_fact[theirs * N_PARTNER_FACT + PartnerFact.REACH]
    stranded_factor = partner_fact[mine * N_PARTNER_FACT + PartnerFact.STRANDED]
    rescued = partner_fact[mine * N_PARTNER_FACT + PartnerFact.RESCUED]
    size_share = tie_fact[t * N_TIE_FACT + (TieFact.SHARE_A if side == 0 else TieFact.SHARE_B)]
    crosses = tie_fact[t * N_TIE_FACT + TieFact.CROSSES]
    with_trust = tie_fact[t * N_TIE_FACT + TieFact.WITH_TRUST]
    for lane in range(lanes):
        information = tie[o + T.INFORMATION * lanes + lane]
        distance = tie[o + T.DISTANCE * lanes + lane]
        stereotype = tie[o + T.STEREOTYPE * lanes + lane]
        quality = tie[o + T.QUALITY * lanes + lane]
        stress = partner[i + P.STRESS * lanes + lane]
        skill = partner[i + P.SKILL * lanes + lane]
        pressed = q[qi + Q.target_pressure * lanes + lane]
        listens = q[qi + Q.listening * lanes + lane]
        reform = q[qi + Q.payment_reform * lanes + lane]
        bias = q[qi + Q.role_bias * lanes + lane]
        own_budget = q[qi + Q.own_budget_weight * lanes + lane]
        effect = w[W.effect * lanes + lane]
        clarity = place[G.CLARITY * lanes + lane]
        evidence, targets, finance, person, community, equity = appraisal.felt_weights(
            partner[i + P.EVIDENCE * lanes + lane], partner[i + P.TARGETS * lanes + lane],
            partner[i + P.FINANCE * lanes + lane], partner[i + P.PERSON * lanes + lane],
            partner[i + P.COMMUNITY * lanes + lane], partner[i + P.EQUITY * lanes + lane],
            w[W.common_purpose * lanes + lane], stress, pressed)
        believed = trust.mean_trust(tie[me + S.ALPHA * lanes + lane], tie[me + S.BETA * lanes + lane])
        power_sharing = appraisal.power_shared(w[W.power_sharing * lanes + lane], place[G.LEAD_HOSPITAL * lanes + lane])
        say = appraisal.voice(power_sharing, size_share, voluntary, other_voluntary,
                              w[W.community_control * lanes + lane])
        worth = appraisal.joint_worth(evidence, targets, finance, person, community, equity, believed, quality, information,
                                      other_reach, say, effect, w[W.saving * lanes + lane], own_budget)
        money_loss = appraisal.money_loss(finance, q[qi + Q.stranded_cost * lanes + lane] * stranded_factor, reform)
        voice_loss = appraisal.voice_loss(community, say)
        target_loss = appraisal.target_loss(targets, pressed, q[qi + Q.horizon * lanes + lane])
        pressure_loss = appraisal.pressure_loss(partner[i + P.PRESSURE * lanes + lane])
        information_loss = appraisal.information_loss(evidence, information)
        lure = commitment.deadline_lure(w[W.deadline_money * lanes + lane], float(quarter),
                                        w[W.deadline_quarter * lanes + lane])
        money = 0.45 * worth - money_loss - voice_loss + lure
        staff = 0.30 * worth - target_loss - pressure_loss
        knowing = 0.25 * worth - information_loss
        perceived = values.perceived_distance(distance, stereotype, w[W.slogan * lanes + lane], information)
        cost = appraisal.joint_cost(perceived, listens, clarity, skill, bias, information,
                                    w[W.boundary_cost * lanes + lane], crosses)
        tie[me + S.MONEY * lanes + lane] = money
        tie[me + S.STAFF * lanes + lane] = staff
        tie[me + S.INFORMATION * lanes + lane] = knowing
        tie[me + S.WORTH * lanes + lane] = worth
        tie[me + S.VOICE * lanes + lane] = say
        tie[me + S.COST * lanes + lane] = cost
        tie[me + S.TRUE_COST * lanes + lane] = appraisal.joint_cost(
            values.honest_distance(distance, stereotype), listens, clarity, skill, 0.0, information,
            w[W.boundary_cost * lanes + lane], crosses)
        expected = fallback.expected_bailout(partner[i + P.BAILOUTS_SEEN * lanes + lane],
                                             partner[i + P.DEFICITS_SEEN * lanes + lane])
        relief = fallback.bailout_comfort(expected, stress, w[W.bailout_relief * lanes + lane], rescued)
        waiting = fallback.worth_of_waiting(w[W.reversal_chance * lanes + lane],
                                            place[G.QUARTERS_TO_ELECTION * lanes + lane], stress,
                                            w[W.waiting_value * lanes + lane])
        felt = fallback.opposition_felt(place[G.OPPOSITION * lanes + lane], w[W.public_engagement * lanes + lane])
        opposed = fallback.cost_of_opposition(felt, w[W.opposition_weight * lanes + lane], with_trust)
        rosy = fallback.imagined_fallback(q[qi + Q.rosy_fallback * lanes + lane],
                                          w[W.fallback_described * lanes + lane],
                                          q[qi + Q.fallback_quality * lanes + lane])
        no_deal = fallback.fallback(rosy, relief, waiting, opposed, partner[i + P.OWNERSHIP * lanes + lane])
        tie[me + S.RELIEF * lanes + lane] = relief
        tie[me + S.WAITING * lanes + lane] = waiting
        tie[me + S.OPPOSED * lanes + lane] = opposed
        tie[me + S.ROSY * lanes + lane] = rosy
        tie[me + S.FALLBACK * lanes + lane] = no_deal
        tie[me + S.CONCESSION * lanes + lane] = bargaining.concession(
            believed, tie[o + T.IDENTITY * lanes + lane], skill)
        untrusted = blockers.trust_gap(believed, w[W.reference_trust * lanes + lane])
        unseen = blockers.unknown_worth(evidence, believed, quality, information, effect, own_budget)
        values_factor = 2.5 * perceived * (1.0 - 0.6 * listens)
        bias_factor = bias * (1.0 - information)
        t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11 = blockers.shortfall_terms(
            worth, money_loss, voice_loss, target_loss, pressure_loss, information_loss, unseen, untrusted, cost,
            values_factor, bias_factor, relief, waiting, opposed, rosy, w[W.reference_scope * lanes + lane])
        number, size = blockers.largest_term(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11)
        removed = blockers.blocker_by_removal(
            money, staff, knowing, cost, no_deal, worth, money_loss, voice_loss, target_loss, pressure_loss,
            information_loss, unseen, untrusted, values_factor, bias_factor, relief, waiting, opposed, rosy)
        tie[me + S.BLOCKER * lanes + lane] = number
        tie[me + S.SHORTFALL * lanes + lane] = size
        tie[me + S.BLOCKER_AGREES * lanes + lane] = 1.0 if removed == number else 0.0


@phase(types.int64, types.int64, types.int64)
def appraise_ties(s: Any, quarter: Any, first: Any, last: Any) -> None:
    """Distance and solution quality of each tie, then each side's benefits, costs, fallback and what holds it back."""
    lanes = len(s.lanes)
    tie, partner, q, w, ends_a, ends_b = s.tie, s.partner, s.partner_setting, s.place_setting, s.a, s.b

    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        a, b = at(ends_a, t) * N_PARTNER * lanes, at(ends_b, t) * N_PARTNER * lanes
        qa, qb = at(ends_a, t) * N_PARTNER_SETTING * lanes, at(ends_b, t) * N_PARTNER_SETTING * lanes
        for lane in range(lanes):
            distance = values.total_variation(
                partner[a + P.EVIDENCE * lanes + lane], partner[a + P.TARGETS * lanes + lane],
                partner[a + P.FINANCE * lanes + lane], partner[a + P.PERSON * lanes + lane],
                partner[a + P.COMMUNITY * lanes + lane], partner[a + P.EQUITY * lanes + lane],
                partner[b + P.EVIDENCE * lanes + lane], partner[b + P.TARGETS * lanes + lane],
                partner[b + P.FINANCE * lanes + lane], partner[b + P.PERSON * lanes + lane],
                partner[b + P.COMMUNITY * lanes + lane], partner[b + P.EQUITY * lanes + lane],
                w[W.common_purpose * lanes + lane])
            innovation = appraisal.innovation_of(
                0.5 * (q[qa + Q.autonomy * lanes + lane] + q[qb + Q.autonomy * lanes + lane]),
                0.5 * (q[qa + Q.accountability * lanes + lane] + q[qb + Q.accountability * lanes + lane]))
            tie[o + T.DISTANCE * lanes + lane] = distance
            tie[o + T.QUALITY * lanes + lane] = appraisal.solution_quality(
                distance, 0.5 * (q[qa + Q.listening * lanes + lane] + q[qb + Q.listening * lanes + lane]), innovation,
                0.5 * (partner[a + P.PRACTICE * lanes + lane] + partner[b + P.PRACTICE * lanes + lane]),
                0.5 * (q[qa + Q.target_pressure * lanes + lane] + q[qb + Q.target_pressure * lanes + lane]))
        for side in range(2):
            appraise_side(s, quarter, t, side)
