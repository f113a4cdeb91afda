"""Boxes in a space of float, int, bool and categorical factors, and the ways to peel and paste them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.analysis.run_tables import Floats

Rows = npt.NDArray[np.intp] | npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Space:
    """Points as numbers: numeric factors as they are, bool and categorical ones as codes into `categories`."""

    names: list[str]
    values: Floats
    categories: list[tuple[str, ...]]
    """For each factor its categories; empty for a numeric one."""
    low: Floats
    high: Floats
    clusters: npt.NDArray[np.int64]
    """For each point the group it was drawn with (a base row, or itself); points of one group are not independent."""

    def take(self, rows: Rows) -> Space:
        """Some of the points, in the same space."""
        return replace(self, values=self.values[rows], clusters=self.clusters[rows])

    def everything(self) -> Box:
        """The box that holds the whole space."""
        allowed = tuple(frozenset(range(len(each))) for each in self.categories)
        return Box(tuple(self.low.tolist()), tuple(self.high.tolist()), allowed)


def space_of(factors: pd.DataFrame, clusters: npt.NDArray[np.int64]) -> Space:
    """The space of a table of factor values. Numbers are cast to float64, whatever their type."""
    columns: list[Floats] = []
    categories: list[tuple[str, ...]] = []
    for name in factors.columns:
        column = factors[name]
        if pd.api.types.is_bool_dtype(column):
            columns.append(column.to_numpy(dtype=np.float64))
            categories.append(("no", "yes"))
        elif pd.api.types.is_numeric_dtype(column):
            columns.append(column.to_numpy(dtype=np.float64))
            categories.append(())
        else:
            known = tuple(sorted(set(column.astype(str))))
            columns.append(np.array([known.index(value) for value in column.astype(str)], dtype=np.float64))
            categories.append(known)
    values = np.column_stack(columns)
    names = [str(name) for name in factors.columns]
    return Space(names, values, categories, values.min(axis=0), values.max(axis=0), clusters)


@dataclass(frozen=True)
class Box:
    """Limits for numeric factors (both included) and allowed categories for the others, by place in the space."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    allowed: tuple[frozenset[int], ...]

    def inside(self, space: Space) -> npt.NDArray[np.bool_]:
        """Which points of the space lie in the box."""
        mask = np.ones(len(space.values), dtype=bool)
        for place in restricted(self, space):
            column = space.values[:, place]
            if space.categories[place]:
                mask &= np.isin(column, list(self.allowed[place]))
            else:
                mask &= (column >= self.low[place]) & (column <= self.high[place])
        return mask

    def peels(
        self, space: Space, rows: npt.NDArray[np.intp], share: float, places: Sequence[int] | None = None
    ) -> Iterator[tuple[Box, npt.NDArray[np.intp]]]:
        """Every box with one slice of about `share` of its points removed, with the points it keeps.

        Numeric: a slice from either side, never splitting equal values. Otherwise: one category.
        `places` limits the factors that are sliced.
        """
        cut = int(share * len(rows))
        for place in range(len(space.names)) if places is None else places:
            column, names = space.values[rows, place], space.categories[place]
            if names:
                for code in sorted(self.allowed[place]) if len(self.allowed[place]) > 1 else ():
                    yield self._allowing(place, self.allowed[place] - {code}), rows[column != code]
                continue
            smallest, largest = column.min(), column.max()
            if smallest == largest:
                continue
            ranked = np.partition(column, [cut, len(column) - 1 - cut])
            up = column >= ranked[cut] if ranked[cut] > smallest else column > smallest
            down = column <= ranked[-1 - cut] if ranked[-1 - cut] < largest else column < largest
            yield self._between(place, float(column[up].min()), self.high[place]), rows[up]
            yield self._between(place, self.low[place], float(column[down].max())), rows[down]

    def pastes(self, space: Space, share: float) -> Iterator[Box]:
        """Every box with one limit moved outward past about `share` as many points, or one category let back in."""
        count = max(int(share * self.inside(space).sum()), 1)
        for place in restricted(self, space):
            if space.categories[place]:
                for code in sorted(set(range(len(space.categories[place]))) - self.allowed[place]):
                    yield self._allowing(place, self.allowed[place] | {code})
                continue
            column = space.values[self.freed(place, space).inside(space), place]
            below = np.sort(column[column < self.low[place]])
            above = np.sort(column[column > self.high[place]])
            if len(below):
                limit = space.low[place] if len(below) <= count else below[-count]
                yield self._between(place, float(limit), self.high[place])
            if len(above):
                limit = space.high[place] if len(above) <= count else above[count - 1]
                yield self._between(place, self.low[place], float(limit))

    def freed(self, place: int, space: Space) -> Box:
        """The box without its restriction on one factor."""
        everything = space.everything()
        if space.categories[place]:
            return self._allowing(place, everything.allowed[place])
        return self._between(place, everything.low[place], everything.high[place])

    def describe(self, place: int, space: Space) -> dict[str, object]:
        """One factor's limits: factor, low, high, values, full_low, full_high, full_values."""
        names = space.categories[place]
        nan = float("nan")
        return {
            "factor": space.names[place],
            "low": nan if names else self.low[place],
            "high": nan if names else self.high[place],
            "values": ", ".join(names[code] for code in sorted(self.allowed[place])),
            "full_low": nan if names else float(space.low[place]),
            "full_high": nan if names else float(space.high[place]),
            "full_values": ", ".join(names),
        }

    def _between(self, place: int, low: float, high: float) -> Box:
        lows, highs = list(self.low), list(self.high)
        lows[place], highs[place] = low, high
        return Box(tuple(lows), tuple(highs), self.allowed)

    def _allowing(self, place: int, codes: frozenset[int]) -> Box:
        allowed = list(self.allowed)
        allowed[place] = codes
        return Box(self.low, self.high, tuple(allowed))


def restricted(box: Box, space: Space) -> list[int]:
    """The places of the factors that the box restricts."""
    return [
        place
        for place, names in enumerate(space.categories)
        if (len(box.allowed[place]) < len(names) if names else False)
        or (not names and (box.low[place] > space.low[place] or box.high[place] < space.high[place]))
    ]
