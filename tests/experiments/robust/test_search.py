"""The search finds the best plans of a case made by hand, moves no more levers than it may, and is the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.robust.search import Goals, Plan, front, limited, search

pytest.importorskip("pymoo")
OPTIONS = (3, 3, 3, 3, 2, 3, 4, 4, 4, 4, 4)


def made_up(plan: Plan) -> Goals:
    """The second lever at its last option and the fifth carry all; the first adds a little."""
    good = 0.4 * (plan[1] == 2) + 0.5 * (plan[4] == 1) + 0.05 * (plan[0] > 0)
    return (-good, 15.0 - 10.0 * good, sum(k / 2.0 for k in plan))


def tried(_: int, plans: Sequence[Plan]) -> list[Goals]:
    return [made_up(plan) for plan in plans]


def test_the_best_plans_of_at_most_two_levers_are_found() -> None:
    found = search(OPTIONS, 2, 20, 12, 1, tried)
    every = {plan: made_up(plan) for plan in product(*map(range, OPTIONS)) if sum(k > 0 for k in plan) <= 2}
    assert {found[plan] for plan in front(found)} == {every[plan] for plan in front(every)}
    assert len(found) < len(every), "not every plan had to be tried"


def test_no_plan_moves_more_levers_than_it_may() -> None:
    assert max(sum(k > 0 for k in plan) for plan in search(OPTIONS, 2, 16, 6, 3, tried)) == 2


def test_the_same_seed_tries_the_same_plans_in_the_same_order() -> None:
    assert list(search(OPTIONS, 3, 12, 5, 7, tried)) == list(search(OPTIONS, 3, 12, 5, 7, tried))
    assert list(search(OPTIONS, 3, 12, 5, 7, tried)) != list(search(OPTIONS, 3, 12, 5, 8, tried))


def test_no_plan_is_tried_twice() -> None:
    asked: list[Plan] = []

    def heard(generation: int, plans: Sequence[Plan]) -> list[Goals]:
        asked.extend(plans)
        return tried(generation, plans)

    search(OPTIONS, 2, 16, 8, 1, heard)
    assert len(asked) == len(set(asked))


@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1), st.integers(1, 5))
def test_what_is_moved_too_much_is_put_back_and_nothing_else_changes(plans: list[list[int]], most: int) -> None:
    given_plans = np.array(plans)
    found = limited(given_plans, most, np.random.default_rng(1))
    assert ((found > 0).sum(axis=1) == np.minimum((given_plans > 0).sum(axis=1), most)).all()
    assert ((found == given_plans) | (found == 0)).all()
