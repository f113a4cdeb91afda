"""From a study to plans: search in some worlds, tell by others, and say where the best plan still fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.analysis.prim import Discovery, discover
from experiments.analysis.run_tables import Floats
from experiments.robust.robust_study import RobustStudy
from experiments.robust.search import Goals, front, search
from experiments.robust.worlds import Outcomes, Plan, effort, moved, play
from incentive_abm import __version__
from incentive_abm.errors import UserError

AGAIN = 1000
FAILS, HOLDS = "fails", "holds"


@dataclass(frozen=True)
class Robust:
    """What came of a search. plans: the front and today, a row each, as searched and in fresh worlds; best: the plan that was
    surest in the search (then soonest, then least effort), by its row; boxes: where it fails, or None with the reason."""

    study: RobustStudy
    plans: pd.DataFrame
    best: int
    boxes: Discovery | None
    no_boxes: str
    tried: int
    runs: int
    source: str
    version: str = __version__


def find(study: RobustStudy, out: Path, workers: int) -> Robust:
    """Do what is missing of it in a folder; can be stopped at any moment."""
    runs = 0

    def tried(generation: int, plans: Sequence[Plan]) -> list[Goals]:
        nonlocal runs
        found = play(study, plans, study.worlds, study.seed, out / "search" / f"{generation:03d}", workers)
        runs += found.runs
        return [goals(study, plan, found.last[k], found.years[k]) for k, plan in enumerate(plans)]

    archive = search([len(each.options) for each in study.levers], study.most_levers, study.population, study.generations,
                     study.seed, tried)
    today = (0,) * len(study.levers)
    kept = front(archive)
    kept = kept if today in kept else [today, *kept]
    fresh = play(study, kept, study.fresh, study.seed + 1, out / "fresh", workers)
    best = min(range(len(kept)), key=lambda k: archive.get(kept[k], (0.0, np.inf, 0.0)))
    boxes, why = vulnerable(study, fresh, best)
    return Robust(study, table(study, kept, archive, fresh), best, boxes, why, len(archive), runs + fresh.runs, fresh.source)


def goals(study: RobustStudy, plan: Plan, last: Floats, years: Floats) -> Goals:
    """What the search makes small."""
    return (-float((last >= study.good_from).mean()), float(years.mean()), effort(study, plan))


def told(study: RobustStudy, plan: Plan) -> str:
    """A plan in words."""
    parts = [f"{lever.factor.label}: {_value(lever.options[k])}" for lever, k in zip(study.levers, plan, strict=True) if k]
    return "; ".join(parts) or "as today"


def _value(value: object) -> str:
    return "yes" if value is True else f"{value:g}" if isinstance(value, float | int) else str(value)


def table(study: RobustStudy, kept: Sequence[Plan], archive: dict[Plan, Goals], fresh: Outcomes) -> pd.DataFrame:
    """A row a plan. In fresh worlds: share good enough, years, worst tenth, and regret (how far integration falls short of the
    best of these plans in the same world), share in which each other measure is good
    enough, each a mean over worlds with the 95% interval of worlds drawn anew."""
    worlds = fresh.last.shape[1]
    # Places of one draw of what is uncertain are not independent: draws are drawn anew, with all their places.
    draw = np.unique(fresh.design["base"].to_numpy()[:worlds], return_inverse=True)[1]
    count = int(draw.max()) + 1
    again = np.random.default_rng(study.seed).multinomial(count, np.full(count, 1.0 / count), size=AGAIN)[:, draw].astype(float)
    again /= again.sum(axis=1, keepdims=True)
    regret = fresh.last.max(axis=0) - fresh.last
    rows = []
    for k, plan in enumerate(kept):
        row: dict[str, object] = {"plan": told(study, plan), "levers": moved(plan), "effort": effort(study, plan)}
        if plan in archive:
            row |= {"sure_in_search": -archive[plan][0], "years_in_search": archive[plan][1]}
        for name, values in (("sure", (fresh.last[k] >= study.good_from).astype(float)), ("years", fresh.years[k]),
                             ("regret", regret[k]), ("integration", fresh.last[k]),
                             *((measure.code, (values[k] >= good).astype(float))
                               for (measure, good), values in zip(study.also, fresh.also, strict=True))):
            low, high = np.quantile(again @ values, (0.025, 0.975))
            row |= {name: float(values.mean()), f"{name}_low": low, f"{name}_high": high}
        rows.append(row | {"worst_tenth": float(np.sort(fresh.last[k])[:max(worlds // 10, 1)].mean())})
    return pd.DataFrame(rows)


def vulnerable(study: RobustStudy, fresh: Outcomes, best: int) -> tuple[Discovery | None, str]:
    """Settings of what is uncertain in which the best plan is not good enough, or why none can be told."""
    own = fresh.design[fresh.design["policy"] == best]
    results = pd.DataFrame({"point": own["point"].to_numpy(), "replicate": 0,
                            "regime": np.where(fresh.last[best] >= study.good_from, HOLDS, FAILS)})
    gone = ["policy", "future", *(each.factor.name for each in study.levers)]
    try:
        return discover(results, own.drop(columns=gone), FAILS), ""
    except UserError as error:
        return None, str(error)
