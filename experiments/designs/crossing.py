"""Policies crossed with futures: every setting of the levers meets every scenario under every setting of the uncertainties."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.designs.factors import Factor, check_factors, design_table
from experiments.designs.grids import MOST_POINTS, full_factorial
from experiments.designs.points import read_points
from experiments.designs.samples import latin_hypercube
from incentive_abm.errors import UserError

if TYPE_CHECKING:
    import pandas as pd


def crossed(
    levers: Sequence[Factor],
    uncertainties: Sequence[Factor],
    worlds: Sequence[Factor],
    *,
    futures: int,
    seed: int,
    levels: int = 2,
    policies: str = "",
) -> pd.DataFrame:
    """Policies x futures, so that policies are compared in the same futures and can be regretted.

    A policy is a combination of the levers' levels, or a line of the CSV file `policies`. A future is one of `futures`
    Latin-hypercube points of the uncertainties, under each combination of `worlds` (scenarios, places).
    Bookkeeping: base (the draw), policy, future. Raises UserError where there is no lever or nothing uncertain.
    Source: Lempert, Popper & Bankes 2003 (policies re-evaluated over an ensemble of futures).
    """
    check_factors([*levers, *uncertainties, *worlds])
    if not levers:
        raise UserError("a crossed design needs at least one lever: what could be decided")
    if not uncertainties and not worlds:
        raise UserError("a crossed design needs something uncertain: uncertainties, scenarios or places")
    chosen = read_points(policies, levers) if policies else full_factorial(levers, levels)
    drawn = latin_hypercube(uncertainties, futures, seed) if uncertainties else None
    settings = list(itertools.product(*(world.choices for world in worlds)))
    count = len(settings) * (1 if drawn is None else len(drawn))
    if count * len(chosen) > MOST_POINTS:
        raise UserError(f"this design has {count * len(chosen):,} points; use fewer levels or futures")
    rows: dict[str, list[Any]] = {factor.name: [] for factor in (*levers, *uncertainties, *worlds)}
    bookkeeping: dict[str, list[int]] = {"base": [], "policy": [], "future": []}
    draws = range(1 if drawn is None else len(drawn))
    # Columns as lists: a table is asked for each of its cells, which is slow.
    uncertain = {} if drawn is None else {each.name: drawn[each.name].tolist() for each in uncertainties}
    decided = {each.name: chosen[each.name].tolist() for each in levers}
    for future, (draw, setting) in enumerate(itertools.product(draws, settings)):
        world = dict(zip((each.name for each in worlds), setting, strict=True))
        world |= {name: column[draw] for name, column in uncertain.items()}
        for policy in range(len(chosen)):
            for name, value in (world | {name: column[policy] for name, column in decided.items()}).items():
                rows[name].append(value)
            for column, number in zip(bookkeeping.values(), (draw, policy, future), strict=True):
                column.append(number)
    return design_table("crossed", [*levers, *uncertainties, *worlds], rows, bookkeeping)
