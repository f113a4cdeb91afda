"""eFAST indices of the expected outcome, with intervals over whole search curves and replicates."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from experiments.analysis.intervals import DRAWS, resample
from experiments.analysis.run_tables import Floats, best_complete, point_table
from experiments.designs import factor_columns
from experiments.designs.samples import HARMONICS
from incentive_abm.errors import UserError
from incentive_abm.optional_libraries import library


def efast_indices(
    results: pd.DataFrame,
    design: pd.DataFrame,
    outcome: str = "integration",
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """First- and total-order indices of E[outcome | factors] by the extended Fourier amplitude test.

    One row an index: order ("first", "total"); factor; value; low, high (NaN with a single curve, from which no
    honest interval can be had); se, se_rows, se_luck; plain (SALib's estimate on the mean of the replicates,
    averaged over curves); base_rows, base_rows_planned (curves), replicates.

    The spectra are products over different replicates, so that luck adds no power, and are averaged over curves
    before the ratio is taken. eFAST's total index is biased upward for a null factor by the power that leaks to low
    frequencies. Source: Saltelli, Tarantola & Chan 1999, Technometrics 41.
    Only complete curves are used. Raises UserError where none is complete or the outcome does not vary.
    """
    factors = factor_columns(design)
    if "order" not in design.columns or "base" not in design.columns:
        raise UserError("eFAST indices need an eFAST design; this one has no columns 'base' and 'order'")
    ordered = design.sort_values(["base", "point"], kind="stable")
    planned = int(ordered["base"].nunique())
    size = len(ordered) // planned // len(factors)
    table = point_table(results, outcome, ordered["point"].tolist())
    values = table.values.reshape(planned, len(factors), size, -1)
    rows, columns = best_complete(np.asarray(np.isfinite(values).all(axis=(1, 2))))
    if len(rows) == 0:
        raise UserError(f"none of the {planned} eFAST curves is complete yet (a curve is {size * len(factors)} points)")
    values = values[rows][..., columns]
    if np.ptp(values) == 0.0:
        raise UserError(f"{outcome} is the same in every run, so it is sensitive to nothing")
    frequency = (size - 1) // (2 * HARMONICS)
    spectra = np.fft.fft(values, axis=2)[:, :, 1 : math.ceil(size / 2)] / size

    def statistic(curves: Floats, reps: Floats) -> Floats:
        power = np.tensordot(curves, _power(spectra, reps), axes=1)
        variance = power.sum(axis=1)
        own = power[:, np.arange(1, HARMONICS + 1) * frequency - 1].sum(axis=1)
        others = power[:, : frequency // 2].sum(axis=1)
        return np.concatenate([own / variance, 1.0 - others / variance])

    frame = resample(statistic, len(rows), len(columns), confidence, draws, seed)
    if len(rows) == 1:
        frame[["low", "high", "se", "se_rows"]] = np.nan
    frame.insert(0, "order", np.repeat(np.array(["first", "total"], dtype=object), len(factors)))
    frame.insert(1, "factor", factors * 2)
    frame["plain"] = _plain(values.mean(axis=3), frequency)
    frame["base_rows"] = len(rows)
    frame["base_rows_planned"] = planned
    frame["replicates"] = len(columns)
    return frame


def _power(spectra: np.ndarray[tuple[int, ...], np.dtype[np.complex128]], reps: Floats) -> Floats:
    """Power of the expected outcome: products of one replicate's spectrum with another's."""
    if spectra.shape[-1] == 1:
        return np.asarray(np.abs(spectra[..., 0]) ** 2, dtype=np.float64)
    squares = reps * reps
    pairs = reps.sum() ** 2 - squares.sum()
    return np.asarray((np.abs(spectra @ reps) ** 2 - np.abs(spectra) ** 2 @ squares) / pairs, dtype=np.float64)


def _plain(means: Floats, frequency: int) -> Floats:
    """SALib's orders for each curve and factor, averaged over curves; shape (2 x factors,)."""
    fast = library("SALib.analyze.fast")
    size = means.shape[2]
    each = [[fast.compute_orders(curve, size, HARMONICS, frequency) for curve in factor] for factor in means]
    return np.asarray(np.array(each).mean(axis=0).T.reshape(-1), dtype=np.float64)
