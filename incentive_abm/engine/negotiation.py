"""Negotiation over arrays: packages, offers in rounds, the Nash benchmark."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.chance import Stream, uniform
from incentive_abm.compiling import compiled
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
from incentive_abm.rules.bargaining import LOG_PROGRESS, PACKAGES, ROUNDS
from incentive_abm.state import N_PARTNER_SETTING, SIDE_A, SIDE_B, at, phase

P, T, S, G = PartnerField, TieField, SideField, PlaceField
Q, W = PartnerSetting, PlaceSetting

WORTH_A, WORTH_B, PRODUCT = 0, PACKAGES, 2 * PACKAGES
TARGET_A, TARGET_B, OTHERS = 3 * PACKAGES, 3 * PACKAGES + 1, 3 * PACKAGES + 2
BEST_A, BEST_B, NASH, NASH_PACKAGE, ROUND, PACKAGE, SCORE, LIMIT, FIRST, PATIENCE_A, PATIENCE_B = range(OTHERS, OTHERS + 11)
ROOM = PATIENCE_B + 1
NEVER = -1e9


@compiled((types.float64[::1], types.int64, types.float64), forceinline=True)
def still_talking(room: Any, lanes: Any, round_number: Any) -> Any:
    """Whether in any lane both sides could gain, nothing is agreed and the quarter allows this round."""
    talking = 0.0
    for lane in range(lanes):
        undecided = 1.0 if room[ROUND * lanes + lane] == 0.0 else 0.0
        possible = 1.0 if room[NASH_PACKAGE * lanes + lane] >= 0.0 else 0.0
        in_time = 1.0 if round_number <= room[LIMIT * lanes + lane] else 0.0
        talking += undecided * possible * in_time
    return talking > 0.0


@phase(types.int64, types.int64, types.int64)
def negotiate_ties(s: Any, quarter: Any, first: Any, last: Any) -> None:
    """Offers and counter-offers on every tie until agreement or until the quarter's meetings run out."""
    lanes = len(s.lanes)
    tie, partner, place, q, w, tie_fact = s.tie, s.partner, s.place, s.partner_setting, s.place_setting, s.tie_fact
    partner_fact, ends_a, ends_b, tie_keys, seeds = s.partner_fact, s.a, s.b, s.tie_key, s.seed
    step = np.uint64(quarter)
    room = np.empty(ROOM * lanes)
    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        a, b = o + SIDE_A * lanes, o + SIDE_B * lanes
        qa, qb = at(ends_a, t) * N_PARTNER_SETTING * lanes, at(ends_b, t) * N_PARTNER_SETTING * lanes
        for lane in range(lanes):
            room[PATIENCE_A * lanes + lane] = 1.0 / tie[a + S.CONCESSION * lanes + lane]
            room[PATIENCE_B * lanes + lane] = 1.0 / tie[b + S.CONCESSION * lanes + lane]
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
                uniform(seeds[lane], np.uint64(Stream.FIRST_OFFER), step, tie_keys[t]),
                tie_fact[t * N_TIE_FACT + TieFact.SHARE_A])
        for k in range(PACKAGES):
            weight = bargaining.package_weight(float(k))
            for lane in range(lanes):
                cost_a, cost_b = tie[a + S.COST * lanes + lane], tie[b + S.COST * lanes + lane]
                money_a, money_b = tie[a + S.MONEY * lanes + lane], tie[b + S.MONEY * lanes + lane]
                staff_a, staff_b = tie[a + S.STAFF * lanes + lane], tie[b + S.STAFF * lanes + lane]
                know_a, know_b = tie[a + S.INFORMATION * lanes + lane], tie[b + S.INFORMATION * lanes + lane]
                none_a, none_b = tie[a + S.FALLBACK * lanes + lane], tie[b + S.FALLBACK * lanes + lane]
                ease = bargaining.package_ease(weight, cost_a, cost_b)
                s1 = bargaining.package_scope(weight, money_a, money_b, ease)
                s2 = bargaining.package_scope(weight, staff_a, staff_b, ease)
                s3 = bargaining.package_scope(weight, know_a, know_b, ease)
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
            if not still_talking(room, lanes, float(r + 1)):
                break
            progress = LOG_PROGRESS[r]
            turn = float(r % 2)
            for lane in range(lanes):
                held_a = bargaining.aspiration(progress, room[PATIENCE_A * lanes + lane])
                held_b = bargaining.aspiration(progress, room[PATIENCE_B * lanes + lane])
                room[TARGET_A * lanes + lane] = bargaining.target_worth(
                    tie[a + S.FALLBACK * lanes + lane], room[BEST_A * lanes + lane], held_a)
                room[TARGET_B * lanes + lane] = bargaining.target_worth(
                    tie[b + S.FALLBACK * lanes + lane], room[BEST_B * lanes + lane], held_b)
            for k in range(PACKAGES):
                for lane in range(lanes):
                    worth_a, worth_b = room[(WORTH_A + k) * lanes + lane], room[(WORTH_B + k) * lanes + lane]
                    reached = bargaining.acceptable_to_both(
                        worth_a, worth_b, room[TARGET_A * lanes + lane], room[TARGET_B * lanes + lane],
                        float(r + 1), room[LIMIT * lanes + lane], room[ROUND * lanes + lane])
                    to_other = worth_b if room[FIRST * lanes + lane] == turn else worth_a
                    score, was, package = (room[SCORE * lanes + lane], room[ROUND * lanes + lane],
                                           room[PACKAGE * lanes + lane])
                    better = (1.0 if to_other > score else 0.0) * reached
                    room[SCORE * lanes + lane] = to_other if better == 1.0 else score
                    room[PACKAGE * lanes + lane] = float(k) if better == 1.0 else package
                    room[ROUND * lanes + lane] = float(r + 1) if better == 1.0 else was
        pa, pb = at(ends_a, t) * N_PARTNER * lanes, at(ends_b, t) * N_PARTNER * lanes
        voluntary_a = partner_fact[at(ends_a, t) * N_PARTNER_FACT + PartnerFact.VOLUNTARY]
        voluntary_b = partner_fact[at(ends_b, t) * N_PARTNER_FACT + PartnerFact.VOLUNTARY]
        with_trust = tie_fact[t * N_TIE_FACT + TieFact.WITH_TRUST]
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
            weight = bargaining.package_weight(chosen if agreed else 0.0)
            cost_a, cost_b = tie[a + S.COST * lanes + lane], tie[b + S.COST * lanes + lane]
            money_a, money_b = tie[a + S.MONEY * lanes + lane], tie[b + S.MONEY * lanes + lane]
            staff_a, staff_b = tie[a + S.STAFF * lanes + lane], tie[b + S.STAFF * lanes + lane]
            know_a, know_b = tie[a + S.INFORMATION * lanes + lane], tie[b + S.INFORMATION * lanes + lane]
            ease = bargaining.package_ease(weight, cost_a, cost_b)
            s1 = bargaining.package_scope(weight, money_a, money_b, ease)
            s2 = bargaining.package_scope(weight, staff_a, staff_b, ease)
            s3 = bargaining.package_scope(weight, know_a, know_b, ease)
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
