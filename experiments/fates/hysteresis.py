"""Part `hysteresis`: policy raised for ten years and withdrawn, against the same luck without: does what was built last?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from experiments.fates.estimates import Columns, Estimates, Indices, over_places, percent, told
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, by_place, played, yearly
from experiments.fates.trial import Trial
from incentive_abm.engine.run import Recorded
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Scope, default
from incentive_abm.place import Place
from incentive_abm.scenario import Event, EventKind, Scenario
from incentive_abm.times import QUARTERS_A_YEAR

LOW, HIGH, NONE = 0.25, 1.0, 0.0
RAISED, WITHDRAWN, LAST = 5, 15, 30
"""Years after which policy is raised, is withdrawn, and the run ends."""
SHOWN = (RAISED, WITHDRAWN, 20, 25, LAST)
NEVER_RAISED, NEVER_WITHDRAWN = "never raised", "raised, never withdrawn"
TO_LOW, TO_NONE = f"raised, withdrawn to {LOW:g}", f"raised, withdrawn to {NONE:g}"


def changed(values: Mapping[str, float], year: int) -> Event:
    """From this year on these values hold; what matters only when a run starts is left as it was."""
    acting = tuple((row.name, values[row.name]) for row in PARAMETERS.values()
                   if row.name in values and row.scope in (Scope.PLACE, Scope.PARTNER))
    return Event(year * QUARTERS_A_YEAR, EventKind.SET, parameters=acting)


def courses(trial: Trial) -> dict[str, Scenario]:
    """The four courses of policy, by name."""
    low = trial.scenario(LOW)
    raised = changed(trial.policy(HIGH), RAISED)
    back = {level: changed(trial.policy(level), WITHDRAWN) for level in (LOW, NONE)}
    return {NEVER_RAISED: low, TO_LOW: replace(low, events=(raised, back[LOW])),
            TO_NONE: replace(low, events=(raised, back[NONE])), NEVER_WITHDRAWN: replace(low, events=(raised,))}


def read(_: Place, recorded: Recorded) -> pd.DataFrame:
    """Of each run: mean integration in every year, as columns year_1, year_2, …"""
    values = yearly(recorded, Measure.INTEGRATION)
    columns = {f"year_{k + 1}": values[:, k] for k in range(values.shape[1])}
    return pd.DataFrame({"run": np.arange(len(values)), **columns})


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row a run."""
    asked = [Variant({"course": name}, scenario) for name, scenario in courses(trial).items()]
    return played(trial, lambda _: asked, LAST * QUARTERS_A_YEAR, read, told_so_far)


def figures(runs: pd.DataFrame) -> dict[str, Estimates]:
    """By course: integration and share integrated in the years shown; of the runs there when policy is withdrawn, the
    shares that lost it by the last year and that lost more than half; the last year's difference from never raised."""
    columns = {str(course): by_place(some, [f"year_{year}" for year in SHOWN]) for course, some in runs.groupby("course")}
    never = columns[NEVER_RAISED]
    return {course: over_places(partial(_described, at, never), len(at[f"year_{LAST}"])) for course, at in columns.items()}


def _described(runs: Columns, never: Columns, places: Indices) -> dict[str, float]:
    enough = default("integrated_from")
    drawn = {year: runs[f"year_{year}"][places] for year in SHOWN}
    there, last = drawn[WITHDRAWN] >= enough, drawn[LAST]
    of_these = float(there.sum()) or float("nan")
    return {
        **{f"mean_{year}": float(values.mean()) for year, values in drawn.items()},
        **{f"share_{year}": float((values >= enough).mean()) for year, values in drawn.items()},
        "lost": float((there & (last < enough)).sum() / of_these),
        "halved": float((there & (last < 0.5 * drawn[WITHDRAWN])).sum() / of_these),
        "difference": float((last - never[f"year_{LAST}"][places]).mean()),
    }


def tell(_: Trial, runs: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    line, shown, names = default("integrated_from"), figures(runs), (NEVER_RAISED, TO_NONE, TO_LOW, NEVER_WITHDRAWN)
    yield "## Policy raised and withdrawn\n"
    yield (f"Policy stands at L = {LOW:g} for {RAISED} years, is raised to {HIGH:g} for {WITHDRAWN - RAISED} and then withdrawn, "
           f"with {LAST - WITHDRAWN} years to follow; the same places and luck in each course. Mean integration by year:\n")
    yield table(("course", *(f"year {year}" for year in SHOWN)),
                ((name, *(told(shown[name][f"mean_{year}"]) for year in SHOWN)) for name in names))
    yield f"Share of runs at {line:.2f} or more, and what became of the runs that were there when policy was withdrawn:\n"
    yield table(("course", *(f"year {year}" for year in SHOWN), f"below {line:.2f} in year {LAST}", "lost more than half",
                 f"I in year {LAST} less never raised"), (
        (name, *(percent(shown[name][f"share_{year}"]) for year in SHOWN), percent(shown[name]["lost"]),
         percent(shown[name]["halved"]), told(shown[name]["difference"])) for name in names))
    for name, level in ((TO_LOW, LOW), (TO_NONE, NONE)):
        yield (f"Withdrawn to {level:g}: of the runs at {line:.2f} or more when policy was withdrawn, "
               f"{percent(shown[name]['lost'])} are below it {LAST - WITHDRAWN} years later; integration then differs from "
               f"never raised by "
               f"{told(shown[name]['difference'])}.\n")
