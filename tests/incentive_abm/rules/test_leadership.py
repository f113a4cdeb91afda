"""Leaders come and go, and skill is learnt from people: worked examples, and what always holds."""

from __future__ import annotations

import pytest
from drawing import DRAW, SHARE, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.kinds import Background
from incentive_abm.rules import leadership

BACKGROUND = st.sampled_from([0.0, 1.0, 2.0])


def test_leaders_leave_sooner_where_money_is_short() -> None:
    assert leadership.departs(0.039, 0.056, 0.0) == 1.0   # 0.056·0.7 = 0.0392
    assert leadership.departs(0.040, 0.056, 0.0) == 0.0
    assert leadership.departs(0.083, 0.056, 1.0) == 1.0   # 0.056·1.5 = 0.084
    assert leadership.departs(0.085, 0.056, 1.0) == 0.0
    assert leadership.departs(0.0, 0.0, 1.0) == 0.0


@pytest.mark.parametrize(("u", "background"), [
    (0.05, Background.INTEGRATOR), (0.10, Background.HOSPITAL), (0.27, Background.HOSPITAL), (0.28, Background.OWN_SECTOR),
    (0.99, Background.OWN_SECTOR),
])
def test_where_a_successor_comes_from(u: float, background: Background) -> None:
    assert leadership.successor_background(u, 0.1, 0.2) == background


@given(DRAW)
def test_appointing_only_integrators_or_only_hospital_leaders(u: float) -> None:
    assert leadership.successor_background(u, 1.0, 1.0) == Background.INTEGRATOR
    assert leadership.successor_background(u, 0.0, 1.0) == Background.HOSPITAL
    assert leadership.successor_background(u, 0.0, 0.0) == Background.OWN_SECTOR


def test_a_successors_skill() -> None:
    assert leadership.successor_skill(0.5, 2.0, 0.3) == approx(0.775)
    assert leadership.successor_skill(0.5, 1.0, 0.3) == approx(0.20)
    assert leadership.successor_skill(0.5, 0.0, 0.3) == approx(0.30)
    assert leadership.successor_skill(0.0, 0.0, 0.1) == 0.0
    assert leadership.skill_at_start(0.75, 0.3) == approx(0.4)


@given(DRAW, BACKGROUND, SHARE)
def test_a_successors_skill_is_a_share_and_an_integrator_is_always_able(u: float, background: float, mean: float) -> None:
    assert 0.0 <= leadership.successor_skill(u, background, mean) <= 1.0
    assert leadership.successor_skill(u, 2.0, mean) > leadership.successor_skill(u, 1.0, mean)


def test_only_a_hospital_leader_pulls_a_partner_toward_a_trusts_values() -> None:
    assert leadership.value_under_leader(0.1, 0.27, 1.0) == approx(0.1425)
    assert leadership.value_under_leader(0.1, 0.27, 0.0) == leadership.value_under_leader(0.1, 0.27, 2.0) == 0.1


def test_ownership_leaves_with_the_leader_unless_handed_over() -> None:
    assert leadership.ownership_under_leader(0.5, 0.5, 0.0) == approx(0.35)
    assert leadership.ownership_under_leader(0.5, 1.0, 0.0) == approx(0.5)
    assert leadership.ownership_under_leader(0.1, 0.0, 2.0) == 0.5
    assert leadership.ownership_under_leader(0.9, 1.0, 2.0) == approx(0.9)


def test_an_able_trusted_neighbour_teaches() -> None:
    assert leadership.taught_across(0.1, 0.5, 0.6, 0.3) == approx(0.1 * 0.75 * 0.6 * 0.3)
    assert leadership.taught_across(0.0, 0.5, 0.6, 0.3) == 0.0


def test_skill_comes_from_doing_people_toolkits_and_the_register() -> None:
    doing, toolkits, register = 5 * 0.02 * 0.3 * 0.8, 0.05 * 0.2 * (1 / 3 - 0.2), 0.5 * 0.5 * 0.1 * 0.6
    assert leadership.skill_after(0.2, 0.3, 0.01, 0.8, 0.02, 0.2, 0.5, 0.1) == approx(0.2 + doing + 0.01 + toolkits + register)


def test_even_a_small_lead_teaches() -> None:
    assert leadership.skill_after(0.325, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.1) == approx(0.325 + 0.05 * (1 / 3 - 0.325))
    assert leadership.skill_after(0.5, 0.0, 0.0, 0.51, 0.0, 0.0, 1.0, 0.1) == approx(0.5 + 0.5 * 0.1 * 0.01)


@given(between(1 / 3, 1.0), SHARE)
def test_toolkits_teach_nobody_more_than_a_third(skill: float, toolkits: float) -> None:
    assert leadership.skill_after(skill, 0.0, 0.0, 1.0, 0.02, toolkits, 0.0, 0.1) == approx(skill)


@given(SHARE, SHARE, SHARE, SHARE, between(0.0, 0.1), SHARE, SHARE, between(0.0, 0.5))
def test_skill_only_grows_and_stays_a_share(skill: float, work: float, taught: float, best: float, rate: float,
                                            toolkits: float, register: float, peers: float) -> None:
    after = leadership.skill_after(skill, work, taught, best, rate, toolkits, register, peers)
    assert skill <= after <= 1.0


def test_the_able_learn_to_teach() -> None:
    assert leadership.teaching_after(0.2, 0.5, 0.6) == approx(0.224)
    assert leadership.teaching_after(0.2, 0.0, 0.6) == 0.2
    assert leadership.teaching_after(0.2, 0.5, 0.0) == 0.2


def test_first_leaders_have_been_there_for_up_to_six_years() -> None:
    assert [leadership.tenure_at_start(u) for u in (0.0, 0.04, 0.5, 0.999)] == [0.0, 0.0, 12.0, 23.0]


def test_what_is_not_used_is_forgotten() -> None:
    assert leadership.not_forgotten(0.5, 0.25, 0.1) == approx(0.5 * (1 - 0.075))
    assert leadership.not_forgotten(0.5, 1.0, 0.2) == leadership.not_forgotten(0.5, 0.0, 0.0) == 0.5
