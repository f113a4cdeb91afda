"""Bounded confidence by the model's own rule of persuasion, on a line of opinions: the clusters that were published."""

from __future__ import annotations

import numpy as np
import pytest

from incentive_abm.rules.values import persuasion

PEOPLE, MEETINGS, RATE = 200, 60_000, 0.5


def clusters(confidence: float, seed: int) -> int:
    """Clusters of at least a twentieth of all, after pairs met at random and each moved by the rule's share."""
    chance = np.random.default_rng(seed)
    opinions = chance.random(PEOPLE)
    for one, other in chance.integers(0, PEOPLE, (MEETINGS, 2)):
        apart = abs(opinions[one] - opinions[other])
        share = persuasion(apart, confidence, 0.0, RATE, 1.0, 0.0)
        opinions[one], opinions[other] = (opinions[one] + share * (opinions[other] - opinions[one]),
                                          opinions[other] + share * (opinions[one] - opinions[other]))
    settled = np.sort(opinions)
    groups = np.split(settled, np.flatnonzero(np.diff(settled) > confidence / 2) + 1)
    return sum(len(group) >= PEOPLE / 20 for group in groups)


@pytest.mark.parametrize(("confidence", "fewest", "most"), [(0.5, 1, 1), (0.3, 1, 2), (0.2, 2, 3), (0.1, 4, 6)])
def test_as_many_clusters_as_one_over_twice_the_bound(confidence: float, fewest: int, most: int) -> None:
    """Deffuant et al. 2000: about 1 / 2d clusters; one above d = 0.5."""
    assert all(fewest <= clusters(confidence, seed) <= most for seed in range(3))
