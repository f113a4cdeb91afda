"""What sharing would mean to each side: worked examples, and what always holds."""

from __future__ import annotations

import pytest
from drawing import SHARE, YES_OR_NO, approx, between
from hypothesis import assume, given
from hypothesis import strategies as st

from incentive_abm.rules import appraisal

SIX = st.lists(between(0.005, 1.0), min_size=6, max_size=6).map(lambda w: [x / sum(w) for x in w])


@pytest.mark.parametrize(("balance", "stress"), [(0.01, 0.0), (0.0, 0.0), (-0.015, 0.5), (-0.03, 1.0), (-0.2, 1.0)])
def test_a_deficit_of_three_per_cent_is_full_stress(balance: float, stress: float) -> None:
    assert appraisal.stress_of(balance) == approx(stress)


def test_money_presses_more_under_stress_and_targets_more_under_pressure() -> None:
    # targets 0.2·(0.4 + 1.2·0.75), finance 0.2·(1 + 1.5·0.5), person 0.2 + 0.1
    felt = appraisal.felt_weights(0.2, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.5, 0.75)
    assert felt == approx(tuple(weight / 1.31 for weight in (0.2, 0.26, 0.35, 0.3, 0.1, 0.1)))


@given(SIX, SHARE, SHARE, SHARE)
def test_felt_weights_are_shares_of_one(own: list[float], purpose: float, stress: float, pressed: float) -> None:
    felt = appraisal.felt_weights(*own, purpose, stress, pressed)
    assert sum(felt) == approx(1.0)
    assert min(felt) > 0.0


def test_the_larger_has_more_say_unless_power_is_shared_or_the_community_decides() -> None:
    assert appraisal.voice(0.2, 0.9, 0.0, 0.0, 0.0) == approx(0.1 + 0.8 * 0.9)
    assert appraisal.voice(1.0, 0.9, 0.0, 0.0, 0.0) == approx(0.5)
    assert appraisal.voice(0.2, 0.1, 1.0, 0.0, 0.5) == approx(0.18 + 0.5 * 0.82)
    assert appraisal.voice(0.2, 0.9, 0.0, 1.0, 0.5) == approx(0.82 * 0.5)
    assert appraisal.voice(0.2, 0.9, 1.0, 1.0, 0.5) == approx(0.82 + 0.5 * 0.18)


@given(SHARE, SHARE, YES_OR_NO, SHARE)
def test_all_the_say_there_is_is_shared_out_between_two_sides(power: float, size: float, voluntary: float, c: float) -> None:
    one = appraisal.voice(power, size, voluntary, 0.0, c)
    other = appraisal.voice(power, 1.0 - size, 0.0, voluntary, c)
    assert 0.0 <= one <= 1.0
    assert one + other == approx(1.0)


def test_difference_is_a_gain_where_it_is_listened_to_and_a_loss_where_not() -> None:
    assert appraisal.solution_quality(0.4, 1.0, 0.25, 0.5, 0.5) == approx(0.8 + 0.36 + 0.105 + 0.1)
    assert appraisal.solution_quality(0.4, 0.0, 0.25, 0.5, 0.5) == approx(0.8 - 0.36 + 0.105 + 0.1)
    assert appraisal.solution_quality(0.4, 0.5, 0.0, 0.0, 0.0) == approx(0.8)
    assert appraisal.solution_quality(0.69 / 0.9, 0.0, 0.0, 0.0, 0.0) == approx(0.11)
    assert appraisal.solution_quality(1.0, 0.0, 0.0, 0.0, 0.0) == 0.1


def test_freedom_pays_when_it_is_balanced() -> None:
    assert appraisal.innovation_of(0.6, 0.6) == approx(0.36)
    assert appraisal.innovation_of(0.9, 0.3) == approx(0.27 * 0.4)
    assert appraisal.innovation_of(0.0, 1.0) == appraisal.innovation_of(1.0, 0.0) == 0.0


