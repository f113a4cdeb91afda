"""Whatever is done to files and arguments, there is no traceback, no silent nonsense, and nothing is left or lost on disk."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzz.cases import PLAYS, Originals
from fuzz.ground import Ground, LeadsOutside, leads_out
from fuzz.mutations import NUMBERS, TOML_VALUES, WORDS

AT_ONCE = 25
"""Cases of one test, so that several processes share them."""
FEW, MANY = 300, 5000


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Originals]:
    here, folder = Path.cwd(), tmp_path_factory.mktemp("originals")
    os.chdir(folder)
    try:
        yield Originals(folder)
    finally:
        os.chdir(here)


def case(number: int, root: Path, originals: Originals, monkeypatch: pytest.MonkeyPatch) -> None:
    """One case, the same whenever it has this number, in a folder of its own that goes afterwards."""
    chance = random.Random(number)
    root.mkdir()
    ground = Ground(root)
    with monkeypatch.context() as patch:
        patch.chdir(ground.work)
        patch.setenv("HOME", str(ground.home))
        chosen = chance.choices([each for each, _ in PLAYS], [weight for _, weight in PLAYS])[0]
        try:
            chosen(ground, originals, chance)
        except AssertionError as error:
            raise AssertionError(f"case {number}, {chosen.__name__}: {error}") from error
    shutil.rmtree(root)


@pytest.mark.skipif(os.name != "posix", reason="pipes, links and alarms as on POSIX systems")
@pytest.mark.parametrize("first", [
    pytest.param(first, marks=() if first < FEW else pytest.mark.slow) for first in range(0, MANY, AT_ONCE)])
def test_whatever_is_damaged_is_told_and_nothing_is_lost(
        first: int, tmp_path: Path, originals: Originals, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(first, first + AT_ONCE):
        case(number, tmp_path / str(number), originals, monkeypatch)


def test_it_refuses_to_start_where_it_could_hurt_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.docx").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "elsewhere").mkdir()
    for name in ("taken", "link"):
        with pytest.raises(LeadsOutside):
            Ground(tmp_path / name)
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(tmp_path / "elsewhere"))
        with pytest.raises(LeadsOutside, match="folder for temporary files"):
            Ground(tmp_path / "empty")
    ground = Ground(tmp_path / "empty")
    with pytest.raises(LeadsOutside, match="the working folder"):
        ground.require_within(["run"])
    monkeypatch.chdir(ground.work)
    ground.require_within(["run", "--out", "new", "--set", "a=b"])
    for word in ("..", "../x", "/x", "x/../..", "~", "~/x", "--out=/x", "--map=..", "a /x", "x=~"):
        with pytest.raises(LeadsOutside):
            ground.require_within(["run", word])


def test_none_of_its_values_names_anything_outside() -> None:
    assert [value for value in (*NUMBERS, *WORDS, *TOML_VALUES) if leads_out(value)] == []
