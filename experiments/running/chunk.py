"""A chunk of runs: what a worker is handed, and how it turns into rows. The same code runs on every executor."""

from __future__ import annotations

import os
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.designs.factors import FactorKind, Value
from experiments.running.result_rows import Row, outcomes, parquet_bytes, table
from experiments.study.study import Values
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine import run as engine
from incentive_abm.errors import UserError
from incentive_abm.kinds import Regime
from incentive_abm.measured_runs import measured
from incentive_abm.place import Place
from incentive_abm.regimes import Endings
from incentive_abm.scenario import Scenario
from incentive_abm.state.arrays import LANES
from incentive_abm.user_measures import OwnMeasure
from incentive_abm.user_measures.reading import not_finite

if TYPE_CHECKING:
    import pyarrow as pa


Choices = tuple[tuple[str, str], ...]
"""What rules are replaced by: (rule or theme, choice)."""


@dataclass(frozen=True, eq=False)
class Context:
    """What all chunks of a sweep share; sent to each worker once.

    key: hash of everything in it; columns: factors and their kinds; keep, series: measures by code; rules: the set that each
    choice of rules stands for; own: measures of the user's own.
    """

    key: str
    source: str
    version: str
    places: tuple[tuple[str, Place], ...]
    scenarios: tuple[tuple[str, Scenario], ...]
    quarters: int
    outcome: str
    keep: tuple[str, ...]
    series: tuple[str, ...]
    columns: tuple[tuple[str, FactorKind], ...]
    rules: tuple[tuple[Choices, RuleSet], ...] = ()
    own: tuple[OwnMeasure, ...] = ()

    def rules_at(self, chosen: Choices) -> RuleSet:
        """The rules by which the runs of a point are played."""
        return dict(self.rules)[chosen] if chosen else SHIPPED


@dataclass(frozen=True)
class Point:
    """One design point: the values of its factors, and the scenario and parameter values that they stand for."""

    number: int
    scenario: str
    overrides: Values
    values: tuple[Value, ...]
    rules: Choices = ()


def told_of(chosen: Choices) -> str:
    """A choice of rules as a user writes it, files by their names alone."""
    return "; ".join(f"{what}={os.path.basename(choice)}" for what, choice in chosen)


def part_name(index: int, chunk_id: str) -> str:
    """The name of a chunk's part on disk: parts sort in the order of the plan."""
    return f"{index:07d}-{chunk_id[:24]}"


@dataclass(frozen=True)
class Chunk:
    """Runs of one place, done and stored together. runs: (index into points, replicate, seed); id: hash of all this."""

    index: int
    id: str
    place: str
    points: tuple[Point, ...]
    runs: tuple[tuple[int, int, int], ...]

    @property
    def name(self) -> str:
        """The name of its part on disk, in the order of the plan."""
        return part_name(self.index, self.id)


@dataclass(frozen=True)
class Failure:
    """A run that stopped with an error, and all that is needed to look into it."""

    run_id: str
    point: int
    replicate: int
    seed: int
    place: str
    scenario: str
    parameters: dict[str, float]
    error: str
    traceback: str


@dataclass(frozen=True, eq=False)
class ChunkResult:
    """A chunk done: the bytes of its Parquet part, its failures, and what progress needs to know.

    points, replicates, outcomes: one entry a row; regimes: runs by regime. engine_seconds is the part of seconds that
    the model itself took; processor_seconds leaves out what others made it wait.
    """

    chunk: Chunk
    part: bytes
    failures: tuple[Failure, ...]
    points: NDArray[np.int64]
    replicates: NDArray[np.int64]
    outcomes: NDArray[np.float64]
    regimes: dict[str, int]
    engine_seconds: float
    seconds: float
    processor_seconds: float


def run_chunk(context: Context, chunk: Chunk) -> ChunkResult:
    """Run a chunk. A run that fails is recorded and stops nothing; raises UserError where the sources differ."""
    if context.source != source_hash():
        raise UserError(
            f"a worker has other sources ({source_hash()}) than the sweep ({context.source}); install the same version"
        )
    begun, begun_processor = perf_counter(), thread_time()
    place, scenarios = dict(context.places)[chunk.place], _scenarios(context, chunk.points)
    rules = [context.rules_at(point.rules) for point in chunk.points]
    jobs = [engine.Job(scenarios[point], seed, rules[point]) for point, _, seed in chunk.runs]
    rows: dict[int, Row] = {}
    failures: list[Failure] = []
    spent = 0.0
    for k, ended, seconds in _each_run(place, jobs, context):
        index, replicate, seed = chunk.runs[k]
        point, spent = chunk.points[index], spent + seconds
        if isinstance(ended, Exception):
            told = "".join(traceback.format_exception(ended))
            failures.append(_failure(context, chunk, scenarios, k, repr(ended), told))
        else:
            run_id = identity(place, scenarios[index], context.quarters, seed, rules[index])
            rows[k] = Row(run_id, point.number, replicate, seed, point.scenario, point.values, *ended)
    done = [rows[k] for k in sorted(rows)]
    made = _table(context, chunk, done)
    return ChunkResult(
        chunk,
        _part(context, chunk, made),
        tuple(failures),
        np.array([row.point for row in done], np.int64),
        np.array([row.replicate for row in done], np.int64),
        outcomes(made, context.outcome),
        dict(Counter(row.regime for row in done)),
        spent,
        perf_counter() - begun,
        thread_time() - begun_processor,
    )


