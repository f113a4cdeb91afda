"""Sobol indices of the expected outcome, with intervals that tell luck from parameters."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from experiments.analysis.intervals import DRAWS, pair_mean, resample
from experiments.analysis.run_tables import Blocks, Floats, complete_blocks
from experiments.designs import factor_columns
from incentive_abm.errors import UserError
from incentive_abm.optional_libraries import library


def sobol_indices(
    results: pd.DataFrame,
    design: pd.DataFrame,
    outcome: str = "integration",
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """First- and total-order indices (and pairs, where the design has them) of E[outcome | factors].

    One row an index: order ("first", "total", "second"); factor; other ("" but for pairs); value; low, high;
    se, se_rows, se_luck (see `intervals.resample`); plain (SALib's own estimate on the mean of the replicates,
    which leaves luck/replicates in it); base_rows, base_rows_planned, replicates.

    Estimators: Saltelli et al. 2010, Comput. Phys. Commun. 181 (first, total); Saltelli 2002 (pairs), with each
    product averaged over pairs of different replicates, so that luck adds nothing to an index; with one replicate
    they are SALib's. An index is estimated, so one that is truly zero may come out slightly negative.
    On an unfinished sweep only complete base rows are used.
    Raises UserError where too few are complete or where the outcome does not vary.
    """
    if "matrix" not in design.columns:
        raise UserError("Sobol indices need a Sobol design; this one has no column 'matrix'")
    factors = factor_columns(design)
    blocks = complete_blocks(results, design, outcome, factors)
    if np.ptp(blocks.values) == 0.0:
        raise UserError(f"{outcome} is the same in every run, so it is sensitive to nothing")
    parts = _Saltelli(blocks)
    frame = resample(parts.indices, blocks.base_rows, blocks.replicates, confidence, draws, seed)
    if not np.isfinite(frame["value"]).all():
        raise UserError(f"{outcome}: all of its spread is luck, as far as {blocks.replicates} replicates can tell")
    pairs = list(itertools.combinations(factors, 2)) if parts.has_pairs else []
    labels = [("first", name, "") for name in factors] + [("total", name, "") for name in factors]
    labels += [("second", one, other) for one, other in pairs]
    frame.insert(0, "order", [label[0] for label in labels])
    frame.insert(1, "factor", [label[1] for label in labels])
    frame.insert(2, "other", [label[2] for label in labels])
    frame["plain"] = parts.plain()
    frame["base_rows"] = blocks.base_rows
    frame["base_rows_planned"] = blocks.planned
    frame["replicates"] = blocks.replicates
    return frame


class _Saltelli:
    """The products that the estimators average, worked out once: each resample is then a few matrix products."""

    def __init__(self, blocks: Blocks) -> None:
        # Each replicate is centred on its own mean: luck that moves every point alike would only add noise.
        y = (blocks.values - blocks.values.mean(axis=(0, 1))) / blocks.values.std()
        matrix, changed = blocks.matrix[0], blocks.changed[0]

        def column(kind: str, factor: str) -> Floats:
            place = np.flatnonzero((matrix == kind) & (changed == factor))
            return np.asarray(y[:, int(place[0])], dtype=np.float64)

        self.a, self.b = column("A", ""), column("B", "")
        self.ab = [column("AB", name) for name in blocks.factors]
        self.has_pairs = bool((matrix == "BA").any())
        self.ba = [column("BA", name) for name in blocks.factors] if self.has_pairs else []

    def indices(self, rows: Floats, reps: Floats) -> Floats:
        """First, total and (where the design has them) pair indices, in that order."""
        share = rows / rows.sum()
        means = 0.5 * (share @ self.a + share @ self.b)
        squares = pair_mean(self.a, self.a, reps) + pair_mean(self.b, self.b, reps)
        variance = float(0.5 * share @ squares - pair_mean(means, means, reps))
        if variance <= 0.0:
            count = len(self.ab)
            return np.full(2 * count + (count * (count - 1) // 2 if self.has_pairs else 0), np.nan)
        first = np.array([share @ pair_mean(self.b, ab - self.a, reps) for ab in self.ab])
        total = np.array([0.5 * share @ pair_mean(self.a - ab, self.a - ab, reps) for ab in self.ab])
        second = []
        if self.has_pairs:
            product = pair_mean(self.a, self.b, reps)
            for one, other in itertools.combinations(range(len(self.ab)), 2):
                joint = share @ (pair_mean(self.ba[one], self.ab[other], reps) - product)
                # Saltelli 2002 closes the pair with first-order terms estimated against A, as SALib does.
                second.append(joint - first[one] - first[other])
        return np.concatenate([first, total, np.array(second)]) / variance

    def plain(self) -> Floats:
        """SALib's estimators, on the mean over replicates."""
        salib = library("SALib.analyze.sobol")
        a, b = self.a.mean(axis=1), self.b.mean(axis=1)
        ab = [each.mean(axis=1) for each in self.ab]
        values = [salib.first_order(a, each, b) for each in ab] + [salib.total_order(a, each, b) for each in ab]
        if self.has_pairs:
            ba = [each.mean(axis=1) for each in self.ba]
            values += [
                salib.second_order(a, ab[one], ab[other], ba[one], b) for one, other in itertools.combinations(range(len(ab)), 2)
            ]
        return np.array(values, dtype=np.float64)
