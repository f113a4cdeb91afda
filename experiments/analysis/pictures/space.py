"""Pictures of the factor space: regime maps, discovered boxes, the peeling that led to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.analysis.bands import plain
from experiments.analysis.pictures.style import between_colours, figure, named, need_rows, percent, readable_on
from experiments.analysis.prim import Discovery
from experiments.analysis.run_tables import Floats
from incentive_abm.errors import UserError
from incentive_abm.palette import BLACK, BLUE, INK, ORANGE, PALE_GREY, PAPER, SOFT, TO_BLUE, TO_ORANGE

if TYPE_CHECKING:
    import plotly.graph_objects as go

SCALES = {
    colour: [[at, tint] for at, tint in zip((0.0, 0.5, 1.0), tints, strict=True)]
    for colour, tints in ((BLUE, TO_BLUE), (ORANGE, TO_ORANGE))
}


def map_picture(
    cells: pd.DataFrame, x: str, y: str, regime: str = "integrated", labels: Mapping[str, str] | None = None
) -> go.Figure:
    """Share of runs in a regime over two factors; cells with too few runs stay blank. Takes `regime_shares.regime_map`."""
    need_rows(cells)
    across, up = list(dict.fromkeys(cells["x"])), list(dict.fromkeys(cells["y"]))
    table = cells.set_index(["y", "x"])
    share = np.array([[table.loc[(b, a), "share"] for a in across] for b in up], dtype=float)
    words = np.array([[_cell(table.loc[(b, a)]) for a in across] for b in up], dtype=object)
    scale = SCALES[ORANGE if regime in ("stalled", "collapsed", "busy") else BLUE]
    fig = figure(150 + 62 * len(up), x=named(x, labels, 60), y=named(y, labels, 40))
    fig.add_heatmap(
        z=share,
        x=[_thin(name) for name in across],
        y=[_thin(name) for name in up],
        zmin=0.0,
        zmax=1.0,
        colorscale=scale,
        showscale=False,
        xgap=3,
        ygap=3,
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=True,
    )
    _write_in_cells(fig, share, [_thin(name) for name in across], [_thin(name) for name in up], scale)
    fig.update_layout(plot_bgcolor=PALE_GREY)
    fig.update_xaxes(showgrid=False, ticks="", type="category")
    fig.update_yaxes(showgrid=False, ticks="", type="category")
    return fig


def _write_in_cells(fig: go.Figure, share: Floats, across: list[str], up: list[str], scale: list[list[object]]) -> None:
    """Each cell's share in whichever colour can be read on it."""
    cells = [(a, b, value) for b, row in zip(up, share.tolist(), strict=True) for a, value in zip(across, row, strict=True)]
    known = [(a, b, value, readable_on(between_colours(scale, value))) for a, b, value in cells if not np.isnan(value)]
    for colour in (BLACK, PAPER):
        own = [(a, b, value) for a, b, value, ink in known if ink == colour]
        fig.add_scatter(
            x=[a for a, _, _ in own],
            y=[b for _, b, _ in own],
            text=[percent(value) for _, _, value in own],
            mode="text",
            textfont={"size": 17, "color": colour},
            hoverinfo="skip",
            showlegend=False,
        )


def boxes_picture(found: Discovery, labels: Mapping[str, str] | None = None, box: int = 1) -> go.Figure:
    """A discovered box as ranges: grey is everything that was tried, colour is where the regime is common."""
    limits = found.limits[found.limits["box"] == box]
    if limits.empty:
        raise UserError(f"there is no box {box} to draw")
    regime = str(found.summary["regime"].iloc[0])
    colour = ORANGE if regime in ("stalled", "collapsed", "busy") else BLUE
    fig = figure(60 + 74 * len(limits))
    for place, row in enumerate(limits.itertuples()):
        _range(fig, place, row, colour)
    names = [named(str(name), labels) for name in limits["factor"]]
    fig.update_xaxes(range=[-0.03, 1.03], showticklabels=False, showgrid=False, showline=False, ticks="")
    fig.update_yaxes(
        range=[len(names) - 0.4, -0.6],
        tickvals=list(range(len(names))),
        ticktext=names,
        ticks="",
        showgrid=False,
        showline=False,
    )
    return fig


