"""One look for every picture."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

INK, SOFT, LINE, PAPER = "#16202a", "#51606e", "#d9dfe5", "#ffffff"
BLUE, ORANGE = "#0b5fa5", "#d95f02"
PALE_BLUE, PALE_ORANGE, PALE_GREY = "#7fb3dc", "#f6b26b", "#e9edf1"
SERIES = (BLUE, ORANGE, "#5a5a5a", PALE_BLUE, PALE_ORANGE)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
REGIME_COLOURS = {
    "integrated": BLUE,
    "progressing": PALE_BLUE,
    "stalled": ORANGE,
    "collapsed": "#8a3a00",
    "busy": PALE_ORANGE,
    "never started": "#8d99a6",
}
EVENT_COLOURS = {"integration": BLUE, "stall": ORANGE, "collapse": "#8a3a00"}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


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
    """A factor's plain name, broken into short lines."""
    text = plain_name(name, labels)
    return "<br>".join(textwrap.wrap(text, width, break_on_hyphens=False)) or text


def percent(share: float) -> str:
    """A share in plain print."""
    return f"{100 * share:.0f}%" if share == 0 or share >= 0.01 else f"{100 * share:.1f}%"


def tinted(colour: str, opacity: float) -> str:
    """A hex colour made see-through."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
