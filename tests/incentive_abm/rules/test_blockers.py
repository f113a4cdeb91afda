"""What holds one side back: worked examples, and the additive parts against removal one at a time."""

from __future__ import annotations

import pytest
from drawing import SHARE, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.kinds import Blocker
from incentive_abm.rules import appraisal, blockers

TERMS = st.lists(between(0.0, 1.0), min_size=12, max_size=12)


def test_ones_own_best_deal() -> None:
    # every scope 0.1/0.2 = 0.5: 0.15 − 0.1·0.75, less the fallback
    assert blockers.best_gain(0.1, 0.1, 0.1, 0.2, 5.0, 0.02) == approx(0.055)
    assert blockers.best_gain(-0.1, -0.1, -0.1, 0.2, 5.0, 0.02) == -0.02


@given(between(-0.3, 0.6), between(-0.3, 0.6), between(-0.3, 0.6), between(0.05, 2.0), SHARE, SHARE, SHARE)
def test_no_other_scopes_beat_ones_own_best(money: float, staff: float, know: float, cost: float, s1: float, s2: float,
                                            s3: float) -> None:
    assert (appraisal.utility(money, staff, know, cost, s1, s2, s3)
            <= blockers.best_gain(money, staff, know, cost, 1.0 / cost, 0.0) + 1e-12)


def test_what_cannot_be_seen_for_want_of_information() -> None:
    assert blockers.unknown_worth(0.2, 0.5, 1.2, 0.25, 2.0, 0.2) == approx(0.5 * 1.2 * 2.0 * 0.8 * 0.2 * 0.7 * 0.75)
    assert blockers.unknown_worth(0.2, 0.5, 1.0, 1.0, 2.0, 0.2) == 0.0
    assert blockers.share_of_cost(1.0) == 0.5
    assert blockers.share_of_cost(0.0) == 0.0


def test_trust_is_missed_below_what_able_partners_have() -> None:
    assert blockers.trust_gap(0.3, 0.6) == approx(1.0)
    assert blockers.trust_gap(0.597, 0.6) == approx(0.003 / 0.597)
    assert blockers.trust_gap(0.6, 0.6) == blockers.trust_gap(0.9, 0.6) == 0.0


def test_a_shortfall_taken_apart() -> None:
    parts = blockers.shortfall_terms(0.4, 0.15, 0.01, 0.04, 0.08, 0.02, 0.06, 1.0, 0.2, 1.0, 0.25,
                                     0.025, 0.018, 0.06, -0.01, 0.3, 0.5)
    spent = 1.5 * 0.2 * 0.25
    assert parts == approx((0.075, spent * 0.5, 0.2, 0.02, 0.018, 0.025, 0.06, 0.005, 0.0, 0.04,
                            (0.02 * 0.25 + 0.06) * 0.5 + spent * 0.2, 0.15))


@pytest.mark.parametrize("blocker", range(1, 13))
def test_the_largest_part_is_the_blocker(blocker: int) -> None:
    parts = [0.1] * 12
    parts[blocker - 1] = 0.3
    assert blockers.largest_term(*parts) == (float(blocker), 0.3)


@given(TERMS)
def test_the_first_of_equals_is_named(parts: list[float]) -> None:
    number, size = blockers.largest_term(*parts)
    assert size == max(parts)
    assert parts.index(size) + 1 == number


NOTHING_WRONG = {"money": 0.18, "staff": 0.12, "information": 0.10, "cost": 0.4, "fallback": 0.0, "worth": 0.4,
                 "money_loss": 0.0, "voice_loss": 0.0, "target_loss": 0.0, "pressure_loss": 0.0, "information_loss": 0.0,
                 "unseen": 0.0, "untrusted": 0.0, "values_factor": 0.0, "bias_factor": 0.0, "relief": 0.0, "waiting": 0.0,
                 "opposed": 0.0, "rosy": 0.0, "unjoined": 0.0}


