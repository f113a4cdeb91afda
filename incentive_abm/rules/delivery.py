"""D, O: each side keeps its promise or not; what follows for the people served."""

from __future__ import annotations

import math

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import logistic, power, share


@rule
def engagement(breadth: float) -> float:
    """D1. How much of its fallback a partner has given up at today's sharing: clip(breadth / 0.3).

    Assumed: a deal still being taken up is not yet set against all of the fallback.
    """
    return share(breadth / 0.3)


@rule
def crisis_of(balance: float) -> float:
    """D1. Financial crisis, 0..1: overspending by 3% of a year's income (none) to 6% (full).

    Source: pattern 5 (Torbay's risk share was left in 2017 after a £12m overspend, about 3% of income); steepness assumed.
    """
    return share((-balance - 0.03) / 0.03)


@rule
def surplus_at(worth: float, paid: float, fallback: float, strain: float, engaged: float) -> float:
    """D1. What a side gains by today's sharing: worth − (what it pays + fallback + strain) · engagement.

    `strain` is crisis_strain · crisis: a partner in crisis cannot carry a shared risk. Source: pattern 5 (Torbay),
    without which no deficit would end what works.
    """
    return worth - (paid + fallback + strain) * engaged


@rule
def keep_chance(surplus: float, ownership: float, identity: float, pressure: float, joint_resolution: float, stress: float,
                target_pressure: float, relational_space: float, skill: float, keep_base: float) -> float:
    """D1. Chance that a side keeps its promise this quarter.

    logistic(keep_base + 6·surplus + 2(ownership − ½) + 1.5(identity − 0.4) − 1.5·pressure·(1 − 0.8·joint_resolution)
             − stress − target_pressure·(1 − relational_space) + 0.8·skill)
    Source: 003-9 for joint_resolution, 002-11 and 002-14 for targets and room to meet, 001-10 for stress; sizes assumed.
    """
    odds = keep_base + 6.0 * surplus + 2.0 * (ownership - 0.5) + 1.5 * (identity - 0.4)
    odds = odds - 1.5 * pressure * (1.0 - 0.8 * joint_resolution) - stress
    return logistic(odds - target_pressure * (1.0 - relational_space) + 0.8 * skill)


@rule
def keeps(u: float, chance: float) -> float:
    """D1. 1 where the promise is kept, else 0."""
    return 1.0 if u < chance else 0.0


@rule
def joint_quality(identity: float, trust_ab: float, trust_ba: float, information: float) -> float:
    """O2. Quality of joint work: (identity · √(trust a→b · trust b→a) · information)^⅓. All three are needed.

    Source: 001-16 (identity, relationships, information).
    """
    return power(identity * math.sqrt(trust_ab * trust_ba) * information, 1.0 / 3.0)


@rule
def delivered(breadth: float, kept_a: float, kept_b: float, joint: float) -> float:
    """O3. Joint work delivered on a tie: breadth · both kept · joint-work quality; with chances, what to expect."""
    return breadth * kept_a * kept_b * joint


@rule
def outcome_of(work: float, quality: float, voluntary: float, community_control: float, skill: float) -> float:
    """O3, Q2. What people get from joint work on a tie: work · solution quality · effect of community control.

    With a voluntary side and control c: factor 1 + 0.6·c − 0.6·c²·(1 − its skill): letting go helps, and can overstrain.
    Source: 002-9 (rising or an inverted U: the data must say).
    """
    letting_go = 1.0 + voluntary * (0.6 * community_control - 0.6 * community_control * community_control * (1.0 - skill))
    return work * quality * letting_go


@rule
def outcome_weight(weight: float, wider: float, wider_determinants: float) -> float:
    """O3. Weight of a tie in what people get: more for ties with a council or voluntary partner. Source: 002-1."""
    return weight * (wider * wider_determinants + (1.0 - wider) * (1.0 - wider_determinants))


@rule
def is_seamless(expected: float, seamless_quality: float) -> float:
    """O4. 1 where a hand-off over the tie is integrated: expected joint work reaches seamless_quality, else 0."""
    return 1.0 if expected >= seamless_quality else 0.0


@rule
def practice_tried(practice: float, tried: float, works: float, autonomy: float, accountability: float,
                   experiment_rate: float) -> float:
    """O5. Proven ways of working after a quarter's experiment: tried by chance rate·autonomy, kept when it works.

    practice' = practice + 0.15·(1 − practice) where it worked (chance 0.3 + 0.5·accountability); else fades by 1%.
    Source: 002-8 (experiment, prototype, make normal).
    """
    tries = tried < experiment_rate * autonomy
    good = works < 0.3 + 0.5 * accountability
    return practice + 0.15 * (1.0 - practice) if tries and good else practice * 0.99


@rule
def lead_over(mine: float, other: float) -> float:
    """K2, O5. How far the other is ahead, never below 0."""
    ahead = other - mine
    return ahead if ahead > 0.0 else 0.0
