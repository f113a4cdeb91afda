"""The two ends of a factor that a comparison holds against each other, and the places or points that stand there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.analysis.bands import banded
from experiments.analysis.intervals import student_quantile
from experiments.analysis.run_tables import Floats
from incentive_abm.errors import UserError, nearest

FEW = 5
"""Values up to which a number of the place is compared at its lowest and highest, rather than in thirds."""


@dataclass(frozen=True, eq=False)
class Ends:
    """One factor moved from `start` to `end`; which rows of a table stand at either."""

    factor: str
    start: object
    end: object
    at_start: npt.NDArray[np.bool_]
    at_end: npt.NDArray[np.bool_]


def ends_of(points: pd.DataFrame, factor: str, *, thirds: bool, start: object = None, end: object = None) -> list[Ends]:
    """What a factor is moved from and to: one pair for a number or a flag, one for each further category.

    A number is moved from its lowest to its highest value, or (`thirds`, and a number of the place with many values) from
    the bottom third of its range to the top third, as far as it has more than three values. `start` and `end` choose
    values of the table instead; raises UserError where it has no such value. Empty where nothing varies.
    """
    column = points[factor]
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    known = sorted(column.unique().tolist()) if numeric or pd.api.types.is_bool_dtype(column) else list(dict.fromkeys(column))
    if start is not None or end is not None:
        chosen = tuple(known[0 if at is start else -1] if at is None else _known(at, known, factor) for at in (start, end))
        return [_between(points, factor, *chosen)]
    if len(known) < 2:
        return []
    many = len(known) > (3 if thirds else FEW)
    if numeric and many:
        labels = banded(points, factor, 3)["label"]
        low, high = labels.cat.categories[0], labels.cat.categories[-1]
        return [Ends(factor, str(low), str(high), np.asarray(labels == low), np.asarray(labels == high))]
    return [_between(points, factor, known[0], other) for other in (known[-1:] if numeric else known[1:])]


def _between(points: pd.DataFrame, factor: str, start: object, end: object) -> Ends:
    column = points[factor]
    return Ends(factor, start, end, (column == start).to_numpy(dtype=bool), (column == end).to_numpy(dtype=bool))


def _known(value: object, known: list[object], factor: str) -> object:
    for each in known:
        if each == value or str(each) == str(value):
            return each
    words = [str(each) for each in known]
    shown = ", ".join(words[:8]) + (", …" if len(words) > 8 else "")
    raise UserError(f"contrast: no design point has {factor} = {value}{nearest(str(value), words)}; it has {shown}")


def welch(one: Floats, other: Floats, confidence: float = 0.95) -> tuple[float, float, float]:
    """(difference of means, low, high) of two independent groups of unlike spread; NaN limits for a group of one.

    Source: Welch 1947, Biometrika 34.
    """
    difference = float(np.mean(other) - np.mean(one))
    if min(len(one), len(other)) < 2:
        return difference, float("nan"), float("nan")
    parts = [float(np.var(each, ddof=1)) / len(each) for each in (one, other)]
    total = sum(parts)
    if total == 0.0:
        return difference, difference, difference
    degrees = total**2 / sum(part**2 / (len(each) - 1) for part, each in zip(parts, (one, other), strict=True))
    half = student_quantile(degrees, confidence) * total**0.5
    return difference, difference - half, difference + half
