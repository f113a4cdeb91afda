"""Packages, offers, payments and the Nash benchmark: worked examples, and what always holds."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from drawing import SHARE, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.parameters import PARAMETERS
from incentive_abm.rules import appraisal, bargaining

BENEFIT = between(-0.3, 0.6)
COST = between(0.05, 2.0)
GAIN = between(-1.0, 1.0)
Three = tuple[float, float, float]
THREE = st.tuples(BENEFIT, BENEFIT, BENEFIT)
SCOPES = st.tuples(SHARE, SHARE, SHARE)


def package(k: int, a: Three, b: Three, cost_a: float, cost_b: float) -> Three:
    weight = bargaining.package_weight(float(k))
    ease = bargaining.package_ease(weight, cost_a, cost_b)
    one, two, three = (bargaining.package_scope(weight, x, y, ease) for x, y in zip(a, b, strict=True))
    return one, two, three


def test_a_package_by_hand() -> None:
    assert bargaining.package_weight(2.0) == 0.25
    assert bargaining.package_ease(0.25, 0.2, 0.4) == approx(1 / 0.35)
    assert bargaining.package_scope(0.25, 0.3, 0.1, 1 / 0.35) == approx(0.15 / 0.35)
    assert bargaining.package_scope(0.25, -0.3, 0.0, 1 / 0.35) == 0.0
    assert bargaining.package_scope(0.25, 3.0, 1.0, 1 / 0.35) == 1.0


@given(st.integers(0, 8), THREE, THREE, COST, COST, SCOPES)
def test_no_scopes_at_all_are_better_for_one_side_and_no_worse_for_the_other(
        k: int, a: Three, b: Three, cost_a: float, cost_b: float, other: Three) -> None:
    scopes, weight = package(k, a, b, cost_a, cost_b), bargaining.package_weight(float(k))

    def together(s: Three) -> float:
        worth: float = weight * appraisal.utility(*a, cost_a, *s) + (1 - weight) * appraisal.utility(*b, cost_b, *s)
        return worth

    assert all(0.0 <= s <= 1.0 for s in scopes)
    assert together(other) <= together(scopes) + 1e-12


@given(THREE, THREE, COST, COST)
def test_a_weight_on_oneself_makes_a_package_better_for_oneself(a: Three, b: Three, cost_a: float, cost_b: float) -> None:
    worths = [appraisal.utility(*a, cost_a, *package(k, a, b, cost_a, cost_b)) for k in range(bargaining.PACKAGES)]
    assert all(later >= earlier - 1e-12 for earlier, later in pairwise(worths))


def test_the_better_off_side_pays_half_the_difference_within_the_cap() -> None:
    assert bargaining.payment_cap(0.6, 0.5, 1.0) == approx(0.6 * 0.15)
    assert bargaining.payment_cap(0.6, 0.5, 0.0) == 0.0
    assert bargaining.side_payment(0.3, 0.1, 0.2) == approx(0.1)
    assert bargaining.side_payment(0.3, 0.1, 0.05) == 0.05
    assert bargaining.side_payment(0.1, 0.3, 0.05) == -0.05


@given(GAIN, GAIN, between(0.0, 0.25))
def test_a_side_payment_stays_within_its_cap_and_narrows_the_difference(one: float, other: float, cap: float) -> None:
    paid = bargaining.side_payment(one, other, cap)
    assert -cap <= paid <= cap
    assert abs((one - paid) - (other + paid)) <= abs(one - other) + 1e-12
    assert paid == 0.0 or (paid > 0.0) == (one > other)


def test_those_who_trust_give_early() -> None:
    assert bargaining.concession(0.5, 0.25, 0.5) == approx(0.3 + 1.7 * 0.4)
    assert bargaining.concession(0.0, 0.0, 0.0) == approx(0.3)
    assert bargaining.concession(1.0, 1.0, 1.0) == approx(2.0)


def test_what_is_held_out_for_runs_down_to_nothing_in_the_last_round() -> None:
    assert list(bargaining.LOG_PROGRESS) == approx([math.log(r / 8) for r in range(1, 9)])
    assert bargaining.aspiration(bargaining.LOG_PROGRESS[3], 1.0) == approx(0.5)
    assert bargaining.aspiration(bargaining.LOG_PROGRESS[3], 1.0 / 0.3) == approx(1 - 0.5 ** (1 / 0.3))
    assert bargaining.aspiration(bargaining.LOG_PROGRESS[7], 3.0) == 0.0


@given(st.integers(0, 6), between(0.3, 2.0))
def test_nobody_asks_for_more_than_a_round_ago(r: int, beta: float) -> None:
    now, later = (bargaining.aspiration(bargaining.LOG_PROGRESS[k], 1.0 / beta) for k in (r, r + 1))
    assert 0.0 <= later <= now <= 1.0


def test_the_least_one_accepts_lies_between_no_deal_and_ones_best() -> None:
    assert bargaining.target_worth(0.1, 0.5, 0.5) == approx(0.3)
    assert bargaining.target_worth(0.1, 0.05, 0.5) == 0.1


@given(BENEFIT, BENEFIT, SHARE)
def test_nobody_accepts_less_than_no_deal(none: float, best: float, held: float) -> None:
    assert none <= bargaining.target_worth(none, best, held) <= max(none, best) + 1e-12


def test_space_to_meet_and_clear_decisions_make_rounds() -> None:
    assert bargaining.rounds_available(0.0, 0.0) == 2.0
    assert bargaining.rounds_available(0.25, 0.336) == approx(2 + 6 * 0.293)
    assert bargaining.rounds_available(1.0, 1.0) == 8.0


@pytest.mark.parametrize(("a", "b", "gain"), [(0.1, 0.2, 1.0), (0.1, -0.01, 0.0), (-0.01, 0.1, 0.0), (0.0, 0.1, 1.0),
                                              (0.0, 0.0, 0.0)])
def test_each_and_the_whole_must_gain(a: float, b: float, gain: float) -> None:
    assert bargaining.both_gain(a, b) == gain
    assert bargaining.nash_product(a, b) == (approx(a * b) if gain else -1.0)


def test_distance_from_the_nash_deal() -> None:
    assert bargaining.nash_gap(0.04, 0.03) == approx(0.25)
    assert bargaining.nash_gap(0.04, 0.04) == 0.0
    assert bargaining.nash_gap(0.0, 0.0) == 0.0
    assert bargaining.nash_gap(0.04, -1.0) == 1.0


@given(THREE, COST, GAIN)
def test_equals_share_equally_at_the_nash_deal(benefits: Three, cost: float, none: float) -> None:
    gains = [appraisal.utility(*benefits, cost, *package(k, benefits, benefits, cost, cost)) - none for k in range(9)]
    assert gains == approx([gains[0]] * 9)
    assert bargaining.side_payment(gains[0], gains[0], 0.1) == 0.0


def test_the_larger_opens_more_often() -> None:
    assert bargaining.makes_first_offer(0.49, 0.5) == 0.0
    assert bargaining.makes_first_offer(0.5, 0.5) == 1.0
    assert bargaining.makes_first_offer(0.74, 1.0) == 0.0
    assert bargaining.makes_first_offer(0.25, 0.0) == 1.0


@pytest.mark.parametrize(("worth_a", "worth_b", "round_number", "agreed_in", "accepted"), [
    (0.30, 0.20, 2.0, 0.0, 1.0),   # both targets met
    (0.29, 0.20, 2.0, 0.0, 0.0),   # a holds out
    (0.30, 0.19, 2.0, 0.0, 0.0),   # b holds out
    (0.30, 0.20, 4.0, 0.0, 0.0),   # no such round this quarter
    (0.30, 0.20, 2.0, 2.0, 1.0),   # another package of the same round
    (0.30, 0.20, 3.0, 2.0, 0.0),   # already agreed
])
def test_a_package_is_accepted_where_both_get_what_they_hold_out_for(
        worth_a: float, worth_b: float, round_number: float, agreed_in: float, accepted: float) -> None:
    assert bargaining.acceptable_to_both(worth_a, worth_b, 0.30, 0.20, round_number, 3.7, agreed_in) == accepted


@pytest.mark.parametrize(("present", "vetoed", "zone", "chosen", "in_round", "ended", "rounds"), [
    (0.0, 1.0, 4.0, 4.0, 2.0, 0.0, 0.0),    # not at the table, whatever else
    (1.0, 1.0, 4.0, 4.0, 2.0, 4.0, 0.0),    # vetoed by the public
    (1.0, 0.0, -1.0, -1.0, 0.0, 2.0, 3.0),  # no zone of agreement: the whole quarter was spent on it
    (1.0, 0.0, 4.0, -1.0, 0.0, 3.0, 3.0),   # out of time
    (1.0, 0.0, 4.0, 5.0, 2.0, 1.0, 2.0),    # agreed in the second round
])
def test_how_talks_ended_and_how_long_they_took(present: float, vetoed: float, zone: float, chosen: float, in_round: float,
                                                ended: float, rounds: float) -> None:
    assert bargaining.how_talks_ended(present, vetoed, zone, chosen, in_round, 3.758) == (ended, rounds)


def test_a_whole_package_by_hand() -> None:
    """Both want the same and are equals: the middle package gives each its own best scopes, and nobody pays."""
    benefits = (0.1, 0.05, 0.02)
    s1, s2, s3, paid, gain_a, gain_b, product = bargaining.package(4.0, *benefits, 0.2, 0.01, *benefits, 0.2, 0.01, 0.5, 1.0)
    assert (s1, s2, s3, paid) == (approx(0.5), approx(0.25), approx(0.1), approx(0.0))
    own = 0.1 * 0.5 + 0.05 * 0.25 + 0.02 * 0.1 - 0.1 * (0.25 + 0.0625 + 0.01) - 0.01
    assert (gain_a, gain_b, product) == (approx(own), approx(own), approx(own * own))


def test_in_a_package_the_better_off_side_pays() -> None:
    rich, poor = (0.3, 0.3, 0.3, 0.2, 0.0), (0.1, 0.1, 0.1, 0.2, 0.0)
    *_, paid, gain_a, gain_b, _product = bargaining.package(4.0, *rich, *poor, 1.0, 1.0)
    assert paid == approx(0.25)  # the cap: a quarter of all there is to share, all of it shared
    assert gain_a > gain_b
    assert bargaining.package(4.0, *rich, *poor, 1.0, 0.0)[3] == 0.0


def test_attention_by_hand() -> None:
    """Ten ties' worth; half of meetings are committees, five directives, some pressure."""
    assert bargaining.attention_left(10.0, 0.5, 5.0, 0.25) == approx(10 * 0.85 / (1.4 * 1.25))
    assert bargaining.wanted(0.5, 0.2) == approx(0.09)
    assert bargaining.wanted(-1e9, 0.2) == 0.0
    assert bargaining.attention_given(10.0, 2.0, 0.09, 0.36) == approx(0.5)
    assert bargaining.attention_given(10.0, 5.0, 0.09, 0.36) == 1.0
    assert bargaining.attention_given(10.0, 2.0, 0.0, 0.0) == 1.0  # nothing is wanted anywhere yet
    assert bargaining.attention_given(PARAMETERS["attention"].high, 0.1, 0.01, 9.0) == 1.0  # no limit


def test_what_appeals_to_a_proposer_is_what_the_other_gets() -> None:
    assert bargaining.appeal(0.9, 0.3, 0.1, 0.2, 1.0, 0.5) == 0.3
