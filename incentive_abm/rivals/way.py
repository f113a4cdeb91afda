"""Other accounts of what the rest of people's way does to the worth of one hand-over."""

from __future__ import annotations

from incentive_abm.compiling import rule


@rule
def product_of_the_way(work_a: float, part_a: float, work_b: float, part_b: float, delivered: float) -> float:
    """R-W1. Every hand-over must go well: the product of what is joined beyond a and beyond b, 1 where nothing lies beyond.

    Source: the O-ring theory, Kremer 1993.
    """
    a = (work_a - part_a * delivered) / (1.0 - part_a) if part_a < 1.0 - 1e-9 else 1.0
    b = (work_b - part_b * delivered) / (1.0 - part_b) if part_b < 1.0 - 1e-9 else 1.0
    return (a if a > 0.0 else 0.0) * (b if b > 0.0 else 0.0)


@rule
def weakest_of_the_way(work_a: float, part_a: float, work_b: float, part_b: float, delivered: float) -> float:
    """R-W2. The way is as good as its worse end: the smaller of what is joined beyond a and beyond b, else 1.

    Source: the weakest link, Hirshleifer 1983.
    """
    a = (work_a - part_a * delivered) / (1.0 - part_a) if part_a < 1.0 - 1e-9 else 1.0
    b = (work_b - part_b * delivered) / (1.0 - part_b) if part_b < 1.0 - 1e-9 else 1.0
    worse = a if a < b else b
    return worse if worse > 0.0 else 0.0


@rule
def no_way(joined: float, whole_way: float, way_half: float) -> float:
    """R-W3. Left out: a hand-over is worth the same whatever lies beyond: 1. Source: a null model, by definition."""
    return 1.0 + 0.0 * joined


@rule
def nothing_unjoined(worth: float, factor: float, whole_way: float) -> float:
    """R-W3. Left out: nothing is missing for want of the rest of the way: 0. By definition."""
    return 0.0 * worth
