"""Reading a place from a folder with `partners.csv` and `ties.csv`."""

from __future__ import annotations

import csv
import io
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Mapping
from pathlib import Path

from incentive_abm.errors import PlaceError, nearest, quoted
from incentive_abm.faults import Faults
from incentive_abm.files import readable, why
from incentive_abm.place.build import build, check_ties, read_partners
from incentive_abm.place.csv_columns import PARTNERS, TIES
from incentive_abm.place.place import Place
from incentive_abm.place.sheet import Sheet

MOST_BYTES = 256 * 2**20


def load_place(folder: str | Path, assumptions: Mapping[str, float] | None = None) -> Place:
    """The place in a folder. Holes are filled from the parameter table's data group, and marked.

    `assumptions` replaces defaults of that group by name. Raises PlaceError that tells every fault by file, line and column.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp()) / "borsetshire"
    >>> folder.mkdir()
    >>> _ = (folder / "partners.csv").write_text("id,kind\\nhospital,trust\\ncouncil,council\\n")
    >>> _ = (folder / "ties.csv").write_text("source,target,people\\nhospital,council,250000\\n")
    >>> load_place(folder).partners.ids
    ('council', 'hospital')
    """
    path = Path(folder)
    _check_folder(path)
    return _built(path.resolve().name, lambda: read_sheet(_file(path, PARTNERS)), lambda: read_sheet(_file(path, TIES)),
                  assumptions)


def place_from_texts(name: str, partners: bytes, ties: bytes, assumptions: Mapping[str, float] | None = None) -> Place:
    """The place in two CSV files held in memory, such as files dropped on a page; same errors as `load_place`.

    >>> partners = b"id,kind\\nhospital,trust\\ncouncil,council\\n"
    >>> place_from_texts("borsetshire", partners, b"source,target\\nhospital,council\\n").title
    'Borsetshire'
    >>> place_from_texts("borsetshire", partners, b"source,target\\nhospital,counsil\\n")
    Traceback (most recent call last):
    incentive_abm.errors.PlaceError: ties.csv, line 2, column target: 'counsil' is not the id of a partner (did you mean council?)
    """
    return _built(name, lambda: parse_sheet(PARTNERS, partners), lambda: parse_sheet(TIES, ties), assumptions)


def _built(name: str, partners: Callable[[], Sheet], ties: Callable[[], Sheet], assumptions: Mapping[str, float] | None) -> Place:
    """Build, or tell the faults of both files, even if one of them is no table at all."""
    unreadable = Faults(PlaceError), Faults(PlaceError)
    one, other = unreadable[0].attempt(None, partners), unreadable[1].attempt(None, ties)
    if one is not None and other is not None:
        return build(name, one, other, assumptions)
    if one is not None:
        read_partners(one)
    if other is not None:
        check_ties(other)
    found = (unreadable[0] if one is None else one.faults, unreadable[1] if other is None else other.faults)
    raise Faults.joined(PlaceError, found).error()


def _check_folder(folder: Path) -> None:
    if folder.is_file():
        raise PlaceError(f"{folder} is a file; expected the folder that holds {PARTNERS} and {TIES}")
    if not folder.is_dir():
        siblings = [entry.name for entry in folder.parent.iterdir()] if folder.parent.is_dir() else []
        raise PlaceError(f"there is no folder {folder}{nearest(folder.name, siblings)}; "
                         f"expected one that holds {PARTNERS} and {TIES}")


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        others = [entry.name for entry in folder.iterdir() if entry.name not in (PARTNERS, TIES)]
        raise PlaceError(f"{folder} has no {name}{nearest(name, others)}")
    return path


def read_sheet(path: Path) -> Sheet:
    """One CSV file as a sheet; raises PlaceError where it cannot be read as text in columns."""
    try:
        _check_size(str(path), path.stat().st_size)
        content = readable(path).read_bytes()
    except OSError as error:
        raise PlaceError(f"{path} cannot be read: {why(error)}") from error
    return parse_sheet(str(path), content)


def parse_sheet(path: str, content: bytes) -> Sheet:
    """CSV text in UTF-8 as a sheet; `path` is what messages call it. Lines are counted as an editor counts them."""
    _check_size(path, len(content))
    text = _decode(path, content)
    if not text.strip():
        raise PlaceError(f"{path} is empty; expected a line of column names, then one line for each row")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    before = 0
    try:
        for row in reader:
            if row:
                rows.append(row)
                lines.append(before + 1)
            before = reader.line_num
    except csv.Error as error:
        raise PlaceError(f"{path}, line {before + 1}: not readable as CSV ({error})") from error
    heading = _heading(path, lines[0], rows[0])
    if len(rows) == 1:
        raise PlaceError(f"{path} has column names and no rows")
    whole = [k for k in range(1, len(rows)) if len(rows[k]) == len(heading)]

    def where(row: int, column: str) -> str:
        place = f"{path}, {spot(row)}"
        return f"{place}, column {column}" if column else place

    def spot(row: int) -> str:
        return f"line {lines[whole[row]] if row >= 0 else lines[0]}"

    columns = list(zip(*(rows[k] for k in whole), strict=True)) or [()] * len(heading)
    torn = [k for k in range(1, len(rows)) if len(rows[k]) != len(heading)]
    words = frozenset(unicodedata.normalize("NFC", cell).strip() for k in torn for cell in rows[k])
    sheet = Sheet(dict(zip(heading, columns, strict=True)), len(whole), where, spot, torn=words)
    for k in torn:
        told = (f"{path}, line {lines[k]}: has {len(rows[k])} cells; expected {len(heading)}, one for each "
                "column name (put text that holds a comma between double quotes)")
        # A row of its own numbering stands between the whole rows before and after it.
        sheet.faults.add(told, (bisect_left(whole, k) - 1, len(heading) + 1, k), f"{path}: {len(rows[k])} cells",
                         f"line {lines[k]}")
    return sheet


def _check_size(path: str, size: int) -> None:
    if size > MOST_BYTES:
        raise PlaceError(f"{path} is too large: {size / 2**20:.0f} MiB; expected at most {MOST_BYTES >> 20} MiB")


def _decode(path: str, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PlaceError(f"{path}, line 1: is UTF-16 text; expected UTF-8 (save it as 'CSV UTF-8')")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        line = content.count(b"\n", 0, start) + 1
        raise PlaceError(f"{path}, line {line}: byte {start + 1} of the file (0x{content[start]:02x}) is not UTF-8 "
                         "text; save it as 'CSV UTF-8'") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise PlaceError(f"{path}, line {line}: holds a NUL byte, so it is not a text file; save it as 'CSV UTF-8'")
    return text


def _heading(path: str, line: int, row: list[str]) -> list[str]:
    names = [name.strip() for name in row]
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and mark in names[0]:
            raise PlaceError(f"{path}, line {line}: columns are separated by {word}; expected commas")
    faults = Faults(PlaceError)
    for position, name in enumerate(names):
        if not name:
            faults.add(f"{path}, line {line}: column {position + 1} has no name")
        elif name in names[:position]:
            faults.add(f"{path}, line {line}: the column {quoted(name)} stands twice")
    faults.tell()
    return names
