"""Rivals of trust and of values: worked examples, what always holds, and the published limits that they must meet."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from drawing import EVIDENCE, SHARE, approx, between
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.rivals import trust, values
from incentive_abm.rules import trust as shipped_trust
from incentive_abm.rules import values as shipped_values
from tools.rival_examples import beliefs, by_rival, moved

Rule = Callable[..., float]
PROMISES = st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=40)


def learnt(rule: Callable[..., tuple[float, float]], promises: list[float], scope: float = 1.0, alpha: float = 1.0,
           beta: float = 1.0) -> tuple[float, float]:
    for kept in promises:
        alpha, beta = rule(alpha, beta, kept, 1.0, scope, 0.96, 1.6, 1.0, 1.0, 0.0, 0.0)
    return alpha, beta


def test_the_example_of_trust_is_worked_by_hand() -> None:
    found = {name: beliefs(rule) for name, rule in by_rival("trust")}
    assert found["bayesian"] == approx([2.5 / 4.5, 3 / 5, 3 / 5.5, 3.4 / 5.9])
    assert found["image"] == approx([0.5 + 1 / 10.2, 0.5 + 2 / 10.2, 0.5 + 1 / 10.2, 0.5 + 2.4 / 10.2])
    kept = trust.RECENCY * (trust.RECENCY * 2 + 0.5) + 0.5
    assert found["apart"][1] == approx(kept / (kept + trust.RECENCY**2 * 2), abs=1e-5)
    assert found["none"] == [0.5] * 4


@given(PROMISES, EVIDENCE, EVIDENCE, SHARE)
def test_bayesian_trust_is_the_beta_update_in_closed_form_whatever_the_order(promises: list[float], alpha: float, beta: float,
                                                                           scope: float) -> None:
    kept, n = sum(promises), len(promises)
    found = learnt(trust.bayesian_evidence_after, promises, scope, alpha, beta)
    assert found == approx((alpha + scope * kept, beta + scope * (n - kept)))
    assert learnt(trust.bayesian_evidence_after, sorted(promises), scope, alpha, beta) == approx(found)


def test_bayesian_trust_comes_to_the_share_that_is_kept() -> None:
    assert shipped_trust.mean_trust(*learnt(trust.bayesian_evidence_after, [1.0, 1.0, 0.0] * 5000)) == approx(2 / 3, abs=1e-4)
    # The shipped rule weighs a loss more, and so ends lower; that is what the two differ in.
    assert shipped_trust.mean_trust(*learnt(shipped_trust.evidence_after, [1.0, 1.0, 0.0] * 5000)) < 0.6


@given(between(0.05, 1.0))
def test_trust_apart_halves_in_five_quarters_and_comes_to_rest(scope: float) -> None:
    assert learnt(trust.apart_evidence_after, [1.0] * 5, 0.0, 8.0, 4.0) == approx((4.0, 2.0), abs=1e-4)
    assert learnt(trust.apart_evidence_after, [1.0] * 400, scope)[0] == approx((scope + 1e-6) / (1.0 - trust.RECENCY))


@given(EVIDENCE, EVIDENCE, between(0.1, 5.0), between(0.1, 50.0))
def test_a_word_counts_for_less_the_more_one_has_seen(alpha: float, beta: float, word: float, more: float) -> None:
    def heard(seen: float) -> float:
        told = trust.apart_evidence_after(alpha + seen, beta, 0.0, 1.0, 0.0, 0.96, 1.6, 1.0, 1.0, word, 0.0)
        return told[0] - trust.apart_evidence_after(alpha + seen, beta, 0.0, 1.0, 0.0, 0.96, 1.6, 1.0, 1.0, 0.0, 0.0)[0]

    assert 0.0 <= heard(more) <= heard(0.0) + 1e-9
    assert heard(0.0) <= word + 1e-9


@given(PROMISES, SHARE)
def test_an_image_moves_by_one_a_promise_within_its_ends(promises: list[float], scope: float) -> None:
    score = 0.0
    for k, kept in enumerate(promises, 1):
        score = min(max(score + (1.0 if kept else -1.0), -5.0), 5.0)
        belief = shipped_trust.mean_trust(*learnt(trust.image_evidence_after, promises[:k], scope))
        assert belief == approx(0.5 + score / 10.2)


def test_ten_promises_lead_an_image_from_one_end_to_the_other() -> None:
    worst = learnt(trust.image_evidence_after, [0.0] * 7)
    assert worst == approx((0.1, 10.1))
    assert learnt(trust.image_evidence_after, [1.0] * 10, 1.0, *worst) == approx((10.1, 0.1))
    assert learnt(trust.image_evidence_after, [1.0] * 9, 1.0, *worst)[0] < 10.0


@given(between(0.0, 5.0), between(0.0, 5.0), SHARE, SHARE)
def test_an_image_that_all_see_is_heard_whole_and_trusted_by_whoever_listens(told: float, own: float, hearing: float,
                                                                          register: float) -> None:
    heard = trust.image_word_heard(told, own, 0.3, hearing, register, 0.0)
    assert 0.0 <= heard <= max(told - own, 0.0) + 1e-9
    assert trust.image_word_heard(told, own, 0.3, 1.0, register, 0.0) == max(told - own, 0.0)
    assert heard == trust.image_word_heard(told, own, 0.9, hearing, register, 1.0)


@given(EVIDENCE, EVIDENCE, PROMISES, SHARE, between(0.0, 5.0))
def test_without_learning_nothing_moves_belief(alpha: float, beta: float, promises: list[float], scope: float,
                                              word: float) -> None:
    assert learnt(trust.unmoved_evidence_after, promises, scope, alpha, beta) == (alpha, beta)
    assert trust.unmoved_evidence_after(alpha, beta, 1.0, 1.0, scope, 0.9, 1.0, 1.0, 1.0, word, word) == (alpha, beta)


def met(rule: Rule, people: list[float], confidence: float, meetings: int) -> list[float]:
    """People on a scale who meet in pairs, by chance, and each close half of what the rule says of their difference."""
    opinions, chance = list(people), random.Random(1)
    for _ in range(meetings):
        i, j = chance.sample(range(len(opinions)), 2)
        apart = opinions[j] - opinions[i]
        share = 0.5 * rule(abs(apart), confidence, 0.0, 1.0, 1.0, 0.0)
        opinions[i], opinions[j] = opinions[i] + share * apart, opinions[j] - share * apart
    return sorted(opinions)


def clusters(opinions: list[float], apart: float) -> list[list[float]]:
    """Opinions in order, cut wherever there is more between two of them."""
    found = [[opinions[0]]]
    for earlier, later in pairwise(opinions):
        if later - earlier > apart:
            found.append([])
        found[-1].append(later)
    return found


EVENLY = [(k + 0.5) / 200 for k in range(200)]


def test_the_example_of_values_is_worked_by_hand() -> None:
    found = {name: moved(rule) for name, rule in by_rival("values")}
    assert found["bounded"] == approx([0.05 * 0.8, -0.5 * 0.05 * 0.5])
    assert found["no-repulsion"] == approx([0.04, 0.0])
    assert found["averaging"] == approx([0.04, 0.04])
    assert found["none"] == [0.0, 0.0]


@pytest.mark.parametrize(("confidence", "expected"), [(0.5, 1), (0.2, 2)])
def test_without_repulsion_clusters_are_those_of_bounded_confidence(confidence: float, expected: int) -> None:
    ended = met(values.bounded_only, EVENLY, confidence, 20_000)
    assert clusters(ended, 0.01) == clusters(ended, confidence)
    # As published, a few at the ends of the scale may be left alone.
    assert sum(len(each) >= len(EVENLY) // 20 for each in clusters(ended, confidence)) == expected


@given(SHARE, between(0.05, 0.95), SHARE, between(0.0, 0.2), SHARE, SHARE)
def test_without_repulsion_nobody_is_driven_off_and_near_partners_move_as_shipped(distance: float, confidence: float,
                                                                               polemic: float, rate: float, contact: float,
                                                                               joint: float) -> None:
    found = values.bounded_only(distance, confidence, polemic, rate, contact, joint)
    usual = shipped_values.persuasion(distance, confidence, polemic, rate, contact, joint)
    assert found == (usual if distance < confidence else 0.0)
    assert 0.0 <= found <= values.averaging(distance, confidence, polemic, rate, contact, joint)
    assert values.unpersuaded(distance, confidence, polemic, rate, contact, joint) == 0.0


def test_averaging_brings_all_to_the_mean_of_where_they_began() -> None:
    ended = met(values.averaging, EVENLY, 0.01, 20_000)
    assert ended[0] == approx(0.5, abs=1e-6)
    assert ended[-1] == approx(0.5, abs=1e-6)
    assert met(values.unpersuaded, EVENLY, 0.5, 200) == EVENLY
