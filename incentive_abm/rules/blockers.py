"""What holds one side of a tie back: its shortfall taken apart, and the same checked by removing one part at a time."""

from __future__ import annotations

from typing import Any

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share


@rule
def best_gain(money: Any, staff: Any, information: Any, cost: Any, per_cost: Any, fallback: Any) -> Any:
    """Blockers. What a side would gain by its own best deal: Σ max(b·s − ½·c·s²) over s in 0..1, less its fallback.

    `per_cost` is 1 / cost.
    """
    s1 = share(money * per_cost)
    s2 = share(staff * per_cost)
    s3 = share(information * per_cost)
    return money * s1 + staff * s2 + information * s3 - 0.5 * cost * (s1 * s1 + s2 * s2 + s3 * s3) - fallback


@rule
def unknown_worth(evidence: Any, trust: Any, quality: Any, information: Any, effect: Any, own_budget: Any) -> Any:
    """Blockers. Worth of joint work that a side cannot see for want of information: p·q·effect·(1−ω)·evidence·0.7·(1−i).

    Source: what information adds to `joint_worth` (model specification A).
    """
    return trust * quality * effect * (1.0 - own_budget) * evidence * 0.7 * (1.0 - information)


@rule
def share_of_cost(factor: Any) -> Any:
    """Blockers. Part of a cost that a factor (1 + factor) accounts for: factor / (1 + factor)."""
    return factor / (1.0 + factor)


@rule
def trust_gap(trust: Any, reference_trust: Any) -> Any:
    """Blockers. Share of worth that is missing for want of the trust that able partners have: (reference / trust − 1)⁺."""
    gap = reference_trust / trust - 1.0
    return gap if gap > 0.0 else 0.0


@rule
def shortfall_terms(worth: Any, money_loss: Any, voice_loss: Any, target_loss: Any, pressure_loss: Any,
                    information_loss: Any, unseen: Any, untrusted: Any, cost: Any, values_factor: Any, bias_factor: Any,
                    relief: Any, waiting: Any, opposed: Any, rosy: Any, reference: Any) -> Any:
    """Blockers. Additive parts of a side's shortfall at the reference scope of all three resources.

    Returns (money, values, trust, targets, waiting, bail-out, opposition, voice, rosy fallback, pressure, information), in
    units of worth; `untrusted` is `trust_gap`. Source: a model-based decomposition; checked by `blocker_by_removal`.
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
    )


@rule
def largest_term(t1: Any, t2: Any, t3: Any, t4: Any, t5: Any, t6: Any, t7: Any, t8: Any, t9: Any, t10: Any, t11: Any) -> Any:
    """Blockers. Number 1..11 of the largest part (the first of equals), and its size."""
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
    return k, top


@rule
def blocker_by_removal(money: Any, staff: Any, information: Any, cost: Any, fallback: Any, worth: Any, money_loss: Any,
                       voice_loss: Any, target_loss: Any, pressure_loss: Any, information_loss: Any, unseen: Any, untrusted: Any,
                       values_factor: Any, bias_factor: Any, relief: Any, waiting: Any, opposed: Any, rosy: Any) -> Any:
    """Blockers. Number 1..11 of the part whose removal alone raises the side's own best gain most.

    Source: counterfactual check asked for by model specification §4; unlike the additive parts it lets scopes respond.
    """
    more = untrusted * worth
    plainer = cost * (1.0 - share_of_cost(bias_factor))
    nearer = cost * (1.0 - share_of_cost(values_factor))
    kind = rosy if rosy > 0.0 else 0.0
    per_cost = 1.0 / cost
    k, _ = largest_term(
        best_gain(money + money_loss, staff, information, cost, per_cost, fallback),
        best_gain(money, staff, information, nearer, 1.0 / nearer, fallback),
        best_gain(money + 0.45 * more, staff + 0.30 * more, information + 0.25 * more, cost, per_cost, fallback),
        best_gain(money, staff + target_loss, information, cost, per_cost, fallback),
        best_gain(money, staff, information, cost, per_cost, fallback - waiting),
        best_gain(money, staff, information, cost, per_cost, fallback - relief),
        best_gain(money, staff, information, cost, per_cost, fallback - opposed),
        best_gain(money + voice_loss, staff, information, cost, per_cost, fallback),
        best_gain(money, staff, information, cost, per_cost, fallback - kind),
        best_gain(money, staff + pressure_loss, information, cost, per_cost, fallback),
        best_gain(money + 0.45 * unseen, staff + 0.30 * unseen, information + 0.25 * unseen + information_loss,
                  plainer, 1.0 / plainer, fallback),
    )
    return k


@rule
def held_back(talk_out_of_time: Any, moving: Any, blocker: Any) -> Any:
    """Blockers. A tie's blocker: 0 where it is moving, 12 where talks ran out of time, else the unwilling side's largest part."""
    stuck = 12.0 if talk_out_of_time > 0.5 else blocker
    return 0.0 if moving > 0.5 else stuck


@rule
def is_moving(moved: Any, expected: Any, seamless_quality: Any) -> Any:
    """Blockers. 1 where a tie is integrated already or its breadth rose by more than 0.005 this quarter, else 0.

    Assumed: less than a two-hundredth a quarter is no movement that anyone would notice.
    """
    rising = 1.0 if moved > 0.005 else 0.0
    return 1.0 if expected >= seamless_quality else rising
