"""Of the runs that ended alike, the one nearest their middle, and the one farthest from it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.result_columns import STANDARD

TYPICAL, ODDEST = "typical", "oddest"
LEAST_FOR_ODD = 3
"""Runs of one ending from which one of them can be odd: two are as far from their middle as each other."""


def typical_runs(results: pd.DataFrame) -> pd.DataFrame:
    """One row for each ending and part; the ending with the most runs first.

    The distance of a run is the mean, over the measures of the last quarter that every study keeps (`STANDARD`) and that
    differ between these runs, of how far it lies from the median of the runs with its ending, in standard deviations over
    all runs given. Typical is the run with the least distance, oddest the one with the greatest; the lowest point, then
    replicate, where several are alike. There is no oddest run among fewer than three, or where all are alike.

    Columns: regime, runs (with that ending), part (typical or oddest), run_id, point, replicate, seed, distance (standard
    deviations), and middle (the median distance of the runs with that ending).
    """
    ordered = results.sort_values(["point", "replicate"], ignore_index=True)
    measures = ordered[list(STANDARD)].to_numpy(np.float64)
    spread = measures.std(axis=0)
    measures, spread = measures[:, spread > 0.0], spread[spread > 0.0]
    rows = []
    for regime, where in ordered.groupby("regime", sort=True).indices.items():
        away = np.abs(measures[where] - np.median(measures[where], axis=0)) / spread
        distance = away.mean(axis=1) if len(spread) else np.zeros(len(where))
        found = {TYPICAL: int(distance.argmin())}
        if len(where) >= LEAST_FOR_ODD and distance.max() > distance.min():
            found[ODDEST] = int(distance.argmax())
        for part, at in found.items():
            run = ordered.iloc[int(where[at])]
            rows.append({"regime": regime, "runs": len(where), "part": part, "run_id": run["run_id"], "point": int(run["point"]),
                         "replicate": int(run["replicate"]), "seed": int(run["seed"]), "distance": float(distance[at]),
                         "middle": float(np.median(distance))})
    return pd.DataFrame(rows).sort_values("runs", ascending=False, kind="stable", ignore_index=True)