@given(SHARE, SHARE)
def test_no_other_split_of_freedom_and_answering_beats_the_even_one(autonomy: float, accountability: float) -> None:
    even = 0.5 * (autonomy + accountability)
    assert 0.0 <= appraisal.innovation_of(autonomy, accountability) <= appraisal.innovation_of(even, even) + 1e-12 <= 1.0 + 1e-12


def test_the_worth_of_full_joint_work() -> None:
    # people 0.24 + 0.16·0.65 + 0.08·1.0 + 0.4·0.16 + 0.08·0.5 = 0.528; for people 2·0.8·0.528, money 0.28·0.05/0.2
    worth = appraisal.joint_worth(0.16, 0.16, 0.28, 0.24, 0.08, 0.08, 0.5, 1.0, 0.5, 0.5, 0.5, 2.0, 0.05, 0.2)
    assert worth == approx(0.5 * (0.8448 + 0.07))


def test_who_guards_its_own_budget_wholly_sees_only_the_saving() -> None:
    worth = appraisal.joint_worth(0.16, 0.16, 0.28, 0.24, 0.08, 0.08, 0.5, 1.0, 0.5, 0.5, 0.5, 2.0, 0.05, 1.0)
    assert worth == approx(0.5 * 0.07)


@given(SIX, SHARE, between(0.1, 2.0), SHARE)
def test_a_partner_nobody_believes_is_worth_nothing(own: list[float], information: float, quality: float, say: float) -> None:
    def worth(trust: float) -> float:
        found: float = appraisal.joint_worth(*own, trust, quality, information, 0.5, say, 2.0, 0.05, 0.2)
        return found

    assert worth(0.0) == 0.0
    assert worth(0.8) == approx(2.0 * worth(0.4))


def test_what_sharing_costs() -> None:
    assert appraisal.money_loss(0.28, 0.3, 0.1) == approx(0.28 * 0.3 * 0.9 * 2)
    assert appraisal.money_loss(0.28, 0.3, 1.0) == 0.0
    assert appraisal.voice_loss(0.08, 0.5) == approx(0.01)
    assert appraisal.voice_loss(0.08, 1.0) == 0.0
    assert appraisal.target_loss(0.16, 0.6, 0.3) == approx(0.16 * 0.6 * 0.85 * 0.5)
    assert appraisal.target_loss(0.16, 0.0, 0.3) == 0.0
    assert appraisal.pressure_loss(0.8) == approx(0.08)
    assert appraisal.information_loss(0.16, 0.25) == approx(0.16 * 0.15 * 0.75)
    assert appraisal.information_loss(0.16, 1.0) == 0.0


def test_fourteen_working_groups_blur_what_an_able_convenor_clears() -> None:
    assert appraisal.clear_decisions(0.4, 0.0, 0.9, 0.0) == approx(0.4)
    assert appraisal.clear_decisions(0.4, 4.0, 0.3, 1.0) == approx(0.4 * 0.84)
    assert appraisal.clear_decisions(0.4, 14.0, 0.8, 1.0) == approx(0.4 * 0.44 + 0.15)
    assert appraisal.clear_decisions(0.0, 0.0, 0.0, 1.0) == 0.0
    assert appraisal.clear_decisions(1.0, 0.0, 1.0, 1.0) == 1.0


def test_how_steep_joint_work_looks() -> None:
    # 0.12·(1 + 2.5·0.4·0.7)·(1.3 − 0.3)·(1.2 − 0.3)·(1 + 0.4·0.5)·1.2
    assert appraisal.joint_cost(0.4, 0.5, 0.5, 0.5, 0.4, 0.5, 0.2, 1.0) == approx(0.12 * 1.7 * 1.0 * 0.9 * 1.2 * 1.2)
    assert appraisal.joint_cost(0.4, 0.5, 0.5, 0.5, 0.4, 0.5, 0.2, 0.0) == approx(0.12 * 1.7 * 1.0 * 0.9 * 1.2)


