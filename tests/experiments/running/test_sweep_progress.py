"""What is told while a sweep runs: what moves the outcome so far, and the time left."""

import pytest
from small_study import SMALL, plan_of

from experiments.running.sweep_progress import Tally, duration


def test_provisional_indices_find_what_moves_the_outcome() -> None:
    plan = plan_of(SMALL.replace("latin_hypercube", "sobol").replace("points = 24", "base_rows = 64"))
    tally = Tally(plan)
    assert tally.strongest() == []
    tally.counts[:] = plan.study.replicates
    tally.sums[:] = tally.counts * (plan.design["bailout"] + 0.2 * plan.design["objectives"])
    (first, index), (second, less), (_, nothing) = tally.strongest()
    assert (first, second) == ("bailout", "objectives")
    assert index == pytest.approx(1 / 12 / (1 / 12 + 0.01), abs=0.05)
    assert less == pytest.approx(0.01 / (1 / 12 + 0.01), abs=0.05)
    assert nothing == 0.0


def test_time_left_is_told_in_two_units() -> None:
    assert [duration(each) for each in (5.4, 65, 3725)] == ["5 s", "1 min 05 s", "1 h 02 min"]
