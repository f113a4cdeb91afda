"""A file's form is worked out from what it holds; its name only decides where two forms look alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

from incentive_abm.errors import PlaceError
from incentive_abm.place.csv_reading import MOST_BYTES
from incentive_abm.place.importing.decoding import text_of_bytes
from incentive_abm.place.importing.delimited import SIGNS, read_delimited
from incentive_abm.place.importing.json_graphs import read_json
from incentive_abm.place.importing.line_graphs import read_gml, read_pajek
from incentive_abm.place.importing.table import Raw, Table
from incentive_abm.place.importing.telling import Section, Telling
from incentive_abm.place.importing.workbooks import read_workbook
from incentive_abm.place.importing.xml_graphs import read_xml

FORMS = ("CSV or other text in columns, .xlsx, GraphML, GEXF, Pajek (.net), GML, JSON (node-link, Cytoscape, Kumu, rows), "
         "edge lists")


def opened(files: Mapping[str, bytes], telling: Telling) -> list[Raw | Table]:
    """All sheets and tables of all files; a file that cannot be read is a fault among others."""
    found: list[Raw | Table] = []
    for file, content in files.items():
        try:
            found += _one(file, content, telling)
        except PlaceError as error:
            telling.fault(str(error).removeprefix(file).lstrip(":, ") if str(error).startswith(file) else str(error), file)
    return found


def _one(file: str, content: bytes, telling: Telling) -> list[Raw | Table]:
    if len(content) > MOST_BYTES:
        raise PlaceError(f"{file} is too large: {len(content) / 2**20:.0f} MiB; expected at most {MOST_BYTES >> 20} MiB")
    if not content.strip():
        raise PlaceError(f"{file} is empty")
    if content.startswith(b"PK"):
        sheets = read_workbook(file, content, telling)
        if not sheets:
            raise PlaceError(f"{file} is a workbook without a visible cell")
        telling.tell(Section.READ, f"{file}: a workbook with {_count(len(sheets), 'sheet')}")
        return list(sheets)
    text, encoding = text_of_bytes(file, content)
    if encoding == "Windows-1252":
        telling.tell(Section.CHECK, f"{file} is no UTF-8, so it was read as Windows-1252, as spreadsheets on Windows write it; "
                                    f"see "
                                    "whether accents and £ signs are right", "")
    form, tables = _of_text(file, text)
    raw = isinstance(tables[0], Raw)
    rows = sum(max(0, len(each.rows) - 1) if isinstance(each, Raw) else len(each.rows) for each in tables)
    telling.tell(Section.READ, f"{file}: {form}, {encoding}, "
                               f"{_count(rows, 'row') if raw else _count(rows, 'node and edge', 'nodes and edges')}")
    return tables


def _of_text(file: str, text: str) -> tuple[str, list[Raw | Table]]:
    begin, ending = text.lstrip("\ufeff \t\r\n")[:400], file.casefold().rpartition(".")[2]
    if begin.startswith("<"):
        return ("GEXF" if "<gexf" in text[:2000] else "GraphML"), list(read_xml(file, text))
    if begin.startswith(("{", "[")):
        found = read_json(file, text)
        return "JSON", [found] if isinstance(found, Raw) else list(found)
    if re.match(r"\*(network|vertices)\b", begin, re.IGNORECASE) or ending in ("net", "paj"):
        return "Pajek", list(read_pajek(file, text))
    if re.search(r"^\s*graph\s*\[", text[:4000], re.MULTILINE) and ending not in ("csv", "tsv"):
        return "GML", list(read_gml(file, text))
    if re.match(r"(strict\s+)?(di)?graph\b[^,;\n]*\{", begin, re.IGNORECASE):
        raise PlaceError(f"{file} is Graphviz DOT, which draws and does not exchange; write it as GraphML, for example with "
                         f"gv2gml -g "
                         "or networkx")
    if re.match(r"dl\s+n\s*=", begin, re.IGNORECASE):
        raise PlaceError(f"{file} is UCINET's DL; export the matrix from UCINET as .xlsx or CSV (Data > Export)")
    if begin.startswith("nodedef>"):
        raise PlaceError(f"{file} is GUESS's GDF; export it from Gephi as GraphML")
    raw = read_delimited(file, text)
    form = "an edge list" if raw.headless else f"text in columns parted by {SIGNS.get(raw.delimiter, repr(raw.delimiter))}"
    return form, [raw]


def _count(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
