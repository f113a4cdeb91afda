"""Figures as plain Plotly descriptions: bands over runs, and what holds places back over time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.kinds import Blocker
from incentive_abm.measures import Measure
from incentive_abm.palette import (
    BLUE,
    BROWN,
    CHARCOAL,
    FONT,
    INK,
    LILAC,
    LINE,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    PAPER,
    SILVER,
    SOFT,
    tinted,
)
from incentive_abm.report.series import BLOCKED, Series
from incentive_abm.times import years

Figure = dict[str, Any]

FORM_NAME, FUNCTION_NAME = "Form: breadth of sharing", "Function: delivered and trusted"
BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)
STACK = (ORANGE, PALE_BLUE, CHARCOAL, PALE_ORANGE, BLUE, LILAC, BROWN, SILVER)
PATTERNS = ("", "/", "", ".", "", "\\", "", "x")
TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
"""Where an axis of shares may end, short of 1."""
LEAST = 0.01
"""Mean share of spend that a blocker must reach once to have an area of its own."""


def form_and_function(series: Series) -> Figure:
    """Form and integration together, each with its median, the middle half and nine tenths of runs."""
    traces = [
        *_band(series, Measure.FORM, FORM_NAME, ORANGE, "dash"),
        *_band(series, Measure.INTEGRATION, FUNCTION_NAME, BLUE, "solid"),
    ]
    return _figure(traces, 430, _top(series, Measure.FORM, Measure.INTEGRATION), legend=True)


def one_measure(series: Series, measure: Measure) -> Figure:
    """One measure with its spread."""
    return _figure(_band(series, measure, "Median", BLUE, "solid"), 260, _top(series, measure), legend=False)


def blockers(series: Series) -> tuple[Figure, list[tuple[str, str]]]:
    """What holds ties back, as stacked shares of shared spend, mean over runs; and each area's name and colour."""
    means = {blocker: series.of[measure].mean(axis=0) for blocker, measure in zip(Blocker, BLOCKED, strict=True)
             if blocker is not Blocker.NOTHING}
    shown = sorted((b for b, mean in means.items() if mean.max() >= LEAST), key=lambda b: -float(means[b].mean()))[:7]
    rest = sum((mean for b, mean in means.items() if b not in shown), np.zeros(len(next(iter(means.values())))))
    areas = [(_capital(b.label), means[b]) for b in shown]
    if float(rest.max()) > 0.001:
        areas.append(("Everything else", rest))
    traces = [{
        "type": "scatter", "mode": "lines", "stackgroup": "one", "name": name, "x": quarter_ends(mean.size), "y": _round(mean),
        "line": {"width": 1, "color": PAPER}, "fillcolor": STACK[k],
        "fillpattern": {"shape": PATTERNS[k], "fgcolor": "rgba(255,255,255,0.55)", "fillmode": "overlay", "size": 9},
        "hovertemplate": "%{y:.0%}<extra>" + name + "</extra>",
    } for k, (name, mean) in enumerate(areas)]
    return _figure(traces, 380, 1.0, legend=False), [(name, STACK[k]) for k, (name, _) in enumerate(areas)]


def quarter_ends(quarters: int) -> list[float]:
    """The ends of quarters, in years."""
    return [years(k + 1) for k in range(quarters)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _band(series: Series, measure: Measure, name: str, colour: str, dash: str) -> list[Figure]:
    quantiles = series.band(measure, BANDS)
    x = quarter_ends(quantiles.shape[1])
    traces: list[Figure] = []
    for low, high, opacity, words in ((0, 4, 0.14, "nine in ten runs"), (1, 3, 0.28, "middle half of runs")):
        traces.append({
            "type": "scatter", "mode": "lines", "x": x + x[::-1], "y": _round(quantiles[high]) + _round(quantiles[low][::-1]),
            "fill": "toself", "fillcolor": tinted(colour, opacity), "line": {"width": 0}, "hoverinfo": "skip",
            "name": words, "showlegend": False,
        })
    traces.append({
        "type": "scatter", "mode": "lines", "x": x, "y": _round(quantiles[2]), "name": name,
        "line": {"color": colour, "width": 3.5, "dash": dash},
        "customdata": [[_number(a), _number(b)] for a, b in zip(quantiles[0], quantiles[4], strict=True)],
        "hovertemplate": "year %{x:.2f}: %{y:.1%} (nine in ten runs %{customdata[0]:.1%} to %{customdata[1]:.1%})"
                         "<extra>" + name + "</extra>",
    })
    return traces


def _top(series: Series, *measures: Measure) -> float:
    most = max(float(series.band(measure, (0.95,)).max()) for measure in measures)
    return next((step for step in TOPS if step >= 1.06 * most), 1.0)


def _figure(traces: list[Figure], height: int, top: float, *, legend: bool) -> Figure:
    axis = {"gridcolor": LINE, "zeroline": False, "linecolor": LINE, "automargin": True, "fixedrange": True,
            "tickfont": {"size": 15}}
    title = {"font": {"size": 15, "color": SOFT}, "standoff": 8}
    return {"data": traces, "layout": {
        "height": height, "template": None, "font": {"family": FONT, "size": 15, "color": INK}, "dragmode": False,
        "margin": {"l": 8, "r": 14, "t": 12, "b": 8}, "paper_bgcolor": PAPER, "plot_bgcolor": PAPER,
        "showlegend": legend,
        "legend": {"orientation": "h", "y": -0.22, "yanchor": "top", "x": 0, "font": {"size": 15}},
        "hoverlabel": {"font": {"size": 14}, "bgcolor": PAPER, "bordercolor": LINE},
        "xaxis": {**axis, "title": {"text": "year", **title}, "rangemode": "tozero"},
        "yaxis": {**axis, "tickformat": ".0%" if top > 0.05 else ".1%", "range": [0.0, top]},
    }}


def _round(values: NDArray[Any]) -> list[float]:
    return [_number(value) for value in values.tolist()]


def _number(value: float) -> float:
    return round(float(value), 4)
