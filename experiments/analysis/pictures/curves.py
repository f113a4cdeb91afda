"""Pictures over time and over replicates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis.pictures.style import DASHES, EVENT_COLOURS, SERIES, figure, need_rows
from incentive_abm.errors import UserError
from incentive_abm.palette import BLUE, INK, ORANGE, PALE_BLUE, PALE_ORANGE, SLATE, SOFT, tinted
from incentive_abm.times import years

if TYPE_CHECKING:
    import plotly.graph_objects as go

Numbers = NDArray[np.float64] | NDArray[np.int64]
EVENT_WORDS = {"integration": "integrated", "stall": "stalled", "collapse": "collapsed"}


def survival_picture(curves: pd.DataFrame, event: str = "integration", by: str = "", until: float = 0.0) -> go.Figure:
    """Share of runs to which the event has happened, by group, with intervals: 1 - Kaplan-Meier, so that up is more.

    Takes `event_times.survival_curves`; `by` is put before each group in the legend; curves run on flat to `until` quarters.
    """
    need_rows(curves)
    fig = figure(430, x="years", y=f"share of runs {EVENT_WORDS.get(event, event)}", legend=True)
    groups = list(dict.fromkeys(curves["group"]))
    end = max(until, float(curves["time"].max()))
    for place, group in enumerate(groups):
        rows = curves[curves["group"] == group]
        colour = SERIES[place % len(SERIES)]
        if len(groups) > 1:
            colour = (BLUE, SLATE, ORANGE, PALE_BLUE, PALE_ORANGE)[place % 5]
        at = years(np.append(rows["time"].to_numpy(float), end))
        share, low, high = (
            1.0 - np.append(rows[name].to_numpy(float), rows[name].iloc[-1]) for name in ("survival", "high", "low")
        )
        band = np.isfinite(low) & np.isfinite(high)
        # The corners of right-continuous step functions.
        _band(fig, np.repeat(at[band], 2)[1:], np.repeat(high[band], 2)[:-1], np.repeat(low[band], 2)[:-1], colour)
        fig.add_scatter(
            x=at,
            y=share,
            name="all runs" if group == "all" else f"{by} {group}".strip(),
            mode="lines",
            line={"shape": "hv", "color": colour, "width": 3.5, "dash": DASHES[place % len(DASHES)]},
            hovertemplate="after %{x:.1f} years: %{y:.0%}<extra>%{fullData.name}</extra>",
        )
    fig.update_yaxes(tickformat=".0%", rangemode="tozero")
    fig.update_xaxes(range=[0, years(end)])
    return fig


def incidence_picture(curves: pd.DataFrame, group: str = "all", until: float = 0.0) -> go.Figure:
    """What happened first, as stacked areas of cumulative incidence. Takes `event_times.incidence_curves`."""
    rows = curves[curves["group"] == group]
    need_rows(rows)
    end = max(until, float(rows["time"].max()))
    fig = figure(430, x="years", y="share of runs, by what happened first", legend=True)
    for cause in dict.fromkeys(rows["cause"]):
        part = rows[rows["cause"] == cause]
        colour = EVENT_COLOURS.get(str(cause), SOFT)
        fig.add_scatter(
            x=years(np.append(part["time"].to_numpy(float), end)),
            y=np.append(part["incidence"].to_numpy(float), part["incidence"].iloc[-1]),
            name=EVENT_WORDS.get(str(cause), str(cause)),
            mode="lines",
            stackgroup="one",
            line={"shape": "hv", "width": 1.5, "color": colour},
            fillcolor=tinted(colour, 0.75),
            hovertemplate="by %{x:.1f} years: %{y:.0%}<extra>%{fullData.name}</extra>",
        )
    fig.update_yaxes(tickformat=".0%", range=[0, 1])
    fig.update_xaxes(range=[0, years(end)])
    return fig


def convergence_picture(running: Mapping[str, pd.DataFrame], precision: float = 0.0, shares: bool = True) -> go.Figure:
    """The running mean and its interval as replicates are added, one line an outcome.

    Takes named tables from `convergence.running_interval`; `precision` draws the stated half-width round the last mean.
    """
    if not running:
        raise UserError("there is nothing to draw yet")
    fig = figure(400, x="replicates", y="mean over the design", legend=True)
    for place, (name, table) in enumerate(running.items()):
        colour = (BLUE, ORANGE, SOFT)[place % 3]
        known = table.dropna(subset=["low"])
        _band(fig, known["replicates"].to_numpy(), known["low"].to_numpy(), known["high"].to_numpy(), colour)
        fig.add_scatter(
            x=table["replicates"],
            y=table["mean"],
            name=name,
            mode="lines+markers",
            line={"color": colour, "width": 3, "dash": DASHES[place % len(DASHES)]},
            marker={"size": 7},
            hovertemplate="%{x} replicates: %{y:.3f}<extra>%{fullData.name}</extra>",
        )
        if precision > 0.0:
            last = float(table["mean"].iloc[-1])
            for edge in (last - precision, last + precision):
                fig.add_hline(y=edge, line={"color": tinted(INK, 0.45), "width": 1, "dash": "dot"})
    # The first interval, from two replicates, may be very wide; let it run off rather than flatten the rest.
    settled = pd.concat([table[table["replicates"] >= 3] for table in running.values()])
    low, high = settled["low"].min(), settled["high"].max()
    if np.isfinite(low) and np.isfinite(high) and high > low:
        room = 0.15 * (high - low) + precision
        fig.update_yaxes(range=[float(low) - room, float(high) + room])
    fig.update_yaxes(tickformat=".0%" if shares else ".2~f")
    most = max(int(table["replicates"].max()) for table in running.values())
    fig.update_xaxes(tickformat="d", tick0=1, dtick=max(1, -(-most // 8)))
    return fig


def _band(fig: go.Figure, x: Numbers, edge: Numbers, other: Numbers, colour: str) -> None:
    """A see-through area between two edges."""
    fig.add_scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([edge, other[::-1]]),
        mode="lines",
        fill="toself",
        fillcolor=tinted(colour, 0.16),
        line={"width": 0},
        showlegend=False,
        hoverinfo="skip",
    )
