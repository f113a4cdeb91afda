"""Pictures with one row a thing: regime shares, effects, indices, luck, blockers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.analysis.bands import from_to, plain
from experiments.analysis.pictures.style import REGIME_SHOWN, figure, named, need_rows, percent, plain_name
from incentive_abm.palette import AMBER, BLUE, INK, ORANGE, PALE_AMBER, PALE_GREY, PALE_STEEL, PAPER, SOFT

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW = 50
"""Height of one row, in pixels."""
MOST_ROWS = 30
"""Rows that a picture shows at most; who draws one says what it leaves out."""


def shares_picture(shares: pd.DataFrame, labels: Mapping[str, str] | None = None) -> go.Figure:
    """Regime shares with their intervals. Takes `regime_shares.regime_shares` or `regime_shares.sweep_shares`."""
    return _shares(shares, "regime", [REGIME_SHOWN.get(name, SOFT) for name in shares["regime"]], "of runs", labels)


def blockers_picture(
    blockers: pd.DataFrame, regime: str = "all", labels: Mapping[str, str] | None = None, top: int = MOST_ROWS
) -> go.Figure:
    """How often each blocker is the main one. Takes `binding_blockers.main_blockers`."""
    chosen = blockers[blockers["regime"] == regime].nlargest(top, "share")
    return _shares(chosen, "blocker", [ORANGE] * len(chosen), "of runs", labels)


def _shares(table: pd.DataFrame, column: str, colours: Sequence[str], title: str, labels: Mapping[str, str] | None) -> go.Figure:
    need_rows(table)
    fig = figure(90 + ROW * len(table), x=f"share {title}")
    names = [named(name, labels) for name in table[column]]
    share, low, high = (table[name].to_numpy(float) for name in ("share", "low", "high"))
    fig.add_bar(
        x=share,
        y=names,
        orientation="h",
        marker={"color": list(colours)},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - share,
            "arrayminus": share - low,
            "color": INK,
            "thickness": 1.6,
            "width": 5,
        },
        customdata=np.column_stack([low, high]),
        hovertemplate="%{y}: %{x:.1%} (%{customdata[0]:.1%} to %{customdata[1]:.1%})<extra></extra>",
    )
    fig.add_scatter(
        x=np.fmax(high, share),
        y=names,
        mode="text",
        text=[f"  <b>{percent(each)}</b>" for each in share],
        textposition="middle right",
        textfont={"size": 17},
        hoverinfo="skip",
        cliponaxis=False,
    )
    top = float(np.nanmax(np.fmax(high, share)))
    fig.update_xaxes(tickformat=".0%", range=[0, min(top * 1.35, 1.2)], nticks=6)
    fig.update_yaxes(autorange="reversed", ticks="", showgrid=False)
    return fig


def effects_picture(
    effects: pd.DataFrame, measure: str = "integration", labels: Mapping[str, str] | None = None, top: int = MOST_ROWS
) -> go.Figure:
    """The largest effects with their intervals: blue raises the outcome, orange lowers it, grey may be nothing.

    Takes `effects.lever_effects`.
    """
    need_rows(effects)
    shown = effects.head(top)
    fig = figure(110 + ROW * len(shown), x=f"change in {measure}")
    effect, low, high = (shown[name].to_numpy(float) for name in ("effect", "low", "high"))
    unsure = ~((low > 0) | (high < 0))
    colours = np.where(unsure, PALE_STEEL, np.where(effect > 0, BLUE, ORANGE))
    several = shown["factor"].duplicated(keep=False)
    names = [
        named(factor, {**(labels or {}), factor: f"{plain_name(factor, labels)}\u00a0→\u00a0{plain(to)}"} if many else labels, 20)
        for factor, to, many in zip(shown["factor"], shown["to_value"], several, strict=True)
    ]
    moves = [from_to(a, b) for a, b in zip(shown["from_value"], shown["to_value"], strict=True)]
    fig.add_bar(x=effect, y=names, orientation="h", marker={"color": colours}, opacity=0.85, hoverinfo="skip")
    fig.add_scatter(
        x=effect,
        y=names,
        mode="markers",
        marker={"color": INK, "size": 7},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - effect,
            "arrayminus": effect - low,
            "color": INK,
            "thickness": 1.6,
            "width": 5,
        },
        customdata=np.column_stack([low, high, np.array(moves, dtype=object)]),
        hovertemplate="%{y}, from %{customdata[2]}: %{x:+.3f} (%{customdata[0]:+.3f} to %{customdata[1]:+.3f})<extra></extra>",
    )
    fig.add_vline(x=0, line={"color": INK, "width": 1.5})
    fig.update_xaxes(tickformat=".2~f", nticks=6)
    fig.update_yaxes(autorange="reversed", ticks="", showgrid=False)
    return fig


def indices_picture(indices: pd.DataFrame, labels: Mapping[str, str] | None = None, top: int = MOST_ROWS) -> go.Figure:
    """First- and total-order indices with their intervals. Takes `sobol.sobol_indices` or `efast.efast_indices`."""
    total = indices[indices["order"] == "total"].nlargest(top, "value")
    need_rows(total)
    fig = figure(120 + ROW * len(total), x="share of spread explained", legend=True)
    orders = (("total", "with all its interactions", BLUE, -0.16), ("first", "alone", ORANGE, 0.16))
    names = total["factor"].tolist()
    for order, legend, colour, shift in orders:
        rows = indices[indices["order"] == order].set_index("factor").loc[names]
        value = rows["value"].to_numpy(float)
        fig.add_scatter(
            x=value,
            y=np.arange(len(names)) + shift,
            name=legend,
            mode="markers",
            marker={"color": colour, "size": 11, "symbol": "circle" if order == "total" else "diamond"},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": np.nan_to_num(rows["high"].to_numpy(float) - value),
                "arrayminus": np.nan_to_num(value - rows["low"].to_numpy(float)),
                "thickness": 2.2,
                "width": 5,
            },
            text=names,
            hovertemplate="%{text}: %{x:.3f}<extra>" + legend + "</extra>",
        )
    fig.add_vline(x=0, line={"color": INK, "width": 1.5})
    fig.update_xaxes(tickformat=".0%", nticks=6)
    fig.update_yaxes(
        range=[len(names) - 0.5, -0.5],
        tickvals=list(range(len(names))),
        ticktext=[named(name, labels) for name in names],
        ticks="",
        showgrid=False,
    )
    return fig


def luck_picture(shares: pd.DataFrame) -> go.Figure:
    """Parameters against luck, as one bar cut in two. Takes `variance_shares.variance_shares`."""
    need_rows(shares)
    by_source = shares.set_index("source")["share"].clip(0.0, 1.0)
    fig = figure(180, legend=True)
    words = {
        "parameters": ("parameters", BLUE),
        "shared luck": ("luck that strikes all settings alike", AMBER),
        "luck x parameters": ("luck that strikes settings differently", PALE_AMBER),
        "luck": ("luck", AMBER),
    }
    sources = [name for name in words if name in by_source.index and (name != "luck" or "shared luck" not in by_source)]
    for name in sources:
        label, colour = words[name]
        fig.add_bar(
            x=[by_source[name]],
            y=[""],
            orientation="h",
            name=label,
            marker={"color": colour, "line": {"color": PALE_GREY, "width": 1}},
            text=percent(by_source[name]) if by_source[name] > 0.07 else "",
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            textfont={"size": 18, "color": PAPER if name == "parameters" else INK},
            hovertemplate=f"{label}: %{{x:.1%}}<extra></extra>",
        )
    fig.update_layout(barmode="stack", legend={"traceorder": "normal"})
    fig.update_xaxes(tickformat=".0%", range=[0, 1.0], title_text="share of the spread", nticks=5)
    fig.update_yaxes(showticklabels=False, showgrid=False)
    return fig


def thresholds_picture(
    table: pd.DataFrame, labels: Mapping[str, str] | None = None, regimes: Sequence[str] = ("integrated", "stalled")
) -> go.Figure:
    """How far the shares of regimes move when each threshold does. Takes `thresholds.around_defaults`."""
    need_rows(table)
    names = list(dict.fromkeys(table["threshold"]))
    fig = figure(120 + ROW * len(names), x="share of runs", legend=True)
    for regime, shift in zip(regimes, np.linspace(-0.13, 0.13, len(regimes)), strict=True):
        rows = table[table["regime"] == regime]
        colour = REGIME_SHOWN.get(regime, SOFT)
        for place, name in enumerate(names):
            part = rows[rows["threshold"] == name]
            fig.add_scatter(
                x=part["share"],
                y=np.full(len(part), place + shift),
                name=regime,
                legendgroup=regime,
                showlegend=place == 0,
                mode="lines+markers",
                line={"color": colour, "width": 4},
                marker={"size": 10, "color": colour},
                text=[plain(value) for value in part["value"]],
                hovertemplate=f"{regime}, at %{{text}}: %{{x:.1%}}<extra></extra>",
            )
    fig.update_xaxes(tickformat=".0%", rangemode="tozero", nticks=6)
    ticks = {"tickvals": list(range(len(names))), "ticktext": [named(name, labels) for name in names]}
    fig.update_yaxes(range=[len(names) - 0.5, -0.5], ticks="", showgrid=False, **ticks)
    return fig
