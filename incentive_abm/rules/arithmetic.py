"""Exponential, logarithm and power from plain arithmetic: the same bits on every machine, and able to run in lanes."""

from __future__ import annotations

import math

from incentive_abm.compiling import primitive, rule


@primitive
def two_to_the(k: float) -> float:
    """2 to a whole power from −1022 to 1023."""
    return math.ldexp(1.0, int(k))


@primitive
def exponent_of(x: float) -> float:
    """The e of a positive, normal x = 2^e·m with 1 ≤ m < 2."""
    return math.frexp(x)[1] - 1.0


@primitive
def mantissa_of(x: float) -> float:
    """The m of a positive, normal x = 2^e·m with 1 ≤ m < 2."""
    return 2.0 * math.frexp(x)[0]


@rule
def exp(x: float) -> float:
    """e to the power x, within 1 unit in the last place for |x| ≤ 700 (beyond, x is taken as ±700).

    Source: Cody & Waite 1980: x = k·ln 2 + r, then a polynomial of degree 13 in r and a scaling by 2^k.
    """
    x = x if x < 700.0 else 700.0
    x = x if x > -700.0 else -700.0
    k = math.floor(x * 1.4426950408889634 + 0.5)
    r = x - k * 6.93145751953125e-1
    r = r - k * 1.42860682030941723212e-6
    p = 1.6059043836821613e-10
    p = p * r + 2.08767569878681e-09
    p = p * r + 2.505210838544172e-08
    p = p * r + 2.755731922398589e-07
    p = p * r + 2.7557319223985893e-06
    p = p * r + 2.48015873015873e-05
    p = p * r + 0.0001984126984126984
    p = p * r + 0.001388888888888889
    p = p * r + 0.008333333333333333
    p = p * r + 0.041666666666666664
    p = p * r + 0.16666666666666666
    p = p * r + 0.5
    tail = p * r * r
    return ((tail + r) + 1.0) * two_to_the(float(k))


@rule
def log(x: float) -> float:
    """Natural logarithm of a positive, normal x, within 2 units in the last place away from 1.

    Source: Cody & Waite 1980: x = 2^e·m with m in (0.71, 1.41], then the series of 2·artanh((m−1)/(m+1)).
    """
    e = exponent_of(x)
    m = mantissa_of(x)
    large = m > 1.4142135623730951
    m = m * 0.5 if large else m
    e = e + 1.0 if large else e
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    p = 1.0 / 21.0
    p = p * z + 1.0 / 19.0
    p = p * z + 1.0 / 17.0
    p = p * z + 1.0 / 15.0
    p = p * z + 1.0 / 13.0
    p = p * z + 1.0 / 11.0
    p = p * z + 1.0 / 9.0
    p = p * z + 1.0 / 7.0
    p = p * z + 1.0 / 5.0
    p = p * z + 1.0 / 3.0
    return e * 6.93145751953125e-1 + (2.0 * s + (2.0 * s * z * p + e * 1.42860682030941723212e-6))


@rule
def power(x: float, y: float) -> float:
    """x to the power y for x ≥ 0; x below 1e-12 counts as 1e-12 (assumed: nothing that small matters)."""
    x = x if x > 1e-12 else 1e-12
    return exp(y * log(x))


@rule
def clip(x: float, low: float, high: float) -> float:
    """x, held within low and high, by selection."""
    x = x if x > low else low
    return x if x < high else high


@rule
def share(x: float) -> float:
    """x, held within 0 and 1."""
    x = x if x > 0.0 else 0.0
    return x if x < 1.0 else 1.0


@rule
def logistic(x: float) -> float:
    """1 / (1 + e^−x)."""
    return 1.0 / (1.0 + exp(-x))
