"""Shares of each regime: overall, and over two factors, with Wilson intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.bands import banded
from experiments.analysis.intervals import DRAWS, resample, student, wilson
from experiments.analysis.run_tables import Floats, best_complete, need, point_table
from incentive_abm.errors import UserError

LAID_OUT = ("factorial", "one_at_a_time")
"""Designs whose points stand for nothing but themselves."""


def regime_shares(results: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Share of runs that ended in each regime, most frequent first: regime, runs, of, share, low, high.

    Wilson's interval takes runs as independent: right for replicates at one point with luck of their own. For a
    whole sweep use `sweep_shares`.
    """
    need(results, ["regime"])
    counts = results["regime"].value_counts()
    table = pd.DataFrame({"regime": counts.index.astype(str), "runs": counts.to_numpy(), "of": len(results)})
    table["share"] = table["runs"] / table["of"]
    table["low"], table["high"] = wilson(table["runs"].to_numpy(float), table["of"].to_numpy(float), confidence)
    return table


def sweep_shares(
    results: pd.DataFrame, design: pd.DataFrame, *, confidence: float = 0.95, draws: int = DRAWS, seed: int = 1
) -> pd.DataFrame:
    """Share of a sweep's runs that ended in each regime, most frequent first: regime, runs, of, share, low, high.

    The interval resamples points (whole base rows, where the design has them) and replicates, because the runs of a
    sweep share both. Where the points were laid out rather than drawn (factorial, one at a time) they are taken as
    they are, and the interval is Student's over replicates. Of an unfinished sweep only points with the same complete
    replicates are used.
    """
    need(results, ["regime", "point", "replicate"])
    need(design, ["point"], "design")
    grouped = "base" in design.columns
    laid_out = "method" in design.columns and str(design["method"].iloc[0]) in LAID_OUT
    rows: list[dict[str, object]] = []
    for regime in results["regime"].value_counts().index.astype(str):
        table = point_table(results, f"regime:{regime}")
        kept, columns = best_complete(np.asarray(np.isfinite(table.values)))
        values = table.values[kept][:, columns]
        points = table.points[kept]
        base = design.set_index("point").loc[points, "base"].to_numpy() if grouped else points
        members = np.unique(base, return_inverse=True)[1]
        size = np.bincount(members).astype(float)
        sums: Floats = np.column_stack([np.bincount(members, weights=column) for column in values.T]).astype(np.float64)

        def statistic(w: Floats, v: Floats, sums: Floats = sums, size: Floats = size) -> Floats:
            return np.array([w @ sums @ v / ((w @ size) * v.sum())])

        if laid_out:
            share, low, high = student(values.mean(axis=0), confidence)
        else:
            found = resample(statistic, len(size), values.shape[1], confidence, draws, seed)
            share, low, high = (float(found[name].iloc[0]) for name in ("value", "low", "high"))
        row = {"regime": regime, "runs": int(values.sum()), "of": values.size, "share": share}
        rows.append({**row, "low": max(low, 0.0), "high": min(high, 1.0)})
    return pd.DataFrame(rows)


def regime_map(
    results: pd.DataFrame,
    x: str,
    y: str,
    regime: str = "integrated",
    *,
    bands: int = 6,
    min_runs: int = 10,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Share of runs that ended in `regime` in every cell of two factors; too few runs leave the cell blank (NaN).

    One row a cell, empty ones included: x, y (labels), x_middle, y_middle (place on the axis), runs, share, low, high.
    Raises UserError for unknown or equal factors, or a regime that no run can have been given.
    """
    need(results, ["regime", x, y])
    if x == y:
        raise UserError(f"a map needs two different factors, got {x} twice")
    across, up = banded(results, x, bands), banded(results, y, bands)
    cells = pd.DataFrame({"x": across["label"], "y": up["label"], "hit": (results["regime"] == regime).astype(float)})
    table = cells.groupby(["x", "y"], observed=False)["hit"].agg(["size", "sum"]).reset_index()
    table.columns = pd.Index(["x", "y", "runs", "hits"])
    for axis, places in (("x", across), ("y", up)):
        middle = places.drop_duplicates("label").set_index("label")["middle"]
        table[f"{axis}_middle"] = table[axis].map(middle).astype(float)
        table[axis] = table[axis].astype(str)
    enough = table["runs"] >= max(min_runs, 1)
    low, high = wilson(table["hits"].to_numpy(float), table["runs"].to_numpy(float), confidence)
    table["share"] = (table["hits"] / table["runs"]).where(enough)
    table["low"], table["high"] = low, high
    table[["low", "high"]] = table[["low", "high"]].where(enough)
    return table[["x", "y", "x_middle", "y_middle", "runs", "share", "low", "high"]]
