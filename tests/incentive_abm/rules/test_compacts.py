"""Compacts of more than two: worked examples, and what always holds."""

from __future__ import annotations

import pytest
from drawing import DRAW, SHARE, YES_OR_NO, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.kinds import Kind
from incentive_abm.rules import commitment, compacts

NONE, ALLIANCE, LEAD_PROVIDER, MANDATED = 0.0, 1.0, 2.0, 3.0
OF_GPS, OF_COUNCILS, OF_TRUSTS, OF_THE_PLACE = 0.0, 1.0, 2.0, 3.0
FORM, LEAD = st.sampled_from([NONE, ALLIANCE, LEAD_PROVIDER, MANDATED]), st.sampled_from([0.0, 1.0, 2.0, 3.0])
WHOSE = st.sampled_from([0.0, 1.0, 2.0])
HEADS = st.integers(0, 60).map(float)
WORTH = between(-2.0, 2.0)


@pytest.mark.parametrize(("kind", "largest", "lead", "leader", "holds"), [
    (Kind.GP, 0.0, OF_GPS, 0.0, 1.0), (Kind.COUNCIL, 0.0, OF_GPS, 0.0, 0.0), (Kind.TRUST, 1.0, OF_GPS, 1.0, 0.0),
    (Kind.COUNCIL, 0.0, OF_COUNCILS, 0.0, 1.0), (Kind.TRUST, 0.0, OF_TRUSTS, 0.0, 1.0), (Kind.GP, 0.0, OF_TRUSTS, 0.0, 0.0),
    (Kind.TRUST, 1.0, OF_THE_PLACE, 1.0, 1.0),
    (Kind.TRUST, 0.0, OF_THE_PLACE, 1.0, 0.0),    # not the largest
    (Kind.COUNCIL, 1.0, OF_THE_PLACE, 1.0, 0.0),  # another kind leads the place
    (Kind.TRUST, 1.0, OF_THE_PLACE, 0.0, 0.0),    # nobody leads the place
    (Kind.VOLUNTARY, 1.0, OF_GPS, 4.0, 0.0),
])
def test_at_whose_table_a_compact_is_made(kind: Kind, largest: float, lead: float, leader: float, holds: float) -> None:
    assert compacts.holds_table(float(kind), largest, lead, leader) == holds


def test_a_tie_lies_at_the_table_of_its_side_that_may_hold_one_or_of_the_larger_of_two() -> None:
    assert compacts.table_of(ALLIANCE, 1.0, 0.0, 0.1, 1.0) == 1.0
    assert compacts.table_of(ALLIANCE, 0.0, 1.0, 0.9, 1.0) == 2.0
    assert compacts.table_of(ALLIANCE, 1.0, 1.0, 0.6, 1.0) == 1.0
    assert compacts.table_of(ALLIANCE, 1.0, 1.0, 0.5, 1.0) == 1.0
    assert compacts.table_of(ALLIANCE, 1.0, 1.0, 0.4, 1.0) == 2.0
    assert compacts.table_of(ALLIANCE, 0.0, 0.0, 0.6, 1.0) == 0.0


@given(FORM, YES_OR_NO, YES_OR_NO, SHARE, YES_OR_NO)
def test_a_table_is_that_of_a_side_that_may_hold_one_and_only_where_both_are_present(
        form: float, a: float, b: float, share_a: float, present: float) -> None:
    whose = compacts.table_of(form, a, b, share_a, present)
    somewhere = form > 0.0 and present == 1.0 and a + b > 0.0
    assert (whose > 0.0) == somewhere
    assert whose in (0.0, *((1.0,) if a else ()), *((2.0,) if b else ()))


def test_who_trusts_and_gains_signs_if_the_others_deficit_does_not_frighten_it() -> None:
    assert compacts.signs(0.5, 0.5, 0.0, 0.3, 0.2, 0.0, 0.0) == 1.0
    assert compacts.signs(0.49, 0.5, 1.0, 0.3, 0.2, 0.0, 0.0) == 0.0
    assert compacts.signs(0.9, 0.5, -0.01, 0.3, 0.2, 0.0, 0.0) == 0.0
    # 0.3·0.2·(0 − 0.5) = −0.03: more than is gained, or less
    assert compacts.signs(0.9, 0.5, 0.02, 0.3, 0.2, 0.0, 0.5) == 0.0
    assert compacts.signs(0.9, 0.5, 0.04, 0.3, 0.2, 0.0, 0.5) == 1.0
    # who is in trouble itself is glad of the other's share
    assert compacts.signs(0.9, 0.5, -0.02, 0.3, 0.2, 0.5, 0.0) == 1.0


