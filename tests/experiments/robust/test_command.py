"""incentive-abm robust from a study to plans and report, stopped and gone on with, and what it refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_of_a_study import ROOT, killed_and_gone_on_with, refused, written

from experiments.analysis.prim import Discovery
from experiments.robust.finding import Robust, vulnerable
from experiments.robust.page import markdown
from experiments.robust.robust_study import FILES, load_robust
from experiments.robust.worlds import Outcomes, effort, play
from experiments.robust.written import read, write_tables
from incentive_abm.cli import main
from incentive_abm.errors import StudyError

TINY = """
title = "Tiny"
question = "Which few levers?"
quarters = 16
population = 8
generations = 2
worlds = 8
fresh_worlds = 24
good_from = 0.02
most_levers = 2

[places.one]
generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }
[places.other]
generate = { seed = 4, trusts = 1, councils = 1, gps = 3, voluntary = 2 }

[levers.listening]
[levers.bailout]
[levers.protocol]
[levers.objectives]
on = { obligations_clarity = 0.8, outcomes_stated = 0.8 }

[uncertainties.trust_start]
[uncertainties.effect]
"""

ALSO = TINY.replace("most_levers = 2", "most_levers = 2\nalso = { blocker_nothing = 0.5 }")


def test_from_a_study_to_plans_and_a_page_and_again_from_what_a_stop_left(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                                          ) -> None:
    pytest.importorskip("pymoo")
    study, out = written(tmp_path, ALSO), tmp_path / "out"
    assert main(["robust", str(study), "--out", str(out), "--workers", "1"]) == 0
    plans = pd.read_csv(out / "tables" / "plans.csv")
    assert plans["levers"].max() <= 2
    assert (plans["levers"] == 0).sum() == 1, "today is told beside the others"
    assert ((plans["sure_low"] <= plans["sure"]) & (plans["sure"] <= plans["sure_high"])).all()
    assert (plans["regret"] >= 0.0).all()
    assert plans["blocker_nothing"].between(plans["blocker_nothing_low"], plans["blocker_nothing_high"]).all()
    assert (out / "report.html").read_text(encoding="utf-8").count("An exploration, not a forecast.") == 2
    assert "All figures here are of fresh worlds." in capsys.readouterr().out
    whole = (out / "tables" / "plans.csv").read_bytes()
    # What a stop in the middle leaves: a first generation, the second begun, nothing after.
    shutil.rmtree(out / "fresh")
    (out / "tables" / "plans.csv").unlink()
    parts = sorted((out / "search" / "001" / "sweep" / "parts").iterdir())
    parts[-1].unlink()
    (out / "search" / "001" / "sweep" / "results.parquet").unlink()
    assert main(["robust", str(study), "--out", str(out), "--workers", "1"]) == 0
    assert (out / "tables" / "plans.csv").read_bytes() == whole
    assert parts[-1].exists()


def test_plans_meet_the_same_worlds_and_an_idle_difference_changes_nothing(tmp_path: Path) -> None:
    study = load_robust(str(written(tmp_path, TINY)))
    found = play(study, [(0, 0, 0, 0), (0, 1, 0, 0)], 8, 5, tmp_path / "out", 1)
    assert found.last.shape == (2, 16), "two plans, eight settings on two places"
    one, other = (found.design[found.design["policy"] == k] for k in (0, 1))
    for name in ("trust_start", "effect", "place", "future"):
        assert one[name].tolist() == other[name].tolist()
    again = play(study, [(0, 1, 0, 0), (0, 0, 0, 0)], 8, 5, tmp_path / "turned", 1)
    assert np.array_equal(again.last, found.last[::-1])


def test_effort_is_the_share_of_ranges_moved_added_up(tmp_path: Path) -> None:
    study = load_robust(str(written(tmp_path, TINY)))
    assert effort(study, (0, 0, 0, 0)) == 0.0
    listening = study.levers[0]
    last = len(listening.options) - 1
    moved = abs(float(listening.options[last]) - float(listening.options[0]))
    assert effort(study, (last, 0, 1, 1)) == pytest.approx(moved + 2.0), "a choice and a bundle are moved wholly"


def test_the_box_in_which_a_plan_fails_is_found(tmp_path: Path) -> None:
    study = load_robust(str(written(tmp_path, TINY)))
    generator = np.random.default_rng(1)
    trust, other = generator.random((2, 400))
    design = pd.DataFrame({"point": range(400), "method": "crossed", "base": range(400), "policy": 0, "future": range(400),
                           "trust_start": trust, "effect": other,
                           "listening": 0.5, "bailout": 0.5, "protocol": "none", "objectives": False})
    last = np.where(trust < 0.3, 0.0, 1.0)[None, :]
    boxes, _ = vulnerable(study, Outcomes(last, last, (), design, "", 0), 0)
    assert boxes is not None
    limits = boxes.limits.set_index("factor")
    assert list(limits.index) == ["trust_start"]
    assert limits.loc["trust_start", "high"] == pytest.approx(0.3, abs=0.05)


@pytest.mark.slow
def test_killed_and_taken_up_again_it_gives_the_same_plans(tmp_path: Path) -> None:
    pytest.importorskip("pymoo")
    study = written(tmp_path, TINY.replace("worlds = 8\n", "worlds = 32\n"))
    killed_and_gone_on_with("robust", study, "search/001/sweep/parts/*.parquet", tmp_path,
                            ("tables/plans.csv", "tables/manifest.json", "report.html"))


def test_what_is_written_is_read_back_and_told_in_the_same_words(tmp_path: Path) -> None:
    study = load_robust(str(written(tmp_path, ALSO)))
    generator = np.random.default_rng(1)
    trust = generator.random(400)
    limits = pd.DataFrame({"box": [1], "factor": ["trust_start"], "low": [np.nan], "high": [0.3], "values": [""],
                           "stability": [0.9]})
    boxes = Discovery(pd.DataFrame({"density": [0.9], "base_rate": [0.3]}), limits, pd.DataFrame({"step": [0]}),
                      pd.DataFrame({"factor": ["trust_start"]}))
    plans = pd.DataFrame([{"plan": name, "levers": k, "effort": float(k), "sure_in_search": 0.5, "sure": trust[k],
                           "sure_low": 0.1, "sure_high": 0.9, "years": 1 / 3, "regret": 0.0, "worst_tenth": trust[9],
                           "blocker_nothing": 0.25 * k, "blocker_nothing_low": 0.0, "blocker_nothing_high": 1.0}
                          for k, name in enumerate(("as today", "Listening: 1"))])
    for box, why in ((boxes, ""), (None, "no box makes it so")):
        found = Robust(study, plans, 1, box, why, 9, 99, "a0")
        folder = tmp_path / found.no_boxes
        write_tables(found, folder)
        assert markdown(read(folder, study), "again") == markdown(found, "again")
        assert "In 25% (0% to 100%) of these worlds" in markdown(found, "again")
    with pytest.raises(StudyError, match="they differ in good_from"):
        read(folder, replace(study, good_from=0.9))
    (folder / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(StudyError, match="not what incentive-abm robust writes"):
        read(folder, study)


def test_the_page_among_the_documents_is_drawn_from_its_tables() -> None:
    docs = ROOT / "docs"
    told = markdown(read(docs / "robust-example", load_robust("few-levers")),
                    "python -m experiments.robust docs/robust-example.md --study few-levers")
    assert (docs / "robust-example.md").read_text(encoding="utf-8") == told


@pytest.mark.parametrize(("find", "put", "said"), [
    ("[levers.listening]", "[levers.listning]", "did you mean listening?"),
    ("[uncertainties.trust_start]\n[uncertainties.effect]", "", "nothing is uncertain"),
    ("[uncertainties.effect]", "[uncertainties.listening]", "listening is a lever"),
    ("most_levers = 2", "most_levers = 9", "expected a whole number from 1 to 4"),
    ("most_levers = 2", "most_lever = 2", "did you mean most_levers?"),
    ("most_levers = 2", 'scenario = "todya"', "did you mean today?"),
    ("most_levers = 2", "also = { integration = 0.5 }", "no measure that can be told beside integration"),
    ("most_levers = 2", "also = { blocker_nothin = 0.5 }", "did you mean blocker_nothing?"),
    ("most_levers = 2", "also = { blocker_nothing = true }", "blocker_nothing"),
    ("most_levers = 2", 'posterior = "none.csv"', "there is no posterior file"),
])
def test_a_mistake_is_told_and_leaves_nothing(tmp_path: Path, find: str, put: str, said: str,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    refused("robust", written(tmp_path, TINY.replace(find, put, 1)), said, capsys)


def test_without_pymoo_the_extra_is_named(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['pymoo'] = None; from incentive_abm.cli import main; " \
             f"sys.exit(main(['robust', {str(written(tmp_path, TINY))!r}, '--out', {str(tmp_path / 'out')!r}]))"
    done = subprocess.run([sys.executable, "-c", hidden], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True,
                          text=True, timeout=120)
    assert done.returncode == 2
    assert "pip install 'incentive-abm[robust]'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_those_shipped_can_be_read() -> None:
    for name in FILES.names():
        assert load_robust(name).levers
