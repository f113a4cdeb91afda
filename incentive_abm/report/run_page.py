"""Put the page together and write it whole."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from incentive_abm import EXPLORATION
from incentive_abm.files import write_text_whole
from incentive_abm.kinds import Kind
from incentive_abm.measures import Measure
from incentive_abm.palette import REGIME_COLOURS
from incentive_abm.report import charts, network, page_sentences
from incentive_abm.report.charts import FORM_NAME, FUNCTION_NAME
from incentive_abm.report.series import Series
from incentive_abm.results import Log, Run, What
from incentive_abm.results.stage_link import SHOWN
from incentive_abm.results.stories import run_story
from incentive_abm.results.stories.wording import count, joined
from incentive_abm.results.summary import Summary
from incentive_abm.times import years

SMALL = (
    (Measure.OUTCOME, "What people get", "outcome of joint work, weighted by what matters to people"),
    (Measure.SEAMLESS, "My care", "chance that a person's three hand-offs in a row are all seamless"),
    (Measure.POOLED_SHARE, "Pooled money", "pooled budgets as a share of all income"),
    (Measure.TRUST, "Trust", "mean belief that the other keeps its promises"),
)
COUNTED = (What.WALK_OUT, What.DEAL_BEGUN, What.NEW_LEADER, What.BAIL_OUT, What.BROKEN_PROMISE)


def write_report(run: Run, summary: Summary, series: Series, chosen: int, log: Log, stage: str = "") -> Path:
    """Write `report.html` into a run's folder; `log` is that of the `chosen` run. Nothing on the page is loaded.

    stage: the address of a page that shows that run, "" for none.

    Raises OSError where the page cannot be written.
    """
    target = run.folder / "report.html"
    write_text_whole(target, render(run, summary, series, chosen, log, stage))
    return target


def render(run: Run, summary: Summary, series: Series, chosen: int, log: Log, stage: str = "") -> str:
    """The page as text."""
    import jinja2
    from plotly.offline import get_plotlyjs

    place, plan, own = summary.plan.place, summary.plan, files("incentive_abm.report")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    held, areas = charts.blockers(series)
    figures = {"form": charts.form_and_function(series), "blockers": held}
    figures |= {measure.code: charts.one_measure(series, measure) for measure, _, _ in SMALL}
    canvas = network.Canvas.of(place)
    quarters = sorted({1, max(1, plan.quarters // 2), plan.quarters})
    kinds = [kind for kind in Kind if (place.partners.kind == kind).any()]
    return environment.from_string((own / "page.html").read_text(encoding="utf-8")).render(
        exploration=EXPLORATION, place=place, plan=plan, summary=summary, years=f"{years(plan.quarters):g}",
        partners=joined([_kind_count(place.partners.kind, kind) for kind in kinds]),
        answer=page_sentences.answer(summary), regimes=_regimes(summary), small=[(m.code, t, d) for m, t, d in SMALL],
        table=_table(series, plan.quarters), areas=areas,
        networks=[(q, f"{years(q):g}", network.svg(canvas, network.moment(log, place, q))) for q in quarters],
        kinds=[(network.mark(kind), kind.label) for kind in kinds], ramp=network.legend(), left_out=canvas.left_out,
        stage=stage, beyond=plan.quarters > SHOWN, shown=SHOWN,
        story=run_story(log, place), story_seed=series.seeds[chosen], counts=_counts(log),
        story_regime=series.regimes[chosen].replace("_", " "),
        differences=page_sentences.differences(plan.scenario), events=[(e.quarter + 1, e.said) for e in plan.scenario.events],
        real=page_sentences.real(run.manifest["place"]), warnings=run.manifest["place"]["warnings"],
        provenance=page_sentences.provenance(run.manifest), style=(own / "page.css").read_text(encoding="utf-8"),
        script=(own / "page.js").read_text(encoding="utf-8"), figures=_for_script(json.dumps(figures)),
        plotly=_for_script(get_plotlyjs()),
    )


def _for_script(text: str) -> str:
    return text.replace("</script", "<\\/script")


def _kind_count(kinds: np.ndarray[tuple[int], np.dtype[np.int64]], kind: Kind) -> str:
    number = int((kinds == kind).sum())
    return f"{number:,} {kind.label if number == 1 else kind.plural}"


def _regimes(summary: Summary) -> list[dict[str, Any]]:
    return [{"label": regime.label, "meaning": regime.meaning, "runs": runs, "share": 100 * runs / summary.runs,
             "colour": REGIME_COLOURS[regime]} for regime, runs in summary.regimes]


def _counts(log: Log) -> str:
    return joined([count(int((log.what == what).sum()), what.code) for what in COUNTED])


def _table(series: Series, quarters: int) -> list[tuple[str, list[str]]]:
    """Median and range of nine in ten runs at a third, two thirds and the end; first row: which years."""
    at = sorted({max(1, round(quarters / 3)), max(1, round(2 * quarters / 3)), quarters})
    rows = [("", [f"year {years(quarter):g}" for quarter in at])]
    names = [(Measure.FORM, FORM_NAME), (Measure.INTEGRATION, FUNCTION_NAME),
             *((measure, title) for measure, title, _ in SMALL)]
    for measure, title in names:
        low, middle, high = series.band(measure, (0.05, 0.5, 0.95))
        rows.append((title, [f"{100 * middle[q - 1]:.1f}% ({100 * low[q - 1]:.1f} to {100 * high[q - 1]:.1f})" for q in at]))
    return rows
