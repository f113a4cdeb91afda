"""What plans do in worlds: every plan meets the same settings of what is uncertain, on the same places, under the same luck."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.analysis.run_tables import Floats
from experiments.result_columns import BY_QUARTER
from experiments.robust.robust_study import RobustStudy
from experiments.running.plan import Plan as SweepPlan
from experiments.running.run_sweep import run_sweep
from experiments.running.stored_sweep import StoredSweep
from experiments.running.sweep_folder import ANOTHER
from experiments.running.workers import local
from experiments.study import study_from_text
from incentive_abm.errors import StudyError
from incentive_abm.files import write_text_whole
from incentive_abm.times import QUARTERS_A_YEAR

if TYPE_CHECKING:
    import pyarrow as pa

Plan = tuple[int, ...]
"""Of each lever, which of its options; 0 is as today."""


@dataclass(frozen=True)
class Outcomes:
    """What plans did, by plan and world: integration in the last year, and years until it was good enough (the whole run where
    it never was).

    also: of each other measure of the study the mean of the last year; design: the sweep's points; source: hash of the model.
    """

    last: Floats
    years: Floats
    also: tuple[Floats, ...]
    design: pd.DataFrame
    source: str
    runs: int


def effort(study: RobustStudy, plan: Plan) -> float:
    """How far levers are moved in all, each as a share of its range."""
    return float(sum(lever.efforts[k] for lever, k in zip(study.levers, plan, strict=True)))


def moved(plan: Plan) -> int:
    """How many levers are moved."""
    return sum(k > 0 for k in plan)


def play(study: RobustStudy, plans: Sequence[Plan], worlds: int, seed: int, out: Path, workers: int) -> Outcomes:
    """Run what is missing of plans in worlds drawn by a seed, in a folder; raises StudyError where runs failed."""
    with TemporaryDirectory() as waiting:  # nothing is written into the folder before its sweep is known to fit
        sweep = SweepPlan.of(study_from_text(_written(study, plans, worlds, seed, Path(waiting)), study.name, Path(waiting)))
    swept = run_sweep(sweep, out / "sweep", local(sweep.context, min(workers, sweep.n_chunks), threads=True),
                      words=sys.stderr, otherwise=ANOTHER)
    _written(study, plans, worlds, seed, out)
    if not swept.complete or swept.manifest["runs_failed"]:
        raise StudyError(f"{out / 'sweep'}: {swept.manifest['runs_failed']:,} runs failed; failures.json there tells why")
    table = StoredSweep(swept.folder).rows()
    order = np.argsort(table.column("point").to_numpy(), kind="stable")
    series, *others = (_series(table.column(each.code + BY_QUARTER))[order] for each in study.measures)
    design = sweep.design.sort_values("point")
    place = np.lexsort((design["future"].to_numpy(), design["policy"].to_numpy()))
    there = series >= study.good_from
    years = np.where(there.any(axis=1), 1 + there.argmax(axis=1), series.shape[1]) / QUARTERS_A_YEAR
    shape = (len(plans), -1)
    last, *also = (each[:, -QUARTERS_A_YEAR:].mean(axis=1)[place].reshape(shape) for each in (series, *others))
    return Outcomes(last, years[place].reshape(shape), tuple(also), design.iloc[place].reset_index(drop=True),
                    sweep.context.source, sweep.n_runs)


def _series(column: pa.ChunkedArray) -> Floats:
    """float64[run, quarter] of a measure that was kept for every quarter."""
    flat = np.asarray(column.combine_chunks().flatten().to_numpy(zero_copy_only=False), np.float64)
    return flat.reshape(len(column), -1)


def _written(study: RobustStudy, plans: Sequence[Plan], worlds: int, seed: int, folder: Path) -> str:
    """The study of a sweep and its plans, written into a folder; returns the study's text."""
    rows = pd.DataFrame([{lever.factor.name: lever.options[k] for lever, k in zip(study.levers, plan, strict=True)}
                         for plan in plans])
    write_text_whole(folder / "plans.csv", str(rows.to_csv(index=False, lineterminator="\n")))
    head, _, tables = study.head.partition("\n[")
    text = f'{head}\nseed = {seed}\n[{tables}[design]\nmethod = "crossed"\nfutures = {worlds}\npolicies = "plans.csv"\n'
    write_text_whole(folder / "study.toml", text)
    return text
