"""The job script for Slurm, with Slurm's own variables and without Slurm."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from small_study import ROOT, SMALL, plan_of, results, swept

SCRIPT = ROOT / "docs" / "cluster" / "sweep.sbatch"


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_tasks_of_an_array_make_one_table_together(tmp_path: Path) -> None:
    study, out, venv = tmp_path / "small.toml", tmp_path / "out", tmp_path / "venv"
    study.write_text(SMALL, encoding="utf-8")
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "activate").write_text(f'PATH="{venv}/bin:$PATH"\n', encoding="utf-8")
    command = venv / "bin" / "incentive-abm"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m incentive_abm "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    tasks = []
    for number in (1, 2):
        slurm = {"SLURM_ARRAY_TASK_ID": str(number), "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_CPUS_PER_TASK": "1"}
        tasks.append(
            subprocess.Popen(
                ["bash", SCRIPT, study, out],
                cwd=ROOT,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": str(ROOT), "INCENTIVE_ABM_VENV": str(venv), **slurm},
            )
        )
    for task in tasks:
        _, err = task.communicate(timeout=120)
        assert task.returncode == 0, err
    assert swept(plan_of(), tmp_path / "alone").complete
    pd.testing.assert_frame_equal(results(out), results(tmp_path / "alone"), check_exact=True)
