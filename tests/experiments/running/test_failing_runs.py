"""A run that fails, or kills its worker, is recorded and takes no others with it."""

import json
from pathlib import Path

import pytest
from small_study import plan_of, results, same, swept

from experiments.running import chunk as chunks
from experiments.running.chunk import ChunkResult
from experiments.running.workers import InProcess, LostChunk


class Poisoned(InProcess):
    """One chunk kills whatever runs it, and all that is under way beside it is lost too."""

    slots = 3

    def finished(self) -> list[ChunkResult | LostChunk]:
        if all(chunk.index != 2 for chunk in self.waiting):
            return super().finished()
        lost, self.waiting = self.waiting, []
        return [LostChunk(chunk, alone=len(lost) == 1) for chunk in lost]


def test_one_bad_run_is_recorded_and_stops_nothing(reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, folder = plan_of(), tmp_path / "sweep"
    bad = plan.study.luck(5, 0)
    whole_stream = chunks.engine.stream

    def stream(place, jobs, *arguments, **options):  # type: ignore[no-untyped-def]
        if any(job.seed == bad and len(place.partners) == 7 for job in jobs):
            raise RuntimeError("a partner fell off the table")
        return whole_stream(place, jobs, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(chunks.engine, "stream", stream)
        first = swept(plan, folder)
    whole = results(reference)
    spoilt = whole[(whole["replicate"] == 5) & (whole["place"] == "one")]
    assert first.complete
    assert first.manifest["runs_failed"] == len(spoilt) > 0
    assert set(results(folder)["run_id"]) == set(whole["run_id"]) - set(spoilt["run_id"])
    failures = json.loads((folder / "failures.json").read_text(encoding="utf-8"))
    assert {each["run_id"] for each in failures} == set(spoilt["run_id"])
    told = failures[0]
    assert told["seed"] == bad
    assert "a partner fell off the table" in told["error"]
    assert "Traceback" in told["traceback"]
    assert set(told["parameters"]) >= {"bailout", "directives", "protocol"}
    assert swept(plan, folder).session.runs == 0
    assert swept(plan, folder, retry_failed=True).manifest["runs_failed"] == 0
    assert not (folder / "failures.json").exists()
    same(folder, reference)


def test_runs_that_kill_their_workers_fail_and_take_no_others_with_them(reference: Path, tmp_path: Path) -> None:
    plan = plan_of()
    ended = swept(plan, tmp_path / "sweep", lambda: Poisoned(plan.context))
    assert ended.complete
    assert ended.manifest["runs_failed"] == plan.chunk_runs(2)
    failures = json.loads((tmp_path / "sweep" / "failures.json").read_text(encoding="utf-8"))
    assert all("the worker process died each time" in each["error"] for each in failures)
    whole = results(reference)
    spoilt = {each["run_id"] for each in failures}
    assert set(results(tmp_path / "sweep")["run_id"]) == set(whole["run_id"]) - spoilt
    assert swept(plan, tmp_path / "sweep", retry_failed=True).manifest["runs_failed"] == 0
    same(tmp_path / "sweep", reference)