@pytest.mark.parametrize(("blocker", "wrong"), [
    (Blocker.MONEY, {"money_loss": 0.1, "money": 0.08}),
    (Blocker.VALUES, {"values_factor": 1.0, "cost": 0.8}),
    (Blocker.TRUST, {"untrusted": 1.0, "worth": 0.2, "money": 0.09, "staff": 0.06, "information": 0.05}),
    (Blocker.TARGETS, {"target_loss": 0.1, "staff": 0.02}),
    (Blocker.WAITING, {"waiting": 0.05, "fallback": 0.05}),
    (Blocker.BAILOUT, {"relief": 0.05, "fallback": 0.05}),
    (Blocker.OPPOSITION, {"opposed": 0.05, "fallback": 0.05}),
    (Blocker.VOICE, {"voice_loss": 0.1, "money": 0.08}),
    (Blocker.ROSY_FALLBACK, {"rosy": 0.05, "fallback": 0.05}),
    (Blocker.PRESSURE, {"pressure_loss": 0.1, "staff": 0.02}),
    (Blocker.REST_OF_WAY, {"unjoined": 0.2, "worth": 0.2, "money": 0.09, "staff": 0.06, "information": 0.05}),
    (Blocker.INFORMATION, {"unseen": 0.1, "worth": 0.3, "money": 0.135, "staff": 0.09, "information": 0.075}),
])
def test_where_one_thing_is_wrong_both_ways_of_asking_name_it(blocker: Blocker, wrong: dict[str, float]) -> None:
    s = {**NOTHING_WRONG, **wrong}
    assert blockers.blocker_by_removal(*s.values()) == blocker
    parts = blockers.shortfall_terms(
        s["worth"], s["money_loss"], s["voice_loss"], s["target_loss"], s["pressure_loss"], s["information_loss"], s["unseen"],
        s["untrusted"], s["cost"], s["values_factor"], s["bias_factor"], s["relief"], s["waiting"], s["opposed"], s["rosy"],
        s["unjoined"], 0.5)
    assert blockers.largest_term(*parts)[0] == blocker


@given(between(0.05, 1.0), st.tuples(*[between(0.0, 0.1)] * 5), between(0.0, 0.3), between(0.0, 1.0), between(0.1, 1.0),
       between(0.0, 2.0), between(0.0, 0.5), st.tuples(*[between(0.0, 0.1)] * 3), between(-0.05, 0.05),
       between(0.0, 0.4))
def test_removal_asks_what_the_best_deal_would_be_without_one_thing(
        worth: float, losses: tuple[float, ...], unseen: float, untrusted: float, plain: float, values: float, bias: float,
        comforts: tuple[float, ...], rosy: float, unjoined: float) -> None:
    """Each thing is left out of benefits, cost and fallback that are built up anew from their parts."""
    def gain(without: Blocker) -> float:
        money, voice, targets, pressure, information = (
            0.0 if without is blocker else loss for blocker, loss in zip(
                (Blocker.MONEY, Blocker.VOICE, Blocker.TARGETS, Blocker.PRESSURE, Blocker.INFORMATION), losses, strict=True))
        full = worth * (1.0 + untrusted) if without is Blocker.TRUST else worth
        full = full + unjoined if without is Blocker.REST_OF_WAY else full
        full = full + unseen if without is Blocker.INFORMATION else full
        dear, biased = (0.0 if without is Blocker.VALUES else values), (0.0 if without is Blocker.INFORMATION else bias)
        cost = plain * (1.0 + dear) * (1.0 + biased)
        relief, waiting, opposed = (
            0.0 if without is blocker else comfort for blocker, comfort in zip(
                (Blocker.BAILOUT, Blocker.WAITING, Blocker.OPPOSITION), comforts, strict=True))
        imagined = min(rosy, 0.0) if without is Blocker.ROSY_FALLBACK else rosy
        benefits = (0.45 * full - money - voice, 0.30 * full - targets - pressure, 0.25 * full - information)
        found: float = blockers.best_gain(*benefits, cost, 1.0 / cost, imagined + relief + waiting + opposed)
        return found

    money, voice, targets, pressure, information = losses
    relief, waiting, opposed = comforts
    named = Blocker(int(blockers.blocker_by_removal(
        0.45 * worth - money - voice, 0.30 * worth - targets - pressure, 0.25 * worth - information,
        plain * (1.0 + values) * (1.0 + bias), rosy + relief + waiting + opposed, worth, money, voice, targets, pressure,
        information, unseen, untrusted, values, bias, relief, waiting, opposed, rosy, unjoined)))
    real = [blocker for blocker in Blocker if blocker not in (Blocker.NOTHING, Blocker.TIME)]
    assert gain(named) == approx(max(gain(blocker) for blocker in real), abs=1e-9)


def test_a_tie_that_moves_is_held_back_by_nothing() -> None:
    assert blockers.held_back(0.0, 1.0, 3.0) == Blocker.NOTHING
    assert blockers.held_back(1.0, 0.0, 3.0) == Blocker.TIME
    assert blockers.held_back(0.0, 0.0, 3.0) == Blocker.TRUST
    assert blockers.is_moving(0.01, 0.1, 0.3) == 1.0    # taking up what was agreed
    assert blockers.is_moving(0.004, 0.1, 0.3) == 0.0
    assert blockers.is_moving(-0.1, 0.1, 0.3) == 0.0
    assert blockers.is_moving(0.0, 0.3, 0.3) == 1.0     # integrated already
