"""A folder appears whole or not at all, whatever happens on the way, and nothing of anyone else's is lost."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_abm.results import ResultsError
from incentive_abm.results.run_folder import KIND, built_whole, check_out, recover

ROOT = Path(__file__).parents[3]


def earlier_run(folder: Path, *more: str) -> None:
    """A folder as a run leaves it, with further files."""
    folder.mkdir()
    manifest = {"kind": KIND, "files": ["manifest.json", "runs.parquet"]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for name in ("runs.parquet", *more):
        (folder / name).write_text("x", encoding="utf-8")


def build_half(out: Path, error: BaseException) -> None:
    """Begin to fill a folder, and fail."""
    with built_whole(out) as making:
        (making / "half").write_text("x", encoding="utf-8")
        raise error


def a_file(out: Path) -> None:
    out.write_text("mine", encoding="utf-8")


def someone_elses(out: Path) -> None:
    out.mkdir()
    (out / "thesis.docx").write_text("mine", encoding="utf-8")


def a_sweep(out: Path) -> None:
    out.mkdir()
    (out / "manifest.json").write_text('{"kind": "sweep", "files": ["manifest.json"]}', encoding="utf-8")


def with_notes(out: Path) -> None:
    earlier_run(out, "notes.txt")


@pytest.mark.parametrize(("prepare", "message"), [
    (a_file, "is a file; expected a folder"),
    (someone_elses, "holds thesis.docx and is not the folder of an earlier run; choose a new one"),
    (a_sweep, "holds manifest.json and is not the folder of an earlier run"),
    (with_notes, "holds an earlier run, but also notes.txt, which a run does not write"),
])
def test_what_is_not_ours_is_refused_and_kept(tmp_path: Path, prepare: Callable[[Path], None], message: str) -> None:
    out = tmp_path / "out"
    prepare(out)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(ResultsError, match=message):
        check_out(out)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_file_on_the_way_is_told(tmp_path: Path) -> None:
    a_file(tmp_path / "file")
    with pytest.raises(ResultsError, match="file is a file; expected a folder"):
        check_out(tmp_path / "file" / "deeper" / "out")


@pytest.mark.parametrize("prepare", [lambda out: None, Path.mkdir, earlier_run])
def test_a_new_an_empty_and_an_earlier_folder_are_taken(tmp_path: Path, prepare: Callable[[Path], None]) -> None:
    out = tmp_path / "out"
    prepare(out)
    check_out(out)
    with built_whole(out) as making:
        (making / "manifest.json").write_text("new", encoding="utf-8")
        assert making != out
    assert [path.name for path in out.iterdir()] == ["manifest.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("a bug"), OSError(errno.ENOSPC, "No space left on device")])
def test_what_stops_on_the_way_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    out = tmp_path / "new" / "deeper" / "out"
    with pytest.raises((KeyboardInterrupt, ValueError, ResultsError)):
        build_half(out, error)
    assert list(tmp_path.iterdir()) == []


def test_what_stops_on_the_way_leaves_the_earlier_run(tmp_path: Path) -> None:
    earlier_run(tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        build_half(tmp_path / "out", KeyboardInterrupt())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["manifest.json", "runs.parquet"]


def test_a_full_disk_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="the disk is full; nothing was written to"), built_whole(tmp_path / "out"):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_folder_about_to_be_replaced_is_put_back(tmp_path: Path) -> None:
    earlier_run(tmp_path / ".out.999999999.replaced")
    recover(tmp_path / "out")
    assert (tmp_path / "out" / "runs.parquet").exists()


def test_half_built_folders_of_dead_processes_go_and_others_stay(tmp_path: Path) -> None:
    for number in (999999999, os.getpid()):
        (tmp_path / f".out.{number}.unfinished").mkdir()
    (tmp_path / ".out.mine.unfinished").mkdir()
    recover(tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([".out.mine.unfinished", f".out.{os.getpid()}.unfinished"])


def start(out: Path, *more: str, limit: int | None = None) -> subprocess.Popen[str]:
    """The command as its own process; `limit`: bytes that a file may have."""
    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen([sys.executable, "-m", "incentive_abm", "run", "--seeds", "48", "--out", str(out), *more], cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limited)


def wait_for(found: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Until something is there, or the process has ended."""
    while not found() and process.poll() is None:
        time.sleep(0.005)


class TestARealProcess:
    def test_killed_while_writing_leaves_no_folder_and_the_next_run_clears_up(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        process = start(out)
        wait_for(lambda: any(path.stat().st_size > 100_000 for path in tmp_path.glob(".out.*/events.parquet")), process)
        process.kill()
        process.communicate()
        assert not out.exists()
        assert len(list(tmp_path.iterdir())) == 1
        again = start(out, "--seeds", "1", "--quarters", "4")
        told, error = again.communicate()
        assert again.returncode == 0, error
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        assert f"Report: {out / 'report.html'}" in told

    def test_stopped_with_control_c_leaves_nothing(self, tmp_path: Path) -> None:
        process = start(tmp_path / "out", "--record", "everything")
        wait_for(lambda: any(tmp_path.glob(".out.*/ties.parquet")), process)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate()
        assert process.returncode == 130
        assert error.strip().splitlines()[-1] == "incentive-abm: stopped"
        assert list(tmp_path.iterdir()) == []

    def test_a_disk_that_takes_no_more_is_one_message(self, tmp_path: Path) -> None:
        process = start(tmp_path / "out", limit=500_000)
        _, error = process.communicate()
        assert process.returncode == 2
        assert "Traceback" not in error
        assert error.strip().splitlines()[-1] == f"incentive-abm: {tmp_path / 'out'} cannot be written: File too large"
        assert list(tmp_path.iterdir()) == []
