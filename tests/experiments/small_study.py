"""A study small enough to be swept in a second or two, and the means to sweep it here or in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.running.dispatch import Shard
from experiments.running.plan import Plan
from experiments.running.run_sweep import Swept, run_sweep
from experiments.running.workers import Workers, local
from experiments.study import load_study, study_from_text

ROOT = Path(__file__).parent.parent.parent
SMALL = """
title = "Small"
question = "Does it come out the same?"
quarters = 12
replicates = 8
keep = ["trust"]
keep_series = ["integration"]

[places.one]
generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }
[places.other]
generate = { seed = 4, trusts = 2, councils = 1, gps = 4, voluntary = 2 }

[factors.bailout]
[factors.directives]
[factors.protocol]
[factors.objectives]
on = { obligations_clarity = 0.8, outcomes_stated = 0.8 }

[design]
method = "latin_hypercube"
points = 24
"""
LONGER = """
title = "Longer"
question = "Is anything lost?"
quarters = 60
replicates = 16
[factors.bailout]
[factors.relational_space]
[design]
method = "latin_hypercube"
points = 64
"""


def plan_of(text: str = SMALL, folder: Path | None = None) -> Plan:
    return Plan.of(study_from_text(text, "small", folder or Path()))


def swept(
    plan: Plan,
    folder: Path,
    begin: Callable[[], Workers] | None = None,
    *,
    shard: Shard | None = None,
    most_runs: int | None = None,
    fresh: bool = False,
    retry_failed: bool = False,
) -> Swept:
    """A session in this process, without words."""
    return run_sweep(
        plan,
        folder,
        begin or local(plan.context, 1, threads=False),
        shard=shard,
        most_runs=most_runs,
        fresh=fresh,
        retry_failed=retry_failed,
        words=StringIO(),
    )


def results(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / "results.parquet")


def same(folder: Path, reference: Path) -> None:
    """Require two sweeps to have the same rows, to the last bit."""
    pd.testing.assert_frame_equal(results(folder), results(reference), check_exact=True)


def command(*arguments: object, **more: Any) -> subprocess.Popen[str]:
    """The command line in a process and a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "incentive_abm", *map(str, arguments)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **more,
    )


def swept_with_own_file(folder: Path, workers: int = 1) -> Path:
    """The sweep of a folder's `study.toml`, which takes from `mine.py` beside it; what is told stands in `words.txt`."""
    plan = Plan.of(load_study(folder / "study.toml"))
    run_sweep(plan, folder / "out", local(plan.context, workers, threads=False), words=(folder / "words.txt").open("w"))
    return folder / "out"


def folder_with_own_file(folder: Path, own: str, study: str) -> Path:
    """A study in a folder beside the file that it takes from."""
    (folder / "mine.py").write_text(own)
    (folder / "study.toml").write_text(study)
    return folder
