"""T: a promise kept or broken is evidence about the partner who made it."""

from __future__ import annotations

from incentive_abm.compiling import rule


@rule
def mean_trust(alpha: float, beta: float) -> float:
    """T. Belief that the other keeps its promises: the mean of Beta(alpha, beta)."""
    return alpha / (alpha + beta)


@rule
def seen_kept(kept: float, u: float, obligations_clarity: float, information: float) -> float:
    """T2. What the other side sees: a kept promise looks broken with chance 0.4·(1 − clarity)·(1 − information).

    Source: 003-4; noise in repeated games, Wu & Axelrod 1995.
    """
    misread = u < 0.4 * (1.0 - obligations_clarity) * (1.0 - information)
    return 0.0 if misread else kept


@rule
def credit(u: float, outcomes_stated: float) -> float:
    """T2. Credit for a kept promise: half with chance 0.35·(1 − outcomes_stated), else full. Source: 003-5."""
    return 0.5 if u < 0.35 * (1.0 - outcomes_stated) else 1.0


@rule
def evidence_for(alpha: float, kept: float, credited: float, scope: float, trust_memory: float, prior: float) -> float:
    """T1. α' = memory·α + scope·kept·credit + (1 − memory)·prior α.

    Source: Jøsang & Ismail 2002, with forgetting toward the prior.
    """
    return trust_memory * alpha + scope * kept * credited + (1.0 - trust_memory) * prior


@rule
def evidence_against(beta: float, kept: float, scope: float, trust_memory: float, loss_aversion: float, prior: float) -> float:
    """T1. β' = memory·β + loss_aversion·scope·(1 − kept) + (1 − memory)·prior β.

    Source: Jøsang & Ismail 2002; losses weigh more: Slovic 1993 (contested: Zhu 2023; 1 = no loss aversion).
    """
    return trust_memory * beta + loss_aversion * scope * (1.0 - kept) + (1.0 - trust_memory) * prior


@rule
def word_heard(told: float, own: float, trusting: float, hearing: float, register: float, word_travels: float) -> float:
    """T4. What a partner hears of promises that another kept (or broke) to others last quarter, as evidence about it.

    word_travels·trusting·(hearing + (1 − hearing)·register)·(told − own)⁺: as far as it trusts those it deals with, and of as
    many as it hears, more with a register; losses weigh no more in what is told (Zhu 2023). Source: Raub & Weesie 1990;
    Nowak & Sigmund 1998; Sommerfeld et al. 2007; 004-4.
    """
    others = told - own
    others = others if others > 0.0 else 0.0
    return word_travels * trusting * (hearing + (1.0 - hearing) * register) * others


@rule
def evidence_after(alpha: float, beta: float, kept: float, credited: float, scope: float, trust_memory: float,
                   loss_aversion: float, prior_for: float, prior_against: float, good_word: float,
                   bad_word: float) -> tuple[float, float]:
    """T1, T4. All evidence about the other after a quarter, for it and against: its own, and what was heard, as if seen."""
    return (evidence_for(alpha, kept, credited, scope, trust_memory, prior_for) + good_word,
            evidence_against(beta, kept, scope, trust_memory, loss_aversion, prior_against) + bad_word)


@rule
def evidence_after_leader(evidence: float, prior: float, handover: float) -> float:
    """T3. What is left of a relationship when the other's leader changes: prior + (0.4 + 0.6·handover)·(evidence − prior).

    Source: 003-3.
    """
    return prior + (0.4 + 0.6 * handover) * (evidence - prior)


@rule
def evidence_of_acting_alone(beta: float, shock: float, breadth: float, joint_resolution: float) -> float:
    """C5. Acting alone under a shock is evidence against: β + 0.5·shock·breadth·(1 − joint_resolution). Source: 003-10."""
    return beta + 0.5 * shock * breadth * (1.0 - joint_resolution)


@rule
def trust_at_start(mean: float, u: float, pilot: float) -> float:
    """T. First belief in the other: mean ± 0.1, a third of the way to 1 where a pilot ran; within 0.02..0.98.

    Source: assumed; 004-3 for pilots.
    """
    believed = mean - 0.1 + 0.2 * u
    believed = believed + pilot * (1.0 - believed) / 3.0
    believed = believed if believed > 0.02 else 0.02
    return believed if believed < 0.98 else 0.98


@rule
def evidence_of_walk_out(beta: float, left: float) -> float:
    """C3. A walk-out is evidence against, both ways: β + 2. Assumed: as two full promises broken."""
    return beta + 2.0 * left
