"""Other accounts of which deal two partners come to."""

from __future__ import annotations

from incentive_abm.compiling import rule


@rule
def nothing_held_out_for(log_progress: float, patience: float) -> float:
    """R-B. Any gain will do from the first round on: 0. By definition of a solution that no time is spent on."""
    return 0.0 * patience


@rule
def nash_appeal(worth_own: float, worth_other: float, fallback_own: float, fallback_other: float, best_own: float,
                best_other: float) -> float:
    """R-B1. The deal with the largest product of gains over no deal. Source: Nash 1950."""
    return (worth_own - fallback_own) * (worth_other - fallback_other)


@rule
def kalai_smorodinsky_appeal(worth_own: float, worth_other: float, fallback_own: float, fallback_other: float, best_own: float,
                             best_other: float) -> float:
    """R-B2. The deal that brings both most nearly the same share of the best each could hope for: the smaller share, as large as
    it can be. Source: Kalai & Smorodinsky 1975 (monotone solution; on nine packages the nearest there is)."""
    hope_own, hope_other = best_own - fallback_own, best_other - fallback_other
    own = (worth_own - fallback_own) / hope_own if hope_own > 0.0 else 1.0
    other = (worth_other - fallback_other) / hope_other if hope_other > 0.0 else 1.0
    return own if own < other else other


@rule
def ultimatum_appeal(worth_own: float, worth_other: float, fallback_own: float, fallback_other: float, best_own: float,
                     best_other: float) -> float:
    """R-B3. Take it or leave it: who opens names the deal best for itself, and the other takes any gain.

    Source: the ultimatum game's equilibrium, Güth, Schmittberger & Schwarze 1982; Rubinstein 1982 where only one may offer.
    """
    return worth_own
