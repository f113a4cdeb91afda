"""Runs of the compiled engine that also keep measures of a user's own, read off the state between quarters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from incentive_abm.engine.run import Batch, Job, Number, Record, Recorded, joined, threads_available
from incentive_abm.errors import UserError
from incentive_abm.place import Place
from incentive_abm.state.arrays import LANES
from incentive_abm.user_measures import OwnMeasure, OwnReader
from incentive_abm.user_measures.reading import not_finite


@dataclass(frozen=True, kw_only=True)
class Measured(Recorded):
    """What was kept of R runs, and own: float64[R, quarters, measures], measures of a user's own in their order; the last
    quarter alone where no more was asked for."""

    own: NDArray[np.float64]


def with_own(recorded: Recorded, own: NDArray[np.float64]) -> Measured:
    """What was recorded, with measures of a user's own."""
    return Measured(own=own, **{each.name: getattr(recorded, each.name) for each in fields(Recorded)})


def measured(place: Place, jobs: Sequence[Job], quarters: int, record: Record, measures: Sequence[OwnMeasure],
             every_quarter: bool = True, alone: bool = True) -> Measured:
    """One batch of runs by one set of rules; the same numbers as without own measures. `alone`: see `Batch.begin`.

    Raises what a measure raises on some state.
    """
    batch, reader = Batch.begin(place, jobs, alone), OwnReader(tuple(measures), jobs[0].rules)
    if not every_quarter:
        found = batch.advance(quarters, record)
        return with_own(found, reader.of(batch.arrays, len(jobs))[:, None])
    parts: list[Recorded] = []
    own: list[NDArray[np.float64]] = []
    for quarter in range(quarters):
        # Only the last part is asked what became of the runs, so only it is told of all quarters before.
        whole = quarter > 0 and quarter == quarters - 1
        before = np.stack([part.last.T for part in parts]) if whole else None
        parts.append(batch.advance(1, record, before))
        own.append(reader.of(batch.arrays, len(jobs)))
    return with_own(_one_after_another(parts), np.stack(own, axis=1))


def _one_after_another(parts: Sequence[Recorded]) -> Recorded:
    """Parts of the same runs, quarter by quarter, as one."""
    def along(arrays: Sequence[NDArray[Number] | None]) -> NDArray[Number] | None:
        kept = [each for each in arrays if each is not None]
        return np.concatenate(kept, axis=1) if kept else None

    last = parts[-1]
    logs = None
    if last.logs is not None:
        logs = tuple(tuple(log for part in parts for log in (part.logs or ())[run]) for run in range(len(last.jobs)))
    return Recorded(last.jobs, last.endings, last.last, along([part.measures for part in parts]),
                    along([part.partners for part in parts]), along([part.ties for part in parts]), logs)


def check_finite(measures: Sequence[OwnMeasure], part: Measured) -> None:
    """Raise UserError for a value of a user's measure that is no finite number, with the run's seed."""
    for job, values in zip(part.jobs, part.own, strict=True):
        told = not_finite(measures, values)
        if told:
            raise UserError(f"{told} (seed {job.seed})")


def stream_measured(place: Place, jobs: Iterable[Job], quarters: int, record: Record, measures: Sequence[OwnMeasure],
                    threads: int | None = None) -> Iterator[Measured]:
    """Runs by one set of rules in batches, in order, as `engine.run.stream` does them, each quarter measured."""
    waiting_jobs = iter(jobs)
    batches = iter(lambda: list(islice(waiting_jobs, LANES)), [])
    workers = threads or threads_available()
    with ThreadPoolExecutor(workers) as pool:
        def handed(count: int, first: bool = False) -> list[Future[Measured]]:
            return [pool.submit(measured, place, batch, quarters, record, measures, True, first)
                    for batch in islice(batches, count)]

        waiting = [*handed(1, first=True), *handed(workers)]
        while waiting:
            done = waiting.pop(0).result()
            waiting += handed(1)
            yield done


def joined_measured(parts: Sequence[Measured]) -> Measured:
    """Several batches as one."""
    return with_own(joined(parts), np.concatenate([part.own for part in parts]))
