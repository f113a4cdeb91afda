"""Running random rows of a sweep again: each must come out the same, to the last bit."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.running.chunk import Chunk, Context, run_chunk
from experiments.running.description import context_of, point_of
from experiments.running.stored_sweep import StoredSweep
from incentive_abm.compiling import source_hash
from incentive_abm.errors import StudyError


@dataclass(frozen=True)
class Difference:
    """A column of a row that came out otherwise."""

    run_id: str
    column: str
    stored: object
    again: object


@dataclass(frozen=True)
class Verified:
    """What came of running rows again; source_then differs from source_now where the code has changed since.

    notes: damaged and foreign files in the folder.
    """

    rows: int
    of: int
    differences: tuple[Difference, ...]
    source_then: str
    source_now: str
    notes: tuple[str, ...] = ()


def verify(folder: Path, rows: int = 20, seed: int | None = None) -> Verified:
    """Run rows chosen at random again, each alone, from the inputs kept in the folder, and compare every column.

    Works on a finished sweep and on an unfinished one. Raises StudyError where there is no sweep or no row.
    """
    store = StoredSweep(folder)
    store.require()
    sweep, source = store.sweep(), source_hash()
    context = context_of(folder, sweep, source)
    chosen, total = _chosen(store, rows, random.Random(seed))
    differences: list[Difference] = []
    for row in chosen:
        differences += _compare(row, _again(context, sweep, row))
    told = str(sweep["fingerprint"].get("source", "unknown"))
    return Verified(len(chosen), total, tuple(differences), told, source, tuple(store.notes()))


def _chosen(store: StoredSweep, rows: int, chance: random.Random) -> tuple[list[dict[str, Any]], int]:
    """Rows at random from all that can be read, and how many there are."""
    table = store.rows()
    if not len(table):
        raise StudyError(f"{store.folder}: there are no results yet")
    return table.take(sorted(chance.sample(range(len(table)), min(rows, len(table))))).to_pylist(), len(table)


def _again(context: Context, sweep: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    point = point_of(sweep, row)
    chunk = Chunk(0, "", str(row["place"]), (point,), ((0, int(row["replicate"]), int(row["seed"])),))
    result = run_chunk(context, chunk)
    if result.failures:
        return {"run_id": result.failures[0].run_id, "error": result.failures[0].error}
    return dict(pq.read_table(pa.BufferReader(result.part)).to_pylist()[0])


def _compare(stored: Mapping[str, Any], again: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(str(stored["run_id"]), column, stored.get(column), again.get(column))
        for column in {**stored, **again}
        if not _same(stored.get(column), again.get(column))
    ]


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one) and math.isnan(other):
        return True
    return type(one) is type(other) and one == other
