"""Who was in a compact of more than two, and what ended it."""

from __future__ import annotations

from typing import Any

from numba import types

from incentive_abm.compiling.build import INT
from incentive_abm.log import fields as f
from incentive_abm.state.kernels import plain

_PICTURE, _INTS = types.float32[:, ::1], types.int64[::1]


@plain(_PICTURE, INT, INT, INT)
def holder_of(ties: Any, t: Any, a: Any, b: Any) -> Any:
    """Which partner's compact binds a tie, −1 where none does."""
    bound = ties[t, f.T_BOUND]
    if bound > 0:
        return a if bound == 1 else b
    return -1


@plain(_PICTURE, _INTS, _INTS, INT)
def members_of(ties: Any, a: Any, b: Any, holder: Any) -> Any:
    """How many are in a partner's compact besides itself."""
    members = 0
    for t in range(ties.shape[0]):
        members += 1 if holder_of(ties, t, a[t], b[t]) == holder else 0
    return members


@plain(_PICTURE, _PICTURE, _INTS, _INTS, types.float64[::1], INT, types.boolean, types.int64[:, ::1], INT)
def compact_is_over(now: Any, before: Any, a: Any, b: Any, spend: Any, holder: Any, given_up: Any, whole: Any, row: Any) -> None:
    """Who was in it as the quarter began, and what ended it: on the largest tie, where one left."""
    largest, members = -1, 0
    for t in range(now.shape[0]):
        if holder_of(before, t, a[t], b[t]) == holder:
            members += 1
            if now[t, f.T_LEFT] > 0 and (largest < 0 or spend[t] > spend[largest]):
                largest = t
    outcome = f.TOO_FEW if members < f.SIGNERS else f.BROKEN_OFF
    if largest >= 0:
        of_b = b[largest] == holder
        outcome = f.GIVEN_UP if now[largest, f.T_LEFT] == (2 if of_b else 1) else f.WALKED_OUT
        if not given_up:
            whole[f.OTHER, row] = a[largest] if of_b else b[largest]
    whole[f.PARTNER, row], whole[f.MEMBERS, row] = holder, members
    whole[f.OUTCOME, row] = f.GIVEN_UP if given_up else outcome
