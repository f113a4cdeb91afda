"""Other accounts of how trust is learnt."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import clip

RECENCY = 0.8705505632961241
"""What a past encounter weighs after one quarter: half after five (FIRE's setting for its simulations)."""


@rule
def bayesian_evidence_after(alpha: float, beta: float, kept: float, credited: float, scope: float, trust_memory: float,
                            loss_aversion: float, prior_for: float, prior_against: float, good_word: float,
                            bad_word: float) -> tuple[float, float]:
    """R-T1. Nothing is forgotten, and losses weigh as gains: α' = α + scope·kept·credit, β' = β + scope·(1 − kept).

    Source: the beta reputation system without forgetting, Jøsang & Ismail 2002. What is heard counts as if seen, as shipped.
    """
    return alpha + scope * kept * credited + good_word, beta + scope * (1.0 - kept) + bad_word


@rule
def apart_evidence_after(alpha: float, beta: float, kept: float, credited: float, scope: float, trust_memory: float,
                         loss_aversion: float, prior_for: float, prior_against: float, good_word: float,
                         bad_word: float) -> tuple[float, float]:
    """R-T2. Immediate trust lives on recent encounters; reputation fills in only where there are few of them.

    α' = 0.87·α + scope·kept·credit + word / (1 + α + β), and so for β: a past encounter weighs half after five quarters.
    Source: FIRE, Huynh, Jennings & Shadbolt 2006 (interaction trust by recency; witnesses by reliability); forms assumed.
    """
    room = 1.0 / (1.0 + alpha + beta)
    return (RECENCY * alpha + scope * kept * credited + 1e-6 + room * good_word,
            RECENCY * beta + scope * (1.0 - kept) + 1e-6 + room * bad_word)


@rule
def image_evidence_after(alpha: float, beta: float, kept: float, credited: float, scope: float, trust_memory: float,
                         loss_aversion: float, prior_for: float, prior_against: float, good_word: float,
                         bad_word: float) -> tuple[float, float]:
    """R-T3. The other's image, −5..5, rises by 1 with a promise kept and falls by 1 with one broken, however much was shared.

    s' = clip(s ± 1 + good word − bad word, −5, 5) with s = 5.1·(α − β) / (α + β); α' = 5.1 + s', β' = 5.1 − s', so that belief
    is ½ + s / 10.2. Source: Nowak & Sigmund 1998; belief linear in the image, and never quite 0 or 1, is assumed.
    """
    image = clip(5.1 * (alpha - beta) / (alpha + beta) + 2.0 * kept - 1.0 + good_word - bad_word, -5.0, 5.0)
    return 5.1 + image, 5.1 - image


@rule
def image_word_heard(told: float, own: float, trusting: float, hearing: float, register: float, word_travels: float) -> float:
    """R-T3. An image is public, and taken as it is: (hearing + (1 − hearing)·register)·(told − own)⁺.

    Source: Nowak & Sigmund 1998, who let a share of all observe each act.
    """
    others = told - own
    others = others if others > 0.0 else 0.0
    return (hearing + (1.0 - hearing) * register) * others


@rule
def unmoved_evidence_after(alpha: float, beta: float, kept: float, credited: float, scope: float, trust_memory: float,
                           loss_aversion: float, prior_for: float, prior_against: float, good_word: float,
                           bad_word: float) -> tuple[float, float]:
    """R-T4. Left out: nothing is learnt from promises, nor from what is told. Source: a null model, by definition."""
    return alpha, beta
