"""Commitment over arrays: the board's vote, walking away, taking up what was agreed or imposed."""

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
from incentive_abm.rules import appraisal, commitment, delivery, trust
from incentive_abm.state import N_PARTNER_SETTING, SIDE_A, SIDE_B, at, phase

P, T, S, G = PartnerField, TieField, SideField, PlaceField
Q, W = PartnerSetting, PlaceSetting


@phase()
def clear_votes(s: Any) -> None:
    """Set what partners gain by the deals on the table to nothing."""
    lanes = len(s.lanes)
    partner = s.partner
    for i in range(s.partner_key.size):
        for lane in range(lanes):
            partner[(i * N_PARTNER + P.VOTE) * lanes + lane] = 0.0


@phase(types.int64, types.int64, types.int64)
def count_votes(s: Any, quarter: Any, first: Any, last: Any) -> None:
    """What each partner gains by the deals just made, over its ties."""
    lanes = len(s.lanes)
    tie, partner, tie_fact, ends_a, ends_b = s.tie, s.partner, s.tie_fact, s.a, s.b
    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        sa, sb = o + SIDE_A * lanes, o + SIDE_B * lanes
        a, b = at(ends_a, t) * N_PARTNER * lanes, at(ends_b, t) * N_PARTNER * lanes
        part_a = tie_fact[t * N_TIE_FACT + TieFact.PART_OF_A]
        part_b = tie_fact[t * N_TIE_FACT + TieFact.PART_OF_B]
        for lane in range(lanes):
            s1, s2 = tie[o + T.OFFER_MONEY * lanes + lane], tie[o + T.OFFER_STAFF * lanes + lane]
            s3, paid = tie[o + T.OFFER_INFORMATION * lanes + lane], tie[o + T.OFFER_PAYMENT * lanes + lane]
            agreed = 1.0 if tie[o + T.TALK * lanes + lane] == 1.0 else 0.0
            worth_a = appraisal.utility(tie[sa + S.MONEY * lanes + lane], tie[sa + S.STAFF * lanes + lane],
                                        tie[sa + S.INFORMATION * lanes + lane], tie[sa + S.COST * lanes + lane], s1, s2, s3)
            worth_b = appraisal.utility(tie[sb + S.MONEY * lanes + lane], tie[sb + S.STAFF * lanes + lane],
                                        tie[sb + S.INFORMATION * lanes + lane], tie[sb + S.COST * lanes + lane], s1, s2, s3)
            partner[a + P.VOTE * lanes + lane] += commitment.stake(
                agreed, part_a, worth_a - paid, tie[sa + S.FALLBACK * lanes + lane],
                tie[sa + S.SURPLUS * lanes + lane])
            partner[b + P.VOTE * lanes + lane] += commitment.stake(
                agreed, part_b, worth_b + paid, tie[sb + S.FALLBACK * lanes + lane],
                tie[sb + S.SURPLUS * lanes + lane])


@phase(types.int64)
def decide(s: Any, quarter: Any) -> None:
    """The board's vote and how fast deals may be taken up."""
    lanes = len(s.lanes)
    partner, place, w, partner_fact, partner_keys = s.partner, s.place, s.place_setting, s.partner_fact, s.partner_key
    for lane in range(lanes):
        voters, yes, income, yes_income, largest_no = 0.0, 0.0, 0.0, 0.0, 0.0
        n0, n1, n2, n3, y0, y1, y2, y3 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for i in range(partner_keys.size):
            f = i * N_PARTNER_FACT
            connected = partner_fact[f + PartnerFact.CONNECTED]
            seat = connected * commitment.at_the_table(
                partner_fact[f + PartnerFact.VOLUNTARY], partner[(i * N_PARTNER + P.TABLE_DRAW) * lanes + lane],
                w[W.inclusion * lanes + lane])
            vote = seat * commitment.votes_yes(partner[(i * N_PARTNER + P.VOTE) * lanes + lane])
            size = partner_fact[f + PartnerFact.INCOME] * seat
            voters += seat
            yes += vote
            income += size
            yes_income += size * vote
            no_size = size * (1.0 - vote)
            largest_no = no_size if no_size > largest_no else largest_no
            kind = partner_fact[f + PartnerFact.KIND]
            n0, y0 = n0 + (seat if kind == 0.0 else 0.0), y0 + (vote if kind == 0.0 else 0.0)
            n1, y1 = n1 + (seat if kind == 1.0 else 0.0), y1 + (vote if kind == 1.0 else 0.0)
            n2, y2 = n2 + (seat if kind == 2.0 else 0.0), y2 + (vote if kind == 2.0 else 0.0)
            n3, y3 = n3 + (seat if kind == 3.0 else 0.0), y3 + (vote if kind == 3.0 else 0.0)
        by_kind = commitment.mean_of_kinds(n0, y0, n1, y1, n2, y2, n3, y3)
        blocked = commitment.blocked(largest_no, income, w[W.block_share * lanes + lane])
        passes = commitment.board_passes(commitment.ratio(yes, voters), commitment.ratio(yes_income, income), by_kind,
                                         blocked, w[W.voting_rule * lanes + lane])
        place[G.YES_SHARE * lanes + lane] = commitment.ratio(yes, voters)
        place[G.BOARD_SPEED * lanes + lane] = commitment.board_speed(
            passes, w[W.board_brake * lanes + lane], place[G.CLARITY * lanes + lane], voters,
            w[W.free_riding * lanes + lane], w[W.named_owner * lanes + lane])


