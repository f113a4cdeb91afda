"""Reading a run's folder: tables as pandas DataFrames, or the log of one run as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.json_reading import unfit
from incentive_abm.kinds import Background, Blocker
from incentive_abm.log.declared import COLUMNS, INTEGERS, NOBODY, Log, Outcome, What
from incentive_abm.parameters import PARAMETERS, Scope
from incentive_abm.place import Place, load_place
from incentive_abm.results.arrow_arrays import arrow_numbers, numpy_of
from incentive_abm.results.labelled import dataset
from incentive_abm.results.run_columns import EVENTS, MEASURES, PARTNERS, RUNS, TIES, Column, check_frame
from incentive_abm.results.run_folder import FORM, MANIFEST, OWN_MEASURES, ResultsError, manifest_of
from incentive_abm.results.stored_tables import as_declared, opened, reading, types_of
from incentive_abm.scenario import Scenario, scenario_from_text

if TYPE_CHECKING:
    import pandas
    import pyarrow
    import xarray

AGAIN = "run it again, as manifest.json says under “again”"


@dataclass(frozen=True, eq=False)
class Run:
    """A run's folder. Tables are read when first asked for; `run_columns.columns_of` says what each column means.

    events, partners and ties raise ResultsError where they were not recorded.
    """

    folder: Path
    manifest: Mapping[str, Any]

    @cached_property
    def runs(self) -> pandas.DataFrame:
        """One row a run: id, seed, regime, times, measures of the last quarter."""
        return self._frame(RUNS)

    @cached_property
    def measures(self) -> pandas.DataFrame:
        """One row a run and quarter."""
        return self._frame(MEASURES)

    @cached_property
    def events(self) -> pandas.DataFrame:
        """One row a thing that happened."""
        return self._frame(EVENTS)

    @cached_property
    def partners(self) -> pandas.DataFrame:
        """One row a run, quarter and partner."""
        return self._frame(PARTNERS)

    @cached_property
    def ties(self) -> pandas.DataFrame:
        """One row a run, quarter and tie."""
        return self._frame(TIES)

    def to_frame(self, table: str = RUNS) -> pandas.DataFrame:
        """One table: runs, measures, events, partners or ties; raises ResultsError where it was not recorded."""
        check_frame(table, ResultsError)
        frame: pandas.DataFrame = getattr(self, table)
        return frame

    def to_xarray(self) -> xarray.Dataset:
        """All tables but that of events, as `Result.to_xarray` gives them; raises UserError where xarray is not installed."""
        kept = [name for name in (RUNS, MEASURES, PARTNERS, TIES) if f"{name}.parquet" in self.manifest["tables"]]
        return dataset(self.place, {name: self.to_frame(name) for name in kept},
                       {"place": self.place.hash, "scenario": self.scenario.hash,
                        "rules": self.manifest.get("rules", {}).get("told", "")}, [column.name for column in self._own])

    @cached_property
    def place(self) -> Place:
        """The place, as it was run; raises ResultsError where its files have been changed since."""
        told = self.manifest["place"]
        given = {name: PARAMETERS[name].read(value, f"{self.folder / MANIFEST}: parameters")
                 for name, value in self.manifest["parameters"].items() if name in _data_parameters()}
        place = load_place(self.folder / told["folder"], given)
        if place.hash != told["hash"]:
            raise ResultsError(f"{self.folder / told['folder']} is not the place that was run: it has been changed since")
        return place

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, as it was run."""
        told = self.manifest["scenario"]
        return scenario_from_text(told["toml"], told["name"])

    @cached_property
    def _own(self) -> tuple[Column, ...]:
        told = self.manifest.get("own_measures", [])
        return tuple(Column(each["name"], "float64", each["unit"], each["meaning"]) for each in told)

    @property
    def seeds(self) -> range:
        """The seeds, in the order of runs."""
        first = int(self.manifest["seeds"]["first"])
        return range(first, first + int(self.manifest["seeds"]["count"]))

    def log(self, run: int) -> Log:
        """The log of one run, as arrays; `row` is the position in `events`."""
        self._check(EVENTS)
        place = self.place
        path = self.folder / f"{EVENTS}.parquet"
        with reading(path, ResultsError, AGAIN), opened(path) as file:
            as_declared(file.schema_arrow, types_of(EVENTS))
            self._whole(EVENTS, file.metadata.num_rows)
            return read_log(file, place, run)

    def _check(self, table: str) -> None:
        if f"{table}.parquet" not in self.manifest["tables"]:
            needed = "events" if table == EVENTS else "everything"
            raise ResultsError(f"{self.folder} holds no {table}: it was run with --record {self.manifest['record']}; "
                               f"run it again with --record {needed}")

    def _frame(self, table: str) -> pandas.DataFrame:
        self._check(table)
        path = self.folder / f"{table}.parquet"
        with reading(path, ResultsError, AGAIN):
            with opened(path) as file:
                as_declared(file.schema_arrow, types_of(table, self._own))
                frame: pandas.DataFrame = file.read().to_pandas()
            self._whole(table, len(frame))
        return frame

    def _whole(self, table: str, rows: int) -> None:
        expected = self.manifest["tables"][f"{table}.parquet"]["rows"]
        if rows != expected:
            raise ValueError(f"it has {rows:,} rows, expected {expected:,}")


