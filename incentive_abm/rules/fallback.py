"""F: what each side thinks it gets with no deal."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import exp


@rule
def expected_bailout(bailouts_seen: float, deficits_seen: float) -> float:
    """F1. Learned chance of a bail-out: (1 + bail-outs seen) / (2 + deficits seen).

    Source: Laplace's rule of succession; 001-11.
    """
    return (1.0 + bailouts_seen) / (2.0 + deficits_seen)


@rule
def bailout_comfort(expected: float, stress: float, bailout_relief: float, rescued: float) -> float:
    """F1. What an expected bail-out adds to standing alone: relief · p̂ · stress, for those that are ever bailed out.

    Source: soft budget constraint, Kornai 1986; 001-11. `rescued` is 1 for trusts, 0 for others.
    """
    return bailout_relief * expected * stress * rescued


@rule
def worth_of_waiting(reversal_chance: float, quarters_to_election: float, stress: float, waiting_value: float) -> float:
    """F2. Option value of waiting: value · π · exp(−quarters to the election / 4) · (1 + stress).

    Source: real options, Dixit & Pindyck 1994; 001-12.
    """
    return waiting_value * reversal_chance * exp(-quarters_to_election / 4.0) * (1.0 + stress)


@rule
def opposition_felt(opposition: float, public_engagement: float) -> float:
    """F3. Public opposition left after engagement: opposition · (1 − public_engagement). Source: 001-5, 003-8."""
    return opposition * (1.0 - public_engagement)


@rule
def cost_of_opposition(felt: float, opposition_weight: float, with_trust: float) -> float:
    """F3. What public opposition costs a deal with a trust: weight · felt opposition. Source: 001-13."""
    return opposition_weight * felt * with_trust


@rule
def imagined_fallback(rosy_fallback: float, fallback_described: float, true_fallback: float) -> float:
    """F4. The fallback as seen: rosy until described, then true.

    seen = rosy·(1 − described) + true·described.
    Source: 003-12. Not a sum of the two: a fallback nobody has described cannot put anyone off,
    so describing it helps only where it is worse than imagined.
    """
    return rosy_fallback * (1.0 - fallback_described) + true_fallback * fallback_described


@rule
def fallback(imagined: float, comfort: float, waiting: float, opposed: float, ownership: float) -> float:
    """F. Worth of no deal: imagined fallback + bail-out comfort + waiting + opposition − 0.03·ownership.

    Source: 001-11, 001-12, 001-13, 003-12 for the terms; 0.03 for ownership is assumed.
    """
    return imagined + comfort + waiting + opposed - 0.03 * ownership


@rule
def vetoed(felt: float, veto_threshold: float, with_trust: float) -> float:
    """F3. 1 where public opposition makes a deal with a trust impossible, else 0. Source: 001-13."""
    return with_trust if felt > veto_threshold else 0.0
