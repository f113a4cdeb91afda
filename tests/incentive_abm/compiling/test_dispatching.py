"""Compiled code is kept in the folder it was told, whatever else the process is doing at that moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from numba import config, float64

from incentive_abm.compiling.dispatching import Declared

THREADS, ROUNDS = 4, 60


def half(x: float) -> float:
    return x / 2.0


@pytest.fixture
def impatient() -> Iterator[None]:
    """Threads give way to one another as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("impatient")
def test_engines_made_at_once_each_keep_to_their_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    setting, together = config.CACHE_DIR, Barrier(THREADS)

    def keep(thread: int) -> list[tuple[Path, Path]]:
        together.wait()
        folders = [tmp_path / f"thread-{thread}-{n}" for n in range(ROUNDS)]
        return [(folder, Path(Declared(half, (float64,)).keep_in(folder).stats.cache_path).parent) for folder in folders]

    with ThreadPoolExecutor(THREADS) as pool:
        kept = [pair for pairs in pool.map(keep, range(THREADS)) for pair in pairs]
    assert len(kept) == THREADS * ROUNDS
    assert [(asked, got) for asked, got in kept if asked != got] == []
    assert list(here.iterdir()) == []
    assert setting == config.CACHE_DIR
