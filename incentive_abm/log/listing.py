"""The rows of one run's log, found in its pictures and offers, quarter by quarter and in the order of a quarter's phases.

Pictures are float32[quarters, items, fields], offers float64[offers, N_OFFER], as they were recorded. Rows go to columns of
whole numbers and of others, [column, row], from a first row on; a row beyond their room is only counted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.compiling.build import INT
from incentive_abm.log import fields as f
from incentive_abm.log.compacts import compact_is_over, members_of
from incentive_abm.recording import OfferField
from incentive_abm.state.kernels import plain

PICTURES, INTS, OFFERS = types.float32[:, :, ::1], types.int64[::1], types.float64[:, ::1]
WHOLE_COLUMNS, OTHER_COLUMNS = types.int64[:, ::1], types.float32[:, ::1]
_FLOATS, _YES, _ONE = types.float64[::1], types.boolean, types.float32
O_TIE, O_BY_B, O_ROUND, O_ACCEPTED = (int(each) for each in (
    OfferField.TIE, OfferField.BY_B, OfferField.ROUND, OfferField.ACCEPTED))
O_SCOPE, O_PAYMENT, O_WORTH, O_WORTH_OTHER, O_ASKED = (int(each) for each in (
    OfferField.MONEY, OfferField.PAYMENT, OfferField.WORTH_OWN, OfferField.WORTH_OTHER, OfferField.ASKED_OTHER))


@plain(WHOLE_COLUMNS, OTHER_COLUMNS, INT, INT, INT)
def begin_row(whole: Any, other: Any, row: Any, quarter: Any, what: Any) -> Any:
    """Begin a row, with nothing known but when and what; whether there is room for it."""
    if row >= whole.shape[1]:
        return False
    whole[:, row], other[:, row] = -1, np.nan
    whole[f.QUARTER, row], whole[f.WHAT, row] = quarter, what
    return True


@plain(WHOLE_COLUMNS, INT, INT, INT, INT, _YES)
def set_ends(whole: Any, row: Any, tie: Any, a: Any, b: Any, by_b: Any) -> None:
    """The tie that a row is about, and which of its ends acts."""
    whole[f.TIE, row] = tie
    whole[f.PARTNER, row], whole[f.OTHER, row] = (b, a) if by_b else (a, b)


@plain(types.float32[:, ::1], INT)
def breadth(ties: Any, t: Any) -> Any:
    """How broadly a tie shares, as its picture holds numbers."""
    return f.WEIGHTS[0] * ties[t, f.T_SCOPE[0]] + f.WEIGHTS[1] * ties[t, f.T_SCOPE[1]] + f.WEIGHTS[2] * ties[t, f.T_SCOPE[2]]


@plain(types.float32[:, ::1], INT)
def less_willing_is_b(ties: Any, t: Any) -> Any:
    """Whether side b gains less by its own best deal; where no deal is possible, whether it has the better fallback."""
    gain_a, gain_b = ties[t, f.T_BEST[0]] - ties[t, f.T_FALLBACK[0]], ties[t, f.T_BEST[1]] - ties[t, f.T_FALLBACK[1]]
    if ties[t, f.T_BEST[0]] < f.NO_PACKAGE:
        return ties[t, f.T_FALLBACK[1]] > ties[t, f.T_FALLBACK[0]]
    return gain_b < gain_a


@plain(types.float32[:, ::1], INT, INT)
def trust_of(ties: Any, t: Any, end: Any) -> Any:
    """How far one end of a tie trusts the other."""
    alpha, beta = ties[t, f.T_ALPHA[end]], ties[t, f.T_BETA[end]]
    return alpha / (alpha + beta)


@plain(OTHER_COLUMNS, INT, types.float32[:, ::1], INT, _YES)
def set_deal(other: Any, row: Any, ties: Any, t: Any, by_b: Any) -> None:
    """The deal in force at a quarter's end; payment as seen by the end that acts."""
    other[f.MONEY, row], other[f.STAFF, row] = ties[t, f.T_AGREED[0]], ties[t, f.T_AGREED[1]]
    other[f.INFORMATION, row] = ties[t, f.T_AGREED[2]]
    other[f.PAYMENT, row] = -ties[t, f.T_PAID] if by_b else ties[t, f.T_PAID]


