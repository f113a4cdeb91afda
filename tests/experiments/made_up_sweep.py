"""A made-up sweep with known answers: who integrates follows from three factors and luck; `paint` does nothing."""

import hashlib

import numpy as np
import pandas as pd

from experiments.designs import Factor, FactorKind, factor_columns

FACTORS = [
    Factor("relational_space"),
    Factor("target_pressure"),
    Factor("bailout"),
    Factor("partners", FactorKind.INT, 4, 40),
    Factor("payment_reform", FactorKind.BOOL),
    Factor("protocol", FactorKind.CATEGORICAL, choices=("offers", "nash")),
    Factor("paint"),
]
HORIZON = 60
BLOCKERS = ("money", "values", "trust", "targets", "waiting", "bail-out")


def synthetic_sweep(design: pd.DataFrame, replicates: int = 8) -> pd.DataFrame:
    """Results in the documented columns for a design over FACTORS."""
    return pd.concat([_replicate(design, k) for k in range(replicates)], ignore_index=True)


def _replicate(design: pd.DataFrame, replicate: int) -> pd.DataFrame:
    generator = np.random.default_rng([11, replicate])
    shared = generator.normal(0.0, 0.05)
    own = generator.normal(0.0, 0.05, len(design))
    space, pressure, bailout = (design[name].to_numpy(float) for name in FACTORS_USED)
    reform = design["payment_reform"].to_numpy(float)
    drive = 0.75 * space * (1.0 - 0.7 * pressure) + 0.12 * reform - 0.22 * bailout + 0.06
    level = np.clip(drive + shared + own, 0.0, 0.95)
    form = np.clip(level + 0.35 * pressure * generator.random(len(design)), 0.0, 1.0)
    quarters = np.clip(np.round(6.0 + 10.0 / np.maximum(level, 0.05) * (0.8 + 0.4 * generator.random(len(design)))), 1, 200)
    fell = (level > 0.15) & (generator.random(len(design)) < 0.25 * bailout)
    integrated = (level >= 0.30) & (quarters < HORIZON - 8) & ~fell
    busy = (form >= 0.30) & (level < 0.15)
    never = (form < 0.05) & ~busy
    progressing = (level > 0.2) & ~integrated & ~fell & (generator.random(len(design)) < 0.4)
    regime = np.select(
        [integrated, fell, busy, never, progressing],
        ["integrated", "collapsed", "busy", "never started", "progressing"],
        default="stalled",
    )
    weights = np.column_stack(
        [1.2 - reform, np.full(len(design), 0.7), 1.3 - space, 0.2 + pressure, np.full(len(design), 0.3), 0.1 + bailout]
    ) + 0.2 * generator.random((len(design), len(BLOCKERS)))
    shares = weights / weights.sum(axis=1, keepdims=True)
    results = design[["point", *factor_columns(design)]].copy()
    results.insert(0, "run_id", [hashlib.sha256(f"{p}/{replicate}".encode()).hexdigest()[:16] for p in design["point"]])
    results.insert(2, "replicate", replicate)
    results["regime"] = regime
    results["integration"], results["form"] = level, form
    results["outcome"], results["equity"], results["seamless"] = level * 0.6, 0.5 + level / 3, level**2
    results["time_to_integration"] = np.where(integrated | (fell & (level > 0.3)), quarters.clip(1, 50), np.nan)
    results["time_to_stall"] = np.where(regime == "stalled", np.round(10 + 20 * level), np.nan)
    results["time_to_collapse"] = np.where(fell, np.minimum(quarters.clip(1, 50) + 8, HORIZON), np.nan)
    results["horizon"] = HORIZON
    results["blocker"] = np.array(BLOCKERS, dtype=object)[shares.argmax(axis=1)]
    for place, name in enumerate(BLOCKERS):
        results[f"blocker_{name}"] = shares[:, place]
    return results


FACTORS_USED = ("relational_space", "target_pressure", "bailout")
