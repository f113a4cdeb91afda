"""What tests of calibrate and robust share: a study's file, the command as a process, killed and gone on with, and refusals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from incentive_abm.cli import main

ROOT = Path(__file__).parent.parent.parent


def written(folder: Path, text: str) -> Path:
    """The text as the study tiny.toml of a folder."""
    path = folder / "tiny.toml"
    path.write_text(text, encoding="utf-8")
    return path


def killed_and_gone_on_with(name: str, study: Path, first: str, folder: Path, files: Sequence[str]) -> None:
    """Do a study once whole; once killed (−9) as soon as the file `first` is there, and gone on with: the same bytes."""
    def command(out: str) -> list[str]:
        return [sys.executable, "-m", "incentive_abm", name, str(study), "--out", str(folder / out), "--workers", "1"]

    def whole(out: str) -> None:
        done = subprocess.run(command(out), env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr

    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    whole("whole")
    begun = subprocess.Popen(command("cut"), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 200.0
    while not list((folder / "cut").glob(first)) and begun.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    assert begun.poll() is None, "it was over before it could be killed"
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    assert list((folder / "cut").glob(first)), "it was killed before it had begun"
    assert not [each for each in files if (folder / "cut" / each).exists()]
    whole("cut")
    for each in files:
        assert (folder / "cut" / each).read_bytes() == (folder / "whole" / each).read_bytes(), each


def refused(name: str, study: Path, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command tells the mistake and leaves nothing."""
    out = study.parent / "out"
    assert main([name, str(study), "--out", str(out)]) == 2
    assert told in capsys.readouterr().err
    assert not out.exists()
