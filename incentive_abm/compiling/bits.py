"""Compiled forms of the primitives: the same numbers as their Python forms, from the bits of a number."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types, uint64
from numba.extending import intrinsic


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


def two_to_the(k: Any) -> Any:
    """2 to a whole power, by writing the exponent."""
    return bits_to_float((float_to_bits(k + 6755399441055744.0) + uint64(1023)) << uint64(52))


def exponent_of(x: Any) -> Any:
    """The e of x = 2^e·m with 1 ≤ m < 2, read off the exponent's bits."""
    return bits_to_float((float_to_bits(x) >> uint64(52)) | uint64(0x4330000000000000)) - 4503599627370496.0 - 1023.0


def mantissa_of(x: Any) -> Any:
    """The m of x = 2^e·m with 1 ≤ m < 2."""
    return bits_to_float((float_to_bits(x) & uint64(0xFFFFFFFFFFFFF)) | uint64(0x3FF0000000000000))


def mix(x: Any) -> Any:
    """A bijection of 64 bits in which every input bit reaches every output bit (splitmix64's finaliser)."""
    x = (x ^ (x >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> uint64(27))) * uint64(0x94D049BB133111EB)
    return x ^ (x >> uint64(31))


def uniform(seed: Any, stream: Any, step: Any, ident: Any) -> Any:
    """A number in [0, 1), the same for the same four uint64 on every machine."""
    h = mix(seed + stream * uint64(0x9E3779B97F4A7C15))
    h = mix(h + step * uint64(0xD1B54A32D192ED03))
    h = mix(h ^ ident)
    return bits_to_float((h >> uint64(12)) | uint64(0x3FF0000000000000)) - 1.0


def numbered(ident: Any, number: Any) -> Any:
    """Fold a round or a draw's number into an id."""
    return mix(ident + (number + uint64(1)) * uint64(0xA0761D6478BD642F))


WHOLE = {mix: 1, uniform: 4, numbered: 2}
"""Functions here whose arguments are uint64, and how many; the others take float64."""
