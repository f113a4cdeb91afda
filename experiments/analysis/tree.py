"""Scenario discovery with a classification tree (CART, by scikit-learn): rules that a room can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from experiments.analysis.prim import denser
from experiments.analysis.run_tables import Floats, drawn_together, need, point_table
from experiments.designs import explaining_columns
from incentive_abm.errors import UserError
from incentive_abm.optional_libraries import library

FOLDS, SIGNIFICANCE = 5, 0.05


@dataclass(frozen=True)
class Tree:
    """What the tree found.

    leaves      one row a leaf, densest first: leaf, rule (plain words), share (of runs that ended in the regime),
                mass (share of all points), points
    importance  one row a factor: factor, importance (share of the tree's gain; sums to 1)
    skill       variance of the regime's probability between points that the tree explains on points it was not
                grown on (five-fold, whole base rows held out together); zero or less means that it explains nothing
    held_out    share of runs that ended so among held-out points in the densest leaf of the tree grown without them
    base_rate   the same share among all points
    holds       whether held-out points inside such leaves are clearly denser than those outside (Welch, one-sided)
    """

    leaves: pd.DataFrame
    importance: pd.DataFrame
    skill: float
    held_out: float
    base_rate: float
    holds: bool

    def __repr__(self) -> str:
        return f"Tree({len(self.leaves)} leaves, skill {self.skill:.2f})"


def grow_tree(
    results: pd.DataFrame,
    design: pd.DataFrame,
    regime: str = "stalled",
    *,
    depth: int = 3,
    min_mass: float = 0.05,
    seed: int = 1,
) -> Tree:
    """A tree for the share of a point's replicates that ended in `regime`.

    Squared error on that share equals the Gini gain over runs, so this is CART's classification tree (Breiman et
    al. 1984) with the replicates of a point kept together. A categorical factor splits one category from the rest.
    Raises UserError where scikit-learn is missing, the regime never varies or there are too few points.
    """
    need(results, ["regime", "point", "replicate"])
    table = point_table(results, f"regime:{regime}")
    cases = np.nanmean(table.values, axis=1)
    chosen = design.set_index("point").loc[table.points]
    if len(cases) < 20 or np.ptp(cases) == 0.0:
        raise UserError(f"too little to learn from: {len(cases)} points, {regime} in {cases.mean():.0%} of every one")
    names, columns = numeric_columns(chosen[explaining_columns(design)])
    model = library("sklearn.tree").DecisionTreeRegressor(
        max_depth=depth, min_samples_leaf=max(2, int(min_mass * len(cases))), random_state=seed
    )
    groups = drawn_together(chosen)
    skill, held_out, holds = float("nan"), float("nan"), False
    if len(np.unique(groups)) >= FOLDS:
        guess, inside = np.zeros(len(cases)), np.zeros(len(cases), dtype=bool)
        for grown, left in library("sklearn.model_selection").GroupKFold(FOLDS).split(columns, cases, groups):
            model.fit(columns[grown], cases[grown])
            guess[left] = model.predict(columns[left])
            inside[left] = model.apply(columns[left]) == _densest(model.tree_)
        skill = float(1.0 - ((cases - guess) ** 2).mean() / cases.var())
        holds = bool(inside.any()) and denser(cases, groups, inside, ~inside) <= SIGNIFICANCE
        held_out = float(cases[inside].mean()) if inside.any() else float("nan")
    model.fit(columns, cases)
    importance = _importance(model.feature_importances_, names)
    return Tree(leaves_of(model.tree_, names, len(cases)), importance, skill, held_out, float(cases.mean()), holds)


def _densest(tree: Any) -> int:
    """The leaf with the largest share."""
    leaves = np.flatnonzero(tree.children_left == tree.children_right)
    return int(leaves[np.argmax(tree.value[leaves].ravel())])


def numeric_columns(factors: pd.DataFrame) -> tuple[list[tuple[str, str]], Floats]:
    """Numeric columns for the tree, each named (factor, category or "")."""
    names: list[tuple[str, str]] = []
    columns = []
    for name in factors.columns:
        column = factors[name]
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            names.append((str(name), "yes" if pd.api.types.is_bool_dtype(column) else ""))
            columns.append(column.to_numpy(dtype=np.float64))
            continue
        for category in sorted(set(column.astype(str))):
            names.append((str(name), category))
            columns.append((column.astype(str) == category).to_numpy(dtype=np.float64))
    return names, np.column_stack(columns)


def leaves_of(tree: Any, names: list[tuple[str, str]], total: int) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    waiting: list[tuple[int, dict[int, tuple[float, float]]]] = [(0, {})]
    while waiting:
        node, limits = waiting.pop()
        if tree.children_left[node] == tree.children_right[node]:
            points, share = int(tree.n_node_samples[node]), float(tree.value[node].ravel()[0])
            rule = " and ".join(_rule(*names[column], *limit) for column, limit in limits.items())
            rows.append({"leaf": int(node), "rule": rule or "always", "share": share})
            rows[-1] |= {"mass": points / total, "points": points}
            continue
        column, at = int(tree.feature[node]), float(tree.threshold[node])
        low, high = limits.get(column, (-np.inf, np.inf))
        waiting.append((int(tree.children_right[node]), {**limits, column: (max(low, at), high)}))
        waiting.append((int(tree.children_left[node]), {**limits, column: (low, min(high, at))}))
    return pd.DataFrame(rows).sort_values("share", ascending=False, kind="stable", ignore_index=True)


def _rule(factor: str, category: str, low: float, high: float) -> str:
    """One factor's limits in plain words, whichever splits they came from."""
    if category:
        return f"{factor} is {category}" if np.isfinite(low) else f"{factor} is not {category}"
    if np.isfinite(low) and np.isfinite(high):
        return f"{factor} from {low:.3g} to {high:.3g}"
    return f"{factor} above {low:.3g}" if np.isfinite(low) else f"{factor} up to {high:.3g}"


def _importance(gains: Floats, names: list[tuple[str, str]]) -> pd.DataFrame:
    table = pd.DataFrame({"factor": [factor for factor, _ in names], "importance": gains})
    table = table.groupby("factor", sort=False)[["importance"]].sum().reset_index()
    return table.sort_values("importance", ascending=False, kind="stable", ignore_index=True)
