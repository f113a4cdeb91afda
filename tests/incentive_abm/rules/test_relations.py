"""Who is the "we" and what each knows of the other: worked examples, and what always holds."""

from __future__ import annotations

from drawing import SHARE, YES_OR_NO, approx, between
from hypothesis import given

from incentive_abm.rules import relations


def test_contact_heals_on_equal_terms_and_committees_give_little() -> None:
    assert relations.contact(0.25, 0.4, 0.6, 0.2) == approx(0.1 * 0.58 * 0.82)
    assert relations.contact(0.5, 0.8, 0.0, 0.5) == approx(0.4)
    assert relations.contact(0.5, 0.8, 1.0, 0.5) == approx(0.12)
    assert relations.contact(0.0, 1.0, 0.0, 1.0) == relations.contact(1.0, 0.0, 0.0, 1.0) == 0.0


@given(SHARE, SHARE, SHARE, SHARE)
def test_contact_is_a_share(space: float, quality: float, committees: float, first: float) -> None:
    assert 0.0 <= relations.contact(space, quality, committees, first) <= 1.0


def test_success_makes_a_we_and_failure_and_targets_undo_it() -> None:
    # up (0.12 + 0.04)·0.7, targets 0.02·0.6·0.75·0.3, drift 0.03·0.05
    assert relations.identity_after(0.3, 0.25, 0.5, 1.0, 1.0, 0.5, 0.6, 0.25, 0.12, 0.03) == approx(
        0.3 + 0.112 - 0.0027 - 0.0015)
    # a broken promise: 0.12·0.7 up, 0.05·0.5·0.3 down
    assert relations.identity_after(0.3, 0.25, 0.5, 1.0, 0.0, 0.5, 0.6, 0.25, 0.12, 0.03) == approx(
        0.3 + 0.084 - 0.0075 - 0.0027 - 0.0015)


@given(SHARE, SHARE, SHARE, YES_OR_NO, YES_OR_NO, SHARE, SHARE, SHARE, between(0.0, 0.4), between(0.0, 0.2))
def test_identity_stays_a_share(identity: float, start: float, met: float, kept_a: float, kept_b: float, shared: float,
                                targets: float, space: float, rate: float, drift: float) -> None:
    assert 0.0 <= relations.identity_after(identity, start, met, kept_a, kept_b, shared, targets, space, rate, drift) <= 1.0


def test_knowledge_grows_with_trust_and_sharing_and_decays_without() -> None:
    # up 0.08·0.5·0.64 + 0.04 + 0.02, times 0.75; down 0.06·0.5·0.25
    assert relations.information_after(0.25, 0.5, 0.4, 0.4, 0.5, 0.08) == approx(0.25 + 0.0642 - 0.0075)
    assert relations.information_after(0.5, 0.0, 1.0, 0.0, 0.0, 0.08) == approx(0.47)


@given(SHARE, SHARE, SHARE, SHARE, SHARE, between(0.0, 0.3))
def test_information_stays_a_share(known: float, trust: float, clarity: float, shared: float, met: float, rate: float) -> None:
    assert 0.0 <= relations.information_after(known, trust, clarity, shared, met, rate) <= 1.0


def test_what_is_done_jointly_and_with_a_say_is_owned_and_what_is_declared_is_not() -> None:
    assert relations.ownership_after(0.25, 0.4, 0.0, 0.5) == approx(0.25 + 0.036 + 0.01125)
    assert relations.ownership_after(0.25, 0.4, 0.5, 0.5) == approx(0.25 + 0.036 + 0.01125 - 0.0075)


@given(SHARE, SHARE, SHARE, SHARE)
def test_ownership_stays_a_share(owned: float, work: float, mandate: float, say: float) -> None:
    assert 0.0 <= relations.ownership_after(owned, work, mandate, say) <= 1.0


def test_a_pilot_starts_a_third_of_the_way_up() -> None:
    assert relations.with_pilot(0.25, 1.0) == approx(0.5)
    assert relations.with_pilot(0.25, 0.0) == 0.25


def test_a_place_may_start_above_or_below_others() -> None:
    assert relations.in_this_place(0.25, 0.75, 0.2) == approx(0.35)
    assert relations.in_this_place(0.05, 0.0, 0.3) == 0.0
    assert relations.in_this_place(0.25, 0.9, 0.0) == 0.25


def test_what_is_said_is_what_is_felt_and_a_little_more() -> None:
    """Half a 'we', trust of 0.4 and 0.6: felt as 0.5; a slogan in full use makes it 0.75."""
    assert relations.said_of_working_together(0.5, 0.4, 0.6, 0.0) == approx(0.5)
    assert relations.said_of_working_together(0.5, 0.4, 0.6, 1.0) == approx(0.75)
