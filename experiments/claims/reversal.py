"""The nearest point of a unit cube at which a response turns round: found by search, then moved back as far as it will go.

In four steps: every coordinate alone to its ends; the most telling of them together; where that is not enough, differential
evolution begun from those; then every move that is not needed is taken back, and the rest drawn in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incentive_abm.optional_libraries import library
from incentive_abm.results.turned_round import SETTLED, TOGETHER

Floats = NDArray[np.float64]
Response = Callable[[Floats], Floats]
"""From points, float64[points, coordinates], to how far each is turned round: from 0 on it is."""
SPREAD, POPULATION, DRAWN_IN = 96, 32, (0.0, 0.3, 0.6, 0.85)
ROUNDS, SMALL = 8, 1e-9


@dataclass(frozen=True)
class Axis:
    """A coordinate of the cube: where it begins, the points at its ends, and whether it steps between choices (then a move
    counts one, however far)."""

    start: float
    ends: tuple[float, ...] = (0.0, 1.0)
    steps: bool = False


def distance(points: Floats, axes: Sequence[Axis]) -> Floats:
    """How far points lie from the start, each coordinate in units of its range."""
    moves = np.abs(points - np.array([axis.start for axis in axes]))
    steps = np.array([axis.steps for axis in axes])
    return np.asarray(np.sqrt(np.where(steps, moves > SMALL, moves * moves).sum(axis=1)))


def nearest(response: Response, axes: Sequence[Axis], generations: int, seed: int = 1) -> Floats | None:
    """The nearest point found at which the response is turned round; None where none was found."""
    search = _Search(response, axes)
    start = np.array([axis.start for axis in axes])
    if search.turned(start[None])[0]:
        return start
    moves = search.alone(start)
    found = [point for point in (search.together(start, moves), search.evolved(start, moves, generations, seed)
                                 if not search.reached else None) if point is not None]
    if not found:
        return None
    drawn = [search.drawn_in(search.sparse(point, start), start) for point in found]
    return min(drawn, key=lambda point: float(distance(point[None], axes)[0]))


class _Search:
    def __init__(self, response: Response, axes: Sequence[Axis]) -> None:
        self.response, self.axes, self.reached = response, axes, False
        self.start = np.array([axis.start for axis in axes])

    def turned(self, points: Floats) -> NDArray[np.bool_]:
        return np.asarray(self.response(points) >= 0.0)

    def alone(self, start: Floats) -> list[tuple[float, int, float]]:
        """Each coordinate's better end: (response there, coordinate, where), the most telling first."""
        asked = [(k, end) for k, axis in enumerate(self.axes) for end in axis.ends if abs(end - axis.start) > SMALL]
        points = np.repeat(start[None], len(asked), axis=0)
        for row, (k, end) in enumerate(asked):
            points[row, k] = end
        best: dict[int, tuple[float, int, float]] = {}
        for (k, end), value in zip(asked, self.response(points), strict=True):
            best[k] = max(best.get(k, (-np.inf, k, end)), (float(value), k, end))
        return sorted(best.values(), reverse=True)

    def together(self, start: Floats, moves: Sequence[tuple[float, int, float]]) -> Floats | None:
        """The fewest of the most telling moves which, together, turn it round."""
        points = np.repeat(start[None], min(TOGETHER, len(moves)), axis=0)
        for row in range(len(points)):
            for _, k, end in moves[: row + 1]:
                points[row, k] = end
        turned = self.turned(points)
        self.reached = bool(turned.any())
        return points[int(turned.argmax())] if self.reached else None

    def evolved(self, start: Floats, moves: Sequence[tuple[float, int, float]], generations: int, seed: int) -> Floats | None:
        """Differential evolution over the whole cube, from the best of the most telling moves and of points spread evenly."""
        generator = np.random.default_rng(seed)
        spread = (generator.permuted(np.repeat(np.arange(SPREAD)[:, None], len(start), axis=1), axis=0)
                  + generator.random((SPREAD, len(start)))) / SPREAD
        mixed = spread[:TOGETHER].copy()
        for row in range(min(TOGETHER, len(moves))):
            for _, k, end in moves[: row + 1]:
                mixed[row, k] = end
        begun = np.concatenate([spread, mixed])
        values = self.response(begun)
        if values.max() >= 0.0:
            return np.asarray(begun[int(values.argmax())], np.float64)
        best = library("scipy.optimize").differential_evolution(
            lambda x: -self.response(np.ascontiguousarray(np.atleast_2d(x.T))), [(0.0, 1.0)] * len(start),
            init=begun[np.argsort(-values)[:POPULATION]], maxiter=generations, rng=seed, vectorized=True, updating="deferred",
            polish=False, tol=0.0, recombination=0.5, callback=lambda intermediate_result: intermediate_result.fun <= 0.0)
        return np.asarray(best.x, np.float64) if best.fun <= 0.0 else None

    def sparse(self, point: Floats, start: Floats) -> Floats:
        """The point without the moves that are not needed: by halves first, then one by one."""
        size = int((np.abs(point - start) > SMALL).sum())
        while size >= 1:
            moved = np.flatnonzero(np.abs(point - start) > SMALL)
            order = moved[np.argsort(np.abs(point - start)[moved])]
            parts = [order[k:k + size] for k in range(0, len(order), size)]
            asked = np.repeat(point[None], len(parts), axis=0)
            for row, part in enumerate(parts):
                asked[row, part] = start[part]
            values = self.response(asked)
            if len(parts) and values.max() >= 0.0:
                point = asked[int(values.argmax())]
                size = min(size, max(int((np.abs(point - start) > SMALL).sum()), 1))
                if not (np.abs(point - start) > SMALL).any():
                    break
            else:
                size //= 2
        return point

    def drawn_in(self, point: Floats, start: Floats) -> Floats:
        """The point moved back toward the start, all together and each alone, as long as that shortens the way by much."""
        for _ in range(ROUNDS):
            far = float(distance(point[None], self.axes)[0])
            asked = [start + factor * (point - start) for factor in np.linspace(0.1, 0.95, 12)]
            for k in np.flatnonzero(np.abs(point - start) > SMALL):
                for factor in DRAWN_IN:
                    other = point.copy()
                    other[k] = start[k] + factor * (point[k] - start[k])
                    asked.append(other)
            points = np.array(asked)
            away = np.where(self.turned(points), distance(points, self.axes), np.inf)
            if away.min() > far * (1.0 - SETTLED):
                break
            point = points[int(away.argmin())]
        return point
