"""Part `mechanisms`: what each mechanism changes, alone and when it is taken away from all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np
import pandas as pd

from experiments.fates.estimates import Columns, Estimate, Estimates, Indices, over_places, percent, told
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, by_place, endings, levels_of, played
from experiments.fates.policy_range import threshold
from experiments.fates.trial import Mechanism, Trial, variants
from incentive_abm.times import years

ALONE, IN_COMPANY = "alone", "in company"


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row a run of each variant at each level looked at closely."""
    asked = [Variant({"level": level, "variant": name}, trial.scenario(level, values))
             for level in trial.levels for name, values in distinct(trial).items()]
    return played(trial, lambda _: asked, trial.quarters, endings, told_so_far)


def distinct(trial: Trial) -> dict[str, dict[str, float]]:
    """Variants, none twice: with one mechanism "only it" is all; with two, "only one" is "all but the other"."""
    every = variants(trial.mechanisms)
    found = {name: every[name] for name in ("none", "all")}
    for name, values in every.items():
        if values not in found.values():
            found[name] = values
    return {name: found[name] for name in every if name in found}


def described(runs: Columns, horizon: int, places: Indices) -> dict[str, float]:
    """Of one variant: mean, sd between places (of places' means, luck taken out), share integrated, years to integration (at
    most the horizon), partners in the largest group."""
    integration = runs["integration"][places]
    luck = float(integration.var(axis=1, ddof=1).mean()) / integration.shape[1]
    between = max(float(integration.mean(axis=1).var(ddof=1)) - luck, 0.0)
    time = np.where(np.isnan(runs["time"][places]), horizon, runs["time"][places])
    return {"mean": float(integration.mean()), "sd": float(np.sqrt(between)),
            "integrated": float(runs["integrated"][places].mean()), "years": years(float(time.mean())),
            "largest": float(runs["largest_group"][places].mean())}


def columns_of(runs: pd.DataFrame) -> dict[tuple[float, str], Columns]:
    """By level and variant, what `described` needs."""
    wanted = ("integration", "integrated", "time", "largest_group")
    return {(level, name): by_place(runs[(runs["level"] == level) & (runs["variant"] == name)], wanted)
            for level in levels_of(runs) for name in map(str, runs["variant"].unique())}


def figures(trial: Trial, runs: pd.DataFrame) -> dict[tuple[float, str], Estimates]:
    """`described` by level and variant."""
    return {key: over_places(partial(described, at, trial.quarters), trial.places) for key, at in columns_of(runs).items()}


def effects(trial: Trial, runs: pd.DataFrame) -> dict[tuple[float, str, str], Estimates]:
    """What a mechanism changes alone (only it, less none) and in company (all, less all but it), place by place and seed by
    seed: by level, mechanism and when."""
    every, kept, at = variants(trial.mechanisms), distinct(trial), columns_of(runs)
    played_as = {name: next(same for same, those in kept.items() if those == values) for name, values in every.items()}
    found: dict[tuple[float, str, str], Estimates] = {}
    for level in levels_of(runs):
        for each in trial.mechanisms:
            for when, more, less in ((ALONE, f"only {each.name}", "none"), (IN_COMPANY, "all", f"all but {each.name}")):
                pair = at[level, played_as[more]], at[level, played_as[less]]
                found[level, each.name, when] = over_places(partial(_difference, *pair, trial.quarters), trial.places)
    return found


def _difference(more: Columns, less: Columns, horizon: int, places: Indices) -> dict[str, float]:
    one, other = described(more, horizon, places), described(less, horizon, places)
    return {name: one[name] - other[name] for name in one}


def tell(trial: Trial, runs: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    shown, changed, names = figures(trial, runs), effects(trial, runs), list(distinct(trial))
    yield "## Mechanisms\n"
    switched = "; ".join(", ".join(f"{name} {off:g} → {on:g}" for name, off, on in m.switches) for m in trial.mechanisms)
    heading = ("mean I", f"sd between {trial.units}", "integrated", "years to integration", "largest group")
    same = "luck" if trial.given else "places and luck"
    yield f"Off → on: {switched}. The same {same} in each variant; years to integration count at most the horizon.\n"
    yield table(("L", "variant", *heading),
                ((f"{level:g}", name, *_cells(shown[level, name])) for level in levels_of(runs) for name in names))
    yield "The level at which half the runs end integrated, between these levels by a straight line:\n"
    halves = {name: threshold(runs[runs["variant"] == name]) for name in names}
    yield table(("variant", "half integrate at L"), ((name, told(half)) for name, half in halves.items()))
    yield "What each changes, alone (against none) and in company (all, against all but it):\n"
    yield table(("L", "mechanism", "when", *heading), (
        (f"{level:g}", name, when, *_cells(at)) for (level, name, when), at in changed.items()))
    for each in trial.mechanisms:
        yield _told(each, changed)


def _told(mechanism: Mechanism, changed: Mapping[tuple[float, str, str], Estimates]) -> str:
    felt: dict[tuple[float, str], Estimate] = {
        (level, when): at["mean"] for (level, name, when), at in changed.items() if name == mechanism.name}
    level, when = max(felt, key=lambda key: abs(felt[key].value))
    clear = sum(each.clear for each in felt.values())
    return (f"{mechanism.name}: mean integration changes most at L = {level:g}, {when}, by {told(felt[level, when])}; the "
            f"interval of its change, before rounding, leaves out zero in {clear} of {len(felt)} comparisons.\n")


def _cells(at: Estimates) -> tuple[str, ...]:
    return (told(at["mean"]), told(at["sd"]), percent(at["integrated"]), told(at["years"], 1), told(at["largest"], 1))
