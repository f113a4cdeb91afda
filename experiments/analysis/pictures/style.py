"""One look for every picture."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from incentive_abm.errors import UserError
from incentive_abm.palette import (
    BLACK,
    BLUE,
    BROWN,
    CHARCOAL,
    FONT,
    INK,
    LINE,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    PAPER,
    REGIME_COLOURS,
    SOFT,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

SERIES = (BLUE, ORANGE, CHARCOAL, PALE_BLUE, PALE_ORANGE)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
REGIME_SHOWN = {regime.label: colour for regime, colour in REGIME_COLOURS.items()}
"""Colours by the word that tables of results have."""
EVENT_COLOURS = {"integration": BLUE, "stall": ORANGE, "collapse": BROWN}


def figure(height: int, *, x: str = "", y: str = "", legend: bool = False) -> go.Figure:
    """An empty figure in the house style, with plain axis titles."""
    import plotly.graph_objects as go

    fig = go.Figure()
    axis: dict[str, Any] = {
        "gridcolor": LINE,
        "zeroline": False,
        "linecolor": LINE,
        "automargin": True,
        "title": {"font": {"size": 16, "color": SOFT}, "standoff": 10},
        "tickfont": {"size": 15},
        "fixedrange": True,
    }
    fig.update_layout(
        height=height,
        template="none",
        font={"family": FONT, "size": 16, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        margin={"l": 8, "r": 16, "t": 12, "b": 8},
        showlegend=legend,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 16}},
        hoverlabel={"font": {"size": 15, "family": FONT}, "bgcolor": PAPER, "bordercolor": LINE},
        dragmode=False,
    )
    fig.update_xaxes(**axis)
    fig.update_yaxes(**axis)
    fig.update_xaxes(title_text=x)
    fig.update_yaxes(title_text=y)
    return fig


def plain_name(name: str, labels: Mapping[str, str] | None) -> str:
    """A factor's plain name."""
    return (labels or {}).get(name, name.replace("_", " "))


def named(name: str, labels: Mapping[str, str] | None, width: int = 18) -> str:
    """A factor's plain name, broken into short lines between words; within one only after a hyphen, and if it is too long."""
    text = plain_name(name, labels)
    lines: list[str] = []
    for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False):
        lines += textwrap.wrap(line, width, break_long_words=False) if len(line) > width else [line]
    return "<br>".join(lines) or text


def readable_on(colour: str) -> str:
    """Black or paper, whichever stands out more from a colour (WCAG 2.1's contrast)."""
    return max((BLACK, PAPER), key=lambda text: contrast(text, colour))


def contrast(one: str, other: str) -> float:
    """WCAG 2.1's contrast ratio of two colours written as #rrggbb, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255.0 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def between_colours(scale: list[list[Any]], at: float) -> str:
    """The colour of a scale of [place, #rrggbb] at a place from 0 to 1, as Plotly mixes it."""
    for (low, one), (high, other) in itertools.pairwise(scale):
        if at <= high:
            share = (at - low) / (high - low)
            mixed = (int(one[k : k + 2], 16) * (1 - share) + int(other[k : k + 2], 16) * share for k in (1, 3, 5))
            return "#" + "".join(f"{round(channel):02x}" for channel in mixed)
    return str(scale[-1][1])


def percent(share: float) -> str:
    """A share in plain print."""
    return f"{100 * share:.0f}%" if share == 0 or share >= 0.01 else f"{100 * share:.1f}%"


def need_rows(table: pd.DataFrame) -> None:
    """Raise UserError where there is nothing to draw."""
    if table.empty:
        raise UserError("there is nothing to draw yet")