@plain(types.float32[:, ::1], types.float32[:, ::1], _FLOATS, INT, INT, INT, WHOLE_COLUMNS, OTHER_COLUMNS)
def list_of_partners(now: Any, before: Any, income: Any, what: Any, quarter: Any, row: Any, whole: Any, other: Any) -> Any:
    """Bail-outs, new leaders or shocks of a quarter. A bail-out meets part of the deficit with which the one before ended."""
    mark = f.P_RESCUED if what == f.BAIL_OUT else (f.P_LEADER if what == f.NEW_LEADER else f.P_SHOCK)
    for i in range(now.shape[0]):
        if now[i, mark] > 0:
            if begin_row(whole, other, row, quarter, what):
                whole[f.PARTNER, row] = i
                if what == f.BAIL_OUT:
                    other[f.POUNDS_M, row] = f.MET * before[i, f.P_BALANCE] * np.float32(income[i])
                elif what == f.NEW_LEADER:
                    whole[f.BACKGROUND, row], other[f.SKILL, row] = int(now[i, f.P_BACKGROUND]), now[i, f.P_SKILL]
                else:
                    other[f.SIZE, row] = now[i, f.P_SHOCK]
            row += 1
    return row


@plain(OFFERS, INT, INT, types.float32[:, ::1], INTS, INTS, INT, INT, WHOLE_COLUMNS, OTHER_COLUMNS)
def list_offers_made(offers: Any, first: Any, end: Any, ties: Any, a: Any, b: Any, quarter: Any, row: Any, whole: Any,
                     other: Any) -> Any:
    """Each offer of a quarter; where it was refused, with the largest obstacle of the side that refused."""
    for k in range(first, end):
        if begin_row(whole, other, row, quarter, f.OFFER):
            t, by_b, accepted = int(offers[k, O_TIE]), offers[k, O_BY_B] > 0, offers[k, O_ACCEPTED] > 0
            set_ends(whole, row, t, a[t], b[t], by_b)
            whole[f.ROUND, row] = int(offers[k, O_ROUND])
            whole[f.OUTCOME, row] = f.ACCEPTED if accepted else f.REFUSED
            if not accepted:
                whole[f.REASON, row] = int(ties[t, f.T_BLOCKER[0 if by_b else 1]])
            for scope in range(3):
                other[f.MONEY + scope, row] = offers[k, O_SCOPE + scope]
            other[f.PAYMENT, row] = -offers[k, O_PAYMENT] if by_b else offers[k, O_PAYMENT]
            other[f.WORTH, row], other[f.WORTH_TO_OTHER, row] = offers[k, O_WORTH], offers[k, O_WORTH_OTHER]
            other[f.HELD_OUT_FOR, row] = offers[k, O_ASKED]
        row += 1
    return row


@plain(types.float32[:, ::1], types.float32[:, ::1], types.int64[:, ::1], INTS, INTS, INT, INT, WHOLE_COLUMNS, OTHER_COLUMNS)
def list_walk_outs(ties: Any, before: Any, losing: Any, a: Any, b: Any, quarter: Any, row: Any, whole: Any, other: Any) -> Any:
    """Who left, how long it had lost by the deal and by how much a quarter earlier; two rows where both left."""
    for t in range(ties.shape[0]):
        left = ties[t, f.T_LEFT]
        for end in range(2):
            if left == 3 or left == end + 1:
                if begin_row(whole, other, row, quarter, f.WALK_OUT):
                    set_ends(whole, row, t, a[t], b[t], end == 1)
                    whole[f.REASON, row], whole[f.QUARTERS, row] = int(ties[t, f.T_BLOCKER[end]]), losing[t, end]
                    other[f.SURPLUS, row], other[f.SHARING, row] = before[t, f.T_SURPLUS[end]], breadth(before, t)
                row += 1
    return row


