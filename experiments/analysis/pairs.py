"""Pairs of design points that differ in one factor only: what a design allows to be compared under the same luck."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.run_tables import Floats, need
from experiments.designs import factor_columns


def matched_pairs(design: pd.DataFrame) -> pd.DataFrame:
    """Every pair of points that the design was built to compare.

    Columns: factor; from_point, to_point; from_value, to_value (a numeric factor always goes up); step (distance on
    the factor's axis, 1.0 for bool and categorical factors); base (base row, trajectory or draw, 0 elsewhere).
    One at a time: baseline against each change. Factorial: lowest against highest (each other category against the
    first), all else equal; a file of points and a crossed design likewise, as far as they hold such pairs. Sobol: A
    against AB. Morris: neighbours on a trajectory. Other designs have no pairs, and the table is empty.
    """
    need(design, ["point", "method"], "design")
    factors = factor_columns(design)
    method = str(design["method"].iloc[0])
    ordered = design.sort_values("point", kind="stable", ignore_index=True)
    if method == "one_at_a_time":
        changed = ordered[ordered["changed"] != ""]
        start = ordered[ordered["changed"] == ""].iloc[[0] * len(changed)]
        found = _pairs(start, changed, keep_order=True)
    elif method in ("factorial", "points", "crossed"):
        varied = [factor for factor in factors if ordered[factor].nunique() > 1]
        tables = [_opposite(ordered, factor, factors) for factor in varied]
        found = pd.concat(tables, ignore_index=True) if tables else _pairs(ordered.iloc[:0], ordered.iloc[:0].assign(changed=""),
                                                                           keep_order=True)
    elif method == "sobol":
        changed = ordered[ordered["matrix"] == "AB"]
        start = ordered[ordered["matrix"] == "A"].set_index("base").loc[changed["base"]].reset_index()
        found = _pairs(start, changed, keep_order=False)
    elif method == "morris":
        later = ordered[ordered["changed"] != ""]
        found = _pairs(ordered.iloc[later.index - 1], later, keep_order=False)
    else:
        found = _pairs(ordered.iloc[:0], ordered.iloc[:0].assign(changed=""), keep_order=True)
    return found[found["from_value"] != found["to_value"]].reset_index(drop=True)


def _pairs(start: pd.DataFrame, changed: pd.DataFrame, *, keep_order: bool) -> pd.DataFrame:
    tables = [pd.DataFrame({name: [] for name in ("factor", "from_point", "to_point", "from_value", "to_value")})]
    start, changed = start.reset_index(drop=True), changed.reset_index(drop=True)
    for factor in changed["changed"].unique():
        rows = changed["changed"] == factor
        one, other = start.loc[rows, str(factor)], changed.loc[rows, str(factor)]
        numeric = pd.api.types.is_numeric_dtype(one)
        swap = np.asarray((one > other) if numeric else (one.astype(str) > other.astype(str))) & (not keep_order)
        first, second = start.loc[rows, "point"].to_numpy(), changed.loc[rows, "point"].to_numpy()
        low, high = one.to_numpy(dtype=object), other.to_numpy(dtype=object)
        tables.append(
            pd.DataFrame(
                {
                    "factor": str(factor),
                    "from_point": np.where(swap, second, first),
                    "to_point": np.where(swap, first, second),
                    "from_value": np.where(swap, high, low),
                    "to_value": np.where(swap, low, high),
                    "step": _steps(one, other),
                    "base": changed.loc[rows, "base"].to_numpy() if "base" in changed.columns else 0,
                }
            )
        )
    return pd.concat(tables[1:] or tables, ignore_index=True)


def _steps(one: pd.Series, other: pd.Series) -> Floats:
    if pd.api.types.is_bool_dtype(one) or not pd.api.types.is_numeric_dtype(one):
        return np.ones(len(one))
    return np.asarray(np.abs(other.to_numpy(dtype=np.float64) - one.to_numpy(dtype=np.float64)))


def _opposite(design: pd.DataFrame, factor: str, factors: list[str]) -> pd.DataFrame:
    """Pairs of a full factorial: all else equal, the lowest value against the highest, or first against the others."""
    rest = [name for name in factors if name != factor]
    column = design[factor]
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    values = sorted(column.unique().tolist()) if numeric or pd.api.types.is_bool_dtype(column) else list(column.unique())
    design = design if "base" in design.columns else design.assign(base=0)
    same = [*rest, "base"]
    low = design.loc[column == values[0], [*same, "point", factor]]
    tables = []
    for value in values[-1:] if numeric else values[1:]:
        high = design.loc[column == value, [*same, "point", factor]]
        found = low.merge(high, on=same)
        pair = {"factor": factor, "from_point": found["point_x"], "to_point": found["point_y"]}
        pair |= {"from_value": found[f"{factor}_x"], "to_value": found[f"{factor}_y"]}
        step = _steps(found[f"{factor}_x"], found[f"{factor}_y"])
        pair |= {"step": step, "base": found["base"]}
        tables.append(pd.DataFrame(pair).astype({"from_value": object, "to_value": object}))
    return pd.concat(tables, ignore_index=True)
