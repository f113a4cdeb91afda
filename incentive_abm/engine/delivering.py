"""Delivery, learning and accounts over arrays."""

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
from incentive_abm.rules import appraisal, blockers, commitment, delivery, money, politics, trust
from incentive_abm.state import N_PARTNER_SETTING, SIDE_A, SIDE_B, at, phase

P, T, S, G = PartnerField, TieField, SideField, PlaceField
Q, W = PartnerSetting, PlaceSetting


@phase(types.int64, types.int64, types.int64, forceinline=True)
def keep_or_break(s: Any, quarter: Any, t: Any, side: Any) -> None:
    """One side of a tie: what it gains by today's sharing, and whether it keeps its promise."""
    lanes = len(s.lanes)
    tie, partner, q, w, ends_a = s.tie, s.partner, s.partner_setting, s.place_setting, s.a
    ends_b, side_a_keys, side_b_keys, seeds = s.b, s.side_a_key, s.side_b_key, s.seed
    step = np.uint64(quarter)
    t = t & 0x7FFFFFFF
    o = t * N_TIE * lanes
    me = o + (SIDE_A if side == 0 else SIDE_B) * lanes
    mine = at(ends_a, t) if side == 0 else at(ends_b, t)
    key = side_a_keys[t] if side == 0 else side_b_keys[t]
    i, qi = mine * N_PARTNER * lanes, mine * N_PARTNER_SETTING * lanes
    sign = 1.0 if side == 0 else -1.0
    for lane in range(lanes):
        s1, s2 = tie[o + T.SCOPE_MONEY * lanes + lane], tie[o + T.SCOPE_STAFF * lanes + lane]
        s3 = tie[o + T.SCOPE_INFORMATION * lanes + lane]
        shared = appraisal.breadth(s1, s2, s3)
        worth = appraisal.utility(
            tie[me + S.MONEY * lanes + lane], tie[me + S.STAFF * lanes + lane],
            tie[me + S.INFORMATION * lanes + lane], tie[me + S.TRUE_COST * lanes + lane], s1, s2, s3)
        strain = w[W.crisis_strain * lanes + lane] * delivery.crisis_of(partner[i + P.BALANCE * lanes + lane])
        surplus = delivery.surplus_at(worth, sign * tie[o + T.PAYMENT * lanes + lane],
                                      tie[me + S.FALLBACK * lanes + lane], strain, delivery.engagement(shared))
        chance = delivery.keep_chance(
            surplus, partner[i + P.OWNERSHIP * lanes + lane], tie[o + T.IDENTITY * lanes + lane],
            partner[i + P.PRESSURE * lanes + lane], w[W.joint_resolution * lanes + lane],
            partner[i + P.STRESS * lanes + lane], q[qi + Q.target_pressure * lanes + lane],
            w[W.relational_space * lanes + lane], partner[i + P.SKILL * lanes + lane],
            w[W.keep_base * lanes + lane])
        tie[me + S.SURPLUS * lanes + lane] = surplus
        tie[me + S.KEEP_CHANCE * lanes + lane] = chance
        tie[me + S.KEPT * lanes + lane] = delivery.keeps(
            uniform(seeds[lane], np.uint64(Stream.PROMISE), step, key), chance)
        tie[me + S.LOSING * lanes + lane] = commitment.losing_after(
            tie[me + S.LOSING * lanes + lane], surplus, shared)


