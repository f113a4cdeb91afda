"""U: what is seen to work is kept, the rest withers: how far each partner really practises what policy asks for."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share


@rule
def success_seen(own: float, elsewhere: float, seen_elsewhere: float, seen_half: float) -> float:
    """U1. Share of those in a partner who see joint work succeed: S⁴ / (S⁴ + θ⁴), S = (1 − μ)·own + μ·neighbours' joint work.

    Source: adoption by what is seen nearby, with a threshold, Rogers 1962; Granovetter 1978; the fourth power is assumed.
    """
    seen = (1.0 - seen_elsewhere) * own + seen_elsewhere * elsewhere
    seen = seen * seen
    half = seen_half * seen_half
    return seen * seen / (seen * seen + half * half)


@rule
def practised_after(practised: float, seen: float, sustained: float, pressure: float, growth: float, fading: float) -> float:
    """U2. How far a partner practises what policy asks for, after a quarter: grown by success, else going to what is sustained.

    π' = π + g·seen·(1 − π) + d·(1 + pressure)·(a − π), within 0..1. Source: sustained in part or less in about half of
    programmes, Wiltsey Stirman et al. 2012; the form is assumed.
    """
    return share(practised + growth * seen * (1.0 - practised) + fading * (1.0 + pressure) * (sustained - practised))


@rule
def practised_under_leader(practised: float, sustained: float, handover: float) -> float:
    """U3. What a new leader leaves of it: all that policy alone sustains, and 0.4 + 0.6·handover of the rest. Source: 003-3."""
    floor = sustained if sustained < practised else practised
    return floor + (0.4 + 0.6 * handover) * (practised - floor)


@rule
def in_force(today: float, policy: float, practised: float) -> float:
    """U4. A setting as it is practised: today's level and, from there, π of the way to what policy asks for."""
    return policy if practised == 1.0 else today + (policy - today) * practised
