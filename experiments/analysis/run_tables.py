"""What every analysis asks of its tables: columns that exist, outcomes as numbers, whole blocks of runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.result_columns import regime_in
from incentive_abm.errors import UserError, nearest

Floats = npt.NDArray[np.float64]


def need(table: pd.DataFrame, columns: Iterable[str], what: str = "results") -> None:
    """Raise UserError unless the table has rows and every named column."""
    if table.empty:
        raise UserError(f"{what}: there are no runs to analyse yet")
    for name in columns:
        if name not in table.columns:
            raise UserError(f"{what}: there is no column {name!r}{nearest(name, map(str, table.columns))}")


def need_share(value: float, name: str) -> None:
    """Raise UserError unless 0 < value < 1."""
    if not 0.0 < value < 1.0:
        raise UserError(f"{name} must lie between 0 and 1, got {value}")


def outcome_values(results: pd.DataFrame, outcome: str) -> pd.Series[float]:
    """The outcome of each run as a float: a numeric column, or the indicator "regime:<name>"."""
    if regime_in(outcome):
        need(results, ["regime"])
        return (results["regime"] == regime_in(outcome)).astype(float)
    need(results, [outcome])
    if not (pd.api.types.is_numeric_dtype(results[outcome]) or pd.api.types.is_bool_dtype(results[outcome])):
        raise UserError(f"results: outcome {outcome!r} is not a number; use for instance regime:stalled")
    return results[outcome].astype(float)


def with_factors(results: pd.DataFrame, design: pd.DataFrame) -> pd.DataFrame:
    """The results with every design column they lack (factors and bookkeeping), matched by point."""
    need(results, ["point", "replicate"])
    need(design, ["point"], "design")
    missing = ["point", *(column for column in design.columns if column not in results.columns)]
    return results.merge(design[missing], on="point", how="inner", validate="many_to_one")


def drawn_together(points: pd.DataFrame) -> npt.NDArray[np.int64]:
    """For each row of a design the group it was drawn with, from 0: its base row, or itself alone.

    Points of one group are not independent of each other, so they are resampled and held out together.
    """
    if "base" in points.columns:
        return np.asarray(np.unique(points["base"].to_numpy(), return_inverse=True)[1], dtype=np.int64)
    return np.arange(len(points), dtype=np.int64)


@dataclass(frozen=True)
class Table:
    """One outcome laid out as points x replicates, NaN where a run is missing."""

    points: npt.NDArray[np.int64]
    replicates: npt.NDArray[np.int64]
    values: Floats


def point_table(results: pd.DataFrame, outcome: str, points: Sequence[int] | None = None) -> Table:
    """Lay an outcome out as points x replicates. Raises UserError where a run is listed twice."""
    need(results, ["point", "replicate"])
    values = outcome_values(results, outcome)
    frame = pd.DataFrame({"point": results["point"], "replicate": results["replicate"], "value": values})
    twice = frame.duplicated(["point", "replicate"])
    if twice.any():
        first = frame[twice].iloc[0]
        raise UserError(f"results: point {int(first['point'])}, replicate {int(first['replicate'])} is listed twice")
    wide = frame.pivot(index="point", columns="replicate", values="value")
    if points is not None:
        wide = wide.reindex(list(points))
    return Table(
        wide.index.to_numpy(dtype=np.int64),
        wide.columns.to_numpy(dtype=np.int64),
        wide.to_numpy(dtype=np.float64),
    )


def best_complete(present: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of the largest complete block of a presence table, taking the fullest columns first.

    An unfinished sweep may hold few points with all replicates or all points with few replicates; this keeps
    whichever leaves more runs in use. Ties go to more replicates.
    """
    order = np.argsort(-present.sum(axis=0), kind="stable")
    best: tuple[int, int] = (0, 0)
    for count in range(1, len(order) + 1):
        rows = int(present[:, order[:count]].all(axis=1).sum())
        if rows * count >= best[0] * best[1]:
            best = (rows, count)
    columns = np.sort(order[: best[1]])
    return np.flatnonzero(present[:, columns].all(axis=1)), columns


@dataclass(frozen=True)
class Blocks:
    """One outcome laid out as base rows x points of a base row x replicates, without holes.

    `matrix`, `changed` and `step` describe the points of each base row, shape (base rows, points of a base row).
    `planned` is how many base rows the design has; `replicates_planned` how many replicates the results show.
    """

    values: Floats
    matrix: npt.NDArray[np.object_]
    changed: npt.NDArray[np.object_]
    step: Floats
    factors: list[str]
    planned: int
    replicates_planned: int

    @property
    def base_rows(self) -> int:
        """Complete base rows in use."""
        return int(self.values.shape[0])

    @property
    def replicates(self) -> int:
        """Replicates in use."""
        return int(self.values.shape[2])


def complete_blocks(results: pd.DataFrame, design: pd.DataFrame, outcome: str, factors: list[str]) -> Blocks:
    """The complete base rows of a design with base rows. Raises UserError where fewer than two are complete."""
    need(design, ["point", "base", "changed"], "design")
    ordered = design.sort_values(["base", "point"], kind="stable")
    size = int(ordered.groupby("base").size().iloc[0])
    planned = len(ordered) // size
    if planned * size != len(ordered):
        raise UserError("design: its base rows differ in length; it is not whole")
    table = point_table(results, outcome, ordered["point"].tolist())
    values = table.values.reshape(planned, size, -1)
    rows, columns = best_complete(np.asarray(np.isfinite(values).all(axis=1)))
    if len(rows) < 2:
        raise UserError(
            f"{len(rows)} of {planned} base rows are complete; sensitivity indices need at least 2 (a base row is {size} points)"
        )

    def described(name: str, default: object) -> npt.NDArray[np.object_]:
        column = ordered[name] if name in ordered.columns else pd.Series([default] * len(ordered))
        return column.to_numpy(dtype=object).reshape(planned, size)[rows]

    return Blocks(
        values=np.ascontiguousarray(values[rows][:, :, columns]),
        matrix=described("matrix", ""),
        changed=described("changed", ""),
        step=described("step", 0.0).astype(np.float64),
        factors=factors,
        planned=planned,
        replicates_planned=len(table.replicates),
    )
