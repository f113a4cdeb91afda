"""The command: a page written whole, parts kept and not played again, mistakes told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.fates.__main__ import main

SMALL = ["--places", "4", "--seeds", "2", "--quarters", "20"]


def test_a_page_has_the_parts_asked_for_and_a_part_kept_is_not_played_again(tmp_path: Path) -> None:
    page, keep = tmp_path / "fates.md", tmp_path / "kept"
    arguments = [str(page), *SMALL, "--keep", str(keep)]
    assert main([*arguments, "--part", "range"]) == 0
    text = page.read_text(encoding="utf-8")
    assert "## The whole range of policy" in text
    assert "## Where the variance lies" not in text
    assert f"Made by `python -m experiments.fates {' '.join([*arguments, '--part', 'range'])}`" in text
    played = {path: path.stat().st_mtime_ns for path in keep.iterdir()}
    assert len(played) == 1
    assert main([*arguments, "--part", "range", "--part", "groups"]) == 0
    assert "## Groups joined" in page.read_text(encoding="utf-8")
    assert len(list(keep.iterdir())) == 2
    assert all(path.stat().st_mtime_ns == when for path, when in played.items())


def test_a_value_set_is_told_and_is_another_trial(tmp_path: Path) -> None:
    page, keep = tmp_path / "fates.md", tmp_path / "kept"
    for more in ([], ["--set", "bailout=0"]):
        assert main([str(page), *SMALL, "--keep", str(keep), "--part", "range", *more]) == 0
    assert "throughout bailout = 0" in page.read_text(encoding="utf-8")
    assert len(list(keep.iterdir())) == 2


@pytest.mark.parametrize(("more", "told"), [
    (["--quarters", "42"], "expected whole years"),
    (["--set", "bailut=0"], "did you mean bailout"),
    (["--mechanism", "bailout"], "expected NAME=OFF:ON"),
    (["--part", "mechanisms"], "no mechanism is named"),
    (["--seeds", "1"], "expected 2 or more"),
    (["--place", "nowhere", "--part", "range"], "nowhere"),
    (["--place", "marlshire"], "the part variance compares places"),
])
def test_a_mistake_is_told_and_writes_nothing(more: list[str], told: str, tmp_path: Path,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "fates.md"), "--keep", str(tmp_path / "kept"), *more]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
