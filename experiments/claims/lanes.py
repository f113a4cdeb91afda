"""A claim's runs played straight through the engine's lanes, without a sweep's files: for questions that ask for many of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.claims.claim import Trial
from experiments.claims.claim_study import BROKERED, QUARTERS
from experiments.claims.outcomes import TIES, Measured
from experiments.result_columns import BY_QUARTER
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.regimes import Endings
from incentive_abm.scenario import load_scenario

if TYPE_CHECKING:
    import pandas as pd

    from experiments.running.chunk import Point
    from experiments.running.plan import Plan
    from incentive_abm.engine.run import Job, Recorded
    from incentive_abm.place import Place
    from incentive_abm.scenario import Scenario

Floats = NDArray[np.float64]
Values = Mapping[str, float]


@lru_cache(maxsize=2)
def scenario_of(brokered: bool) -> Scenario:
    """The scenario that a claim's runs begin from."""
    return load_scenario(str(BROKERED) if brokered else "today")


def rows_of(measured: Measured, place: Place, recorded: Recorded) -> pd.DataFrame:
    """What an outcome reads of runs, a row each, as a sweep's results have it."""
    import pandas as pd

    last = pd.DataFrame(recorded.last, columns=[measure.code for measure in Measure])
    rows = last.assign(regime=[Regime(int(each)).label for each in recorded.endings.regime], **{TIES: float(len(place.ties))})
    for name in measured.series:
        assert recorded.measures is not None
        rows[name + BY_QUARTER] = list(recorded.measures[:, :, Measure[name.upper()]])
    return rows


def played(measured: Measured, place: Place, jobs: Iterable[Job], threads: int | None = None) -> pd.DataFrame:
    """The rows of many runs of a place, in order; few batches are held at a time."""
    import pandas as pd

    from incentive_abm.engine.run import Record, stream

    record = Record.MEASURES if measured.series else Record.ENDINGS
    return pd.concat([rows_of(measured, place, each) for each in stream(place, jobs, QUARTERS, record, threads)],
                     ignore_index=True)


def contrasts_at(trial: Trial, place: Place, settings: Sequence[Values], seeds: Sequence[int]) -> Floats:
    """The contrast of a claim's arms at each setting of all else and with each seed, float64[settings, seeds].

    All arms and all settings meet the same luck.
    """
    from incentive_abm.engine.run import Job

    base = scenario_of(trial.outcome.measured.brokered)
    jobs = (Job(scenario, seed) for values in settings for arm in trial.arms
            for scenario in (base.overlaid({**values, **dict(arm.settings)}),) for seed in seeds)
    value = trial.outcome.measured.read(played(trial.outcome.measured, place, jobs)) - trial.above
    by_arm = value.reshape(len(settings), len(trial.arms), len(seeds))
    return np.asarray(np.einsum("sak,a->sk", by_arm, np.array([arm.weight for arm in trial.arms])), np.float64)


def plans_played(plans: Sequence[tuple[Plan, Measured]], values: Values) -> list[pd.DataFrame]:
    """The rows of several sweeps' plans with these values laid over every run's own, each with the column `point`.

    Runs of one place are played together, whatever plan they belong to, so that the engine's lanes are full.
    """
    import pandas as pd

    from incentive_abm.engine.run import Job, Record, joined, stream

    asked = [runs_by_place(plan) for plan, _ in plans]
    parts: list[list[pd.DataFrame]] = [[] for _ in plans]
    places = {name: place for plan, _ in plans for name, place in plan.places.items()}
    record = Record.MEASURES if any(measured.series for _, measured in plans) else Record.ENDINGS
    for name, place in places.items():
        jobs = [Job(dict(plan.context.scenarios)[point.scenario].overlaid({**dict(point.overrides), **values}), seed,
                    plan.context.rules_at(point.rules))
                for (plan, _), runs in zip(plans, asked, strict=True) for point, seed in runs.get(name, ())]
        if not jobs:
            continue
        recorded, begun = joined(list(stream(place, jobs, QUARTERS, record))), 0
        for (_, measured), runs, part in zip(plans, asked, parts, strict=True):
            own = runs.get(name, [])
            if own:
                rows = rows_of(measured, place, part_of(recorded, slice(begun, begun + len(own))))
                part.append(rows.assign(point=[point.number for point, _ in own]))
            begun += len(own)
    return [pd.concat(part, ignore_index=True) for part in parts]


def part_of(recorded: Recorded, which: slice) -> Recorded:
    """Some of the runs of a record."""
    endings = Endings(*(getattr(recorded.endings, each.name)[which] for each in fields(Endings)))
    measures = None if recorded.measures is None else recorded.measures[which]
    return replace(recorded, jobs=recorded.jobs[which], endings=endings, last=recorded.last[which], measures=measures)


def runs_by_place(plan: Plan) -> dict[str, list[tuple[Point, int]]]:
    """A plan's runs by place: point and seed."""
    found: dict[str, list[tuple[Point, int]]] = {}
    for chunk in map(plan.chunk, range(plan.n_chunks)):
        found.setdefault(chunk.place, []).extend((chunk.points[point], seed) for point, _, seed in chunk.runs)
    return found
