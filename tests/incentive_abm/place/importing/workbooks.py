"""Workbooks as Excel and openpyxl write them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

from .case import COUNCIL, HOSPITALS, INCOMES, KINDS, NEIGHBOURS, NO_PEOPLE, PEOPLE, SURGERY, Case
from .tables import NAMES, OUR_TIES

Rows = Sequence[Sequence[Any]]
PARTNERS: Rows = [["Code", "Organisation", "Type", "Income (£m)"],
                  *([key, name, KINDS[name], INCOMES[name]] for key, name in zip("hcsn", NAMES, strict=True))]
TIES: Rows = [["Source", "Target", "People"], *([a, b, count] for (a, b), count in PEOPLE.items())]


def book(sheets: dict[str, Rows], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of sheets, changed once more before it is saved."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def titled(made: Any) -> None:
    made["Partners"].insert_rows(1, 3)
    made["Partners"]["A1"] = "Partners of the place"
    made["Partners"].append(["Total", None, None, "=SUM(D5:D8)"])


def with_hidden(made: Any) -> None:
    made.create_sheet("lists").append(["trust"])
    made["lists"].sheet_state = "hidden"


def zeros_shown(made: Any) -> None:
    for row in range(2, 6):
        made["Partners"].cell(row, 1).value = row
        made["Partners"].cell(row, 1).number_format = "000"


def merged(made: Any) -> None:
    sheet = made["Partners"]
    sheet["C4"] = "trust"
    sheet["C5"] = None
    sheet.merge_cells("C4:C5")


def percents(made: Any) -> None:
    sheet = made["Partners"]
    sheet["E1"] = "Surplus"
    for row, value in enumerate((-0.015, 0.02, None, "n/a"), 2):
        sheet.cell(row, 5).value = value
        sheet.cell(row, 5).number_format = "0.0%"


BOTH = {"Partners": PARTNERS, "Ties": TIES}
BY_ROW: Rows = [["", *NAMES], [HOSPITALS, None, "x", "x", None], [COUNCIL, "x", None, "x", "x"], [SURGERY, "x", "x", None, None],
                [NEIGHBOURS, None, "x", None, None]]

WORKBOOKS = [
    Case("a workbook with two sheets", {"place.xlsx": book(BOTH)}, said=("a workbook with 2 sheets",)),
    Case("a sheet beside a csv file", {"place.xlsx": book({"Partners": PARTNERS}), "ties.csv": OUR_TIES.encode()}),
    Case("title rows, an empty row and totals by formula", {"place.xlsx": book(BOTH, titled)},
         said=("above the headings", "a row of totals")),
    Case("a hidden sheet of lists", {"place.xlsx": book(BOTH, with_hidden)}, said=("the hidden sheet 'lists'",)),
    Case("a sheet of remarks",
         {"place.xlsx": book({"Read me": [["This workbook was made by", "the team"], ["Please", "ask"]], **BOTH})},
         said=("say nothing of partners or ties",)),
    Case("codes shown with zeros that the cell does not hold",
         {"place.xlsx": book({"Partners": PARTNERS,
                              "Ties": [TIES[0], ["002", "003", 250000], [4, 2, 30000], [3, 4, 44000], [5, 3, 800]]},
                             zeros_shown)},
         said=("whose id a spreadsheet changed",)),
    Case("numbers as text",
         {"place.xlsx": book({"Partners": [PARTNERS[0], *([*row[:3], f"{row[3]:,}"] for row in PARTNERS[1:])], "Ties": TIES})}),
    Case("percentages by the cell's format", {"place.xlsx": book(BOTH, percents)}, balances={HOSPITALS: -0.015, COUNCIL: 0.02}),
    Case("kinds merged over rows", {"place.xlsx": book({"Partners": PARTNERS, "Ties": TIES}, merged)},
         kinds={**KINDS, SURGERY: "trust", NEIGHBOURS: "trust"}, said=("merged over several rows",)),
    Case("a matrix of crosses on a second sheet", {"place.xlsx": book({"Partners": PARTNERS, "Who works with whom": BY_ROW})},
         people=NO_PEOPLE, said=("each cell is a tie",)),
    Case("a sheet with another name, as a person says",
         {"place.xlsx": book({"Partners": PARTNERS, "Blatt1": [["Von", "Nach", "Leute"], *TIES[1:]]})},
         maps=("column:Von=source", "column:Nach=target", "column:Leute=people")),
    Case("a sheet left out, as a person says", {"place.xlsx": book({**BOTH, "Old": PARTNERS[:2]})},
         maps=("table:place.xlsx, sheet Old=leave-out",), said=("as you said",)),
]
BAD_WORKBOOKS = [
    Case("an id that became a date",
         {"place.xlsx": book({"Partners": [PARTNERS[0], [datetime.date(2024, 3, 1), *PARTNERS[1][1:]], *PARTNERS[2:]],
                              "Ties": TIES})},
         refused=("the id '2024-03-01' is a date: the spreadsheet took the id for one", '--map partner:"2024-03-01"=')),
    Case("a figure that became a date",
         {"place.xlsx": book({"Partners": [PARTNERS[0], [*PARTNERS[1][:3], datetime.date(2024, 3, 1)], *PARTNERS[2:]],
                              "Ties": TIES})},
         refused=("the spreadsheet took the figure for one",)),
    Case("a damaged workbook", {"place.xlsx": book(BOTH)[:3000]}, refused=("damaged workbook",)),
    Case("an empty workbook", {"place.xlsx": book({"Partners": []})}, refused=("without a visible cell",)),
]
