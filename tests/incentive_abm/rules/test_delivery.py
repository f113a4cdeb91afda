"""Promises kept or broken and what people get: worked examples, and what always holds."""

from __future__ import annotations

import math

from drawing import DRAW, SHARE, YES_OR_NO, approx, between
from hypothesis import given

from incentive_abm.rules import delivery


def test_a_deal_still_being_taken_up_is_not_set_against_all_of_the_fallback() -> None:
    assert delivery.engagement(0.15) == approx(0.5)
    assert delivery.engagement(0.3) == approx(1.0)
    assert delivery.engagement(0.9) == 1.0
    assert delivery.surplus_at(0.3, 0.02, 0.1, 0.0, 0.5) == approx(0.24)
    assert delivery.surplus_at(0.3, 0.02, 0.1, 0.2, 0.5) == approx(0.14)


def test_a_crisis_begins_where_stress_is_full() -> None:
    assert delivery.crisis_of(0.02) == delivery.crisis_of(-0.03) == 0.0
    assert delivery.crisis_of(-0.045) == approx(0.5)
    assert delivery.crisis_of(-0.06) == approx(1.0)
    assert delivery.crisis_of(-0.5) == 1.0


def test_a_neutral_partner_keeps_four_promises_in_five() -> None:
    chance = delivery.keep_chance(0.0, 0.5, 0.4, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.3)
    assert chance == approx(1 / (1 + math.exp(-1.3)))


def test_a_partner_in_trouble_tosses_a_coin() -> None:
    # 1.3 + 0.6 − 0.5 − 0.3 − 0.45 − 0.5 − 0.45 + 0.4 = 0.1
    chance = delivery.keep_chance(0.1, 0.25, 0.2, 0.5, 0.5, 0.5, 0.6, 0.25, 0.5, 1.3)
    assert chance == approx(1 / (1 + math.exp(-0.1)))


@given(between(-2.0, 2.0), SHARE, SHARE, between(0.0, 5.0), SHARE, SHARE, SHARE, SHARE, SHARE, between(0.0, 3.0))
def test_the_chance_is_a_chance_and_every_help_raises_it(
        surplus: float, owned: float, identity: float, pressure: float, joint: float, stress: float, targets: float,
        space: float, skill: float, base: float) -> None:
    chance = delivery.keep_chance(surplus, owned, identity, pressure, joint, stress, targets, space, skill, base)
    assert 0.0 <= chance <= 1.0
    for helped in (
        delivery.keep_chance(surplus + 0.1, owned, identity, pressure, joint, stress, targets, space, skill, base),
        delivery.keep_chance(surplus, 1.0, identity, pressure, joint, stress, targets, space, skill, base),
        delivery.keep_chance(surplus, owned, 1.0, pressure, joint, stress, targets, space, skill, base),
        delivery.keep_chance(surplus, owned, identity, 0.0, joint, stress, targets, space, skill, base),
        delivery.keep_chance(surplus, owned, identity, pressure, 1.0, stress, targets, space, skill, base),
        delivery.keep_chance(surplus, owned, identity, pressure, joint, 0.0, targets, space, skill, base),
        delivery.keep_chance(surplus, owned, identity, pressure, joint, stress, 0.0, space, skill, base),
        delivery.keep_chance(surplus, owned, identity, pressure, joint, stress, targets, 1.0, skill, base),
        delivery.keep_chance(surplus, owned, identity, pressure, joint, stress, targets, space, 1.0, base),
    ):
        assert helped >= chance - 1e-12


@given(DRAW)
def test_a_promise_is_kept_by_chance(u: float) -> None:
    assert delivery.keeps(u, 1.0) == 1.0
    assert delivery.keeps(u, 0.0) == 0.0
    assert delivery.keeps(u, u) == 0.0


def test_joint_work_needs_a_we_trust_both_ways_and_knowledge() -> None:
    assert delivery.joint_quality(0.5, 0.9, 0.4, 0.5) == approx(0.15 ** (1 / 3))
    assert delivery.joint_quality(1.0, 1.0, 1.0, 1.0) == approx(1.0)
    for missing in ((0.0, 1.0, 1.0, 1.0), (1.0, 0.0, 1.0, 1.0), (1.0, 1.0, 0.0, 1.0), (1.0, 1.0, 1.0, 0.0)):
        assert delivery.joint_quality(*missing) < 1e-3


@given(SHARE, SHARE, SHARE, SHARE)
def test_joint_quality_is_a_share_the_same_from_both_sides(we: float, ab: float, ba: float, know: float) -> None:
    assert 0.0 <= delivery.joint_quality(we, ab, ba, know) <= 1.0 + 1e-12
    assert delivery.joint_quality(we, ab, ba, know) == delivery.joint_quality(we, ba, ab, know)


def test_nothing_is_delivered_unless_both_keep_their_promise() -> None:
    assert delivery.delivered(0.6, 1.0, 1.0, 0.5) == approx(0.3)
    assert delivery.delivered(0.6, 1.0, 0.0, 0.5) == delivery.delivered(0.6, 0.0, 1.0, 0.5) == 0.0


def test_letting_go_helps_and_can_overstrain() -> None:
    assert delivery.outcome_of(0.3, 1.2, 0.0, 0.9, 0.4) == approx(0.36)
    assert delivery.outcome_of(0.3, 1.2, 1.0, 0.5, 0.4) == approx(0.36 * 1.21)
    unskilled = [delivery.outcome_of(1.0, 1.0, 1.0, c / 10, 0.0) for c in range(11)]
    skilled = [delivery.outcome_of(1.0, 1.0, 1.0, c / 10, 1.0) for c in range(11)]
    assert unskilled.index(max(unskilled)) == 5
    assert skilled == sorted(skilled)


def test_most_of_what_drives_health_lies_outside_the_nhs() -> None:
    assert delivery.outcome_weight(0.1, 1.0, 0.8) == approx(0.08)
    assert delivery.outcome_weight(0.1, 0.0, 0.8) == approx(0.02)


def test_a_hand_off_is_seamless_from_a_quality_on() -> None:
    assert delivery.is_seamless(0.3, 0.3) == 1.0
    assert delivery.is_seamless(0.29, 0.3) == 0.0


def test_front_line_experiments_are_tried_and_kept_when_they_work() -> None:
    assert delivery.practice_tried(0.2, 0.05, 0.5, 0.3, 0.6, 0.2) == approx(0.32)
    assert delivery.practice_tried(0.2, 0.07, 0.5, 0.3, 0.6, 0.2) == approx(0.198)  # not tried: chance 0.2·0.3
    assert delivery.practice_tried(0.2, 0.05, 0.6, 0.3, 0.6, 0.2) == approx(0.198)  # did not work: chance 0.3 + 0.5·0.6


@given(SHARE, DRAW, DRAW, SHARE, SHARE, SHARE)
def test_practice_stays_a_share(practice: float, tried: float, works: float, free: float, answers: float, rate: float) -> None:
    assert 0.0 <= delivery.practice_tried(practice, tried, works, free, answers, rate) <= 1.0
    assert delivery.practice_tried(practice, tried, works, 0.0, answers, rate) == approx(0.99 * practice)


@given(SHARE, SHARE, YES_OR_NO)
def test_a_lead_is_never_negative(mine: float, other: float, same: float) -> None:
    other = mine if same else other
    assert delivery.lead_over(0.30, 0.31) == approx(0.01)
    assert delivery.lead_over(mine, other) == max(other - mine, 0.0)
