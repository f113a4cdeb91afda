"""The search for where a verdict turns round, on responses whose nearest point is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from experiments.claims.reversal import Axis, Floats, distance, nearest


def corner(x: Floats) -> Floats:
    """Turned round where x3 + x7 ≥ 1.7: neither alone is enough, and the nearest point to the middle moves each by 0.35."""
    return np.asarray(x[:, 3] + x[:, 7] - 1.7)


def product(x: Floats) -> Floats:
    """No coordinate alone changes anything: only both beyond nine tenths do."""
    return np.asarray(np.minimum(x[:, 2], x[:, 11]) - 0.9)


def valley(x: Floats) -> Floats:
    """Turned round inside a ball far from every edge, where no end of a coordinate lies: evolution has to find it."""
    return np.asarray(0.25 - np.sqrt(((x - 0.5) ** 2).sum(axis=1)))


MIDDLE = [Axis(0.5)] * 20
LOW = [Axis(0.1)] * 20


def test_only_what_is_needed_is_moved_and_no_further_than_needed() -> None:
    found = nearest(corner, MIDDLE, 10)
    assert found is not None
    moved = np.flatnonzero(np.abs(found - 0.5) > 1e-9)
    assert moved.tolist() == [3, 7]
    assert corner(found[None])[0] >= 0.0
    assert distance(found[None], MIDDLE)[0] == pytest.approx(np.sqrt(2 * 0.35**2), rel=0.15)


def test_what_only_two_together_do_is_found_all_the_same() -> None:
    found = nearest(product, LOW, 60)
    assert found is not None
    assert np.flatnonzero(np.abs(found - 0.1) > 1e-9).tolist() == [2, 11]
    assert product(found[None])[0] >= 0.0


def test_what_no_end_of_a_coordinate_shows_is_found_by_evolution() -> None:
    axes = [Axis(0.0)] * 4
    found = nearest(valley, axes, 60)
    assert found is not None
    assert valley(found[None])[0] >= 0.0
    assert distance(found[None], axes)[0] == pytest.approx(1.0 - 0.25, rel=0.25)


def test_what_is_turned_round_already_lies_nowhere_away() -> None:
    found = nearest(lambda x: np.ones(len(x)), MIDDLE, 2)
    assert found is not None
    assert distance(found[None], MIDDLE)[0] == 0.0


def test_what_turns_nowhere_is_told_as_not_found() -> None:
    assert nearest(lambda x: np.full(len(x), -1.0), MIDDLE, 3) is None


def test_a_choice_that_differs_counts_one_however_far() -> None:
    axes = [Axis(0.1, (0.5, 0.9), steps=True), Axis(0.0)]
    points: NDArray[np.float64] = np.array([[0.5, 0.0], [0.9, 0.0], [0.1, 0.3]])
    assert distance(points, axes).tolist() == [1.0, 1.0, 0.3]


def test_the_same_search_finds_the_same() -> None:
    one, other = nearest(product, LOW, 60), nearest(product, LOW, 60)
    assert one is not None
    assert other is not None
    assert (one == other).all()
