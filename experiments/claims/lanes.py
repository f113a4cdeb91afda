"""A claim's runs played straight through the engine's lanes, without a sweep's files: for questions that ask for many of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from incentive_abm.scenario import load_scenario

if TYPE_CHECKING:
    import pandas as pd

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
    return np.einsum("sak,a->sk", by_arm, np.array([arm.weight for arm in trial.arms]))


def plan_played(plan: Plan, measured: Measured, values: Values) -> pd.DataFrame:
    """The rows of a sweep's plan with these values laid over every run's own, with the column `point`."""
    import pandas as pd

    from incentive_abm.engine.run import Job

    scenarios, parts = dict(plan.context.scenarios), []
    for name, place in plan.places.items():
        chunks = [chunk for chunk in map(plan.chunk, range(plan.n_chunks)) if chunk.place == name]
        runs = [(chunk.points[point], seed) for chunk in chunks for point, _, seed in chunk.runs]
        jobs = (Job(scenarios[point.scenario].overlaid({**dict(point.overrides), **values}), seed) for point, seed in runs)
        parts.append(played(measured, place, jobs).assign(point=[point.number for point, _ in runs]))
    return pd.concat(parts, ignore_index=True)
