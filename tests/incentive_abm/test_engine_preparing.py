"""Compiling beforehand, stopped: whatever ends a command ends its workers, and Ctrl-C is told in one line."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from incentive_abm.engine.run import threads_available

ROOT = Path(__file__).parents[2]
COMPILING = "Compiling the model for this machine"


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_command_that_is_stopped_while_it_compiles_leaves_nothing(
    stop: signal.Signals, code: int, tmp_path: Path
) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "incentive_abm", "run", "--seeds", "2", "--out", str(tmp_path / "out")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "INCENTIVE_ABM_CACHE": str(tmp_path / "cache")},
    )
    assert running.stderr is not None
    workers: list[psutil.Process] = []
    try:
        assert COMPILING in running.stderr.readline()
        while len(workers) < min(2, threads_available()):
            assert running.poll() is None
            workers = psutil.Process(running.pid).children()
            time.sleep(0.01)
        os.killpg(running.pid, stop)
        assert running.wait(30) == code
        told = running.stderr.read()
        assert "Traceback" not in told
        assert ("stopped" in told) is (stop is signal.SIGINT)
        assert psutil.wait_procs(workers, timeout=30)[1] == []
        assert sorted(path.name for path in tmp_path.iterdir()) == ["cache"]
    finally:
        for process in (running, *workers):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        running.wait(30)
