"""Elections, reversals, the public, shocks from elsewhere: worked examples, and what always holds."""

from __future__ import annotations

import pytest
from drawing import DRAW, SHARE, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.rules import politics


@pytest.mark.parametrize(("quarter", "left"), [(0, 10), (9, 1), (10, 0), (11, 19), (29, 1), (30, 0), (50, 0)])
def test_quarters_to_the_next_election(quarter: int, left: int) -> None:
    assert politics.quarters_to_election(float(quarter), 10.0) == left
    assert politics.ELECTION_EVERY == 20.0


@given(st.integers(0, 400), st.integers(0, 19))
def test_an_election_is_never_more_than_twenty_quarters_off(quarter: int, phase: int) -> None:
    left = politics.quarters_to_election(float(quarter), float(phase))
    assert 0.0 <= left < 20.0
    assert (quarter + left - phase) % 20 == 0


def test_only_an_election_reverses_a_policy_by_itself() -> None:
    assert politics.policy_reversed(0.0, 0.29, 0.3) == 1.0
    assert politics.policy_reversed(0.0, 0.30, 0.3) == 0.0
    assert politics.policy_reversed(1.0, 0.0, 1.0) == 0.0
    assert politics.reorganised(0.009, 0.01) == 1.0
    assert politics.reorganised(0.010, 0.01) == 0.0


@given(DRAW)
def test_with_no_chance_nothing_is_reversed_or_reorganised(u: float) -> None:
    assert politics.policy_reversed(0.0, u, 0.0) == politics.reorganised(u, 0.0) == 0.0


def test_a_reversal_halves_what_is_shared_and_costs_some_of_the_we() -> None:
    assert politics.undone(1.0, 0.5) == 0.5
    assert politics.estranged(1.0, 0.5) == approx(0.85)
    assert politics.undone(0.0, 0.5) == politics.estranged(0.0, 0.5) == 1.0
    assert politics.undone(1.0, 0.0) == politics.estranged(1.0, 0.0) == 1.0


def test_a_reversal_and_a_reorganisation_at_once_strike_once() -> None:
    assert politics.struck(0.0, 0.0) == 0.0
    assert politics.struck(1.0, 0.0) == politics.struck(0.0, 1.0) == politics.struck(1.0, 1.0) == 1.0


def test_the_public_follows_the_money_out_of_hospital() -> None:
    # 0.6·0.2·0.5·0.8·0.8 up, 0.05·0.1 back
    assert politics.opposition_after(0.2, 0.1, 0.5, 0.6, 0.2) == approx(0.2 + 0.0384 - 0.005)
    assert politics.opposition_after(0.2, 0.1, 0.5, 0.6, 1.0) == approx(0.195)
    assert politics.moved_share(3.0, 4.0) == 0.75
    assert politics.moved_share(0.0, 0.0) == 0.0


@given(SHARE, SHARE, SHARE, between(0.0, 2.0), SHARE)
def test_opposition_stays_a_share(now: float, start: float, moved: float, gain: float, engaged: float) -> None:
    assert 0.0 <= politics.opposition_after(now, start, moved, gain, engaged) <= 1.0


def test_a_shock_and_what_is_left_of_it() -> None:
    assert politics.shock_of(0.05, 0.5, 0.08, 0.8) == approx(0.8)
    assert politics.shock_of(0.09, 0.5, 0.08, 0.8) == 0.0
    assert politics.pressure_after(0.5, 0.6, 0.8, 0.5, 0.4, 0.1) == approx(0.3 + 0.8 * 0.86 + 0.1)
    assert politics.pressure_after(0.5, 0.6, 0.0, 0.5, 0.4, 0.0) == approx(0.3)


@given(DRAW, DRAW, between(0.0, 2.0))
def test_shocks_average_their_size_and_stay_within_half_of_it(u: float, size: float, mean: float) -> None:
    assert 0.5 * mean <= politics.shock_of(u, size, 1.0, mean) <= 1.5 * mean


def test_what_one_does_alone_the_others_pay() -> None:
    assert politics.spilled(0.8, 0.5, 0.3, 0.25) == approx(0.5 * 0.8 * 0.5 * 0.7 * 0.25)
    assert politics.spilled(0.8, 0.5, 1.0, 0.25) == 0.0
    assert politics.spilled(0.8, 0.0, 0.3, 0.25) == 0.0


def test_directives_and_committees_make_meetings() -> None:
    assert politics.meetings_held(4.0, 0.0, 0.0) == 4.0
    assert politics.meetings_held(4.0, 0.5, 5.0) == approx(4 * 1.5 * 1.4)


def test_meetings_for_each_hundredth_of_integration() -> None:
    assert politics.busyness(69.0, 0.23) == approx(3.0)
    assert politics.busyness(10.0, 0.0) == politics.busyness(10.0, 0.001) == approx(100.0)
    assert politics.busyness(10.0, 0.002) == approx(50.0)
    assert politics.busyness(0.0, 0.3) == 0.0


def test_every_fourth_quarter_ends_a_year() -> None:
    assert [politics.year_ends(float(quarter)) for quarter in range(9)] == [0, 0, 0, 1, 0, 0, 0, 1, 0]
