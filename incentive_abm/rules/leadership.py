"""L, K: leaders come and go; skill in integration is learnt by doing, and from people."""

from __future__ import annotations

import math

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share


@rule
def departs(u: float, turnover: float, stress: float) -> float:
    """L1. 1 where the leader leaves this quarter: chance turnover·(0.7 + 0.8·stress).

    Source: median tenure of NHS chief executives about 3 years; pattern 9 (distress and churn go together).
    """
    return 1.0 if u < turnover * (0.7 + 0.8 * stress) else 0.0


@rule
def successor_background(u: float, integrators_appointed: float, hospital_background: float) -> float:
    """L2. Where a successor comes from: 2 integrator, 1 hospital, 0 own sector. Source: 004-7, 004-8."""
    hospital = 1.0 if u < integrators_appointed + (1.0 - integrators_appointed) * hospital_background else 0.0
    return 2.0 if u < integrators_appointed else hospital


@rule
def successor_skill(u: float, background: float, mean_skill: float) -> float:
    """L2. A successor's skill in integration: integrator 0.6..0.95, hospital 0.05..0.35, own sector mean ± 0.2.

    Source: 004-7; ranges assumed.
    """
    own = share(mean_skill - 0.2 + 0.4 * u)
    hospital = 0.05 + 0.30 * u
    other = hospital if background == 1.0 else own
    return 0.60 + 0.35 * u if background == 2.0 else other


@rule
def skill_at_start(u: float, skill_start: float) -> float:
    """L. A first leader's skill: mean ± 0.2, within 0..1. Assumed."""
    return share(skill_start - 0.2 + 0.4 * u)


@rule
def tenure_at_start(u: float) -> float:
    """L. Quarters that a first leader has been there: a whole number from 0 to 23. Assumed: nobody longer than six years."""
    return float(math.floor(24.0 * u))


@rule
def value_under_leader(value: float, trust_profile: float, background: float) -> float:
    """L2. A partner's weight when a new leader arrives: a hospital leader pulls it a quarter of the way to a trust's.

    Source: 004-8 ("if we want a hospital centred system, continue to put people in charge who have run hospitals").
    """
    return value + 0.25 * (trust_profile - value) if background == 1.0 else value


@rule
def ownership_under_leader(ownership: float, handover: float, background: float) -> float:
    """L2. Ownership that survives a change of leader: × (0.4 + 0.6·handover); an integrator brings at least 0.5.

    Source: 003-3, 004-7.
    """
    left = ownership * (0.4 + 0.6 * handover)
    floor = 0.5 if background == 2.0 else 0.0
    return left if left > floor else floor


@rule
def taught_across(peer_teaching: float, teaching: float, trust: float, lead: float) -> float:
    """K2, K5. Skill gained from one neighbour: peer_teaching·(0.5 + 0.5·its teaching)·trust·its lead. Source: 004-5."""
    return peer_teaching * (0.5 + 0.5 * teaching) * trust * lead


@rule
def skill_after(skill: float, joint_work: float, taught: float, best_skill: float, learning_rate: float, toolkits: float,
                register: float, peer_teaching: float) -> float:
    """K1–K4. Skill after a quarter: by doing, from neighbours, from toolkits, from the best in the place.

    skill' = skill + learning_rate·joint work·(1 − skill)·5 + taught + 0.05·toolkits·(⅓ − skill)⁺
        + 0.5·register·peer_teaching·(best − skill)⁺
    Source: 004-4, 004-5; Polanyi 1966 (only the explicit third can be written down).
    """
    explicit = 1.0 / 3.0 - skill
    explicit = explicit if explicit > 0.0 else 0.0
    ahead = best_skill - skill
    ahead = ahead if ahead > 0.0 else 0.0
    gain = 5.0 * learning_rate * joint_work * (1.0 - skill) + taught + 0.05 * toolkits * explicit
    return share(skill + gain + 0.5 * register * peer_teaching * ahead)


@rule
def not_forgotten(level: float, work: float, skill_fading: float) -> float:
    """K6. What is left of skill or of proven ways of working after a quarter: level·(1 − fading·(1 − joint work)).

    Source: organisations forget what they do not use, Argote, Beckman & Epple 1990; Benkard 2000.
    """
    return level * (1.0 - skill_fading * (1.0 - work))


@rule
def teaching_after(teaching: float, teaching_training: float, skill: float) -> float:
    """K5. Ability to teach after a quarter: + 0.1·training·skill·(1 − teaching). Source: 004-6."""
    return share(teaching + 0.1 * teaching_training * skill * (1.0 - teaching))
