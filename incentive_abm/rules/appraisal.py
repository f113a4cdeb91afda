"""A: what sharing would mean to each side, given its values: "the solution looks different depending on where you stand"."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share

MONEY_PART, STAFF_PART, INFORMATION_PART = 0.45, 0.30, 0.25
"""What full sharing of each resource adds to joint work (the productivities g). Assumed: money first, for it moves care."""


@rule
def stress_of(balance: float) -> float:
    """A. Financial stress, 0..1: clip(−balance / 0.03); balance is a share of a year's income.

    Source: 001-10 (deficits press); assumed that a deficit of 3% is full stress.
    """
    return share(-balance / 0.03)


@rule
def felt_weights(evidence: float, targets: float, finance: float, person: float, community: float, equity: float,
                 common_purpose: float, stress: float, target_pressure: float) -> tuple[float, float, float, float, float, float]:
    """A, V4. The six weights as they press on a decision: money more under stress, targets under pressure from above.

    finance × (1 + 1.5·stress), targets × (0.4 + 1.2·target_pressure), person + common_purpose; made to sum to 1.
    Source: 001-4, 001-10, 000-8; coefficients assumed: a weight at most doubles or so.
    """
    t = targets * (0.4 + 1.2 * target_pressure)
    f = finance * (1.0 + 1.5 * stress)
    p = person + common_purpose
    scale = 1.0 / (evidence + t + f + p + community + equity)
    return evidence * scale, t * scale, f * scale, p * scale, community * scale, equity * scale


@rule
def voice(power_sharing: float, size_share: float, voluntary: float, other_voluntary: float, community_control: float) -> float:
    """A, Q2. How much say a side has: by size unless power is shared; community control hands voluntary partners more.

    voice = power_sharing/2 + (1 − power_sharing)·size share; then voluntary side: + c·(1 − voice); facing one: × (1 − c).
    Source: 002-5, 003-6, 002-9.
    """
    say = 0.5 * power_sharing + (1.0 - power_sharing) * size_share
    say = say + voluntary * community_control * (1.0 - say)
    return say * (1.0 - other_voluntary * community_control * (1.0 - voluntary))


@rule
def solution_quality(distance: float, listening: float, innovation: float, practice: float, target_pressure: float) -> float:
    """O1. How good a joint solution can be: diversity pays when it is listened to, freedom when it is balanced.

    q = 0.8 + 0.9·distance·(2·listening − 1) + 0.6·innovation·(1 − 0.6·target_pressure) + 0.2·practice, at least 0.1.
    Source: 000-2 (Hong & Page 2004 for diversity); 000-6; practice (O5) is the front line's proven ways of working.
    """
    q = 0.8 + 0.9 * distance * (2.0 * listening - 1.0) + 0.6 * innovation * (1.0 - 0.6 * target_pressure) + 0.2 * practice
    return q if q > 0.1 else 0.1


@rule
def innovation_of(autonomy: float, accountability: float) -> float:
    """O1. Innovation from freedom held in balance: autonomy·accountability·(1 − |autonomy − accountability|).

    Source: 000-6 ("freedoms and accountabilities held clearly in balance").
    """
    return autonomy * accountability * (1.0 - abs(autonomy - accountability))


@rule
def joint_worth(evidence: float, targets: float, finance: float, person: float, community: float, equity: float, trust: float,
                quality: float, information: float, other_reach: float, say: float, effect: float, saving: float,
                own_budget: float) -> float:
    """A. Worth of full joint work to one side, given its felt weights.

    B = p·q·[effect·(1 − ω)·(person + evidence·(0.3 + 0.7·information) + equity·(0.5 + reach of the other) + 0.4·targets
        + community·voice) + finance·saving/0.2], with p its trust, q the solution's quality, ω own_budget_weight (Q3).
    Source: 000-8 (the person first), 002-2 (who is included), 000-5 for ω; the weights of the terms are assumed.
    """
    people = person + evidence * (0.3 + 0.7 * information) + equity * (0.5 + other_reach) + 0.4 * targets + community * say
    return trust * quality * (effect * (1.0 - own_budget) * people + finance * saving / 0.2)


@rule
def money_loss(finance: float, stranded: float, payment_reform: float) -> float:
    """A. What sharing money costs the side that is left with fixed costs: finance·stranded·(1 − payment_reform)·2.

    Source: 001-9.
    """
    return finance * stranded * (1.0 - payment_reform) * 2.0


@rule
def voice_loss(community: float, say: float) -> float:
    """A. What sharing money costs a side that has little say over it: community·(1 − voice)·0.25. Source: 003-6."""
    return community * (1.0 - say) * 0.25


@rule
def target_loss(targets: float, target_pressure: float, horizon: float) -> float:
    """A. What lending staff costs while targets are due: targets·target_pressure·(1 − horizon/2)·0.5. Source: 001-4."""
    return targets * target_pressure * (1.0 - 0.5 * horizon) * 0.5


@rule
def pressure_loss(pressure: float) -> float:
    """A. What lending staff costs under other pressures: 0.1·pressure. Source: 003-9."""
    return 0.1 * pressure


@rule
def information_loss(evidence: float, information: float) -> float:
    """A. Wariness of opening one's records to a partner little known: evidence·0.15·(1 − information).

    Source: information-sharing rules as a barrier in published evaluations.
    """
    return evidence * 0.15 * (1.0 - information)


@rule
def marginal_benefits(worth: float, money_loss: float, voice_loss: float, target_loss: float, pressure_loss: float,
                      information_loss: float, lure: float) -> tuple[float, float, float]:
    """A, C6. What sharing a little more money, staff and information is worth: each one's part of B, less what it costs.

    (0.45·B − money loss − voice loss + deadline lure, 0.30·B − target loss − pressure loss, 0.25·B − information loss).
    By definition: the worth is divided by what each resource adds to it.
    """
    return (MONEY_PART * worth - money_loss - voice_loss + lure, STAFF_PART * worth - target_loss - pressure_loss,
            INFORMATION_PART * worth - information_loss)


@rule
def clear_decisions(decision_clarity: float, directives: float, lead_skill: float, led: float) -> float:
    """P2, L2. Decision clarity in force: conflicting directives take from it, an able convenor adds, a poor one takes.

    clarity · (1 − 0.04·directives) + 0.3·led·(lead skill − 0.3), within 0..1.
    Source: 004-9 (fourteen working groups); 004-7.
    """
    return share(decision_clarity * (1.0 - 0.04 * directives) + 0.3 * led * (lead_skill - 0.3))


@rule
def distance_factor(distance: float, listening: float) -> float:
    """A. What a distance of values adds to the cost of joint work: 2.5·distance·(1 − 0.6·listening).

    Source: 001-2 (different value systems), 000-2 (listening makes use of differences); sizes assumed.
    """
    return 2.5 * distance * (1.0 - 0.6 * listening)


@rule
def bias_factor(role_bias: float, information: float) -> float:
    """A. What over-stating one's own part adds to the cost of joint work: role_bias·(1 − information). Source: 001-15."""
    return role_bias * (1.0 - information)


