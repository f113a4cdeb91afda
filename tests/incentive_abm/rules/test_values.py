"""What partners care about: worked examples, and what always holds."""

from __future__ import annotations

import pytest
from drawing import DRAW, SHARE, approx, between
from hypothesis import assume, given
from hypothesis import strategies as st

from incentive_abm.kinds import Kind
from incentive_abm.rules import values

SIX = st.lists(between(0.005, 1.0), min_size=6, max_size=6).map(lambda w: [x / sum(w) for x in w])
TRUST, VOLUNTARY = values.PROFILES[Kind.TRUST], values.PROFILES[Kind.VOLUNTARY]


@pytest.mark.parametrize("kind", Kind)
def test_a_kinds_profile_is_six_shares_of_one(kind: Kind) -> None:
    assert len(values.PROFILES[kind]) == 6
    assert sum(values.PROFILES[kind]) == approx(1.0)


@pytest.mark.parametrize(("gap", "anchor"), [(0.0, 0.17), (0.5, 0.22), (1.0, 0.27), (1.5, 0.32)])
def test_a_value_gap_moves_a_sector_from_the_common_mean_to_its_own_profile(gap: float, anchor: float) -> None:
    assert values.value_anchor(0.17, 0.27, gap) == approx(anchor)


def test_nobody_cares_nothing_at_all_about_a_value() -> None:
    assert values.value_anchor(0.1, 0.0, 1.5) == 0.005
    assert values.value_start(0.005, 0.8, 0.0) == 0.005
    assert values.value_after(0.005, -0.1, 0.005, 0.03, 0.6) == 0.005


def test_a_partner_starts_within_its_sectors_spread() -> None:
    assert values.value_start(0.2, 0.3, 0.75) == approx(0.2 * 1.225)
    assert values.value_start(0.2, 0.0, 0.99) == 0.2


@given(between(0.01, 1.0), between(0.0, 0.6), DRAW)
def test_the_spread_is_half_as_much_again_to_either_side(anchor: float, spread: float, u: float) -> None:
    start = values.value_start(anchor, spread, u)
    assert max(0.005, anchor * (1 - 1.5 * spread)) - 1e-12 <= start <= max(0.005, anchor * (1 + 1.5 * spread)) + 1e-12


def test_a_trust_and_a_voluntary_provider_disagree_on_more_than_half_of_what_matters() -> None:
    # ½ (0.21 + 0.22 + 0.13 + 0.21 + 0.22 + 0.13)
    assert values.total_variation(*TRUST, *VOLUNTARY, 0.0) == approx(0.56)
    assert values.total_variation(*TRUST, *VOLUNTARY, 0.25) == approx(0.56 / 1.25)
    assert values.total_variation(*TRUST, *TRUST, 0.0) == 0.0


@given(SIX, SIX, SHARE)
def test_distance_is_a_share_the_same_from_both_sides(one: list[float], other: list[float], purpose: float) -> None:
    distance = values.total_variation(*one, *other, purpose)
    assert -1e-12 <= distance <= 1.0 + 1e-12
    assert distance == values.total_variation(*other, *one, purpose)


@given(SIX, SIX, SHARE)
def test_a_common_purpose_is_a_weight_on_the_person_added_to_both(one: list[float], other: list[float], p: float) -> None:
    def with_purpose(weights: list[float]) -> list[float]:
        return [(w + (p if v == 3 else 0.0)) / (1.0 + p) for v, w in enumerate(weights)]

    assert values.total_variation(*one, *other, p) == approx(
        values.total_variation(*with_purpose(one), *with_purpose(other), 0.0), abs=1e-12)


def test_slogans_hide_differences_until_partners_know_each_other() -> None:
    assert values.perceived_distance(0.5, 0.1, 1.0, 0.0) == approx(0.5 * 0.4 + 0.1)
    assert values.perceived_distance(0.5, 0.1, 1.0, 1.0) == approx(0.6)
    assert values.perceived_distance(0.5, 0.1, 0.0, 0.0) == values.honest_distance(0.5, 0.1) == approx(0.6)
    assert values.honest_distance(0.005, 0.0) == values.perceived_distance(0.005, 0.0, 0.0, 0.0) == 0.005
    assert values.perceived_distance(0.9, 0.5, 0.0, 0.0) == values.honest_distance(0.9, 0.5) == 1.0


@given(SHARE, between(0.0, 0.5), SHARE, SHARE)
def test_what_is_seen_at_the_table_is_never_more_than_what_is_felt_in_daily_work(
        distance: float, caricature: float, slogan: float, information: float) -> None:
    seen = values.perceived_distance(distance, caricature, slogan, information)
    assert 0.0 <= seen <= values.honest_distance(distance, caricature) <= 1.0


def test_the_near_move_together_and_the_far_apart() -> None:
    assert values.persuasion(0.3, 0.45, 0.2, 0.02, 0.5, 0.3) == approx(0.02 * 0.8)
    assert values.persuasion(0.5, 0.45, 0.2, 0.02, 0.5, 0.3) == approx(-0.2 * 0.02 * 0.5)
    assert values.persuasion(0.5, 0.45, 0.0, 0.02, 0.5, 0.3) == 0.0


@given(SHARE, SHARE, SHARE, between(0.0, 0.1), SHARE, SHARE)
def test_without_polemic_nobody_is_driven_away(d: float, confidence: float, polemic: float, rate: float, contact: float,
                                               joint: float) -> None:
    assert values.persuasion(d, confidence, 0.0, rate, contact, joint) >= 0.0
    assert (values.persuasion(d, confidence, polemic, rate, contact, joint) >= 0.0) or d >= confidence


def test_a_sector_pulls_its_own_back_more_so_under_targets() -> None:
    assert values.value_after(0.2, 0.01, 0.3, 0.03, 0.6) == approx(0.2 + 0.01 + 0.03 * 1.0 * 0.1)
    assert values.value_after(0.2, 0.01, 0.3, 0.03, 0.0) == approx(0.2 + 0.01 + 0.03 * 0.4 * 0.1)
    assert values.value_after(0.2, 0.01, 0.3, 0.0, 1.0) == approx(0.21)


def test_caricatures_fade_with_contact_and_come_back_without() -> None:
    assert values.stereotype_after(0.2, 0.15, 0.4, 0.5) == approx(0.2 * 0.875)
    assert values.stereotype_after(0.1, 0.15, 0.0, 0.0) == approx(0.1005)


@given(between(0.0, 0.5), between(0.0, 0.5), SHARE, SHARE)
def test_a_caricature_never_grows_past_its_start(now: float, start: float, contact: float, information: float) -> None:
    assume(now <= start)
    assert 0.0 <= values.stereotype_after(now, start, contact, information) <= start + 1e-12
