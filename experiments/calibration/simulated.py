"""Runs of the model at many settings, by the machinery of sweeps: each setting under each scenario on each place."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from experiments.calibration.calibration_study import Calibration
from experiments.calibration.observed import Floats, Observation
from experiments.designs.samples import latin_hypercube
from experiments.result_columns import BY_QUARTER
from experiments.running.plan import Plan
from experiments.running.run_sweep import run_sweep
from experiments.running.stored_sweep import StoredSweep
from experiments.running.sweep_folder import ANOTHER
from experiments.running.workers import local
from experiments.study import study_from_text
from incentive_abm.errors import StudyError
from incentive_abm.files import write_text_whole

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Asked:
    """What is to be run: settings (a column a parameter), scenarios, measures kept by quarter."""

    settings: pd.DataFrame
    scenarios: tuple[str, ...]
    series: tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """A measure under a scenario by setting, run and quarter, for each (scenario, measure) asked for."""

    values: dict[tuple[str, str], Floats]
    sweep: str
    source: str
    runs: int

    def read(self, each: Observation) -> Floats:
        """The observed number as each setting gives it, without error of observation."""
        return each.over_runs(self.of_runs(each))

    def of_runs(self, each: Observation) -> Floats:
        """The same by setting and run."""
        values = self.values[(each.scenario, each.measure)]
        return each.of_runs(values.reshape(-1, values.shape[2])).reshape(values.shape[:2])


def prior_settings(study: Calibration) -> pd.DataFrame:
    """A Latin hypercube over the priors: a row a setting."""
    return latin_hypercube([each.factor for each in study.priors], study.points, study.seed)[study.names]


def simulate(study: Calibration, asked: Asked, out: Path, workers: int) -> Series:
    """Run what is missing of it in a folder and read it; can be stopped at any moment. Raises StudyError where runs failed."""

    with TemporaryDirectory() as waiting:  # nothing is written into the folder before its sweep is known to fit
        plan = Plan.of(study_from_text(_written(study, asked, Path(waiting)), study.name, Path(waiting)))
    swept = run_sweep(plan, out / "sweep", local(plan.context, min(workers, plan.n_chunks), threads=True),
                      words=sys.stderr, otherwise=ANOTHER)
    _written(study, asked, out)
    if not swept.complete or swept.manifest["runs_failed"]:
        raise StudyError(f"{out / 'sweep'}: {swept.manifest['runs_failed']:,} runs failed; failures.json there tells why. "
                         "A calibration needs every run")
    table = StoredSweep(swept.folder).rows()
    count, scenarios = len(asked.settings), len(asked.scenarios)
    point = table.column("point").to_numpy()
    order = np.lexsort((table.column("replicate").to_numpy(), point))
    runs = len(study.places) * study.replicates
    values: dict[tuple[str, str], Floats] = {}
    for name in asked.series:
        column = table.column(name + BY_QUARTER).combine_chunks()
        whole = np.asarray(column.flatten().to_numpy(zero_copy_only=False), np.float64).reshape(len(point), -1)[order]
        # Points stand by setting, scenario and place; replicates of a point together.
        shaped = whole.reshape(count, scenarios, runs, whole.shape[1])
        values |= {(scenario, name): shaped[:, k] for k, scenario in enumerate(asked.scenarios)}
    return Series(values, plan.context.key, plan.context.source, plan.n_runs)


def _written(study: Calibration, asked: Asked, folder: Path) -> str:
    """The study of these runs and its points, written into a folder; returns the study's text."""
    rows = asked.settings.loc[asked.settings.index.repeat(len(asked.scenarios) * len(study.places))].reset_index(drop=True)
    if len(asked.scenarios) > 1:
        rows["scenario"] = np.tile(np.repeat(asked.scenarios, len(study.places)), len(asked.settings))
    if len(study.places) > 1:
        rows["place"] = np.tile([each.name for each in study.places], len(asked.settings) * len(asked.scenarios))
    write_text_whole(folder / "points.csv", str(rows.to_csv(index=False, lineterminator="\n")))
    words = [json.dumps(each, ensure_ascii=False) for each in asked.scenarios]
    lines = [
        f"title = {json.dumps(study.title, ensure_ascii=False)}", f"question = {json.dumps(study.question, ensure_ascii=False)}",
        'about = "Written by incentive-abm calibrate."', f"seed = {study.seed}", f"quarters = {study.quarters}",
        f"replicates = {study.replicates}", "common_luck = false", f"keep_series = {json.dumps(list(asked.series))}",
        *([f"scenario = {words[0]}"] if len(words) == 1 else []), study.places_text,
        *(f"[factors.{each.name}]\nlow = {each.factor.low!r}\nhigh = {each.factor.high!r}" for each in study.priors),
        *([f"[scenarios]\nchoices = [{', '.join(words)}]"] if len(words) > 1 else []),
        '[design]\nmethod = "points"\nfile = "points.csv"',
    ]
    text = "\n".join(lines) + "\n"
    write_text_whole(folder / "study.toml", text)
    return text
