"""Compiling an engine before its first run: by several processes at once, and told as it goes."""

from __future__ import annotations

import base64
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from queue import SimpleQueue

from incentive_abm.columns import KERNELS as COLUMNS
from incentive_abm.compiling.build import Kernel, build
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.compiling.sources import PACKAGE, cache_folder
from incentive_abm.engine.quarter import PHASES, advance
from incentive_abm.lever_moves import KERNELS as MOVING
from incentive_abm.log.listing import KERNELS as LISTING
from incentive_abm.log.reasons import KERNELS as REASONING
from incentive_abm.measures.kernels import KERNELS as MEASURING
from incentive_abm.measures.kernels import measure
from incentive_abm.recording import KERNELS as RECORDING
from incentive_abm.regimes import classify
from incentive_abm.state.start import KERNELS as BEGINNING

_OF_PHASES = tuple(kernel for kernels in PHASES.values() for kernel in kernels)
ENGINE: tuple[Kernel, ...] = tuple(dict.fromkeys((
    *BEGINNING, *RECORDING, *COLUMNS, *MOVING, *LISTING, *REASONING, classify, *_OF_PHASES, *MEASURING, advance)))
"""What the engine's runs are made of, each once; the last, which calls most of the others, is compiled last."""
AROUND_AGENTS: tuple[Kernel, ...] = (*BEGINNING, *MEASURING, measure)
"""What a run on Mesa needs compiled: how it begins, and how it is measured."""


def prepare(lanes: int, told: Callable[[int, int], None], kernels: Sequence[Kernel] = ENGINE, workers: int = 2,
            rules: RuleSet = SHIPPED) -> None:
    """Have kernels for so many lanes compiled and kept; `told` hears how many of how many are done.

    Does nothing, and tells nothing, where they are kept already. What a worker could not do is done here. Where rules are not
    the shipped ones, the shipped engine comes first: most of its kernels are theirs, too.
    """
    if rules:
        prepare(lanes, told, kernels, workers)
        kernels = [kernel for kernel in kernels if build(rules, lanes).touched(kernel)]
    if not kernels:
        return
    last = kernels[-1]
    if build(rules, lanes).kept(last):
        return
    told(0, len(kernels))
    # The longest first, so that no worker is left with one at the end; the length of the source is a fair guess.
    parts = sorted(kernels[:-1], key=lambda kernel: -len(kernel.source(lanes)[0]))
    with ThreadPoolExecutor(workers) as pool, _workers(lanes, workers, rules) as compiled:
        waiting = [pool.submit(compiled, kernel) for kernel in parts]
        try:
            for done, _ in enumerate(as_completed(waiting), 1):
                told(done, len(kernels))
            compiled(last)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    build(rules, lanes)[last]
    told(len(kernels), len(kernels))


@contextmanager
def _workers(lanes: int, many: int, rules: RuleSet) -> Iterator[Callable[[Kernel], None]]:
    """A function that has a kernel compiled by a worker that is free; the workers end with the block.

    They are out of reach of a terminal's Ctrl-C, which is for this process alone, and end when it does, however it ends.
    """
    # Not multiprocessing: its workers survive a parent that is killed, and need a parent whose main module is guarded.
    command = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); import {__name__} as work; work.compile_as_told({lanes})"
    environment = {**os.environ, "INCENTIVE_ABM_CACHE": str(cache_folder().parent)}
    given = base64.b64encode(pickle.dumps(rules)) + b"\n"
    begun = [
        subprocess.Popen([sys.executable, "-c", command], env=environment, bufsize=0, start_new_session=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(many)
    ]
    free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    for worker in begun:
        assert worker.stdin is not None
        with suppress(OSError):
            worker.stdin.write(given)
        free.put(worker)

    def compiled(kernel: Kernel) -> None:
        worker = free.get()
        assert worker.stdin is not None
        assert worker.stdout is not None
        with suppress(OSError):
            worker.stdin.write(f"{kernel.name}\n".encode())
            worker.stdout.readline()
        free.put(worker)

    try:
        yield compiled
    finally:
        for worker in begun:
            worker.kill()
            worker.wait()


def compile_as_told(lanes: int) -> None:
    """A worker: reads a set of rules, then compiles the kernels whose names it reads, and ends at once when nobody is left who
    could write one."""
    rules = pickle.loads(base64.b64decode(sys.stdin.readline()))
    named = {kernel.name: kernel for kernel in (*ENGINE, *AROUND_AGENTS)}
    asked: SimpleQueue[Kernel] = SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            asked.put(named[line.strip()])
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        kernel = asked.get()
        # What takes no run's arrays is compiled once, for whoever calls it.
        build(rules, lanes if kernel.arrays is not None else 1)[kernel]
        print("done", flush=True)
