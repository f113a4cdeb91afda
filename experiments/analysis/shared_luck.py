"""What sharing luck between the points of a design does to the interval of a difference: narrower, or wider."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.run_tables import Floats


def luck_ratio(pairs: pd.DataFrame, first: Floats, second: Floats, weights: Floats) -> float:
    """Variance that luck of its own at every point would leave in a weighted mean of differences, over what shared luck leaves.

    `first` and `second` hold both sides of each pair, shape (pairs, replicates); `pairs` names their points (from_point,
    to_point), of which one may stand in several pairs. Above 1 sharing luck made the interval narrower, below 1 wider.
    NaN with fewer than two replicates, or where nothing varies.
    """
    if first.shape[1] < 2:
        return float("nan")
    share = weights / weights.sum()
    points, place = np.unique(np.concatenate([pairs["from_point"], pairs["to_point"]]).astype(np.int64), return_inverse=True)
    coefficients = np.zeros(len(points))
    np.add.at(coefficients, place, np.concatenate([-share, share]))
    values = np.empty((len(points), first.shape[1]))
    values[place] = np.concatenate([first, second])
    together = float((share @ (second - first)).var(ddof=1))
    apart = float(coefficients**2 @ values.var(axis=1, ddof=1))
    if together == 0.0:
        return float("nan") if apart == 0.0 else float("inf")
    return apart / together
