"""Taking up deals, the board, walking away: worked examples, and what always holds."""

from __future__ import annotations

import pytest
from drawing import DRAW, SHARE, YES_OR_NO, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.kinds import Talk, VotingRule
from incentive_abm.rules import commitment


def test_half_a_mandate_is_imposed_whatever_was_agreed() -> None:
    assert commitment.imposed(0.2, 0.8) == approx(0.4)
    assert commitment.imposed(0.6, 0.8) == 0.6
    assert commitment.imposed(0.0, 0.0) == 0.0


def test_with_relations_first_money_waits_for_joint_quality() -> None:
    assert commitment.readiness(0.1, 0.0) == 1.0
    assert commitment.readiness(0.1, 1.0) == approx(0.25)
    assert commitment.readiness(0.1, 0.5) == approx(0.625)
    assert commitment.readiness(0.4, 1.0) == commitment.readiness(0.9, 1.0) == 1.0


def test_how_fast_a_deal_is_taken_up() -> None:
    assert commitment.speed_up(0.15, 0.3, 0.5, 0.0, 0.0, 0.7) == approx(0.15 * 1.0 * 0.5)
    assert commitment.speed_up(0.15, 0.3, 0.5, 0.4, 0.0, 0.7) == approx(0.15 * 1.0 * 0.7)
    assert commitment.speed_up(0.15, 0.3, 0.5, 1.0, 0.0, 0.7) == approx(0.15)
    assert commitment.speed_up(0.15, 0.3, 0.5, 0.0, 0.5, 0.7) == approx(0.075 * 0.65)
    assert commitment.speed_up(0.15, 0.8, 0.5, 0.0, 0.0, 0.7) == approx(0.15 * 1.5 * 0.5)
    assert commitment.speed_down(0.0) == 0.2
    assert commitment.speed_down(1.0) == approx(0.06)


def test_a_scope_moves_part_of_the_way_and_down_at_another_speed_than_up() -> None:
    assert commitment.scope_after(0.2, 0.6, 0.15, 0.2, 1.0) == approx(0.26)
    assert commitment.scope_after(0.2, 0.6, 0.15, 0.2, 0.5) == approx(0.23)
    assert commitment.scope_after(0.6, 0.2, 0.15, 0.2, 0.5) == approx(0.52)


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_a_scope_never_passes_its_goal(scope: float, goal: float, up: float, down: float, ready: float) -> None:
    after = commitment.scope_after(scope, goal, up, down, ready)
    assert min(scope, goal) - 1e-12 <= after <= max(scope, goal) + 1e-12


def test_quarters_of_losing_are_counted_only_where_something_is_shared() -> None:
    assert commitment.losing_after(3.0, -0.01, 0.5) == 4.0
    assert commitment.losing_after(3.0, 0.0, 0.5) == 0.0
    assert commitment.losing_after(3.0, -0.01, 0.02) == 0.0


@pytest.mark.parametrize(("losing", "mandate", "u", "leaves"), [
    (4.0, 0.0, 0.29, 1.0),
    (4.0, 0.0, 0.30, 0.0),   # not this quarter
    (3.0, 0.0, 0.00, 0.0),   # not yet
    (4.0, 0.5, 0.16, 0.0),   # held in by half a mandate
    (4.0, 1.0, 0.00, 0.0),   # held in by law
])
def test_who_has_lost_for_a_year_may_walk_away(losing: float, mandate: float, u: float, leaves: float) -> None:
    assert commitment.walks_away(losing, 4.0, 0.3, mandate, u) == leaves


@given(between(0.0, 60.0), SHARE, DRAW)
def test_with_no_readiness_to_leave_nobody_does(losing: float, mandate: float, u: float) -> None:
    assert commitment.walks_away(losing, 1.0, 0.0, mandate, u) == 0.0


def test_a_partner_votes_for_what_it_gains_by() -> None:
    assert commitment.votes_yes(0.01) == commitment.votes_yes(0.0) == 1.0
    assert commitment.votes_yes(-0.01) == 0.0
    assert commitment.stake(1.0, 0.4, 0.3, 0.1, -0.5) == approx(0.4 * 0.2)
    assert commitment.stake(0.0, 0.4, 0.3, 0.1, -0.5) == approx(0.4 * -0.5)


@pytest.mark.parametrize(("rule", "partners", "income", "kinds", "blocked", "passes"), [
    (VotingRule.NONE, 0.0, 0.0, 0.0, 1.0, 1.0),
    (VotingRule.MAJORITY, 0.51, 0.1, 0.1, 0.0, 1.0),
    (VotingRule.MAJORITY, 0.50, 0.9, 0.9, 0.0, 0.0),
    (VotingRule.UNANIMITY, 1.0, 1.0, 1.0, 0.0, 1.0),
    (VotingRule.UNANIMITY, 0.98, 1.0, 1.0, 0.0, 0.0),
    (VotingRule.SIZE_WEIGHTED, 0.1, 0.51, 0.1, 0.0, 1.0),
    (VotingRule.SIZE_WEIGHTED, 0.9, 0.49, 0.9, 0.0, 0.0),
    (VotingRule.EQUAL_VOICE, 0.1, 0.1, 0.51, 0.0, 1.0),
    (VotingRule.EQUAL_VOICE, 0.9, 0.9, 0.50, 0.0, 0.0),
    (VotingRule.MAJORITY, 1.0, 1.0, 1.0, 1.0, 0.0),
    (VotingRule.EQUAL_VOICE, 1.0, 1.0, 1.0, 1.0, 0.0),
])
def test_the_board_decides_by_its_rule(rule: VotingRule, partners: float, income: float, kinds: float, blocked: float,
                                       passes: float) -> None:
    assert commitment.board_passes(partners, income, kinds, blocked, float(rule)) == passes


