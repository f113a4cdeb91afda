"""Rules swept like any number: columns, run again from the folder alone, refused once a user's file has changed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from small_study import folder_with_own_file, swept_with_own_file

from experiments.running.plan import Plan
from experiments.running.verification import verify
from experiments.study import load_study
from incentive_abm import UserError
from incentive_abm.errors import StudyError

OWN = '''def fixed_memory(alpha, kept, credited, scope, trust_memory, prior):
    if scope < 0.05:
        return 0.8 * alpha + 0.2 * prior
    return 0.8 * alpha + 0.2 * prior + scope * kept * credited
'''
STUDY = '''title = "Rules"
question = "Does it matter how promises are remembered?"
scenario = "ten-lessons"
quarters = 8
replicates = 3
rules = ["exit=none"]

[factors."rule:trust.evidence_for"]
choices = ["shipped", "mine.py:fixed_memory"]

[design]
method = "factorial"
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_with_own_file(tmp_path, OWN, STUDY)


@pytest.mark.slow
def test_a_rule_of_a_users_file_is_a_factor_whose_runs_can_be_run_again_without_the_file(folder: Path) -> None:
    out = swept_with_own_file(folder, workers=2)
    rows = pd.read_parquet(out / "results.parquet")
    by_rule = rows.groupby("rule:trust.evidence_for")["integration"].mean()
    assert set(by_rule.index) == {"shipped", "mine.py:fixed_memory"}
    assert by_rule.nunique() == 2
    assert rows["run_id"].is_unique
    (folder / "mine.py").unlink()
    done = verify(out, rows=6, seed=1)
    assert done.rows == 6
    assert done.differences == ()
    kept = out / "inputs" / "rules" / "0.py"
    kept.write_text(kept.read_text().replace("0.8", "0.7"))
    with pytest.raises(StudyError, match="not those of the sweep"):
        verify(out, rows=1, seed=1)


@pytest.mark.slow
def test_a_sweep_is_not_continued_with_another_text_of_its_rule(folder: Path) -> None:
    out = swept_with_own_file(folder)
    before = sorted(path.name for path in out.rglob("*"))
    (folder / "mine.py").write_text(OWN.replace("0.8", "0.7"))
    with pytest.raises(StudyError, match="mine.py:fixed_memory"):
        swept_with_own_file(folder)
    assert sorted(path.name for path in out.rglob("*")) == before


def test_what_is_wrong_with_a_rule_of_a_study_is_told_with_the_studys_line(folder: Path) -> None:
    wrong = STUDY.replace("mine.py:fixed_memory", "mine.py:fixed_memry").replace("exit=none", "exit=non")
    (folder / "study.toml").write_text(wrong)
    with pytest.raises(UserError) as caught:
        load_study(folder / "study.toml")
    assert "did you mean fixed_memory?" in str(caught.value)
    assert "did you mean none?" in str(caught.value)


def test_one_rule_is_chosen_once(folder: Path) -> None:
    with pytest.raises(UserError, match="both replace"):
        Plan.of(load_study(folder / "study.toml").with_rules([("trust.evidence_after", "shipped"), ("commitment.walks_away",
                                                                                                f"{folder}/mine.py:fixed_memory")]))
