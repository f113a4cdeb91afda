"""A file is there whole or it is as it was; whatever goes wrong leaves nothing beside it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from incentive_abm.files import write_bytes_whole, write_text_whole, written_whole


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
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_bytes_whole(tmp_path / "taken", b"new")
    assert os.listdir(tmp_path) == ["taken"]


def test_threads_may_write_the_same_file_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda k: write_text_whole(tmp_path / "kernel", str(k)), range(200)))
    assert (tmp_path / "kernel").read_text().isdigit()
    assert [path.name for path in tmp_path.iterdir()] == ["kernel"]