def read_run(folder: str | Path) -> Run:
    """The run in a folder; raises ResultsError where it is not the folder of a run.

    >>> from incentive_abm import read_run
    >>> read_run("runs/nowhere")  # first: incentive-abm run --out runs/nowhere
    Traceback (most recent call last):
    incentive_abm.results.run_folder.ResultsError: there is no folder runs/nowhere; expected the folder of a run (made with: ...)
    """
    path = Path(folder)
    if not path.is_dir():
        raise ResultsError(f"there is no folder {path}; expected the folder of a run (made with: incentive-abm run --out DIR)")
    told = manifest_of(path, FORM)
    wrong = unfit(told.get("own_measures", []), OWN_MEASURES, "own_measures")
    if wrong:
        raise ResultsError(f"{path / MANIFEST} is damaged: {wrong}")
    rows = told["tables"].get(f"{RUNS}.parquet", {"rows": 0})["rows"]
    if rows != told["seeds"]["count"]:
        raise ResultsError(f"{path / MANIFEST} is damaged: it tells of {told['seeds']['count']:,} seeds and {rows:,} runs")
    if Path(told["place"]["folder"]).name != told["place"]["folder"]:
        raise ResultsError(f"{path / MANIFEST} is damaged: place.folder is not the name of a folder within")
    return Run(path, told)


def read_log(file: Any, place: Place, run: int) -> Log:
    """One run's rows of `events.parquet`, opened, as a log; only its row groups are read."""
    groups, first = _groups_with(file, run)
    table = file.read_row_groups(groups)
    runs = numpy_of(table.column("run"))
    chosen = np.flatnonzero(runs == run)
    return _log(table.take(arrow_numbers(chosen)).combine_chunks(), place, first + chosen)


def _groups_with(file: Any, run: int) -> tuple[list[int], int]:
    """Row groups that may hold a run, and the position of the first of their rows."""
    groups: list[int] = []
    first = before = 0
    for k in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(k)
        seen = group.column(0).statistics
        if seen is None or seen.min <= run <= seen.max:
            first = first if groups else before
            groups.append(k)
        before += group.num_rows
    return groups, first


def _log(table: pyarrow.Table, place: Place, rows: NDArray[np.int64]) -> Log:
    titles: dict[str, int] = {}
    partner = _codes(table, "partner", place.partners.ids)
    other = _codes(table, "other", place.partners.ids)
    words = {
        "what": _codes(table, "event", [w.code for w in What]), "partner": partner, "other": other,
        "outcome": _codes(table, "outcome", [o.code for o in Outcome if o >= 0]),
        "reason": _codes(table, "reason", [b.code for b in Blocker]),
        "background": _codes(table, "background", [b.name.lower() for b in Background]),
        "title": np.array([NOBODY if t is None else titles.setdefault(t, len(titles))
                           for t in table.column("title").to_pylist()], np.int64),
        "tie": _ties(place, partner, other), "row": rows,
    }

    def column(name: str) -> NDArray[Any]:
        if name in words:
            return words[name]
        if name in INTEGERS:
            return numpy_of(table.column(name), NOBODY).astype(np.int64)
        return numpy_of(table.column(name), np.nan).astype(np.float32)

    return Log(**{name: column(name) for name in COLUMNS}, titles=tuple(titles))


def _codes(table: pyarrow.Table, name: str, words: Sequence[str]) -> NDArray[np.int64]:
    """A column of words as indices into `words`, −1 for none."""
    column = table.column(name).combine_chunks()
    if len(column) == 0:
        return np.zeros(0, np.int64)
    position = {word: k for k, word in enumerate(words)}
    own = np.array([position[word] for word in column.dictionary.to_pylist()] + [NOBODY], np.int64)
    return np.asarray(own[numpy_of(column.indices, len(own) - 1)])


def _ties(place: Place, partner: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Index of the tie between two partners, −1 where there is no other."""
    size = len(place)
    known = place.ties.a * size + place.ties.b
    wanted = np.minimum(partner, other) * size + np.maximum(partner, other)
    found = np.searchsorted(known, wanted).clip(max=known.size - 1)
    return np.where(other >= 0, found, NOBODY)


def _data_parameters() -> set[str]:
    return {name for name, row in PARAMETERS.items() if row.scope is Scope.DATA}
