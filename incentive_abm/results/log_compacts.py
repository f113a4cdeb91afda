"""Where compacts of more than two begin and end, as rows of the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.results.log import NOBODY, Outcome, What
from incentive_abm.results.recorded_pictures import Pictures, ends_of
from incentive_abm.rules.compacts import ENOUGH_TO_SIGN


def _held(pictures: Pictures, bound: NDArray[np.float32]) -> NDArray[np.int64]:
    """Which partner's compact binds each tie, −1 where none does."""
    ties = pictures.place.ties
    return np.where(bound > 0, np.where(bound == 1, ties.a, ties.b), NOBODY)


def compacts_begun(pictures: Pictures) -> Mapping[str, Any]:
    """Who holds it from now on, and how many are in it besides."""
    run, quarter, holder = np.nonzero(pictures.partner["signed"] > 0)
    held = _held(pictures, pictures.tie["bound"])
    return {"what": What.COMPACT_BEGUN, "run": run, "quarter": quarter, "partner": holder,
            "members": (held[run, quarter] == holder[:, None]).sum(axis=1)}


def compacts_ended(pictures: Pictures) -> Mapping[str, Any]:
    """Who was in it as the quarter began, for how long it had held, and what ended it: on the largest tie, where one left."""
    run, quarter, holder = np.nonzero(pictures.partner["dissolved"] > 0)
    was_in_it = _held(pictures, pictures.before(pictures.tie["bound"], 0.0))[run, quarter] == holder[:, None]
    out = pictures.tie["walked_out"][run, quarter]
    left = was_in_it & (out > 0)
    tie = np.where(left, pictures.place.weight, -1.0).argmax(axis=1)
    ends = ends_of(pictures, tie, pictures.place.ties.b[tie] == holder)
    rows = np.arange(holder.size)
    by_holder = out[rows, tie] == np.where(pictures.place.ties.b[tie] == holder, 2.0, 1.0)
    members, one_left = was_in_it.sum(axis=1), left.any(axis=1)
    outcome = np.where(members < ENOUGH_TO_SIGN, Outcome.TOO_FEW, Outcome.BROKEN_OFF)
    outcome = np.where(one_left, np.where(by_holder, Outcome.GIVEN_UP, Outcome.WALKED_OUT), outcome)
    given_up = pictures.partner["gave_up"][run, quarter, holder] > 0
    return {"what": What.COMPACT_ENDED, "run": run, "quarter": quarter, "partner": holder,
            "other": np.where(one_left & ~given_up, ends["other"], NOBODY), "members": members,
            "quarters": _in_a_row(pictures.before(pictures.partner["hosts"], 0.0))[run, quarter, holder],
            "outcome": np.where(given_up, Outcome.GIVEN_UP, outcome)}


def _in_a_row(marks: NDArray[np.float32]) -> NDArray[np.int64]:
    """For how many quarters in a row, up to each, a mark was set."""
    row = np.zeros(marks.shape, np.int64)
    for quarter in range(marks.shape[1]):
        row[:, quarter] = np.where(marks[:, quarter] > 0, 1 + (row[:, quarter - 1] if quarter else 0), 0)
    return row
