"""Whole numbers that a caller gives, seeds above all: one rule for both executors and every function of ours."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Integral, Real

from incentive_abm.errors import UserError, quoted

MOST_SEED, MOST_PLACE_SEED = 2**63 - 1, 2**64 - 1


def whole_number(value: object, name: str, low: int, high: int | None = None, error: type[UserError] = UserError) -> int:
    """The number as a plain int; numpy's numbers and 3.0 count as whole. Raises `error` for anything else, or out of range."""
    powers = {MOST_SEED: "2^63 − 1", MOST_PLACE_SEED: "2^64 − 1"}
    span = f"a whole number from {low:,}" + ("" if high is None else f" to {powers.get(high) or f'{high:,}'}")
    # A truth value is 0 or 1 to Python, and neither to a reader; numpy's is no Real.
    if isinstance(value, Real) and not isinstance(value, bool) and abs(float_of(value)) < math.inf:
        # numpy's whole numbers are floored as floats, which the largest of them do not survive.
        number: int = int(value) if isinstance(value, Integral) else math.floor(value)  # type: ignore[assignment]
        if number == value and number >= low and (high is None or number <= high):
            return number
    raise error(f"{name} is {quoted(value)}; expected {span}")


def float_of(value: Real) -> float:
    """A number as a float, infinite where it is too large for one."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def checked_seed(value: object, name: str = "seed") -> int:
    """A seed of a run, from 0 to 2⁶³ − 1; raises UserError."""
    if type(value) is int and 0 <= value <= MOST_SEED:
        return value
    return whole_number(value, name, 0, MOST_SEED)


def checked_seeds(values: object) -> tuple[int, ...]:
    """Seeds of several runs, each another; raises UserError for none, one twice, or what is no list of them."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise UserError(f"seeds is {quoted(values)}; expected a list of seeds, for example [1, 2, 3] or range(1, 21)")
    seeds = tuple(checked_seed(value, f"seeds[{k}]") for k, value in enumerate(values))
    if not seeds:
        raise UserError("seeds is empty; expected at least one, for example [1]")
    if len(set(seeds)) < len(seeds):
        twice = next(seed for k, seed in enumerate(seeds) if seed in seeds[:k])
        raise UserError(f"seeds holds {twice} twice; one seed is one run")
    return seeds
