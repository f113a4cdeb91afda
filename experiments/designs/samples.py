"""Designs drawn from the unit cube: Latin hypercube, Sobol/Saltelli, Morris and eFAST (the last three by SALib)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.factors import Factor, check_factors, check_seed, from_unit_cube
from incentive_abm.errors import UserError
from incentive_abm.optional_libraries import library

if TYPE_CHECKING:
    import pandas as pd

HARMONICS = 4
"""eFAST's interference factor M (Saltelli, Tarantola & Chan 1999)."""


def _problem(factors: Sequence[Factor]) -> dict[str, Any]:
    names = [factor.name for factor in factors]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def latin_hypercube(factors: Sequence[Factor], points: int, seed: int) -> pd.DataFrame:
    """`points` points; each factor's range is cut into `points` equal strata and each stratum is visited once.

    Source: McKay, Beckman & Conover 1979, Technometrics 21.
    """
    check_factors(factors)
    if points < 1:
        raise UserError(f"Latin hypercube: expected at least 1 point, got {points}")
    generator = np.random.default_rng(check_seed(seed))
    columns = [(generator.permutation(points) + generator.random(points)) / points for _ in factors]
    return from_unit_cube("latin_hypercube", factors, np.column_stack(columns))


def sobol(factors: Sequence[Factor], base_rows: int, seed: int, second_order: bool = False) -> pd.DataFrame:
    """Saltelli's design on a scrambled Sobol sequence: base_rows x (factors + 2) points, (2 x factors + 2) with pairs.

    Base rows come one after another, so that an unfinished sweep holds whole ones.
    `base_rows` is a power of two, as the sequence's balance requires. Bookkeeping: base, matrix, changed.
    Sources: Sobol 2001; Saltelli et al. 2010, Comput. Phys. Commun. 181; SALib.
    """
    check_factors(factors, at_least=2)
    if base_rows < 2 or base_rows & (base_rows - 1):
        below = 1 << max(base_rows.bit_length() - 1, 1)
        raise UserError(f"Sobol: base_rows must be a power of two, got {base_rows}; try {below} or {2 * below}")
    cube = library("SALib.sample.sobol").sample(
        _problem(factors), base_rows, calc_second_order=second_order, seed=check_seed(seed)
    )
    names = [factor.name for factor in factors]
    block = [("A", ""), *(("AB", name) for name in names)]
    if second_order:
        block += [("BA", name) for name in names]
    block.append(("B", ""))
    return from_unit_cube(
        "sobol",
        factors,
        cube,
        {
            "base": np.repeat(np.arange(base_rows), len(block)),
            "matrix": [matrix for matrix, _ in block] * base_rows,
            "changed": [changed for _, changed in block] * base_rows,
        },
    )


def morris(factors: Sequence[Factor], trajectories: int, seed: int, levels: int = 4) -> pd.DataFrame:
    """Morris's trajectories: each starts at a random grid point and moves every factor once, in random order.

    trajectories x (factors + 1) points. Bookkeeping: base (trajectory), order, changed, step.
    Sources: Morris 1991, Technometrics 33; SALib.
    """
    check_factors(factors, at_least=2)
    if trajectories < 2:
        raise UserError(f"Morris: expected at least 2 trajectories, got {trajectories}")
    if levels < 2 or levels % 2:
        raise UserError(f"Morris: levels must be an even number, got {levels}")
    cube = library("SALib.sample.morris").sample(_problem(factors), trajectories, num_levels=levels, seed=check_seed(seed))
    size = len(factors) + 1
    changed, steps = [], []
    for row in range(len(cube)):
        if row % size == 0:
            changed.append("")
            steps.append(0.0)
            continue
        moved = cube[row] - cube[row - 1]
        place = int(np.argmax(np.abs(moved)))
        changed.append(factors[place].name)
        steps.append(float(moved[place]))
    bookkeeping: dict[str, Any] = {
        "base": np.repeat(np.arange(trajectories), size),
        "order": np.tile(np.arange(size), trajectories),
        "changed": changed,
        "step": steps,
    }
    return from_unit_cube("morris", factors, cube, bookkeeping)


def efast(factors: Sequence[Factor], curve_points: int, seed: int, curves: int = 4) -> pd.DataFrame:
    """eFAST search curves: curves x factors x curve_points points.

    Each of the `curves` is a whole eFAST design with its own random phases; several of them are what makes an
    honest interval possible (SALib's own, cut out of one curve, is known to be unreliable).
    Bookkeeping: base (curve), changed (the factor that carries the high frequency), order.
    Source: Saltelli, Tarantola & Chan 1999, Technometrics 41 (which resamples the curves); SALib.
    """
    check_factors(factors, at_least=2)
    least = 4 * HARMONICS**2 + 1
    if curve_points < least:
        raise UserError(f"eFAST: expected at least {least} points a curve, got {curve_points}")
    if curves < 1:
        raise UserError(f"eFAST: expected at least 1 curve, got {curves}")
    fast_sampler = library("SALib.sample.fast_sampler")
    names = [factor.name for factor in factors]
    seeds = np.random.default_rng(check_seed(seed)).integers(1, 2**31, size=curves)
    cubes = [fast_sampler.sample(_problem(factors), curve_points, M=HARMONICS, seed=int(each)) for each in seeds]
    bookkeeping: dict[str, Any] = {
        "base": np.repeat(np.arange(curves), curve_points * len(names)),
        "changed": np.tile(np.repeat(np.array(names, dtype=object), curve_points), curves),
        "order": np.tile(np.arange(curve_points), curves * len(names)),
    }
    return from_unit_cube("efast", factors, np.clip(np.vstack(cubes), 0.0, 1.0), bookkeeping)
