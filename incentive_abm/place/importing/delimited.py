"""Text in columns: which sign parts the cells is counted, not asked; Excel's own `sep=` line is heeded."""

from __future__ import annotations

import csv
import io
import re

from incentive_abm.errors import PlaceError
from incentive_abm.place.importing.table import Raw

SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_EDGE_LIST = (".edgelist", ".edges", ".ncol", ".sif", ".txt", ".adjlist")
_PYTHON_DICT = re.compile(r"^(\S+)\s+(\S+)\s+(\{.*\})\s*$")
_PAIR = re.compile(r"'([^']+)'\s*:\s*('[^']*'|\"[^\"]*\"|[^,}]+)")


def read_delimited(file: str, text: str) -> Raw:
    """The rows of a text in columns; raises PlaceError where quotation marks do not close."""
    if not text.strip():
        raise PlaceError(f"{file} is empty")
    lines = text.splitlines()
    if spaced := _spaced(file, lines):
        return spaced
    first = 0
    found = re.fullmatch(r'"?sep=(.)"?', lines[0].strip("\ufeff "), re.IGNORECASE)
    sign = found[1] if found else ("\t" if file.casefold().endswith((".tsv", ".tab")) and "\t" in text else _sign(text))
    if found:
        text, first = text.split("\n", 1)[1] if "\n" in text else "", 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True,
                        skipinitialspace=f'{sign} "' in text)
    rows: list[tuple[str, ...]] = []
    at: list[str] = []
    before = 0
    try:
        for row in reader:
            rows.append(tuple(row))
            at.append(f"line {before + 1 + first}")
            before = reader.line_num
    except csv.Error as error:
        raise PlaceError(f"{file}, line {before + 1 + first}: not readable as text in columns ({error}); "
                         "look for a quotation mark that is not closed") from error
    return Raw(file, "", tuple(rows), tuple(at), sign)


def _sign(text: str) -> str:
    """The sign that parts most lines into the same number of cells, more than one; a comma where none does."""
    best, chosen = (0.0, 0), ","
    for sign in SIGNS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=sign) if any(row)]
        except csv.Error:
            continue
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        if usual > 1:
            score = (round(widths.count(usual) / len(widths), 2), usual)
            # Commas inside words or numbers of a file with semicolons part lines unevenly.
            if score > best:
                best, chosen = score, sign
    return chosen


def _spaced(file: str, lines: list[str]) -> Raw | None:
    """An edge list as networkx, igraph or Cytoscape write it: ends parted by spaces, `{…}` for attributes, # for remarks."""
    kept = [(k, line.strip()) for k, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith(("#", "%"))]
    if not kept:
        return None
    if all(_PYTHON_DICT.match(line) or re.fullmatch(r"\S+\s+\S+\s+\{\}", line) for _, line in kept):
        return _with_attributes(file, kept)
    if not file.casefold().endswith(_EDGE_LIST) or any(sign in line for _, line in kept for sign in ",;\t|"):
        if file.casefold().endswith(".sif") and all(line.count("\t") >= 1 for _, line in kept):
            return _interactions(file, [(k, line.split("\t")) for k, line in kept])
        return None
    cells = [(k, line.split()) for k, line in kept]
    if file.casefold().endswith(".sif"):
        return _interactions(file, cells)
    if {len(row) for _, row in cells} <= {2, 3}:
        return _edges(file, cells)
    return None


def _with_attributes(file: str, kept: list[tuple[int, str]]) -> Raw:
    rows: list[tuple[int, str, str, dict[str, str]]] = []
    for k, line in kept:
        source, target, rest = line.split(None, 2)
        rows.append((k, source, target, {key: value.strip().strip("'\"") for key, value in _PAIR.findall(rest)}))
    names = list(dict.fromkeys(key for *_, more in rows for key in more))
    cells = [("source", "target", *names), *((a, b, *(more.get(key, "") for key in names)) for _, a, b, more in rows)]
    return Raw(file, "", tuple(cells), ("line 0", *(f"line {k}" for k, *_ in rows)), " ", headless=True)


def _edges(file: str, cells: list[tuple[int, list[str]]]) -> Raw:
    if [cell.casefold() for cell in cells[0][1][:2]] in (["source", "target"], ["from", "to"]):
        cells = cells[1:]
    width = max(len(row) for _, row in cells)
    heading = ("source", "target", "weight")[:width]
    rows = [heading, *(tuple(row) + ("",) * (width - len(row)) for _, row in cells)]
    return Raw(file, "", tuple(rows), ("line 0", *(f"line {k}" for k, _ in cells)), " ", headless=True)


def _interactions(file: str, cells: list[tuple[int, list[str]]]) -> Raw:
    """Cytoscape's simple form: a source, the sort of tie, one or more targets."""
    rows = [(k, row[0], target) for k, row in cells if len(row) > 2 for target in row[2:]]
    return Raw(file, "", (("source", "target"), *((a, b) for _, a, b in rows)), ("line 0", *(f"line {k}" for k, *_ in rows)),
               " ", headless=True)
