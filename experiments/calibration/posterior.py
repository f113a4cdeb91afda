"""Approximate Bayesian computation: the settings nearest to what was observed, and a regression that carries them to it.

Sources: Beaumont, Zhang & Balding 2002 (nearest points, Epanechnikov's kernel, local-linear regression); Blum & François 2010;
Wilkinson 2013 (errors of observation are drawn for the runs too, so that what is inexact is inexact on purpose).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.calibration.observed import Floats
from incentive_abm.optional_libraries import library
from incentive_abm.scenario.posterior import systematic

EDGE = 1e-6
"""How near to an end of its range a value may come, so that its logit is a number."""


@dataclass(frozen=True)
class Table:
    """Settings (0..1 in their ranges, a row each), and what runs gave there, errors of observation included."""

    unit: Floats
    seen: Floats

    def without(self, rows: NDArray[np.bool_]) -> Table:
        """All rows but these."""
        return Table(self.unit[~rows], self.seen[~rows])

    def reading(self, columns: list[int]) -> Table:
        """The same with some of what was seen."""
        return Table(self.unit, self.seen[:, columns])


@dataclass(frozen=True)
class Posterior:
    """What is known after the data: settings in 0..1 with weights that sum to 1.

    rows: the rows of the table taken; nearest: those settings before the regression; distance: the largest among them, in
    standard deviations of what the prior gives.
    """

    unit: Floats
    weight: Floats
    rows: NDArray[np.int64]
    nearest: Floats
    distance: float

    @property
    def effective(self) -> float:
        """How many draws of equal weight it is worth (Kish)."""
        return float(1.0 / (self.weight**2).sum())

    def drawn(self, count: int, seed: int) -> Floats:
        """Settings of equal weight, by systematic resampling (Kitagawa 1996)."""
        return np.asarray(self.unit[systematic(self.weight, count, seed)], np.float64)


def posterior(table: Table, observed: Floats, taken: int) -> Posterior:
    """The `taken` nearest rows, carried to what was observed."""
    spread = table.seen.std(axis=0)
    scale = np.where(spread > 0.0, spread, 1.0)
    away = (table.seen - observed) / scale
    distance = np.sqrt((away**2).sum(axis=1))
    rows = np.argsort(distance, kind="stable")[:taken + 1]
    edge = distance[rows[-1]]
    rows = rows[:taken]
    near = distance[rows] / edge if edge > 0.0 else np.zeros(taken)
    weight = np.maximum(1.0 - near**2, 0.0)
    weight = weight / weight.sum() if weight.sum() > 0.0 else np.full(taken, 1.0 / taken)
    inner = np.clip(table.unit[rows], EDGE, 1.0 - EDGE)
    logit = np.log(inner / (1.0 - inner))
    line = library("sklearn.linear_model").LinearRegression().fit(away[rows], logit, sample_weight=weight)
    carried = logit - away[rows] @ np.atleast_2d(line.coef_).T
    unit = 1.0 / (1.0 + np.exp(-carried))
    return Posterior(np.asarray(unit, np.float64), np.asarray(weight, np.float64), rows, table.unit[rows], float(edge))
