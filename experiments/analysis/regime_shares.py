"""Shares of each regime: overall, and over two factors, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.bands import banded
from experiments.analysis.intervals import wilson
from experiments.analysis.run_tables import best_complete, need, point_table
from experiments.analysis.shared import share_interval, sharing_of
from incentive_abm.errors import UserError


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


def sweep_shares(results: pd.DataFrame, design: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Share of a sweep's runs that ended in each regime, most frequent first: regime, runs, of, share, low, high.

    The interval allows for points (base rows) and replicates that runs share; where points were laid out rather than
    drawn it is over replicates alone, and NaN with a single one (see `shared`). Of an unfinished sweep only points with
    the same complete replicates are used.
    """
    need(results, ["regime", "point", "replicate"])
    table = point_table(results.assign(run=1.0), "run")
    rows, columns = best_complete(np.asarray(np.isfinite(table.values)))
    kept = results[results["point"].isin(table.points[rows]) & results["replicate"].isin(table.replicates[columns])]
    sharing = sharing_of(kept, design)
    found: list[dict[str, object]] = []
    for regime, runs in kept["regime"].value_counts().items():
        hit = (kept["regime"] == regime).to_numpy().astype(np.float64)
        share, low, high = share_interval(hit, np.ones(len(kept)), sharing, confidence)
        found.append({"regime": str(regime), "runs": int(runs), "of": len(kept), "share": share, "low": low, "high": high})
    return pd.DataFrame(found)


def regime_map(
    results: pd.DataFrame,
    design: pd.DataFrame,
    x: str,
    y: str,
    regime: str = "integrated",
    *,
    bands: int = 6,
    min_runs: int = 10,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Share of runs that ended in `regime` in every cell of two factors; too few runs leave the cell blank (NaN).

    One row a cell, empty ones included: x, y (labels), x_middle, y_middle (place on the axis), runs, share, low, high
    (as in `sweep_shares`).
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
    sharing, hit = sharing_of(results, design), cells["hit"].to_numpy(np.float64)
    place = list(zip(cells["x"].astype(str), cells["y"].astype(str), strict=True))
    codes, known = pd.factorize(pd.Series(place, dtype=object))
    at = {pair: code for code, pair in enumerate(known)}
    limits = np.full((len(table), 2), np.nan)
    for row, pair in enumerate(zip(table["x"], table["y"], strict=True)):
        if enough.iloc[row]:
            own = codes == at[pair]
            limits[row] = share_interval(hit[own], np.ones(int(own.sum())), sharing.take(own), confidence)[1:]
    table["share"] = (table["hits"] / table["runs"]).where(enough)
    table["low"], table["high"] = limits.T
    return table[["x", "y", "x_middle", "y_middle", "runs", "share", "low", "high"]]