@phase(types.int64, types.int64, types.int64)
def deliver_ties(s: Any, quarter: Any, first: Any, last: Any) -> None:
    """Each side keeps its promise or not; outcomes for the people served follow."""
    lanes = len(s.lanes)
    tie, partner, w, partner_fact, ends_a = s.tie, s.partner, s.place_setting, s.partner_fact, s.a
    ends_b = s.b
    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        keep_or_break(s, quarter, t, 0)
        keep_or_break(s, quarter, t, 1)
        a, b = o + SIDE_A * lanes, o + SIDE_B * lanes
        pa, pb = at(ends_a, t) * N_PARTNER * lanes, at(ends_b, t) * N_PARTNER * lanes
        voluntary_a = partner_fact[at(ends_a, t) * N_PARTNER_FACT + PartnerFact.VOLUNTARY]
        voluntary_b = partner_fact[at(ends_b, t) * N_PARTNER_FACT + PartnerFact.VOLUNTARY]
        voluntary = 1.0 if voluntary_a + voluntary_b > 0.5 else 0.0
        for lane in range(lanes):
            shared = appraisal.breadth(tie[o + T.SCOPE_MONEY * lanes + lane], tie[o + T.SCOPE_STAFF * lanes + lane],
                                       tie[o + T.SCOPE_INFORMATION * lanes + lane])
            joint = delivery.joint_quality(
                tie[o + T.IDENTITY * lanes + lane],
                trust.mean_trust(tie[a + S.ALPHA * lanes + lane], tie[a + S.BETA * lanes + lane]),
                trust.mean_trust(tie[b + S.ALPHA * lanes + lane], tie[b + S.BETA * lanes + lane]),
                tie[o + T.INFORMATION * lanes + lane])
            work = delivery.delivered(shared, tie[a + S.KEPT * lanes + lane], tie[b + S.KEPT * lanes + lane], joint)
            expected = delivery.delivered(shared, tie[a + S.KEEP_CHANCE * lanes + lane],
                                          tie[b + S.KEEP_CHANCE * lanes + lane], joint)
            skill_a, skill_b = partner[pa + P.SKILL * lanes + lane], partner[pb + P.SKILL * lanes + lane]
            skill = skill_a if voluntary_a > 0.5 else skill_b
            moving = blockers.is_moving(tie[o + T.MOVED * lanes + lane], expected, w[W.seamless_quality * lanes + lane])
            gain_a = tie[a + S.BEST * lanes + lane] - tie[a + S.FALLBACK * lanes + lane]
            gain_b = tie[b + S.BEST * lanes + lane] - tie[b + S.FALLBACK * lanes + lane]
            unwilling_a = gain_a <= gain_b
            blocker_a, blocker_b = tie[a + S.BLOCKER * lanes + lane], tie[b + S.BLOCKER * lanes + lane]
            size_a, size_b = tie[a + S.SHORTFALL * lanes + lane], tie[b + S.SHORTFALL * lanes + lane]
            agrees_a, agrees_b = tie[a + S.BLOCKER_AGREES * lanes + lane], tie[b + S.BLOCKER_AGREES * lanes + lane]
            out_of_time = 1.0 if tie[o + T.TALK * lanes + lane] == 3.0 else 0.0
            tie[o + T.JOINT_QUALITY * lanes + lane] = joint
            tie[o + T.DELIVERED * lanes + lane] = work
            tie[o + T.EXPECTED * lanes + lane] = expected
            tie[o + T.OUTCOME * lanes + lane] = delivery.outcome_of(
                work, tie[o + T.QUALITY * lanes + lane], voluntary, w[W.community_control * lanes + lane], skill)
            tie[o + T.BLOCKER * lanes + lane] = blockers.held_back(
                out_of_time, moving, blocker_a if unwilling_a else blocker_b)
            tie[o + T.SHORTFALL * lanes + lane] = size_a if unwilling_a else size_b
            tie[o + T.BLOCKER_AGREES * lanes + lane] = agrees_a if unwilling_a else agrees_b
            tie[o + T.MEETINGS * lanes + lane] = politics.meetings_held(
                tie[o + T.ROUNDS * lanes + lane], w[W.committees * lanes + lane], w[W.directives * lanes + lane])


@phase()
def clear_flows(s: Any) -> None:
    """Set the quarter's flows of money to nothing."""
    lanes = len(s.lanes)
    partner = s.partner
    for i in range(s.partner_key.size):
        for lane in range(lanes):
            partner[(i * N_PARTNER + P.FLOW) * lanes + lane] = 0.0


