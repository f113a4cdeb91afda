"""Running: many runs side by side in lanes, batches across threads, stop, save, change and continue."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from enum import Enum
from itertools import chain, groupby, islice, pairwise
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from incentive_abm import event_effects, recording
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.quarter import advance
from incentive_abm.given_numbers import checked_seed, checked_seeds, whole_number
from incentive_abm.measures import N_MEASURE, Measure
from incentive_abm.place import Place
from incentive_abm.regimes import Endings, endings, thresholds
from incentive_abm.scenario import BoundEvent, Scenario
from incentive_abm.state.arrays import CHANGING, LANES, Arrays
from incentive_abm.state.start import start as begin

Series: TypeAlias = NDArray[np.float64]
Number = TypeVar("Number", np.float32, np.float64)


class Record(Enum):
    """How much of a run is kept: its ending only, its measures by quarter, also the picture of every partner and tie,
    also the log of every event."""

    ENDINGS = "endings"
    MEASURES = "measures"
    PICTURES = "pictures"
    EVENTS = "events"


@dataclass(frozen=True)
class Job:
    """One run to do: a scenario, a seed (0 ≤ seed < 2⁶³), and the rules. Raises UserError for another seed."""

    scenario: Scenario
    seed: int
    rules: RuleSet = SHIPPED

    def __post_init__(self) -> None:
        object.__setattr__(self, "seed", checked_seed(self.seed))


@dataclass(frozen=True)
class Recorded:
    """What was kept of a batch of R runs over Q quarters, in the order of its jobs.

    endings: arrays over R; last: float64[R, N_MEASURE], the measures of the last quarter.
    measures: float64[R, Q, N_MEASURE]; partners: float32[R, Q, n, fields]; ties: float32[R, Q, m, fields]; logs: for each
    run its quarters; each None unless recorded.
    """

    jobs: tuple[Job, ...]
    endings: Endings
    last: NDArray[np.float64]
    measures: NDArray[np.float64] | None = None
    partners: NDArray[np.float32] | None = None
    ties: NDArray[np.float32] | None = None
    logs: tuple[tuple[recording.QuarterLog, ...], ...] | None = None


class Batch:
    """At most `LANES` runs of one place by one set of rules side by side, at the end of some quarter; a run alone has a lane of
    its own."""

    def __init__(self, place: Place, jobs: Sequence[Job], arrays: Arrays, quarter: int,
                 events: Sequence[tuple[BoundEvent, ...]]) -> None:
        self.place, self.jobs, self.arrays, self.quarter, self.events = place, tuple(jobs), arrays, quarter, tuple(events)

    @property
    def rules(self) -> RuleSet:
        """The rules by which all its runs are played."""
        return self.jobs[0].rules

    @classmethod
    def begin(cls, place: Place, jobs: Sequence[Job], alone: bool = True) -> Batch:
        """The state before the first quarter. Raises ValueError for no jobs, more than `LANES`, or jobs of different rules.

        alone: whether a single job has a lane of its own, rather than one of `LANES`, which are compiled apart.
        """
        if not 1 <= len(jobs) <= LANES:
            raise ValueError(f"a batch holds 1 to {LANES} runs, not {len(jobs)}")
        if any(job.rules != jobs[0].rules for job in jobs):
            raise ValueError("a batch holds runs by one set of rules")
        lanes = 1 if len(jobs) == 1 and alone else LANES
        filled = [*jobs, *[jobs[-1]] * (lanes - len(jobs))]
        bound = {id(job.scenario): job.scenario.bound_events(place) for job in filled}
        arrays = begin(place, [job.scenario for job in filled], [job.seed for job in filled], jobs[0].rules)
        return cls(place, jobs, arrays, 0, [bound[id(job.scenario)] for job in filled])

    def copy(self) -> Batch:
        """The same state, sharing nothing that changes."""
        arrays = self.arrays._replace(**{name: getattr(self.arrays, name).copy() for name in CHANGING})
        return Batch(self.place, self.jobs, arrays, self.quarter, self.events)

    def branch(self, lane: int, changes: Sequence[Sequence[BoundEvent]]) -> list[Batch]:
        """One run continued in many ways: for each entry a run from here, with these changes written in now."""
        batches = []
        for first in range(0, len(changes), LANES):
            some = changes[first:first + LANES]
            lanes = 1 if len(some) == 1 else LANES
            arrays = _spread(self.arrays, lane, lanes)
            for k, events in enumerate(some):
                event_effects.apply_events(arrays, k, events, self.rules)
            batches.append(Batch(self.place, [self.jobs[lane]] * len(some), arrays, self.quarter,
                                 [self.events[lane]] * lanes))
        return batches

    def reseeded(self, seeds: Sequence[int]) -> Batch:
        """The same state with other luck from here on, one seed a lane."""
        batch = self.copy()
        batch.arrays.seed[:len(seeds)] = np.array(seeds, np.uint64)
        batch.jobs = tuple(replace(job, seed=seed) for job, seed in zip(self.jobs, seeds, strict=True))
        return batch

    def advance(self, quarters: int, record: Record = Record.MEASURES, before: Series | None = None) -> Recorded:
        """Run on by this many quarters, at least one; raises ValueError for fewer.

        `before` holds measures of earlier quarters, shape [quarters, N_MEASURE, runs], so that regimes see the whole run.
        """
        if quarters < 1:
            raise ValueError(f"expected at least one quarter to run, not {quarters}")
        lanes = len(self.arrays.lanes)
        kept = np.empty((quarters, N_MEASURE, lanes))
        pictures = []
        logs: list[list[recording.QuarterLog]] = [[] for _ in self.jobs]
        by_quarter = record in (Record.PICTURES, Record.EVENTS)
        stops = self._stops(self.quarter + quarters, by_quarter)
        start = self.quarter
        for quarter, until in pairwise(stops):
            for lane, events in enumerate(self.events):
                event_effects.apply_events(self.arrays, lane, [e for e in events if e.quarter == quarter], self.rules)
            advance.under(self.rules, self.arrays, quarter, until, kept[quarter - start:until - start].reshape(-1))
            if by_quarter:
                now = recording.picture(self.arrays)
                pictures.append(now)
                if record is Record.EVENTS:
                    for lane in range(len(self.jobs)):
                        logs[lane].append(recording.log_quarter(self.arrays, until, lane, now, self.rules))
            self.quarter = until
        series = kept[:, :, :len(self.jobs)]
        whole = series if before is None else np.concatenate([before, series])
        return Recorded(
            jobs=self.jobs, endings=_endings(whole, self.jobs), last=np.ascontiguousarray(series[-1].T),
            measures=None if record is Record.ENDINGS else np.ascontiguousarray(series.transpose(2, 0, 1)),
            partners=_stacked([p for p, _ in pictures], len(self.jobs)), ties=_stacked([t for _, t in pictures], len(self.jobs)),
            logs=tuple(tuple(log) for log in logs) if record is Record.EVENTS else None)

    def _stops(self, end: int, every: bool) -> list[int]:
        inner = {e.quarter for events in self.events for e in events if self.quarter < e.quarter < end}
        return sorted({self.quarter, end, *(range(self.quarter, end) if every else inner)})



def _spread(arrays: Arrays, lane: int, lanes: int) -> Arrays:
    def spread(name: str) -> NDArray[np.float64]:
        one = getattr(arrays, name).reshape(-1, len(arrays.lanes))[:, lane]
        return np.ascontiguousarray(np.repeat(one[:, None], lanes, axis=1)).ravel()

    return arrays._replace(**{name: spread(name) for name in CHANGING}, lanes=(0,) * lanes)


def _stacked(pictures: list[NDArray[np.float32]], runs: int) -> NDArray[np.float32] | None:
    if not pictures:
        return None
    return np.ascontiguousarray(np.stack(pictures)[..., :runs].transpose(3, 0, 1, 2))


def _endings(series: Series, jobs: Sequence[Job]) -> Endings:
    """Endings of a batch; series is [quarters, N_MEASURE, runs]. Runs may differ in their thresholds."""
    form, integration = series[:, Measure.FORM], series[:, Measure.INTEGRATION]
    kinds, meetings = series[:, Measure.GROUP_KINDS], series[:, Measure.MEETINGS]
    limits = [thresholds(job.scenario.settings()) for job in jobs]
    if all(limit == limits[0] for limit in limits):
        return endings(form, integration, kinds, meetings, limits[0])
    return _all_endings([endings(form[:, [k]], integration[:, [k]], kinds[:, [k]], meetings[:, [k]], limit)
                         for k, limit in enumerate(limits)])


def _all_endings(parts: Sequence[Endings]) -> Endings:
    """Endings of several batches as those of one."""
    return Endings(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Endings)))


def threads_available() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def stream(place: Place, jobs: Iterable[Job], quarters: int = 60, record: Record = Record.MEASURES,
           threads: int | None = None) -> Iterator[Recorded]:
    """Run jobs in batches of `LANES`, in order, never holding more than a few batches; yields each as it is done.

    A batch ends early where the next job has other rules.
    """
    workers = threads or threads_available()
    batches = chain.from_iterable(_batches(same) for _, same in groupby(jobs, lambda job: job.rules))
    first = next(batches, None)
    if first is None:
        return
    batches = chain([first], batches)

    def do(batch: list[Job]) -> Recorded:
        return Batch.begin(place, batch, alone=batch is first).advance(quarters, record)

    if workers == 1:
        yield from map(do, batches)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting = [pool.submit(do, batch) for batch in islice(batches, workers + 1)]
        while waiting:
            done = waiting.pop(0).result()
            waiting += [pool.submit(do, batch) for batch in islice(batches, 1)]
            yield done


def _batches(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    return iter(lambda: list(islice(jobs, LANES)), [])


def run(place: Place, scenario: Scenario, seeds: Sequence[int], quarters: int = 60, record: Record = Record.MEASURES,
        threads: int | None = None, progress: Callable[[int], None] | None = None, rules: RuleSet = SHIPPED) -> Recorded:
    """Run one scenario with many seeds; `progress` is told the number of runs done so far. Raises UserError for bad seeds."""
    parts = []
    length = whole_number(quarters, "quarters", 1)
    for part in stream(place, [Job(scenario, seed, rules) for seed in checked_seeds(seeds)], length, record, threads):
        parts.append(part)
        if progress is not None:
            progress(sum(len(p.jobs) for p in parts))
    return joined(parts)


def joined(parts: Sequence[Recorded]) -> Recorded:
    """Several batches as one."""
    def glue(arrays: Sequence[NDArray[Number] | None]) -> NDArray[Number] | None:
        kept = [a for a in arrays if a is not None]
        return np.concatenate(kept) if kept else None

    return Recorded(
        jobs=tuple(job for p in parts for job in p.jobs),
        endings=_all_endings([p.endings for p in parts]),
        last=np.concatenate([p.last for p in parts]), measures=glue([p.measures for p in parts]),
        partners=glue([p.partners for p in parts]), ties=glue([p.ties for p in parts]),
        logs=None if parts[0].logs is None else tuple(log for p in parts for log in p.logs or ()))
