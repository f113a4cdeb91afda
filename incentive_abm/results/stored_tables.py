"""Parquet tables that we wrote ourselves, read back: pages against their checksums, columns against what was declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incentive_abm.errors import UserError, shortened
from incentive_abm.files import readable, why
from incentive_abm.results.run_columns import Column, columns_of

if TYPE_CHECKING:
    import pyarrow

CHECKED = {"write_page_checksum": True}
"""What every writer of ours is told, so that a flipped bit is found when it is read."""
DAMAGE = (OSError, ValueError, LookupError, TypeError, NotImplementedError, OverflowError, MemoryError)
"""What pyarrow raises for a file that is not as it was written."""


@contextmanager
def reading(path: Path, error: type[UserError], advice: str = "") -> Iterator[None]:
    """Whatever goes wrong with a table's file within the block is one message that names it; `advice` ends it."""
    import pyarrow as pa

    try:
        yield
    except (*DAMAGE, pa.ArrowException) as wrong:
        more = f"; {advice}" if advice else ""
        if isinstance(wrong, OSError) and wrong.errno:
            raise error(f"{path} cannot be read: {why(wrong)}{more}") from None
        told = (str(wrong).splitlines() or [type(wrong).__name__])[0]
        raise error(f"{path} is damaged: {shortened(told, 160)}{more}") from None


def opened(path: Path) -> Any:
    """A table's file, its pages checked as they are read; to be used within `reading`."""
    import pyarrow.parquet as pq

    # Not pq.read_table: it would take a folder named "a=b" on the way for a column.
    return pq.ParquetFile(readable(path), page_checksum_verification=True)


def as_declared(schema: pyarrow.Schema, declared: Mapping[str, str]) -> None:
    """Raise ValueError where a file's columns are not those declared: names, and types in Arrow's words."""
    for name, kind in declared.items():
        if name not in schema.names:
            raise ValueError(f"the column {name} is missing")
        found = str(schema.field(name).type)
        if found != kind and not (kind == "word" and (found.startswith("dictionary<values=string") or found == "string")):
            raise ValueError(f"the column {name} holds {found}, expected {kind}")


def types_of(table: str, own: Sequence[Column] = ()) -> dict[str, str]:
    """The declared types of one of a run's tables, in Arrow's words; own: columns of measures of a user's own."""
    words = {"float32": "float", "float64": "double"}
    return {column.name: words.get(column.type, column.type) for column in columns_of(table, own)}
