"""The report of a calibration: a page that opens anywhere, and the same tables as Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.analysis.pictures.style import figure
from experiments.calibration.calibrating import Known
from experiments.calibration.diagnostics import BINS
from experiments.calibration.sentences import sentences
from experiments.report.picture_section import Section, pictured
from incentive_abm import EXPLORATION, __version__
from incentive_abm.palette import BLUE, INK, LINE, ORANGE, PALE_GREY, SOFT
from incentive_abm.parameters import PARAMETERS

if TYPE_CHECKING:
    import plotly.graph_objects as go

TEMPLATES = Path(__file__).parent.parent / "templates"
ROW = 34
METHOD = ("Approximate Bayesian computation: the settings nearest to what was observed, carried to it by a local-linear "
          "regression (Beaumont, Zhang & Balding 2002), errors of observation drawn for runs too (Wilkinson 2013); ranks after "
          "Talts et al. 2018.")


def sections(known: Known) -> list[Section]:
    """One a question, those without an answer left out."""
    found = [
        pictured("posterior", "What is known after the data", "Nine tenths of what is left of each number, as a place in its "
                 "range, and its median. A line over nearly all of the range says that nothing was learned.",
                 lambda: _forest(known), quantiles(known)),
        pictured("targets", "What was observed, beside what the model gives", "Before: over all settings. Predicted: settings "
                 "drawn from what is left, played again with other luck; nine tenths, errors of observation included.", None,
                 known.targets, "targets"),
        pictured("learned", "Of which numbers the data say nothing", "narrowed: the share of the variance before the data "
                 "that is gone; shift: how far the mean moved, in standard deviations before the data; each with its "
                 "95% interval.", None,
                 known.learned, "learned"),
        pictured("ranks", "Is the method right?", "Settings of the table stand in turn for the truth, and what ran there for the "
                 "data. Where the method is right, truths fall into every tenth of what is found alike: lines stay within the "
                 "band in 95 of 100 cases for each number.", lambda: _ranks(known), known.ranks.tests(), "coverage"),
    ]
    if not known.left_out.empty:
        found.append(pictured("left-out", "What hangs on which observation", "How far means move where one observation is left "
                              "out, in standard deviations before the data.", None, known.left_out.sort_values(
                                  "mean_moves", key=np.abs, ascending=False), "left_out"))
    if not known.worth.empty and known.study.find_out is not None:
        asked = known.study.find_out
        less = f" less that under {asked.against}" if asked.against else ""
        found.append(pictured("worth", "What to find out next", f"Of the variance of {asked.of} in the last year under "
                              f"{asked.scenario}{less}, over the settings taken, the share that an exact observation in one run "
                              f"under {asked.seen_in} would take away.", lambda: _worth(known), known.worth, "worth_observing"))
    if not known.held.empty:
        found.append(pictured("held-out", "Compared only afterwards", "Published patterns that were not used. A figure passes "
                              "where it lies within nine tenths of what is predicted.", None, known.held, "held_out"))
    return found


def quantiles(known: Known) -> pd.DataFrame:
    """By number: range before, and the weighted 5th, 50th and 95th percentile after."""
    rows = []
    for k, each in enumerate(known.study.priors):
        low, middle, high = _weighted(known.settings[each.name].to_numpy(np.float64), known.found.weight)
        rows.append({"parameter": each.name, "label": PARAMETERS[each.name].label, "from": each.factor.low,
                     "to": each.factor.high, "5%": low, "median": middle, "95%": high,
                     "data_say": known.learned["data_say"].iloc[k]})
    return pd.DataFrame(rows)


def _weighted(values: Any, weight: Any) -> tuple[float, float, float]:
    order = np.argsort(values)
    at = np.cumsum(weight[order]) - 0.5 * weight[order]
    low, middle, high = np.interp((0.05, 0.5, 0.95), at, values[order])
    return float(low), float(middle), float(high)


def _forest(known: Known) -> go.Figure:
    table = quantiles(known).iloc[::-1]
    fig = figure(90 + ROW * len(table), x="place in its range")
    width = table["to"] - table["from"]
    for label, low, middle, high, word in zip(table["label"], *((table[name] - table["from"]) / width for name in
                                              ("5%", "median", "95%")), table["data_say"], strict=True):
        colour = BLUE if word == "something" else SOFT
        fig.add_scatter(x=[low, high], y=[label, label], mode="lines", line={"color": colour, "width": 5}, showlegend=False)
        fig.add_scatter(x=[middle], y=[label], mode="markers", marker={"color": INK, "size": 9}, showlegend=False)
    fig.update_xaxes(range=[0.0, 1.0])
    return fig


def _ranks(known: Known) -> go.Figure:
    table = known.ranks.histogram()
    fig = figure(380, x="tenth of what was found", y="truths in it")
    low, high = (float(table[name].iloc[0]) for name in ("low", "high"))
    fig.add_hrect(y0=low, y1=high, fillcolor=PALE_GREY, line_width=0, layer="below")
    for name, own in table.groupby("parameter", sort=False):
        off = bool(((own["trials"] < own["low"]) | (own["trials"] > own["high"])).any())
        fig.add_scatter(x=own["bin"], y=own["trials"], mode="lines", name=str(name), showlegend=False,
                        line={"color": ORANGE if off else BLUE, "width": 2.5 if off else 1.2})
    fig.update_xaxes(range=[1, BINS])
    fig.update_yaxes(rangemode="tozero")
    return fig


def _worth(known: Known) -> go.Figure:
    table = known.worth.head(15).iloc[::-1]
    fig = figure(90 + ROW * len(table), x="share of the verdict's variance taken away")
    fig.add_scatter(x=table["variance_gone"], y=table["observe"], mode="markers", marker={"color": BLUE, "size": 10},
                    error_x={"type": "data", "symmetric": False, "array": table["high"] - table["variance_gone"],
                             "arrayminus": table["variance_gone"] - table["low"], "color": SOFT}, showlegend=False)
    fig.add_vline(x=0.0, line_color=LINE)
    return fig


def render(known: Known) -> str:
    """The page as text."""
    return rendered(known.study.question, known.study.about, sentences(known), sections(known), made(known), METHOD)


def rendered(question: str, about: str, said: list[str], shown: list[Section], origin: str, method: str) -> str:
    """A page of sections as text; nothing on it is loaded from elsewhere."""
    import jinja2
    from plotly.offline import get_plotlyjs

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
                                     trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("sections.html").render(
        question=question, about=about, exploration=EXPLORATION, sentences=said, sections=shown, made=origin, method=method,
        plotly=get_plotlyjs().replace("</script", "<\\/script"))


def made(known: Known) -> str:
    """Where it came from, in a line."""
    study = known.study
    return (f"Version {__version__}, source {known.source}; {known.runs:,} runs of {study.quarters} quarters on "
            f"{len(study.places)} place{'' if len(study.places) == 1 else 's'}, seed {study.seed}. The {study.taken:,} settings "
            f"taken are worth {known.found.effective:.0f} draws of equal weight; the farthest lies "
            f"{known.found.distance:.2g} standard deviations from what was observed.")


def markdown(known: Known, command: str) -> str:
    """Sentences and tables as Markdown; `command` makes them again."""
    parts = [f"# {known.study.title}", f"{EXPLORATION} {made(known)}", f"Made by `{command}`.", " ".join(sentences(known)),
             *(f"- {each.name}: {each.told}, observed {each.figure}" for each in known.study.observed)]
    shown = {"What is known after the data": quantiles(known), "Observed and predicted": known.targets.drop(columns="what"),
             "What the data say of each number": known.learned, "Is the method right?": known.ranks.tests(),
             "What hangs on which observation": _widest(known.left_out), "What to find out next": known.worth,
             "Compared only afterwards": known.held}
    parts += [f"## {heading}\n\n{rows_of(table)}" for heading, table in shown.items() if not table.empty]
    return "\n\n".join(parts) + "\n"


def _widest(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values("mean_moves", key=np.abs, ascending=False).head(15)


def rows_of(table: pd.DataFrame) -> str:
    """A table as Markdown, three significant figures."""
    def told(value: object) -> str:
        if isinstance(value, bool | np.bool_):
            return "yes" if value else "no"
        return ("–" if value != value else f"{value:.3g}") if isinstance(value, float) else str(value).replace("|", "/")

    names = [str(name).replace("_", " ") for name in table.columns]
    lines = [names, ["---"] * len(names), *([told(value) for value in row] for row in table.itertuples(index=False))]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