@rule
def joint_cost(distance: float, listening: float, clarity: float, skill: float, role_bias: float, information: float,
               boundary_cost: float, crosses: float) -> float:
    """A. Steepness of the cost of joint work, as one side sees it.

    c = 0.12·(1 + 2.5·distance·(1 − 0.6·listening))·(1.3 − 0.6·clarity)·(1.2 − 0.6·skill)
        ·(1 + role_bias·(1 − information))·(1 + boundary_cost·[kinds differ])
    Source: 001-15 for role_bias; 000-1 for boundary_cost; 004-7 for skill; 003-13 for listening; sizes assumed.
    """
    base = 0.12 * (1.0 + distance_factor(distance, listening)) * (1.3 - 0.6 * clarity) * (1.2 - 0.6 * skill)
    return base * (1.0 + bias_factor(role_bias, information)) * (1.0 + boundary_cost * crosses)


@rule
def utility(money: float, staff: float, information: float, cost: float, s1: float, s2: float, s3: float) -> float:
    """A. Worth of scopes (s1, s2, s3) to one side: Σ b·s − ½·c·Σ s²."""
    return money * s1 + staff * s2 + information * s3 - 0.5 * cost * (s1 * s1 + s2 * s2 + s3 * s3)


@rule
def breadth(s1: float, s2: float, s3: float) -> float:
    """A. One number for how much is shared: 0.45·money + 0.30·staff + 0.25·information (the productivities g).

    By definition: each resource counts for what it adds to joint work.
    """
    return MONEY_PART * s1 + STAFF_PART * s2 + INFORMATION_PART * s3


@rule
def power_shared(power_sharing: float, lead_hospital: float) -> float:
    """L2. Power sharing in force: halved where a leader with a hospital background leads the place. Source: 004-8."""
    return power_sharing * (1.0 - 0.5 * lead_hospital)