@phase(types.int64, types.int64, types.int64)
def take_up(s: Any, quarter: Any, first: Any, last: Any) -> None:
    """Walk-outs first, then each scope moves toward its goal."""
    lanes = len(s.lanes)
    tie, place, q, w, ends_a, ends_b = s.tie, s.place, s.partner_setting, s.place_setting, s.a, s.b
    side_a_keys, side_b_keys, seeds = s.side_a_key, s.side_b_key, s.seed
    step = np.uint64(quarter)
    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        sa, sb = o + SIDE_A * lanes, o + SIDE_B * lanes
        qa, qb = at(ends_a, t) * N_PARTNER_SETTING * lanes, at(ends_b, t) * N_PARTNER_SETTING * lanes
        for lane in range(lanes):
            patience, chance = w[W.exit_patience * lanes + lane], w[W.exit_chance * lanes + lane]
            mandate = w[W.mandate * lanes + lane]
            leaves_a = commitment.walks_away(
                tie[sa + S.LOSING * lanes + lane], patience, chance, mandate,
                uniform(seeds[lane], np.uint64(Stream.WALK_OUT), step, side_a_keys[t]))
            leaves_b = commitment.walks_away(
                tie[sb + S.LOSING * lanes + lane], patience, chance, mandate,
                uniform(seeds[lane], np.uint64(Stream.WALK_OUT), step, side_b_keys[t]))
            out = leaves_a + 2.0 * leaves_b
            left = 1.0 if out > 0.0 else 0.0
            tie[o + T.WALKED_OUT * lanes + lane] = out
            place[G.WALK_OUTS * lanes + lane] += left
            scar = commitment.scar_after(tie[o + T.SCAR * lanes + lane], left)
            tie[o + T.SCAR * lanes + lane] = scar
            tie[o + T.IDENTITY * lanes + lane] = commitment.kept_after_exit(tie[o + T.IDENTITY * lanes + lane], left, 0.6)
            tie[sa + S.BETA * lanes + lane] = trust.evidence_of_walk_out(tie[sa + S.BETA * lanes + lane], left)
            tie[sb + S.BETA * lanes + lane] = trust.evidence_of_walk_out(tie[sb + S.BETA * lanes + lane], left)
            tie[sa + S.LOSING * lanes + lane] = commitment.kept_after_exit(tie[sa + S.LOSING * lanes + lane], left, 0.0)
            tie[sb + S.LOSING * lanes + lane] = commitment.kept_after_exit(tie[sb + S.LOSING * lanes + lane], left, 0.0)
            talk = tie[o + T.TALK * lanes + lane]
            up = commitment.speed_up(
                w[W.uptake * lanes + lane], 0.5 * (q[qa + Q.horizon * lanes + lane] + q[qb + Q.horizon * lanes + lane]),
                place[G.BOARD_SPEED * lanes + lane], mandate, scar, w[W.exit_scar * lanes + lane])
            down = commitment.speed_down(w[W.joint_resolution * lanes + lane])
            joint = delivery.joint_quality(
                tie[o + T.IDENTITY * lanes + lane],
                trust.mean_trust(tie[sa + S.ALPHA * lanes + lane], tie[sa + S.BETA * lanes + lane]),
                trust.mean_trust(tie[sb + S.ALPHA * lanes + lane], tie[sb + S.BETA * lanes + lane]),
                tie[o + T.INFORMATION * lanes + lane])
            ready = commitment.readiness(joint, w[W.relations_first * lanes + lane])
            was1, was2 = tie[o + T.SCOPE_MONEY * lanes + lane], tie[o + T.SCOPE_STAFF * lanes + lane]
            was3 = tie[o + T.SCOPE_INFORMATION * lanes + lane]
            old1, old2 = tie[o + T.AGREED_MONEY * lanes + lane], tie[o + T.AGREED_STAFF * lanes + lane]
            old3, old_paid = tie[o + T.AGREED_INFORMATION * lanes + lane], tie[o + T.PAYMENT * lanes + lane]
            age = tie[o + T.AGE * lanes + lane]
            deal1 = commitment.deal_after(talk, left, old1, tie[o + T.OFFER_MONEY * lanes + lane])
            deal2 = commitment.deal_after(talk, left, old2, tie[o + T.OFFER_STAFF * lanes + lane])
            deal3 = commitment.deal_after(talk, left, old3, tie[o + T.OFFER_INFORMATION * lanes + lane])
            paid = commitment.deal_after(talk, left, old_paid, tie[o + T.OFFER_PAYMENT * lanes + lane])
            in_force = appraisal.breadth(deal1, deal2, deal3) > 0.0
            new_age = age + 1.0 if in_force else 0.0
            place[G.AGREEMENTS * lanes + lane] += 1.0 if new_age == 1.0 else 0.0
            tie[o + T.AGREED_MONEY * lanes + lane] = deal1
            tie[o + T.AGREED_STAFF * lanes + lane] = deal2
            tie[o + T.AGREED_INFORMATION * lanes + lane] = deal3
            tie[o + T.PAYMENT * lanes + lane] = paid
            tie[o + T.AGE * lanes + lane] = new_age
            now1 = commitment.scope_after(
                commitment.scope_after_exit(was1, left, mandate), commitment.imposed(deal1, mandate), up, down, ready)
            now2 = commitment.scope_after(
                commitment.scope_after_exit(was2, left, mandate), commitment.imposed(deal2, mandate), up, down, ready)
            now3 = commitment.scope_after(
                commitment.scope_after_exit(was3, left, mandate), commitment.imposed(deal3, mandate), up, down, 1.0)
            tie[o + T.SCOPE_MONEY * lanes + lane] = now1
            tie[o + T.SCOPE_STAFF * lanes + lane] = now2
            tie[o + T.SCOPE_INFORMATION * lanes + lane] = now3
            tie[o + T.MOVED * lanes + lane] = appraisal.breadth(now1, now2, now3) - appraisal.breadth(was1, was2, was3)
