"""How far a long task is, on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from incentive_abm.compiling import COMPILED, PACKAGE, cache_folder

PATIENCE = 3.0
"""Seconds of silence before it is said that code is being compiled."""
EVERY = 20.0
"""Seconds between lines where there is no terminal."""
_WIDTH = 30


@contextmanager
def bar(total: int, what: str) -> Iterator[Callable[[int], None]]:
    """A function to be told how many are done; the bar goes when the block ends."""
    shown = _Shown(total, what)
    try:
        yield shown.at
    finally:
        shown.clear()


class _Shown:
    def __init__(self, total: int, what: str) -> None:
        self.total, self.what = total, what
        self.terminal = sys.stderr.isatty()
        self.started = self.last = time.monotonic()
        if self.terminal:
            self.at(0)

    def at(self, done: int) -> None:
        """Show that so many are done."""
        now = time.monotonic()
        left = (now - self.started) / done * (self.total - done) if done else 0.0
        told = f"{self.what}: {done:,} of {self.total:,}" + (f", about {_span(left)} left" if left >= 1.0 else "")
        if self.terminal:
            filled = round(_WIDTH * done / max(1, self.total))
            _say(f"\r{'━' * filled}{'╌' * (_WIDTH - filled)} {told}\033[K")
        elif now - self.last >= EVERY and done < self.total:
            self.last = now
            _say(f"{told}\n")

    def clear(self) -> None:
        """Leave an empty line on a terminal."""
        if self.terminal:
            _say("\r\033[K")


@contextmanager
def compiling_announced() -> Iterator[None]:
    """Around a first import of compiled code: where that takes long, say that it is compiling and how far it is."""
    finished = threading.Event()
    teller = threading.Thread(target=_tell_of_compiling, args=(finished,), daemon=True)
    teller.start()
    try:
        yield
    finally:
        finished.set()
        teller.join()


def _tell_of_compiling(finished: threading.Event) -> None:
    if finished.wait(PATIENCE):
        return
    _say("Compiling the model for this machine: about a minute, once after installation\n")
    with bar(_functions(), "Compiling") as at:
        while not finished.wait(0.5):
            at(min(sum(1 for _ in cache_folder().rglob("*.nbi")), _functions()))


def _functions() -> int:
    """How many functions the sources ask to have compiled."""
    found = (path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).as_posix().startswith(COMPILED))
    return sum(len(re.findall(r"^@(?:rule|compiled|phase)\b", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in found)


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
