"""A file is there whole or it is as it was; whatever goes wrong leaves nothing beside it."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from special_files import NO_FILES, Make, a_device, a_pipe, mounted, state_of

from incentive_abm.files import NotAnOrdinaryFile, write_bytes_whole, write_text_whole, written_whole


def test_a_new_file_appears_with_its_folder_and_its_own_line_ends(tmp_path: Path) -> None:
    target = tmp_path / "new" / "told.txt"
    write_text_whole(target, "caf\u00e9\r\n")
    assert target.read_bytes() == "caf\u00e9\r\n".encode()
    assert os.listdir(target.parent) == ["told.txt"]


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "told.txt"
    write_bytes_whole(target, b"old")
    with written_whole(target) as waiting:
        waiting.write_bytes(b"new")
        assert target.read_bytes() == b"old"
        assert waiting.parent == target.parent
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["told.txt"]


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "told.txt"
    write_bytes_whole(target, b"old")

    def stopped_half_way() -> None:
        with written_whole(target) as waiting:
            waiting.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped_half_way()
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["told.txt"]


def test_what_cannot_take_the_name_is_told_and_removed(tmp_path: Path) -> None:
    def taken_meanwhile() -> None:
        with written_whole(tmp_path / "taken") as waiting:
            waiting.write_bytes(b"new")
            (tmp_path / "taken").mkdir()

    with pytest.raises(OSError, match="taken"):
        taken_meanwhile()
    assert os.listdir(tmp_path) == ["taken"]


def test_threads_may_write_the_same_file_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda k: write_text_whole(tmp_path / "kernel", str(k)), range(200)))
    assert (tmp_path / "kernel").read_text().isdigit()
    assert [path.name for path in tmp_path.iterdir()] == ["kernel"]


@pytest.mark.parametrize("make", NO_FILES, ids=lambda make: make.__name__)
def test_what_is_no_ordinary_file_is_refused_before_anything_is_written(
        make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "taken")
    before = state_of(tmp_path)
    with pytest.raises(OSError, match=r"taken|symbolic"):
        write_bytes_whole(tmp_path / "taken", b"new")
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("make", [a_pipe, a_device], ids=lambda make: make.__name__)
def test_what_becomes_special_while_it_is_written_is_left_alone_too(make: Make, tmp_path: Path) -> None:
    def written() -> None:
        with written_whole(tmp_path / "taken") as waiting:
            waiting.write_bytes(b"new")
            make(tmp_path / "taken")

    with pytest.raises(NotAnOrdinaryFile):
        written()
    assert not (tmp_path / "taken").is_file()
    assert os.listdir(tmp_path) == ["taken"]


def test_through_a_link_the_file_it_points_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for name in ("old.txt", "new.txt"):
        (tmp_path / name).symlink_to(Path("elsewhere") / name)
    (tmp_path / "elsewhere" / "old.txt").write_text("old")
    for name in ("old.txt", "new.txt"):
        write_text_whole(tmp_path / name, "new")
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / "elsewhere" / name).read_text() == "new"
    assert sorted(os.listdir(tmp_path / "elsewhere")) == ["new.txt", "old.txt"]


@pytest.mark.parametrize("name", ["n" * 255, "ä" * 127], ids=["letters", "letters of two bytes"])
def test_the_longest_names_are_taken_and_longer_ones_told(name: str, tmp_path: Path) -> None:
    write_text_whole(tmp_path / name, "told")
    assert os.listdir(tmp_path) == [name]
    with pytest.raises(OSError, match="too long"):
        write_text_whole(tmp_path / (name + "nn"), "told")
    assert os.listdir(tmp_path) == [name]


def test_two_long_names_that_begin_alike_are_written_at_once(tmp_path: Path) -> None:
    first, second = tmp_path / ("n" * 200 + "1"), tmp_path / ("n" * 200 + "2")
    with written_whole(first) as one, written_whole(second) as two:
        one.write_text("1")
        two.write_text("2")
    assert (first.read_text(), second.read_text()) == ("1", "2")


def test_folders_made_for_a_file_that_fails_are_gone_again(tmp_path: Path) -> None:
    def fails() -> None:
        with written_whole(tmp_path / "new" / "deeper" / "told.txt"):
            raise ValueError("not today")

    with pytest.raises(ValueError, match="not today"):
        fails()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("named", ["..", ".", ""])
def test_a_folder_that_is_named_without_a_name_leaves_nothing_where_one_stands(
        named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deeper").mkdir()
    monkeypatch.chdir(tmp_path / "deeper")
    with pytest.raises(NotAnOrdinaryFile):
        write_text_whole(Path(named), "told")
    assert [path.name for path in tmp_path.rglob("*")] == ["deeper"]


def test_where_nothing_may_be_written_the_reason_is_told(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        (disk / "told.txt").write_text("old")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(OSError, match="Read-only"):
            write_text_whole(disk / "told.txt", "new")
        assert (disk / "told.txt").read_text() == "old"
