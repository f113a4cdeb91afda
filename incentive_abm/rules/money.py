"""M: every £ that leaves a partner is in the pool, spent, or paid to another."""

from __future__ import annotations

from incentive_abm.compiling import rule


@rule
def contribution(scope_money: float, share_spend: float, kept: float) -> float:
    """M1. £m that a side pays into a tie's pool this quarter: ¼·scope·its shared spend, if it keeps its promise.

    By definition: spend is a year's, so a quarter of it falls in a quarter.
    """
    return 0.25 * scope_money * share_spend * kept


@rule
def pool_spent(pool: float, kept_a: float, kept_b: float) -> float:
    """M1. £m the pool spends this quarter: all of it when both keep their promise, nothing else."""
    return pool * kept_a * kept_b


@rule
def pool_saved(spent: float, saving: float, joint: float, quality: float) -> float:
    """M1. £m of that which is not needed, because care is joined up: spent·saving·joint quality·min(quality, 1.5).

    Source: 003 and NAO 2017 for how little to expect; form assumed.
    """
    capped = quality if quality < 1.5 else 1.5
    return spent * saving * joint * capped


@rule
def stranded_bill(scope_money: float, share_spend: float, stranded_cost: float, stranded_factor: float,
                  payment_reform: float) -> float:
    """M1. £m of fixed costs a side is left with this quarter: ¼·scope·spend·stranded·factor·(1 − payment_reform)·0.1.

    The tenth: stranded costs are shed within about ten quarters (assumed). Source: 001-9.
    """
    return 0.025 * scope_money * share_spend * stranded_cost * stranded_factor * (1.0 - payment_reform)


@rule
def side_payment_bill(payment: float, engaged: float, spend: float) -> float:
    """B2, M1. £m that side a pays side b this quarter: payment·engagement·¼·spend·0.2.

    `engaged` is the tie's engagement (D1), so that a deal still being taken up is not yet paid for in full.
    Assumed: worth 1 is a fifth of spend.
    """
    return 0.05 * payment * engaged * spend


@rule
def effort_bill(meetings: float, effort_cost: float, spend: float) -> float:
    """M1. £m a side spends on a quarter's talks, out of its balance: meetings · cost · the tie's shared spend."""
    return meetings * effort_cost * spend


@rule
def luck_of(u: float, balance_noise: float) -> float:
    """M1. Unforeseen gain or loss this quarter, share of income: noise·(2u − 1)·√3.

    By definition: √3 makes the standard deviation of a uniform draw equal to the noise.
    """
    return balance_noise * (2.0 * u - 1.0) * 1.7320508075688772


@rule
def settled_of(balance: float, balance_memory: float) -> float:
    """M1. Part of the balance settled with the centre this quarter: (1 − memory)·balance."""
    return (1.0 - balance_memory) * balance


@rule
def in_deficit(balance: float, deficit_line: float) -> float:
    """M2. 1 where a partner is in deficit, else 0."""
    return 1.0 if balance < -deficit_line else 0.0


@rule
def bailed_out(deficit: float, u: float, bailout: float, rescued: float) -> float:
    """M2. 1 where a trust in deficit is bailed out at the year's end, else 0. Source: 2013-14, 31 trusts of 63."""
    return deficit * rescued * (1.0 if u < bailout else 0.0)


@rule
def balance_bailed(balance: float, rescue: float) -> float:
    """M2. Balance after the year's end: 31% of the deficit is left where bailed out.

    Source: £511m of a gross deficit of £743m was met in 2013-14, 69%.
    """
    return balance * (1.0 - 0.69 * rescue)


@rule
def pressure_bailed(pressure: float, deficit: float, rescue: float) -> float:
    """M2. Pressure after the year's end: a bail-out saves services (× ½), a deficit left alone cuts them (+ 0.3).

    Source: bail-outs also preserve services, Shen & Eggleston.
    """
    return pressure * (1.0 - 0.5 * rescue) + 0.3 * deficit * (1.0 - rescue)
