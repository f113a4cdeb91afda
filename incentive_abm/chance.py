"""Chance with an address: a random number is a hash of (seed, stream, step, id), never a place in a history.

The same seed in two scenarios meets the same shocks, leaders and luck, so two runs differ only by what was changed.
Conventions: `step` is the quarter; `id` is a partner's key, or a tie's key (which is made of its partners' keys), or
`sided(tie key, partner key)` for one side of a tie. A round or a draw's number is folded into the id by `numbered`.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from llvmlite import ir
from numba import float64, types, uint64
from numba.extending import intrinsic

from incentive_abm.compiling import compiled


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
    PLACE_POSITION = 101
    PLACE_SIZE = 102
    PLACE_FLOW = 103
    PLACE_BALANCE = 104


@intrinsic
def bits_to_float(typing_context: Any, bits: Any) -> Any:
    """The float64 that has these 64 bits."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], ir.DoubleType())

    return types.float64(types.uint64), generate


@intrinsic
def float_to_bits(typing_context: Any, number: Any) -> Any:
    """The 64 bits of a float64."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], ir.IntType(64))

    return types.uint64(types.float64), generate


@compiled((uint64,), forceinline=True)
def mix(x: Any) -> Any:
    """A bijection of 64 bits in which every input bit reaches every output bit (splitmix64's finaliser)."""
    x = (x ^ (x >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> uint64(27))) * uint64(0x94D049BB133111EB)
    return x ^ (x >> uint64(31))


@compiled((uint64, uint64, uint64, uint64), forceinline=True)
def uniform(seed: Any, stream: Any, step: Any, ident: Any) -> Any:
    """A number in [0, 1), the same for the same four uint64 on every machine.

    Source: Steele, Lea & Flood 2014 (splitmix64), used as a counter-based hash as in Salmon et al. 2011.
    """
    h = mix(seed + stream * uint64(0x9E3779B97F4A7C15))
    h = mix(h + step * uint64(0xD1B54A32D192ED03))
    h = mix(h ^ ident)
    return bits_to_float((h >> uint64(12)) | uint64(0x3FF0000000000000)) - 1.0


@compiled((uint64, uint64), forceinline=True)
def tie_key(one: Any, other: Any) -> Any:
    """A tie's key, the same whichever partner is named first."""
    low = one if one < other else other
    high = other if one < other else one
    return mix(mix(low) + uint64(0x9E3779B97F4A7C15) * high)


@compiled((uint64, uint64), forceinline=True)
def sided(tie: Any, partner: Any) -> Any:
    """The id of one partner's side of a tie."""
    return mix(tie ^ (partner * uint64(0xD6E8FEB86659FD93)))


@compiled((uint64, uint64), forceinline=True)
def numbered(ident: Any, number: Any) -> Any:
    """Fold a round or a draw's number into an id."""
    return mix(ident + (number + uint64(1)) * uint64(0xA0761D6478BD642F))


@compiled((uint64, uint64, uint64, types.Array(uint64, 1, "C", readonly=True)))
def uniforms(seed: Any, stream: Any, step: Any, idents: Any) -> Any:
    """`uniform` for an array of ids, shape (n,); returns float64 of the same shape."""
    out = np.empty(idents.size, dtype=float64)
    for i in range(idents.size):
        out[i] = uniform(seed, stream, step, idents[i])
    return out
