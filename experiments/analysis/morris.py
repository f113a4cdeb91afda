"""Morris's elementary effects, with intervals that tell luck from parameters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.intervals import DRAWS, pair_mean, resample
from experiments.analysis.run_tables import Blocks, Floats, complete_blocks
from experiments.designs import factor_columns
from incentive_abm.errors import UserError

MEASURES = ("mu", "mu_star", "sigma", "mean_square")


def morris_effects(
    results: pd.DataFrame,
    design: pd.DataFrame,
    outcome: str = "integration",
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """Elementary effects of each factor, in outcome units per whole range of the factor.

    One row a factor and measure: factor; measure; value; low, high; se, se_rows, se_luck; base_rows,
    base_rows_planned (trajectories), replicates. Measures: "mu" (mean), "mu_star" (mean size), "sigma" (standard
    deviation: interaction or curvature), all on the mean over replicates as in SALib, and "mean_square" (mean of
    products over different replicates: free of luck, and zero in expectation for a factor that does nothing, where
    mu_star never is). Sources: Morris 1991; Campolongo, Cariboni & Saltelli 2007.
    On an unfinished sweep only complete trajectories are used. Raises UserError where too few are.
    """
    if "step" not in design.columns:
        raise UserError("elementary effects need a Morris design; this one has no column 'step'")
    factors = factor_columns(design)
    blocks = complete_blocks(results, design, outcome, factors)
    effects = _elementary(blocks)

    def statistic(rows: Floats, reps: Floats) -> Floats:
        share = rows / rows.sum()
        mean = effects @ (reps / reps.sum())
        mu, size = share @ mean, share @ np.abs(mean)
        spread = np.maximum(share @ mean**2 - mu**2, 0.0) * rows.sum() / (rows.sum() - 1.0)
        return np.concatenate([mu, size, np.sqrt(spread), share @ pair_mean(effects, effects, reps)])

    frame = resample(statistic, blocks.base_rows, blocks.replicates, confidence, draws, seed)
    frame.insert(0, "factor", factors * len(MEASURES))
    frame.insert(1, "measure", np.repeat(np.array(MEASURES, dtype=object), len(factors)))
    frame["base_rows"] = blocks.base_rows
    frame["base_rows_planned"] = blocks.planned
    frame["replicates"] = blocks.replicates
    return frame


def _elementary(blocks: Blocks) -> Floats:
    """Elementary effects, shape (trajectories, factors, replicates)."""
    place = {name: index for index, name in enumerate(blocks.factors)}
    rows = np.arange(blocks.base_rows)
    effects = np.empty((blocks.base_rows, len(place), blocks.replicates))
    for slot in range(1, blocks.values.shape[1]):
        moved = np.array([place[str(name)] for name in blocks.changed[:, slot]])
        effects[rows, moved] = (blocks.values[:, slot] - blocks.values[:, slot - 1]) / blocks.step[:, slot, None]
    return effects
