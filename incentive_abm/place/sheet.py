"""A table as it was given, cell by cell, and the checks on single cells; every message says where the cell stands."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real

import numpy as np
from numpy.typing import NDArray

from incentive_abm.errors import PlaceError, nearest, quoted
from incentive_abm.faults import Faults
from incentive_abm.place.csv_columns import Column, is_note

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_LONGEST = 200


@dataclass(frozen=True)
class Sheet:
    """Rows of cells by column. `where(row, column)` says where a cell is; row −1 is the heading, "" the whole row.

    spot: a row in a list of rows, such as `line 4`, where `where` says too much; faults: all that is wrong, as it is found.
    torn: what stands in rows that could not be parted into cells, so that ids in them are not called unknown.
    """

    cells: Mapping[str, Sequence[object]]
    size: int
    where: Callable[[int, str], str]
    spot: Callable[[int], str] | None = None
    faults: Faults = field(default_factory=lambda: Faults(PlaceError))
    torn: frozenset[str] = frozenset()

    def fault(self, row: int, column: str, problem: str, cause: str = "") -> None:
        """Note what is wrong with one cell, row or heading; faults of one column and cause are told together."""
        position = list(self.cells).index(column) + 1 if column in self.cells else 0
        cause = f"{self.where(-1, column)}: {cause}" if cause else ""
        self.faults.add(f"{self.where(row, column)}: {problem}", (row, position), cause, self._spot(row) if cause else "")

    def _spot(self, row: int) -> str:
        return self.spot(row) if self.spot is not None else self.where(row, "")

    def column(self, name: str) -> Sequence[object]:
        """A column's cells, all blank where the column is absent."""
        return self.cells[name] if name in self.cells else ("",) * self.size

    def text(self, row: int, column: str) -> str:
        """A cell as text, in one Unicode form, without space around it; blank if missing."""
        value = self.cells[column][row] if column in self.cells else ""
        if is_blank(value):
            return ""
        return unicodedata.normalize("NFC", str(value)).strip()

    def texts(self, column: str) -> tuple[str, ...]:
        """A column of free text, as it was written."""
        return tuple("" if is_blank(value) else str(value) for value in self.column(column))

    def notes(self) -> dict[str, tuple[str, ...]]:
        """The columns of notes."""
        return {name: self.texts(name) for name in sorted(self.cells) if is_note(name)}


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing: None, or only space."""
    return value is None or (isinstance(value, str) and not value.strip())


def check_heading(sheet: Sheet, columns: Mapping[str, Column]) -> None:
    """Note unknown columns, with the nearest known one, and missing ones."""
    known = f"known are {', '.join(columns)} and *_note"
    for name in sheet.cells:
        if name not in columns and not is_note(name):
            sheet.fault(-1, "", f"unknown column {quoted(name)}{nearest(name.casefold(), columns)}; {known}", "unknown column")
    for name, column in columns.items():
        if column.required and name not in sheet.cells:
            sheet.fault(-1, "", f"the column {quoted(name)} is missing; found {', '.join(sheet.cells)}")


def name_of(sheet: Sheet, row: int, column: str) -> str:
    """A cell that names something: not blank, not endless, nothing invisible in it; else "", and noted."""
    name = sheet.text(row, column)
    if not name:
        sheet.fault(row, column, f"is blank; expected {'an id' if column == 'id' else 'the id of a partner'}", "blank")
        return ""
    if not name.isprintable():
        sheet.fault(row, column, f"{quoted(name)} holds an invisible character; type it again", "invisible")
        return ""
    if len(name) > _LONGEST:
        sheet.fault(row, column, f"is {len(name)} characters long; expected at most {_LONGEST}", "long")
        return ""
    return name


def numbers(sheet: Sheet, column: Column) -> NDArray[np.float64]:
    """A column of numbers, float64[rows], `nan` where blank; and where a cell is no such number, which is noted."""
    values = sheet.column(column.name)
    if column.name not in sheet.cells:
        return np.full(sheet.size, np.nan)
    out = np.empty(sheet.size)
    for row, value in enumerate(values):
        out[row] = _number(sheet, row, column, value)
    return out


def _number(sheet: Sheet, row: int, column: Column, value: object) -> float:
    if is_blank(value):
        return math.nan
    if isinstance(value, str):
        text = value.strip()
        if _NUMBER.fullmatch(text) is None:
            advice, cause = _advice(text)
            parted = text.count(",") > 1 or ("," in text and "." in text)
            why = ": it has a thousands separator" if parted and advice else ""
            return _refused(sheet, row, column, f"{quoted(text)} is not a number{why}; expected {column.expected}{advice}", cause)
        number = float(text)
    elif isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
    else:
        return _refused(sheet, row, column, f"{quoted(value)} is not a number; expected {column.expected}", f"not {value!r}")
    shown = value.strip() if isinstance(value, str) else f"{number:g}"
    if not math.isfinite(number):
        return _refused(sheet, row, column, f"{shown} is not a finite number; expected {column.expected}", "not finite")
    if number < column.low or (column.above and number == column.low):
        return _refused(sheet, row, column, f"{shown} is too small; expected {column.expected}", "too small")
    if number > column.high:
        hint = " (is it in pounds instead of £m?)" if column.unit.startswith("£m") else ""
        most = f", at most {column.high:g}" if column.above else ""
        return _refused(sheet, row, column, f"{shown} is too large; expected {column.expected}{most}{hint}", "too large")
    return number


def _refused(sheet: Sheet, row: int, column: Column, problem: str, cause: str) -> float:
    sheet.fault(row, column.name, problem, cause)
    return math.nan


def _advice(text: str) -> tuple[str, str]:
    """How to write what a spreadsheet shows as a number, and what is wrong with it, in the form that cells of a column share.

    One comma may part thousands or be a decimal one: both are offered.
    """
    bare = text.lstrip("£$€").replace(" ", "").rstrip("%")
    percent = text.endswith("%")
    if "." in bare and "," in bare:
        # Of two signs the last is the decimal one, whatever the country.
        thousands = "," if bare.rindex(".") > bare.rindex(",") else "."
        readings = [bare.replace(thousands, "").replace(",", ".")]
    else:
        readings = [bare.replace(",", ""), bare.replace(",", ".")] if bare.count(",") == 1 else [bare.replace(",", "")]
    values = [float(each) / (100.0 if percent else 1.0) for each in readings if _NUMBER.fullmatch(each)]
    if not values or readings[0] == text:
        return "", text.casefold()
    signs = "".join(sorted({letter for letter in text if letter in ",%£$€ "}))
    if len(values) == 2 and values[0] != values[1]:
        return f" (write {values[1]:.12g} if the comma is a decimal one, {values[0]:.12g} if it parts thousands)", signs
    return f" (write {values[0]:.12g})", signs
