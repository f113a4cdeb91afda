"""What each side thinks it gets with no deal: worked examples, and what always holds."""

from __future__ import annotations

import math

import pytest
from drawing import SHARE, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.rules import fallback


@pytest.mark.parametrize(("bailouts", "deficits", "chance"), [(0, 0, 0.5), (3, 4, 4 / 6), (0, 8, 0.1), (8, 8, 0.9)])
def test_a_bailout_is_expected_as_often_as_it_was_seen(bailouts: int, deficits: int, chance: float) -> None:
    assert fallback.expected_bailout(float(bailouts), float(deficits)) == approx(chance)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_chance_learned_is_a_chance(bailouts: int, more: int) -> None:
    assert 0.0 < fallback.expected_bailout(float(bailouts), float(bailouts + more)) < 1.0


def test_only_the_stressed_and_rescuable_take_comfort() -> None:
    assert fallback.bailout_comfort(0.5, 0.5, 0.1, 1.0) == approx(0.025)
    assert fallback.bailout_comfort(0.5, 0.0, 0.1, 1.0) == 0.0
    assert fallback.bailout_comfort(0.5, 0.5, 0.1, 0.0) == 0.0
    assert fallback.bailout_comfort(0.5, 0.5, 0.0, 1.0) == 0.0


def test_waiting_pays_most_in_the_election_quarter_and_for_those_in_trouble() -> None:
    assert fallback.worth_of_waiting(0.3, 0.0, 0.5, 0.04) == approx(0.04 * 0.3 * 1.5)
    assert fallback.worth_of_waiting(0.3, 8.0, 0.5, 0.04) == approx(0.04 * 0.3 * 1.5 * math.exp(-2.0))
    assert fallback.worth_of_waiting(0.0, 0.0, 1.0, 0.04) == 0.0


@given(SHARE, st.integers(1, 19), SHARE, between(0.0, 0.15))
def test_waiting_is_worth_less_the_further_the_election(chance: float, quarters: int, stress: float, value: float) -> None:
    assert (fallback.worth_of_waiting(chance, float(quarters), stress, value)
            <= fallback.worth_of_waiting(chance, float(quarters - 1), stress, value))


def test_engagement_takes_away_opposition() -> None:
    assert fallback.opposition_felt(0.5, 0.2) == approx(0.4)
    assert fallback.opposition_felt(0.5, 1.0) == 0.0
    assert fallback.cost_of_opposition(0.4, 0.15, 1.0) == approx(0.06)
    assert fallback.cost_of_opposition(0.4, 0.15, 0.0) == 0.0


def test_describing_the_fallback_helps_only_where_it_is_bad() -> None:
    assert fallback.imagined_fallback(0.01, 0.2, -0.01) == approx(0.006)
    assert fallback.imagined_fallback(0.01, 1.0, -0.01) == approx(-0.01)
    assert fallback.imagined_fallback(0.01, 1.0, 0.05) > fallback.imagined_fallback(0.01, 0.0, 0.05)


def test_no_deal_is_worth_the_sum_of_its_comforts_less_what_one_owns() -> None:
    assert fallback.fallback(0.006, 0.025, 0.018, 0.06, 0.25) == approx(0.109 - 0.0075)


def test_the_public_vetoes_only_deals_with_a_trust_above_the_threshold() -> None:
    assert fallback.vetoed(0.6, 0.5, 1.0) == 1.0
    assert fallback.vetoed(0.5, 0.5, 1.0) == 0.0
    assert fallback.vetoed(0.6, 0.5, 0.0) == 0.0
    assert fallback.vetoed(1.0, 1.0, 1.0) == 0.0
