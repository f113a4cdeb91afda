"""Other accounts of when a partner walks away."""

from __future__ import annotations

from incentive_abm.compiling import rule

USUAL_LOSS = 0.05
"""A loss by a deal that counts as one quarter of losing; in units of worth. Assumed: so that both rules share one patience."""


@rule
def losses_added_up(losing: float, surplus: float, breadth: float) -> float:
    """R-C1. What a deal has cost so far, in usual losses; gains are set off: losing' = (losing − surplus / 0.05)⁺ while in force.

    So what the state counts as quarters of losing are usual losses here; those who hold a compact still count quarters.

    Source: the balance of inducements and contributions, March & Simon 1958; sizes assumed.
    """
    owed = losing - surplus / USUAL_LOSS
    owed = owed if owed > 0.0 else 0.0
    return owed if breadth > 0.02 else 0.0


@rule
def leaves_at_threshold(losing: float, exit_patience: float, exit_chance: float, mandate: float, u: float) -> float:
    """R-C1. Leaves for certain once its losses pass what it bears; only a duty to share holds it in: u < 1 − mandate.

    Source: March & Simon 1958; threshold models, Granovetter 1978.
    """
    return 1.0 if losing >= exit_patience and u < 1.0 - mandate else 0.0


@rule
def stays(losing: float, exit_patience: float, exit_chance: float, mandate: float, u: float) -> float:
    """R-C2. Left out: no one walks away. Source: a null model, by definition."""
    return 0.0 * u