def test_equal_voice_counts_kinds_not_heads() -> None:
    # one trust says yes, one council no, nine of ten GP networks no; no voluntary provider at the table
    assert commitment.mean_of_kinds(1.0, 1.0, 1.0, 0.0, 10.0, 1.0, 0.0, 0.0) == approx((1.0 + 0.0 + 0.1) / 3)
    assert commitment.mean_of_kinds(4.0, 1.0, 2.0, 1.0, 10.0, 1.0, 5.0, 1.0) == approx((0.25 + 0.5 + 0.1 + 0.2) / 4)
    assert commitment.mean_of_kinds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0) == 0.0
    assert commitment.ratio(3.0, 4.0) == 0.75
    assert commitment.ratio(0.001, 0.004) == 0.25
    assert commitment.ratio(3.0, 0.0) == 0.0


def test_a_large_partner_can_block() -> None:
    assert commitment.blocked(40.0, 100.0, 0.3) == 1.0
    assert commitment.blocked(30.0, 100.0, 0.3) == 0.0
    assert commitment.blocked(100.0, 100.0, 1.0) == 0.0


def test_deals_are_slow_where_unratified_unclear_and_owned_by_nobody() -> None:
    assert commitment.board_speed(1.0, 0.6, 1.0, 50.0, 0.02, 1.0) == approx(1.0)
    assert commitment.board_speed(0.0, 0.6, 1.0, 50.0, 0.02, 1.0) == approx(0.4)
    assert commitment.board_speed(1.0, 0.6, 0.5, 50.0, 0.02, 1.0) == approx(0.7)
    assert commitment.board_speed(1.0, 0.6, 1.0, 50.0, 0.02, 0.0) == approx(0.5)
    assert commitment.board_speed(1.0, 0.6, 1.0, 50.0, 0.02, 0.2) == approx(0.2 + 0.8 * 0.5)


@given(YES_OR_NO, SHARE, SHARE, st.integers(0, 40_000), between(0.0, 0.1), SHARE)
def test_a_boards_speed_is_a_share_and_a_named_owner_never_slows(
        passes: float, brake: float, clarity: float, partners: int, free_riding: float, owner: float) -> None:
    speed = commitment.board_speed(passes, brake, clarity, float(partners), free_riding, owner)
    owned = commitment.board_speed(passes, brake, clarity, float(partners), free_riding, 1.0)
    assert -1e-12 <= speed <= owned + 1e-12 <= 1.0 + 1e-9


def test_deadline_money_is_offered_until_its_date_and_paid_on_it_where_enough_is_pooled() -> None:
    assert commitment.deadline_lure(0.1, 8.0, 8.0) == 0.1
    assert commitment.deadline_lure(0.1, 9.0, 8.0) == 0.0
    assert commitment.deadline_grant(0.1, 8.0, 8.0, 0.25, 0.25, 40.0) == approx(2.0)
    assert commitment.deadline_grant(0.1, 8.0, 8.0, 0.24, 0.25, 40.0) == 0.0
    assert commitment.deadline_grant(0.1, 7.0, 8.0, 0.5, 0.25, 40.0) == 0.0


def test_voluntary_partners_are_at_the_table_by_inclusion_all_others_always() -> None:
    assert commitment.at_the_table(0.0, 0.99, 0.0, 0.0, -0.3) == 1.0
    assert commitment.at_the_table(1.0, 0.49, 0.5, 3.0, 0.0) == 1.0
    assert commitment.at_the_table(1.0, 0.5, 0.5, 3.0, 0.0) == 0.0


def test_a_walk_out_leaves_a_scar_that_fades() -> None:
    assert commitment.scar_after(0.3, 1.0) == 1.0
    assert commitment.scar_after(1.0, 0.0) == approx(0.94)
    assert commitment.kept_after_exit(0.5, 1.0, 0.6) == approx(0.3)
    assert commitment.kept_after_exit(0.5, 0.0, 0.6) == 0.5


def test_a_walk_out_leaves_a_twentieth_or_what_the_law_holds() -> None:
    assert commitment.scope_after_exit(0.6, 1.0, 0.0) == approx(0.03)
    assert commitment.scope_after_exit(0.6, 1.0, 0.8) == approx(0.4)
    assert commitment.scope_after_exit(0.2, 1.0, 0.8) == 0.2
    assert commitment.scope_after_exit(0.6, 0.0, 0.0) == 0.6


@given(SHARE, YES_OR_NO, SHARE)
def test_a_walk_out_never_adds_scope(scope: float, left: float, mandate: float) -> None:
    assert 0.0 <= commitment.scope_after_exit(scope, left, mandate) <= scope


@pytest.mark.parametrize(("talk", "left", "deal"), [
    (Talk.AGREED, 0.0, 0.5), (Talk.OUT_OF_TIME, 0.0, 0.2), (Talk.NO_ZONE, 0.0, 0.0), (Talk.VETOED, 0.0, 0.0),
    (Talk.NOT_AT_THE_TABLE, 0.0, 0.0), (Talk.AGREED, 1.0, 0.0), (Talk.OUT_OF_TIME, 1.0, 0.0),
])
def test_which_deal_is_in_force_after_talks(talk: Talk, left: float, deal: float) -> None:
    assert commitment.deal_after(float(talk), left, 0.2, 0.5) == deal
