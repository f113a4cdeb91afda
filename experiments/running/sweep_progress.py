"""Telling how a sweep goes: rate, time left, and what the runs so far say, with memory that does not grow."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TextIO

import numpy as np
from numpy.typing import NDArray

from experiments.running.chunk import ChunkResult
from experiments.running.plan import Plan
from experiments.running.result_rows import outcomes

if TYPE_CHECKING:
    import pyarrow as pa

Integers = NDArray[np.int64]

EVERY_SHOWN, EVERY_LOGGED = 0.5, 15.0
"""Seconds between two lines on a terminal, and in a log."""
LEAST_BASES = 64
"""Complete base rows from which provisional indices are told."""


class Tally:
    """What the runs so far say. outcomes: float64[points], sums over the replicates done; counts: int64[points]."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.regimes: Counter[str] = Counter()
        self.done = self.failed = 0
        self.sums = np.zeros(plan.n_points)
        self.counts = np.zeros(plan.n_points, np.int64)
        self.replicate_sums = np.zeros(plan.study.replicates)
        self.replicate_counts = np.zeros(plan.study.replicates, np.int64)
        first = plan.design[plan.design["base"] == 0] if "matrix" in plan.design.columns else plan.design[:0]
        self.layout = tuple(first[name].to_numpy() if name in first.columns else np.zeros(0) for name in ("matrix", "changed"))

    def add(self, result: ChunkResult) -> None:
        """Count a chunk."""
        self.done += len(result.points)
        self.failed += len(result.failures)
        self.regimes.update(result.regimes)
        self._add(result.points, result.replicates, result.outcomes)

    def add_part(self, table: pa.Table) -> None:
        """Count the rows of a part from an earlier session."""
        points = table["point"].to_numpy()
        self.done += len(points)
        self.regimes.update(table["regime"].to_pylist())
        self._add(points, table["replicate"].to_numpy(), outcomes(table, self.plan.study.outcome))

    def _add(self, points: Integers, replicates: Integers, outcomes: NDArray[np.float64]) -> None:
        for sums, counts, at in ((self.sums, self.counts, points), (self.replicate_sums, self.replicate_counts, replicates)):
            np.add.at(sums, at, outcomes)
            np.add.at(counts, at, 1)

    def stops_at(self) -> int | None:
        """The number of replicates at which the study's stopping rule is met, or None; hangs on whole replicates alone."""
        stop = self.plan.study.stop
        whole = self.replicate_counts == self.plan.n_points
        first = int(np.argmin(whole)) if not whole.all() else len(whole)
        if stop is None or first < max(stop.at_least, 2):
            return None
        import pandas as pd

        from experiments.analysis.convergence import StoppingRule

        means = self.replicate_sums[:first] / self.plan.n_points
        table = pd.DataFrame({"point": 0, "replicate": np.arange(first), "outcome": means})
        return StoppingRule("outcome", stop.precision, at_least=stop.at_least, steady=stop.steady).stops_at(table)

    def shares(self) -> str:
        """Shares of regimes, the most common first."""
        return ", ".join(f"{name} {100 * count / self.done:.0f}%" for name, count in self.regimes.most_common())

    def mean(self) -> float:
        """Mean outcome of the runs so far."""
        return float(self.sums.sum() / self.counts.sum()) if self.counts.any() else float("nan")

    def strongest(self) -> list[tuple[str, float]]:
        """The three factors with the largest total Sobol index so far, from complete base rows (Jansen 1999); often none.

        A provisional figure without an interval: luck that replicates have not averaged out is in it.
        """
        matrix, changed = self.layout
        size = len(matrix)
        if size == 0:
            return []
        whole = (self.counts == self.plan.study.replicates).reshape(-1, size).all(axis=1)
        if whole.sum() < LEAST_BASES:
            return []
        means = (self.sums / np.maximum(self.counts, 1)).reshape(-1, size)[whole]
        at_a, at_b = means[:, matrix == "A"][:, 0], means[:, matrix == "B"][:, 0]
        spread = float(np.concatenate([at_a, at_b]).var())
        if spread == 0.0:
            return []
        totals = {
            str(changed[k]): float(((at_a - means[:, k]) ** 2).mean() / 2.0 / spread) for k in np.flatnonzero(matrix == "AB")
        }
        return sorted(totals.items(), key=lambda item: -item[1])[:3]


class ProgressLine:
    """Writes lines about a sweep's progress: one that is renewed on a terminal, now and then one in a log."""

    def __init__(self, plan: Plan, tally: Tally, to_do: int, stream: TextIO | None = None) -> None:
        self.plan, self.tally, self.to_do = plan, tally, to_do
        self.stream = stream or sys.stderr
        self.terminal = self.stream.isatty()
        self.begun = self.told = monotonic()
        self.before = tally.done + tally.failed
        self.resident: dict[int, float] = {}

    def __call__(self, result: ChunkResult | None) -> None:
        """Hear of a chunk, or (None) that time has passed."""
        if result is not None:
            self.tally.add(result)
            self._measure()
        now = monotonic()
        if now - self.told >= (EVERY_SHOWN if self.terminal else EVERY_LOGGED):
            self.told = now
            self._write(self.line(now))

    def line(self, now: float) -> str:
        """How far, how fast, how long still, and the results so far."""
        done = self.tally.done + self.tally.failed - self.before
        elapsed = max(now - self.begun, 1e-9)
        rate = done / elapsed
        left = (self.to_do - done) / rate if rate else float("inf")
        said = [
            f"{self.tally.done + self.tally.failed:,} of {self.plan.n_runs:,} runs",
            f"{rate:,.1f} a second",
            f"{duration(left)} left" if np.isfinite(left) else "starting",
        ]
        if self.tally.failed:
            said.append(f"{self.tally.failed:,} failed")
        if self.tally.done:
            said.append(f"so far: {self.tally.shares()}; mean {self.plan.study.outcome} {self.tally.mean():.3f}")
        strongest = self.tally.strongest()
        if strongest:
            said.append("moved most by " + ", ".join(f"{name} {value:.2f}" for name, value in strongest))
        return " · ".join(said)

    def finish(self) -> None:
        """Leave the last line standing."""
        self._write(self.line(monotonic()))
        if self.terminal:
            self.stream.write("\n")

    def _write(self, line: str) -> None:
        import shutil

        if self.terminal:
            width = shutil.get_terminal_size().columns - 1
            self.stream.write("\r\x1b[K" + (line if len(line) <= width else line[: width - 1] + "…"))
        else:
            self.stream.write(line + "\n")
        self.stream.flush()

    def _measure(self) -> None:
        """Keep this process's memory once a thousand runs are stored, and now: it must not grow with the runs."""
        stored = self.tally.done + self.tally.failed - self.before
        resident = resident_megabytes()
        if resident is not None and stored >= 1000:
            self.resident.setdefault(1000, resident)
            self.resident[-1] = resident


def resident_megabytes() -> float | None:
    """Memory that this process holds, in MB; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    import resource

    return pages * resource.getpagesize() / 1e6


def duration(seconds: float) -> str:
    """A span of time in the two largest units."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
