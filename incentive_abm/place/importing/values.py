"""A column of cells as numbers in the model's own units: what was read is told, what is unclear is asked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from incentive_abm.errors import quoted
from incentive_abm.place.csv_columns import PARTNER_COLUMNS, TIE_COLUMNS, Column
from incentive_abm.place.importing.columns import Found
from incentive_abm.place.importing.headings import COUNTS, MONEY, NUMBERS, SHARES
from incentive_abm.place.importing.maps import BLANK, What
from incentive_abm.place.importing.numbers import (
    ERRORS,
    Figure,
    Problem,
    Sign,
    Unit,
    evidence,
    figure,
    is_hole,
    likert,
    shown,
    unit_of,
    unsure,
)
from incentive_abm.place.importing.table import Cell, Role, Table, text_of
from incentive_abm.place.importing.telling import Section, Telling

MONEY_UNITS, SHARE_UNITS = ("£m", "£000", "£", "£bn"), ("share", "%")
SCALES = ("1..5", "0..10", "1..7", "1..10", "0..5", "0..4")
"""Scales of surveys, the usual ones first."""
_POINTED = (",", "graph", " ")
"""Forms in which a comma parts cells or no figure has one, so that a point is the decimal sign."""
BALANCE_IN_MONEY = "balance £m"
"""The column where a surplus in money is kept until the income is known."""


def read_numbers(table: Table, columns: Mapping[str, Found], telling: Telling) -> dict[str, list[float]]:
    """Each column of numbers that the table has, `nan` where nothing is known."""
    chosen = {name: found for name, found in columns.items() if name in NUMBERS}
    signs = _signs(table, chosen, telling)
    read: dict[str, list[float]] = {}
    for name, found in chosen.items():
        reader = _Reader(table, name, found, signs[name], telling)
        values = reader.column()
        read[BALANCE_IN_MONEY if name == "balance" and reader.unit and reader.unit.money else name] = values
    return read


def _signs(table: Table, chosen: Mapping[str, Found], telling: Telling) -> dict[str, Sign | None]:
    """The decimal sign of each column: what the column proves, else the table, else its form; None where nobody can say."""
    by_column = {name: evidence(table.cells(found.index)) for name, found in chosen.items()}
    for name, found in chosen.items():
        # People are whole: 1,234 of them can only be thousands.
        if name == "people" and not by_column[name] and unsure(table.cells(found.index)):
            commas = any("," in text_of(cell) for cell in table.cells(found.index))
            by_column[name] = {Sign.POINT} if commas else set() if table.delimiter in _POINTED else {Sign.COMMA}
    whole = set().union(*by_column.values()) if by_column else set()
    signs: dict[str, Sign | None] = {}
    for name, found in chosen.items():
        own, cells = by_column[name], table.cells(found.index)
        said = telling.answer(What.NUMBER, found.heading.given, table.label) if unsure(cells) else None
        dotted = not any("," in text_of(cell) for cell in cells)
        sign: Sign | None = None
        if said in ("thousands", "decimal"):
            comma = not dotted
            sign = Sign.COMMA if (said == "decimal") == comma else Sign.POINT
        elif said is not None:
            telling.fault(f"--map number: expected thousands or decimal, not {quoted(said)}", table.label)
        elif len(own) == 1:
            sign = next(iter(own))
        elif not own and len(whole) == 1:
            sign = next(iter(whole))
        elif not own and dotted and table.delimiter in _POINTED and (name not in COUNTS or found.heading.given.strip() == name):
            sign = Sign.POINT
        signs[name] = sign
        if sign is Sign.COMMA and (own or unsure(cells)):
            telling.tell(Section.CHANGED, f"{table.label}: {quoted(found.heading.given)} has decimal commas")
    return signs


class _Reader:
    """One column's cells, one after the other."""

    def __init__(self, table: Table, name: str, found: Found, sign: Sign | None, telling: Telling) -> None:
        self.table, self.name, self.found, self.sign, self.telling = table, name, found, sign, telling
        self.declared: Column = (TIE_COLUMNS if table.role is Role.TIES else PARTNER_COLUMNS)[name]
        self.given = found.heading.given
        self.asked_unit = False
        self.unit = self._unit()

    def _unit(self) -> Unit | None:
        """What the heading or a person says of the unit; a column headed as ours is in our unit; None where nobody said."""
        said = self.telling.answer(What.UNIT, self.given, self.table.label)
        text = said if said is not None else self.found.heading.unit
        if said is None and re.search("[$€¥]|usd|eur", self.given, re.IGNORECASE) and self.name in (*MONEY, "balance"):
            self.telling.fault(f"{quoted(self.given)} is not in pounds; convert the column to £m", self.table.label)
            return Unit(1.0, money=True)
        unit = unit_of(text) if text else None
        if said is not None and unit is None:
            self.telling.fault(f"--map unit: {quoted(said)} is no unit; expected "
                               f"{', '.join((*MONEY_UNITS, *SHARE_UNITS, '000s'))} "
                               "or a scale such as 1..5", self.table.label)
        if unit is not None and said is None and (unit != Unit() or self.name in MONEY):
            factor = f"£{unit.factor:,.0f}" if unit.money or self.name in MONEY else (
                f"a scale from {unit.scale[0]:g} to {unit.scale[1]:g}" if unit.scale else f"{unit.factor:g}")
            self.telling.tell(Section.CHANGED, f"{self.table.label}: {quoted(self.given)} is in units of {factor}")
        if unit is None and self.given.strip() == self.name:
            unit = Unit(1e6, money=True) if self.name in MONEY else None if self.name in SHARES else Unit()
        return unit

    def column(self) -> list[float]:
        in_pounds = any("£" in text_of(cell) for cell in self.table.cells(self.found.index))
        if self.unit is None and self.name == "balance" and in_pounds:
            self.unit = Unit(1.0, money=True)
        if self.unit is None and self.name in SHARES:
            self.unit = self._scale_of_answers()
        return [self.cell(row, cell) for row, cell in enumerate(self.table.cells(self.found.index))]

    def _scale_of_answers(self) -> Unit | None:
        """Shares need no unit while they lie between −1 and 1; whole steps above that are asked about."""
        figures = [got for cell in self.table.cells(self.found.index) if not is_hole(cell) and likert(cell) is None
                   and isinstance(got := figure(cell, self.sign), Figure) and not got.percent and not got.money]
        if not figures or all(abs(each.value) <= 1.0 for each in figures):
            return Unit()
        most, least = max(each.value for each in figures), min(each.value for each in figures)
        where = self.table.where(-1)
        self.asked_unit = True
        if self.name == "balance":
            choices: tuple[str, ...] = ("%", "£m", "£000", "£")
        elif all(each.value.is_integer() for each in figures) and least >= 0 and most <= 10:
            choices = tuple(each for each in SCALES if int(each[0]) <= least and most <= int(each[3:]))
        else:
            choices = ("%", "0..10", "0..100")
        self.telling.ask(What.UNIT, self.given, f"{quoted(self.given)} goes from {least:g} to {most:g}; the model needs 0 to 1, "
                                                f"so on what scale "
                         "is it?" if self.name != "balance" else f"{quoted(self.given)} goes from {least:g} to {most:g}; is it "
                                                                 f"in percent of "
                         "income, or in money?", choices, where)
        return None

    def cell(self, row: int, cell: Cell) -> float:
        """One cell's number; what is wrong with it is told, asked or a fault."""
        where = self.table.where(row, self.found.index)
        if is_hole(cell):
            word = text_of(cell)
            if word and word.casefold() in ERRORS:
                self.telling.tell(Section.CHECK, f"{self.name}: {word} is a spreadsheet's mistake, and was left blank", where)
            elif word:
                self.telling.tell(Section.CHANGED, f"{self.name}: {quoted(word)} was read as blank", where)
            return math.nan
        word = text_of(cell)
        said = self.telling.maps.take(What.VALUE, word)
        if said is not None:
            self.telling.tell(Section.CHANGED, f"{self.name}: {quoted(word)} was read as {said}, as you said", where)
            if said == BLANK:
                return math.nan
            cell = said
        if self.name in SHARES and (steps := likert(cell)) is not None:
            self.telling.tell(Section.CHANGED, f"{self.name}: {quoted(word)} was read as {steps:g}", where)
            return steps
        read = figure(cell, self.sign)
        if isinstance(read, Problem):
            self._problem(read, cell, where)
            return math.nan
        value = self._in_our_unit(read, where)
        if value is None or (self.asked_unit and self.unit is None):
            return math.nan
        self._told(read, cell, where)
        return self._within(value, cell, where)

    def _problem(self, problem: Problem, cell: Cell, where: str) -> None:
        if problem is Problem.TWO_WAYS:
            sign = "comma" if "," in text_of(cell) else "point"
            self.telling.ask(What.NUMBER, self.given, f"the {sign} in figures such as {shown(cell)} may part thousands or be "
                                                      f"the decimal one",
                             ("thousands", "decimal"), where)
        elif problem is Problem.CURRENCY:
            self.telling.fault(f"{self.name}: {shown(cell)} is not in pounds; convert the column to £m", where)
        elif problem is Problem.DATE:
            self.telling.fault(f"{self.name}: {shown(cell)} is a date; the spreadsheet took the figure for one, so format the "
                               f"cells as numbers "
                               "and type the figure again", where)
        else:
            self.telling.ask(What.VALUE, text_of(cell), f"{self.name}: {shown(cell)} is not a number", (BLANK,), where,
                             "a number")

    def _in_our_unit(self, read: Figure, where: str) -> float | None:
        """The figure in £m, shares or counts; None where its unit must be asked for."""
        unit, value = self.unit, read.value
        if self.name in MONEY or (self.name == "balance" and (read.money or (unit is not None and unit.money))):
            if read.percent:
                self.telling.fault(f"{self.name}: has percentages among amounts of money; keep to one of the two", where)
                return None
            return self._in_millions(read, where)
        if read.money:
            self.telling.fault(f"{self.name}: is an amount of money; expected {self.declared.expected}", where)
            return None
        if read.multiple:
            value *= read.multiple
        if self.name in COUNTS:
            return value * (unit.factor if unit and not read.multiple else 1.0)
        if read.percent:
            return value / 100.0
        if unit is not None and unit.scale is not None:
            low, high = unit.scale
            return (value - low) / (high - low)
        if unit is None:
            return value
        return value / 100.0 if unit.factor == 0.01 else value * unit.factor

    def _in_millions(self, read: Figure, where: str) -> float | None:
        if read.multiple:
            factor = read.multiple
        elif read.money and self.unit is None:
            factor = 1.0
        elif self.unit is not None and (self.unit.money or self.unit.factor >= 1.0) and not self.unit.scale:
            factor = self.unit.factor
        else:
            if read.value:
                self.telling.ask(What.UNIT, self.given, f"{quoted(self.given)} gives no unit; is {read.value:g} in £m, £000 or "
                                                        f"£?",
                                 MONEY_UNITS, where)
            return None
        # Dividing by what is exact keeps 1526600 thousandths the same as 1526.6, to the last bit.
        return read.value * (factor / 1e6) if factor >= 1e6 else read.value / (1e6 / factor)

    def _told(self, read: Figure, cell: Cell, where: str) -> None:
        text = text_of(cell)
        if isinstance(cell, str):
            if (self.sign is not Sign.COMMA and "," in text) or (self.sign is Sign.COMMA and text.count(".")) or (any(
                    sign in text.strip() for sign in ("\u00a0", " ", "'")) and not read.money):
                self.telling.tell(Section.CHANGED, f"{self.name}: figures with signs between thousands", where)
            if read.money or read.multiple:
                self.telling.tell(Section.CHANGED, f"{self.name}: figures with £ or a multiple (m, k, bn) of their own", where)
            if text.startswith("(") and text.endswith(")"):
                self.telling.tell(Section.CHANGED, f"{self.name}: figures in brackets are below nothing", where)
        if read.percent:
            self.telling.tell(Section.CHANGED, f"{self.name}: percentages became shares", where)

    def _within(self, value: float, cell: Cell, where: str) -> float:
        declared = self.declared
        if self.name == "balance" and self.unit is not None and self.unit.money:
            return value
        if not math.isfinite(value):
            self.telling.fault(f"{self.name}: {shown(cell)} is not a finite number", where)
            return math.nan
        low = value <= declared.low if declared.above else value < declared.low
        if not low and value <= declared.high:
            return value
        shape = declared.expected.removesuffix(", or blank where unknown")
        if value == 0.0:
            self.telling.ask(What.VALUE, text_of(cell), f"{self.name}: {shown(cell)} is too small; expected {shape}", (BLANK,),
                             where, "a number")
        else:
            size = "small" if low else "large"
            self.telling.fault(f"{self.name}: {shown(cell)} is too "
                               f"{size}{'' if value == _plain(cell) else f' ({value:g} in our unit)'}; "
                               f"expected {shape}", where)
        return math.nan


def _plain(cell: Cell) -> float:
    try:
        return float(text_of(cell))
    except ValueError:
        return math.nan
