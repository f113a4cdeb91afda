"""Chance with an address: a random number is a hash of (seed, stream, step, id), never a place in a history.

The same seed in two scenarios meets the same shocks, leaders and luck, so two runs differ only by what was changed.
Conventions: `step` is the quarter; `id` is a partner's key, or a tie's key (which is made of its partners' keys), or
`sided(tie key, partner key)` for one side of a tie. A round or a draw's number is folded into the id by `numbered`.
"""

from __future__ import annotations

from enum import IntEnum

from incentive_abm.compiling import primitive

BITS = 0xFFFFFFFFFFFFFFFF


class Stream(IntEnum):
    """One number for each use of chance; a number is never used for anything else, nor used again."""

    VALUE_START = 1
    SKILL_START = 2
    AT_THE_TABLE = 3
    TRUST_START = 4
    REVERSAL = 6
    REORGANISATION = 7
    BAILOUT = 8
    DEPARTURE = 9
    SUCCESSOR = 10
    SUCCESSOR_SKILL = 11
    SHOCK = 12
    SHOCK_SIZE = 13
    FIRST_OFFER = 14
    WALK_OUT = 15
    PROMISE = 16
    MISREAD = 17
    CREDIT = 18
    EXPERIMENT = 19
    EXPERIMENT_WORKS = 20
    BALANCE_NOISE = 21
    TENURE_START = 22
    PILOT = 24
    PLACE_DIFFERS = 25
    UNCLEAR_COSTS = 26
    GIVING_UP = 27
    PLACE_POSITION = 101
    PLACE_SIZE = 102
    PLACE_FLOW = 103
    PLACE_BALANCE = 104


def mix(x: int) -> int:
    """A bijection of 64 bits in which every input bit reaches every output bit (splitmix64's finaliser)."""
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & BITS
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & BITS
    return x ^ (x >> 31)


@primitive
def uniform(seed: int, stream: int, step: int, ident: int) -> float:
    """A number in [0, 1), the same for the same four 64-bit numbers on every machine.

    Source: Steele, Lea & Flood 2014 (splitmix64), used as a counter-based hash as in Salmon et al. 2011.
    """
    h = mix(seed + stream * 0x9E3779B97F4A7C15 & BITS)
    h = mix(h + step * 0xD1B54A32D192ED03 & BITS)
    return (mix(h ^ ident) >> 12) * 2.0**-52


@primitive
def numbered(ident: int, number: int) -> int:
    """Fold a round or a draw's number into an id."""
    return mix(ident + (number + 1) * 0xA0761D6478BD642F & BITS)


def tie_key(one: int, other: int) -> int:
    """A tie's key, the same whichever partner is named first; `place.chance_keys` makes those of a whole place."""
    return mix(mix(min(one, other)) + 0x9E3779B97F4A7C15 * max(one, other) & BITS)


def sided(tie: int, partner: int) -> int:
    """The id of one partner's side of a tie; `place.chance_keys` makes those of a whole place."""
    return mix(tie ^ (partner * 0xD6E8FEB86659FD93 & BITS))
