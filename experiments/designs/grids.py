"""Designs laid out by hand: full factorial and one factor at a time."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.designs.factors import Factor, Value, check_factors, design_table
from incentive_abm.errors import UserError, nearest

if TYPE_CHECKING:
    import pandas as pd

MOST_POINTS = 10_000_000


def full_factorial(factors: Sequence[Factor], levels: int | Mapping[str, int] = 2) -> pd.DataFrame:
    """Every combination of every factor's levels; the last factor varies fastest.

    `levels` is one number for all float and int factors, or a number by factor name; bool and categorical
    factors always take all their values. Raises UserError where a name is unknown or the grid has no sensible size.
    """
    check_factors(factors)
    counts = dict(levels) if isinstance(levels, Mapping) else {factor.name: levels for factor in factors}
    for name in counts:
        if name not in {factor.name for factor in factors}:
            raise UserError(f"levels: {name} is not a factor of this design{nearest(name, (factor.name for factor in factors))}")
    values = [factor.levels(counts.get(factor.name, 2)) for factor in factors]
    size = 1
    for each in values:
        size *= len(each)
    if size > MOST_POINTS:
        raise UserError(f"this full factorial has {size:,} points; use fewer levels, or a Latin hypercube")
    rows = list(itertools.product(*values))
    columns = {factor.name: [row[place] for row in rows] for place, factor in enumerate(factors)}
    return design_table("factorial", factors, columns)


def one_at_a_time(factors: Sequence[Factor], baseline: Mapping[str, Value], levels: int = 2) -> pd.DataFrame:
    """The baseline (point 0), then each factor moved alone through its levels (those unlike the baseline).

    Bookkeeping: `changed` names the factor that was moved, "" for the baseline.
    Raises UserError where a factor has no baseline or its baseline lies outside the factor's range.
    """
    check_factors(factors)
    start: dict[str, Value] = {}
    for factor in factors:
        if factor.name not in baseline:
            raise UserError(f"one at a time: no baseline is given for factor {factor.name}")
        start[factor.name] = factor.check(baseline[factor.name], "baseline")
    rows = [start]
    changed = [""]
    for factor in factors:
        for value in factor.levels(levels):
            if value != start[factor.name]:
                rows.append({**start, factor.name: value})
                changed.append(factor.name)
    columns: dict[str, list[Any]] = {factor.name: [row[factor.name] for row in rows] for factor in factors}
    return design_table("one_at_a_time", factors, columns, {"changed": changed})