@phase(types.int64, types.int64, types.int64)
def account_ties(s: Any, quarter: Any, first: Any, last: Any) -> None:
    """Pools are paid into and spent; savings, stranded costs, effort and payments fall where they fall."""
    lanes = len(s.lanes)
    tie, partner, place, q, w = s.tie, s.partner, s.place, s.partner_setting, s.place_setting
    tie_fact, partner_fact, ends_a, ends_b = s.tie_fact, s.partner_fact, s.a, s.b
    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        sa, sb = o + SIDE_A * lanes, o + SIDE_B * lanes
        a, b = at(ends_a, t) * N_PARTNER * lanes, at(ends_b, t) * N_PARTNER * lanes
        qa, qb = at(ends_a, t) * N_PARTNER_SETTING * lanes, at(ends_b, t) * N_PARTNER_SETTING * lanes
        spend = tie_fact[t * N_TIE_FACT + TieFact.SPEND]
        share_a = tie_fact[t * N_TIE_FACT + TieFact.SHARE_A]
        share_b = tie_fact[t * N_TIE_FACT + TieFact.SHARE_B]
        factor_a = partner_fact[at(ends_a, t) * N_PARTNER_FACT + PartnerFact.STRANDED]
        factor_b = partner_fact[at(ends_b, t) * N_PARTNER_FACT + PartnerFact.STRANDED]
        for lane in range(lanes):
            scope = tie[o + T.SCOPE_MONEY * lanes + lane]
            shared = appraisal.breadth(scope, tie[o + T.SCOPE_STAFF * lanes + lane],
                                       tie[o + T.SCOPE_INFORMATION * lanes + lane])
            kept_a, kept_b = tie[sa + S.KEPT * lanes + lane], tie[sb + S.KEPT * lanes + lane]
            in_a = money.contribution(scope, spend * share_a, kept_a)
            in_b = money.contribution(scope, spend * share_b, kept_b)
            left = 1.0 if tie[o + T.WALKED_OUT * lanes + lane] > 0.0 else 0.0
            back = tie[o + T.POOL * lanes + lane] * left
            pool = tie[o + T.POOL * lanes + lane] - back + in_a + in_b
            used = money.pool_spent(pool, kept_a, kept_b)
            saved = money.pool_saved(used, w[W.saving * lanes + lane], tie[o + T.JOINT_QUALITY * lanes + lane],
                                     tie[o + T.QUALITY * lanes + lane])
            bill_a = money.stranded_bill(scope, spend * share_a, q[qa + Q.stranded_cost * lanes + lane], factor_a,
                                         q[qa + Q.payment_reform * lanes + lane])
            bill_b = money.stranded_bill(scope, spend * share_b, q[qb + Q.stranded_cost * lanes + lane], factor_b,
                                         q[qb + Q.payment_reform * lanes + lane])
            effort = money.effort_bill(tie[o + T.MEETINGS * lanes + lane], w[W.effort_cost * lanes + lane], spend)
            paid = money.side_payment_bill(tie[o + T.PAYMENT * lanes + lane], delivery.engagement(shared), spend)
            grant = commitment.deadline_grant(
                w[W.deadline_money * lanes + lane], float(quarter), w[W.deadline_quarter * lanes + lane], scope,
                w[W.deadline_scope * lanes + lane], spend)
            gain = saved + back + grant
            tie[o + T.POOL * lanes + lane] = pool - used
            partner[a + P.FLOW * lanes + lane] += gain * share_a - bill_a - effort - paid
            partner[b + P.FLOW * lanes + lane] += gain * share_b - bill_b - effort + paid
            place[G.CONTRIBUTED * lanes + lane] += in_a + in_b
            place[G.JOINT_SPENT * lanes + lane] += used - saved
            place[G.SAVED * lanes + lane] += saved
            place[G.RETURNED * lanes + lane] += back
            place[G.STRANDED * lanes + lane] += bill_a + bill_b
            place[G.EFFORT * lanes + lane] += 2.0 * effort
            place[G.DEADLINE_PAID * lanes + lane] += grant
            place[G.MEETINGS * lanes + lane] += tie[o + T.MEETINGS * lanes + lane]


@phase(types.int64)
def account_partners(s: Any, quarter: Any) -> None:
    """Balances are struck: what is settled with the centre, luck, trend, and the quarter's flows."""
    lanes = len(s.lanes)
    partner, place, q, w = s.partner, s.place, s.partner_setting, s.place_setting
    partner_fact, partner_keys, seeds = s.partner_fact, s.partner_key, s.seed
    step = np.uint64(quarter)
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        setting = i * N_PARTNER_SETTING * lanes
        income = partner_fact[i * N_PARTNER_FACT + PartnerFact.INCOME]
        connected = partner_fact[i * N_PARTNER_FACT + PartnerFact.CONNECTED]
        trend_factor = partner_fact[i * N_PARTNER_FACT + PartnerFact.TREND]
        key = partner_keys[i]
        for lane in range(lanes):
            balance = partner[o + P.BALANCE * lanes + lane]
            settled = money.settled_of(balance, w[W.balance_memory * lanes + lane])
            luck = money.luck_of(uniform(seeds[lane], np.uint64(Stream.BALANCE_NOISE), step, key),
                                 q[setting + Q.balance_noise * lanes + lane])
            trend = q[setting + Q.deficit_trend * lanes + lane] * trend_factor
            partner[o + P.BALANCE * lanes + lane] = (balance - settled + luck - trend
                                                     + partner[o + P.FLOW * lanes + lane] / income)
            place[G.SETTLED * lanes + lane] += settled * income * connected
            place[G.LUCK * lanes + lane] += luck * income * connected
            place[G.TREND * lanes + lane] += trend * income * connected
