"""The Python door: one obvious place for names, light to open, as well guarded as the command, and typed for users."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

import incentive_abm as door
from incentive_abm import UserError, generate_place, load_scenario, run, shipped_place
from tests.examples_in_docstrings import run_examples

ROOT = Path(__file__).parents[2]
FUNCTIONS = sorted(name for name in door.__all__ if inspect.isfunction(getattr(door, name)))
HEAVY = {"numba", "pandas", "mesa", "networkx", "plotly", "pyarrow", "xarray", "scipy"}


def modules_after(code: str) -> set[str]:
    """Modules loaded by a fresh process after some code."""
    told = subprocess.run([sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True,
                          check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return set(told.stdout.split())


def test_opening_the_door_loads_nothing_of_ours_and_nothing_heavy() -> None:
    before, after = modules_after(""), modules_after("import incentive_abm")
    assert {name for name in after - before if name.startswith("incentive_abm")} == {"incentive_abm"}
    assert len(after - before) < 25


@pytest.mark.parametrize(("names", "spared"), [
    ("Kind, Regime, UserError", HEAVY | {"numpy"}),
    ("load_place, place_from_graph, import_place, Place, check_place", HEAVY - {"scipy"} | {"scipy"}),
    ("load_scenario, Scenario, Event", HEAVY),
])
def test_a_name_loads_only_what_it_needs(names: str, spared: set[str]) -> None:
    assert not modules_after(f"from incentive_abm import {names}") & spared


def test_every_name_of_the_door_is_there_and_no_other() -> None:
    for name in door.__all__:
        assert getattr(door, name) is not None
    assert set(door.__all__) <= set(dir(door))
    with pytest.raises(AttributeError, match="no attribute 'load_plaice'"):
        _ = door.load_plaice  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [*FUNCTIONS, "IntegrationModel"])
def test_every_function_has_an_example_that_runs_as_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run_examples(getattr(door, name), name)


SEEDS: list[tuple[Any, str]] = [
    ([], "seeds is empty"), ([-1], r"seeds\[0\] is -1"), ([1.5], r"seeds\[0\] is 1.5"), ([2**63], r"seeds\[0\] is 92233"),
    ([True], r"seeds\[0\] is True"), ([1, 1], "seeds holds 1 twice"), (["1"], r"seeds\[0\] is '1'"), (7, "seeds is 7"),
    ("12", "seeds is '12'"), ([None], r"seeds\[0\] is None"), (np.array([1.5]), r"seeds\[0\] is"), ([np.nan], r"seeds\[0\] is"),
    ([np.True_], r"seeds\[0\] is"), ([float("inf")], r"seeds\[0\] is inf"),
]


@pytest.mark.parametrize(("seeds", "told"), SEEDS, ids=[repr(seeds) for seeds, _ in SEEDS])
def test_seeds_that_are_none_are_refused(seeds: Any, told: str) -> None:
    with pytest.raises(UserError, match=f"{told}.*expected|{told}.*one run"):
        run(shipped_place(), load_scenario("today"), seeds)


def test_whole_numbers_of_numpy_are_seeds() -> None:
    place, today = generate_place(np.int64(3), 1, 1, 2, 1), load_scenario("today")  # type: ignore[arg-type]
    plain, numpys = (run(place, today, seeds, quarters=2) for seeds in ([5, 2**63 - 1], np.array([5, 2**63 - 1])))
    assert plain.last.tobytes() == numpys.last.tobytes()
    assert [job.seed for job in numpys.jobs] == [5, 2**63 - 1]


@pytest.mark.parametrize(("call", "told"), [
    (lambda: run("marlshire", load_scenario("today"), [1]), "place is 'marlshire'; expected a Place"),  # type: ignore[arg-type]
    (lambda: run(shipped_place(), "today", [1]), "scenario is 'today'; expected a Scenario"),  # type: ignore[arg-type]
    (lambda: run(shipped_place(), load_scenario("today"), [1], quarters=0), "quarters is 0; expected a whole number from 1"),
    (lambda: run(shipped_place(), load_scenario("today"), [1], quarters=1.5), "quarters is 1.5"),  # type: ignore[arg-type]
    (lambda: run(shipped_place(), load_scenario("today"), [1], record="all"), "record is 'all'"),  # type: ignore[arg-type]
    (lambda: run(shipped_place(), load_scenario("today"), [1], threads=0), "threads is 0; expected a whole number from 1"),
    (lambda: generate_place(-1), "seed is -1; expected a whole number from 0 to 2.64"),
    (lambda: generate_place(1, trusts=1.5), "is 1.5; expected a whole number from 0 to 999,999"),  # type: ignore[arg-type]
    (lambda: generate_place(1, ties=True), "ties is True; expected a whole number from 1"),
    (lambda: door.IntegrationModel(seed=-1), "seed is -1"),
    (lambda: door.IntegrationModel(seed=1.5), "seed is 1.5"),  # type: ignore[arg-type]
    (lambda: door.IntegrationModel(seed=2**63), "seed is 92233"),
    (lambda: door.IntegrationModel(quarters=0), "quarters is 0"),
    (lambda: door.place_from_graph(nx.Graph(), "empty"), "there are no partners"),
    (lambda: door.place_from_graph({"a": "b"}, "x"), "graph is .* expected a networkx graph"),  # type: ignore[arg-type]
])
def test_every_door_is_guarded_with_the_same_words(call: Callable[[], object], told: str) -> None:
    with pytest.raises(UserError, match=told):
        call()


SCRIPT = '''
from pathlib import Path

from incentive_abm import (
    IntegrationModel, Kind, Measure, Parallel, Place, Record, Regime, Result, Scenario, UserError, check_place, generate_place,
    load_place, load_scenario, place_from_graph, read_run, run, shipped_place,
)
from incentive_abm.agents import Trust


class Wary(Trust):
    def at_the_table(self) -> bool:
        return self.balance >= 0.0 and super().at_the_table()


def share(place: Place, scenario: Scenario) -> float:
    result: Result = run(place, scenario, seeds=range(1, 4), quarters=4, record=Record.PICTURES)
    frame = result.to_frame("measures")
    assert frame["integration"].max() <= 1.0
    assert result.measures is not None
    return float(result.measures[:, -1, Measure.INTEGRATION].mean()) + float((result.endings.regime == Regime.INTEGRATED).mean())


try:
    mine: Place = load_place(Path("nowhere"))
except UserError as error:
    mine = shipped_place()
    print(error)
print(check_place(mine).income, len(generate_place(3, trusts=2)), share(mine, load_scenario("today")))
model = IntegrationModel(mine, "today", seed=1, quarters=2, partner_classes={Kind.TRUST: Wary})
print(Parallel.ADDED.value, place_from_graph(mine.to_graph(), "again", parallel=Parallel.LARGEST).hash == mine.hash)
'''


def test_a_users_script_passes_mypy_strict_and_runs(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    here = {**os.environ, "PYTHONPATH": str(ROOT), "MYPYPATH": str(ROOT)}
    checked = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--ignore-missing-imports",
                              "--config-file=", "--cache-dir", str(tmp_path / "cache"), str(script)],
                             capture_output=True, text=True, check=False, env=here, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, env=here, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("there is no folder nowhere")
    assert done.stdout.splitlines()[-1] == "added True"


def test_a_users_mistake_in_types_is_seen(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("from incentive_abm import load_scenario, run\nrun('marlshire', load_scenario('today'), seeds=['1'])\n")
    checked = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--ignore-missing-imports",
                              "--config-file=", "--cache-dir", str(tmp_path / "cache"), str(script)],
                             capture_output=True, text=True, check=False, cwd=tmp_path,
                             env={**os.environ, "PYTHONPATH": str(ROOT), "MYPYPATH": str(ROOT)})
    assert checked.stdout.count("error:") >= 2, checked.stdout
