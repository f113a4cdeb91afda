"""Nearest neighbours in the plane, in time close to linear: points are sorted into square cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

_FEW = 48


def nearest_points(xy: Floats, among: Floats, most: int, *,
                   skip_self: bool = False) -> tuple[Indices, Indices, Indices]:
    """Triples (i, j, rank): each point of `xy`, float64[p, 2], and its `most` nearest of `among`, nearest first.

    Equal distances go by the smaller j, so the answer is one on every machine. `skip_self` leaves out j = i.
    """
    found = min(most, len(among) - skip_self)
    if found <= 0 or not len(xy):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    cells = _Cells(among, max(2.0, 0.4 * found))
    i_parts, j_parts = [], []
    left = np.arange(len(xy), dtype=np.int64)
    radius = cells.widest if len(among) <= _FEW else 1
    while left.size:
        i, j = cells.within(xy, left, radius)
        if skip_self:
            other = i != j
            i, j = i[other], j[other]
        away = xy[i] - among[j]
        squared = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
        if radius < cells.widest:  # beyond this a nearer point could lie in a cell not looked at
            sure = squared < (radius * cells.side) ** 2
            i, j, squared = i[sure], j[sure], squared[sure]
        counts = np.bincount(i, minlength=len(xy))
        done = counts[left] >= found
        settled = np.zeros(len(xy), dtype=bool)
        settled[left[done]] = True
        i, j, squared = i[settled[i]], j[settled[i]], squared[settled[i]]
        order = np.lexsort((j, squared, i))
        i, j = i[order], j[order]
        counts[~settled] = 0
        rank = np.arange(i.size) - (np.cumsum(counts) - counts)[i]
        kept = rank < found
        i_parts.append(i[kept])
        j_parts.append(j[kept])
        left = left[~done]
        radius *= 2
    i, j = np.concatenate(i_parts), np.concatenate(j_parts)
    order = np.argsort(i, kind="stable")
    return i[order], j[order], np.tile(np.arange(found, dtype=np.int64), len(xy))


class _Cells:
    """Points by square cell, about `each` to a cell."""

    def __init__(self, points: Floats, each: float) -> None:
        self.low = points.min(axis=0)
        extent = points.max(axis=0) - self.low
        area = max(float(extent[0] * extent[1]), float(extent.max()) ** 2 / len(points), 1e-18)
        self.side = float(np.sqrt(each * area / len(points)))
        self.shape = (extent // self.side).astype(np.int64) + 1
        self.widest = int(self.shape.max())
        column, row = self._cell(points)
        number = row * self.shape[0] + column
        self.order = np.argsort(number, kind="stable")
        self.start = np.searchsorted(number[self.order], np.arange(int(self.shape[0] * self.shape[1]) + 1))

    def _cell(self, points: Floats) -> tuple[Indices, Indices]:
        cell = np.clip((points - self.low) // self.side, 0, self.shape - 1).astype(np.int64)
        return cell[:, 0], cell[:, 1]

    def within(self, xy: Floats, queries: Indices, radius: int) -> tuple[Indices, Indices]:
        """Pairs of a query and a point in the cells at most `radius` away from the query's own."""
        column, row = self._cell(xy[queries])
        low = np.maximum(column - radius, 0)
        high = np.minimum(column + radius, self.shape[0] - 1)
        i_parts, j_parts = [], []
        for step in range(-min(radius, self.widest), min(radius, self.widest) + 1):
            line = row + step
            inside = np.flatnonzero((line >= 0) & (line < self.shape[1]))
            begin = self.start[line[inside] * self.shape[0] + low[inside]]
            count = self.start[line[inside] * self.shape[0] + high[inside] + 1] - begin
            total = int(count.sum())
            offset = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
            i_parts.append(np.repeat(queries[inside], count))
            j_parts.append(self.order[np.repeat(begin, count) + offset])
        return np.concatenate(i_parts), np.concatenate(j_parts)
