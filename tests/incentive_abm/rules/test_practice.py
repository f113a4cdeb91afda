"""What is seen to work is kept, the rest withers: worked examples, and what always holds."""

from __future__ import annotations

from drawing import SHARE, approx, between
from hypothesis import given

from incentive_abm.rules import practice


def test_success_is_seen_from_a_threshold_on() -> None:
    assert practice.success_seen(0.1, 0.1, 0.5, 0.1) == approx(0.5)
    assert practice.success_seen(0.2, 0.0, 0.25, 0.1) == approx(0.15**4 / (0.15**4 + 0.1**4))
    assert practice.success_seen(0.0, 0.9, 0.0, 0.1) == 0.0


def test_a_practice_grows_where_success_is_seen_and_fades_elsewhere() -> None:
    assert practice.practised_after(0.5, 1.0, 0.5, 0.0, 0.2, 0.05) == approx(0.6)
    assert practice.practised_after(0.5, 0.0, 0.3, 1.0, 0.2, 0.05) == approx(0.5 - 0.1 * 0.2)


def test_a_new_leader_keeps_what_policy_sustains() -> None:
    assert practice.practised_under_leader(0.8, 0.3, 0.5) == approx(0.3 + 0.7 * 0.5)
    assert practice.practised_under_leader(0.2, 0.3, 0.0) == 0.2


def test_what_is_in_force_lies_between_today_and_what_policy_asks_for() -> None:
    assert practice.in_force(0.4, 0.8, 0.25) == approx(0.5)
    assert practice.in_force(0.4, 0.8, 1.0) == 0.8


@given(SHARE, between(0.0, 5.0), between(0.0, 1.0), between(0.0, 0.3), SHARE)
def test_where_policy_sustains_everything_nothing_withers(seen: float, pressure: float, growth: float, fading: float,
                                                          handover: float) -> None:
    assert practice.practised_after(1.0, seen, 1.0, pressure, growth, fading) == 1.0
    assert practice.practised_under_leader(1.0, 1.0, handover) == 1.0
