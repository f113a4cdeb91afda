"""Sheets of an .xlsx workbook: values as last worked out, zeros that only a cell's format shows; hidden sheets are left out."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

from incentive_abm.errors import PlaceError, UserError
from incentive_abm.place.importing.table import Cell, Raw
from incentive_abm.place.importing.telling import Section, Telling

MOST_UNPACKED = 128 * 2**20
_ZEROS = re.compile(r"0{2,}")
_ELSE = {
    "word/document.xml": "a Word document; put the table into a workbook (.xlsx) or a CSV file",
    "ppt/presentation.xml": "a presentation; put the table into a workbook (.xlsx) or a CSV file",
    "content.xml": "an OpenDocument file; save it as .xlsx or CSV",
    "Index/Document.iwa": "a Numbers document; export it as .xlsx or CSV",
    "xl/workbook.bin": "a binary Excel workbook (.xlsb); save it as .xlsx",
}


def read_workbook(file: str, content: bytes, telling: Telling) -> list[Raw]:
    """Each sheet that holds something; raises PlaceError for a file that is no workbook, or is damaged or locked."""
    _check_inside(file, content)
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError:
        raise UserError(f"{file} is a workbook, which needs openpyxl; install 'incentive-abm[excel]', or save each sheet "
                        "as 'CSV UTF-8'") from None
    try:
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except Exception as error:
        # openpyxl raises whatever its parsers meet in a damaged file.
        raise PlaceError(f"{file} cannot be read as a workbook ({type(error).__name__}: {error}); open it in a spreadsheet and "
                         "save it again as .xlsx") from None
    return [raw for sheet in book.worksheets if (raw := _sheet(file, sheet, telling)) is not None]


def _check_inside(file: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {info.filename for info in packed.infolist()}
            size = sum(info.file_size for info in packed.infolist())
    except zipfile.BadZipFile:
        raise PlaceError(f"{file} is a damaged workbook or archive; save it again as .xlsx") from None
    for inside, what in _ELSE.items():
        if inside in names:
            raise PlaceError(f"{file} is {what}")
    if "xl/workbook.xml" not in names:
        raise PlaceError(f"{file} is an archive, not a workbook; unpack it and give its files")
    if size > MOST_UNPACKED:
        raise PlaceError(f"{file} unpacks to {size / 2**20:.0f} MiB; expected at most {MOST_UNPACKED >> 20} MiB")


def _sheet(file: str, sheet: Any, telling: Telling) -> Raw | None:
    if sheet.sheet_state != "visible":
        telling.tell(Section.LEFT_OUT, f"the hidden sheet {sheet.title!r}", file)
        return None
    merged = [area for area in sheet.merged_cells.ranges if area.size["rows"] > 1 and area.size["columns"] == 1]
    rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows()]
    for area in merged:
        # A cell merged downwards says the same of each of its rows.
        for row in range(area.min_row, area.max_row):
            rows[row][area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
        telling.tell(Section.CHANGED, "a cell merged over several rows counts for each of them", f"{file}, sheet {sheet.title}")
    if not any(cell != "" for row in rows for cell in row):
        return None
    return Raw(file, sheet.title, tuple(tuple(row) for row in rows), tuple(f"row {k}" for k in range(1, len(rows) + 1)), "xlsx")


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        form = str(cell.number_format)
        # A code such as 00123 may be kept as 123 and shown through a format of zeros.
        if float(value).is_integer() and _ZEROS.fullmatch(form):
            return str(int(value)).zfill(len(form))
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return value.isoformat()
    return str(value)
