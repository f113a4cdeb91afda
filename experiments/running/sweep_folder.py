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
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from experiments.running.chunk import ChunkResult
from experiments.running.description import describe, manifest_words
from experiments.running.kept_measures import files_of_measures
from experiments.running.kept_rules import files_of_rules
from experiments.running.plan import Plan
from experiments.running.result_rows import PROVENANCE
from experiments.running.stored_sweep import ASIDE, StoredSweep
from incentive_abm.errors import PlaceError, StudyError
from incentive_abm.files import FULL, folders_made, whats_there, why, write_bytes_whole, written_whole
from incentive_abm.place import load_place
from incentive_abm.results.folder_building import held_in, recover, resolved
from incentive_abm.results.stored_tables import CHECKED

NO_ROOM = (*FULL, errno.EFBIG)
ROWS_HELD = 4096
"""Rows of a row group of results.parquet: all that is held in memory while parts are put together."""
WORDS = ("title", "question", "about", "study", "study_source", "labels", "value_labels", "contrast", "map", "robust")
"""What of the manifest a study may say otherwise without any result being another."""
FRESH = "--fresh starts this one in a new folder beside it"
ANOTHER = "choose another folder for --out"
"""What can be done where a folder holds another sweep: of commands that can begin beside it, and of those that cannot."""


