"""A: what sharing would mean to each side, given its values: "the solution looks different depending on where you stand"."""

from __future__ import annotations

from typing import Any

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share


@rule
def stress_of(balance: Any) -> Any:
    """A. Financial stress, 0..1: clip(−balance / 0.03); balance is a share of a year's income.

    Source: model specification §1; a deficit of 3% is full stress.
    """
    return share(-balance / 0.03)


@rule
def felt_weights(evidence: Any, targets: Any, finance: Any, person: Any, community: Any, equity: Any,
                 common_purpose: Any, stress: Any, target_pressure: Any) -> Any:
    """A, V4. The six weights as they press on a decision: money more under stress, targets under pressure from above.

    finance × (1 + 1.5·stress), targets × (0.4 + 1.2·target_pressure), person + common_purpose; made to sum to 1.
    Source: 001-4, 001-10, 000-8; coefficients from the model specification.
    """
    t = targets * (0.4 + 1.2 * target_pressure)
    f = finance * (1.0 + 1.5 * stress)
    p = person + common_purpose
    scale = 1.0 / (evidence + t + f + p + community + equity)
    return evidence * scale, t * scale, f * scale, p * scale, community * scale, equity * scale


@rule
def voice(power_sharing: Any, size_share: Any, voluntary: Any, other_voluntary: Any, community_control: Any) -> Any:
    """A, Q2. How much say a side has: by size unless power is shared; community control hands voluntary partners more.

    voice = power_sharing/2 + (1 − power_sharing)·size share; then voluntary side: + c·(1 − voice); facing one: × (1 − c).
    Source: 002-5, 003-6, 002-9.
    """
    say = 0.5 * power_sharing + (1.0 - power_sharing) * size_share
    say = say + voluntary * community_control * (1.0 - say)
    return say * (1.0 - other_voluntary * community_control * (1.0 - voluntary))


@rule
def solution_quality(distance: Any, listening: Any, innovation: Any, practice: Any, target_pressure: Any) -> Any:
    """O1. How good a joint solution can be: diversity pays when it is listened to, freedom when it is balanced.

    q = 0.8 + 0.9·distance·(2·listening − 1) + 0.6·innovation·(1 − 0.6·target_pressure) + 0.2·practice, at least 0.1.
    Source: 000-2 (Hong & Page 2004 for diversity); 000-6; practice (O5) is the front line's proven ways of working.
    """
    q = 0.8 + 0.9 * distance * (2.0 * listening - 1.0) + 0.6 * innovation * (1.0 - 0.6 * target_pressure) + 0.2 * practice
    return q if q > 0.1 else 0.1


@rule
def innovation_of(autonomy: Any, accountability: Any) -> Any:
    """O1. Innovation from freedom held in balance: autonomy·accountability·(1 − |autonomy − accountability|).

    Source: 000-6 ("freedoms and accountabilities held clearly in balance").
    """
    return autonomy * accountability * (1.0 - abs(autonomy - accountability))


@rule
def joint_worth(evidence: Any, targets: Any, finance: Any, person: Any, community: Any, equity: Any, trust: Any,
                quality: Any, information: Any, other_reach: Any, say: Any, effect: Any, saving: Any, own_budget: Any) -> Any:
    """A. Worth of full joint work to one side, given its felt weights.

    B = p·q·[effect·(1 − ω)·(person + evidence·(0.3 + 0.7·information) + equity·(0.5 + reach of the other) + 0.4·targets
        + community·voice) + finance·saving/0.2], with p its trust, q the solution's quality, ω own_budget_weight (Q3).
    Source: model specification A; 000-5 for ω.
    """
    people = person + evidence * (0.3 + 0.7 * information) + equity * (0.5 + other_reach) + 0.4 * targets + community * say
    return trust * quality * (effect * (1.0 - own_budget) * people + finance * saving / 0.2)


@rule
def money_loss(finance: Any, stranded: Any, payment_reform: Any) -> Any:
    """A. What sharing money costs the side that is left with fixed costs: finance·stranded·(1 − payment_reform)·2.

    Source: 001-9.
    """
    return finance * stranded * (1.0 - payment_reform) * 2.0


@rule
def voice_loss(community: Any, say: Any) -> Any:
    """A. What sharing money costs a side that has little say over it: community·(1 − voice)·0.25. Source: 003-6."""
    return community * (1.0 - say) * 0.25


@rule
def target_loss(targets: Any, target_pressure: Any, horizon: Any) -> Any:
    """A. What lending staff costs while targets are due: targets·target_pressure·(1 − horizon/2)·0.5. Source: 001-4."""
    return targets * target_pressure * (1.0 - 0.5 * horizon) * 0.5


@rule
def pressure_loss(pressure: Any) -> Any:
    """A. What lending staff costs under other pressures: 0.1·pressure. Source: 003-9."""
    return 0.1 * pressure


@rule
def information_loss(evidence: Any, information: Any) -> Any:
    """A. Wariness of opening one's records to a partner little known: evidence·0.15·(1 − information).

    Source: information-sharing rules as a barrier in published evaluations.
    """
    return evidence * 0.15 * (1.0 - information)


@rule
def clear_decisions(decision_clarity: Any, directives: Any, lead_skill: Any, led: Any) -> Any:
    """P2, L2. Decision clarity in force: conflicting directives take from it, an able convenor adds, a poor one takes.

    clarity · (1 − 0.04·directives) + 0.3·led·(lead skill − 0.3), within 0..1.
    Source: 004-9 (fourteen working groups); 004-7.
    """
    return share(decision_clarity * (1.0 - 0.04 * directives) + 0.3 * led * (lead_skill - 0.3))


@rule
def joint_cost(distance: Any, listening: Any, clarity: Any, skill: Any, role_bias: Any, information: Any,
               boundary_cost: Any, crosses: Any) -> Any:
    """A. Steepness of the cost of joint work, as one side sees it.

    c = 0.12·(1 + 2.5·distance·(1 − 0.6·listening))·(1.3 − 0.6·clarity)·(1.2 − 0.6·skill)
        ·(1 + role_bias·(1 − information))·(1 + boundary_cost·[kinds differ])
    Source: model specification A; 001-15 for role_bias; 000-1 for boundary_cost.
    """
    base = 0.12 * (1.0 + 2.5 * distance * (1.0 - 0.6 * listening)) * (1.3 - 0.6 * clarity) * (1.2 - 0.6 * skill)
    return base * (1.0 + role_bias * (1.0 - information)) * (1.0 + boundary_cost * crosses)


@rule
def utility(money: Any, staff: Any, information: Any, cost: Any, s1: Any, s2: Any, s3: Any) -> Any:
    """A. Worth of scopes (s1, s2, s3) to one side: Σ b·s − ½·c·Σ s²."""
    return money * s1 + staff * s2 + information * s3 - 0.5 * cost * (s1 * s1 + s2 * s2 + s3 * s3)


@rule
def breadth(s1: Any, s2: Any, s3: Any) -> Any:
    """A. One number for how much is shared: 0.45·money + 0.30·staff + 0.25·information (the productivities g).

    Source: model specification A.
    """
    return 0.45 * s1 + 0.30 * s2 + 0.25 * s3


@rule
def power_shared(power_sharing: Any, lead_hospital: Any) -> Any:
    """L2. Power sharing in force: halved where a leader with a hospital background leads the place. Source: 004-8."""
    return power_sharing * (1.0 - 0.5 * lead_hospital)
