"""Part `walk-outs`: whether being able to leave helps or harms, and by which way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from experiments.fates.estimates import Columns, Estimates, Indices, over_places, told
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, by_place, levels_of, played, series
from experiments.fates.trial import Trial
from incentive_abm.engine.run import Recorded
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.times import QUARTERS_A_YEAR

NEVER, AS_IT_IS = "nobody ever leaves", "as it is"
VARIANTS: dict[str, dict[str, float]] = {
    AS_IT_IS: {},
    NEVER: {"exit_chance": 0.0},
    "leaving leaves no scar": {"exit_scar": 0.0},
    "nobody leaves; a broken promise weighs no more than a kept one": {"exit_chance": 0.0, "loss_aversion": 1.0},
    "as it is; a broken promise weighs no more than a kept one": {"loss_aversion": 1.0},
    "nobody leaves; no deficit strains": {"exit_chance": 0.0, "crisis_strain": 0.0},
    "as it is; no deficit strains": {"crisis_strain": 0.0},
}
READ = {"integration": Measure.INTEGRATION, "trust": Measure.TRUST, "broken": Measure.BROKEN_PROMISES, "left": Measure.WALK_OUTS}


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row a run of each variant at each level looked at closely."""
    asked = [Variant({"level": level, "variant": name}, trial.scenario(level, values))
             for level in trial.levels for name, values in VARIANTS.items()]
    return played(trial, lambda _: asked, trial.quarters, _read, told_so_far)


def _read(_: Place, recorded: Recorded) -> pd.DataFrame:
    """Of each run: integration and trust in the last year, broken promises and walk-outs a year."""
    years = series(recorded, Measure.FORM).shape[1] / QUARTERS_A_YEAR
    last = {name: series(recorded, READ[name])[:, -QUARTERS_A_YEAR:].mean(axis=1) for name in ("integration", "trust")}
    a_year = {name: series(recorded, READ[name]).sum(axis=1) / years for name in ("broken", "left")}
    return pd.DataFrame({"run": np.arange(len(recorded.jobs)), **last, **a_year})


def figures(runs: pd.DataFrame) -> dict[tuple[float, str], Estimates]:
    """Means by level and variant, and integration less that of runs as they are, place by place and seed by seed."""
    found: dict[tuple[float, str], Estimates] = {}
    for level in levels_of(runs):
        at = {name: by_place(runs[(runs["level"] == level) & (runs["variant"] == name)], tuple(READ)) for name in VARIANTS}
        for name, columns in at.items():
            found[level, name] = over_places(partial(_described, columns, at[AS_IT_IS]), len(columns["integration"]))
    return found


def _described(runs: Columns, as_it_is: Columns, places: Indices) -> dict[str, float]:
    means = {name: float(runs[name][places].mean()) for name in READ}
    return {**means, "more": means["integration"] - float(as_it_is["integration"][places].mean())}


def tell(_: Trial, runs: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    shown = figures(runs)
    yield "## Being able to leave\n"
    yield "Integration and trust in the last year, and how often promises are broken and partners leave, a year:\n"
    yield table(("L", "variant", "mean I", "I less as it is", "trust", "broken promises", "walk-outs"), (
        (f"{level:g}", name, told(at["integration"]), told(at["more"], 3), told(at["trust"]), told(at["broken"], 1),
         told(at["left"], 2)) for (level, name), at in shown.items()))
    for level in levels_of(runs):
        yield _told(level, shown)


def _told(level: float, shown: dict[tuple[float, str], Estimates]) -> str:
    at, without = shown[level, NEVER], shown[level, AS_IT_IS]
    change = at["more"]
    if not change.clear:
        verdict = f"makes no difference that can be told from none ({told(change, 3)})"
    else:
        verdict = f"changes integration by {told(change, 3)}"
    broken = at["broken"].value - without["broken"].value
    trust = at["trust"].value - without["trust"].value
    return (f"At L = {level:g} taking the door away {verdict}: {abs(broken):.1f} {'more' if broken > 0 else 'fewer'} promises "
            f"are broken a year, and trust ends {abs(trust):.3f} {'lower' if trust < 0 else 'higher'}.\n")
