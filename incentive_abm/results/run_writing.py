"""Writing a run's folder: tables as they come, then manifest, place, scenario and report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from incentive_abm.engine.run import Record, Recorded
from incentive_abm.measured_runs import Measured, with_own
from incentive_abm.regimes import Endings
from incentive_abm.results.arrow_tables import Writer, events_table, measures_table, partners_table, runs_table, ties_table
from incentive_abm.results.log_gathering import gather
from incentive_abm.results.manifest import Plan, manifest
from incentive_abm.results.run_columns import EVENTS, MEASURES, PARTNERS, RUNS, TIES, own_columns
from incentive_abm.results.run_folder import MANIFEST

TABLES = {"measures": (MEASURES,), "events": (MEASURES, EVENTS), "everything": (MEASURES, EVENTS, PARTNERS, TIES)}
"""What each choice of `--record` keeps beside the table of runs."""
SCENARIO, REPORT = "scenario.toml", "report.html"
MOST_ROWS = 120_000
"""Rows of ties that are turned into a table at once, so that memory does not grow with a place's size."""


def engine_record(record: str) -> Record:
    """What an executor must record for a choice of `--record`."""
    return Record.MEASURES if record == "measures" else Record.EVENTS


def ending(part: Recorded) -> Recorded:
    """A batch without its quarters."""
    ends = Recorded(part.jobs, part.endings, part.last)
    return with_own(ends, part.own[:, -1:]) if isinstance(part, Measured) else ends


def split(part: Recorded, most: int) -> Iterator[Recorded]:
    """A batch in parts of at most so many runs."""
    ends = part.endings
    for first in range(0, len(part.jobs), most):
        some = slice(first, first + most)
        held = Recorded(
            part.jobs[some],
            Endings(ends.regime[some], ends.time_to_integration[some], ends.time_to_stall[some], ends.time_to_collapse[some]),
            part.last[some], None if part.measures is None else part.measures[some],
            None if part.partners is None else part.partners[some], None if part.ties is None else part.ties[some],
            None if part.logs is None else part.logs[some])
        yield with_own(held, part.own[some]) if isinstance(part, Measured) else held


class RunWriter:
    """Writes one run's tables into a folder, batch by batch, so that memory does not grow with the number of seeds."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.plan = folder, plan
        self._writers = {name: Writer(str(folder / f"{name}.parquet"), name) for name in TABLES[plan.record]}
        self._own = own_columns(plan.own)
        self._ends: list[Recorded] = []
        self._runs = 0

    def add(self, part: Recorded) -> None:
        """Write a batch. Raises OSError where it cannot be written."""
        rows = self.plan.quarters * len(self.plan.place.ties)
        for some in split(part, max(1, MOST_ROWS // rows)):
            self._add(some)

    def _add(self, part: Recorded) -> None:
        place, first = self.plan.place, self._runs
        self._writers[MEASURES].write(measures_table(part, first, self._own))
        if EVENTS in self._writers:
            log = gather(place, part, first, self._writers[EVENTS].rows)
            self._writers[EVENTS].write(events_table(place, log))
        if TIES in self._writers:
            self._writers[PARTNERS].write(partners_table(place, part, first))
            self._writers[TIES].write(ties_table(place, part, first))
        self._ends.append(ending(part))
        self._runs += len(part.jobs)

    def close(self) -> None:
        """Write what comes last: runs, place, scenario and the manifest, which names every file and the report to come."""
        runs = Writer(str(self.folder / f"{RUNS}.parquet"), RUNS)
        runs.write(runs_table(self.plan.place, self._ends, self._own))
        writers = {RUNS: runs, **self._writers}
        for writer in writers.values():
            writer.close()
        self.plan.place.save(self.folder / self.plan.place_folder)
        (self.folder / SCENARIO).write_text(self.plan.scenario.to_toml(), encoding="utf-8")
        files = (MANIFEST, SCENARIO, REPORT, self.plan.place_folder, *(f"{name}.parquet" for name in writers))
        told = manifest(self.plan, {name: writer.rows for name, writer in writers.items()}, files)
        (self.folder / MANIFEST).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def abandon(self) -> None:
        """Close open files without caring for what is in them."""
        for writer in self._writers.values():
            writer.discard()
