"""Sizes of mechanisms sought together over their ranges, by what is published and marked for calibration: patterns 1, 4 and 5.

How it is done was written down before it was run: docs/mechanisms.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.designs.factors import Factor
from experiments.designs.samples import latin_hypercube
from experiments.fates import shock
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, played, series, yearly
from experiments.fates.trial import Trial
from incentive_abm.engine.run import Record, Recorded
from incentive_abm.measures import Measure
from incentive_abm.optional_libraries import library
from incentive_abm.parameters import PARAMETERS, default
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario
from incentive_abm.times import QUARTERS_A_YEAR

Floats = NDArray[np.float64]

MOVED = ("whole_way", "way_half", "word_travels", "hearing", "policy_sustains", "practice_fading", "practice_growth", "seen_half",
         "seen_elsewhere", "skill_fading", "place_spread", "attention", "results_felt", "routine_inertia", "effect")
"""Numbers that are sought; of the last the old value was calibrated without the others."""
IN_LOGARITHM = ("attention",)
HORIZON, FOLLOWED = 15, 4
"""Years that a run lasts, and years in which walk-outs after a deficit are looked for."""
TODAY, WITHOUT, STRUCK = "today", "followed", "followed and struck"
LEAST_TAKEN = 20
FIGURES = 2

Range = tuple[float, float]
TARGETS: Mapping[str, tuple[Range, float]] = {
    "pooled_share": ((0.034, 0.056), 0.011),
    "years_to_integration": ((5.0, 10.0), 2.5),
    "second_year": ((0.0, 0.10), 0.05),
    "walked_out": ((0.25, 0.75), 0.25),
}
"""For each summary the range in which it has to lie, and the unit in which a distance from it is told."""


def design(points: int) -> pd.DataFrame:
    """A Latin hypercube over the ranges of what is sought: a row a point, a column a number."""
    drawn = latin_hypercube([Factor(name) for name in MOVED], points, seed=1)
    return pd.DataFrame({name: _at(name, drawn[name].to_numpy(float)) for name in MOVED})


def _at(name: str, part: Floats) -> Floats:
    row = PARAMETERS[name]
    if name in IN_LOGARITHM:
        return np.asarray(row.low * (row.high / row.low) ** part)
    return np.asarray(row.low + (row.high - row.low) * part)


def scenarios(today: Scenario, followed: Scenario, point: Mapping[str, float], partner: str) -> dict[str, Scenario]:
    """Today's policy; the ten lessons followed; and the same with a deficit of one partner that is not met."""
    courses = shock.shocks(followed.overlaid(point), partner)
    return {TODAY: replace(today.overlaid(point), name=TODAY), WITHOUT: courses[shock.WITHOUT], STRUCK: courses[shock.DEFICIT]}


def read(_: Place, recorded: Recorded) -> pd.DataFrame:
    """Of each run: pooled share in years 8 to 15, integration in year 2 and 15, time to integration, walk-outs afterwards."""
    after = series(recorded, Measure.WALK_OUTS)[:, HORIZON * QUARTERS_A_YEAR:]
    integration = series(recorded, Measure.INTEGRATION)[:, :HORIZON * QUARTERS_A_YEAR]
    reached = integration >= default("integrated_from")
    return pd.DataFrame({
        "run": np.arange(len(recorded.jobs)),
        "pooled_share": yearly(recorded, Measure.POOLED_SHARE)[:, 7:HORIZON].mean(axis=1),
        "second_year": yearly(recorded, Measure.INTEGRATION)[:, 1],
        "fifteenth_year": yearly(recorded, Measure.INTEGRATION)[:, HORIZON - 1],
        "time": np.where(reached.any(axis=1), (1.0 + reached.argmax(axis=1)) / QUARTERS_A_YEAR, np.inf),
        "walk_outs": after.sum(axis=1),
    })


def play(trial: Trial, points: pd.DataFrame, told: Told) -> pd.DataFrame:
    """A row a run of each point, place and course."""
    today, followed = trial.scenario(0.0), trial.scenario(1.0)
    rows = [dict(zip(points.columns, map(float, row), strict=True)) for row in points.to_numpy()]

    def asked(place: Place) -> Sequence[Variant]:
        partner = place.partners.ids[shock.largest_trust(place)]
        return [Variant({"point": number, "course": course}, scenario) for number, point in enumerate(rows)
                for course, scenario in scenarios(today, followed, point, partner).items()]

    return played(trial, asked, (HORIZON + FOLLOWED) * QUARTERS_A_YEAR, read, told,
                  FOLLOWED * QUARTERS_A_YEAR, shock.strike, Record.MEASURES)


