"""Measures of one's own: what a run's and a sweep's tables do not hold, read off the state at the end of each quarter.

Keep them: `incentive-abm run --scenario ten-lessons --measure examples/my_measures.py:weakest_trust`.
"""

from incentive_abm.rules.trust import mean_trust

SHARED_ENOUGH = 0.02


def weakest_trust(ties, partners, place):
    """The least trust that any side has in the other, over all ties (0..1)."""
    least = 1.0
    for tie in ties:
        least = min(least, mean_trust(tie.alpha_a, tie.beta_a), mean_trust(tie.alpha_b, tie.beta_b))
    return least


def left_alone(ties, partners, place):
    """Partners with ties that share money with no one (count).

    A partner is found by the number of its end of a tie: partners[tie.a].
    """
    alone = 0
    for k in range(len(partners)):
        together = 0.0
        for tie in ties:
            if tie.a == k or tie.b == k:
                together = max(together, tie.scope_money)
        if partners[k].connected > 0.0 and together < SHARED_ENOUGH:
            alone += 1
    return alone
