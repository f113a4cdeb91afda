"""Dispatching a sweep's chunks: hand out those that are missing, store what comes back, stop when asked, begin again later."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

from experiments.running.chunk import Chunk, ChunkResult, run_nothing
from experiments.running.plan import Plan
from experiments.running.sweep_folder import SweepFolder
from experiments.running.workers import LostChunk, Workers

BLAMED = 3
"""A chunk that was under way when workers died so many times is run alone; if that kills its worker too, it has failed."""
KILLED = "the worker process died each time that these runs were tried (killed from outside, or out of memory)"


@dataclass(frozen=True)
class Shard:
    """One part of n of a sweep's chunks, counted from 1; 1/1 is everything."""

    number: int = 1
    of: int = 1

    def holds(self, index: int) -> bool:
        """Whether a chunk falls to this shard."""
        return index % self.of == self.number - 1


@dataclass
class Session:
    """What one go at a sweep has done: runs and chunks stored, time passed, time spent by all workers and in the model;
    handed_back: chunks that were done again because a worker died."""

    runs: int = 0
    chunks: int = 0
    seconds: float = 0.0
    engine_seconds: float = 0.0
    worker_seconds: float = 0.0
    processor_seconds: float = 0.0
    handed_back: int = 0


def missing(plan: Plan, store: SweepFolder, shard: Shard, retry_failed: bool) -> list[int]:
    """Chunks still to do, in the order of the plan."""
    done = store.done() - (store.failed() if retry_failed else set())
    return [k for k in range(plan.n_chunks) if shard.holds(k) and plan.names[k] not in done]


def dispatch(
    plan: Plan,
    store: SweepFolder,
    begin: Callable[[], Workers],
    indices: list[int],
    most_runs: int | None = None,
    tell: Callable[[ChunkResult | None], None] | None = None,
    enough: Callable[[], bool] | None = None,
) -> Session:
    """Run chunks until all are stored, `most_runs` are reached or there are `enough`.

    `tell` hears of each chunk, and (None) of waiting. Raises StudyError where a chunk cannot be stored; whatever is raised,
    what is stored stays.
    """
    session = Session()
    begun = perf_counter()
    if not indices:
        return session
    runs = begin()
    queue = deque(_within(plan, indices, most_runs))
    again: deque[Chunk] = deque()
    blamed: Counter[str] = Counter()
    under_way, alone = 0, False
    try:
        while queue or again or under_way:
            chosen = [] if alone else _next(plan, queue, again, blamed, runs.slots - under_way, under_way == 0)
            alone = alone or any(blamed[chunk.id] >= BLAMED for chunk in chosen)
            for chunk in chosen:
                runs.submit(chunk)
                under_way += 1
            came = runs.finished()
            under_way -= len(came)
            alone = alone and not came
            for each in came:
                if isinstance(each, LostChunk):
                    session.handed_back += 1
                    blamed[each.chunk.id] += 1
                    if not (each.alone and blamed[each.chunk.id] > BLAMED):
                        again.append(each.chunk)
                        continue
                    each = run_nothing(plan.context, each.chunk, KILLED)
                store.keep(each)
                session.runs += len(each.points) + len(each.failures)
                session.chunks += 1
                session.engine_seconds += each.engine_seconds
                session.worker_seconds += each.seconds
                session.processor_seconds += each.processor_seconds
                if tell is not None:
                    tell(each)
            if came and queue and enough is not None and enough():
                queue.clear()
            if not came and tell is not None:
                tell(None)
    finally:
        runs.close()
        session.seconds = perf_counter() - begun
    return session


def _within(plan: Plan, indices: list[int], most_runs: int | None) -> Iterator[int]:
    """Chunks, as many as keep within so many runs, but at least one."""
    total = 0
    for k in indices:
        total += plan.chunk_runs(k)
        if most_runs is not None and total > most_runs and total > plan.chunk_runs(k):
            return
        yield k


def _next(plan: Plan, queue: deque[int], again: deque[Chunk], blamed: Counter[str], room: int, idle: bool) -> list[Chunk]:
    """Chunks to hand out now. One that is suspected of killing its workers waits until it can be run alone."""
    chosen: list[Chunk] = []
    while len(chosen) < room and (again or queue):
        if again and blamed[again[0].id] >= BLAMED:
            return [again.popleft()] if idle and not chosen else chosen
        chosen.append(again.popleft() if again else plan.chunk(queue.popleft()))
    return chosen
