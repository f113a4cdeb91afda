"""What people get is seen: worked examples, and what always holds."""

from __future__ import annotations

from drawing import SHARE, approx, between
from hypothesis import given

from incentive_abm.rules import feedback


def test_aspiration_follows_what_there_is_and_refusal_lifts_it_above() -> None:
    assert feedback.aspiration_after(0.2, 0.6, 0.0) == approx(0.24)
    assert feedback.aspiration_after(0.2, 0.6, 0.5) == approx(0.2 + 0.1 * (0.6 + 0.5 * 0.4 - 0.2))
    assert feedback.aspiration_after(0.6, 0.2, 0.0) == approx(0.56)


@given(SHARE, SHARE, SHARE)
def test_aspiration_is_a_share_and_no_lower_for_refusing(aspiration: float, work: float, refusal: float) -> None:
    after = feedback.aspiration_after(aspiration, work, refusal)
    assert -1e-12 <= feedback.aspiration_after(aspiration, work, 0.0) <= after + 1e-12 <= 1.0 + 1e-9


def test_in_the_long_run_one_aims_above_what_one_has_by_refusal() -> None:
    aspiration = 0.0
    for _ in range(400):
        aspiration = feedback.aspiration_after(aspiration, 0.4, 0.5)
    assert aspiration == approx(0.4 + 0.5 * 0.6)


def test_a_shortfall_is_what_is_missing() -> None:
    assert feedback.shortfall_of(0.5, 0.2) == approx(0.3)
    assert feedback.shortfall_of(0.2, 0.5) == 0.0


def test_half_a_shortfall_drives_most() -> None:
    assert feedback.drive(0.5, 0.5, 1.0) == approx(2.0)
    assert feedback.drive(0.5, 0.0, 1.0) == approx(1.5)
    assert feedback.drive(0.2, 0.1, 0.5) == approx(1.0 + 0.5 * (4 * 0.2 * 0.8 + 4 * 0.1 * 0.9) / 2)


@given(SHARE, SHARE, SHARE)
def test_drive_is_never_a_brake_and_an_extreme_does_not_drive(a: float, b: float, felt: float) -> None:
    assert 1.0 <= feedback.drive(a, b, felt) <= feedback.drive(0.5, 0.5, felt) <= 2.0
    assert feedback.drive(1.0, 1.0, felt) == feedback.drive(0.0, 0.0, felt) == feedback.drive(a, b, 0.0) == 1.0


@given(SHARE, between(1.0, 2.0))
def test_who_is_driven_goes_faster_but_never_past_its_goal(speed: float, driven: float) -> None:
    assert speed <= feedback.hastened(speed, driven) <= 1.0
    assert feedback.hastened(0.5 * speed, driven) == approx(0.5 * speed * driven)
    assert feedback.hastened(speed, 1.0) == speed


def test_an_extreme_strains_far_more_than_it_drives() -> None:
    assert feedback.strain_of_aspiration(0.5, 1.0) == approx(0.1)
    assert feedback.strain_of_aspiration(1.0, 1.0) == approx(0.4)
    assert feedback.strain_of_aspiration(1.0, 0.0) == feedback.strain_of_aspiration(0.0, 1.0) == 0.0


def test_results_above_aspiration_are_owned_those_below_are_not() -> None:
    assert feedback.ownership_by_results(0.5, 0.2, 0.6, 0.5) == approx(0.52)
    assert feedback.ownership_by_results(0.5, 0.6, 0.2, 0.5) == approx(0.48)
    assert feedback.ownership_by_results(0.01, 1.0, 0.0, 1.0) == 0.0
    assert feedback.ownership_by_results(0.99, 0.0, 1.0, 1.0) == 1.0


def test_the_public_is_won_by_what_reaches_it_and_lost_by_what_is_promised_and_missed() -> None:
    assert feedback.opposition_by_results(0.5, 0.4, 0.0, 1.0) == approx(0.48)
    assert feedback.opposition_by_results(0.5, 0.0, 0.4, 1.0) == approx(0.52)


@given(SHARE, SHARE, SHARE, SHARE)
def test_opposition_stays_a_share_and_where_nobody_looks_nothing_moves(
        opposition: float, reached: float, missed: float, felt: float) -> None:
    assert feedback.opposition_by_results(opposition, reached, 0.0, felt) <= opposition
    assert opposition <= feedback.opposition_by_results(opposition, 0.0, missed, felt) <= 1.0
    assert feedback.opposition_by_results(opposition, reached, missed, 0.0) == opposition
    assert feedback.ownership_by_results(opposition, reached, missed, 0.0) == opposition


def test_deficits_swallow_savings() -> None:
    assert feedback.put_back(4.0, 0.5, 0.0) == approx(2.0)
    assert feedback.put_back(4.0, 0.5, 0.75) == approx(0.5)
    assert feedback.put_back(4.0, 0.5, 1.0) == 0.0


@given(between(0.0, 100.0), SHARE, SHARE)
def test_nobody_puts_back_more_than_was_saved(saved: float, reinvested: float, stress: float) -> None:
    assert 0.0 <= feedback.put_back(saved, reinvested, stress) <= saved
    assert feedback.put_back(saved, 0.0, stress) == 0.0


def test_a_quarter_of_a_percent_of_income_put_back_brings_a_twentieth_of_what_is_missing() -> None:
    assert feedback.practice_paid_for(0.4, 0.25, 100.0) == approx(0.4 + 0.05 * 0.6)
    assert feedback.practice_paid_for(0.4, 0.0, 100.0) == 0.4


@given(SHARE, between(0.0, 100.0), between(0.1, 1000.0))
def test_practice_that_is_paid_for_grows_and_stays_a_share(practice: float, put_back: float, income: float) -> None:
    assert practice <= feedback.practice_paid_for(practice, put_back, income) <= 1.0


def test_routines_are_unlearnt_with_joint_work_and_come_back_under_pressure() -> None:
    assert feedback.routine_after(0.8, 0.5, 0.0) == approx(0.8 - 0.1 * 0.5 * 0.8)
    assert feedback.routine_after(0.2, 0.0, 0.5) == approx(0.2 + 0.03 * 0.5 * 0.8)
    assert feedback.routine_after(1.0, 0.0, 2.0) == 1.0


@given(SHARE, SHARE, between(0.0, 5.0))
def test_routines_stay_a_share(routine: float, work: float, pressure: float) -> None:
    assert 0.0 <= feedback.routine_after(routine, work, pressure) <= 1.0
    assert feedback.routine_after(routine, work, 0.0) <= routine <= feedback.routine_after(routine, 0.0, pressure)


def test_old_routines_on_both_sides_take_from_joint_work() -> None:
    assert feedback.unlearnt(1.0, 1.0, 0.4) == approx(0.6)
    assert feedback.unlearnt(1.0, 0.0, 0.4) == approx(0.8)


@given(SHARE, SHARE, SHARE)
def test_without_routines_or_inertia_all_joint_work_is_left(a: float, b: float, inertia: float) -> None:
    assert 0.0 <= feedback.unlearnt(a, b, inertia) <= 1.0
    assert feedback.unlearnt(a, b, 0.0) == feedback.unlearnt(0.0, 0.0, inertia) == 1.0
