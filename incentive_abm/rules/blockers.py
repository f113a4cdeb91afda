"""What holds one side of a tie back: its shortfall taken apart, and the same checked by removing one part at a time."""

from __future__ import annotations

from typing import TypeAlias

from incentive_abm.compiling import rule
from incentive_abm.rules.appraisal import INFORMATION_PART, MONEY_PART, STAFF_PART
from incentive_abm.rules.arithmetic import share

Parts: TypeAlias = tuple[float, float, float, float, float, float, float, float, float, float, float, float]
"""A number for each part of a shortfall, in the order of `Blocker`."""


@rule
def best_gain(money: float, staff: float, information: float, cost: float, per_cost: float, fallback: float) -> float:
    """Blockers. What a side would gain by its own best deal: Σ max(b·s − ½·c·s²) over s in 0..1, less its fallback.

    `per_cost` is 1 / cost.
    """
    s1 = share(money * per_cost)
    s2 = share(staff * per_cost)
    s3 = share(information * per_cost)
    return money * s1 + staff * s2 + information * s3 - 0.5 * cost * (s1 * s1 + s2 * s2 + s3 * s3) - fallback


@rule
def unknown_worth(evidence: float, trust: float, quality: float, information: float, effect: float, own_budget: float) -> float:
    """Blockers. Worth of joint work that a side cannot see for want of information: p·q·effect·(1−ω)·evidence·0.7·(1−i).

    By definition: what information adds to `joint_worth`.
    """
    return trust * quality * effect * (1.0 - own_budget) * evidence * 0.7 * (1.0 - information)


@rule
def share_of_cost(factor: float) -> float:
    """Blockers. Part of a cost that a factor (1 + factor) accounts for: factor / (1 + factor)."""
    return factor / (1.0 + factor)


@rule
def trust_gap(trust: float, reference_trust: float) -> float:
    """Blockers. Share of worth that is missing for want of the trust that able partners have: (reference / trust − 1)⁺."""
    gap = reference_trust / trust - 1.0
    return gap if gap > 0.0 else 0.0


@rule
def shortfall_terms(worth: float, money_loss: float, voice_loss: float, target_loss: float, pressure_loss: float,
                    information_loss: float, unseen: float, untrusted: float, cost: float, values_factor: float,
                    bias_factor: float, relief: float, waiting: float, opposed: float, rosy: float,
                    unjoined: float, reference: float) -> Parts:
    """Blockers. Additive parts of a side's shortfall at the reference scope of all three resources.

    Returns (money, values, trust, targets, waiting, bail-out, opposition, voice, rosy fallback, pressure, information,
    rest of the way), in units of worth; `untrusted` is `trust_gap`, `unjoined` is `unjoined_worth`.
    Source: a model-based decomposition; checked by `blocker_by_removal`.
    """
    spent = 1.5 * cost * reference * reference
    bias = share_of_cost(bias_factor)
    return (
        money_loss * reference,
        spent * share_of_cost(values_factor),
        untrusted * worth * reference,
        target_loss * reference,
        waiting,
        relief,
        opposed,
        voice_loss * reference,
        rosy if rosy > 0.0 else 0.0,
        pressure_loss * reference,
        (information_loss * 0.25 + unseen) * reference + spent * bias,
        unjoined * reference,
    )


@rule
def largest_term(t1: float, t2: float, t3: float, t4: float, t5: float, t6: float, t7: float, t8: float, t9: float,
                 t10: float, t11: float, t12: float) -> tuple[float, float]:
    """Blockers. Number 1..12 of the largest part (the first of equals), and its size."""
    k = 1.0
    top = t1
    k = 2.0 if t2 > top else k
    top = t2 if t2 > top else top
    k = 3.0 if t3 > top else k
    top = t3 if t3 > top else top
    k = 4.0 if t4 > top else k
    top = t4 if t4 > top else top
    k = 5.0 if t5 > top else k
    top = t5 if t5 > top else top
    k = 6.0 if t6 > top else k
    top = t6 if t6 > top else top
    k = 7.0 if t7 > top else k
    top = t7 if t7 > top else top
    k = 8.0 if t8 > top else k
    top = t8 if t8 > top else top
    k = 9.0 if t9 > top else k
    top = t9 if t9 > top else top
    k = 10.0 if t10 > top else k
    top = t10 if t10 > top else top
    k = 11.0 if t11 > top else k
    top = t11 if t11 > top else top
    k = 12.0 if t12 > top else k
    top = t12 if t12 > top else top
    return k, top


@rule
def blocker_by_removal(money: float, staff: float, information: float, cost: float, fallback: float, worth: float,
                       money_loss: float, voice_loss: float, target_loss: float, pressure_loss: float, information_loss: float,
                       unseen: float, untrusted: float, values_factor: float, bias_factor: float, relief: float, waiting: float,
                       opposed: float, rosy: float,
                       unjoined: float) -> float:
    """Blockers. Number 1..12 of the part whose removal alone raises the side's own best gain most.

    By definition a counterfactual: unlike the additive parts it lets scopes respond.
    """
    more = untrusted * worth
    plainer = cost * (1.0 - share_of_cost(bias_factor))
    nearer = cost * (1.0 - share_of_cost(values_factor))
    kind = rosy if rosy > 0.0 else 0.0
    per_cost = 1.0 / cost
    k, _ = largest_term(
        best_gain(money + money_loss, staff, information, cost, per_cost, fallback),
        best_gain(money, staff, information, nearer, 1.0 / nearer, fallback),
        best_gain(money + MONEY_PART * more, staff + STAFF_PART * more, information + INFORMATION_PART * more, cost, per_cost,
                  fallback),
        best_gain(money, staff + target_loss, information, cost, per_cost, fallback),
        best_gain(money, staff, information, cost, per_cost, fallback - waiting),
        best_gain(money, staff, information, cost, per_cost, fallback - relief),
        best_gain(money, staff, information, cost, per_cost, fallback - opposed),
        best_gain(money + voice_loss, staff, information, cost, per_cost, fallback),
        best_gain(money, staff, information, cost, per_cost, fallback - kind),
        best_gain(money, staff + pressure_loss, information, cost, per_cost, fallback),
        best_gain(money + MONEY_PART * unseen, staff + STAFF_PART * unseen,
                  information + INFORMATION_PART * unseen + information_loss, plainer, 1.0 / plainer, fallback),
        best_gain(money + MONEY_PART * unjoined, staff + STAFF_PART * unjoined, information + INFORMATION_PART * unjoined, cost,
                  per_cost, fallback),
    )
    return k


@rule
def held_back(talk_out_of_time: float, moving: float, blocker: float) -> float:
    """Blockers. A tie's blocker: 0 where it is moving, 13 where talks ran out of time, else the unwilling side's largest part."""
    stuck = 13.0 if talk_out_of_time > 0.5 else blocker
    return 0.0 if moving > 0.5 else stuck


@rule
def is_moving(moved: float, expected: float, seamless_quality: float) -> float:
    """Blockers. 1 where a tie is integrated already or its breadth rose by more than 0.005 this quarter, else 0.

    Assumed: less than a two-hundredth a quarter is no movement that anyone would notice.
    """
    rising = 1.0 if moved > 0.005 else 0.0
    return 1.0 if expected >= seamless_quality else rising