class SweepFolder(StoredSweep):
    """The folder of one sweep, to be written."""

    @classmethod
    def for_plan(cls, plan: Plan, folder: Path, fresh: bool = False, otherwise: str = FRESH) -> SweepFolder:
        """A new folder, or one whose sweep is the same; raises StudyError naming what differs and what could be done `otherwise`,
        and writes nothing then."""
        try:
            there = whats_there(folder)
            if there not in ("", "a folder"):
                raise StudyError(f"--out {folder} is {there}; expected a folder")
            if fresh:
                folder = _beside(folder)
            recover(folder)
            store = cls(folder)
            if not folder.exists() or not held_in(folder):
                _create(plan, folder)
                store._refuse_another(plan, otherwise)
            elif not (folder / "inputs" / "sweep.json").is_file():
                raise StudyError(f"--out {folder} holds other files and no sweep; choose a new folder")
            else:
                store._refuse_another(plan, otherwise)
                store._renew(plan)
        except OSError as error:
            raise _cannot_write(folder, error) from None
        return store

    def _refuse_another(self, plan: Plan, otherwise: str) -> None:
        there = self.sweep()["fingerprint"]
        names = [name for name in {**there, **plan.fingerprint} if there.get(name) != plan.fingerprint.get(name)]
        if names:
            told = "; ".join(
                f"{name} (was {there.get(name, 'absent')}, is {plan.fingerprint.get(name, 'absent')})" for name in names
            )
            raise StudyError(
                f"{self.folder} holds a sweep that differs from this one in {told}. Nothing was changed; {otherwise}"
            )

    def _renew(self, plan: Plan) -> None:
        """Write again what of the folder's beginnings is gone, damaged, or said otherwise by the study of today."""
        for name, content in _beginnings(plan).items():
            path = self.folder / name
            if whats_there(path) != "a file" or path.read_bytes() != content:
                _write(path, content)
        for name, place in plan.places.items():
            folder = self.folder / places_of(plan)[name]
            try:
                same = load_place(folder).hash == place.hash
            except PlaceError:
                same = False
            if not same:
                place.save(folder)
        words = manifest_words(plan)
        try:
            there = self.manifest()
        except StudyError:
            there = words
        told = there | {key: words[key] for key in WORDS}
        if told != there or there is words:
            _write(self.manifest_file, _json(told))

    def set_aside(self, path: Path) -> Path:
        """Give a damaged file, and the other of its chunk, names under which nothing looks for them; raises StudyError."""
        for each in (self.parts / f"{path.stem}.parquet", self.failures / f"{path.stem}.json"):
            if each != path and not each.exists():
                continue
            number, aside = 1, each.with_suffix(ASIDE)
            while aside.exists():
                number += 1
                aside = each.with_suffix(f"{ASIDE}.{number}")
            try:
                each.rename(aside)
            except OSError as error:
                raise StudyError(f"{each} is damaged and cannot be set aside: {why(error)}") from None
        return path.with_suffix(ASIDE)

    def keep(self, result: ChunkResult) -> None:
        """Store a chunk: its failures first, so that a part never stands without them; raises StudyError."""
        name = result.chunk.name
        told = self.failures / f"{name}.json"
        if result.failures:
            _write(told, _json([asdict(failure) for failure in result.failures]))
        _write(self.parts / f"{name}.parquet", result.part)
        if not result.failures:
            told.unlink(missing_ok=True)

    def take_stock(self, complete: bool, session: dict[str, Any] | None = None, replicates: int | None = None) -> dict[str, Any]:
        """Bring the manifest up to date with the parts; when complete, also put all parts together. Returns the manifest.

        `replicates` is how many were enough for the stopping rule, if it was met; what was run beyond them is left out.
        """
        kept = self._put_together(replicates) if complete else sum(len(self.read_part(path)) for path in self.files())
        failures = list(self.failure_records())
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

    def _put_together(self, replicates: int | None) -> int:
        """results.parquet from the parts, a few thousand rows at a time; leaves nothing half-written. Returns its rows."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        whole = self._schema.with_metadata({PROVENANCE: json.dumps(self.manifest()).encode()})
        rows = 0
        try:
            with written_whole(self.results) as waiting, pq.ParquetWriter(waiting, whole, **CHECKED) as writer:
                held: list[pa.Table] = []
                for path in self.files():
                    part = self.read_part(path).replace_schema_metadata(whole.metadata)
                    held.append(part if replicates is None else part.filter(pc.less(part["replicate"], replicates)))
                    rows += len(held[-1])
                    if sum(len(each) for each in held) >= ROWS_HELD:
                        writer.write_table(pa.concat_tables(held))
                        held = []
                if held:
                    writer.write_table(pa.concat_tables(held))
        except OSError as error:
            raise _cannot_write(self.results, error) from None
        for left in self.parts.glob(".*.tmp"):
            left.unlink(missing_ok=True)
        return rows


def _create(plan: Plan, folder: Path) -> None:
    """Make a new folder under another name and rename it; into one that is there, an empty one, its parts are moved.

    Where several shards begin at once, one of them makes it; whether it is the same sweep is checked next.
    """
    target = resolved(folder)
    there = target.is_dir()
    own = f".{os.getpid()}.unfinished"
    waiting = target / own if there else target.with_name(f".{target.name}{own}")
    with folders_made(waiting.parent):
        try:
            for name in ("inputs/places", "inputs/scenarios", "parts", "failures"):
                (waiting / name).mkdir(parents=True)
            for name, place in plan.places.items():
                place.save(waiting / places_of(plan)[name])
            for name, content in _beginnings(plan).items():
                _write(waiting / name, content)
            started = datetime.now(UTC).isoformat(timespec="seconds")
            _write(waiting / "manifest.json", _json(manifest_words(plan) | {"started": started}))
            # The inputs first: only one of several shards can give them their name.
            for name in ("inputs", "parts", "failures", "design.csv", "manifest.json") if there else ("",):
                try:
                    (waiting / name).rename(target / name)
                except OSError:
                    if not (target / "inputs" / "sweep.json").is_file():
                        raise
                    if name in ("", "inputs"):
                        return
        finally:
            shutil.rmtree(waiting, ignore_errors=True)


def _beginnings(plan: Plan) -> dict[str, bytes]:
    """Files that a sweep begins with, by their path in its folder: all but places and the manifest."""
    scenarios = {name: f"inputs/scenarios/{k}.toml" for k, (name, _) in enumerate(plan.study.scenarios)}
    return {
        "inputs/study.toml": plan.study.text.encode(),
        **{scenarios[name]: scenario.to_toml().encode() for name, scenario in plan.study.scenarios},
        **{name: text.encode() for name, text in files_of_rules(dict(plan.context.rules)).items()},
        **{name: text.encode() for name, text in files_of_measures(plan.study.own).items()},
        "inputs/sweep.json": _json(describe(plan, places_of(plan), scenarios)),
        "design.csv": plan.design_text.encode(),
    }


def places_of(plan: Plan) -> dict[str, str]:
    """Where each of a study's places is kept in the folder, by its name."""
    return {name: f"inputs/places/{k}" for k, name in enumerate(plan.places)}


def _beside(folder: Path) -> Path:
    """The folder itself if it is free, else the first free name beside it: sweep-2, sweep-3, …"""
    if not folder.exists() or not held_in(folder):
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
    return StudyError(f"{path} cannot be written: {why(error)}")


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()

