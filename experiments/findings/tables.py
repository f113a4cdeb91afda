"""Tables as they stand among the documents: Markdown by heading and column, and CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from incentive_abm.errors import UserError

Row = Mapping[str, str]
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Table:
    """One table, as text. Raises UserError from `row` where no row, or more than one, has these cells."""

    where: str
    rows: tuple[Row, ...]

    def row(self, cells: Mapping[str, str]) -> Row:
        """The row that has these cells."""
        found = [row for row in self.rows if all(row.get(name) == cell for name, cell in cells.items())]
        if len(found) != 1:
            raise UserError(f"{self.where}: expected one row with {dict(cells)}, found {len(found)}")
        return found[0]

    def cell(self, cells: Mapping[str, str], column: str) -> str:
        """One cell, as it is written. Raises UserError where the table has no such column."""
        row = self.row(cells)
        if column not in row:
            raise UserError(f"{self.where}: no column {column!r}; it has {', '.join(row)}")
        return row[column]


def markdown_table(path: Path, heading: str, number: int = 0) -> Table:
    """The table (counted from 0) below a heading of a page. Raises UserError where there is none."""
    parts = re.split(rf"^#+ {re.escape(heading)}$", text_of(path), maxsplit=1, flags=re.MULTILINE)
    below = re.split(r"^## ", parts[1], maxsplit=1, flags=re.MULTILINE)[0] if len(parts) == 2 else ""
    found = re.findall(r"(?:^\|.*\|\n?)+", below, re.MULTILINE)
    if number >= len(found):
        raise UserError(f"{path}: no table {number + 1} below “{heading}”")
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in found[number].splitlines()]
    return Table(f"{path.name}, {heading}", tuple(dict(zip(lines[0], line, strict=True)) for line in lines[2:]))


def csv_table(path: Path) -> Table:
    """A CSV file. Raises UserError where it cannot be read."""
    return Table(path.name, tuple(csv.DictReader(text_of(path).splitlines())))


def text_of(path: Path) -> str:
    """A page's text. Raises UserError where it is missing."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}; make it first") from None


def first_number(cell: str) -> float:
    """The number that a cell begins with: 0.15 of `0.15 (0.13 to 0.17)`; a percentage stays one."""
    found = NUMBER.search(cell)
    if found is None:
        raise UserError(f"expected a number, not {cell!r}")
    return float(found[0].replace("−", "-").replace(",", ""))
