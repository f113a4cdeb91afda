"""The report of a search for robust plans: a page that opens anywhere, and the same as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from experiments.analysis.pictures.style import figure
from experiments.calibration.page import rendered, rows_of
from experiments.report.picture_section import Section, pictured
from experiments.robust.finding import Robust
from experiments.robust.sentences import sentences
from incentive_abm import EXPLORATION
from incentive_abm.palette import BLUE, ORANGE, SOFT

if TYPE_CHECKING:
    import plotly.graph_objects as go

METHOD = ("NSGA-II (Deb et al. 2002; pymoo, Blank & Deb 2020) over plans; every plan meets the same worlds under the same luck. "
          "Effort: how far each lever is moved from today, as a share of its range, added up. Regret: Savage 1951. Where a plan "
          "fails: PRIM (Friedman & Fisher 1999).")


def sections(found: Robust) -> list[Section]:
    """What is bought by effort, the plans, and where the best one fails."""
    shown = [
        pictured("trade", "What effort buys", "Each point is a plan that no other betters in every way, in worlds it was "
                 "not chosen by, with 95% intervals; the surest in the search stands out.", lambda: _trade(found),
                 found.plans, "plans"),
        pictured("soon", "Sooner, or surer?", "Years until integration is good enough, the whole run where it never is, "
                 "against the share of worlds in which it ends good enough.", lambda: _soon(found)),
    ]
    if found.boxes is not None:
        shown.append(pictured("fails", "Where the best plan still fails", "Settings of what is uncertain in which it fails "
                              "clearly more often.", None, found.boxes.limits, "fails"))
    return shown


def _trade(found: Robust) -> go.Figure:
    return _plot(found, "effort", "effort: shares of ranges moved, added up", "sure", "share of worlds good enough")


def _soon(found: Robust) -> go.Figure:
    return _plot(found, "years", "years until good enough", "sure", "share of worlds good enough")


def _plot(found: Robust, x: str, x_title: str, y: str, y_title: str) -> go.Figure:
    table = found.plans
    fig = figure(430, x=x_title, y=y_title)
    colours = [ORANGE if k == found.best else BLUE for k in range(len(table))]
    fig.add_scatter(x=table[x], y=table[y], mode="markers", text=table["plan"], hovertemplate="%{text}<extra></extra>",
                    marker={"color": colours, "size": 12}, showlegend=False,
                    error_y={"type": "data", "symmetric": False, "array": table[f"{y}_high"] - table[y],
                             "arrayminus": table[y] - table[f"{y}_low"], "color": SOFT, "thickness": 1})
    return fig


def render(found: Robust) -> str:
    """The page as text."""
    study = found.study
    return rendered(study.question, study.about, sentences(found), sections(found), made(found), METHOD)


def made(found: Robust) -> str:
    """Where it came from, in a line."""
    study = found.study
    return (f"Version {found.version}, source {found.source}; {found.runs:,} runs of {study.quarters} quarters; {study.worlds} "
            f"settings to search by, {study.fresh} fresh ones, each on {len(study.places)} "
            f"place{'' if len(study.places) == 1 else 's'}; seed {study.seed}.")


def markdown(found: Robust, command: str) -> str:
    """Sentences and tables as Markdown; `command` makes it again."""
    columns = ["plan", "levers", "effort", "sure_in_search", "sure", "sure_low", "sure_high", "years", "regret", "worst_tenth",
               *(measure.code for measure, _ in found.study.also)]
    parts = [f"# {found.study.title}", f"{EXPLORATION} {made(found)}",
             f"Made by `{command}`.", *([found.study.about] if found.study.about else []), *sentences(found),
             "## Plans, in fresh worlds", rows_of(pd.DataFrame(found.plans[[name for name in columns if name in found.plans]]))]
    if found.boxes is not None:
        parts += ["## Where the best plan fails", rows_of(found.boxes.limits[["factor", "low", "high", "values", "stability"]])]
    return "\n\n".join(parts) + "\n"
