"""Shares of each regime: overall, and over two factors, with Wilson intervals."""

from __future__ import annotations

import pandas as pd

from experiments.analysis.bands import banded
from experiments.analysis.intervals import wilson
from experiments.analysis.tidy import need
from incentive_abm.errors import UserError


def regime_shares(results: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Share of runs that ended in each regime, most frequent first: regime, runs, of, share, low, high.

    The Wilson interval takes runs as independent; under common random numbers see `convergence` as well.
    """
    need(results, ["regime"])
    counts = results["regime"].value_counts()
    table = pd.DataFrame({"regime": counts.index.astype(str), "runs": counts.to_numpy(), "of": len(results)})
    table["share"] = table["runs"] / table["of"]
    table["low"], table["high"] = wilson(table["runs"].to_numpy(float), table["of"].to_numpy(float), confidence)
    return table


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