@given(SHARE, SHARE, WORTH, SHARE, SHARE, SHARE, SHARE)
def test_more_trust_or_gain_never_keeps_anyone_from_signing(
        trust: float, needed: float, gain: float, strain: float, risk: float, own: float, other: float) -> None:
    signs = compacts.signs(trust, needed, gain, strain, risk, own, other)
    assert compacts.signs(1.0, needed, gain, strain, risk, own, other) >= signs
    assert compacts.signs(trust, needed, gain + 1.0, strain, risk, own, other) >= signs
    assert compacts.signs(trust, needed, gain, strain, risk, own, 0.0) >= signs


@pytest.mark.parametrize(("form", "seats", "ayes", "made"), [
    (ALLIANCE, 3.0, 3.0, 1.0), (ALLIANCE, 3.0, 2.0, 0.0), (ALLIANCE, 1.0, 1.0, 0.0),
    (LEAD_PROVIDER, 9.0, 2.0, 1.0), (LEAD_PROVIDER, 9.0, 1.0, 0.0),
    (MANDATED, 3.0, 0.0, 1.0), (MANDATED, 1.0, 1.0, 0.0),
    (NONE, 3.0, 3.0, 0.0),
])
def test_when_a_compact_comes_about(form: float, seats: float, ayes: float, made: float) -> None:
    assert compacts.forms(form, seats, ayes) == made


@given(HEADS, st.data())
def test_an_alliance_takes_more_signatures_than_a_lead_provider_and_a_mandated_board_none(
        seats: float, data: st.DataObject) -> None:
    ayes = float(data.draw(st.integers(0, int(seats))))
    made = [compacts.forms(form, seats, ayes) for form in (NONE, ALLIANCE, LEAD_PROVIDER, MANDATED)]
    assert made == sorted(made)


@given(SHARE, FORM, WHOSE)
def test_only_a_mandated_board_holds_in_those_whom_it_binds(mandate: float, form: float, bound: float) -> None:
    held = compacts.held_in(mandate, form, bound)
    assert held == (1.0 if form == MANDATED and bound > 0.0 else mandate)


@given(between(0.0, 60.0), DRAW, WHOSE.filter(bool))
def test_nobody_walks_out_of_a_mandated_board(losing: float, u: float, bound: float) -> None:
    assert commitment.walks_away(losing, 1.0, 1.0, compacts.held_in(0.0, MANDATED, bound), u) == 0.0


@pytest.mark.parametrize(("form", "gives_up", "leavers", "members", "over"), [
    (ALLIANCE, 0.0, 1.0, 9.0, 1.0), (ALLIANCE, 0.0, 0.0, 9.0, 0.0), (ALLIANCE, 0.0, 0.0, 1.0, 1.0),
    (LEAD_PROVIDER, 0.0, 1.0, 9.0, 0.0), (LEAD_PROVIDER, 0.0, 2.0, 3.0, 1.0), (LEAD_PROVIDER, 0.0, 1.0, 3.0, 0.0),
    (LEAD_PROVIDER, 1.0, 0.0, 9.0, 1.0), (ALLIANCE, 1.0, 0.0, 9.0, 1.0),
    (MANDATED, 0.0, 0.0, 2.0, 0.0), (MANDATED, 0.0, 0.0, 1.0, 1.0),
    (NONE, 0.0, 0.0, 9.0, 1.0),  # contracts of more than two are done away with
])
def test_when_a_compact_ends(form: float, gives_up: float, leavers: float, members: float, over: float) -> None:
    assert compacts.ends(form, gives_up, leavers, members) == over


@given(FORM, YES_OR_NO, HEADS, st.data())
def test_no_compact_goes_on_without_two_members(form: float, gives_up: float, members: float, data: st.DataObject) -> None:
    leavers = float(data.draw(st.integers(0, int(members))))
    if compacts.ends(form, gives_up, leavers, members) == 0.0:
        assert members - leavers >= compacts.ENOUGH_TO_SIGN
        assert form != NONE
        assert form != ALLIANCE or leavers == 0.0


