"""P: elections, reversals, reorganisations, the public; shocks from elsewhere."""

from __future__ import annotations

import math

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share

ELECTION_EVERY = 20.0
"""Quarters from one election to the next: five years, the longest that a parliament lasts."""


@rule
def quarters_to_election(quarter: float, election_phase: float) -> float:
    """P1. Quarters until the next election, 0 in its own quarter; one every 20 quarters.

    By definition: five years, the longest that a parliament lasts.
    """
    past = quarter - election_phase
    return math.ceil(past / ELECTION_EVERY) * ELECTION_EVERY - past


@rule
def year_ends(quarter: float) -> float:
    """M2. 1 in the last quarter of a year, else 0; quarters counted from 0."""
    return 1.0 if quarter - 4.0 * math.floor(quarter / 4.0) == 3.0 else 0.0


@rule
def policy_reversed(to_election: float, u: float, reversal_chance: float) -> float:
    """P1. 1 in an election quarter that reverses the policy of integration, else 0. Source: 001-12."""
    return 1.0 if to_election == 0.0 and u < reversal_chance else 0.0


@rule
def reorganised(u: float, reorganisation_rate: float) -> float:
    """P1. 1 in a quarter in which the place is reorganised from above, else 0. Source: 002-12."""
    return 1.0 if u < reorganisation_rate else 0.0


@rule
def undone(struck: float, reversal_depth: float) -> float:
    """P1. Factor on scopes in a reversal or reorganisation: 1 − depth where struck, else 1."""
    return 1.0 - reversal_depth * struck


@rule
def estranged(struck: float, reversal_depth: float) -> float:
    """P1. Factor on identity in a reversal or reorganisation: 1 − 0.3·depth where struck, else 1.

    Source: 002-12; 0.3 is assumed: people still know each other when the structure has gone.
    """
    return 1.0 - 0.3 * reversal_depth * struck


@rule
def opposition_after(opposition: float, start: float, moved_out: float, opposition_gain: float,
                     public_engagement: float) -> float:
    """P3. Public opposition after a quarter: follows money moved out of trusts, drifts back to where it began.

    opposition' = opposition + 0.2·gain·moved·(1 − engagement)·(1 − opposition) + 0.05·(start − opposition);
    `moved` is the pooled share of what trusts spend with others. Source: 001-13; rates assumed.
    """
    up = opposition_gain * 0.2 * moved_out * (1.0 - public_engagement) * (1.0 - opposition)
    return share(opposition + up + 0.05 * (start - opposition))


@rule
def shock_of(u: float, size_draw: float, shock_rate: float, shock_size: float) -> float:
    """C5. Size of this quarter's shock to a partner: with chance shock_rate, shock_size·(0.5 + u'), else 0."""
    return shock_size * (0.5 + size_draw) if u < shock_rate else 0.0


@rule
def pressure_after(pressure: float, pressure_memory: float, shock: float, mixed: float, joint_resolution: float,
                   spill: float) -> float:
    """C5. Pressure after a quarter: fading, plus the shock less what partners carry, plus what others' lone answers cost.

    pressure' = memory·pressure + shock·(1 − 0.7·joint_resolution·mixed) + spill; `mixed` is its breadth over its ties.
    Source: 003-9, 003-10.
    """
    return pressure_memory * pressure + shock * (1.0 - 0.7 * joint_resolution * mixed) + spill


@rule
def spilled(shock: float, breadth: float, joint_resolution: float, part: float) -> float:
    """C5. What one partner's lone answer to a shock costs a neighbour: 0.5·shock·breadth·(1 − joint_resolution)·part.

    `part` is the tie's share of the neighbour's shared work. Source: 003-10.
    """
    return 0.5 * shock * breadth * (1.0 - joint_resolution) * part


@rule
def meetings_held(rounds: float, committees: float, directives: float) -> float:
    """P2. Meetings on a tie in a quarter: rounds·(1 + committees)·(1 + 0.08·directives). Source: 004-9, 002-4."""
    return rounds * (1.0 + committees) * (1.0 + 0.08 * directives)


@rule
def struck(turned: float, shaken: float) -> float:
    """P1. 1 where a reversal or a reorganisation strikes this quarter, else 0 (both at once strike once)."""
    return 1.0 if turned + shaken > 0.5 else 0.0


@rule
def moved_share(moved: float, everything: float) -> float:
    """P3. Pooled share of what trusts share with others; 0 where there is no trust."""
    return moved / everything if everything > 0.0 else 0.0


@rule
def busyness(meetings: float, integration: float) -> float:
    """P2. Meetings since the run began for each hundredth of integration reached; below 0.001 counts as 0.001.

    Source: 001-17 ("until then we are just being busy").
    """
    reached = integration if integration > 0.001 else 0.001
    return meetings / (100.0 * reached)