def summaries(runs: pd.DataFrame) -> pd.DataFrame:
    """By point: what the targets speak of, over places."""
    course = {name: runs[runs["course"] == name].sort_values(["point", "place", "seed"]) for name in (TODAY, WITHOUT, STRUCK)}
    without, struck = course[WITHOUT], course[STRUCK]
    there = without["fifteenth_year"].to_numpy() >= default("integrated_from")
    more = struck["walk_outs"].to_numpy() > without["walk_outs"].to_numpy()
    by_point = without.assign(there=there, more=there & more).groupby("point")
    integrated = by_point["there"].sum()
    return pd.DataFrame({
        "pooled_share": course[TODAY].groupby("point")["pooled_share"].mean(),
        "years_to_integration": by_point["time"].median(),
        "second_year": by_point["second_year"].mean(),
        "walked_out": by_point["more"].sum() / integrated.where(integrated > 0),
    })


def distances(found: pd.DataFrame) -> pd.DataFrame:
    """How far each summary lies outside its range, in its unit; infinite where there is none."""
    outside = {name: pd.concat([low - found[name], found[name] - high], axis=1).max(axis=1, skipna=False).clip(lower=0.0)
               for name, ((low, high), _) in TARGETS.items()}
    return pd.DataFrame({name: (outside[name] / unit).fillna(np.inf) for name, (_, unit) in TARGETS.items()})


def taken(found: pd.DataFrame) -> tuple[list[int], float]:
    """The points taken, and the largest distance among them."""
    worst = distances(found).max(axis=1)
    chosen = list(worst.index[worst == 0.0])
    if len(chosen) < LEAST_TAKEN:
        chosen = list(worst.sort_values(kind="stable").index[:LEAST_TAKEN])
    return chosen, float(worst.loc[chosen].max())


def position(points: pd.DataFrame) -> Floats:
    """Points scaled to their ranges, 0..1."""
    columns = []
    for name in MOVED:
        row, values = PARAMETERS[name], points[name].to_numpy(float)
        if name in IN_LOGARITHM:
            columns.append(np.log(values / row.low) / np.log(row.high / row.low))
        else:
            columns.append((values - row.low) / (row.high - row.low))
    return np.column_stack(columns)


def most_central(points: pd.DataFrame) -> dict[str, float]:
    """The point nearest to the middle (medians) of these, each number rounded to two figures."""
    at = position(points)
    nearest = int(np.argmin(((at - np.median(at, axis=0)) ** 2).sum(axis=1)))
    return {name: float(f"{float(points[name].iloc[nearest]):.{FIGURES}g}") for name in MOVED}


def tell(trial: Trial, points: pd.DataFrame, runs: pd.DataFrame) -> Iterator[str]:
    """The page."""
    found = summaries(runs)
    chosen, worst = taken(found)
    apart = distances(found)
    kept, default_point = points.loc[chosen], most_central(points.loc[chosen])
    yield "## Sizes sought together\n"
    yield (f"{len(points):,} points over the ranges of {len(MOVED)} numbers, each on {trial.places} places; targets and distance "
           "as [written down before](mechanisms.md#how-they-are-calibrated-together).\n")
    yield table(("target", "range", "points within", "median over points", "taken points"), (
        (name, f"{low:g} to {high:g}", f"{100.0 * float((apart[name] == 0.0).mean()):.0f}%", f"{found[name].median():.3g}",
         f"{found[name].loc[chosen].min():.3g} to {found[name].loc[chosen].max():.3g}")
        for name, ((low, high), _) in TARGETS.items()))
    exact = int((apart.max(axis=1) == 0.0).sum())
    yield (f"{exact} of {len(points):,} points meet every target"
           + (".\n" if worst == 0.0 else f"; the {len(chosen)} nearest are taken, at most {worst:.2g} away.\n"))
    yield table(("number", "range", "taken: 5th to 95th", "median", "default", "differs from its range (p)"), (
        (name, f"{PARAMETERS[name].low:g} to {PARAMETERS[name].high:g}",
         f"{np.quantile(kept[name], 0.05):.3g} to {np.quantile(kept[name], 0.95):.3g}", f"{kept[name].median():.3g}",
         f"{default_point[name]:g}", f"{p:.2g}" + ("" if p < 0.05 else ", not identified"))
        for name, p in _identified(kept).items()))


def _unheard(done: int, total: int) -> None:
    """Tell nobody how far it is."""


def at_defaults(trial: Trial) -> str:
    """What the table's own defaults give with the present sources, beside the targets."""
    point = pd.DataFrame([{name: default(name) for name in MOVED}])
    found = summaries(play(trial, point, _unheard))
    apart = distances(found)
    told = "; ".join(f"{name} {float(found[name].iloc[0]):.3g}" + ("" if apart[name].iloc[0] == 0.0 else " (outside its range)")
                     for name in TARGETS)
    return f"The defaults in the table of parameters, played on the same places with the present sources: {told}.\n"


def _identified(kept: pd.DataFrame) -> dict[str, float]:
    kstest = library("scipy.stats").kstest
    at = position(kept)
    return {name: float(kstest(at[:, k], "uniform").pvalue) for k, name in enumerate(MOVED)}
