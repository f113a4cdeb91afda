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


@plain(INT, INT, _FLOATS)
def outweighs(t: Any, than: Any, spend: Any) -> Any:
    """Whether a tie is larger than another, or the earlier of equals; any is than none (−1)."""
    return than < 0 or spend[t] > spend[than] or (spend[t] == spend[than] and t < than)


@plain(INT, INT, _PICTURE, _FLOATS, WHOLE_COLUMNS, OTHER_COLUMNS, types.int64[::1])
def choose_rows(blocker: Any, quarter: Any, ties: Any, spend: Any, whole: Any, other: Any, told: Any) -> Any:
    """Fill `told` with up to four rows, −1 for none; whether the first is of talks that did not fail for this reason.

    What this quarter's talks came to on the weightiest tie on which they failed for this reason, else on the weightiest; then,
    on the weightiest tie that has one, an offer refused for it in talks that failed, a walk-out after which nothing was agreed
    again, and for trust a broken promise.
    """
    rows, m = whole.shape[1], spend.size
    begun, in_vain = np.zeros(m, np.int64), np.zeros(m, np.bool_)
    found, on = np.full(5, -1), np.full(5, -1)  # talks that failed for this, those of the weightiest tie, and the three others
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
        if t < 0 or q <= quarter - RECENT or int(ties[t, f.T_HELD]) != blocker:
            continue
        for_this = whole[f.REASON, k] == blocker
        kind = -1
        if what == f.TALK and q == quarter:
            if outweighs(t, on[1], spend):
                found[1], on[1] = k, t
            kind = 0 if for_this else -1
        elif what == f.OFFER and q == quarter:
            falls_short = whole[f.OUTCOME, k] == f.REFUSED and other[f.WORTH_TO_OTHER, k] < other[f.HELD_OUT_FOR, k]
            kind = 2 if falls_short and in_vain[t] and (for_this or blocker == f.TIME) else -1
        elif what == f.WALK_OUT:
            kind = 3 if q > begun[t] and (for_this or blocker == f.TIME) else -1
        elif what == f.BROKEN_PROMISE:
            kind = 4 if blocker == f.DISTRUST else -1
        if kind >= 0 and (t == on[kind] or outweighs(t, on[kind], spend)):
            found[kind], on[kind] = k, t
    told[0] = found[0] if found[0] >= 0 else found[1]
    for k in range(1, told.size):
        told[k] = found[k + 1]
    return found[0] < 0


@plain(_PICTURE, _FLOATS, _FLOATS, INT, WHOLE_COLUMNS, OTHER_COLUMNS, types.float64[:, ::1])
def tell_why(ties: Any, measures: Any, spend: Any, quarter: Any, whole: Any, other: Any, out: Any) -> Any:
    """Fill `out`, [SHOWN, COLUMNS], with the reasons that weigh most at the end of a quarter; how many there are.

    ties: the picture of the quarter; measures: those of the quarter; whole, other: the log's columns.
    """
    told, shown, many = np.empty(4, np.int64), np.zeros(N_BLOCKER, np.bool_), 0
    for _ in range(SHOWN):
        b = 0
        for other_one in range(1, N_BLOCKER):
            larger = measures[MOVING + other_one] > measures[MOVING + b] or b == 0
            b = other_one if larger and not shown[other_one] and measures[MOVING + other_one] >= LEAST_SHARE else b
        if b > 0:
            held = 0
            for t in range(ties.shape[0]):
                held += 1 if int(ties[t, f.T_HELD]) == b else 0
            shown[b], out[many, 0], out[many, 1], out[many, 2] = True, b, measures[MOVING + b], held
            out[many, 3] = choose_rows(b, quarter, ties, spend, whole, other, told)
            for k in range(told.size):
                out[many, FIRST_ROW + k] = told[k]
            many += 1
    return many


KERNELS = (tell_why,)
