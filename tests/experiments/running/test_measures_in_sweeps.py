"""A user's own measures in sweeps: columns, an outcome, rows had again from the folder alone, refused once a file changes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from small_study import folder_with_own_file, swept_with_own_file

from experiments import read_sweep
from experiments.report import write_report
from experiments.running.plan import Plan
from experiments.running.verification import verify
from experiments.study import load_study
from incentive_abm import UserError, load_scenario, own_measures, run, shipped_place
from incentive_abm.errors import StudyError

OWN = '''def money_shared(ties, partners, place):
    """Shared money, mean over ties by spend (0..1)."""
    total = 0.0
    for tie in ties:
        total += tie.weight * tie.scope_money
    return total

def walked(ties, partners, place):
    """Ties walked away from this quarter (count)."""
    count = 0
    for tie in ties:
        if tie.walked_out > 0.0:
            count += 1
    return count

def divides(ties, partners, place):
    """Nothing by nothing (0..1)."""
    return place.meetings / place.meetings

def bailout(ties, partners, place):
    """Taken (0..1)."""
    return 1.0
'''
STUDY = '''title = "Measures"
question = "Do bail-outs keep money apart?"
scenario = "ten-lessons"
quarters = 8
replicates = 3
measures = ["mine.py:money_shared", "mine.py:walked"]
outcome = "money_shared"
keep_series = ["walked", "form"]

[factors.bailout]

[design]
method = "factorial"
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_with_own_file(tmp_path, OWN, STUDY)


@pytest.mark.slow
def test_an_own_measure_is_a_column_and_an_outcome_and_its_rows_can_be_had_again_without_the_file(folder: Path) -> None:
    out = swept_with_own_file(folder, workers=2)
    rows = pd.read_parquet(out / "results.parquet")
    chosen = own_measures("mine.py:money_shared", "mine.py:walked", folder=folder)
    one = rows.iloc[0]
    scenario = load_scenario("ten-lessons").with_overrides({"bailout": float(one["bailout"])})
    alone = run(shipped_place(), scenario, [int(one["seed"])], 8, own=chosen)
    assert alone.own[0, -1].tolist() == [one["money_shared"], one["walked"]]
    assert one["walked_by_quarter"].tolist() == alone.own[0, :, 1].tolist()
    assert "money_shared" in write_report(out, out / "report.html").read_text(encoding="utf-8")
    labelled = read_sweep(out)
    assert labelled.to_frame("measures")["walked"].to_numpy()[:8].tolist() == labelled.to_frame()["walked_by_quarter"][0].tolist()
    (folder / "mine.py").unlink()
    done = verify(out, rows=6, seed=1)
    assert (done.rows, done.differences) == (6, ())
    kept = out / "inputs" / "measures" / "0.py"
    kept.write_text(kept.read_text().replace("tie.scope_money", "tie.scope_staff"))
    with pytest.raises(StudyError, match="money_shared is not that of the sweep"):
        verify(out, rows=1, seed=1)


@pytest.mark.slow
def test_a_sweep_is_not_continued_with_another_text_of_its_measure(folder: Path) -> None:
    out = swept_with_own_file(folder)
    before = sorted(path.name for path in out.rglob("*"))
    (folder / "mine.py").write_text(OWN.replace("tie.scope_money", "tie.scope_staff"))
    with pytest.raises(StudyError, match="measure money_shared"):
        swept_with_own_file(folder)
    assert sorted(path.name for path in out.rglob("*")) == before


@pytest.mark.slow
def test_measures_leave_runs_as_they_are_and_only_the_last_quarter_is_read_where_no_more_is_kept(folder: Path) -> None:
    with_them = pd.read_parquet(swept_with_own_file(folder) / "results.parquet")
    (folder / "study.toml").write_text(STUDY.replace('["walked", "form"]', '["form"]'))
    (folder / "out").rename(folder / "first")
    last = pd.read_parquet(swept_with_own_file(folder) / "results.parquet")
    plain = STUDY.replace('measures = ["mine.py:money_shared", "mine.py:walked"]\n', "")
    plain = plain.replace('"money_shared"', '"integration"').replace('["walked", "form"]', '["form"]')
    (folder / "study.toml").write_text(plain)
    (folder / "out").rename(folder / "second")
    without = pd.read_parquet(swept_with_own_file(folder) / "results.parquet")
    for name in without.columns:
        for other in (with_them, last):
            pd.testing.assert_series_equal(without[name], other[name], check_exact=True)
    assert last["walked"].equals(with_them["walked"])
    assert without["run_id"].equals(with_them["run_id"])


def test_what_is_wrong_with_a_measure_of_a_study_is_told_with_the_studys_line(folder: Path) -> None:
    (folder / "study.toml").write_text(STUDY.replace("mine.py:walked", "mine.py:bailout").replace('"walked", ', '"wlked", '))
    with pytest.raises(UserError) as caught:
        load_study(folder / "study.toml")
    assert "bailout is the name of a factor already" in str(caught.value)
    assert "no measure is called 'wlked'" in str(caught.value)
    assert "outcome" not in str(caught.value)


def test_a_measure_that_is_no_number_stops_a_sweep_before_it_is_planned(folder: Path) -> None:
    study = load_study(folder / "study.toml").with_measures([f"{folder}/mine.py:divides"])
    with pytest.raises(UserError, match="the measure divides is nan"):
        Plan.of(study)
    with pytest.raises(UserError, match="walked is the name of a measure of the study already"):
        study.with_measures([f"{folder}/mine.py:walked"])
