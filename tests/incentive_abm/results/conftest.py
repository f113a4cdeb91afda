"""One run, done once as a user would, that all tests of what a run leaves behind look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from incentive_abm.cli import main
from incentive_abm.results import Run, read_run

SCENARIO = """
title = "Much happens"
question = "What is told of a place in which much happens?"

[parameters]
turnover = 0.15
exit_chance = 0.8
exit_patience = 2
shock_rate = 0.2

[[events]]
quarter = 11
what = "reversal"
title = "a new government turns round"

[[events]]
quarter = 6
what = "leader"
kind = "council"
background = "integrator"
skill = 0.9
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of three runs of the shipped place over 24 quarters, everything recorded."""
    base = tmp_path_factory.mktemp("results")
    (base / "busy.toml").write_text(SCENARIO, encoding="utf-8")
    assert main(["run", "--scenario", str(base / "busy.toml"), "--seeds", "3", "--first-seed", "11", "--quarters", "24",
                 "--record", "everything", "--out", str(base / "out")]) == 0
    return base / "out"


@pytest.fixture(scope="session")
def run(folder: Path) -> Run:
    return read_run(folder)
