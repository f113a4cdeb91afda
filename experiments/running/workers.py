"""Where chunks are run: in this process, in threads, or in processes of this machine. All give the same bits."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from typing import Any, Protocol

from experiments.running.chunk import Chunk, ChunkResult, Context, run_chunk

LOOK = 1.0
"""Seconds after which waiting comes back, so that progress can be told."""
TIDYING = 1.0
"""Seconds that a pool which is given up has to put its semaphores away, so that none is told to have leaked."""
STUCK = 5
"""Looks without a result, after a worker has died, after which what it was sending is taken never to come."""


@dataclass(frozen=True, eq=False)
class LostChunk:
    """A chunk whose worker died; `alone` when nothing else was under way, so that the chunk itself is to blame."""

    chunk: Chunk
    alone: bool


class Workers(Protocol):
    """What runs chunks: hand some over, then ask what has come back; close it always."""

    @property
    def slots(self) -> int:
        """How many chunks to hand over before waiting."""

    def submit(self, chunk: Chunk) -> None:
        """Hand over a chunk."""

    def finished(self) -> list[ChunkResult | LostChunk]:
        """What has ended since, perhaps nothing; waits a moment. Raises what a worker raised."""

    def close(self) -> None:
        """Stop at once; what is under way is lost."""


class InProcess:
    """One chunk after another, in this process."""

    slots = 1

    def __init__(self, context: Context) -> None:
        self.context, self.waiting = context, list[Chunk]()

    def submit(self, chunk: Chunk) -> None:
        self.waiting.append(chunk)

    def finished(self) -> list[ChunkResult | LostChunk]:
        return [run_chunk(self.context, self.waiting.pop(0))] if self.waiting else []

    def close(self) -> None:
        self.waiting.clear()


class _Pool:
    """What threads and processes have in common."""

    def __init__(self, workers: int) -> None:
        # Two chunks a worker: the next one is there when the first is done.
        self.slots = 2 * workers
        self.futures: dict[Future[ChunkResult], Chunk] = {}

    def _done(self) -> set[Future[ChunkResult]]:
        return wait(self.futures, timeout=LOOK, return_when=FIRST_COMPLETED).done if self.futures else set()


class Threads(_Pool):
    """Threads of this process: no start-up, one copy of the place; the compiled quarters release Python's lock."""

    def __init__(self, context: Context, workers: int) -> None:
        super().__init__(workers)
        self.context, self.pool = context, ThreadPoolExecutor(workers, "run")

    def submit(self, chunk: Chunk) -> None:
        self.futures[self.pool.submit(run_chunk, self.context, chunk)] = chunk

    def finished(self) -> list[ChunkResult | LostChunk]:
        done = self._done()
        for future in done:
            del self.futures[future]
        return [future.result() for future in done]

    def close(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)


class Processes(_Pool):
    """Processes of this machine. One that dies is replaced and its chunk handed back; all end when this process does."""

    def __init__(self, context: Context, workers: int) -> None:
        super().__init__(workers)
        self.context, self.workers = context, workers
        self.looks = 0
        self.pool, self.stop = self._start()

    def submit(self, chunk: Chunk) -> None:
        try:
            future = self.pool.submit(_run, chunk)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self.futures[future] = chunk

    def finished(self) -> list[ChunkResult | LostChunk]:
        ended: list[ChunkResult | LostChunk] = []
        broken: list[Chunk] = []
        done = self._done()
        if self._is_stuck(bool(done)):
            return self._taken_back()
        for future in done:
            chunk = self.futures.pop(future)
            try:
                ended.append(future.result())
            except BrokenProcessPool:
                broken.append(chunk)
        if broken:
            # One dead worker breaks the whole pool: take back everything that is under way and begin with a new one.
            wait(self.futures)
            for future, chunk in self.futures.items():
                if future.exception() is None:
                    ended.append(future.result())
                else:
                    broken.append(chunk)
            self.futures.clear()
            self._begin_anew()
        return [*ended, *(LostChunk(chunk, alone=len(broken) == 1) for chunk in broken)]

    def close(self) -> None:
        tidying: Any = self.pool._executor_manager_thread
        self.stop.close()
        self.pool.shutdown(wait=False, cancel_futures=True)
        if tidying is not None:
            # The workers are gone at once, and the pool's semaphores with them; one that died while sending is not waited for.
            tidying.join(TIDYING)

    def _is_stuck(self, came: bool) -> bool:
        """Whether a worker died in the middle of sending, for whose rest the pool would wait for ever."""
        dead = any(not process.is_alive() for process in list((self.pool._processes or {}).values()))
        self.looks = self.looks + 1 if dead and not came and self.futures else 0
        return self.looks >= STUCK

    def _taken_back(self) -> list[ChunkResult | LostChunk]:
        """Give up the pool as it is: everything under way is handed back to a new one."""
        lost = [LostChunk(chunk, alone=len(self.futures) == 1) for chunk in self.futures.values()]
        self.futures.clear()
        self._begin_anew()
        return list(lost)

    def _begin_anew(self) -> None:
        self.close()
        self.looks = 0
        self.pool, self.stop = self._start()

    def _start(self) -> tuple[ProcessPoolExecutor, Connection]:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        kind = multiprocessing.get_context(method)
        if method == "forkserver":
            # The server loads the model once; workers, also those that replace dead ones, are there at once.
            kind.set_forkserver_preload(["experiments.running.chunk"])
        watched, stop = kind.Pipe(duplex=False)
        return ProcessPoolExecutor(self.workers, kind, _begin, (self.context, watched)), stop


class _Own:
    """What a worker process was given when it began."""

    context: Context


def _begin(context: Context, stop: Connection) -> None:
    """Set a worker process up: it keeps the context, leaves Ctrl-C to its parent, and ends when told or orphaned."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Own.context = context
    parent = multiprocessing.parent_process()
    assert parent is not None
    watched: list[Connection | int] = [stop, parent.sentinel]

    def end() -> None:
        wait_for_any(watched)
        os._exit(0)

    threading.Thread(target=end, daemon=True).start()


def _run(chunk: Chunk) -> ChunkResult:
    return run_chunk(_Own.context, chunk)


def local(context: Context, workers: int, threads: bool) -> Callable[[], Workers]:
    """How to run on this machine with so many workers: here where one is enough, else threads or processes."""
    if workers == 1:
        return lambda: InProcess(context)
    return (lambda: Threads(context, workers)) if threads else (lambda: Processes(context, workers))
