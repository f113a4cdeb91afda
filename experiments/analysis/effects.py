"""The effect of each lever, compared under the same luck, and what the shared luck saved."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.bands import banded
from experiments.analysis.intervals import DRAWS, resample, student
from experiments.analysis.pairs import matched_pairs
from experiments.analysis.run_tables import Floats, Table, best_complete, need, point_table
from experiments.designs import factor_columns
from incentive_abm.errors import UserError

COLUMNS = [
    "factor",
    "from_value",
    "to_value",
    "effect",
    "low",
    "high",
    "variance_ratio",
    "pairs",
    "replicates",
    "basis",
]
SAMPLED = ("sobol", "morris")


def lever_effects(
    results: pd.DataFrame,
    design: pd.DataFrame,
    outcome: str = "integration",
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """What moving each factor does to the outcome, everything else and luck held equal; largest first.

    One row a contrast: factor; from_value, to_value; effect, low, high (outcome units); variance_ratio (variance of
    the difference with independent luck over that with shared luck, replicates held against each other at the same
    pair of points; NaN with one replicate); pairs, replicates (in use); basis.

    basis "paired": the design holds pairs of points that differ in this factor only (see `pairs.matched_pairs`).
      In a fixed design (factorial, one at a time) differences are averaged over pairs within each replicate, and the
      interval is Student's over replicates. In a sampled design (Sobol, Morris) the effect is scaled to the factor's
      whole range seen and the interval resamples base rows and replicates.
    basis "bands": no pairs (Latin hypercube, most files of points): the top third of the factor's range against the
      bottom third, resampled over points and replicates; other factors are balanced on average only.

    Raises UserError where there is nothing to compare.
    """
    pairs = matched_pairs(design)
    table = point_table(results, outcome)
    if pairs.empty:
        rows = _banded_effects(table, design, confidence, draws, seed)
    elif str(design["method"].iloc[0]) in SAMPLED:
        rows = _sampled_effects(table, design, pairs, confidence, draws, seed)
    else:
        rows = _fixed_effects(table, pairs, confidence)
    if not rows:
        raise UserError("no pair of design points is complete yet, so there is no effect to report")
    frame = pd.DataFrame(rows, columns=COLUMNS)
    order = frame["effect"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def paired_difference(
    first: pd.DataFrame, second: pd.DataFrame, outcome: str = "integration", confidence: float = 0.95
) -> pd.DataFrame:
    """Second minus first for two sets of runs that share luck, matched by replicate (means within each first).

    One row: effect, low, high (Student over replicates), variance_ratio, replicates.
    Raises UserError with fewer than two replicates in common.
    """
    one, other = (point_table(runs, outcome) for runs in (first, second))
    shared = np.intersect1d(one.replicates, other.replicates)
    if len(shared) < 2:
        raise UserError(f"a paired effect needs at least 2 replicates in common; there are {len(shared)}")
    means = [np.nanmean(table.values[:, np.isin(table.replicates, shared)], axis=0) for table in (one, other)]
    effect, low, high = student(means[1] - means[0], confidence)
    ratio = _variance_ratio(means[0][None], means[1][None])
    return pd.DataFrame({"effect": [effect], "low": low, "high": high, "variance_ratio": ratio, "replicates": len(shared)})


def interaction_effect(
    results: pd.DataFrame,
    design: pd.DataFrame,
    first: str,
    second: str,
    outcome: str = "integration",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How far the effect of one factor depends on another: (high,high) - (high,low) - (low,high) + (low,low).

    Uses the lowest and highest value of each factor, averaged over the rest of a full factorial within a replicate.
    One row: first, second, effect, low, high (Student over replicates), replicates. Raises UserError where a corner
    has no runs.
    """
    need(design, ["point", first, second], "design")
    table = point_table(results, outcome, design["point"].tolist())
    corners = []
    for name in (first, second):
        values = design[name].astype(float) if pd.api.types.is_numeric_dtype(design[name]) else design[name]
        corners.append([(values == sorted(values.unique())[place]).to_numpy() for place in (-1, 0)])
    means = np.array([[table.values[a & b].mean(axis=0) for b in corners[1]] for a in corners[0]])
    per_replicate = means[0, 0] - means[0, 1] - means[1, 0] + means[1, 1]
    per_replicate = per_replicate[np.isfinite(per_replicate)]
    if len(per_replicate) == 0:
        raise UserError(f"no replicate has all four corners of {first} and {second}")
    effect, low, high = student(per_replicate, confidence)
    row = {"first": first, "second": second, "effect": effect, "low": low, "high": high}
    return pd.DataFrame([row | {"replicates": len(per_replicate)}])


def _variance_ratio(first: Floats, second: Floats) -> float:
    """Variance with independent luck over variance with shared luck; shape (pairs, replicates)."""
    if first.shape[1] < 2:
        return float("nan")
    apart = float((first.var(axis=1, ddof=1) + second.var(axis=1, ddof=1)).sum())
    together = float((second - first).var(axis=1, ddof=1).sum())
    if together == 0.0:
        return float("nan") if apart == 0.0 else float("inf")
    return apart / together


def _paired_values(table: Table, pairs: pd.DataFrame) -> tuple[Floats, Floats, pd.DataFrame]:
    """Both sides of the complete pairs, shape (pairs, replicates), and the pairs kept."""
    place = {int(point): row for row, point in enumerate(table.points)}
    known = pairs["from_point"].isin(table.points) & pairs["to_point"].isin(table.points)
    pairs = pairs[known].reset_index(drop=True)
    first = table.values[[place[int(point)] for point in pairs["from_point"]]]
    second = table.values[[place[int(point)] for point in pairs["to_point"]]]
    rows, columns = best_complete(np.asarray(np.isfinite(second - first)))
    return first[rows][:, columns], second[rows][:, columns], pairs.loc[rows].reset_index(drop=True)


def _fixed_effects(table: Table, pairs: pd.DataFrame, confidence: float) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    labels = pairs["from_value"].astype(str) + "\x00" + pairs["to_value"].astype(str)
    for (factor, _), group in pairs.groupby([pairs["factor"], labels], sort=False):
        first, second, kept = _paired_values(table, group)
        if len(kept) == 0:
            continue
        effect, low, high = student((second - first).mean(axis=0), confidence)
        values = (kept["from_value"].iloc[0], kept["to_value"].iloc[0])
        size = (len(kept), first.shape[1])
        row = (factor, *values, effect, low, high, _variance_ratio(first, second), *size, "paired")
        rows.append(dict(zip(COLUMNS, row, strict=True)))
    return rows


def _sampled_effects(
    table: Table, design: pd.DataFrame, pairs: pd.DataFrame, confidence: float, draws: int, seed: int
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    text = ~pairs["from_value"].map(lambda value: isinstance(value, int | float | np.number))
    labels = pairs["from_value"].astype(str).where(text, "") + "\x00" + pairs["to_value"].astype(str).where(text, "")
    for (name, _), group in pairs.groupby([pairs["factor"], labels], sort=False):
        first, second, kept = _paired_values(table, group)
        if len(kept) < 2:
            continue
        column = design[str(name)]
        numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        span = float(column.max() - column.min()) if numeric else 1.0
        difference, step = second - first, kept["step"].to_numpy(dtype=np.float64)

        def statistic(w: Floats, v: Floats, difference: Floats = difference, step: Floats = step, span: float = span) -> Floats:
            return np.array([w @ difference @ v / (v.sum() * (w @ step)) * span])

        found = resample(statistic, len(kept), first.shape[1], confidence, draws, seed).iloc[0]
        ends = (column.min(), column.max()) if numeric else (kept["from_value"].iloc[0], kept["to_value"].iloc[0])
        numbers = (float(found["value"]), float(found["low"]), float(found["high"]), _variance_ratio(first, second))
        row = (name, *ends, *numbers, len(kept), first.shape[1], "paired")
        rows.append(dict(zip(COLUMNS, row, strict=True)))
    return rows


def _banded_effects(table: Table, design: pd.DataFrame, confidence: float, draws: int, seed: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    complete, columns = best_complete(np.asarray(np.isfinite(table.values)))
    values = table.values[complete][:, columns]
    indexed = design.set_index("point").loc[table.points[complete]]
    for factor in factor_columns(design):
        places = banded(indexed.reset_index(), factor, 3)["label"]
        ends = [str(places.cat.categories[0]), str(places.cat.categories[-1])]
        low, high = (np.asarray(places == end) for end in ends)
        if low.sum() < 2 or high.sum() < 2 or ends[0] == ends[1]:
            continue

        def statistic(w: Floats, v: Floats, low: Floats = low, high: Floats = high) -> Floats:
            at = values @ v / v.sum()
            return np.array([(w * high) @ at / max((w * high).sum(), 1e-9) - (w * low) @ at / max((w * low).sum(), 1e-9)])

        found = resample(statistic, len(values), values.shape[1], confidence, draws, seed).iloc[0]
        numbers = (float(found["value"]), float(found["low"]), float(found["high"]), float("nan"))
        row = (factor, *ends, *numbers, int(low.sum() + high.sum()), values.shape[1], "bands")
        rows.append(dict(zip(COLUMNS, row, strict=True)))
    return rows
