"""How much of the spread of an outcome comes from parameters and how much from luck."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.intervals import DRAWS, resample
from experiments.analysis.run_tables import Floats, best_complete, point_table
from incentive_abm.errors import UserError

SOURCES = ("parameters", "luck", "shared luck", "luck x parameters")


def variance_shares(
    results: pd.DataFrame,
    design: pd.DataFrame,
    outcome: str = "integration",
    *,
    common_luck: bool = True,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """The law of total variance, Var(Y) = Var(E[Y|x]) + E[Var(Y|x)], estimated without bias.

    One row a source: "parameters" = Var(E[Y|x]); "luck" = E[Var(Y|x)]. Under common random numbers luck is taken
    further apart: "shared luck" moves every point alike, "luck x parameters" strikes points differently
    (luck = shared luck + luck x parameters). Columns: source; variance; share, low, high (of the total variance);
    se_rows, se_luck; points, replicates (in use). An unbiased variance may come out slightly below zero.

    Points and replicates are two crossed random samples; the estimates are the two-way analysis of variance's
    (Searle, Casella & McCulloch 1992, Variance Components, ch. 4), written as means over different points and
    different replicates. With `common_luck=False` (each run has luck of its own) the one-way form is used.
    Of a Sobol design only the independent rows (A and B) are used. With few replicates the intervals are somewhat
    narrow, as any bootstrap of few is: in a trial with 6 replicates, 95% intervals held the truth in 88% of sweeps.
    Raises UserError with fewer than two complete points or replicates, or an outcome that never varies.
    """
    independent = design
    if "matrix" in design.columns:
        independent = design[design["matrix"].isin(["A", "B"])]
    table = point_table(results, outcome, independent["point"].tolist())
    rows, columns = best_complete(~np.isnan(table.values))
    if len(columns) < 2 or len(rows) < 2:
        raise UserError(
            f"telling luck from parameters needs at least 2 points with 2 replicates each; "
            f"there are {len(rows)} complete points with {len(columns)} replicate(s)"
        )
    values = table.values[rows][:, columns]
    if np.ptp(values) == 0.0:
        raise UserError(f"{outcome} is the same in every run, so there is no spread to explain")
    values = values - values.mean()
    parts = _crossed if common_luck else _one_way

    def statistic(row_weights: Floats, replicate_weights: Floats) -> Floats:
        variances = parts(values, row_weights, replicate_weights)
        return np.concatenate([variances / (variances[0] + variances[1]), variances])

    frame = resample(statistic, len(rows), len(columns), confidence, draws, seed)
    shares, variances = frame.iloc[: len(SOURCES)], frame["value"].iloc[len(SOURCES) :]
    return pd.DataFrame(
        {
            "source": SOURCES,
            "variance": variances.to_numpy(),
            "share": shares["value"],
            "low": shares["low"],
            "high": shares["high"],
            "se_rows": shares["se_rows"],
            "se_luck": shares["se_luck"],
            "points": len(rows),
            "replicates": len(columns),
        }
    ).dropna(subset=["variance"], ignore_index=True)


def _crossed(y: Floats, w: Floats, v: Floats) -> Floats:
    """Moments over same or different points (weights w) and same or different replicates (weights v)."""
    w2, v2 = w * w, v * v
    row_pairs, replicate_pairs = w.sum() ** 2 - w2.sum(), v.sum() ** 2 - v2.sum()
    by_row, by_replicate, square = y @ v, w @ y, y * y
    same = w @ square @ v / (w.sum() * v.sum())
    same_point = (w @ by_row**2 - w @ square @ v2) / (w.sum() * replicate_pairs)
    same_luck = (v @ by_replicate**2 - w2 @ square @ v) / (v.sum() * row_pairs)
    neither = (by_row @ w) ** 2 - w2 @ by_row**2 - v2 @ by_replicate**2 + w2 @ square @ v2
    neither = neither / (row_pairs * replicate_pairs)
    parameters, shared = same_point - neither, same_luck - neither
    mixed = same - same_point - same_luck + neither
    return np.array([parameters, shared + mixed, shared, mixed])


def _one_way(y: Floats, w: Floats, v: Floats) -> Floats:
    w2, v2 = w * w, v * v
    replicate_pairs = v.sum() ** 2 - v2.sum()
    by_row, square = y @ v, y * y
    same = w @ square @ v / (w.sum() * v.sum())
    same_point = (w @ by_row**2 - w @ square @ v2) / (w.sum() * replicate_pairs)
    other_point = ((by_row @ w) ** 2 - w2 @ by_row**2) / ((w.sum() ** 2 - w2.sum()) * v.sum() ** 2)
    return np.array([same_point - other_point, same - same_point, np.nan, np.nan])
