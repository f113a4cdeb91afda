"""Exponential, logarithm and power against forty digits of Python's decimals."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import pytest
from drawing import SHARE, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.rules import arithmetic

MANY = between(1e-300, 1e300)


def off_by(found: float, exact: Decimal) -> Decimal:
    """Distance from the exact value in units in the last place."""
    return abs(Decimal(found) - exact) / Decimal(math.ulp(float(exact)))


@given(between(-700.0, 700.0))
def test_exp_is_within_a_unit_in_the_last_place(x: float) -> None:
    with localcontext(prec=40):
        assert off_by(arithmetic.exp(x), Decimal(x).exp()) <= 1


@given(MANY)
def test_log_is_within_two_units_in_the_last_place(x: float) -> None:
    with localcontext(prec=40):
        exact = Decimal(x).ln()
        assert arithmetic.log(x) == 0.0 if x == 1.0 else off_by(arithmetic.log(x), exact) <= 2


@given(between(1e-12, 100.0), between(0.0, 4.0))
def test_power_has_fourteen_digits(x: float, y: float) -> None:
    with localcontext(prec=40):
        exact = (Decimal(y) * Decimal(x).ln()).exp()
        assert abs(Decimal(arithmetic.power(x, y)) / exact - 1) < Decimal("2e-14")


@pytest.mark.parametrize(("x", "y"), [(0.0, 1.0), (-700.0, math.exp(-700.0)), (700.0, math.exp(700.0)),
                                      (1.0, math.e), (-1.0, 1.0 / math.e)])
def test_exp_at_known_points(x: float, y: float) -> None:
    assert arithmetic.exp(x) == pytest.approx(y, rel=2.3e-16)


def test_exp_stops_at_seven_hundred_instead_of_overflowing() -> None:
    assert arithmetic.exp(1e6) == arithmetic.exp(700.0) == pytest.approx(math.exp(700.0))
    assert arithmetic.exp(-1e6) == arithmetic.exp(-700.0) == pytest.approx(math.exp(-700.0), abs=0.0)


def test_a_power_of_nothing_counts_as_almost_nothing() -> None:
    assert arithmetic.power(0.0, 0.5) == pytest.approx(1e-6)
    assert arithmetic.power(0.25, 0.5) == pytest.approx(0.5)


@given(between(-1e9, 1e9), between(-10.0, 0.0), between(0.0, 10.0))
def test_clip_and_share_hold_a_number_within_bounds(x: float, low: float, high: float) -> None:
    assert arithmetic.clip(x, low, high) == min(max(x, low), high)
    assert arithmetic.share(x) == min(max(x, 0.0), 1.0)


@given(SHARE)
def test_a_share_stays_as_it_is(x: float) -> None:
    assert arithmetic.share(x) == x


@given(between(-50.0, 50.0), between(0.0, 10.0))
def test_logistic_rises_and_mirrors_about_a_half(x: float, more: float) -> None:
    assert arithmetic.logistic(x) + arithmetic.logistic(-x) == pytest.approx(1.0)
    assert 0.0 <= arithmetic.logistic(x) <= arithmetic.logistic(x + more) + 1e-15 <= 1.0 + 1e-15
    assert arithmetic.logistic(0.0) == 0.5


@given(st.floats(-700.0, 699.0), between(1e-6, 1.0))
def test_exp_turns_sums_into_products(x: float, y: float) -> None:
    assert arithmetic.exp(x + y) == pytest.approx(arithmetic.exp(x) * arithmetic.exp(y), rel=2e-13)
