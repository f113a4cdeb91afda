"""How far the effect of one factor depends on another: differences of differences, with intervals."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from experiments.analysis.contrast import Contrast
from experiments.analysis.effects import lever_effects, paired_values
from experiments.analysis.ends import Ends, ends_of, welch
from experiments.analysis.intervals import DRAWS, resample, student
from experiments.analysis.pairs import matched_pairs
from experiments.analysis.run_tables import Floats, Table, best_complete, drawn_together, need, point_table
from experiments.designs import explaining_columns
from experiments.designs.factors import OF_PLACE
from incentive_abm.errors import UserError

COLUMNS = ["first", "first_from", "first_to", "second", "second_from", "second_to", "part", "effect", "low", "high"]
COLUMNS += ["basis", "units"]
PARTS = ("at second_from", "at second_to", "difference")
WITHOUT_PAIRS = ("one_at_a_time", "efast")
"""Designs that never move two factors together, or that hold no comparison at all."""
OVER = {
    "levels": "replicates",
    "pairs": "base rows and replicates",
    "bands": "points and replicates",
    "places": "places",
}
"""What the interval of each basis is over."""


def interactions(
    results: pd.DataFrame,
    design: pd.DataFrame,
    outcome: str = "integration",
    factors: Sequence[str] = (),
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """Two-way effects among `factors` (all of the design's, where none are given), the largest first: `COLUMNS`.

    Only the part "difference" of `contrast_effect` is listed. Raises UserError for a design that cannot tell.
    """
    names = list(factors) or explaining_columns(design)
    tables = [
        contrast_effect(results, design, Contrast(one, other), outcome, confidence=confidence, draws=draws, seed=seed)
        for one, other in _ordered_pairs(names)
    ]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)
    table = table[table["part"] == "difference"].dropna(subset=["effect"])
    if table.empty:
        raise UserError("no two factors of this design vary together in runs that are complete")
    order = table["effect"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _ordered_pairs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every two names once; a number of the place always comes second, and never with another."""
    for one, other in itertools.combinations(names, 2):
        of_place = [name.startswith(OF_PLACE) for name in (one, other)]
        if not all(of_place):
            yield (other, one) if of_place[0] else (one, other)


def own_contrast(
    results: pd.DataFrame, design: pd.DataFrame, contrast: Contrast, outcome: str = "integration"
) -> pd.DataFrame:
    """The answer to what a study asks: `contrast_effect`, or, without `by`, one row with part "effect", the rest empty.

    Without `by` the interval is that of `effects.lever_effects`; chosen values are compared as a design with these alone.
    """
    need(design, [contrast.of, *([contrast.by] if contrast.by else [])], "design")
    if contrast.by:
        return contrast_effect(results, design, contrast, outcome)
    chosen = ends_of(design, contrast.of, thirds=False, start=contrast.of_from, end=contrast.of_to)
    kept = design
    if contrast.of_from is not None or contrast.of_to is not None:
        kept = design[chosen[0].at_start | chosen[0].at_end]
    table = lever_effects(results[results["point"].isin(kept["point"])], kept, outcome)
    table = table[table["factor"] == contrast.of]
    if table.empty:
        raise UserError(f"contrast: no complete runs differ in {contrast.of} alone")
    row = table.iloc[0]
    moved = {"first": contrast.of, "first_from": row["from_value"], "first_to": row["to_value"]}
    if chosen and row["from_value"] == chosen[0].end and row["to_value"] == chosen[0].start:
        raise UserError(f"contrast: {contrast.of} is compared upwards; exchange from and to")
    told = {name: row[name] for name in ("effect", "low", "high")}
    return pd.DataFrame([moved | {"part": "effect", **told, "basis": row["basis"], "units": row["replicates"]}], columns=COLUMNS)


def contrast_effect(
    results: pd.DataFrame,
    design: pd.DataFrame,
    contrast: Contrast,
    outcome: str = "integration",
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """The effect of one factor at either end of another, and the difference; one row a part (`PARTS`), `COLUMNS`.

    basis "places": `second` is a number of the place: the effect in each place by itself (mean over its luck), then
      Student's t over the places at either end, and Welch's for the difference; so other places are spoken for.
      With a single place at either end nothing can be said of other places, and the basis is "levels".
    basis "levels": designs laid out (factorial): Student's t over replicates, all other factors averaged.
    basis "pairs": Sobol, Morris: differences of points that differ in `first` only, by thirds of `second`.
    basis "bands": Latin hypercube, points, crossed: means of thirds; points (futures) and replicates are resampled.
    """
    method = str(design["method"].iloc[0])
    if method in WITHOUT_PAIRS:
        raise UserError(f"the design {method} never moves two factors together; use for example a factorial design")
    for name in (contrast.of, contrast.by):
        if name not in design.columns:
            raise UserError(f"the design does not vary {name}")
    asked = _Asked(point_table(results, outcome), design, contrast, confidence, draws, seed)
    if method in ("sobol", "morris"):
        rows = list(asked.by_pairs())
    elif contrast.by.startswith(OF_PLACE) and asked.several_places():
        rows = list(asked.by_places())
    elif method in ("factorial",) or contrast.by.startswith(OF_PLACE):
        rows = list(asked.by_levels())
    else:
        rows = list(asked.by_bands())
    return pd.DataFrame(rows, columns=COLUMNS)


Row = list[object]
Statistic = Callable[[Floats, Floats], Floats]


class _Asked:
    def __init__(self, table: Table, design: pd.DataFrame, contrast: Contrast, confidence: float, draws: int, seed: int) -> None:
        complete, columns = best_complete(np.asarray(np.isfinite(table.values)))
        if len(complete) == 0:
            raise UserError("no design point is complete yet")
        self.table, self.design = table, design
        self.values = table.values[complete][:, columns]
        self.points = design.set_index("point").loc[table.points[complete]].reset_index()
        self.contrast, self.confidence, self.draws, self.seed = contrast, confidence, draws, seed

    def _ends(self, thirds: bool, points: pd.DataFrame | None = None) -> Iterator[tuple[Ends, Ends]]:
        c, at = self.contrast, self.points if points is None else points
        firsts = ends_of(at, c.of, thirds=thirds, start=c.of_from, end=c.of_to)
        seconds = ends_of(at, c.by, thirds=thirds, start=c.by_from, end=c.by_to)
        yield from itertools.product(firsts, seconds)

    def _rows(self, first: Ends, second: Ends, parts: Sequence[Sequence[float]], basis: str, units: int) -> Iterator[Row]:
        for part, (effect, low, high) in zip(PARTS, parts, strict=True):
            yield [first.factor, first.start, first.end, second.factor, second.start, second.end, part, effect, low, high,
                   basis, units]

    def several_places(self) -> bool:
        """Whether at least two places stand at either end of the number that is asked about."""
        places = self.points.drop_duplicates("place")
        c = self.contrast
        found = ends_of(places, c.by, thirds=False, start=c.by_from, end=c.by_to)
        return bool(found) and min(int(found[0].at_start.sum()), int(found[0].at_end.sum())) >= 2

    def by_places(self) -> Iterator[Row]:
        """The effect in each place, then over places."""
        c, mean = self.contrast, self.values.mean(axis=1)
        for first in ends_of(self.points, c.of, thirds=True, start=c.of_from, end=c.of_to):
            at = {name: pd.Series(mean[rows]).groupby(self.points.loc[rows, "place"].to_numpy()).mean()
                  for name, rows in (("start", first.at_start), ("end", first.at_end))}
            effects = (at["end"] - at["start"]).dropna()
            places = self.points.drop_duplicates("place").set_index("place").loc[effects.index]
            for second in ends_of(places, c.by, thirds=False, start=c.by_from, end=c.by_to):
                few, many = (effects.to_numpy(float)[rows] for rows in (second.at_start, second.at_end))
                parts = [student(few, self.confidence), student(many, self.confidence), welch(few, many, self.confidence)]
                yield from self._rows(first, second, parts, "places", len(few) + len(many))

    def by_levels(self) -> Iterator[Row]:
        """Within each replicate, then over replicates."""
        for first, second in self._ends(thirds=False):
            corners = [[a & b for b in (second.at_start, second.at_end)] for a in (first.at_start, first.at_end)]
            if not all(rows.any() for side in corners for rows in side):
                continue
            at = np.array([[self.values[rows].mean(axis=0) for rows in side] for side in corners])
            few, many = at[1, 0] - at[0, 0], at[1, 1] - at[0, 1]
            parts = [student(each, self.confidence) for each in (few, many, many - few)]
            yield from self._rows(first, second, parts, "levels", self.values.shape[1])

    def by_bands(self) -> Iterator[Row]:
        """Thirds of both factors, resampled over what was drawn together and over replicates."""
        members = drawn_together(self.points)
        for first, second in self._ends(thirds=True):
            corners = np.array([a & b for a in (first.at_start, first.at_end) for b in (second.at_start, second.at_end)], float)
            if corners.sum(axis=1).min() < 2:
                continue

            def statistic(w: Floats, v: Floats, corners: Floats = corners) -> Floats:
                weights = corners * w[members]
                with np.errstate(invalid="ignore", divide="ignore"):
                    means = weights @ (self.values @ v / v.sum()) / weights.sum(axis=1)
                few, many = means[2] - means[0], means[3] - means[1]
                return np.array([few, many, many - few])

            yield from self._resampled(first, second, statistic, int(members.max()) + 1, self.values.shape[1], "bands")

    def by_pairs(self) -> Iterator[Row]:
        """Differences under the first factor alone, by where the second stands."""
        pairs = matched_pairs(self.design)
        pairs = pairs[pairs["factor"] == self.contrast.of]
        if pairs.empty or self.contrast.of_from is not None or self.contrast.of_to is not None:
            raise UserError(f"contrast: this design moves {self.contrast.of} over its whole range; leave out from and to")
        first, second, kept = paired_values(self.table, pairs)
        at = self.design.set_index("point").loc[kept["from_point"]].reset_index()
        column = self.design[self.contrast.of]
        numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        moved = Ends(self.contrast.of, column.min() if numeric else kept["from_value"].iloc[0],
                     column.max() if numeric else kept["to_value"].iloc[0], np.ones(0, bool), np.ones(0, bool))
        span = float(column.max() - column.min()) if numeric else 1.0
        members = np.unique(kept["base"], return_inverse=True)[1]
        step, difference = kept["step"].to_numpy(float), second - first
        c = self.contrast
        for by in ends_of(at, c.by, thirds=True, start=c.by_from, end=c.by_to):
            sides = np.array([by.at_start, by.at_end], float)
            if sides.sum(axis=1).min() < 2:
                continue

            def statistic(w: Floats, v: Floats, sides: Floats = sides) -> Floats:
                weights = sides * w[members]
                with np.errstate(invalid="ignore", divide="ignore"):
                    few, many = weights @ (difference @ v / v.sum()) / (weights @ step) * span
                return np.array([few, many, many - few])

            yield from self._resampled(moved, by, statistic, int(members.max()) + 1, difference.shape[1], "pairs")

    def _resampled(
        self, first: Ends, second: Ends, statistic: Statistic, groups: int, replicates: int, basis: str
    ) -> Iterator[Row]:
        found = resample(statistic, groups, replicates, self.confidence, self.draws, self.seed)
        parts = found[["value", "low", "high"]].to_numpy(float)
        yield from self._rows(first, second, parts.tolist(), basis, groups)
