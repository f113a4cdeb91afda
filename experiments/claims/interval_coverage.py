"""How often the intervals that the ledger prints hold the truth, tried on made-up contrasts whose truth is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.claims.evidence import estimate

Floats = NDArray[np.float64]
PLACES, A_PLACE, TRUTH, BETWEEN = 16, 40, 0.02, 0.01
Draw = Callable[[np.random.Generator, int], Floats]


def _even(generator: np.random.Generator, size: int) -> Floats:
    return generator.normal(0.0, 0.05, size)


def _mostly_nothing(generator: np.random.Generator, size: int) -> Floats:
    """What the ledger meets: nine backgrounds in ten show nothing, the tenth a good deal; mean 0."""
    hit = generator.random(size) < 0.1
    return np.where(hit, generator.exponential(0.2, size), 0.0) - 0.02


def _shares(generator: np.random.Generator, size: int) -> Floats:
    """Differences of an ending that is there or not: −1, 0 or 1; mean 0."""
    return generator.choice([-1.0, 0.0, 1.0], size, p=[0.03, 0.94, 0.03])


SPREADS: Mapping[str, Draw] = {"even": _even, "mostly nothing": _mostly_nothing, "there or not": _shares}


def ledger_intervals(seed: int) -> Iterator[tuple[str, str, float, float, float]]:
    """(interval, design, low, high, truth) of one made-up ledger: 16 places as in the protocol, and one place."""
    generator = np.random.default_rng([11, seed])
    for name, draw in SPREADS.items():
        for places, size in ((PLACES, A_PLACE), (1, PLACES * A_PLACE)):
            ours = np.repeat(generator.normal(0.0, BETWEEN if places > 1 else 0.0, places), size)
            values = TRUTH + ours + draw(generator, places * size)
            at = np.repeat([f"place {k}" for k in range(places)], size).astype(object)
            low, high = estimate(values, at).interval()
            yield f"contrast of a claim, {name}", "16 places" if places > 1 else "one place", low, high, TRUTH


def trials(count: int) -> pd.DataFrame:
    """A row an interval of each made-up ledger."""
    rows = [each for seed in range(count) for each in ledger_intervals(seed)]
    return pd.DataFrame(rows, columns=["kind", "design", "low", "high", "truth"])
