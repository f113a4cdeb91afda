"""What a file holds before anything of it is understood: rows of cells, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

Cell = str | int | float | date
"""Text as it was written, or a number or date where the file itself says that it is one."""


class Role(Enum):
    """What a table tells of."""

    PARTNERS = "partners"
    TIES = "ties"
    MATRIX = "matrix"
    LEFT_OUT = "leave-out"


@dataclass(frozen=True)
class Raw:
    """A sheet of cells whose heading is not found yet; `at` says where each row stands ("line 5", "row 7")."""

    file: str
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    at: tuple[str, ...]
    delimiter: str = ","
    headless: bool = False

    @property
    def label(self) -> str:
        """What messages call it."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


@dataclass(frozen=True)
class Table:
    """Rows below their headings. `directed`: whether a row speaks for its source alone; None where the file does not say.

    `sure`: the file's own form says what the table tells of, so that it is not worked out from its headings.
    """

    label: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    at: tuple[str, ...]
    role: Role | None = None
    directed: bool | None = None
    delimiter: str = ","
    basis: str = ""
    sided: tuple[bool, ...] = ()
    """Of each row, whether it is directed, where a file says so row by row."""

    def where(self, row: int, column: int | None = None) -> str:
        """Where a row or a cell stands."""
        place = f"{self.label}, {self.at[row]}" if row >= 0 else self.label
        return place if column is None else f"{place}, column {self.headings[column]}"

    def cells(self, column: int) -> list[Cell]:
        """A column's cells."""
        return [row[column] for row in self.rows]

    def one_sided(self, row: int) -> bool | None:
        """Whether this row speaks for its source alone."""
        return self.sided[row] if self.sided else self.directed


def text_of(cell: Cell) -> str:
    """A cell as text, in one line, without space around it; a whole number without a decimal point."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).replace("\u200b", "").replace("\ufeff", "").split())
