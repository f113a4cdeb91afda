"""Groups of runs by the value of a factor: its own values, or bands of equal width."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.tidy import need
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
        names = [_short(value) for value in unique]
        place = np.array([unique.index(value) for value in values.tolist()])
        at = np.arange(len(unique), dtype=float) if discrete else np.array(unique, dtype=float)
        low, high = at, at
    else:
        edges = np.linspace(float(unique[0]), float(unique[-1]), bands + 1)
        place = np.clip(np.searchsorted(edges, values.to_numpy(dtype=float), side="right") - 1, 0, bands - 1)
        low, high = edges[:-1], edges[1:]
        names = [f"{_short(a)} to {_short(b)}" for a, b in zip(low, high, strict=True)]
    return pd.DataFrame(
        {
            "label": pd.Categorical([names[each] for each in place], categories=names, ordered=True),
            "low": low[place],
            "high": high[place],
            "middle": ((low + high) / 2.0)[place],
        },
        index=results.index,
    )


def _short(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
