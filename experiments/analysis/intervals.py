"""Intervals: Wilson for shares, Student for means, and resampling of base rows and replicates.

Luck and parameters are resampled apart. A run is one parameter point met by one piece of luck, so the base rows
(parameters) and the replicates (luck) are two crossed samples; both are resampled, independently (the
"pigeonhole" bootstrap, Owen 2007, Ann. Appl. Stat. 1, slightly conservative), and each is also resampled alone.
Where the spread comes from the base rows, more of them help; where it comes from luck, more replicates do.

With two or more replicates, products are averaged over pairs of *different* replicates. E[y_k y_l | x] for k != l
is the square of the expected response, free of luck, whereas squaring a mean of replicates leaves luck/K in it.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pandas as pd

from experiments.analysis.run_tables import Floats, need_share
from incentive_abm.errors import UserError
from incentive_abm.optional_libraries import library

DRAWS = 300
"""Default number of resamples."""


def normal_quantile(confidence: float) -> float:
    """The two-sided standard normal quantile (1.96 at 0.95)."""
    need_share(confidence, "confidence")
    return NormalDist().inv_cdf(0.5 + confidence / 2.0)


def student_quantile(degrees: float, confidence: float) -> float:
    """The two-sided quantile of Student's t."""
    return float(library("scipy.special").stdtrit(degrees, 0.5 + confidence / 2.0))


def wilson(successes: Floats, runs: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson's score interval for a share, elementwise; NaN where there are no runs. Source: Wilson 1927."""
    z = normal_quantile(confidence)
    n = np.where(runs > 0, runs, np.nan)
    p = successes / n
    centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n)
    half = z * np.sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n)
    return np.clip(centre - half, 0.0, 1.0), np.clip(centre + half, 0.0, 1.0)


def student(values: Floats, confidence: float = 0.95) -> tuple[float, float, float]:
    """(mean, low, high) by Student's t; the interval is NaN for a single value."""
    need_share(confidence, "confidence")
    count = len(values)
    mean = float(np.mean(values))
    if count < 2:
        return mean, float("nan"), float("nan")
    half = student_quantile(count - 1, confidence) * float(np.std(values, ddof=1)) / float(np.sqrt(count))
    return mean, mean - half, mean + half


def pair_mean(first: Floats, second: Floats, weights: Floats) -> Floats:
    """Mean of first_k * second_l over different replicates k != l (last axis); with one replicate, the product.

    `weights`, shape (replicates,), are resampling counts: copies of one replicate never form a pair.
    """
    if first.shape[-1] == 1:
        return np.asarray((first * second)[..., 0], dtype=np.float64)
    squares = weights * weights
    pairs = weights.sum() ** 2 - squares.sum()
    return np.asarray(((first @ weights) * (second @ weights) - (first * second) @ squares) / pairs, dtype=np.float64)


def _weights(generator: np.random.Generator, size: int, least_distinct: int) -> Floats:
    while True:
        counts = np.bincount(generator.integers(size, size=size), minlength=size).astype(np.float64)
        if np.count_nonzero(counts) >= least_distinct:
            return counts


def resample(
    statistic: Callable[[Floats, Floats], Floats],
    base_rows: int,
    replicates: int,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """A statistic of (row weights, replicate weights) with its resampled spread; one row per element it returns.

    Columns: value; low, high (percentile interval, rows and replicates resampled); se; se_rows (rows alone);
    se_luck (replicates alone, NaN with fewer than three, where luck cannot be resampled).
    """
    need_share(confidence, "confidence")
    if draws < 10:
        raise UserError(f"expected at least 10 resamples, got {draws}")
    ones_rows, ones_reps = np.ones(base_rows), np.ones(replicates)
    value = statistic(ones_rows, ones_reps)
    luck = replicates >= 3
    generator = np.random.default_rng(seed)
    both, rows_only, luck_only = [], [], []
    for _ in range(draws):
        rows = _weights(generator, base_rows, min(2, base_rows))
        reps = _weights(generator, replicates, 2) if luck else ones_reps
        both.append(statistic(rows, reps))
        rows_only.append(statistic(rows, ones_reps) if luck else both[-1])
        if luck:
            luck_only.append(statistic(ones_rows, reps))
    sample = _finite(both)
    tail = (1.0 - confidence) / 2.0
    return pd.DataFrame(
        {
            "value": value,
            "low": sample.quantile(tail),
            "high": sample.quantile(1.0 - tail),
            "se": sample.std(),
            "se_rows": _finite(rows_only).std() if base_rows > 1 else np.nan,
            "se_luck": _finite(luck_only).std() if luck else np.nan,
        }
    )


def _finite(draws: list[Floats]) -> pd.DataFrame:
    """Resamples as a table (draw, element); an element that mostly failed is left NaN rather than guessed."""
    sample = np.array(draws, dtype=np.float64)
    sample[~np.isfinite(sample)] = np.nan
    sample[:, np.isnan(sample).mean(axis=0) > 0.5] = np.nan
    return pd.DataFrame(sample)
