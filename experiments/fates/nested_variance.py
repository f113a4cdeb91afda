"""Components of variance of things within groups within places.

Neither scipy nor statsmodels has them for unequal groups but by fitting a mixed model, which takes minutes for a hundred
thousand ties; the analysis of variance is a few sums (Searle, Casella and McCulloch 1992, Variance Components, ch. 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.fates.estimates import Floats, Indices


@dataclass(frozen=True)
class Moments:
    """Sums of each place, by level i (place, …, item): square_i = Σ over units (sum of the unit)² / (its items); and
    weight_ij = Σ over units of level i of (Σ over units of level j within it of items²) / (its items)."""

    items: Floats
    total: Floats
    items_squared: Floats
    square: Floats
    weight: Floats

    @classmethod
    def of(cls, table: pd.DataFrame, value: str, levels: Sequence[str]) -> Moments:
        """From a table with a row an item; `levels` name columns from the widest (the place) to the narrowest group."""
        depth = len(levels) + 1
        y = table[value] - table[value].mean()
        places = table.groupby(levels[0], sort=True).ngroup().to_numpy()
        units = [table.groupby(list(levels[:k + 1]), sort=True).ngroup().to_numpy() for k in range(len(levels))]
        units.append(np.arange(len(table)))
        count = places.max() + 1
        square, weight, squared = np.zeros((count, depth)), np.zeros((count, depth, depth)), np.zeros((count, depth))
        for i, unit in enumerate(units):
            items, sums = np.bincount(unit), np.bincount(unit, y)
            of_place = np.zeros(len(items), np.int64)
            of_place[unit] = places
            square[:, i] = np.bincount(of_place, sums * sums / items, count)
            squared[:, i] = np.bincount(of_place, items * items, count)
            for j, wider in enumerate(units[:i]):
                within = np.zeros(len(items), np.int64)
                within[unit] = wider
                share = np.bincount(within, items * items) / np.bincount(wider)
                outer = np.zeros(len(share), np.int64)
                outer[wider] = places
                weight[:, j, i] = np.bincount(outer, share, count)
            weight[:, i, :i + 1] = np.bincount(places, minlength=count)[:, None]
        return cls(np.bincount(places).astype(np.float64), np.bincount(places, y).astype(np.float64), squared, square, weight)

    def components(self, places: Indices) -> Floats:
        """The variance at each level, from the places drawn; an unbiased one may come out a little below zero."""
        n = self.items[places].sum()
        squares = np.concatenate([[self.total[places].sum() ** 2 / n], self.square[places].sum(axis=0)])
        weights = np.concatenate([self.items_squared[places].sum(axis=0)[None] / n, self.weight[places].sum(axis=0)])
        return np.linalg.solve(np.diff(weights, axis=0), np.diff(squares))