@plain(types.float32[:, ::1], types.float32[:, ::1], INTS, INTS, INT, INT, WHOLE_COLUMNS, OTHER_COLUMNS)
def list_deals_ended(ties: Any, before: Any, a: Any, b: Any, quarter: Any, row: Any, whole: Any, other: Any) -> Any:
    """Deals that were in force and are no longer, with what ended them."""
    for t in range(ties.shape[0]):
        held, age = before[t, f.T_AGE], ties[t, f.T_AGE]
        if held > 0 and (age == 0 or age == 1):
            if begin_row(whole, other, row, quarter, f.DEAL_ENDED):
                by_b, end = less_willing_is_b(ties, t), f.ENDS_OF_TALKS[int(ties[t, f.T_TALK])]
                set_ends(whole, row, t, a[t], b[t], by_b)
                agreed = end != f.NO_ZONE and end != f.VETOED and end != f.NOT_AT_THE_TABLE
                outcome = f.BROKEN_OFF if agreed or age != 0 else end
                outcome = f.WALKED_OUT if ties[t, f.T_LEFT] > 0 else outcome
                whole[f.OUTCOME, row], whole[f.QUARTERS, row] = outcome, int(held)
                if outcome == f.NO_ZONE:
                    whole[f.REASON, row] = int(ties[t, f.T_BLOCKER[1 if by_b else 0]])
                elif outcome == f.VETOED:
                    whole[f.REASON, row] = f.OPPOSITION
            row += 1
    return row


@plain(types.float32[:, ::1], INTS, INTS, INT, INT, WHOLE_COLUMNS, OTHER_COLUMNS)
def list_deals_begun(ties: Any, a: Any, b: Any, quarter: Any, row: Any, whole: Any, other: Any) -> Any:
    """Deals that came into force."""
    for t in range(ties.shape[0]):
        if ties[t, f.T_AGE] == 1:
            if begin_row(whole, other, row, quarter, f.DEAL_BEGUN):
                by_b = less_willing_is_b(ties, t)
                set_ends(whole, row, t, a[t], b[t], by_b)
                set_deal(other, row, ties, t, by_b)
            row += 1
    return row


@plain(types.float32[:, ::1], INTS, INTS, INT, INT, WHOLE_COLUMNS, OTHER_COLUMNS)
def list_broken_promises(ties: Any, a: Any, b: Any, quarter: Any, row: Any, whole: Any, other: Any) -> Any:
    """Promises that a side did not keep where something is shared: those of the sides a, then those of the sides b."""
    for end in range(2):
        for t in range(ties.shape[0]):
            if ties[t, f.T_KEPT[end]] == 0 and breadth(ties, t) > f.SHARED:
                if begin_row(whole, other, row, quarter, f.BROKEN_PROMISE):
                    set_ends(whole, row, t, a[t], b[t], end == 1)
                    other[f.SURPLUS, row], other[f.SHARING, row] = ties[t, f.T_SURPLUS[end]], breadth(ties, t)
                row += 1
    return row


@plain(types.float32[:, ::1], INTS, INTS, INT, INT, WHOLE_COLUMNS, OTHER_COLUMNS)
def list_talks(ties: Any, a: Any, b: Any, quarter: Any, row: Any, whole: Any, other: Any) -> Any:
    """How each tie's talks ended, and how it stands; the less willing side acts."""
    for t in range(ties.shape[0]):
        if begin_row(whole, other, row, quarter, f.TALK):
            by_b, outcome = less_willing_is_b(ties, t), f.ENDS_OF_TALKS[int(ties[t, f.T_TALK])]
            one = 1 if by_b else 0
            set_ends(whole, row, t, a[t], b[t], by_b)
            whole[f.ROUND, row], whole[f.OUTCOME, row] = int(ties[t, f.T_ROUNDS]), outcome
            if outcome == f.NO_ZONE or outcome == f.OUT_OF_TIME:
                whole[f.REASON, row] = int(ties[t, f.T_BLOCKER[one]])
            elif outcome == f.VETOED:
                whole[f.REASON, row] = f.OPPOSITION
            set_deal(other, row, ties, t, by_b)
            other[f.TRUST, row], other[f.TRUST_OF_OTHER, row] = trust_of(ties, t, one), trust_of(ties, t, 1 - one)
            other[f.SHARING, row] = breadth(ties, t)
        row += 1
    return row


