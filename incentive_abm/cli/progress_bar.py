"""How far a long task is, on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incentive_abm.compiling.rule_set import RuleSet

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
def compiling(why: str) -> Iterator[Callable[[int, int], None]]:
    """A function to be told how many of how many are compiled; `why` is said before the first, nothing where it never comes."""
    shown: list[_Shown] = []

    def told(done: int, total: int) -> None:
        if not shown:
            _say(f"{why}\n")
            shown.append(_Shown(total, "Compiling"))
        shown[0].at(done)

    try:
        yield told
    finally:
        for each in shown:
            each.clear()


def prepared(lanes: int, executor: str = "engine", rules: RuleSet | None = None) -> None:
    """Have an executor compiled for so many runs side by side, saying how far it is where that takes a while."""
    from incentive_abm.compiling.rule_set import SHIPPED
    from incentive_abm.engine.preparing import AROUND_AGENTS, ENGINE, prepare
    from incentive_abm.engine.run import threads_available

    when = "once with these rules" if rules else "a quarter of a minute, once after installation"
    with compiling(f"Compiling the model for this machine: {when}") as told:
        prepare(lanes, told, ENGINE if executor == "engine" else AROUND_AGENTS, min(2, threads_available()),
                rules or SHIPPED)


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
