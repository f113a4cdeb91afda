"""The series that a report shows, and the run that stands for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incentive_abm.kinds import Blocker
from incentive_abm.measures import Measure, Shown
from incentive_abm.results import ResultsError, Run
from incentive_abm.results.arrow_arrays import numpy_of
from incentive_abm.results.run_columns import MEASURES, RUNS
from incentive_abm.results.run_reading import AGAIN
from incentive_abm.results.stored_tables import opened, reading

SHOWN = tuple(m for m in Measure if Shown.REPORT in m.shown)
BLOCKED = tuple(Measure[f"BLOCKER_{blocker.name}"] for blocker in Blocker)

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Series:
    """Some measures of R runs over Q quarters, float32[R, Q] each, and each run's regime and seed."""

    of: Mapping[Measure, Floats]
    regimes: tuple[str, ...]
    seeds: tuple[int, ...]

    def band(self, measure: Measure, shares: tuple[float, ...]) -> Floats:
        """Quantiles over runs, float32[len(shares), Q]."""
        return np.asarray(np.quantile(self.of[measure], shares, axis=0), np.float32)


def read_series(run: Run) -> Series:
    """The series of a run's folder; raises ResultsError where it cannot be read."""
    wanted = [*SHOWN, *BLOCKED]
    with reading(run.folder, ResultsError, AGAIN):
        with opened(run.folder / f"{MEASURES}.parquet") as file:
            table = file.read([m.code for m in wanted])
        with opened(run.folder / f"{RUNS}.parquet") as file:
            ends = file.read(["regime", "seed"])
        shape = (ends.num_rows, int(run.manifest["quarters"]))
        of = {m: numpy_of(table.column(m.code)).reshape(shape).astype(np.float32) for m in wanted}
    return Series(of, tuple(ends.column("regime").to_pylist()), tuple(ends.column("seed").to_pylist()))


def representative(series: Series) -> int:
    """The run nearest the median path of form and integration, among runs of the most common regime (first of equals)."""
    regimes, counts = np.unique(series.regimes, return_counts=True)
    common = str(regimes[np.argmax(counts)])
    away = np.zeros(len(series.regimes))
    for measure in (Measure.FORM, Measure.INTEGRATION):
        values = series.of[measure]
        away += np.abs(values - np.median(values, axis=0)).mean(axis=1)
    away[np.array(series.regimes) != common] = np.inf
    return int(np.argmin(away))