@plain(types.float32[:, ::1], types.int64[:, ::1])
def count_losses(ties: Any, losing: Any) -> None:
    """For how many quarters in a row each side has lost by the deal, as the next quarter's walk-outs are decided on."""
    for t in range(ties.shape[0]):
        shares, left = breadth(ties, t) > f.SHARED, ties[t, f.T_LEFT] > 0
        for end in range(2):
            so_far = 0 if left else losing[t, end]
            losing[t, end] = so_far + 1 if ties[t, f.T_SURPLUS[end]] < 0 and shares else 0


@plain(types.float32[:, ::1], types.int64[::1])
def count_held(partners: Any, held: Any) -> None:
    """For how many quarters in a row each partner has held a compact."""
    for i in range(partners.shape[0]):
        held[i] = held[i] + 1 if partners[i, f.P_HOSTS] > 0 else 0


@plain(PICTURES, PICTURES, OFFERS, INTS, types.int64[:, ::1], types.int64[:, ::1], INTS, INTS, _FLOATS, _FLOATS, INT, INT,
       WHOLE_COLUMNS, OTHER_COLUMNS)
def list_rows(ties: Any, partners: Any, offers: Any, offers_of: Any, from_above: Any, timed: Any, a: Any, b: Any, income: Any,
              spend: Any, first_quarter: Any, first: Any, whole: Any, other: Any) -> Any:
    """Write every row from row `first` on; the row after the last. first_quarter: the number of the first one recorded.

    offers_of: how many offers each quarter has; from_above: 0 or 1 by quarter, whether there is a reversal, a reorganisation;
    timed: quarter and title of each event of the scenario; a, b, income, spend: of the place's ties and partners.
    """
    quarters, m, n = ties.shape[0], ties.shape[1], partners.shape[1]
    row, offered = first, 0
    losing, held = np.zeros((m, 2), np.int64), np.zeros(n, np.int64)
    ties_before, partners_before = np.full(ties[0].shape, np.nan, np.float32), np.full(partners[0].shape, np.nan, np.float32)
    for k in range(quarters):
        q, now, people = first_quarter + k, ties[k], partners[k]
        for event in range(timed.shape[0]):
            if timed[event, 0] == q:
                if begin_row(whole, other, row, q, f.SCENARIO):
                    whole[f.TITLE, row] = timed[event, 1]
                row += 1
        for mark in range(2):
            if from_above[k, mark] > 0:
                begin_row(whole, other, row, q, f.REVERSAL if mark == 0 else f.REORGANISATION)
                row += 1
        row = list_of_partners(people, partners_before, income, f.BAIL_OUT, q, row, whole, other)
        row = list_of_partners(people, partners_before, income, f.NEW_LEADER, q, row, whole, other)
        row = list_of_partners(people, partners_before, income, f.SHOCK, q, row, whole, other)
        row = list_offers_made(offers, offered, offered + offers_of[k], now, a, b, q, row, whole, other)
        offered += offers_of[k]
        row = list_walk_outs(now, ties_before, losing, a, b, q, row, whole, other)
        for i in range(n):
            if people[i, f.P_DISSOLVED] > 0:
                if begin_row(whole, other, row, q, f.COMPACT_ENDED):
                    compact_is_over(now, ties_before, a, b, spend, i, people[i, f.P_GAVE_UP] > 0, whole, row)
                    whole[f.QUARTERS, row] = held[i]
                row += 1
        for i in range(n):
            if people[i, f.P_SIGNED] > 0:
                if begin_row(whole, other, row, q, f.COMPACT_BEGUN):
                    whole[f.PARTNER, row], whole[f.MEMBERS, row] = i, members_of(now, a, b, i)
                row += 1
        row = list_deals_ended(now, ties_before, a, b, q, row, whole, other)
        row = list_deals_begun(now, a, b, q, row, whole, other)
        row = list_broken_promises(now, a, b, q, row, whole, other)
        row = list_talks(now, a, b, q, row, whole, other)
        count_losses(now, losing)
        count_held(people, held)
        ties_before, partners_before = now, people
    return row


KERNELS = (list_rows,)
