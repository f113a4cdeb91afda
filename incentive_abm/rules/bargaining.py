"""B: packages on the Pareto frontier, offers and counter-offers, and the Nash benchmark."""

from __future__ import annotations

import math

from incentive_abm.compiling import rule
from incentive_abm.parameters import PARAMETERS
from incentive_abm.rules.appraisal import breadth, utility
from incentive_abm.rules.arithmetic import exp, log, share

NO_LIMIT = PARAMETERS["attention"].high
"""Attention at which it is no longer scarce."""
PACKAGES = 9
NEVER = -1e9
"""Worth of a deal that does not leave both better off: below any that does."""
ROUNDS = 8
LOG_PROGRESS: tuple[float, ...] = tuple(log((r + 1) / 8.0) for r in range(ROUNDS))
"""ln(round / 8) for rounds 1..8."""


@rule
def package_weight(number: float) -> float:
    """B1. Weight λ on side a's interest in package 0..8: number / 8."""
    return number / 8.0


@rule
def package_ease(weight: float, cost_a: float, cost_b: float) -> float:
    """B1. One over the weighted cost of a package: 1 / (λ·c_a + (1−λ)·c_b)."""
    return 1.0 / (weight * cost_a + (1.0 - weight) * cost_b)


@rule
def package_scope(weight: float, benefit_a: float, benefit_b: float, ease: float) -> float:
    """B1. Scope of one resource on the Pareto frontier: clip((λ·b_a + (1−λ)·b_b) · ease).

    Source: maximiser of a weighted sum of quadratic utilities.
    """
    return share((weight * benefit_a + (1.0 - weight) * benefit_b) * ease)


@rule
def payment_cap(breadth: float, payment_reform: float, side_payments: float) -> float:
    """B2. The most one side may pay the other: side_payments·(0.05 + 0.20·payment_reform)·breadth. Source: 003-7."""
    return side_payments * (0.05 + 0.20 * payment_reform) * breadth


@rule
def side_payment(gain_a: float, gain_b: float, cap: float) -> float:
    """B2. What a pays b (below 0: b pays a): half the difference in gains, within the cap. Source: 003-7; equal gains."""
    half = 0.5 * (gain_a - gain_b)
    half = half if half < cap else cap
    return half if half > -cap else -cap


@rule
def concession(trust: float, identity: float, skill: float) -> float:
    """B3. Exponent of concession: 0.3 (digs in) … 2 (gives early): 0.3 + 1.7·(0.4·trust + 0.4·identity + 0.2·skill).

    Source: Faratin, Sierra & Jennings 1998 (Boulware to Conceder); dependence on trust assumed.
    """
    return 0.3 + 1.7 * (0.4 * trust + 0.4 * identity + 0.2 * skill)


@rule
def aspiration(log_progress: float, patience: float) -> float:
    """B3. Share of its own best gain a side still holds out for: 1 − (round / 8)^(1/β), rounds 1..8.

    `log_progress` is ln(round / 8), see `LOG_PROGRESS`; `patience` is 1/β.
    Source: Faratin, Sierra & Jennings 1998, time-dependent tactics.
    """
    return 1.0 - exp(log_progress * patience)


@rule
def target_worth(fallback_worth: float, best: float, held_out: float) -> float:
    """B3. The least worth a side accepts: fallback + (best − fallback)⁺ · share held out for."""
    gain = best - fallback_worth
    gain = gain if gain > 0.0 else 0.0
    return fallback_worth + gain * held_out


@rule
def rounds_available(relational_space: float, clarity: float) -> float:
    """B3. Rounds of talks a quarter allows: 2 + 6·(½·relational_space + ½·clarity).

    Assumed: two in any case, three more with all room to meet, three more with all clarity.
    """
    return 2.0 + 6.0 * (0.5 * relational_space + 0.5 * clarity)


@rule
def attention_left(attention: float, committees: float, directives: float, pressure: float) -> float:
    """N1. Ties that a partner can attend to now: attention·(1 − 0.3·committees) / ((1 + 0.08·directives)·(1 + pressure)).

    Source: Ocasio 1997; 004-9 (fourteen working groups), 002-4 (committees); sizes as for meetings, 0.3 assumed.
    """
    return attention * (1.0 - 0.3 * committees) / ((1.0 + 0.08 * directives) * (1.0 + pressure))


@rule
def wanted(best: float, fallback_worth: float) -> float:
    """N2. How much a side wants to talk on a tie: the square of what it could gain (most goes where most beckons).

    Source: Ocasio 1997 (attention is selective); the square is assumed.
    """
    gain = best - fallback_worth
    return gain * gain if gain > 0.0 else 0.0


