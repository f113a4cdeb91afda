"""One section of the report: a heading that says what is seen, a picture, a caption, the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from experiments.report.findings import Findings

if TYPE_CHECKING:
    import plotly.graph_objects as go

MOST_ROWS = 40


@dataclass(frozen=True)
class StageLink:
    """A run to be opened on the stage page: the address, the words to be clicked, and what follows them."""

    address: str
    words: str
    told: str


@dataclass(frozen=True)
class Line:
    """What is said of runs, links to some of them, and a last word."""

    said: str
    links: tuple[StageLink, ...]
    last: str


@dataclass(frozen=True)
class Section:
    """One picture of the report, as Plotly JSON ("" where a table says it all)."""

    name: str
    heading: str
    caption: str
    picture: str = ""
    numbers: str = ""
    """The table behind the picture, as HTML."""
    missing: bool = False
    """Nothing to see; `caption` is the reason."""
    lines: tuple[Line, ...] = ()


def pictured(
    name: str,
    heading: str,
    caption: str,
    draw: Callable[[], go.Figure] | None = None,
    table: pd.DataFrame | None = None,
    file: str = "",
) -> Section:
    """A section with what is drawn, and the table behind it, which stands whole in tables/`file`.csv."""
    section = Section(name, heading, caption)
    if draw is not None:
        # "</" would end the page's script early.
        section = replace(section, picture=str(draw().to_json()).replace("</", "<\\/"))
    if table is not None:
        section = replace(section, numbers=numbers(file, table))
    return section


def unanswered(found: Findings, key: str, name: str, heading: str) -> Section:
    """A section that says why there is nothing to see."""
    return Section(name, heading, found.unanswered.get(key, "this design does not allow it"), missing=True)


def numbers(file: str, table: pd.DataFrame) -> str:
    """A table as HTML, four significant figures, at most 40 rows; `file` has them all."""
    shown = table.head(MOST_ROWS)
    html: str = shown.to_html(index=False, border=0, na_rep="–", float_format=lambda each: f"{each:.4g}")
    whole = f"The whole table: <code>tables/{file}.csv</code> and <code>.json</code>, beside this page." if file else ""
    more = f"The first {len(shown)} of {len(table):,} rows. " if len(table) > len(shown) else ""
    return html + (f"<p class='more'>{more}{whole}</p>" if more or whole else "")