@given(SHARE, SHARE, SHARE, SHARE, SHARE, SHARE, SHARE, YES_OR_NO)
def test_every_help_makes_joint_work_look_cheaper(distance: float, listening: float, clarity: float, skill: float,
                                                  bias: float, information: float, boundary: float, crosses: float) -> None:
    cost = appraisal.joint_cost(distance, listening, clarity, skill, bias, information, boundary, crosses)
    assert cost > 0.0
    helped = [
        appraisal.joint_cost(0.0, listening, clarity, skill, bias, information, boundary, crosses),
        appraisal.joint_cost(distance, 1.0, clarity, skill, bias, information, boundary, crosses),
        appraisal.joint_cost(distance, listening, 1.0, skill, bias, information, boundary, crosses),
        appraisal.joint_cost(distance, listening, clarity, 1.0, bias, information, boundary, crosses),
        appraisal.joint_cost(distance, listening, clarity, skill, 0.0, information, boundary, crosses),
        appraisal.joint_cost(distance, listening, clarity, skill, bias, 1.0, boundary, crosses),
        appraisal.joint_cost(distance, listening, clarity, skill, bias, information, boundary, 0.0),
    ]
    assert all(0.0 < less <= cost * (1.0 + 1e-12) for less in helped)


def test_utility_has_its_best_where_marginal_benefit_meets_cost() -> None:
    assert appraisal.utility(0.3, 0.2, 0.1, 0.2, 1.0, 0.5, 0.0) == approx(0.3 + 0.1 - 0.1 * 1.25)
    assert appraisal.utility(0.3, 0.2, 0.1, 0.2, 0.0, 0.0, 0.0) == 0.0


@given(between(0.01, 0.2), between(0.2, 1.0), SHARE)
def test_no_scope_beats_benefit_over_cost(benefit: float, cost: float, other: float) -> None:
    assume(benefit < cost)
    best = appraisal.utility(benefit, 0.0, 0.0, cost, benefit / cost, 0.0, 0.0)
    assert appraisal.utility(benefit, 0.0, 0.0, cost, other, 0.0, 0.0) <= best + 1e-12


def test_breadth_weighs_money_most() -> None:
    assert appraisal.breadth(1.0, 0.0, 0.0) == 0.45
    assert appraisal.breadth(0.0, 1.0, 0.0) == 0.30
    assert appraisal.breadth(0.0, 0.0, 1.0) == 0.25


@given(SHARE, SHARE, SHARE)
def test_breadth_is_a_share(money: float, staff: float, information: float) -> None:
    assert 0.0 <= appraisal.breadth(money, staff, information) <= 1.0


def test_a_hospital_leader_of_the_place_halves_the_sharing_of_power() -> None:
    assert appraisal.power_shared(0.4, 1.0) == approx(0.2)
    assert appraisal.power_shared(0.4, 0.0) == 0.4


def test_marginal_benefits_by_hand() -> None:
    """Worth 0.5: 0.225, 0.15 and 0.125, less what each resource costs; a deadline adds to money alone."""
    money, staff, information = appraisal.marginal_benefits(0.5, 0.1, 0.02, 0.05, 0.03, 0.025, 0.04)
    assert (money, staff, information) == (approx(0.225 - 0.1 - 0.02 + 0.04), approx(0.15 - 0.05 - 0.03), approx(0.1))
    assert sum((appraisal.MONEY_PART, appraisal.STAFF_PART, appraisal.INFORMATION_PART)) == approx(1.0)


def test_what_distance_and_bias_add_to_the_cost_by_hand() -> None:
    assert appraisal.distance_factor(0.4, 0.5) == approx(2.5 * 0.4 * 0.7)
    assert appraisal.bias_factor(0.3, 0.25) == approx(0.225)
    plain = appraisal.joint_cost(0.0, 0.5, 0.5, 0.5, 0.0, 0.25, 0.0, 0.0)
    assert appraisal.joint_cost(0.4, 0.5, 0.5, 0.5, 0.3, 0.25, 0.0, 0.0) == approx(plain * (1 + 0.7) * (1 + 0.225))
