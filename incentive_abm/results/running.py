"""Runs from Python: one function, whose result is arrays, tables or labelled arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine import run as engine
from incentive_abm.engine.run import Record
from incentive_abm.errors import ScenarioError, UserError, quoted
from incentive_abm.given_numbers import checked_seeds, whole_number
from incentive_abm.measured_runs import Measured, check_finite, joined_measured, stream_measured, with_own
from incentive_abm.place import Place
from incentive_abm.results.arrow_tables import events_table, measures_table, partners_table, runs_table, ties_table
from incentive_abm.results.labelled import dataset
from incentive_abm.results.log_gathering import gather
from incentive_abm.results.run_columns import EVENTS, MEASURES, PARTNERS, RUNS, TAKEN, TIES, check_frame, own_columns
from incentive_abm.scenario import Scenario
from incentive_abm.user_measures import OwnMeasure, chosen_measures

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True, kw_only=True)
class Result(Measured):
    """What was kept of runs of one scenario in one place: arrays (see `Measured`), tables and labelled arrays."""

    place: Place
    own_measures: tuple[OwnMeasure, ...] = ()

    def to_frame(self, table: str = RUNS) -> pd.DataFrame:
        """One table as a run's folder would hold it: runs, measures, events, partners or ties, whose columns
        `docs/tables.md` tells. Raises UserError for what was not recorded."""
        check_frame(table, UserError)
        lacking = {MEASURES: self.measures is None, EVENTS: self.logs is None, PARTNERS: self.partners is None,
                   TIES: self.ties is None}
        if lacking.get(table, False):
            needed = {MEASURES: "MEASURES", EVENTS: "EVENTS"}.get(table, "PICTURES")
            raise UserError(f"{table} were not recorded; run again with record=Record.{needed}")
        columns = own_columns(self.own_measures)
        if table == RUNS:
            made = runs_table(self.place, [self], columns)
        elif table == MEASURES:
            made = measures_table(self, 0, columns)
        elif table == EVENTS:
            made = events_table(self.place, gather(self.place, self, 0, 0))
        else:
            made = (partners_table if table == PARTNERS else ties_table)(self.place, self, 0)
        frame: pd.DataFrame = made.to_pandas()
        return frame

    def to_xarray(self) -> xr.Dataset:
        """Everything that was recorded, but for events, with the dimensions run, quarter, measure, partner and tie (see
        `labelled.dataset`). Raises UserError where xarray is not installed."""
        kept = (RUNS, *(name for name, has in ((MEASURES, self.measures), (PARTNERS, self.partners), (TIES, self.ties))
                        if has is not None))
        return dataset(self.place, {name: self.to_frame(name) for name in kept},
                       {"place": self.place.hash, "scenario": self.jobs[0].scenario.hash,
                        "rules": self.jobs[0].rules.told}, [each.name for each in self.own_measures])


def run(place: Place, scenario: Scenario, seeds: Iterable[int], quarters: int = 60, record: Record = Record.MEASURES,
        threads: int | None = None, progress: Callable[[int], None] | None = None, rules: RuleSet = SHIPPED,
        own: Sequence[OwnMeasure] = ()) -> Result:
    """Run one scenario with many seeds on the compiled engine; the same seeds give the same numbers anywhere.

    Raises UserError for seeds that are none, other arguments out of range, or a scenario that does not fit the place.
    `progress` is told the number of runs done so far; `rules` are made by `rule_set`, `own` by
    `own_measures`.

    >>> from incentive_abm import Regime, load_scenario, run, shipped_place
    >>> result = run(shipped_place(), load_scenario("ten-lessons"), seeds=range(1, 4), quarters=8)
    >>> result.to_frame()[["run", "seed", "regime"]].shape
    (3, 3)
    >>> result.to_frame("measures").groupby("quarter")["integration"].mean().shape
    (8,)
    >>> run(shipped_place(), load_scenario("today"), seeds=[])
    Traceback (most recent call last):
    incentive_abm.errors.UserError: seeds is empty; expected at least one, for example [1]
    """
    if not isinstance(place, Place):
        raise UserError(f'place is {quoted(place)}; expected a Place, for example load_place("borsetshire") or shipped_place()')
    if not isinstance(scenario, Scenario):
        raise ScenarioError(f'scenario is {quoted(scenario)}; expected a Scenario, for example load_scenario("today")')
    if not isinstance(record, Record):
        raise UserError(f"record is {quoted(record)}; expected one of {', '.join(f'Record.{each.name}' for each in Record)}")
    if not isinstance(rules, RuleSet):
        raise UserError(f'rules are {quoted(rules)}; expected a set of rules, for example rule_set("bargaining=nash")')
    workers = None if threads is None else whole_number(threads, "threads", 1, 1024)
    length = whole_number(quarters, "quarters", 1, 100_000)
    if not own:
        plain = engine.run(place, scenario, checked_seeds(seeds), length, record, workers, progress, rules)
        found = with_own(plain, np.empty((len(plain.jobs), length, 0)))
    else:
        jobs = [engine.Job(scenario, seed, rules) for seed in checked_seeds(seeds)]
        found = _measured(place, jobs, length, record, own, workers, progress)
    return Result(place=place, own_measures=tuple(own), **{name: getattr(found, name) for name in Measured.__dataclass_fields__})


def _measured(place: Place, jobs: Sequence[engine.Job], quarters: int, record: Record, own: Sequence[OwnMeasure],
              threads: int | None, progress: Callable[[int], None] | None) -> Measured:
    parts: list[Measured] = []
    for part in stream_measured(place, jobs, quarters, record, own, threads):
        parts.append(part)
        check_finite(own, part)
        if progress is not None:
            progress(sum(len(each.jobs) for each in parts))
    return joined_measured(parts)


def own_measures(*written: str, folder: str | Path = "") -> tuple[OwnMeasure, ...]:
    """Measures of your own, from files, for `run`: functions of ties, partners and place, as in docs/change-the-model.md.

    folder: where files are looked for, the current one where none is given. Raises UserError for a file or a function that
    cannot be used; each is compiled to see that it can be.

    >>> from incentive_abm import own_measures
    >>> own_measures()
    ()
    >>> own_measures("my_measures.py:weakest_trust")  # first: a file as examples/my_measures.py
    Traceback (most recent call last):
    incentive_abm.errors.UserError: my_measures.py:weakest_trust: the file my_measures.py cannot be read: ...
    """
    return chosen_measures(written, Path(folder), TAKEN)
