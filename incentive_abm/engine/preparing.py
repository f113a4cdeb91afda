"""Compiling an engine before its first run: by several processes at once, and told as it goes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from incentive_abm.compiling.build import SHIPPED, Kernel, build
from incentive_abm.engine.quarter import PHASES, advance
from incentive_abm.measures.kernels import KERNELS as MEASURING
from incentive_abm.state.start import KERNELS as BEGINNING

PARTS: tuple[Kernel, ...] = (*BEGINNING, *(kernel for kernels in PHASES.values() for kernel in kernels), *MEASURING)
"""What `advance` is made of, and what begins a run."""


def prepare(lanes: int, workers: int, told: Callable[[int, int], None]) -> None:
    """Have the engine for so many lanes compiled and kept; `told` hears how many of how many functions are done.

    Does nothing, and tells nothing, where it is kept already. Only for a program whose main module is guarded: the workers
    are fresh processes.
    """
    if build(SHIPPED, lanes).kept(advance):
        return
    total = len(PARTS) + 1
    told(0, total)
    if workers > 1:
        # The longest first, so that no worker is left with one at the end; the length of the source is a fair guess.
        order = sorted(range(len(PARTS)), key=lambda k: -len(PARTS[k].source()[0]))
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for done, future in enumerate(as_completed([pool.submit(_compile, k, lanes) for k in order]), 1):
                future.result()
                told(done, total)
    build(SHIPPED, lanes)[advance]
    told(total, total)


def _compile(part: int, lanes: int) -> None:
    build(SHIPPED, lanes)[PARTS[part]]
