"""Which blockers hold places back, and where in the factor space each of them binds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.analysis.bands import banded
from experiments.analysis.intervals import student
from experiments.analysis.run_tables import need
from experiments.analysis.shared import share_interval, sharing_of
from incentive_abm.errors import UserError

PREFIX = "blocker_"
NOTHING = "nothing"
"""What stands where nothing holds a tie back."""


def blocker_columns(results: pd.DataFrame) -> list[str]:
    """The columns that hold blockers' shares, "nothing" left out. Raises UserError where there are none."""
    columns = [str(name) for name in results.columns if str(name).startswith(PREFIX) and name != PREFIX + NOTHING]
    if not columns:
        raise UserError(f"results: there are no blocker shares (columns {PREFIX}<name>)")
    return columns


def main_blockers(results: pd.DataFrame, design: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """How often each blocker is a run's main one, by regime: regime ("all" too), blocker, runs, of, share, low, high.

    Runs that nothing holds back ("nothing", missing or empty) count in `of` only. Intervals as in
    `regime_shares.sweep_shares`.
    """
    need(results, ["blocker", "regime"])
    results = results.reset_index(drop=True)
    sharing = sharing_of(results, design)
    tables = []
    for regime, group in [("all", results), *results.groupby("regime")]:
        named = group["blocker"].fillna("").astype(str)
        counts = named[~named.isin(["", NOTHING])].value_counts()
        table = pd.DataFrame({"regime": str(regime), "blocker": counts.index, "runs": counts.to_numpy()})
        table["of"] = len(group)
        table["share"] = table["runs"] / len(group)
        own, ones = sharing.take(group.index.to_numpy()), np.ones(len(group))
        limits = [share_interval((named == name).to_numpy(np.float64), ones, own, confidence)[1:] for name in counts.index]
        table["low"], table["high"] = np.array(limits, dtype=np.float64).reshape(len(table), 2).T
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def blockers_by(results: pd.DataFrame, factor: str, *, bands: int = 5, confidence: float = 0.95) -> pd.DataFrame:
    """Mean share of each blocker by band of a factor: band, middle, blocker, share, low, high, runs.

    The interval is over design points (Student), whose replicates are averaged first.
    """
    columns = blocker_columns(results)
    need(results, ["point", factor])
    results = results.reset_index(drop=True)
    places = banded(results, factor, bands)
    rows = []
    for band, group in results.groupby(places["label"], observed=True):
        by_point = group.groupby("point")[columns].mean()
        for column in columns:
            mean, low, high = student(by_point[column].dropna().to_numpy(dtype=float), confidence)
            rows.append(
                {"band": str(band), "middle": float(places.loc[group.index[0], "middle"])}
                | {"blocker": column.removeprefix(PREFIX), "share": mean, "low": low, "high": high, "runs": len(group)}
            )
    return pd.DataFrame(rows)


def where_blockers_bind(
    results: pd.DataFrame, factors: Sequence[str], *, bands: int = 5, confidence: float = 0.95
) -> pd.DataFrame:
    """How far each factor moves each blocker: factor, blocker, lowest, highest (mean shares), at_lowest, at_highest
    (bands), range, clear (whether the two bands' intervals stay apart); widest range first."""
    rows = []
    for factor in factors:
        for blocker, table in blockers_by(results, factor, bands=bands, confidence=confidence).groupby("blocker"):
            table = table.dropna(subset=["share"])
            if len(table) < 2:
                continue
            least, most = table.iloc[int(table["share"].argmin())], table.iloc[int(table["share"].argmax())]
            rows.append(
                {"factor": factor, "blocker": str(blocker), "lowest": float(least["share"])}
                | {"highest": float(most["share"]), "at_lowest": least["band"], "at_highest": most["band"]}
                | {"range": float(most["share"] - least["share"]), "clear": bool(most["low"] > least["high"])}
            )
    names = ["factor", "blocker", "lowest", "highest", "at_lowest", "at_highest", "range", "clear"]
    table = pd.DataFrame(rows, columns=names)
    return table.sort_values("range", ascending=False, kind="stable", ignore_index=True)
