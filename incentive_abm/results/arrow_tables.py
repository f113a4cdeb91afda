"""Columns of numbers as Arrow tables, ready for Parquet; nothing goes through pandas."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Regime, Talk
from incentive_abm.log.declared import WORDS, Log
from incentive_abm.measured_runs import Measured
from incentive_abm.place import Place
from incentive_abm.results.arrow_arrays import arrow_numbers, arrow_words
from incentive_abm.results.run_columns import EVENTS, MEASURES, PARTNERS, RUNS, TIES, Column, columns_of
from incentive_abm.results.stored_tables import CHECKED
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE, pictured

if TYPE_CHECKING:
    import pyarrow

Array = NDArray[Any]
TALKS = tuple(t.name.lower() for t in Talk)
REGIMES = tuple(r.code for r in Regime)
FIELD_WORDS = {"talk": TALKS, "blocker": WORDS["reason"], "background": WORDS["background"]}
HELD_AS = {"event": "what"}
"""Columns of the table of events that a log has under another name."""


def run_id(place: Place, scenario_hash: str, seed: int, rules: RuleSet = SHIPPED) -> str:
    """The name of a run wherever it is done: SHA-256 (16 hex digits) of place, scenario with its values, seed, and rules where
    they are not the shipped ones."""
    return hashlib.sha256(f"{place.hash}\0{scenario_hash}\0{seed}{rules.identity}".encode()).hexdigest()[:16]


def runs_table(place: Place, parts: Sequence[Recorded], own: Sequence[Column] = ()) -> pyarrow.Table:
    """One row a run; own: columns of the own measures of parts that are `Measured`."""
    jobs = [job for part in parts for job in part.jobs]
    ends = [part.endings for part in parts]
    last = np.concatenate([_with_own(part.last, part, (slice(None), -1)) for part in parts])
    ids = [run_id(place, job.scenario.hash, job.seed, job.rules) for job in jobs]
    values: dict[str, Any] = {
        "run": np.arange(len(jobs)), "run_id": (np.arange(len(jobs)), ids), "seed": np.array([job.seed for job in jobs]),
        "regime": (np.concatenate([e.regime for e in ends]), REGIMES),
    }
    for name in ("time_to_integration", "time_to_stall", "time_to_collapse"):
        values[name] = np.concatenate([getattr(e, name) for e in ends])
    names = [c.name for c in columns_of(RUNS, own)]
    values |= {name: last[:, k] for k, name in enumerate(names[len(values):])}
    return _table(RUNS, values, missing=True, own=own)


def measures_table(part: Recorded, first_run: int, own: Sequence[Column] = ()) -> pyarrow.Table:
    """One row a run and quarter; own: columns of the own measures of a part that is `Measured`."""
    if part.measures is None:
        raise ValueError("measures were not recorded")
    runs, quarters, _ = part.measures.shape
    rows = _with_own(part.measures, part, ...).reshape(runs * quarters, -1)
    names = [c.name for c in columns_of(MEASURES, own)]
    return _table(MEASURES, {
        **_keys(runs, quarters, 1, first_run, part), **{name: rows[:, k] for k, name in enumerate(names[3:])},
    }, own=own)


def _with_own(values: Array, part: Recorded, chosen: Any) -> Array:
    """Measures, and behind them those of a user's own."""
    return np.concatenate([values, part.own[chosen]], axis=-1) if isinstance(part, Measured) else values


def events_table(place: Place, log: Log) -> pyarrow.Table:
    """One row a thing that happened."""
    known = {**WORDS, "partner": place.partners.ids, "other": place.partners.ids, "title": log.titles}
    values = {c.name: getattr(log, HELD_AS.get(c.name, c.name)) for c in columns_of(EVENTS)}
    return _table(EVENTS, {name: (value, known[HELD_AS.get(name, name)]) if HELD_AS.get(name, name) in known else value
                           for name, value in values.items()}, missing=True)


