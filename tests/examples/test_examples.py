"""The worked examples run as printed, and do what they say."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from experiments.running.plan import Plan
from experiments.study import load_study
from incentive_abm.agents import Partner, Trust
from incentive_abm.kinds import Kind
from incentive_abm.measures import Measure
from incentive_abm.model import IntegrationModel
from incentive_abm.place import generate_place
from incentive_abm.rules import commitment

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def deals_with_hospitals(hospitals: type[Partner]) -> int:
    model = IntegrationModel(generate_place(1, 2, 2, 4, 2), "ten-lessons", quarters=8, partner_classes={Kind.TRUST: hospitals})
    model.run_model()
    return sum(tie.age > 0.0 for tie in model.ties if tie.with_trust)


def test_hospitals_that_stay_away_hold_no_deals_and_others_are_like_any() -> None:
    wary = example("wary_hospitals").WaryTrust
    always = type("AlwaysWary", (wary,), {"limit": -math.inf})
    never = type("NeverWary", (wary,), {"limit": math.inf})
    assert deals_with_hospitals(always) == 0
    assert deals_with_hospitals(never) == deals_with_hospitals(Trust) > 0


def test_effects_are_means_and_what_changes_them() -> None:
    shown = example("wary_hospitals")
    place = generate_place(1, 2, 2, 4, 2)
    effects = shown.effects(place, seeds=[1, 2], quarters=6)
    ends = [shown.ending(place, seed, 6, Trust)[0] for seed in (1, 2)]
    assert effects[Measure.DEALS][0] == sum(ends) / 2


def test_the_script_prints_a_comparison() -> None:
    run = "import wary_hospitals; wary_hospitals.main(seeds=[1], quarters=4)"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join([str(EXAMPLES), str(ROOT)])})
    assert done.returncode == 0, done.stderr
    assert "wary hospitals" in done.stdout
    assert done.stdout.strip().endswith("An exploration, not a forecast.")


def blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_code_in_the_guide_runs(capsys: pytest.CaptureFixture[str]) -> None:
    subclass = blocks()[0].replace("seed=1,", "seed=1, quarters=2,")
    exec(compile(subclass, "examples/README.md", "exec"), {})
    assert "integration" in capsys.readouterr().out


def test_every_method_the_guide_names_exists() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
    named = {name for row in rows for name in re.findall(r"`(\w+)\(", row)}
    assert len(named) > 12
    assert sorted(name for name in named if not callable(getattr(Partner, name, None))) == []


NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def code_of(notebook: Path) -> list[str]:
    told = json.loads(notebook.read_text(encoding="utf-8"))
    assert told["nbformat"] == 4
    cells = [cell for cell in told["cells"] if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells), "results are no part of the sources"
    return ["".join(cell["source"]) for cell in cells]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_its_first_cell_to_its_last(notebook: Path, tmp_path: Path) -> None:
    """Its cells are plain Python, so that no Jupyter is needed to hold them to what they say."""
    pytest.importorskip("xarray")
    shutil.copytree(EXAMPLES / "borsetshire", tmp_path / "borsetshire")
    lines = [line for cell in code_of(notebook) for line in cell.splitlines()]
    assert not [line for line in lines if line.startswith(("%", "!"))]
    script = tmp_path / "cells.py"
    script.write_text("\n".join(lines) + "\nprint('joined_up' in globals() and dict(joined_up.sizes))\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-W", "error::FutureWarning", script.name], capture_output=True, text=True,
                          check=False, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    assert "{'way': 2, 'run': 40, 'quarter': 60}" in done.stdout
    assert "Borsetshire: 6 partners" in done.stdout
    assert "An exploration, not a forecast." in (tmp_path / "from-a-file-to-a-picture.html").read_text(encoding="utf-8")


def test_the_study_of_an_own_decision_puts_it_beside_the_shipped_one() -> None:
    plan = Plan.of(load_study(str(EXAMPLES / "own_decision.toml")))
    own = next(rules for rules in plan.rule_sets if len(rules.instead) == 2)
    assert own.instead["commitment.at_the_table"](0.0, 0.5, 1.0, float(Kind.TRUST), -0.01) == 0.0
    assert own.instead["commitment.at_the_table"](0.0, 0.5, 1.0, float(Kind.COUNCIL), -0.01) == 1.0
    assert own.instead["commitment.votes_yes"](0.01) == 0.0
    assert commitment.votes_yes(0.01) == own.instead["commitment.votes_yes"](0.02) == 1.0


def test_the_study_of_an_own_measure_asks_about_it() -> None:
    study = load_study(str(EXAMPLES / "own_measure.toml"))
    assert study.outcome == "weakest_trust"
    assert set(study.keep) == {each.name for each in study.own} == {"weakest_trust", "left_alone"}
    assert Plan.of(study).fingerprint["measure weakest_trust"] == study.own[0].hash


def test_the_study_of_an_own_rule_puts_it_beside_the_shipped_one() -> None:
    plan = Plan.of(load_study(str(EXAMPLES / "own_rule.toml")))
    assert plan.n_runs == 10_000
    assert sorted(len(rules.instead) for rules in plan.rule_sets) == [0, 1]
