"""Negotiation over arrays: packages, offers in rounds, the Nash benchmark."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.chance import Stream, uniform
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
from incentive_abm.rules import appraisal, bargaining, commitment, fallback
from incentive_abm.rules.bargaining import PACKAGES, ROUNDS
from incentive_abm.state import N_PARTNER_SETTING, SIDE_A, SIDE_B, phase

P, T, S, G = PartnerField, TieField, SideField, PlaceField
Q, W = PartnerSetting, PlaceSetting

WORTH_A, WORTH_B, PRODUCT = 0, PACKAGES, 2 * PACKAGES
TARGET_A, TARGET_B = 3 * PACKAGES, 3 * PACKAGES + ROUNDS
BEST_A, BEST_B, NASH, NASH_PACKAGE, ROUND, PACKAGE, SCORE, LIMIT, FIRST = range(TARGET_B + ROUNDS, TARGET_B + ROUNDS + 9)
ROOM = FIRST + 1
NEVER = -1e9


@phase(types.int64)
def negotiate(s: Any, quarter: Any) -> None:
    """Offers and counter-offers on every tie until agreement or until the quarter's meetings run out."""
    lanes = len(s.lanes)
    step = np.uint64(quarter)
    tie, partner, place, q, w = s.tie, s.partner, s.place, s.partner_setting, s.place_setting
    room = np.empty(ROOM * lanes)
    for t in range(s.tie_key.size):
        o = t * N_TIE * lanes
        a, b = o + SIDE_A * lanes, o + SIDE_B * lanes
        qa, qb = s.a[t] * N_PARTNER_SETTING * lanes, s.b[t] * N_PARTNER_SETTING * lanes
        for lane in range(lanes):
            room[BEST_A * lanes + lane] = NEVER
            room[BEST_B * lanes + lane] = NEVER
            room[NASH * lanes + lane] = -1.0
            room[NASH_PACKAGE * lanes + lane] = -1.0
            room[ROUND * lanes + lane] = 0.0
            room[PACKAGE * lanes + lane] = -1.0
            room[SCORE * lanes + lane] = NEVER
            room[LIMIT * lanes + lane] = bargaining.rounds_available(w[W.relational_space * lanes + lane],
                                                                     place[G.CLARITY * lanes + lane])
            room[FIRST * lanes + lane] = bargaining.makes_first_offer(
                uniform(s.seed[lane], np.uint64(Stream.FIRST_OFFER), step, s.tie_key[t]),
                s.tie_fact[t * N_TIE_FACT + TieFact.SHARE_A])
        for k in range(PACKAGES):
            weight = bargaining.package_weight(float(k))
            for lane in range(lanes):
                cost_a, cost_b = tie[a + S.COST * lanes + lane], tie[b + S.COST * lanes + lane]
                money_a, money_b = tie[a + S.MONEY * lanes + lane], tie[b + S.MONEY * lanes + lane]
                staff_a, staff_b = tie[a + S.STAFF * lanes + lane], tie[b + S.STAFF * lanes + lane]
                know_a, know_b = tie[a + S.INFORMATION * lanes + lane], tie[b + S.INFORMATION * lanes + lane]
                none_a, none_b = tie[a + S.FALLBACK * lanes + lane], tie[b + S.FALLBACK * lanes + lane]
                s1 = bargaining.package_scope(weight, money_a, money_b, cost_a, cost_b)
                s2 = bargaining.package_scope(weight, staff_a, staff_b, cost_a, cost_b)
                s3 = bargaining.package_scope(weight, know_a, know_b, cost_a, cost_b)
                gain_a = appraisal.utility(money_a, staff_a, know_a, cost_a, s1, s2, s3) - none_a
                gain_b = appraisal.utility(money_b, staff_b, know_b, cost_b, s1, s2, s3) - none_b
                reform = 0.5 * (q[qa + Q.payment_reform * lanes + lane] + q[qb + Q.payment_reform * lanes + lane])
                cap = bargaining.payment_cap(appraisal.breadth(s1, s2, s3), reform, w[W.side_payments * lanes + lane])
                paid = bargaining.side_payment(gain_a, gain_b, cap)
                gain_a = gain_a - paid
                gain_b = gain_b + paid
                product = bargaining.nash_product(gain_a, gain_b)
                possible = product >= 0.0
                worth_a = gain_a + none_a if possible else NEVER
                worth_b = gain_b + none_b if possible else NEVER
                room[(WORTH_A + k) * lanes + lane] = worth_a
                room[(WORTH_B + k) * lanes + lane] = worth_b
                room[(PRODUCT + k) * lanes + lane] = product
                best_a, best_b = room[BEST_A * lanes + lane], room[BEST_B * lanes + lane]
                nash, nash_package = room[NASH * lanes + lane], room[NASH_PACKAGE * lanes + lane]
                room[BEST_A * lanes + lane] = worth_a if worth_a > best_a else best_a
                room[BEST_B * lanes + lane] = worth_b if worth_b > best_b else best_b
                better = product > nash
                room[NASH * lanes + lane] = product if better else nash
                room[NASH_PACKAGE * lanes + lane] = float(k) if better else nash_package
        for r in range(ROUNDS):
            for lane in range(lanes):
                held_a = bargaining.aspiration(float(r + 1), tie[a + S.CONCESSION * lanes + lane])
                held_b = bargaining.aspiration(float(r + 1), tie[b + S.CONCESSION * lanes + lane])
                room[(TARGET_A + r) * lanes + lane] = bargaining.target_worth(
                    tie[a + S.FALLBACK * lanes + lane], room[BEST_A * lanes + lane], held_a)
                room[(TARGET_B + r) * lanes + lane] = bargaining.target_worth(
                    tie[b + S.FALLBACK * lanes + lane], room[BEST_B * lanes + lane], held_b)
        for r in range(ROUNDS):
            turn = float(r % 2)
            for k in range(PACKAGES):
                for lane in range(lanes):
                    worth_a, worth_b = room[(WORTH_A + k) * lanes + lane], room[(WORTH_B + k) * lanes + lane]
                    reached = bargaining.acceptable_to_both(
                        worth_a, worth_b, room[(TARGET_A + r) * lanes + lane], room[(TARGET_B + r) * lanes + lane],
                        float(r + 1), room[LIMIT * lanes + lane], room[ROUND * lanes + lane])
                    to_other = worth_b if room[FIRST * lanes + lane] == turn else worth_a
                    score, was, package = (room[SCORE * lanes + lane], room[ROUND * lanes + lane],
                                           room[PACKAGE * lanes + lane])
                    better = (1.0 if to_other > score else 0.0) * reached
                    room[SCORE * lanes + lane] = to_other if better == 1.0 else score
                    room[PACKAGE * lanes + lane] = float(k) if better == 1.0 else package
                    room[ROUND * lanes + lane] = float(r + 1) if better == 1.0 else was
        pa, pb = s.a[t] * N_PARTNER * lanes, s.b[t] * N_PARTNER * lanes
        voluntary_a = s.partner_fact[s.a[t] * N_PARTNER_FACT + PartnerFact.VOLUNTARY]
        voluntary_b = s.partner_fact[s.b[t] * N_PARTNER_FACT + PartnerFact.VOLUNTARY]
        with_trust = s.tie_fact[t * N_TIE_FACT + TieFact.WITH_TRUST]
        for lane in range(lanes):
            inclusion = w[W.inclusion * lanes + lane]
            present = (commitment.at_the_table(voluntary_a, partner[pa + P.TABLE_DRAW * lanes + lane], inclusion)
                       * commitment.at_the_table(voluntary_b, partner[pb + P.TABLE_DRAW * lanes + lane], inclusion))
            felt = fallback.opposition_felt(place[G.OPPOSITION * lanes + lane], w[W.public_engagement * lanes + lane])
            vetoed = fallback.vetoed(felt, w[W.veto_threshold * lanes + lane], with_trust)
            nash_rule = w[W.protocol * lanes + lane] == 1.0
            nash, nash_package = room[NASH * lanes + lane], room[NASH_PACKAGE * lanes + lane]
            chosen = nash_package if nash_rule else room[PACKAGE * lanes + lane]
            in_round = 1.0 if nash_rule else room[ROUND * lanes + lane]
            talk, rounds = bargaining.how_talks_ended(present, vetoed, nash_package, chosen, in_round,
                                                      room[LIMIT * lanes + lane])
            agreed = talk == 1.0
            k = chosen if agreed else 0.0
            weight = bargaining.package_weight(k)
            cost_a, cost_b = tie[a + S.COST * lanes + lane], tie[b + S.COST * lanes + lane]
            money_a, money_b = tie[a + S.MONEY * lanes + lane], tie[b + S.MONEY * lanes + lane]
            staff_a, staff_b = tie[a + S.STAFF * lanes + lane], tie[b + S.STAFF * lanes + lane]
            know_a, know_b = tie[a + S.INFORMATION * lanes + lane], tie[b + S.INFORMATION * lanes + lane]
            s1 = bargaining.package_scope(weight, money_a, money_b, cost_a, cost_b)
            s2 = bargaining.package_scope(weight, staff_a, staff_b, cost_a, cost_b)
            s3 = bargaining.package_scope(weight, know_a, know_b, cost_a, cost_b)
            gain_a = appraisal.utility(money_a, staff_a, know_a, cost_a, s1, s2, s3) - tie[a + S.FALLBACK * lanes + lane]
            gain_b = appraisal.utility(money_b, staff_b, know_b, cost_b, s1, s2, s3) - tie[b + S.FALLBACK * lanes + lane]
            reform = 0.5 * (q[qa + Q.payment_reform * lanes + lane] + q[qb + Q.payment_reform * lanes + lane])
            cap = bargaining.payment_cap(appraisal.breadth(s1, s2, s3), reform, w[W.side_payments * lanes + lane])
            paid = bargaining.side_payment(gain_a, gain_b, cap)
            gap = bargaining.nash_gap(nash, bargaining.nash_product(gain_a - paid, gain_b + paid))
            tie[o + T.TALK * lanes + lane] = talk
            tie[o + T.ROUNDS * lanes + lane] = rounds
            tie[o + T.FIRST * lanes + lane] = room[FIRST * lanes + lane]
            tie[o + T.PACKAGE * lanes + lane] = chosen if agreed else -1.0
            tie[o + T.NASH_GAP * lanes + lane] = gap if agreed else 0.0
            tie[o + T.OFFER_MONEY * lanes + lane] = s1 if agreed else 0.0
            tie[o + T.OFFER_STAFF * lanes + lane] = s2 if agreed else 0.0
            tie[o + T.OFFER_INFORMATION * lanes + lane] = s3 if agreed else 0.0
            tie[o + T.OFFER_PAYMENT * lanes + lane] = paid if agreed else 0.0
            tie[a + S.BEST * lanes + lane] = room[BEST_A * lanes + lane]
            tie[b + S.BEST * lanes + lane] = room[BEST_B * lanes + lane]