def test_quarters_of_carrying_are_counted_while_the_compact_costs_its_holder() -> None:
    assert compacts.carrying_after(3.0, -0.01, 1.0) == 4.0
    assert compacts.carrying_after(3.0, 0.0, 1.0) == 0.0
    assert compacts.carrying_after(3.0, -0.01, 0.0) == 0.0


@pytest.mark.parametrize(("whose", "holding", "was", "consent", "left", "form", "bound"), [
    (1.0, 1.0, 0.0, 1.0, 0.0, ALLIANCE, 1.0), (2.0, 1.0, 0.0, 1.0, 0.0, LEAD_PROVIDER, 2.0),
    (2.0, 1.0, 2.0, 0.0, 0.0, LEAD_PROVIDER, 2.0),  # once in, consent is not asked for again
    (1.0, 1.0, 0.0, 0.0, 0.0, LEAD_PROVIDER, 0.0),  # at the table, not signed
    (1.0, 1.0, 0.0, 0.0, 0.0, MANDATED, 1.0),       # bound without consent
    (1.0, 0.0, 1.0, 1.0, 0.0, ALLIANCE, 0.0),       # the compact is over
    (1.0, 1.0, 1.0, 1.0, 1.0, LEAD_PROVIDER, 0.0),  # has just left
    (0.0, 1.0, 1.0, 1.0, 0.0, LEAD_PROVIDER, 0.0),  # at nobody's table any longer
    (2.0, 1.0, 1.0, 0.0, 0.0, LEAD_PROVIDER, 0.0),  # the other side's table now, not signed there
])
def test_who_is_bound(whose: float, holding: float, was: float, consent: float, left: float, form: float, bound: float) -> None:
    assert compacts.bound_after(whose, holding, was, consent, left, form) == bound


@given(WHOSE, YES_OR_NO, WHOSE, YES_OR_NO, YES_OR_NO, FORM)
def test_a_tie_is_bound_by_a_compact_that_is_in_force_at_its_table_or_by_none(
        whose: float, holding: float, was: float, consent: float, left: float, form: float) -> None:
    bound = compacts.bound_after(whose, holding, was, consent, left, form)
    assert bound in (0.0, whose)
    assert holding == 1.0 or bound == 0.0


def test_an_end_strikes_whoever_was_in_it_but_for_the_leaver_who_has_struck_already() -> None:
    assert compacts.struck_by_end(1.0, 1.0, 0.0, 0.5) == 0.5
    assert compacts.struck_by_end(2.0, 1.0, 1.0, 0.5) == 0.0
    assert compacts.struck_by_end(0.0, 1.0, 0.0, 0.5) == 0.0
    assert compacts.struck_by_end(1.0, 0.0, 0.0, 0.5) == 0.0


def test_what_an_end_leaves() -> None:
    assert compacts.shaken(0.5, 0.5, 0.6) == approx(0.5 * 0.8)
    assert compacts.scar_of_end(0.2, 0.5) == 0.5
    assert compacts.scar_of_end(0.8, 0.5) == 0.8
    assert compacts.scope_after_end(0.6, 0.5, 0.0) == approx(0.6 * 0.525)
    assert compacts.scope_after_end(0.6, 0.5, 0.9) == approx(0.45)   # what a mandate imposes is more
    assert compacts.scope_after_end(0.2, 1.0, 0.9) == 0.2            # but never more than there was


@given(SHARE, SHARE, SHARE)
def test_an_end_adds_nothing_and_the_harder_it_strikes_the_less_is_left(value: float, struck: float, mandate: float) -> None:
    assert 0.0 <= compacts.scope_after_end(value, 1.0, mandate) <= compacts.scope_after_end(value, struck, mandate) <= value
    assert 0.0 <= compacts.shaken(value, 1.0, 0.6) <= compacts.shaken(value, struck, 0.6) <= value
    assert compacts.scar_of_end(value, struck) == max(value, struck)


@given(SHARE, SHARE)
def test_an_end_that_strikes_in_full_is_a_walk_out(value: float, mandate: float) -> None:
    assert compacts.scope_after_end(value, 1.0, mandate) == approx(commitment.scope_after_exit(value, 1.0, mandate))
    factor = commitment.IDENTITY_AFTER_EXIT
    assert compacts.shaken(value, 1.0, factor) == approx(commitment.kept_after_exit(value, 1.0, factor))


