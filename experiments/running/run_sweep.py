"""A sweep from a study to its folder: plan, refuse or resume, run, take stock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from experiments.running.dispatch import Session, Shard, dispatch, missing
from experiments.running.plan import Plan
from experiments.running.sweep_folder import FRESH, SweepFolder
from experiments.running.sweep_progress import ProgressLine, Tally
from experiments.running.workers import Workers
from incentive_abm.errors import StudyError


@dataclass(frozen=True)
class Swept:
    """How a sweep stands after a session; manifest as in the folder."""

    folder: Path
    manifest: dict[str, Any]
    session: Session
    found: int

    @property
    def complete(self) -> bool:
        """Whether every run that was planned is there or has failed."""
        return bool(self.manifest["complete"])


def run_sweep(
    plan: Plan,
    folder: Path,
    begin: Callable[[], Workers],
    *,
    shard: Shard | None = None,
    most_runs: int | None = None,
    fresh: bool = False,
    retry_failed: bool = False,
    otherwise: str = FRESH,
    words: TextIO | None = None,
) -> Swept:
    """Run what is missing of a plan in a folder; can be stopped at any moment and called again.

    Raises StudyError where the folder holds another sweep, or cannot be written; nothing that is stored is lost.
    """
    store = SweepFolder.for_plan(plan, folder, fresh, otherwise)
    tally = Tally(plan)
    found = _count(store, tally, store.failed() if retry_failed else set(), words)
    indices = missing(plan, store, shard or Shard(), retry_failed)
    if plan.study.stop is not None:
        if shard is not None and shard.of > 1:
            raise StudyError("a study with [stop] cannot be cut into shards: no shard sees enough to know when to stop")
        indices = [] if tally.stops_at() else sorted(indices, key=plan.first_replicate)
    to_do = sum(plan.chunk_runs(k) for k in indices)
    teller = ProgressLine(plan, tally, min(to_do, most_runs or to_do), words)
    session = Session()
    try:
        session = dispatch(plan, store, begin, indices, most_runs, teller, lambda: tally.stops_at() is not None)
    finally:
        if indices:
            teller.finish()
    replicates = tally.stops_at()
    complete = replicates is not None or not missing(plan, store, Shard(), retry_failed=False)
    manifest = store.take_stock(complete, _told(session, teller) if session.chunks else None, replicates)
    return Swept(store.folder, manifest, session, found)


def _count(store: SweepFolder, tally: Tally, again: set[str], words: TextIO | None) -> int:
    """Count what earlier sessions left, but for chunks to be done again; what is damaged is set aside and told."""
    for path, error in store.damaged():
        aside = store.set_aside(path) if path.exists() else path
        print(f"{error}. It is kept as {aside.name}, and its runs are done again", file=words)
    for path in store.foreign():
        print(f"{path} is none of this sweep's files; it is left alone", file=words)
    for path in store.files():
        if path.stem not in again:
            tally.add_part(store.read_part(path))
    return tally.done


def _told(session: Session, teller: ProgressLine) -> dict[str, Any]:
    """What the manifest says of the session: how fast it was, and what it cost."""
    told = {
        "runs": session.runs,
        "seconds": round(session.seconds, 3),
        "runs_a_second": round(session.runs / session.seconds, 2) if session.seconds else 0.0,
        "seconds_in_the_model": round(session.engine_seconds, 3),
        "seconds_in_workers": round(session.worker_seconds, 3),
        "processor_seconds_in_workers": round(session.processor_seconds, 3),
        "chunks_handed_back": session.handed_back,
    }
    if teller.resident:
        told |= {
            "resident_mb_after_1000_runs": round(teller.resident[1000], 1),
            "resident_mb_at_the_end": round(teller.resident[-1], 1),
        }
    return told
