"""What weighs against going further at the end of a quarter, and which rows of a run's log tell it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.compiling.build import INT
from incentive_abm.kinds import Blocker
from incentive_abm.log import fields as f
from incentive_abm.log.listing import OTHER_COLUMNS, WHOLE_COLUMNS
from incentive_abm.measures import Measure
from incentive_abm.state.kernels import plain

SHOWN = 5
LEAST_SHARE = 0.02
RECENT = 8
"""Quarters back within which a walk-out or a broken promise is told as part of a reason."""
COLUMNS = ("blocker", "share", "ties", "stuck", "first", "refused", "left", "broken")
"""Of a reason: the obstacle, its share and its ties; whether its first row is told as a tie that goes no further; its rows."""
FIRST_ROW, N_REASON, N_BLOCKER = COLUMNS.index("first"), len(COLUMNS), len(Blocker)
MOVING = int(Measure.BLOCKER_NOTHING)
"""Where the measures of what holds ties back begin: with nothing, and then by obstacle."""
_PICTURE, _FLOATS = types.float32[:, ::1], types.float64[::1]


@plain(INT, _PICTURE, _FLOATS, types.int64[::1])
def rank_ties(blocker: Any, ties: Any, spend: Any, rank: Any) -> Any:
    """The places of the ties that this holds back, the largest first (the earlier of equals), −1 for others; how many."""
    order, many = np.argsort(-spend, kind="mergesort"), 0
    for t in order:
        held = int(ties[t, f.T_HELD]) == blocker
        rank[t] = many if held else -1
        many += 1 if held else 0
    return many


@plain(INT, INT, types.int64[::1], WHOLE_COLUMNS, OTHER_COLUMNS, types.int64[::1])
def choose_rows(blocker: Any, quarter: Any, rank: Any, whole: Any, other: Any, told: Any) -> Any:
    """Fill `told` with up to four rows, −1 for none; whether the first is of talks that did not fail for this reason.

    What this quarter's talks came to on the weightiest tie on which they failed for this reason, else on the weightiest; then,
    on the weightiest tie that has one, an offer refused for it in talks that failed, a walk-out after which nothing was agreed
    again, and for trust a broken promise.
    """
    rows, m = whole.shape[1], rank.size
    begun, in_vain = np.zeros(m, np.int64), np.zeros(m, np.bool_)
    found = np.full(5, -1)  # talks that failed for this, those of the weightiest tie, and the three others
    for k in range(rows):
        t, q, what = whole[f.TIE, k], whole[f.QUARTER, k], whole[f.WHAT, k]
        if q > quarter:
            break
        if t >= 0 and what == f.DEAL_BEGUN:
            begun[t] = q
        if t >= 0 and what == f.TALK and q == quarter:
            in_vain[t] = whole[f.OUTCOME, k] == f.NO_ZONE or whole[f.OUTCOME, k] == f.OUT_OF_TIME
    for k in range(rows):
        t, q, what = whole[f.TIE, k], whole[f.QUARTER, k], whole[f.WHAT, k]
        if q > quarter:
            break
        if t < 0 or rank[t] < 0 or q <= quarter - RECENT:
            continue
        for_this = whole[f.REASON, k] == blocker
        kind = -1
        if what == f.TALK and q == quarter:
            if rank[t] == 0:
                found[1] = k
            kind = 0 if for_this else -1
        elif what == f.OFFER and q == quarter:
            falls_short = whole[f.OUTCOME, k] == f.REFUSED and other[f.WORTH_TO_OTHER, k] < other[f.HELD_OUT_FOR, k]
            kind = 2 if falls_short and in_vain[t] and (for_this or blocker == f.TIME) else -1
        elif what == f.WALK_OUT:
            kind = 3 if q > begun[t] and (for_this or blocker == f.TIME) else -1
        elif what == f.BROKEN_PROMISE:
            kind = 4 if blocker == f.DISTRUST else -1
        if kind >= 0 and (found[kind] < 0 or rank[t] <= rank[whole[f.TIE, found[kind]]]):
            found[kind] = k
    told[0] = found[0] if found[0] >= 0 else found[1]
    told[1:4] = found[2:5]
    return found[0] < 0


@plain(_PICTURE, _FLOATS, _FLOATS, INT, WHOLE_COLUMNS, OTHER_COLUMNS, types.float64[:, ::1])
def tell_why(ties: Any, measures: Any, spend: Any, quarter: Any, whole: Any, other: Any, out: Any) -> Any:
    """Fill `out`, [SHOWN, COLUMNS], with the reasons that weigh most at the end of a quarter; how many there are.

    ties: the picture of the quarter; measures: those of the quarter; whole, other: the log's columns.
    """
    shares = measures[MOVING:MOVING + N_BLOCKER].copy()
    shares[0] = 0.0
    rank, told, many = np.empty(spend.size, np.int64), np.empty(4, np.int64), 0
    for b in np.argsort(-shares, kind="mergesort"):
        if many < SHOWN and shares[b] >= LEAST_SHARE:
            out[many, 0], out[many, 1], out[many, 2] = b, shares[b], rank_ties(b, ties, spend, rank)
            out[many, 3] = choose_rows(b, quarter, rank, whole, other, told)
            out[many, FIRST_ROW:N_REASON] = told
            many += 1
    return many


KERNELS = (tell_why,)
