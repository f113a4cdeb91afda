"""The EMA Workbench's PRIM on the same table: the same factors restricted, near the same limits, as pure a box."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments import designs
from experiments.analysis.prim import discover
from experiments.designs import Factor

prim = pytest.importorskip("ema_workbench.analysis.prim",
                           reason="the EMA Workbench is not installed: pip install 'incentive-abm[docking]'")

NAMES = ("trust", "purpose", "attention", "paint", "seats")


def planted(noise: float) -> tuple[pd.DataFrame, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """A design, and where things stall: little trust with much asked of attention, all else being noise."""
    design = designs.latin_hypercube([Factor(name) for name in NAMES], 1500, seed=5)
    stalls = (design["trust"] < 0.4) & (design["attention"] > 0.5)
    flipped = np.random.default_rng(6).random(len(design)) < noise
    return design, stalls.to_numpy() ^ flipped


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_both_find_the_planted_box(noise: float) -> None:
    design, stalls = planted(noise)
    results = pd.DataFrame({"point": design["point"], "replicate": 0, "regime": np.where(stalls, "stalled", "integrated")})
    ours = discover(results, design, "stalled", resamples=5).limits.set_index("factor")
    theirs = prim.Prim(design[list(NAMES)].astype(float), stalls, threshold=0.8, peel_alpha=0.05).find_box()
    path = theirs.peeling_trajectory
    as_lean = path[path["res_dim"] == len(ours)]  # left alone, it goes on to a third factor for a trace more of density
    limits = theirs.box_lims[(as_lean["coverage"] * as_lean["density"]).idxmax()]
    whole = theirs.box_lims[0]
    restricted = {name for name in NAMES if not np.array_equal(limits[name], whole[name])}
    assert set(ours.index) == restricted == {"trust", "attention"}
    assert ours.loc["trust", "high"] == pytest.approx(limits["trust"].max(), abs=0.05)
    assert ours.loc["attention", "low"] == pytest.approx(limits["attention"].min(), abs=0.05)
