"""Results stay as they are until somebody means them to change."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from tests import baseline


def test_results_are_those_of_the_baseline() -> None:
    changed = baseline.differences(baseline.accepted(), baseline.results())
    shown = "\n".join(changed[:20]) + (f"\n… and {len(changed) - 20} more" if len(changed) > 20 else "")
    assert not changed, f"results differ from tests/{baseline.FILE.name}:\n{shown}\n\n{baseline.TO_UPDATE}"


def test_with_every_coupling_switched_off_the_model_is_what_it_was() -> None:
    before = json.loads(baseline.UNCOUPLED.read_text(encoding="utf-8"))
    assert baseline.differences(before, baseline.uncoupled()) == []
    assert any(baseline.differences({"today": before["today"]}, {"today": baseline.accepted()["today"]}))


def test_a_difference_is_told_in_words() -> None:
    expected = baseline.accepted()
    found = copy.deepcopy(expected)
    assert baseline.differences(expected, found) == []
    found["today"]["1"]["F20"] += 2e-6
    found["today"]["2"]["regime"] = "never_seen"
    found["another"] = found.pop("ten-lessons")
    assert baseline.differences(expected, found) == [
        "another: a new scenario, not in the baseline",
        "ten-lessons: no longer shipped",
        f"today, seed 1: F20 was {expected['today']['1']['F20']}, is {found['today']['1']['F20']}",
        f"today, seed 2: regime was {expected['today']['2']['regime']}, is never_seen",
    ]


def test_the_update_command_and_the_changelog_are_named() -> None:
    assert "make baseline" in baseline.TO_UPDATE
    assert '"Changes results"' in baseline.TO_UPDATE
    root = Path(baseline.__file__).parents[1]
    assert "-m tests.baseline" in (root / "Makefile").read_text(encoding="utf-8")


def test_the_changelog_says_why_the_accepted_results_are_what_they_are() -> None:
    assert baseline.named_in(baseline.CHANGELOG.read_text(encoding="utf-8")) == baseline.digest(baseline.accepted())


def test_other_results_are_another_baseline() -> None:
    found = baseline.accepted()
    before = baseline.digest(found)
    found["today"]["1"]["F20"] += 1e-6
    assert baseline.digest(found) != before


@pytest.mark.parametrize(("newest", "named"), [
    ("- **Changes results**: faster talks; baseline `11111111`.", "11111111"),
    ("### Changed\n\n- **Changes results**: talks, over\n  two lines; baseline `11111111`.", "11111111"),
    ("- **First results**: baseline `33333333`.\n\n- **Changes results**: slower; baseline `11111111`.", "11111111"),
    ("- Faster; the same results.", "00000000"),
    ("- Faster; baseline `11111111`.", "00000000"),
    ("- **Changes results**: slower talks.", "00000000"),
])
def test_the_newest_entry_that_names_a_baseline_counts(newest: str, named: str) -> None:
    preamble = "# Changelog\n\n- **Changes results** begins an entry; baseline `22222222`.\n"
    first = "## 0.1.0\n\n### Added\n\n- **First results**: baseline `00000000`.\n"
    assert baseline.named_in(f"{preamble}\n## 0.2.0\n\n{newest}\n\n{first}") == named
    assert baseline.named_in(preamble) == ""


def test_a_baseline_reads_back_as_written(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baseline.write(baseline.accepted(), file)
    assert file.read_bytes() == baseline.FILE.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["baseline.json"]
