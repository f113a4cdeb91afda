"""Speed and memory on this machine, measured in one go so that the ratios mean something."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.engine.run import Batch, Job, Record, run, stream, threads_available
from incentive_abm.place import Place, generate_place
from incentive_abm.scenario import Scenario, load_scenario, shipped_scenarios
from incentive_abm.state.arrays import LANES

QUARTERS = 60
SIZES = ((50, 250), (100, 700), (500, 5_000), (5_000, 25_000), (40_000, 200_000))
"""Partners and ties of the places over which cost against size is measured; all of England is about the last."""
FITTED_FROM = 700
"""Ties from which the exponent of cost against size is fitted."""


@dataclass(frozen=True)
class Figure:
    """One measured number."""

    name: str
    value: float
    unit: str
    meaning: str


def best_of(times: int, work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of the fastest of several tries: the one least disturbed by others on the machine."""
    taken = []
    for _ in range(times):
        started = clock()
        work()
        taken.append(clock() - started)
    return min(taken)


def speeds(place: Place, scenario: Scenario) -> Iterator[Figure]:
    """Runs of one place: alone, in lanes, over all threads, recording more, and on Mesa."""
    per_run = len(place.ties.a) * QUARTERS
    alone = best_of(5, lambda: Batch.begin(place, [Job(scenario, 1)]).advance(QUARTERS))
    jobs = [Job(scenario, seed) for seed in range(1, LANES + 1)]
    lanes = best_of(5, lambda: Batch.begin(place, jobs).advance(QUARTERS))
    yield Figure("ns_single", 1e9 * alone / per_run, "ns", "per tie and quarter: one run, one thread, measures by quarter")
    yield Figure("ns_lanes", 1e9 * lanes / per_run / LANES, "ns", f"per tie and quarter: {LANES} runs in lanes, one thread")
    yield dearest(place)
    seeds = range(1, 2 * LANES * threads_available() + 1)
    one = best_of(3, lambda: run(place, scenario, seeds, QUARTERS, threads=1))
    every = best_of(3, lambda: run(place, scenario, seeds, QUARTERS))
    yield Figure("runs_per_second", len(seeds) / every, "runs/s", f"all {threads_available()} threads")
    yield Figure("threads_ratio", one / every, "×", "all threads against one")
    pictures = best_of(3, lambda: Batch.begin(place, jobs[:1]).advance(QUARTERS, Record.PICTURES))
    yield Figure("pictures_ratio", pictures / alone, "×", "recording what the browser needs against measures only")
    two_hundred = best_of(2, lambda: run(place, scenario, range(1, 201), QUARTERS))
    yield Figure("two_hundred_runs", two_hundred, "s", "200 runs with measures by quarter, all threads")
    mesa = on_mesa(place, scenario)
    yield Figure("mesa_seconds", mesa, "s", "one run on the Mesa executor")
    yield Figure("mesa_ratio", mesa * LANES / lanes, "×", "the engine in lanes against the Mesa executor, a run")


def dearest(place: Place) -> Figure:
    """The shipped scenario that costs most."""
    cost = {}
    for name in sorted(shipped_scenarios()):
        jobs = [Job(load_scenario(name), seed) for seed in range(1, LANES + 1)]
        cost[name] = best_of(2, lambda some=jobs: Batch.begin(place, some).advance(QUARTERS))  # type: ignore[misc]
    name = max(cost, key=lambda each: cost[each])
    per_tie = 1e9 * cost[name] / (len(place.ties.a) * QUARTERS) / LANES
    return Figure("ns_dearest", per_tie, "ns", f"per tie and quarter in lanes: the dearest shipped scenario ({name})")


def on_mesa(place: Place, scenario: Scenario) -> float:
    """Seconds of one run on the Mesa executor."""
    from incentive_abm.model import IntegrationModel

    def whole() -> None:
        model = IntegrationModel(place, scenario, seed=1, quarters=QUARTERS)
        while model.running:
            model.step()

    return best_of(2, whole)


def memory(place: Place, scenario: Scenario) -> Iterator[Figure]:
    """What one more run costs in memory when only its ending is kept."""
    def peak(runs: int) -> int:
        for _ in stream(place, (Job(scenario, seed) for seed in range(1, runs + 1)), QUARTERS, Record.ENDINGS):
            pass
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    few, many = peak(64), peak(1_024)
    yield Figure("bytes_per_extra_run", 1024 * (many - few) / 960, "bytes", "growth of memory from run 64 to 1,024, endings only")


def sizes(scenario: Scenario, largest: int) -> Iterator[Figure]:
    """Cost against size on one thread, and the exponent of ties in it."""
    ties, seconds = [], []
    for partners, wanted in SIZES:
        if partners > largest:
            continue
        council = max(1, partners // 20)
        gps = partners * 6 // 10
        place = generate_place(1, trusts=council, councils=council, gps=gps, voluntary=partners - gps - 2 * council, ties=wanted)
        batch = Batch.begin(place, [Job(scenario, 1)])
        tries = 3 if wanted < 20_000 else 1
        taken = best_of(tries, lambda kept=batch: kept.copy().advance(QUARTERS))  # type: ignore[misc]
        ties.append(len(place.ties.a))
        seconds.append(taken)
        yield Figure(f"seconds_{partners}", taken, "s", f"one run of {partners:,} partners and {ties[-1]:,} ties, one thread")
    fitted = [k for k, m in enumerate(ties) if m >= FITTED_FROM]
    if len(fitted) > 1:
        slope = np.polyfit(np.log([ties[k] for k in fitted]), np.log([seconds[k] for k in fitted]), 1)[0]
        yield Figure("size_exponent", float(slope), "", f"of ties in the cost of a run, from {FITTED_FROM:,} ties")
    yield Figure("peak_memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB", "of this whole measurement")


def starts(cold: bool) -> Iterator[Figure]:
    """From key press to the table of the shipped place, and to the end, with compiled code at hand and without."""
    def told(cache: str | None) -> tuple[float, float]:
        environment = dict(os.environ) if cache is None else {**os.environ, "INCENTIVE_ABM_CACHE": cache}
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            command = [sys.executable, "-m", "incentive_abm", "run", "--out", f"{folder}/run"]
            with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
                assert running.stdout is not None
                running.stdout.readline()
                table = time.perf_counter() - started
                running.stdout.read()
            return table, time.perf_counter() - started

    warm = [told(None) for _ in range(3)]
    yield Figure("warm_start", min(table for table, _ in warm), "s", "20 seeds of the shipped place: from key press to the table")
    yield Figure("warm_end", min(end for _, end in warm), "s", "the same to the end, tables and report written")
    yield Figure("help", best_of(3, lambda: subprocess.run(
        [sys.executable, "-m", "incentive_abm", "--help"], check=True, capture_output=True)), "s", "incentive-abm --help")
    if cold:
        with tempfile.TemporaryDirectory() as empty:
            yield Figure("cold_start", told(empty)[0], "s", "with nothing compiled yet: from key press to the table")


def machine() -> dict[str, Any]:
    """What the figures were measured on and with."""
    return {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "version": __version__, "source": source_hash(),
            "python": platform.python_version(), "processor": platform.machine(), "threads": threads_available()}


def remember(figures: list[Figure], history: Path, about: dict[str, Any]) -> list[dict[str, Any]]:
    """Add a line to the history file; returns the earlier entries, oldest first."""
    earlier = [json.loads(line) for line in history.read_text().splitlines() if line] if history.exists() else []
    history.parent.mkdir(parents=True, exist_ok=True)
    with history.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**about, **{f.name: f.value for f in figures}}) + "\n")
    return earlier
