"""Every £ that leaves a partner: worked examples, and what always holds."""

from __future__ import annotations

import math

from drawing import DRAW, SHARE, YES_OR_NO, approx, between
from hypothesis import given

from incentive_abm.rules import money

MILLIONS = between(0.0, 5000.0)


def test_a_quarters_contribution_is_paid_by_who_keeps_its_promise() -> None:
    assert money.contribution(0.4, 10.0, 1.0) == approx(1.0)
    assert money.contribution(0.4, 10.0, 0.0) == 0.0


def test_a_pool_is_spent_when_both_keep_their_promise() -> None:
    assert money.pool_spent(3.0, 1.0, 1.0) == 3.0
    assert money.pool_spent(3.0, 1.0, 0.0) == money.pool_spent(3.0, 0.0, 1.0) == 0.0


@given(MILLIONS, YES_OR_NO, YES_OR_NO)
def test_a_pool_never_spends_what_it_does_not_hold(pool: float, a: float, b: float) -> None:
    assert 0.0 <= money.pool_spent(pool, a, b) <= pool


def test_well_joined_care_saves_a_little() -> None:
    assert money.pool_saved(2.0, 0.05, 0.6, 1.2) == approx(0.072)
    assert money.pool_saved(2.0, 0.05, 0.6, 1.55) == money.pool_saved(2.0, 0.05, 0.6, 1.5) == approx(0.09)


@given(MILLIONS, between(0.0, 0.3), SHARE, between(0.1, 3.0))
def test_nobody_saves_more_than_was_spent(spent: float, saving: float, joint: float, quality: float) -> None:
    assert 0.0 <= money.pool_saved(spent, saving, joint, quality) <= spent


def test_a_trust_is_left_with_fixed_costs_unless_payment_follows_the_person() -> None:
    assert money.stranded_bill(0.4, 10.0, 0.3, 1.0, 0.1) == approx(0.25 * 0.4 * 10.0 * 0.3 * 0.9 * 0.1)
    assert money.stranded_bill(0.4, 10.0, 0.3, 1.0, 1.0) == 0.0
    assert money.stranded_bill(0.4, 10.0, 0.3, 0.02, 0.1) == approx(0.02 * money.stranded_bill(0.4, 10.0, 0.3, 1.0, 0.1))


def test_what_one_side_pays_the_other_and_what_talking_costs() -> None:
    assert money.side_payment_bill(0.1, 0.5, 10.0) == approx(0.1 * 0.5 * 0.25 * 10.0 * 0.2)
    assert money.side_payment_bill(-0.1, 0.5, 10.0) == -money.side_payment_bill(0.1, 0.5, 10.0)
    assert money.effort_bill(8.0, 0.00005, 10.0) == approx(0.004)


def test_luck_with_money_has_the_spread_it_says() -> None:
    assert money.luck_of(0.5, 0.004) == 0.0
    assert money.luck_of(0.75, 0.004) == approx(0.002 * math.sqrt(3))
    draws = [money.luck_of((k + 0.5) / 1000, 0.004) for k in range(1000)]
    assert sum(draws) == approx(0.0, abs=1e-12)
    assert math.sqrt(sum(d * d for d in draws) / 1000) == approx(0.004, rel=1e-5)


@given(DRAW)
def test_without_noise_there_is_no_luck(u: float) -> None:
    assert money.luck_of(u, 0.0) == 0.0


def test_part_of_a_balance_is_settled_with_the_centre() -> None:
    assert money.settled_of(-0.05, 0.96) == approx(-0.002)
    assert money.settled_of(-0.05, 1.0) == 0.0


def test_who_is_in_deficit_and_who_is_bailed_out() -> None:
    assert money.in_deficit(-0.011, 0.01) == 1.0
    assert money.in_deficit(-0.01, 0.01) == 0.0
    assert money.bailed_out(1.0, 0.49, 0.5, 1.0) == 1.0
    assert money.bailed_out(1.0, 0.50, 0.5, 1.0) == 0.0
    assert money.bailed_out(0.0, 0.0, 1.0, 1.0) == 0.0
    assert money.bailed_out(1.0, 0.0, 1.0, 0.0) == 0.0


def test_a_bailout_meets_most_of_the_deficit_and_saves_services() -> None:
    assert money.balance_bailed(-0.1, 1.0) == approx(-0.031)
    assert money.balance_bailed(-0.1, 0.0) == -0.1
    assert money.pressure_bailed(0.4, 1.0, 1.0) == approx(0.2)
    assert money.pressure_bailed(0.4, 1.0, 0.0) == approx(0.7)
    assert money.pressure_bailed(0.4, 0.0, 0.0) == 0.4
