"""Writing files whole: a temporary name in the same folder, then one rename."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from incentive_abm.errors import PlaceError
from incentive_abm.place.cells import Cell, partner_cells, rows, tie_cells
from incentive_abm.place.columns import PARTNER_COLUMNS, TIE_COLUMNS, Column
from incentive_abm.place.place import Place


def save(place: Place, folder: Path) -> None:
    """Write the two CSV files of a place; raises PlaceError where the folder cannot be written."""
    write_whole({
        folder / "partners.csv": _csv(partner_cells(place), _required(PARTNER_COLUMNS)),
        folder / "ties.csv": _csv(tie_cells(place), _required(TIE_COLUMNS)),
    })


def write_whole(contents: Mapping[Path, str]) -> None:
    """Write texts as UTF-8 files: all are complete under temporary names before the first takes its own."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            waiting.append((temporary, path))
            temporary.write_bytes(text.encode())
        for temporary, path in waiting:
            os.replace(temporary, path)
    except OSError as error:
        raise PlaceError(f"{error.filename or path} cannot be written: {error.strerror}") from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def _required(columns: Mapping[str, Column]) -> list[str]:
    return [name for name, column in columns.items() if column.required]


def _csv(cells: Mapping[str, Sequence[Cell]], required: Sequence[str]) -> str:
    kept = {name: column for name, column in cells.items()
            if name in required or name.endswith("note") or any(cell not in (None, "") for cell in column)}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(kept)
    writer.writerows([_text(cell) for cell in row] for row in rows(kept))
    return out.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() else repr(cell)
    return cell