def run_nothing(context: Context, chunk: Chunk, reason: str) -> ChunkResult:
    """The result of a chunk that cannot be run: all its runs have failed."""
    scenarios = _scenarios(context, chunk.points)
    failures = tuple(_failure(context, chunk, scenarios, k, reason) for k in range(len(chunk.runs)))
    nothing = np.zeros(0, np.int64)
    return ChunkResult(
        chunk, _part(context, chunk, _table(context, chunk, [])), failures, nothing, nothing, np.zeros(0), {}, 0.0, 0.0, 0.0
    )


def _failure(context: Context, chunk: Chunk, scenarios: Sequence[Scenario], k: int, error: str, told: str = "") -> Failure:
    index, replicate, seed = chunk.runs[k]
    point, place = chunk.points[index], dict(context.places)[chunk.place]
    run_id = identity(place, scenarios[index], context.quarters, seed, context.rules_at(point.rules))
    return Failure(run_id, point.number, replicate, seed, chunk.place, point.scenario, dict(point.overrides), error, told)


def _table(context: Context, chunk: Chunk, rows: Sequence[Row]) -> pa.Table:
    return table(rows, chunk.place, context.quarters, context.columns, context.keep, context.series,
                 [each.name for each in context.own])


def _part(context: Context, chunk: Chunk, rows: pa.Table) -> bytes:
    told = {"chunk": chunk.id, "sweep": context.key, "source": context.source, "version": context.version}
    told["place hash"] = dict(context.places)[chunk.place].hash
    return parquet_bytes(rows, told)


def identity(place: Place, scenario: Scenario, quarters: int, seed: int, rules: RuleSet = SHIPPED) -> str:
    """A run's id: a hash of its place, scenario with parameter values, length, seed and rules; 32 hex digits."""
    told = f"{place.hash} {scenario.hash} {quarters} {seed}" + (f" {rules.identity}" if rules else "")
    return sha256(told.encode()).hexdigest()[:32]


def _scenarios(context: Context, points: Sequence[Point]) -> list[Scenario]:
    base = dict(context.scenarios)
    return [scenario_at(base, point) for point in points]


def scenario_at(base: Mapping[str, Scenario], point: Point) -> Scenario:
    """The scenario of a design point, from those of the sweep by name."""
    return base[point.scenario].overlaid(dict(point.overrides))


Outcome = tuple[str, tuple[float, float, float], NDArray[np.float64], NDArray[np.float64] | None]
"""Regime, the three times, measures of the last quarter, and measures by quarter where they are kept."""


def _each_run(place: Place, jobs: list[engine.Job], context: Context) -> Iterator[tuple[int, Outcome | Exception, float]]:
    """(number, outcome or error, seconds) of each run, those of one set of rules after another; a batch that fails is taken
    apart run by run."""
    record = engine.Record.MEASURES if context.series else engine.Record.ENDINGS
    by_rules: dict[RuleSet, list[int]] = {}
    for k, job in enumerate(jobs):
        by_rules.setdefault(job.rules, []).append(k)
    for numbers in (of[first : first + LANES] for of in by_rules.values() for first in range(0, len(of), LANES)):
        batch = [jobs[k] for k in numbers]
        begun = perf_counter()
        try:
            done, own = _batch(place, batch, record, context)
        except Exception as error:
            if len(batch) == 1:
                yield numbers[0], error, perf_counter() - begun
                continue
            for k, job in zip(numbers, batch, strict=True):
                for _, ended, seconds in _each_run(place, [job], context):
                    yield k, ended, seconds
            continue
        seconds = (perf_counter() - begun) / len(batch)
        for k, number in enumerate(numbers):
            outcome = _outcome(done.endings, done.last, done.measures, k)
            wrong = "" if np.isfinite(outcome[2]).all() else "a measure is not a finite number"
            if own is not None:
                wrong = wrong or not_finite(context.own, own[k])
                outcome = _beside(outcome, own[k])
            yield number, FloatingPointError(wrong) if wrong else outcome, seconds


def _batch(place: Place, batch: Sequence[engine.Job], record: engine.Record,
           context: Context) -> tuple[engine.Recorded, NDArray[np.float64] | None]:
    """One batch done, and its own measures: of every quarter where one of them is kept by quarter, else of the last."""
    if not context.own:
        return next(iter(engine.stream(place, batch, context.quarters, record, threads=1))), None
    by_quarter = any(each.name in context.series for each in context.own)
    done = measured(place, batch, context.quarters, record, context.own, by_quarter)
    return done, done.own


def _beside(outcome: Outcome, own: NDArray[np.float64]) -> Outcome:
    """An outcome with measures of the user's own, float64[quarters or 1, measures], behind the model's."""
    regime, times, last, series = outcome
    if series is not None:
        # Of those that are not kept by quarter only the last quarter is read off; nothing looks at the others' columns.
        series = np.hstack([series, np.broadcast_to(own, (len(series), own.shape[1]))])
    return regime, times, np.concatenate([last, own[-1]]), series


def _outcome(endings: Endings, last: NDArray[np.float64], measures: NDArray[np.float64] | None, k: int) -> Outcome:
    times = (float(endings.time_to_integration[k]), float(endings.time_to_stall[k]), float(endings.time_to_collapse[k]))
    return Regime(int(endings.regime[k])).label, times, last[k], None if measures is None else measures[k]
