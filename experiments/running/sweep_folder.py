"""A sweep's folder: inputs, parts renamed into place, failures, and at the end one table.

design.csv, manifest.json           what was planned, and what decides and describes the results
inputs/                             study, places and scenarios as they were, so that any row can be run again
parts/NUMBER-HASH.parquet           one for each chunk done
failures/NUMBER-HASH.json           the runs of a chunk that failed, if any
results.parquet, failures.json      everything together, when all chunks are done
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from experiments.running.chunk import ChunkResult
from experiments.running.description import describe, manifest_words
from experiments.running.plan import Plan
from incentive_abm.errors import StudyError
from incentive_abm.files import write_bytes_whole, written_whole

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ROWS_HELD = 4096
"""Rows of a row group of results.parquet: all that is held in memory while parts are put together."""


class SweepFolder:
    """The folder of one sweep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts, self.failures = folder / "parts", folder / "failures"
        self.results, self.manifest_file = folder / "results.parquet", folder / "manifest.json"

    @classmethod
    def existing(cls, folder: Path) -> SweepFolder:
        """The sweep in a folder; raises StudyError where there is none."""
        if not (folder / "inputs" / "sweep.json").is_file():
            raise StudyError(f"{folder} is not the folder of a sweep (it has no inputs/sweep.json)")
        return cls(folder)

    @classmethod
    def for_plan(cls, plan: Plan, folder: Path, fresh: bool = False) -> SweepFolder:
        """A new folder, or one whose sweep is the same; raises StudyError naming what differs, and writes nothing then."""
        if folder.exists() and not folder.is_dir():
            raise StudyError(f"--out {folder} is a file; expected a folder")
        if fresh:
            folder = _beside(folder)
        if not folder.exists() or not any(folder.iterdir()):
            _create(plan, folder)
        elif not (folder / "inputs" / "sweep.json").is_file():
            raise StudyError(f"--out {folder} holds other files and no sweep; choose a new folder")
        store = cls(folder)
        store._refuse_another(plan)
        return store

    def _refuse_another(self, plan: Plan) -> None:
        there = self.sweep()["fingerprint"]
        names = [name for name in {**there, **plan.fingerprint} if there.get(name) != plan.fingerprint.get(name)]
        if names:
            told = "; ".join(
                f"{name} (was {there.get(name, 'absent')}, is {plan.fingerprint.get(name, 'absent')})" for name in names
            )
            raise StudyError(
                f"{self.folder} holds a sweep that differs from this one in {told}. Nothing was changed; "
                "--fresh starts this one in a new folder beside it"
            )

    def sweep(self) -> dict[str, Any]:
        """What inputs/sweep.json says (see `description.describe`)."""
        return _read_json(self.folder / "inputs" / "sweep.json")

    def manifest(self) -> dict[str, Any]:
        """What manifest.json says."""
        return _read_json(self.manifest_file)

    def done(self) -> set[str]:
        """Names of the chunks whose part is there."""
        return {path.stem for path in self.parts.glob("*.parquet")}

    def failed(self) -> set[str]:
        """Names of the chunks with runs that failed."""
        return {path.stem for path in self.failures.glob("*.json")}

    def keep(self, result: ChunkResult) -> None:
        """Store a chunk: its failures first, so that a part never stands without them; raises StudyError."""
        name = result.chunk.name
        told = self.failures / f"{name}.json"
        if result.failures:
            _write(told, _json([asdict(failure) for failure in result.failures]))
        _write(self.parts / f"{name}.parquet", result.part)
        if not result.failures:
            told.unlink(missing_ok=True)

    def files(self) -> list[Path]:
        """Parts in the order of the plan."""
        return sorted(self.parts.glob("*.parquet"))

    def failure_records(self) -> Iterator[dict[str, Any]]:
        """Every failed run, in the order of the plan."""
        for path in sorted(self.failures.glob("*.json")):
            yield from json.loads(path.read_text(encoding="utf-8"))

    def take_stock(self, complete: bool, session: dict[str, Any] | None = None, replicates: int | None = None) -> dict[str, Any]:
        """Bring the manifest up to date with the parts; when complete, also put all parts together. Returns the manifest.

        `replicates` is how many were enough for the stopping rule, if it was met; what was run beyond them is left out.
        """
        import pyarrow.parquet as pq

        if complete:
            self._put_together(replicates)
        failures = list(self.failure_records())
        if complete:
            kept = pq.read_metadata(self.results).num_rows
        else:
            kept = sum(pq.read_metadata(path).num_rows for path in self.files())
        manifest = self.manifest() | {"runs_done": kept, "runs_failed": len(failures), "complete": complete}
        if replicates is not None:
            points = manifest["points"]
            manifest |= {"replicates": replicates, "runs_planned": points * replicates, "stopped": "the stopping rule was met"}
        if session is not None:
            manifest["last_session"] = session
        told = self.folder / "failures.json"
        if failures:
            _write(told, _json(failures))
        else:
            told.unlink(missing_ok=True)
        _write(self.manifest_file, _json(manifest))
        return manifest

    def _put_together(self, replicates: int | None) -> None:
        """results.parquet from the parts, a few thousand rows at a time; leaves nothing half-written."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        files = self.files()
        schema = pq.read_schema(files[0]).with_metadata({b"incentive_abm": json.dumps(self.manifest()).encode()})
        try:
            with written_whole(self.results) as waiting, pq.ParquetWriter(waiting, schema) as writer:
                held: list[pa.Table] = []
                for path in files:
                    part = pq.read_table(path).replace_schema_metadata(schema.metadata)
                    held.append(part if replicates is None else part.filter(pc.less(part["replicate"], replicates)))
                    if sum(len(each) for each in held) >= ROWS_HELD:
                        writer.write_table(pa.concat_tables(held))
                        held = []
                if held:
                    writer.write_table(pa.concat_tables(held))
        except OSError as error:
            raise _cannot_write(self.results, error) from None
        for left in self.parts.glob(".*.tmp"):
            left.unlink(missing_ok=True)


def _create(plan: Plan, folder: Path) -> None:
    """Make the folder with its inputs and design under another name, then rename it: it exists whole or not at all."""
    waiting = folder.resolve().with_name(f".{folder.resolve().name}.{os.getpid()}.tmp")
    try:
        shutil.rmtree(waiting, ignore_errors=True)
        for name in ("inputs/places", "inputs/scenarios", "parts", "failures"):
            (waiting / name).mkdir(parents=True)
        _write(waiting / "inputs" / "study.toml", plan.study.text.encode())
        places = {name: f"inputs/places/{k}" for k, name in enumerate(plan.places)}
        for name, place in plan.places.items():
            place.save(waiting / places[name])
        scenarios = {name: f"inputs/scenarios/{k}.toml" for k, (name, _) in enumerate(plan.study.scenarios)}
        for name, scenario in plan.study.scenarios:
            _write(waiting / scenarios[name], scenario.to_toml().encode())
        _write(waiting / "inputs" / "sweep.json", _json(describe(plan, places, scenarios)))
        _write(waiting / "design.csv", plan.design_text.encode())
        started = datetime.now(UTC).isoformat(timespec="seconds")
        _write(waiting / "manifest.json", _json(manifest_words(plan) | {"started": started}))
        try:
            os.rename(waiting, folder)
        except OSError:
            # Another shard has just made it; whether it is the same sweep is checked next.
            if not (folder / "inputs" / "sweep.json").is_file():
                raise
    except OSError as error:
        raise _cannot_write(folder, error) from None
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _beside(folder: Path) -> Path:
    """The folder itself if it is free, else the first free name beside it: sweep-2, sweep-3, …"""
    if not folder.exists() or not any(folder.iterdir()):
        return folder
    number = 2
    while (folder.with_name(f"{folder.name}-{number}")).exists():
        number += 1
    return folder.with_name(f"{folder.name}-{number}")


def _write(path: Path, content: bytes) -> None:
    """Write a file whole; raises StudyError."""
    try:
        write_bytes_whole(path, content)
    except OSError as error:
        raise _cannot_write(path, error) from None


def _cannot_write(path: Path, error: OSError) -> StudyError:
    """What to tell a user whose disk is full or whose folder is closed."""
    if error.errno in NO_ROOM:
        return StudyError(
            f"there is no room left to write {path}; what is there already is whole. "
            "Make room and start again with the same command"
        )
    return StudyError(f"{path} cannot be written: {error.strerror or error}")


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StudyError(f"{path}: cannot be read ({error})") from None
    if not isinstance(value, dict):
        raise StudyError(f"{path}: expected an object of keys and values")
    return value
