"""Part `range`: the ten lessons moved together from today to followed; where places part, and whether in two peaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd

from experiments.fates.estimates import Columns, Estimate, Estimates, Floats, Indices, number, over_places, percent, told
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, by_place, endings, levels_of, played
from experiments.fates.trial import Trial
from experiments.optional_libraries import library
from incentive_abm.kinds import Regime
from incentive_abm.parameters import default


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row a run: place, seed, level, and what `endings` tells."""
    asked = [Variant({"level": level}, trial.scenario(level)) for level in trial.whole_range]
    return played(trial, lambda _: asked, trial.quarters, endings, told_so_far)


def described(runs: Columns, places: Indices) -> dict[str, float]:
    """Mean, spread and shape of integration over runs, and the shares integrated by regime and by integration alone."""
    integration = runs["integration"][places].ravel()
    tenth, ninetieth = np.quantile(integration, (0.1, 0.9))
    return {"mean": float(integration.mean()), "sd": float(integration.std(ddof=1)), "tenth": float(tenth),
            "ninetieth": float(ninetieth), "skew": float(library("scipy.stats").skew(integration)),
            "integrated": float(runs["integrated"][places].mean()),
            "reached": float((integration >= default("integrated_from")).mean())}


def figures(runs: pd.DataFrame) -> dict[float, Estimates]:
    """`described` at each level."""
    found: dict[float, Estimates] = {}
    for level in levels_of(runs):
        columns = by_place(runs[runs["level"] == level], ("integration", "integrated"))
        found[level] = over_places(partial(described, columns), len(columns["integration"]))
    return found


def crossing(levels: Sequence[float], shares: Floats) -> float:
    """The level at which a share first reaches a half, between levels by a straight line; NaN where it does not."""
    above = np.flatnonzero(shares >= 0.5)
    if not above.size:
        return float("nan")
    k = int(above[0])
    if k == 0:
        return float(levels[0])
    part = (0.5 - shares[k - 1]) / (shares[k] - shares[k - 1])
    return float(levels[k - 1] + part * (levels[k] - levels[k - 1]))


def threshold(runs: pd.DataFrame) -> Estimate:
    """The level at which half the runs end integrated."""
    levels = levels_of(runs)
    shares = np.stack([by_place(runs[runs["level"] == level], ("integrated",))["integrated"].mean(axis=1) for level in levels])
    return over_places(lambda places: {"at": crossing(levels, shares[:, places].mean(axis=1))}, shares.shape[1])["at"]


def steepest(runs: pd.DataFrame) -> float:
    """The inner level around which mean integration rises most."""
    means = runs.groupby("level")["integration"].mean()
    slopes = np.gradient(means.to_numpy(), means.index.to_numpy())[1:-1]
    return float(means.index[1 + int(np.argmax(slopes))])


def two_peaks(values: Floats) -> tuple[float, float]:
    """Hartigan's dip, and its p-value against one peak; it holds for independent values."""
    dip, p = library("diptest").diptest(np.sort(values.ravel()))
    return float(dip), float(p)


def tell(trial: Trial, runs: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    shown, steep = figures(runs), steepest(runs)
    line = default("integrated_from")
    yield "## The whole range of policy\n"
    yield (f"L moves the levers of `ten-lessons` together from today (0) to followed (1); {trial.places} {trial.units} × "
           f"{trial.seeds} seeds at each L. Integration is the mean of the last year.\n")
    yield table(("L", "mean", "sd", "10th–90th", "skew", "regime integrated", f"I of {line:.2f} or more"), (
        (f"{level:g}", told(at["mean"]), told(at["sd"]),
         f"{number(at['tenth'].value, 2)}–{number(at['ninetieth'].value, 2)}", told(at["skew"], 1),
         percent(at["integrated"]), percent(at["reached"])) for level, at in shown.items()))
    yield from _regimes(runs)
    yield ("Two peaks? Hartigan's dip (Hartigan and Hartigan 1985) over all runs, whose p-value is a little too small where runs "
           "of one place are alike, and over " + ("means of lots of luck" if trial.given else "places' means") + ":\n")
    values = {level: by_place(runs[runs["level"] == level], ("integration",))["integration"] for level in shown}
    dips = {level: (two_peaks(each), two_peaks(each.mean(axis=1))) for level, each in values.items()}
    yield table(("L", "dip of runs", "p", "dip of means of lots of luck" if trial.given else "dip of places' means", "p"), (
        (f"{level:g}", f"{one[0]:.4f}", f"{one[1]:.2g}", f"{other[0]:.4f}", f"{other[1]:.2g}")
        for level, (one, other) in dips.items()))
    half = threshold(runs)
    yield (f"Half the runs end integrated at L = {told(half)}.\n" if np.isfinite(half.value)
           else "At no level do half the runs end integrated.\n")
    at, p = shown[steep], dips[steep][0][1]
    yield (f"Mean integration rises most around L = {steep:g}. There it is {told(at['mean'])}, eight runs in ten lie between "
           f"{number(at['tenth'].value, 2)} and {number(at['ninetieth'].value, 2)}, the skew is {told(at['skew'], 1)}, and a "
           f"test for two peaks sees {'more than one' if p < 0.05 else 'one only'} (p = {p:.2g}).\n")


def _regimes(runs: pd.DataFrame) -> Iterator[str]:
    shares = runs.groupby("level")["regime"].value_counts(normalize=True).unstack(fill_value=0)
    names = [regime.label for regime in Regime if regime.label in shares]
    yield "Shares of regimes (per cent of runs):\n"
    yield table(("L", *names), ((f"{level:g}", *(number(100.0 * float(share), 0) for share in row))
                                for level, row in zip(shares.index, shares[names].to_numpy(), strict=True)))
