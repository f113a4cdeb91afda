"""What is known after the data: read strictly, drawn as often as weights say, put into a scenario, told by every result."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from incentive_abm.cli import main
from incentive_abm.errors import UserError
from incentive_abm.place import shipped_place
from incentive_abm.results import read_run
from incentive_abm.scenario import load_scenario
from incentive_abm.scenario.posterior import ORIGIN, read_posterior, shipped_posteriors, with_row

Printed = pytest.CaptureFixture[str]
TABLE = "weight,trust_start,shock_rate\n0.75,0.2,0.1\n0.25,0.8,0.3\n"
SHORT = ("--seeds", "2", "--quarters", "8")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ours.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def learnt(table: Path, places: dict[str, str], of: str = TABLE) -> None:
    told = {"posterior": hashlib.sha256(of.encode()).hexdigest(), "places": places}
    (table.parent / ORIGIN).write_text(json.dumps(told), encoding="utf-8")


def test_a_setting_is_drawn_as_often_as_its_weight_says_and_the_same_for_the_same_number(table: Path) -> None:
    found = read_posterior(table)
    lines = [found.row(draw).line for draw in range(1, 2001)]
    assert lines == [found.row(draw).line for draw in range(1, 2001)]
    assert np.mean(np.array(lines) == 2) == pytest.approx(0.75, abs=0.03)
    assert set(lines) == {2, 3}


def test_lines_are_those_of_the_file_where_some_are_empty(table: Path) -> None:
    table.write_text("weight,trust_start\n\n0,0.3\n\n1,0.8\n", encoding="utf-8")
    assert read_posterior(table).row(1).line == 5


@pytest.mark.parametrize(("text", "told"), [
    ("", "there is no column weight"),
    ("a,b\n1,2\n", "there is no column weight"),
    ("weight\n1\n", "at least one parameter beside weight"),
    ("weight,trust_start\n", "there is no setting below the heading"),
    ("weight,trust_strt\n1,0.2\n", "did you mean trust_start"),
    ("weight,trust_start,trust_start\n1,0.2,0.2\n", "two columns trust_start"),
    ("weight,trust_start\n1,0.2,0.3\n", "line 2: 3 cells; expected 2"),
    ("weight,trust_start\n1,0.2\n1,2\n", "line 3: trust_start is 2; expected a number from 0.05 to 0.95"),
    ("weight,trust_start\n1,nan\n", "line 2: trust_start is nan"),
    ("weight,trust_start\n1,\n", "line 2: trust_start is ''; expected a number"),
    ("weight,trust_start\n-1,0.2\n", "line 2: weight is '-1'; expected 0 or more"),
    ("weight,trust_start\n0,0.2\n", "the weights are all 0"),
    ("weight,exit\n1,2\n", "'exit' is no number that a study can vary"),
])
def test_what_is_no_posterior_is_told_and_leaves_nothing(table: Path, text: str, told: str, capsys: Printed) -> None:
    table.write_text(text, encoding="utf-8")
    assert main(["run", *SHORT, "--posterior", str(table), "--out", str(table.parent / "out")]) == 2
    assert told in capsys.readouterr().err
    assert not (table.parent / "out").exists()


@pytest.mark.parametrize(("more", "told"), [
    (["--set", "trust_start=0.4"], "--set trust_start: it is drawn from"),
    (["--scenario", "mine.toml"], "set by the scenario mine; it can follow only one"),
    (["--scenario", "later.toml"], "set by the scenario later; it can follow only one"),
    (["--draw", "0"], "0 is not a whole number from 1"),
])
def test_a_number_follows_only_one(table: Path, more: list[str], told: str, capsys: Printed,
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(table.parent)
    Path("mine.toml").write_text('title = "Mine"\n[parameters]\ntrust_start = 0.3\n', encoding="utf-8")
    Path("later.toml").write_text('title = "Later"\n[[events]]\nquarter = 3\nwhat = "set"\nparameters = { shock_rate = 0.2 }\n',
                                  encoding="utf-8")
    assert main(["run", *SHORT, "--posterior", "ours.csv", *more, "--out", "out"]) == 2
    assert told in capsys.readouterr().err


def test_results_carry_which_setting_it_was_and_the_same_draw_gives_the_same(table: Path, capsys: Printed) -> None:
    for name in ("one", "two"):
        assert main(["run", *SHORT, "--posterior", str(table), "--draw", "4", "--out", str(table.parent / name)]) == 0
    told = capsys.readouterr().out
    run = read_run(table.parent / "one")
    row = read_posterior(table).row(4)
    kept = run.manifest["posterior"]
    assert (kept["line"], kept["draw"], kept["settings"]) == (row.line, 4, 2)
    assert kept["hash"] == hashlib.sha256(TABLE.encode()).hexdigest()
    assert kept["set"] == dict(row.values) == {name: run.manifest["parameters"][name] for name in ("trust_start", "shock_rate")}
    page = (table.parent / "one" / "report.html").read_text(encoding="utf-8")
    for text in (told, page, run.scenario.source):
        assert f"line {row.line} of ours.csv (SHA-256 {kept['hash'][:16]}…), one of 2 settings, draw 4" in text
    assert run.runs.equals(read_run(table.parent / "two").runs)


def test_a_scenario_of_a_setting_can_be_saved_and_runs_the_same_anywhere(table: Path, capsys: Printed,
                                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(table.parent)
    assert main(["scenarios", "today", "--posterior", "ours.csv", "--draw", "4"]) == 0
    Path("known.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    there = with_row(load_scenario("today"), read_posterior(table).row(4))
    assert load_scenario("known.toml").hash == there.hash
    assert dict(there.parameters)["trust_start"] in (0.2, 0.8)
    assert main(["run", *SHORT, "--posterior", "ours.csv", "--draw", "4", "--out", "drawn"]) == 0
    assert load_scenario("drawn/scenario.toml").hash == there.hash
    assert main(["run", *SHORT, "--scenario", "known.toml", "--out", "saved"]) == 0
    assert read_run("saved").runs.equals(read_run("drawn").runs)


@pytest.mark.parametrize(("arguments", "told"), [
    (["scenarios", "--posterior", "published-patterns"], "which scenario is to hold it?"),
    (["scenarios", "today", "--draw", "2"], "nothing is drawn; expected --posterior"),
    (["scenarios", "today", "--posterior", "published-paterns"], "did you mean published-patterns?"),
    (["run", "--posterior", "gone.csv"], "there is no posterior file gone.csv"),
])
def test_what_was_forgotten_is_told(arguments: list[str], told: str, capsys: Printed) -> None:
    assert main(arguments) == 2
    assert told in capsys.readouterr().err


def test_what_is_known_of_one_place_is_not_taken_for_another(table: Path) -> None:
    place = shipped_place()
    learnt(table, {"elsewhere": "0" * 64})
    with pytest.raises(UserError, match="known of one other place, elsewhere"):
        read_posterior(table).check_place(place)
    learnt(table, {"here": place.hash})
    read_posterior(table).check_place(place)
    learnt(table, {"one": "0" * 64, "other": "1" * 64})
    found = read_posterior(table)
    found.check_place(place)
    assert "data of one, other" in found.row(1).told


def test_a_table_that_was_changed_after_it_was_written_is_told(table: Path) -> None:
    learnt(table, {"here": "0" * 64}, of=TABLE + "0.1,0.3,0.1\n")
    with pytest.raises(UserError, match="is not the posterior that"):
        read_posterior(table)


@pytest.mark.parametrize("told", ["[1]", "{}", '{"places": ["system-1"], "runs": 4}'])
def test_what_another_command_left_beside_it_says_nothing_of_it(table: Path, told: str) -> None:
    (table.parent / ORIGIN).write_text(told, encoding="utf-8")
    assert read_posterior(table).places == {}


def test_the_shipped_ones_are_read_and_go_with_every_shipped_scenario() -> None:
    files = shipped_posteriors()
    assert files.names() == ("published-patterns",)
    for name in files.names():
        row = read_posterior(files.find(name)).row(1)
        assert with_row(load_scenario("ten-lessons"), row).hash != load_scenario("ten-lessons").hash
