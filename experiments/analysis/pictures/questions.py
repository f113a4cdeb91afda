"""Pictures of what a study asks: its own contrast, two-way effects, policies over futures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.analysis.bands import plain
from experiments.analysis.pictures.bars import MOST_ROWS, ROW
from experiments.analysis.pictures.style import figure, named, need_rows, plain_name
from incentive_abm.palette import BLUE, INK, ORANGE, PALE_STEEL, SOFT

if TYPE_CHECKING:
    import plotly.graph_objects as go


def contrast_picture(table: pd.DataFrame, measure: str = "integration", labels: Mapping[str, str] | None = None) -> go.Figure:
    """The effect at either end of the other factor, and the difference. Takes `interactions.own_contrast`."""
    need_rows(table)
    row = table.iloc[0]
    by = plain_name(str(row["second"]), labels)
    words = {
        "effect": plain_name(str(row["first"]), labels),
        "at second_from": f"{by}: {plain(row['second_from'])}",
        "at second_to": f"{by}: {plain(row['second_to'])}",
        "difference": "difference",
    }
    return _intervals(table, [named("", {"": words[part]}, 26) for part in table["part"]], f"change in {measure}")


def interactions_picture(
    table: pd.DataFrame, labels: Mapping[str, str] | None = None, top: int = MOST_ROWS
) -> go.Figure:
    """Two-way effects with their intervals. Takes `interactions.interactions`."""
    need_rows(table)
    shown = table.head(top)
    several = shown.duplicated(["first", "second"], keep=False)
    names = []
    for (_, row), many in zip(shown.iterrows(), several, strict=True):
        one, other = (
            plain_name(str(row[side]), labels) + (f" → {plain(row[f'{side}_to'])}" if many else "")
            for side in ("first", "second")
        )
        names.append(named("", {"": f"{one} × {other}"}, 34))
    return _intervals(shown, names, "difference between two effects")


def policies_picture(
    table: pd.DataFrame, names: Mapping[int, str], measure: str = "integration", top: int = MOST_ROWS
) -> go.Figure:
    """Mean and worst tenth of each policy, least regret first. Takes `robustness.robustness`."""
    need_rows(table)
    shown = list(names)[:top]
    words = [named("", {"": names[policy]}, 34) for policy in shown]
    lines = max(word.count("<br>") + 1 for word in words)
    fig = figure(120 + max(ROW, 22 * lines) * len(shown), x=measure, legend=True)
    shown_as = (("mean", "mean", BLUE, -0.14), ("worst_tenth", "mean of the worst tenth of runs", ORANGE, 0.14))
    for criterion, word, colour, shift in shown_as:
        rows = table[table["criterion"] == criterion].set_index("policy").loc[shown]
        value, low, high = (rows[name].to_numpy(float) for name in ("value", "low", "high"))
        fig.add_scatter(
            x=value,
            y=np.arange(len(shown)) + shift,
            name=word,
            mode="markers",
            marker={"color": colour, "size": 11, "symbol": "circle" if criterion == "mean" else "diamond"},
            error_x=_whiskers(value, low, high, colour),
            text=[names[policy] for policy in shown],
            customdata=np.column_stack([low, high]),
            hovertemplate="%{text}: %{x:.3f} (%{customdata[0]:.3f} to %{customdata[1]:.3f})<extra>" + word + "</extra>",
        )
    fig.update_yaxes(
        range=[len(shown) - 0.5, -0.5], tickvals=list(range(len(shown))), ticktext=words, ticks="", showgrid=False
    )
    fig.update_xaxes(nticks=6)
    return fig


def _intervals(table: pd.DataFrame, names: list[str], title: str) -> go.Figure:
    """One dot with whiskers a row: blue above nothing, orange below, grey where it may be nothing."""
    lines = max(name.count("<br>") + 1 for name in names)
    fig = figure(110 + max(ROW, 24 * lines) * len(table), x=title)
    effect, low, high = (table[name].to_numpy(float) for name in ("effect", "low", "high"))
    clear = (low > 0) | (high < 0)
    fig.add_bar(
        x=effect,
        y=np.arange(len(table)),
        orientation="h",
        marker={"color": np.where(~clear, PALE_STEEL, np.where(effect > 0, BLUE, ORANGE))},
        opacity=0.85,
        hoverinfo="skip",
    )
    fig.add_scatter(
        x=effect,
        y=np.arange(len(table)),
        mode="markers",
        marker={"color": INK, "size": 7},
        error_x=_whiskers(effect, low, high, INK),
        text=[name.replace("<br>", " ") for name in names],
        customdata=np.column_stack([low, high]),
        hovertemplate="%{text}: %{x:+.3f} (%{customdata[0]:+.3f} to %{customdata[1]:+.3f})<extra></extra>",
    )
    fig.add_vline(x=0, line={"color": SOFT, "width": 1.5})
    fig.update_xaxes(nticks=6)
    fig.update_yaxes(
        range=[len(table) - 0.5, -0.5], tickvals=list(range(len(table))), ticktext=names, ticks="", showgrid=False
    )
    return fig


def _whiskers(value: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": np.nan_to_num(high - value),
        "arrayminus": np.nan_to_num(value - low),
        "color": colour,
        "thickness": 1.8,
        "width": 5,
    }
