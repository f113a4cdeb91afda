"""How the page itself reads a place from files: the sources that do so natively, translated, in a worker of its own.

What stands in for readers of forms that need a library tells the way out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

from dashboards.english import text
from dashboards.translated.script import script
from incentive_abm.errors import PlaceError

WORKBOOK, GRAPH = text("importing.no_workbook", file="{file}"), text("importing.no_graph", file="{file}")
READ = (("dashboards.place_import", "dropped"), ("incentive_abm.errors", "UserError"))
_READERS = "incentive_abm.place.importing"
INSTEAD: Mapping[tuple[str, str], tuple[str, str]] = {
    (f"{_READERS}.workbooks", "read_workbook"): (__name__, "no_workbook"),
    (f"{_READERS}.xml_graphs", "read_xml"): (__name__, "no_graph"),
}


def no_workbook(file: str, content: bytes, telling: Any) -> NoReturn:
    """A workbook is read by a library that only a server has."""
    raise PlaceError(WORKBOOK.format_map({"file": file}))


def no_graph(file: str, content: str) -> NoReturn:
    """So is XML."""
    raise PlaceError(GRAPH.format_map({"file": file}))


@lru_cache(maxsize=1)
def sources() -> str:
    """The body of the function of `py` and `lib` that gives `dropped`."""
    return script(READ, INSTEAD)
