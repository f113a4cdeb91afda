"""Groups of runs by the value of a factor: its own values, or bands of equal width."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from experiments.analysis.run_tables import need
from incentive_abm.errors import UserError


def banded(results: pd.DataFrame, factor: str, bands: int = 5) -> pd.DataFrame:
    """Each run's group by a factor, and the place of every group on the factor's axis.

    Columns, row for row with `results`: label (ordered categorical), low, high, middle (float; for bool and
    categorical factors the group's rank). A numeric factor with more than `bands` values is cut into bands of
    equal width over the range seen. Raises UserError for an unknown factor or fewer than two bands.
    """
    need(results, [factor])
    if bands < 2:
        raise UserError(f"expected at least 2 bands, got {bands}")
    values = results[factor]
    discrete = pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values)
    unique = sorted(values.unique().tolist())
    if discrete or len(unique) <= bands:
        names = [plain(value) for value in unique]
        place = np.array([unique.index(value) for value in values.tolist()])
        at = np.arange(len(unique), dtype=float) if discrete else np.array(unique, dtype=float)
        low, high = at, at
    else:
        edges = np.linspace(float(unique[0]), float(unique[-1]), bands + 1)
        place = np.clip(np.searchsorted(edges, values.to_numpy(dtype=float), side="right") - 1, 0, bands - 1)
        low, high = edges[:-1], edges[1:]
        span = float(unique[-1]) - float(unique[0])
        names = [f"{plain(a, span)} to {plain(b, span)}" for a, b in zip(low, high, strict=True)]
    return pd.DataFrame(
        {
            "label": pd.Categorical([names[each] for each in place], categories=names, ordered=True),
            "low": low[place],
            "high": high[place],
            "middle": ((low + high) / 2.0)[place],
        },
        index=results.index,
    )


def plain(value: object, span: float = 0.0) -> str:
    """A factor's value in plain print: yes or no, a category, or a number rounded to about a hundredth of `span`."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if not isinstance(value, int | float | np.number):
        return str(value)
    number = float(value)
    if not math.isfinite(number):
        return "not known"
    if span <= 0.0:
        return f"{number:.4g}"
    decimals = 2 - round(math.log10(span))
    rounded = round(number, max(decimals, 0))
    return f"{rounded:.{max(decimals, 0)}f}".rstrip("0").rstrip(".") if decimals > 0 else f"{rounded:.0f}"


def from_to(start: object, end: object) -> str:
    """From one value to another in plain print; the ends of a band are joined by a dash, so that one "to" is left."""
    if isinstance(start, str) and isinstance(end, str):
        return f"{start.replace(' to ', '–')} to {end.replace(' to ', '–')}"
    numbers = isinstance(start, int | float) and isinstance(end, int | float) and not isinstance(start, bool)
    span = abs(float(str(end)) - float(str(start))) if numbers else 0.0
    return f"{plain(start, span)} to {plain(end, span)}"
