"""Part `time`: how much of what a place is after fifteen years is only slowness."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from experiments.fates.estimates import Columns, Estimates, Indices, over_places, percent, told
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, by_place, levels_of, played, series, yearly
from experiments.fates.trial import Trial
from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.regimes import endings, thresholds
from incentive_abm.times import QUARTERS_A_YEAR, in_years

READ_BY_REGIMES = (Measure.FORM, Measure.INTEGRATION, Measure.GROUP_KINDS, Measure.MEETINGS)
SLOW = (Regime.STALLED.label, Regime.PROGRESSING.label)
MEANS = ("integration_half_way", "integration_end", "integrated_half_way", "integrated_end", "slow")


def read(_: Place, recorded: Recorded) -> pd.DataFrame:
    """Of each run: integration and regime half-way and at the end."""
    limits = thresholds(recorded.jobs[0].scenario.settings())
    found: dict[str, object] = {"run": np.arange(len(recorded.jobs))}
    quarters = series(recorded, Measure.INTEGRATION).shape[1]
    for word, until in (("half_way", quarters // 2), ("end", quarters)):
        form, integration, kinds, meetings = (series(recorded, m)[:, :until].T for m in READ_BY_REGIMES)
        regimes = endings(form, integration, kinds, meetings, limits).regime
        found[f"regime_{word}"] = [Regime(int(code)).label for code in regimes]
        found[f"integration_{word}"] = yearly(recorded, Measure.INTEGRATION)[:, until // QUARTERS_A_YEAR - 1]
    return pd.DataFrame(found)


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row a run of twice the trial's quarters."""
    asked = [Variant({"level": level}, trial.scenario(level)) for level in trial.levels]
    return played(trial, lambda _: asked, 2 * trial.quarters, read, told_so_far)


def figures(runs: pd.DataFrame) -> dict[float, Estimates]:
    """By level: integration and share integrated half-way and at the end; the share slow half-way, and of these the share
    integrated at the end."""
    found: dict[float, Estimates] = {}
    slow, ended = runs["regime_half_way"].isin(SLOW), runs["regime_end"] == Regime.INTEGRATED.label
    named = runs.assign(slow=slow, integrated_half_way=runs["regime_half_way"] == Regime.INTEGRATED.label, integrated_end=ended,
                        slow_ended=slow & ended)
    for level in levels_of(runs):
        columns = by_place(named[named["level"] == level], (*MEANS, "slow_ended"))
        found[level] = over_places(partial(_described, columns), len(columns["slow"]))
    return found


def _described(runs: Columns, places: Indices) -> dict[str, float]:
    slow = float(runs["slow"][places].mean())
    arrived = float(runs["slow_ended"][places].mean()) / slow if slow else float("nan")
    return {**{name: float(runs[name][places].mean()) for name in MEANS}, "slow_arrived": arrived}


def tell(trial: Trial, runs: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    half, end = in_years(trial.quarters), in_years(2 * trial.quarters)
    yield f"## Fate or slowness: {half} and {end} years\n"
    yield table(("L", f"mean I, {half} years", f"{end} years", f"integrated, {half} years", f"{end} years",
                 f"stalled or progressing at {half}", f"of these integrated at {end}"), (
        (f"{level:g}", told(at["integration_half_way"]), told(at["integration_end"]), percent(at["integrated_half_way"]),
         percent(at["integrated_end"]), percent(at["slow"]), percent(at["slow_arrived"]))
        for level, at in figures(runs).items()))
    yield f"Regimes after {half} years (rows) and {end} years (columns), runs at all these levels:\n"
    before, after = runs["regime_half_way"], runs["regime_end"]
    rows, columns = ([r.label for r in Regime if r.label in set(each)] for each in (before, after))
    yield table((f"after {half} years", *columns),
                ((name, *(int(((before == name) & (after == other)).sum()) for other in columns)) for name in rows))
    slow = runs[runs["regime_half_way"].isin(SLOW)]
    arrived = int((slow["regime_end"] == Regime.INTEGRATED.label).sum())
    yield (f"Of {len(slow):,} runs that were stalled or progressing after {half} years, {arrived:,} are integrated after {end}"
           + (f" ({100 * arrived / len(slow):.0f}%).\n" if len(slow) else ".\n"))