@rule
def attention_given(attention: float, left: float, want: float, demand: float) -> float:
    """N2. Share of full attention that a side gives to a tie: left·want / Σ want over its ties, at most 1.

    1 where attention is as much as the table of parameters allows (no limit, by definition), or nothing is wanted anywhere yet.
    """
    part = left * want / demand if demand > 0.0 else 1.0
    part = part if part < 1.0 else 1.0
    return 1.0 if attention >= NO_LIMIT else part


@rule
def both_gain(gain_a: float, gain_b: float) -> float:
    """B2. 1 where each partner and the whole gain, else 0. Source: 003-7."""
    whole = gain_a + gain_b
    one = 1.0 if gain_a >= 0.0 else 0.0
    other = 1.0 if gain_b >= 0.0 else 0.0
    together = 1.0 if whole > 0.0 else 0.0
    return one * other * together


@rule
def nash_product(gain_a: float, gain_b: float) -> float:
    """B4. Product of gains where both gain, else −1. Source: Nash 1950."""
    return gain_a * gain_b if both_gain(gain_a, gain_b) > 0.5 else -1.0


@rule
def package(number: float, money_a: float, staff_a: float, information_a: float, cost_a: float, fallback_a: float, money_b: float,
            staff_b: float, information_b: float, cost_b: float, fallback_b: float, payment_reform: float,
            side_payments: float) -> tuple[float, float, float, float, float, float, float]:
    """B1, B2. Package 0..8: its three scopes, what a pays b, what a and b gain by it, and the product of gains (B4).

    Each side by its marginal benefits of money, staff and information, its cost and its fallback.
    """
    weight = package_weight(number)
    ease = package_ease(weight, cost_a, cost_b)
    s1 = package_scope(weight, money_a, money_b, ease)
    s2 = package_scope(weight, staff_a, staff_b, ease)
    s3 = package_scope(weight, information_a, information_b, ease)
    gain_a = utility(money_a, staff_a, information_a, cost_a, s1, s2, s3) - fallback_a
    gain_b = utility(money_b, staff_b, information_b, cost_b, s1, s2, s3) - fallback_b
    paid = side_payment(gain_a, gain_b, payment_cap(breadth(s1, s2, s3), payment_reform, side_payments))
    return s1, s2, s3, paid, gain_a - paid, gain_b + paid, nash_product(gain_a - paid, gain_b + paid)


@rule
def nash_gap(best_product: float, product: float) -> float:
    """B4. How far an agreement falls short of the Nash deal: 1 − product / best product.

    0 where there is none: a best product of at most 1e-18 is rounding (assumed).
    """
    return share(1.0 - product / best_product) if best_product > 1e-18 else 0.0


@rule
def makes_first_offer(u: float, size_share_a: float) -> float:
    """B3. 0 where side a opens, 1 where side b does: the larger opens more often.

    Chance that a opens: 0.25 + 0.5·its size share. Assumed: the smaller side opens at least one time in four.
    """
    return 0.0 if u < 0.25 + 0.5 * size_share_a else 1.0


@rule
def appeal(worth_own: float, worth_other: float, fallback_own: float, fallback_other: float, best_own: float,
           best_other: float) -> float:
    """B3. What a proposer makes as large as it can, among packages that meet its own target: their worth to the other side.

    Assumed: it gives most where giving costs it no more than it has given up already. The others are what other rules need.
    """
    return worth_other


@rule
def acceptable_to_both(worth_a: float, worth_b: float, target_a: float, target_b: float, round_number: float, limit: float,
                       agreed_in: float) -> float:
    """B3. 1 where a package meets both sides' targets in a round that talks reach and nothing was agreed before, else 0.

    The proposer offers what meets its own target, what appeals most first, and the other accepts at its own target: so a
    round ends in agreement exactly when some package meets both, and then on the one of these that appeals most.
    """
    open_still = agreed_in == 0.0 or agreed_in == round_number
    in_time = round_number <= limit
    return 1.0 if worth_a >= target_a and worth_b >= target_b and open_still and in_time else 0.0


@rule
def how_talks_ended(present: float, vetoed: float, zone_package: float, chosen: float, in_round: float,
                    limit: float) -> tuple[float, float]:
    """B5. How talks ended (0 not at the table, 1 agreed, 2 no zone, 3 out of time, 4 vetoed) and the rounds they took."""
    reached = 1.0 if chosen >= 0.0 else 3.0
    ended = 2.0 if zone_package < 0.0 else reached
    ended = 4.0 if vetoed > 0.5 else ended
    ended = 0.0 if present < 0.5 else ended
    full = float(math.floor(limit))
    taken = in_round if ended == 1.0 else full
    taken = 0.0 if ended == 0.0 or ended == 4.0 else taken
    return ended, taken