def _range(fig: go.Figure, place: int, row: object, colour: str) -> None:
    """One factor of a box: a bar along its range, or its categories side by side."""
    low, high, values, everything = (getattr(row, name) for name in ("low", "high", "values", "full_values"))
    thick = 0.17
    if everything:
        names, kept = everything.split(", "), set(values.split(", "))
        for number, name in enumerate(names):
            edges = number / len(names) + 0.005, (number + 1) / len(names) - 0.005
            inside = name in kept
            _bar(fig, edges, place, thick, colour if inside else PALE_GREY)
            _note(fig, sum(edges) / 2, place + 0.34, name, INK if inside else SOFT, bold=inside)
        return
    full_low, full_high = float(getattr(row, "full_low")), float(getattr(row, "full_high"))  # noqa: B009
    span = (full_high - full_low) or 1.0
    edges = (low - full_low) / span, (high - full_low) / span
    sliver = max(0.03 - (edges[1] - edges[0]), 0.0)  # a box may hold a single value
    edges = max(edges[0] - sliver * (edges[1] > 0.5), 0.0), min(edges[1] + sliver * (edges[1] <= 0.5), 1.0)
    _bar(fig, (0.0, 1.0), place, thick, PALE_GREY)
    _bar(fig, edges, place, thick, colour)
    if plain(low, span) == plain(high, span):
        _note(fig, sum(edges) / 2, place + 0.34, plain(low, span), INK, bold=True)
        return
    for at, end, limit, full in ((edges[0], 0.0, low, full_low), (edges[1], 1.0, high, full_high)):
        moved = abs(at - end) > 0.02
        if moved:
            _note(fig, at, place + 0.34, plain(limit, span), INK, bold=True)
        if not moved or abs(at - end) > 0.2:
            _note(fig, end, place + 0.34, plain(full, span), SOFT, bold=False)


def _bar(fig: go.Figure, edges: tuple[float, float], place: int, thick: float, colour: str) -> None:
    box = {"x0": edges[0], "x1": edges[1], "y0": place - thick, "y1": place + thick}
    fig.add_shape(type="rect", **box, line={"width": 0}, fillcolor=colour)


def _note(fig: go.Figure, x: float, y: float, text: str, colour: str, *, bold: bool) -> None:
    anchor = "left" if x < 0.02 else "right" if x > 0.98 else "center"
    words = f"<b>{text}</b>" if bold else text
    fig.add_annotation(x=x, y=y, text=words, showarrow=False, xanchor=anchor, font={"size": 15, "color": colour})


def peeling_picture(found: Discovery) -> go.Figure:
    """Coverage against density along the peeling, with the box that was kept."""
    steps, kept = found.trajectory, found.summary.iloc[0]
    fig = figure(380, x="share of all such runs that lie inside", y="share inside that end so")
    fig.add_scatter(
        x=steps["coverage"],
        y=steps["density"],
        mode="lines+markers",
        line={"color": SOFT, "width": 2},
        marker={"size": 7, "color": SOFT},
        customdata=steps[["mass", "restricted"]],
        hovertemplate="%{y:.0%} of those inside; %{x:.0%} of all such runs; %{customdata[1]} limits<extra></extra>",
    )
    fig.add_scatter(
        x=[kept["coverage"]],
        y=[kept["density"]],
        mode="markers+text",
        marker={"size": 17, "color": BLUE, "symbol": "star"},
        text=["the box shown"],
        textposition="top center",
        hoverinfo="skip",
    )
    fig.update_xaxes(tickformat=".0%", range=[0, 1.04])
    fig.update_yaxes(tickformat=".0%", rangemode="tozero")
    return fig


def _cell(row: pd.Series) -> str:
    if np.isnan(row["share"]):
        return f"too few runs ({int(row['runs'])})"
    return f"{row['share']:.0%} ({row['low']:.0%} to {row['high']:.0%}), {int(row['runs'])} runs"


def _thin(label: str) -> str:
    return label.replace(" to ", "–")