def partners_table(place: Place, part: Recorded, first_run: int) -> pyarrow.Table:
    """One row a run, quarter and partner."""
    if part.partners is None:
        raise ValueError("pictures were not recorded")
    return _pictures(PARTNERS, part.partners, PARTNER_PICTURE, part, first_run,
                     {"partner": (np.arange(len(place)), place.partners.ids)})


def ties_table(place: Place, part: Recorded, first_run: int) -> pyarrow.Table:
    """One row a run, quarter and tie."""
    if part.ties is None:
        raise ValueError("pictures were not recorded")
    ids = place.partners.ids
    return _pictures(TIES, part.ties, TIE_PICTURE, part, first_run,
                     {"a": (place.ties.a, ids), "b": (place.ties.b, ids)})


def _pictures(table: str, pictures: NDArray[np.float32], names: Sequence[str], part: Recorded, first_run: int,
              who: Mapping[str, tuple[Array, Sequence[str]]]) -> pyarrow.Table:
    runs, quarters, items, count = pictures.shape
    rows = pictures.reshape(-1, count)
    keys = _keys(runs, quarters, items, first_run, part)
    del keys["seed"]
    values: dict[str, Any] = {**keys, **{name: (np.tile(codes, runs * quarters), words) for name, (codes, words) in who.items()}}
    for k, name in enumerate(names):
        column = rows[:, k]
        values[name] = (column.astype(np.int64), FIELD_WORDS[pictured(name).word]) if pictured(name).word else column
    return _table(table, values)


def _keys(runs: int, quarters: int, items: int, first_run: int, part: Recorded) -> dict[str, Array]:
    seeds = np.array([job.seed for job in part.jobs])
    return {"run": np.repeat(np.arange(runs) + first_run, quarters * items), "seed": np.repeat(seeds, quarters * items),
            "quarter": np.tile(np.repeat(np.arange(quarters) + 1, items), runs)}


def _table(table: str, values: Mapping[str, Any], missing: bool = False, own: Sequence[Column] = ()) -> pyarrow.Table:
    """Arrow columns as declared. A word is (codes, words), with −1 for none; `missing`: −1 and NaN become null."""
    import pyarrow as pa

    arrays, fields = [], []
    for column in columns_of(table, own):
        value = values[column.name]
        if column.type == "word":
            codes, words = value
            mask = codes < 0 if missing else None
            narrow = np.where(codes < 0, 0, codes).astype(np.int32)
            array = pa.DictionaryArray.from_arrays(arrow_numbers(narrow, mask), arrow_words(words))
        else:
            mask = None
            if missing:
                mask = np.isnan(value) if value.dtype.kind == "f" else value < 0
            array = arrow_numbers(value.astype(column.type, copy=False), mask)
        arrays.append(array)
        fields.append(pa.field(column.name, array.type, metadata={"meaning": column.meaning, "unit": column.unit}))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


class Writer:
    """One Parquet file, written table by table; each table becomes row groups of at most `ROWS` rows."""

    ROWS = 131_072

    def __init__(self, path: str, table: str) -> None:
        self.path, self.table, self.rows = path, table, 0
        self._writer: Any = None

    def write(self, table: pyarrow.Table) -> None:
        """Append rows. Raises OSError where they cannot be written."""
        import pyarrow.parquet as pq

        if self._writer is None:
            repeated = [c.name for c in columns_of(self.table) if not c.type.startswith("float")]
            self._writer = pq.ParquetWriter(self.path, table.schema, compression="zstd", compression_level=1,
                                            use_dictionary=repeated, **CHECKED)
        self._writer.write_table(table, row_group_size=self.ROWS)
        self.rows += table.num_rows

    def close(self) -> None:
        """Write the footer."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def discard(self) -> None:
        """Close without caring for what is in the file, which is about to be removed."""
        try:
            self.close()
        except OSError:
            self._writer = None
