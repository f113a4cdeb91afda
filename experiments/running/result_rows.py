"""Rows of results as an Arrow table, and as the bytes of a Parquet file; columns in `experiments.result_columns`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.designs.factors import FactorKind, Value
from experiments.result_columns import BLOCKERS, BY_QUARTER, STANDARD, TIMES, regime_in
from incentive_abm.measures import Measure
from incentive_abm.results.stored_tables import CHECKED

if TYPE_CHECKING:
    import pyarrow as pa

PROVENANCE = b"incentive_abm"
"""The key of a Parquet file's metadata under which its provenance stands, as JSON."""
_FIRST_BLOCKER = Measure[f"BLOCKER_{BLOCKERS[0].upper()}"]
_BLOCKED = slice(_FIRST_BLOCKER, _FIRST_BLOCKER + len(BLOCKERS))
_CODES = {measure.code: measure for measure in Measure}


class Row(NamedTuple):
    """One run: last holds the measures of its last quarter, series those of every quarter where they are kept; those of a user's
    own stand behind the model's."""

    run_id: str
    point: int
    replicate: int
    seed: int
    scenario: str
    values: tuple[Value, ...]
    regime: str
    times: tuple[float, float, float]
    last: NDArray[np.float64]
    series: NDArray[np.float64] | None


def schema(columns: Sequence[tuple[str, FactorKind]], keep: Sequence[str], series: Sequence[str]) -> pa.Schema:
    """The columns of results and their types."""
    import pyarrow as pa

    kinds = {
        FactorKind.FLOAT: pa.float64(),
        FactorKind.INT: pa.int64(),
        FactorKind.BOOL: pa.bool_(),
        FactorKind.CATEGORICAL: pa.string(),
    }
    factors = [(name, kinds[kind]) for name, kind in columns]
    varied = {name for name, _ in columns}
    constant = [(name, pa.string()) for name in ("place", "scenario") if name not in varied]
    numbers = [*STANDARD, *TIMES]
    return pa.schema(
        [
            ("run_id", pa.string()),
            ("point", pa.int64()),
            ("replicate", pa.int64()),
            ("seed", pa.int64()),
            *constant,
            *factors,
            ("quarters", pa.int64()),
            ("regime", pa.string()),
            *((name, pa.float64()) for name in numbers),
            ("blocker", pa.string()),
            *((f"blocker_{code}", pa.float64()) for code in BLOCKERS),
            *((name, pa.float64()) for name in keep),
            *((name + BY_QUARTER, pa.list_(pa.float64())) for name in series),
        ]
    )


def table(
    rows: Sequence[Row],
    place: str,
    quarters: int,
    columns: Sequence[tuple[str, FactorKind]],
    keep: Sequence[str],
    series: Sequence[str],
    own: Sequence[str] = (),
) -> pa.Table:
    """Rows as an Arrow table with the columns of `schema`; own: names of measures of a user's own, in their order."""
    import pyarrow as pa

    codes = {**_CODES, **{name: len(Measure) + k for k, name in enumerate(own)}}
    last = np.array([row.last for row in rows]).reshape(len(rows), len(codes))
    blocked = last[:, _BLOCKED]
    data: dict[str, Any] = {
        "run_id": [row.run_id for row in rows],
        "point": [row.point for row in rows],
        "replicate": [row.replicate for row in rows],
        "seed": [row.seed for row in rows],
        "place": [place] * len(rows),
        "scenario": [row.scenario for row in rows],
        "quarters": [quarters] * len(rows),
        "regime": [row.regime for row in rows],
        "blocker": [BLOCKERS[int(np.argmax(each))] if each.any() else "" for each in blocked],
    }
    for k, (name, _) in enumerate(columns):
        data[name] = [row.values[k] for row in rows]
    for k, name in enumerate(TIMES):
        data[name] = np.array([row.times[k] for row in rows], np.float64)
    for name in (*STANDARD, *keep):
        data[name] = last[:, codes[name]]
    for k, code in enumerate(BLOCKERS):
        data[f"blocker_{code}"] = blocked[:, k]
    for name in series:
        data[name + BY_QUARTER] = [row.series[:, codes[name]].tolist() for row in rows if row.series is not None]
    wanted = schema(columns, keep, series)
    # What did not happen within the horizon is missing, not a number.
    return pa.table([pa.array(data[field.name], field.type, from_pandas=field.name in TIMES) for field in wanted], schema=wanted)


def parquet_bytes(rows: pa.Table, provenance: Mapping[str, str]) -> bytes:
    """A table as a Parquet file in memory that carries its provenance."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(rows.replace_schema_metadata({PROVENANCE: json.dumps(dict(provenance))}), sink, **CHECKED)
    return bytes(sink.getvalue())


def outcomes(rows: pa.Table, outcome: str) -> NDArray[np.float64]:
    """The number that a study asks about, of each run: a measure of the last quarter, or 1 for the regime in question."""
    wanted = regime_in(outcome)
    if wanted:
        return np.array([float(regime == wanted) for regime in rows["regime"].to_pylist()], np.float64)
    return np.asarray(rows[outcome].to_numpy(), np.float64)