@given(SHARE, SHARE, SHARE)
def test_where_nothing_strikes_nothing_changes(value: float, mandate: float, factor: float) -> None:
    assert compacts.scope_after_end(value, 0.0, mandate) == compacts.shaken(value, 0.0, factor) == value
    assert compacts.scar_of_end(value, 0.0) == value


@given(SHARE, SHARE, WHOSE)
def test_deals_in_a_compact_are_decided_at_its_table_all_others_by_the_board(board: float, table: float, bound: float) -> None:
    assert compacts.decided_at(board, table, bound) == (table if bound else board)


def test_a_meeting_of_all_gives_each_as_much_attention_as_one_with_each() -> None:
    assert compacts.at_one_table(0.1, 4.0, 1.0) == approx(0.4)
    assert compacts.at_one_table(0.3, 4.0, 1.0) == 1.0
    assert compacts.at_one_table(0.1, 4.0, 0.0) == 0.1
    assert compacts.at_one_table(0.1, 1.0, 1.0) == 0.1


@given(SHARE, HEADS, YES_OR_NO)
def test_a_table_of_all_never_takes_attention_away(given_to_each: float, members: float, holds: float) -> None:
    assert given_to_each <= compacts.at_one_table(given_to_each, members, holds) <= 1.0


def test_costs_that_nobody_had_reckoned_with_are_drawn_at_signing_and_then_learnt() -> None:
    assert compacts.unclear_after(0.0, 0.0, 1.0, 0.5, 0.4, 0.25) == approx(0.4 * 0.75 * 0.5)
    assert compacts.unclear_after(0.2, 1.0, 1.0, 0.9, 0.4, 0.0) == approx(0.18)
    assert compacts.unclear_after(0.2, 1.0, 0.0, 0.9, 0.4, 0.0) == 0.0
    assert compacts.unclear_after(0.0, 0.0, 0.0, 0.9, 0.4, 0.0) == 0.0
    assert compacts.cost_met(0.8, 0.25) == approx(1.0)


@given(SHARE, WHOSE, WHOSE, DRAW, SHARE, SHARE)
def test_where_obligations_are_clear_a_compact_costs_what_was_reckoned(
        cost: float, was: float, now: float, u: float, most: float, clarity: float) -> None:
    signed = compacts.unclear_after(0.0, was, now, u, most, 1.0)
    assert compacts.cost_met(cost, signed) == cost
    assert 0.0 <= compacts.unclear_after(0.0, was, now, u, most, clarity) <= most


def test_the_better_off_side_pays_the_other() -> None:
    assert compacts.risk_shared(1.0, 0.2, 0.02, -0.03, 40.0, 10.0) == approx(0.2 * 0.05 * 10.0)
    assert compacts.risk_shared(2.0, 0.2, -0.03, 0.02, 10.0, 40.0) == approx(-0.2 * 0.05 * 10.0)
    assert compacts.risk_shared(0.0, 0.2, 0.02, -0.03, 40.0, 10.0) == 0.0


@given(WHOSE, SHARE, between(-0.3, 0.3), between(-0.3, 0.3), between(0.1, 500.0), between(0.1, 500.0), between(1.0, 4.0))
def test_what_one_side_pays_the_other_gets_and_nobody_is_paid_past_the_other(
        bound: float, risk: float, a: float, b: float, spend_a: float, spend_b: float, beyond: float) -> None:
    paid = compacts.risk_shared(bound, risk, a, b, spend_a, spend_b)
    assert paid == -compacts.risk_shared(bound, risk, b, a, spend_b, spend_a)
    # with incomes of at least twice what both share, balances come nearer and do not cross
    income_a, income_b = 2.0 * spend_a * beyond, 2.0 * spend_b * beyond
    after_a, after_b = a - paid / income_a, b + paid / income_b
    assert abs(after_a - after_b) <= abs(a - b) + 1e-12
    assert (after_a - after_b) * (a - b) >= -1e-12


@pytest.mark.parametrize(("signs_a", "signs_b", "brokered", "leaves", "joins"), [
    (1.0, 1.0, 0.0, 0.0, 1.0), (1.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0, 0.0)])
def test_a_tie_joins_where_both_sign_or_their_deal_was_brokered(signs_a: float, signs_b: float, brokered: float, leaves: float,
                                                                joins: float) -> None:
    assert compacts.consents(signs_a, signs_b, brokered, leaves) == joins
