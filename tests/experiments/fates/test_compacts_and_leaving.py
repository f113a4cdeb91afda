"""Compacts and walk-outs over places: what the tables say is what the engine, asked by other means, says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.fates import collapse, walk_outs
from experiments.fates.trial import Trial
from incentive_abm.engine.run import run
from incentive_abm.measures import Measure

TRIAL = Trial(places=4, seeds=2, quarters=20, levels=(1.0,))


@pytest.fixture(scope="module")
def bound() -> pd.DataFrame:
    return collapse.play(TRIAL, lambda done, total: None)


def test_compacts_begin_and_end_as_the_engine_says(bound: pd.DataFrame) -> None:
    values = {"compact": 1.0, "compact_lead": 0.0}
    recorded = [run(TRIAL.place(k), TRIAL.scenario(collapse.LEVEL, values), TRIAL.luck(k), 100) for k in range(TRIAL.places)]
    begun = [r.measures[:, :60, Measure.COMPACTS_BEGUN].sum(axis=1) for r in recorded if r.measures is not None]
    ended = [r.measures[:, :60, Measure.COMPACTS_ENDED].sum(axis=1) for r in recorded if r.measures is not None]
    at = collapse.figures(bound)["alliance", "gp", collapse.AS_IT_IS]
    assert at["begun"].value == pytest.approx(np.mean(begun))
    assert at["ended"].value == pytest.approx(np.sum(ended) / np.sum(begun))
    assert np.sum(begun) > 0


def test_pairs_have_no_compacts_and_lose_nothing_beyond_themselves(bound: pd.DataFrame) -> None:
    at = collapse.figures(bound)[collapse.PAIRS, "", collapse.AS_IT_IS]
    assert at["begun"].value == at["allied"].value == at["against_pairs"].value == at["lost_beyond_pairs"].value == 0.0


def test_what_is_said_to_protect_is_the_least_in_the_table(bound: pd.DataFrame) -> None:
    page = "\n".join(collapse.tell(TRIAL, bound))
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| alliance | gp |")]
    ended = {row[2]: float(row[4].split("%")[0]) for row in rows}
    said = next(line for line in page.splitlines() if line.startswith("Alliance, held by"))
    named = said.split("fewest with *")[1].split("*")[0]
    others = [value for name, value in ended.items() if name not in (collapse.AS_IT_IS, collapse.FELT_BY_NOBODY)]
    assert ended[named] == min(others)


def test_leaving_is_compared_with_the_same_luck() -> None:
    runs = walk_outs.play(TRIAL, lambda done, total: None)
    at = walk_outs.figures(runs)
    kept = [run(TRIAL.place(k), TRIAL.scenario(1.0, {"exit_chance": 0.0}), TRIAL.luck(k), 20) for k in range(TRIAL.places)]
    free = [run(TRIAL.place(k), TRIAL.scenario(1.0), TRIAL.luck(k), 20) for k in range(TRIAL.places)]
    last = [np.mean([r.measures[:, -4:, Measure.INTEGRATION] for r in some if r.measures is not None]) for some in (kept, free)]
    assert at[1.0, walk_outs.NEVER]["more"].value == pytest.approx(last[0] - last[1])
    assert at[1.0, walk_outs.NEVER]["left"].value == 0.0
    assert at[1.0, walk_outs.AS_IT_IS]["more"].value == 0.0
    page = "\n".join(walk_outs.tell(TRIAL, runs))
    assert "taking the door away" in page
