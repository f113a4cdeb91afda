"""A sweep's folder from Python: its runs as a table, or as labelled arrays with the dimensions of a single run's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.report.inputs import ReportInputs, read_folder
from experiments.result_columns import BY_QUARTER
from experiments.running.stored_sweep import StoredSweep
from incentive_abm import EXPLORATION
from incentive_abm.errors import StudyError, nearest, quoted
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.optional_libraries import library

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

TABLES = ("runs", "measures", "design")
TIMES = ("time_to_integration", "time_to_stall", "time_to_collapse")


@dataclass(frozen=True)
class Sweep:
    """The runs that a sweep has done so far."""

    folder: Path
    inputs: ReportInputs

    def to_frame(self, table: str = "runs") -> pd.DataFrame:
        """runs: one row a run, as results.parquet; measures: one row a run and quarter, of what was kept by quarter; design: one
        row a point."""
        if table not in TABLES:
            raise StudyError(f"table is {quoted(table)}; expected one of {', '.join(TABLES)}{nearest(str(table), TABLES)}")
        if table == "runs":
            return self._runs
        return self.inputs.design if table == "design" else self._by_quarter()

    def to_xarray(self) -> xr.Dataset:
        """As `incentive_abm.Result.to_xarray` gives a single run's: regime, time_to_… (run), last (run, measure), measures (run,
        quarter, measure), NaN for measures that were not kept; what differs between runs (seed, point, replicate, factors …)
        are coordinates of run. For points × replicates see `experiments.to_xarray`. Raises UserError without xarray."""
        xarray = library("xarray", "xarray")
        own = [each["name"] for each in StoredSweep(self.folder).sweep().get("own measures", [])]
        runs, codes = self._runs, [*(measure.code for measure in Measure), *own]
        series = {code: np.stack(runs[code + BY_QUARTER].to_list()) for code in codes if code + BY_QUARTER in runs}
        # A factor may bear the name of nothing else: the study's reader sees to that.
        of_run = [name for name in runs.columns
                  if name not in (*codes, *TIMES, "regime") and not str(name).endswith(BY_QUARTER)]
        coordinates: dict[str, Any] = {"run": np.arange(len(runs)), "measure": codes}
        coordinates |= {str(name): ("run", _plain(runs[name])) for name in of_run}
        words = [regime.code for regime in Regime]
        # A sweep's table tells regimes by their labels, a run's by their codes.
        regimes = runs["regime"].map({regime.label: int(regime) for regime in Regime}).to_numpy(np.int8)
        flags = {"flag_values": np.arange(len(words), dtype=np.int8), "flag_meanings": " ".join(words)}
        last = np.full((len(runs), len(codes)), np.nan)
        for k, code in enumerate(codes):
            if code in runs:
                last[:, k] = runs[code].to_numpy(np.float64, na_value=np.nan)
        variables: dict[str, Any] = {
            "regime": ("run", regimes, flags), "last": (("run", "measure"), last),
            **{name: ("run", runs[name].to_numpy(np.float64, na_value=np.nan), {"units": "quarter"}) for name in TIMES},
        }
        if series:
            quarters = next(iter(series.values())).shape[1]
            kept = np.full((len(runs), quarters, len(codes)), np.nan)
            for code, values in series.items():
                kept[:, :, codes.index(code)] = values
            coordinates["quarter"] = np.arange(1, quarters + 1)
            variables["measures"] = (("run", "quarter", "measure"), kept)
        told = {"question": self.inputs.question, "outcome": self.inputs.outcome, "note": EXPLORATION}
        found: xr.Dataset = xarray.Dataset(variables, coordinates, told | dict(self.inputs.provenance))
        return found

    @cached_property
    def _runs(self) -> pd.DataFrame:
        return self.inputs.results.sort_values(["point", "replicate"], ignore_index=True)

    def _by_quarter(self) -> pd.DataFrame:
        import pandas as pd

        kept = [str(name) for name in self._runs.columns if str(name).endswith(BY_QUARTER)]
        if not kept:
            raise StudyError(f"{self.folder} holds no measures by quarter; name them in the study's keep_series")
        quarters = len(self._runs[kept[0]].iloc[0])
        table = {"run": np.repeat(np.arange(len(self._runs)), quarters),
                 "seed": np.repeat(self._runs["seed"].to_numpy(), quarters),
                 "quarter": np.tile(np.arange(1, quarters + 1), len(self._runs))}
        return pd.DataFrame(table | {name.removesuffix(BY_QUARTER): np.concatenate(self._runs[name].to_list()) for name in kept})


def read_sweep(folder: str | Path) -> Sweep:
    """The sweep in a folder, finished or not; raises StudyError where it is not one, or has no runs yet.

    >>> read_sweep("runs/nowhere")  # first: incentive-abm sweep demo --out runs/nowhere
    Traceback (most recent call last):
    incentive_abm.errors.StudyError: ...
    """
    return Sweep(Path(folder), read_folder(folder))


def _plain(column: pd.Series[Any]) -> Any:
    """Numbers and truth values as they are, all else as text."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy()
    return column.astype(object).where(column.notna(), "").astype(str).to_numpy(str)
