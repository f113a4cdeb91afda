"""What goes wrong with a terminal, a pipe or a log never decides whether results are kept: real processes and pipes."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from incentive_abm.results import read_run

ROOT = Path(__file__).parents[3]
RUN = ("run", "--seeds", "2", "--quarters", "4", "--out", "out")
STUDY = """
title = "Two points"
question = "Is it kept?"
quarters = 8
[factors.bailout]
[design]
method = "factorial"
"""
Streams = dict[str, Any]


@contextmanager
def nobody_reads(folder: Path) -> Iterator[Streams]:
    """As in `… | true`: whoever was to read has gone."""
    read, write = os.pipe()
    os.close(read)
    yield {"stdout": write, "stderr": subprocess.PIPE}
    os.close(write)


@contextmanager
def nobody_hears_of_progress(folder: Path) -> Iterator[Streams]:
    read, write = os.pipe()
    os.close(read)
    yield {"stdout": subprocess.PIPE, "stderr": write}
    os.close(write)


@contextmanager
def a_full_disk(folder: Path) -> Iterator[Streams]:
    """A device of one's own that takes nothing, as a log on a full disk."""
    try:
        os.mknod(folder / "full", 0o666 | stat.S_IFCHR, os.makedev(1, 7))
        full = (folder / "full").open("wb", buffering=0)
    except OSError as error:
        pytest.skip(f"a device cannot be made here: {error}")
    with full:
        yield {"stdout": full, "stderr": subprocess.PIPE}
    (folder / "full").unlink()


def closed(*numbers: int) -> Callable[[Path], Any]:
    """As in `2>&-`: a stream that is not there at all."""
    @contextmanager
    def streams(folder: Path) -> Iterator[Streams]:
        yield {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": lambda: [os.close(k) for k in numbers]}

    return streams


@contextmanager
def an_old_code_page(folder: Path) -> Iterator[Streams]:
    """As where a Windows program sends its output to a file."""
    yield {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": {**os.environ, "PYTHONIOENCODING": "cp1252"}}


@contextmanager
def plain_ascii(folder: Path) -> Iterator[Streams]:
    yield {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": {**os.environ, "PYTHONIOENCODING": "ascii:strict"}}


def told(folder: Path, trouble: Callable[[Path], Any], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    with trouble(folder) as streams:
        environment = {"PYTHONPATH": str(ROOT)} | streams.pop("env", dict(os.environ))
        return subprocess.run([sys.executable, "-m", "incentive_abm", *arguments], cwd=folder, env=environment, check=False,
                              **streams)


def complaints(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    said = (done.stderr or b"").decode().splitlines()
    return [line for line in said if not line.startswith("Compiling")]


@pytest.mark.parametrize(("trouble", "code", "complaint"), [
    (nobody_reads, 141, []),
    (nobody_hears_of_progress, 0, []),
    (a_full_disk, 1, ["incentive-abm: what was to be printed could not be: No space left on device"]),
    (closed(2), 0, []),
    (closed(1), 0, []),
    (closed(0, 1, 2), 0, []),
    (an_old_code_page, 0, []),
    (plain_ascii, 0, []),
], ids=["nobody reads", "nobody hears", "full disk", "no stderr", "no stdout", "no streams", "code page", "ascii"])
def test_a_run_is_kept_whatever_happens_to_its_table(
        trouble: Callable[[Path], Any], code: int, complaint: list[str], tmp_path: Path) -> None:
    done = told(tmp_path, trouble, *RUN)
    assert (done.returncode, complaints(done)) == (code, complaint)
    assert len(read_run(tmp_path / "out").runs) == 2
    assert (tmp_path / "out" / "report.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_an_encoding_cannot_hold_is_replaced_for_people_and_written_out_for_machines(tmp_path: Path) -> None:
    done = told(tmp_path, plain_ascii, *RUN)
    assert b"Marlshire under ?Today?" in done.stdout
    done = told(tmp_path, plain_ascii, "parameters", "--json")
    assert any("£" in str(row) for row in json.loads(done.stdout))


@pytest.mark.parametrize(("arguments", "kept"), [
    (("place", "generate", "--seed", "1", "--out", "place"), ("place/partners.csv", "place/ties.csv")),
    (("place", "check", "--map", "map.svg"), ("map.svg",)),
    (("sweep", "two.toml", "--out", "sweep", "--workers", "1"), ("sweep/results.parquet", "sweep/report.html")),
], ids=lambda each: each[0] if isinstance(each[0], str) and len(each) > 3 else "")
@pytest.mark.parametrize("trouble", [nobody_reads, closed(1, 2)], ids=["nobody reads", "no streams"])
def test_every_command_keeps_what_it_was_asked_for(
        arguments: tuple[str, ...], kept: tuple[str, ...], trouble: Callable[[Path], Any], tmp_path: Path) -> None:
    (tmp_path / "two.toml").write_text(STUDY, encoding="utf-8")
    done = told(tmp_path, trouble, *arguments)
    assert complaints(done) == [] or arguments[0] == "sweep"
    assert "Traceback" not in "\n".join(complaints(done))
    assert done.returncode in (0, 141)
    assert all((tmp_path / name).stat().st_size > 100 for name in kept)


def test_a_mistake_is_a_mistake_though_nobody_hears_of_it(tmp_path: Path) -> None:
    done = told(tmp_path, nobody_hears_of_progress, "run", "--sceanrio", "today")
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []
