"""The effect of each lever, compared under the same luck, and what the shared luck saved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from experiments.analysis.ends import ends_of, welch
from experiments.analysis.intervals import DRAWS, resample, student
from experiments.analysis.pairs import matched_pairs
from experiments.analysis.run_tables import Floats, Table, best_complete, drawn_together, point_table
from experiments.analysis.shared_luck import luck_ratio
from experiments.designs import explaining_columns
from experiments.designs.factors import OF_PLACE
from incentive_abm.errors import UserError

COLUMNS = [
    "factor",
    "from_value",
    "to_value",
    "effect",
    "low",
    "high",
    "luck_ratio",
    "pairs",
    "replicates",
    "basis",
]
SAMPLED = ("sobol", "morris", "crossed")
Row = dict[str, object]


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

    One row a contrast: factor; from_value, to_value; effect, low, high (outcome units); luck_ratio (variance that luck of
    its own at every point would leave in this very effect, over what shared luck leaves: below 1 sharing luck made the
    interval wider; NaN with one replicate and where nothing is paired); pairs, replicates (in use); basis.

    basis "paired": the design holds pairs of points that differ in this factor only (see `pairs.matched_pairs`).
      In a fixed design (factorial, one at a time) differences are averaged over pairs within each replicate, and the
      interval is Student's over replicates. In a sampled design (Sobol, Morris, crossed) the effect is scaled to the
      factor's whole range seen and the interval resamples base rows (futures) and replicates.
    basis "bands": no pairs (Latin hypercube, most files of points): the top third of the factor's range against the
      bottom third, resampled over points and replicates; other factors are balanced on average only.
    basis "places": a number of the place, which goes with all else that places differ in: means of the places at either
      end, by Welch's t over places.

    Raises UserError where there is nothing to compare.
    """
    pairs = matched_pairs(design)
    table = point_table(results, outcome)
    chosen = explaining_columns(design)
    pairs = pairs[pairs["factor"].isin(chosen)]
    sampled = str(design["method"].iloc[0]) in SAMPLED
    rows: list[Row] = []
    if not pairs.empty:
        rows += _sampled_effects(table, design, pairs, confidence, draws, seed) if sampled else _fixed_effects(
            table, pairs, confidence)
    if pairs.empty or str(design["method"].iloc[0]) == "crossed":
        unpaired = [name for name in chosen if name not in set(pairs["factor"]) and not name.startswith(OF_PLACE)]
        rows += _banded_effects(table, design, unpaired, confidence, draws, seed)
    rows += _place_effects(table, design, [name for name in chosen if name.startswith(OF_PLACE)], confidence)
    if not rows:
        raise UserError("no pair of design points is complete yet, so there is no effect to report")
    frame = pd.DataFrame(rows, columns=COLUMNS)
    order = frame["effect"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def paired_difference(
    first: pd.DataFrame, second: pd.DataFrame, outcome: str = "integration", confidence: float = 0.95
) -> pd.DataFrame:
    """Second minus first for two sets of runs that share luck, matched by replicate (means within each first).

    One row: effect, low, high (Student over replicates), variance_ratio (were the two sets' luck independent of each
    other, over what it is), replicates. Raises UserError with fewer than two replicates in common.
    """
    one, other = (point_table(runs, outcome) for runs in (first, second))
    shared = np.intersect1d(one.replicates, other.replicates)
    if len(shared) < 2:
        raise UserError(f"a paired effect needs at least 2 replicates in common; there are {len(shared)}")
    means = [np.nanmean(table.values[:, np.isin(table.replicates, shared)], axis=0) for table in (one, other)]
    effect, low, high = student(means[1] - means[0], confidence)
    sets = pd.DataFrame({"from_point": [0], "to_point": [1]})
    ratio = luck_ratio(sets, means[0][None], means[1][None], np.ones(1))
    return pd.DataFrame({"effect": [effect], "low": low, "high": high, "variance_ratio": ratio, "replicates": len(shared)})


def paired_values(table: Table, pairs: pd.DataFrame) -> tuple[Floats, Floats, pd.DataFrame]:
    """Both sides of the complete pairs, shape (pairs, replicates), and the pairs kept."""
    place = {int(point): row for row, point in enumerate(table.points)}
    known = pairs["from_point"].isin(table.points) & pairs["to_point"].isin(table.points)
    pairs = pairs[known].reset_index(drop=True)
    first = table.values[[place[int(point)] for point in pairs["from_point"]]]
    second = table.values[[place[int(point)] for point in pairs["to_point"]]]
    rows, columns = best_complete(np.asarray(np.isfinite(second - first)))
    return first[rows][:, columns], second[rows][:, columns], pairs.loc[rows].reset_index(drop=True)


def _row(*values: object) -> Row:
    return dict(zip(COLUMNS, values, strict=True))


def _contrasts(pairs: pd.DataFrame, *, numbers_apart: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """(factor, its pairs), each move between two words apart, and each between two numbers where asked."""
    whole = pairs["from_value"].map(lambda value: isinstance(value, int | float | np.number) and not isinstance(value, bool))
    text = pd.Series(numbers_apart, index=pairs.index) | ~whole
    moves = pairs["from_value"].astype(str).where(text, "") + "\x00" + pairs["to_value"].astype(str).where(text, "")
    for (factor, _), group in pairs.groupby([pairs["factor"], moves], sort=False):
        yield str(factor), group


def _fixed_effects(table: Table, pairs: pd.DataFrame, confidence: float) -> Iterator[Row]:
    for factor, group in _contrasts(pairs, numbers_apart=True):
        first, second, kept = paired_values(table, group)
        if len(kept) == 0:
            continue
        effect, low, high = student((second - first).mean(axis=0), confidence)
        ratio = luck_ratio(kept, first, second, np.ones(len(kept)))
        values = (kept["from_value"].iloc[0], kept["to_value"].iloc[0])
        yield _row(factor, *values, effect, low, high, ratio, len(kept), first.shape[1], "paired")


def _sampled_effects(
    table: Table, design: pd.DataFrame, pairs: pd.DataFrame, confidence: float, draws: int, seed: int
) -> Iterator[Row]:
    for name, group in _contrasts(pairs, numbers_apart=False):
        first, second, kept = paired_values(table, group)
        groups, members = np.unique(kept["base"], return_inverse=True)
        if len(groups) < 2 and design["base"].nunique() > 1:
            continue
        column = design[name]
        numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        span = float(column.max() - column.min()) if numeric else 1.0
        step = kept["step"].to_numpy(dtype=np.float64)
        sums = np.zeros((len(groups), first.shape[1]))
        np.add.at(sums, members, second - first)
        steps = np.bincount(members, weights=step).astype(np.float64)
        ratio = luck_ratio(kept, first, second, np.ones(len(kept)))

        def statistic(w: Floats, v: Floats, sums: Floats = sums, steps: Floats = steps, span: float = span) -> Floats:
            return np.array([w @ sums @ v / (v.sum() * (w @ steps)) * span])

        found = resample(statistic, len(groups), first.shape[1], confidence, draws, seed).iloc[0]
        ends = (column.min(), column.max()) if numeric else (kept["from_value"].iloc[0], kept["to_value"].iloc[0])
        numbers = (float(found["value"]), float(found["low"]), float(found["high"]), ratio)
        yield _row(name, *ends, *numbers, len(kept), first.shape[1], "paired")


def _banded_effects(
    table: Table, design: pd.DataFrame, factors: list[str], confidence: float, draws: int, seed: int
) -> Iterator[Row]:
    complete, columns = best_complete(np.asarray(np.isfinite(table.values)))
    values = table.values[complete][:, columns]
    points = design.set_index("point").loc[table.points[complete]].reset_index()
    members = drawn_together(points)
    for factor in factors:
        for ends in ends_of(points, factor, thirds=True):
            low, high = ends.at_start.astype(np.float64), ends.at_end.astype(np.float64)
            if low.sum() < 2 or high.sum() < 2:
                continue

            def statistic(w: Floats, v: Floats, low: Floats = low, high: Floats = high) -> Floats:
                at, weight = values @ v / v.sum(), w[members]
                return np.array([_mean(at, weight * high) - _mean(at, weight * low)])

            found = resample(statistic, int(members.max()) + 1, values.shape[1], confidence, draws, seed).iloc[0]
            numbers = (float(found["value"]), float(found["low"]), float(found["high"]), float("nan"))
            yield _row(factor, ends.start, ends.end, *numbers, int(low.sum() + high.sum()), values.shape[1], "bands")


def _mean(values: Floats, weights: Floats) -> float:
    total = float(weights.sum())
    return float(weights @ values) / total if total > 0.0 else float("nan")


def _place_effects(table: Table, design: pd.DataFrame, factors: list[str], confidence: float) -> Iterator[Row]:
    if not factors:
        return
    complete, columns = best_complete(np.asarray(np.isfinite(table.values)))
    points = design.set_index("point").loc[table.points[complete]].reset_index()
    means = points.assign(value=table.values[complete][:, columns].mean(axis=1)).groupby("place", sort=False)
    places = means[factors].first().assign(value=means["value"].mean())
    for factor in factors:
        for ends in ends_of(places, factor, thirds=False):
            one, other = (places.loc[rows, "value"].to_numpy(float) for rows in (ends.at_start, ends.at_end))
            effect, low, high = welch(one, other, confidence)
            size = (len(one) + len(other), len(columns))
            yield _row(factor, ends.start, ends.end, effect, low, high, float("nan"), *size, "places")
