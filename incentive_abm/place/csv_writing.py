"""A place as two CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from incentive_abm.errors import PlaceError
from incentive_abm.files import why, written_whole
from incentive_abm.place.cells import Cell, partner_cells, rows, tie_cells
from incentive_abm.place.csv_columns import PARTNER_COLUMNS, PARTNERS, TIE_COLUMNS, TIES, Column
from incentive_abm.place.partners_and_ties import Partners, Ties


def save(partners: Partners, ties: Ties, folder: Path) -> None:
    """Write the two CSV files of a place; raises PlaceError where the folder cannot be written."""
    try:
        with written_whole(folder / PARTNERS) as first, written_whole(folder / TIES) as second:
            for file, text in zip((first, second), texts(partners, ties), strict=True):
                file.write_bytes(text.encode())
    except OSError as error:
        raise PlaceError(f"{error.filename or folder} cannot be written: {why(error)}") from error


def texts(partners: Partners, ties: Ties) -> tuple[str, str]:
    """The two CSV files of a place, as text."""
    return (_csv(partner_cells(partners), _required(PARTNER_COLUMNS)),
            _csv(tie_cells(ties, partners.ids), _required(TIE_COLUMNS)))


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
