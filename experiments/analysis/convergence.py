"""How many replicates a stated precision needs, and when enough have been run.

Under common random numbers the replicates are the independent pieces of luck, not the runs: an average over the
design is taken within each replicate first, and its interval is over replicates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.analysis.intervals import normal_quantile, student_quantile
from experiments.analysis.run_tables import Floats, best_complete, need_share, point_table
from experiments.result_columns import regime_in
from incentive_abm.errors import UserError


def running_interval(results: pd.DataFrame, outcome: str = "integration", confidence: float = 0.95) -> pd.DataFrame:
    """The design's mean outcome as replicates are added in their order.

    One row a count: replicates, mean, low, high (Student over replicates, NaN for one), half_width, points.
    """
    need_share(confidence, "confidence")
    values = _complete(results, outcome)
    by_replicate = values.mean(axis=0)
    counts = np.arange(1, len(by_replicate) + 1)
    means = by_replicate.cumsum() / counts
    half = np.full(len(counts), np.nan)
    for count in counts[1:]:
        spread = float(np.std(by_replicate[:count], ddof=1))
        half[count - 1] = student_quantile(int(count) - 1, confidence) * spread / np.sqrt(count)
    low, high = means - half, means + half
    if regime_in(outcome):
        low, high = np.maximum(low, 0.0), np.minimum(high, 1.0)
    return pd.DataFrame(
        {"replicates": counts, "mean": means, "low": low, "high": high, "half_width": half, "points": len(values)}
    )


def replicates_needed(
    results: pd.DataFrame, outcome: str = "integration", precision: float = 0.02, confidence: float = 0.95
) -> pd.DataFrame:
    """Replicates for an interval of +/- `precision`, judged from the runs so far.

    One row a scope: scope; spread (standard deviation between replicates); precision; replicates_now;
    replicates_needed (at least 2). Scopes: "whole design" (its mean), "middle point" (half of all design points reach
    the precision), "nine points in ten", "every point". A probability at a point is shrunk toward a half (Agresti &
    Coull 1998), since a point where all replicates agreed is not thereby certain. z is normal: a planning figure.
    Raises UserError with fewer than two replicates.
    """
    if precision <= 0.0:
        raise UserError(f"precision must be above 0, got {precision}")
    values = _complete(results, outcome)
    runs = values.shape[1]
    if runs < 2:
        raise UserError("how many replicates are needed cannot be told from a single one")
    z = normal_quantile(confidence)
    at_points = values.std(axis=1, ddof=1)
    if regime_in(outcome):
        p = (values.sum(axis=1) + z * z / 2.0) / (runs + z * z)
        at_points = np.sqrt(p * (1.0 - p))
    scopes = {
        "whole design": float(values.mean(axis=0).std(ddof=1)),
        "middle point": float(np.quantile(at_points, 0.5)),
        "nine points in ten": float(np.quantile(at_points, 0.9)),
        "every point": float(at_points.max()),
    }
    table = pd.DataFrame({"scope": list(scopes), "spread": list(scopes.values())})
    table["precision"] = precision
    table["replicates_now"] = runs
    table["replicates_needed"] = np.maximum(np.ceil((z * table["spread"] / precision) ** 2), 2).astype(int)
    return table


@dataclass(frozen=True)
class StoppingRule:
    """Stop once the half-width has been at most `precision` for `steady` counts of replicates in a row.

    `at_least` replicates are always run: looking again and again stops too early too often, and a floor with a
    run of agreeing looks keeps that small (the sequential interval's true cover is still a little below nominal).
    """

    outcome: str = "integration"
    precision: float = 0.02
    confidence: float = 0.95
    at_least: int = 10
    steady: int = 3

    def __post_init__(self) -> None:
        if self.precision <= 0.0 or self.at_least < 2 or self.steady < 1:
            raise UserError("a stopping rule needs precision > 0, at_least >= 2 and steady >= 1")
        need_share(self.confidence, "confidence")

    def stops_at(self, results: pd.DataFrame) -> int | None:
        """The number of replicates at which the rule stops, or None where more are needed."""
        table = running_interval(results, self.outcome, self.confidence)
        run = 0
        for count, half in zip(table["replicates"].tolist(), table["half_width"].tolist(), strict=True):
            run = run + 1 if half <= self.precision else 0
            if run >= self.steady and count >= self.at_least:
                return int(count)
        return None


def _complete(results: pd.DataFrame, outcome: str) -> Floats:
    values = point_table(results, outcome).values
    rows, columns = best_complete(np.asarray(np.isfinite(values)))
    if len(rows) == 0:
        raise UserError(f"{outcome}: no design point is complete yet")
    return np.asarray(values[rows][:, columns], dtype=np.float64)
