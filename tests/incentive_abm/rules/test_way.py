"""The whole way that people take: worked examples, and what always holds."""

from __future__ import annotations

from drawing import SHARE, approx, between
from hypothesis import given

from incentive_abm.rules import way


def test_the_rest_of_the_way_by_hand() -> None:
    """a: half of its work on this tie (0.4 joined), the other half on a tie that is 0.8 joined. b: only this tie.

    Of all ways over the tie, those that go on do so at a, where 0.8 is joined.
    """
    work_a = 0.5 * 0.4 + 0.5 * 0.8
    assert way.rest_of_the_way(work_a, 0.5, 0.4, 1.0, 0.4) == approx(0.8)
    assert way.rest_of_the_way(0.4, 1.0, 0.4, 1.0, 0.4) == 1.0  # nothing lies beyond, so nothing is missing
    assert way.rest_of_the_way(0.3, 0.25, 0.1, 0.5, 0.2) == approx((0.25 + 0.0) / 1.25)


def test_what_the_rest_of_the_way_makes_of_worth_by_hand() -> None:
    assert way.way_factor(0.0, 1.0, 0.15) == approx(0.5)
    assert way.way_factor(1.0, 1.0, 0.15) == approx(1.5)
    assert way.way_factor(0.15, 1.0, 0.15) == approx(1.0 + 1.15 * 0.5 - 0.5)
    assert way.way_factor(1.0, 2.0, 0.3) == approx(2.0)


def test_what_is_missing_by_hand() -> None:
    assert way.unjoined_worth(0.4, 0.5, 1.0) == approx(0.4)
    assert way.unjoined_worth(0.4, 1.5, 1.0) == 0.0
    assert way.unjoined_worth(0.4, 1.0, 0.0) == 0.0


@given(SHARE, between(0.02, 0.5))
def test_switched_off_it_leaves_worth_as_it_is(joined: float, half: float) -> None:
    assert way.way_factor(joined, 0.0, half) == 1.0


@given(SHARE, SHARE, between(0.0, 2.0), between(0.02, 0.5))
def test_more_joined_is_never_worth_less(one: float, other: float, kappa: float, half: float) -> None:
    less, more = sorted((one, other))
    assert way.way_factor(less, kappa, half) <= way.way_factor(more, kappa, half)
    assert 1.0 - 0.5 * kappa <= way.way_factor(less, kappa, half) <= 1.0 + 0.5 * kappa + 1e-12
