"""Sizes sought together: the design covers the ranges, summaries are what the runs say, and what is taken is within reach."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.fates import calibration, shock
from experiments.fates.calibration import MOVED, STRUCK, TARGETS, TODAY, WITHOUT
from experiments.fates.trial import Trial
from incentive_abm.engine.run import run
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS

TRIAL = Trial(places=4, seeds=1, quarters=60)
POINTS = calibration.design(3)


@pytest.fixture(scope="module")
def runs() -> pd.DataFrame:
    return calibration.play(TRIAL, POINTS, lambda done, total: None)


def test_a_design_visits_every_stratum_of_every_range_once() -> None:
    drawn = calibration.design(40)
    assert tuple(drawn.columns) == MOVED
    at = calibration.position(drawn)
    assert (np.sort((at * 40).astype(int), axis=0) == np.arange(40)[:, None]).all()
    for name in MOVED:
        assert drawn[name].between(PARAMETERS[name].low, PARAMETERS[name].high).all()


def test_what_a_run_is_read_for_is_what_the_engine_says(runs: pd.DataFrame) -> None:
    point = dict(zip(POINTS.columns, map(float, POINTS.to_numpy()[1]), strict=True))
    for level, course in ((0.0, TODAY), (1.0, WITHOUT)):
        recorded = run(TRIAL.place(2), TRIAL.scenario(level, point), TRIAL.luck(2), 60)
        assert recorded.measures is not None
        told = runs[(runs["place"] == 2) & (runs["point"] == 1) & (runs["course"] == course)].iloc[0]
        one = recorded.measures[0]
        assert told["pooled_share"] == pytest.approx(one[28:60, Measure.POOLED_SHARE].mean())
        assert told["second_year"] == pytest.approx(one[4:8, Measure.INTEGRATION].mean())
        assert told["fifteenth_year"] == pytest.approx(one[56:60, Measure.INTEGRATION].mean())
        reached = one[:, Measure.INTEGRATION] >= 0.3
        assert told["time"] == (float(np.argmax(reached) + 1) / 4 if reached.any() else np.inf)


def test_a_deficit_is_compared_with_the_same_luck_without_it(runs: pd.DataFrame) -> None:
    before = [runs[runs["course"] == course].sort_values(["point", "place"]) for course in (WITHOUT, STRUCK)]
    assert (before[0]["fifteenth_year"].to_numpy() == before[1]["fifteenth_year"].to_numpy()).all()
    assert (before[0]["walk_outs"].to_numpy() != before[1]["walk_outs"].to_numpy()).any()
    assert shock.DEEP < 0.0


def made_up() -> pd.DataFrame:
    """Two points of two places: the first within every range, the second nowhere integrated."""
    rows = []
    for point, year in ((0, 7.0), (1, np.inf)):
        for place, more in ((0, 1.0), (1, 0.0)):
            common = {"point": point, "place": place, "seed": 0, "pooled_share": 0.04, "second_year": 0.02}
            late = 0.4 if np.isfinite(year) else 0.1
            rows += [{**common, "course": TODAY, "time": np.inf, "fifteenth_year": 0.0, "walk_outs": 0.0},
                     {**common, "course": WITHOUT, "time": year, "fifteenth_year": late, "walk_outs": 1.0},
                     {**common, "course": STRUCK, "time": year, "fifteenth_year": late, "walk_outs": 1.0 + more}]
    return pd.DataFrame(rows)


def test_summaries_and_distances_by_hand() -> None:
    found = calibration.summaries(made_up())
    assert found.loc[0].to_dict() == pytest.approx(
        {"pooled_share": 0.04, "years_to_integration": 7.0, "second_year": 0.02, "walked_out": 0.5})
    assert np.isinf(found["years_to_integration"].to_numpy()[1])
    assert np.isnan(found["walked_out"].to_numpy()[1])
    apart = calibration.distances(found)
    assert (apart.loc[0] == 0.0).all()
    assert np.isinf(apart.loc[1, ["years_to_integration", "walked_out"]].to_numpy(float)).all()
    moved = found.assign(pooled_share=[0.023, 0.067])
    assert calibration.distances(moved)["pooled_share"].to_numpy() == pytest.approx([1.0, 1.0])


def test_the_nearest_are_taken_where_too_few_meet_every_target() -> None:
    inside = {name: (low + high) / 2 for name, ((low, high), _) in TARGETS.items()}
    found = pd.DataFrame([{**inside, "pooled_share": 0.056 + 0.001 * k} for k in range(40)])
    chosen, worst = calibration.taken(found)
    assert chosen == list(range(20))
    assert worst == pytest.approx(0.019 / 0.011)
    enough = pd.DataFrame([inside] * 25 + [{**inside, "second_year": 0.5}])
    assert calibration.taken(enough) == (list(range(25)), 0.0)


def test_the_default_is_the_point_in_the_middle_of_those_taken() -> None:
    spread = calibration.design(41)
    middle = {name: PARAMETERS[name].low + 0.5 * (PARAMETERS[name].high - PARAMETERS[name].low) for name in MOVED}
    middle["attention"] = float(np.sqrt(PARAMETERS["attention"].low * PARAMETERS["attention"].high))
    found = calibration.most_central(pd.concat([spread, pd.DataFrame([middle])], ignore_index=True))
    assert found == {name: float(f"{value:.2g}") for name, value in middle.items()}
