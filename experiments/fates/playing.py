"""Playing runs over many places: places side by side on threads, a place's runs in the engine's lanes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.fates.trial import Trial
from incentive_abm.engine.run import Batch, Job, Record, Recorded, threads_available
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario
from incentive_abm.state.arrays import LANES
from incentive_abm.times import QUARTERS_A_YEAR

Told = Callable[[int, int], None]
"""Hears how many places of how many are done."""
Reader = Callable[[Place, Recorded], pd.DataFrame]
"""What is kept of a place's runs: a table with a column `run`, the run's number in the order asked for."""

Strike = Callable[[Place, Batch], None]
"""Changes the state of a place's runs part of the way through."""


@dataclass(frozen=True)
class Variant:
    """A scenario to be run with every seed, and the columns that tell it from others."""

    labels: Mapping[str, str | float]
    scenario: Scenario


def played(trial: Trial, variants_of: Callable[[Place], Sequence[Variant]], quarters: int, read: Reader, told: Told,
           pictured: int = 0, strike: Strike | None = None, record: Record = Record.PICTURES) -> pd.DataFrame:
    """What `read` keeps of every place's runs, with columns place, seed (its number) and the variants' labels.

    pictured: how many last quarters are played apart and recorded as `record` says; what `strike` does is done before them.
    Batches are read one by one, so that however many runs there are, few are held at a time.
    """
    def play(at: int) -> pd.DataFrame:
        place = trial.place(at)
        asked = [(variant, number, seed) for variant in variants_of(place) for number, seed in enumerate(trial.luck(at))]
        jobs = [Job(variant.scenario, seed) for variant, _, seed in asked]
        batches = [(k, jobs[k:k + LANES]) for k in range(0, len(jobs), LANES)]
        rows = [read(place, _run(place, batch, quarters, pictured, strike, record)) for _, batch in batches]
        found = pd.concat([part.assign(run=part["run"] + k) for part, (k, _) in zip(rows, batches, strict=True)])
        labels = pd.DataFrame([{"place": at, "seed": number, **variant.labels} for variant, number, _ in asked])
        return labels.join(found.set_index("run"), how="right").reset_index(drop=True)

    parts = []
    for part in _in_order(play, trial.places):
        parts.append(part)
        told(len(parts), trial.places)
    return pd.concat(parts, ignore_index=True)


def _in_order(play: Callable[[int], pd.DataFrame], places: int) -> Iterator[pd.DataFrame]:
    """The first place alone, so that what is missing is compiled once; the others side by side."""
    yield play(0)
    with ThreadPoolExecutor(threads_available()) as pool:
        yield from pool.map(play, range(1, places))


def _run(place: Place, jobs: Sequence[Job], quarters: int, pictured: int, strike: Strike | None, record: Record) -> Recorded:
    batch = Batch.begin(place, jobs, alone=False)
    if not pictured:
        return batch.advance(quarters)
    first = batch.advance(quarters - pictured)
    assert first.measures is not None
    if strike is not None:
        strike(place, batch)
    last = batch.advance(pictured, record, before=first.measures.transpose(1, 2, 0))
    assert last.measures is not None
    return replace(last, measures=np.concatenate([first.measures, last.measures], axis=1))


def series(recorded: Recorded, measure: Measure) -> NDArray[np.float64]:
    """A measure by run and quarter."""
    assert recorded.measures is not None
    return recorded.measures[:, :, measure]


def yearly(recorded: Recorded, measure: Measure) -> NDArray[np.float64]:
    """A measure by run and year: the mean of the year's quarters."""
    values = series(recorded, measure)
    return np.asarray(values.reshape(len(values), -1, QUARTERS_A_YEAR).mean(axis=2), dtype=np.float64)


def endings(_: Place, recorded: Recorded) -> pd.DataFrame:
    """Of each run: integration in the last year, regime, whether integrated, quarters to it, partners in the largest group."""
    return pd.DataFrame({
        "run": np.arange(len(recorded.jobs)),
        "integration": series(recorded, Measure.INTEGRATION)[:, -QUARTERS_A_YEAR:].mean(axis=1),
        "regime": [Regime(int(code)).label for code in recorded.endings.regime],
        "integrated": recorded.endings.regime == Regime.INTEGRATED,
        "time": recorded.endings.time_to_integration,
        "largest_group": recorded.last[:, Measure.LARGEST_GROUP],
    })


def by_place(runs: pd.DataFrame, columns: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Columns of one variant's runs, each as an array [place, seed]."""
    return {name: runs.pivot(index="place", columns="seed", values=name).to_numpy(np.float64) for name in columns}


def levels_of(runs: pd.DataFrame) -> list[float]:
    """The levels of policy that a table holds, in order."""
    return sorted(float(level) for level in runs["level"].unique())
