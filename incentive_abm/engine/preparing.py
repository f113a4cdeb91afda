"""Compiling an engine before its first run: by several processes at once, and told as it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from incentive_abm.compiling.build import SHIPPED, Kernel, build
from incentive_abm.engine.quarter import PHASES, advance
from incentive_abm.measures.kernels import KERNELS as MEASURING
from incentive_abm.measures.kernels import measure
from incentive_abm.recording import KERNELS as RECORDING
from incentive_abm.state.start import KERNELS as BEGINNING

_OF_PHASES = tuple(kernel for kernels in PHASES.values() for kernel in kernels)
ENGINE: tuple[Kernel, ...] = (*BEGINNING, *RECORDING, *_OF_PHASES, *MEASURING, advance)
"""What the engine's runs are made of; the last of them calls those before it."""
AROUND_AGENTS: tuple[Kernel, ...] = (*BEGINNING, *MEASURING, measure)
"""What a run on Mesa needs compiled: how it begins, and how it is measured."""


def prepare(lanes: int, told: Callable[[int, int], None], kernels: Sequence[Kernel] = ENGINE, workers: int = 2) -> None:
    """Have kernels for so many lanes compiled and kept; `told` hears how many of how many are done.

    Does nothing, and tells nothing, where they are kept already. Only for a program whose main module is guarded: the
    workers are fresh processes.
    """
    last = kernels[-1]
    if build(SHIPPED, lanes).kept(last):
        return
    told(0, len(kernels))
    if workers > 1:
        # The longest first, so that no worker is left with one at the end; the length of the source is a fair guess.
        parts = sorted(range(len(ENGINE)), key=lambda k: -len(ENGINE[k].source(lanes)[0]))
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            waiting = [pool.submit(_compile, k, lanes) for k in parts if ENGINE[k] in kernels and ENGINE[k] is not last]
            for done, future in enumerate(as_completed(waiting), 1):
                future.result()
                told(done, len(kernels))
    build(SHIPPED, lanes)[last]
    told(len(kernels), len(kernels))


def _compile(part: int, lanes: int) -> None:
    build(SHIPPED, lanes)[ENGINE[part]]
