"""A claim is challenged from the command line: found, tried again, resumed, opened on the stage; mistakes are told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from experiments.claims.challenge import Challenge, Towards
from experiments.claims.claim import Sign
from experiments.claims.lanes import contrasts_at
from experiments.claims.ledger import claims_of, load_ledger, own_trial
from experiments.claims.stage_link import stage_link
from incentive_abm.cli import main
from incentive_abm.engine.run import Record, run
from incentive_abm.measures import Measure
from incentive_abm.place import generate_place, shipped_place
from incentive_abm.results.stage_link import read_link
from incentive_abm.results.turned_round import free_settings
from incentive_abm.scenario import load_scenario

CLAIMS = {claim.id: claim for claim in claims_of(load_ledger())}
EASY = ["--lever", "bailout=0.2:0.8", "--measure", "form", "--sign", "-", "--generations", "1"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("place")
    generate_place(3, 2, 1, 3, 2).save(folder)
    return folder


def told(small: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["challenge", *EASY, "--place", str(small), "--out", str(out)]) == 0
    return capsys.readouterr().out


def test_a_claim_of_ones_own_is_searched_and_a_second_time_nothing_is_run(small: Path, tmp_path: Path,
                                                                          capsys: pytest.CaptureFixture[str]) -> None:
    first = told(small, tmp_path / "out", capsys)
    kept = json.loads((tmp_path / "out" / "tried.json").read_text(encoding="utf-8"))
    assert "What would turn your claim round" in first
    assert len(kept["tried"]) > 150
    again = told(small, tmp_path / "out", capsys)
    assert again == first
    assert json.loads((tmp_path / "out" / "tried.json").read_text(encoding="utf-8")) == kept


def test_a_search_that_was_stopped_ends_as_one_that_was_not(small: Path, tmp_path: Path,
                                                            capsys: pytest.CaptureFixture[str]) -> None:
    whole = told(small, tmp_path / "whole", capsys)
    kept = json.loads((tmp_path / "whole" / "tried.json").read_text(encoding="utf-8"))
    (tmp_path / "part").mkdir()
    part = kept | {"tried": dict(list(kept["tried"].items())[:100])}
    (tmp_path / "part" / "tried.json").write_text(json.dumps(part), encoding="utf-8")
    assert told(small, tmp_path / "part", capsys).replace("part", "whole") == whole


def test_what_is_found_is_so_when_it_is_run_by_itself(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from incentive_abm.place import load_place

    told(small, tmp_path / "out", capsys)
    found = json.loads((tmp_path / "out" / "reversal.json").read_text(encoding="utf-8"))
    if not found["found"]:
        pytest.skip("on this place the search found nothing")
    values = {move["setting"]: move["to"] for move in found["moves"]}
    ends = [run(load_place(small), load_scenario("today").with_overrides({**values, "bailout": bailout}), range(1, 65), 60,
                Record.ENDINGS).last[:, Measure.FORM].mean() for bailout in (0.2, 0.8)]
    assert ends[1] - ends[0] == pytest.approx(found["there"][0], abs=1e-12)


@pytest.mark.parametrize(("given", "said"), [
    (["--claim", "01-11"], "001-11"),
    (["--claim", "004-3"], "nothing can turn it round"),
    (["--claim", "003-15"], "nothing can turn it round"),
    (["--claim", "001-11", "--sign", "+"], "not both"),
    ([], "--lever is missing"),
    (["--lever", "bailout=0.2:0.8", "--sign", "-"], "--measure is missing"),
    (["--lever", "bailuot=0.2:0.8", "--measure", "form", "--sign", "-"], "bailout"),
    (["--lever", "bailout=0.2", "--measure", "form", "--sign", "-"], "NAME=LOW:HIGH"),
    (["--lever", "bailout=0.2:1.8", "--measure", "form", "--sign", "-"], "bailout"),
    (["--lever", "bailout=0.2:0.2", "--measure", "form", "--sign", "-"], "expected two"),
    (["--lever", "compact=none:alliance", "--measure", "form", "--sign", "-"], "cannot be moved"),
    (["--lever", "bailout=0.2:0.8", "--measure", "fomr", "--sign", "-"], "form"),
])
def test_a_mistake_is_told_in_one_line_and_leaves_nothing(given: list[str], said: str, tmp_path: Path,
                                                          capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["challenge", *given, "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["{", '{"of": "another", "tried": {}}', "[]"])
def test_a_file_that_holds_something_else_is_told(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tried.json").write_text(text, encoding="utf-8")
    assert main(["challenge", *EASY, "--out", str(tmp_path)]) == 2
    assert "tried.json" in capsys.readouterr().err
    assert (tmp_path / "tried.json").read_text(encoding="utf-8") == text


def test_which_way_counts_as_turned_round() -> None:
    falls, rises = own_trial(["bailout=0.2:0.8"], "form", "-"), own_trial(["bailout=0.2:0.8"], "form", "+")
    contrast = np.array([-0.02, 0.0, 0.02])
    assert (Towards.AGAINST.reached(contrast, falls) >= 0).tolist() == [False, False, True]
    assert (Towards.AGAINST.reached(contrast, rises) >= 0).tolist() == [True, False, False]
    assert (Towards.FOR.reached(contrast, rises) >= 0).tolist() == [False, False, True]
    assert (Towards.EITHER.reached(contrast, rises) >= 0).tolist() == [True, False, True]
    assert rises.sign is Sign.UP


def test_everything_but_the_claims_own_settings_may_move() -> None:
    trial = CLAIMS["000-4"].trial
    assert trial is not None
    names = {row.name for row in free_settings(trial.moved)}
    assert not names & set(trial.moved)
    assert {"trust_start", "compact", "whole_way", "exit_patience"} <= names


def test_the_start_is_today(small: Path) -> None:
    trial = CLAIMS["000-5"].trial
    assert trial is not None
    challenge = Challenge(trial, shipped_place(), Towards.AGAINST)
    assert challenge.values(np.array([axis.start for axis in challenge.axes])) == {}
    assert contrasts_at(trial, generate_place(3, 2, 1, 3, 2), [{}], [1, 2]).shape == (1, 2)


def test_a_link_holds_both_sides_their_luck_and_the_place() -> None:
    trial = CLAIMS["002-10"].trial
    assert trial is not None
    held = read_link(stage_link(shipped_place(), trial, {"exit_patience": 7.0, "compact": 1.0}, 12))
    assert (held["a"]["parameters"]["horizon"], held["b"]["parameters"]["horizon"]) == (0.2, 0.8)
    assert held["a"]["parameters"]["exit_patience"] == 7
    assert held["b"]["parameters"]["compact"] == "alliance"
    assert (held["s"], held["p"], held["w"]) == (12, shipped_place().hash[:16], "B")
    assert len(held["a"]["events"]) == 10
