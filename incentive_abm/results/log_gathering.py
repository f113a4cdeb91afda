"""From what an executor recorded to the log: room for the rows of all its runs, filled by the kernels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from incentive_abm.compiling.build import build
from incentive_abm.engine.run import Recorded
from incentive_abm.log.declared import MEASURED, WHOLE, Log
from incentive_abm.log.listing import list_rows
from incentive_abm.place import Place


def gather(place: Place, recorded: Recorded, first_run: int = 0, first_row: int = 0) -> Log:
    """The log of a batch whose first run has this number and whose first row this position in the whole log.

    Raises ValueError where events were not recorded.
    """
    if recorded.ties is None or recorded.partners is None or recorded.logs is None:
        raise ValueError("events were not recorded")
    first, listed = recorded.logs[0][0].quarter, build()[list_rows]
    titles, timed = _timed(place, recorded)
    facts = [fact.copy() for fact in (place.ties.a, place.ties.b, place.partners.income, place.ties.spend)]
    runs = [(np.ascontiguousarray(recorded.ties[k]), np.ascontiguousarray(recorded.partners[k]),
             np.concatenate([quarter.offers for quarter in log]), np.array([len(quarter.offers) for quarter in log]),
             np.array([(quarter.reversal, quarter.reorganisation) for quarter in log], np.int64), timed[k], *facts)
            for k, log in enumerate(recorded.logs)]
    whole, other = _room(0)
    ends = np.cumsum([0, *(listed(*run, first, 0, whole, other) for run in runs)])
    whole, other = _room(int(ends[-1]))
    for run, start in zip(runs, ends.tolist(), strict=False):
        listed(*run, first, start, whole, other)
    return Log(row=np.arange(ends[-1]) + first_row, run=np.repeat(np.arange(len(runs)) + first_run, np.diff(ends)),
               **dict(zip(WHOLE, whole, strict=True)), **dict(zip(MEASURED, other, strict=True)), titles=titles)


def _room(rows: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Columns for so many rows."""
    return np.empty((len(WHOLE), rows), np.int64), np.empty((len(MEASURED), rows), np.float32)


def _timed(place: Place, recorded: Recorded) -> tuple[tuple[str, ...], list[NDArray[np.int64]]]:
    """Titles of the scenarios' timed events, and by run in which recorded quarter each happened under which title."""
    titles: dict[str, int] = {}
    bound = {id(job.scenario): job.scenario.bound_events(place) for job in recorded.jobs}
    found = []
    for job, log in zip(recorded.jobs, recorded.logs or (), strict=True):
        when = [(event.quarter + 1, event.title) for event in bound[id(job.scenario)]]
        rows = [(q, titles.setdefault(title, len(titles))) for q, title in when if log[0].quarter <= q <= log[-1].quarter]
        found.append(np.array(rows, np.int64).reshape(-1, 2))
    return tuple(titles), found
