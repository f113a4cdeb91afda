"""W: the whole way that people take: a hand-over is worth little where the next one fails."""

from __future__ import annotations

from incentive_abm.compiling import rule


@rule
def rest_of_the_way(work_a: float, part_a: float, work_b: float, part_b: float, delivered: float) -> float:
    """W1. Joint work delivered last quarter on the rest of the way over a tie, 0..1: on the other ties of both ends, by weight.

    A walk that passes the tie goes on at a over a tie t with chance part(t), and not at all back over the tie itself:
    (W_a − p_a·d + W_b − p_b·d) / (2 − p_a − p_b), with W a partner's joint work over all its ties and p the tie's part of it.
    1 where nothing lies beyond. Source: the walk that measures journeys (O4).
    """
    beyond = 2.0 - part_a - part_b
    joined = work_a - part_a * delivered + work_b - part_b * delivered
    return joined / beyond if beyond > 1e-9 else 1.0


@rule
def way_factor(joined: float, whole_way: float, way_half: float) -> float:
    """W2. Factor on the worth of joint work on a tie: 1 + κ·((1 + h)·x / (x + h) − ½), x the joined rest of the way.

    Source: strategic complementarity, Cooper & John 1988; Milgrom & Roberts 1990. Assumed: symmetric about 1, concave.
    """
    return 1.0 + whole_way * ((1.0 + way_half) * joined / (joined + way_half) - 0.5)


@rule
def unjoined_worth(worth: float, factor: float, whole_way: float) -> float:
    """W2. Worth that is missing because the rest of the way is not joined: worth·(1 + κ/2 − factor), worth without the factor."""
    missing = worth * (1.0 + 0.5 * whole_way - factor)
    return missing if missing > 0.0 else 0.0
