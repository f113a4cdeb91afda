"""A promise kept or broken is evidence: worked examples, the Beta update in closed form, and what always holds."""

from __future__ import annotations

from drawing import DRAW, EVIDENCE, SHARE, YES_OR_NO, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.rules import trust


def test_three_kept_to_one_broken_is_trust_of_three_quarters() -> None:
    assert trust.mean_trust(3.0, 1.0) == 0.75


@given(EVIDENCE, EVIDENCE)
def test_trust_lies_within_nought_and_one(alpha: float, beta: float) -> None:
    assert 0.0 < trust.mean_trust(alpha, beta) < 1.0
    assert trust.mean_trust(alpha, beta) + trust.mean_trust(beta, alpha) == approx(1.0)


def test_unclear_obligations_make_a_kept_promise_look_broken() -> None:
    # chance 0.4·0.5·0.5 = 0.1
    assert trust.seen_kept(1.0, 0.09, 0.5, 0.5) == 0.0
    assert trust.seen_kept(1.0, 0.10, 0.5, 0.5) == 1.0
    assert trust.seen_kept(0.0, 0.5, 0.5, 0.5) == 0.0


@given(DRAW, SHARE)
def test_clear_obligations_or_full_knowledge_are_never_misread(u: float, other: float) -> None:
    assert trust.seen_kept(1.0, u, 1.0, other) == trust.seen_kept(1.0, u, other, 1.0) == 1.0


def test_success_nobody_asked_for_gets_half_the_credit() -> None:
    # chance 0.35·0.6 = 0.21
    assert trust.credit(0.20, 0.4) == 0.5
    assert trust.credit(0.22, 0.4) == 1.0
    assert trust.credit(0.0, 1.0) == 1.0


def test_evidence_after_a_promise_kept_and_a_promise_broken() -> None:
    assert trust.evidence_for(2.0, 1.0, 1.0, 0.5, 0.96, 1.8) == approx(1.92 + 0.5 + 0.072)
    assert trust.evidence_for(2.0, 1.0, 0.5, 0.5, 0.96, 1.8) == approx(1.92 + 0.25 + 0.072)
    assert trust.evidence_for(2.0, 0.0, 1.0, 0.5, 0.96, 1.8) == approx(1.92 + 0.072)
    assert trust.evidence_against(2.0, 0.0, 0.5, 0.96, 1.6, 2.2) == approx(1.92 + 0.8 + 0.088)
    assert trust.evidence_against(2.0, 1.0, 0.5, 0.96, 1.6, 2.2) == approx(1.92 + 0.088)


@given(st.integers(1, 60), between(0.1, 20.0), between(0.1, 20.0), SHARE, between(0.8, 0.99))
def test_promises_always_kept_follow_the_closed_form(n: int, start: float, prior: float, scope: float, memory: float) -> None:
    alpha = start
    for _ in range(n):
        alpha = trust.evidence_for(alpha, 1.0, 1.0, scope, memory, prior)
    settled = prior + scope / (1.0 - memory)
    assert alpha == approx(settled + memory ** n * (start - settled))


@given(EVIDENCE, EVIDENCE, EVIDENCE, EVIDENCE, YES_OR_NO, SHARE, between(0.8, 1.0), between(1.0, 3.0))
def test_evidence_stays_positive_so_trust_stays_within_bounds(
        alpha: float, beta: float, prior_a: float, prior_b: float, kept: float, scope: float, memory: float,
        loss: float) -> None:
    alpha = trust.evidence_for(alpha, kept, 1.0, scope, memory, prior_a)
    beta = trust.evidence_against(beta, kept, scope, memory, loss, prior_b)
    assert 0.0 < trust.mean_trust(alpha, beta) < 1.0


@given(EVIDENCE, EVIDENCE, SHARE)
def test_without_forgetting_a_kept_promise_never_lowers_trust_nor_a_broken_one_raises_it(
        alpha: float, beta: float, scope: float) -> None:
    before = trust.mean_trust(alpha, beta)

    def after(kept: float) -> float:
        found: float = trust.mean_trust(trust.evidence_for(alpha, kept, 1.0, scope, 1.0, 1.0),
                                        trust.evidence_against(beta, kept, scope, 1.0, 1.6, 1.0))
        return found

    assert after(0.0) <= before <= after(1.0)


def test_a_new_leader_takes_over_part_of_a_relationship() -> None:
    assert trust.evidence_after_leader(4.0, 2.0, 0.5) == approx(3.4)
    assert trust.evidence_after_leader(4.0, 2.0, 1.0) == approx(4.0)
    assert trust.evidence_after_leader(4.0, 2.0, 0.0) == approx(2.8)


def test_acting_alone_and_walking_out_cost_trust() -> None:
    assert trust.evidence_of_acting_alone(2.0, 0.8, 0.5, 0.3) == approx(2.14)
    assert trust.evidence_of_acting_alone(2.0, 0.8, 0.5, 1.0) == 2.0
    assert trust.evidence_of_acting_alone(2.0, 0.8, 0.0, 0.3) == 2.0
    assert trust.evidence_of_walk_out(2.0, 1.0) == 4.0
    assert trust.evidence_of_walk_out(2.0, 0.0) == 2.0


def test_first_beliefs_and_what_a_pilot_adds() -> None:
    assert trust.trust_at_start(0.45, 0.75, 0.0) == approx(0.5)
    assert trust.trust_at_start(0.45, 0.75, 1.0) == approx(0.5 + 0.5 / 3)
    assert trust.trust_at_start(0.05, 0.0, 0.0) == 0.02
    assert trust.trust_at_start(0.95, 0.99, 0.0) == 0.98


@given(between(0.05, 0.95), DRAW, YES_OR_NO)
def test_nobody_starts_certain(mean: float, u: float, pilot: float) -> None:
    assert 0.02 <= trust.trust_at_start(mean, u, pilot) <= 0.98


def test_word_of_others_by_hand() -> None:
    """0.5 of promises told, 0.2 of it by oneself; half trusting; hearing a quarter of others, or all with a register."""
    assert trust.word_heard(0.5, 0.2, 0.5, 0.25, 0.0, 0.8) == approx(0.8 * 0.5 * 0.25 * 0.3)
    assert trust.word_heard(0.5, 0.2, 0.5, 0.25, 1.0, 0.8) == approx(0.8 * 0.5 * 0.3)
    assert trust.word_heard(0.2, 0.2, 1.0, 1.0, 1.0, 2.0) == 0.0  # only what others tell is news
    assert trust.word_heard(0.9, 0.1, 1.0, 1.0, 1.0, 0.0) == 0.0


def test_what_was_heard_adds_to_what_was_seen() -> None:
    """One promise kept about half of everything, nothing forgotten; then a quarter of a good word, half of a bad one."""
    assert trust.evidence_after(2.0, 3.0, 1.0, 1.0, 0.5, 1.0, 1.6, 1.8, 2.2, 0.25, 0.5) == (2.75, 3.5)
