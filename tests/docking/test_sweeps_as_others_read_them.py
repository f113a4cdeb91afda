"""The same table read by the EMA Workbench and by SALib: the same box, the same indices."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments import designs
from experiments.designs import Factor

FACTORS = [Factor(f"x{k}") for k in range(1, 6)]


def corner_table(points: int = 1000) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Integrated in the corner x1 > 0.6, x3 < 0.5, and now and then elsewhere."""
    design = designs.latin_hypercube(FACTORS, points, 3)
    luck = np.random.default_rng(4).random(points)
    inside = (design["x1"] > 0.6) & (design["x3"] < 0.5)
    hit = np.where(inside, luck < 0.9, luck < 0.05)
    return design, design.assign(replicate=0, regime=np.where(hit, "integrated", "stalled"))


def test_prim_finds_the_box_that_the_ema_workbench_finds() -> None:
    workbench = pytest.importorskip("ema_workbench.analysis.prim", reason="docking to the EMA Workbench needs the extra docking")
    from experiments.analysis.prim import discover

    design, runs = corner_table()
    names = [factor.name for factor in FACTORS]
    cases = (runs["regime"] == "integrated").to_numpy()
    theirs = workbench.Prim(design[names].astype(float), cases.astype(int), threshold=0.8).find_box()
    ours = discover(runs, design, "integrated")
    own = ours.summary.iloc[0]
    steps = theirs.peeling_trajectory
    at = steps.iloc[(steps["coverage"] - own["coverage"]).abs().argmin()]
    assert set(ours.limits.loc[ours.limits["box"] == own["box"], "factor"]) == {"x1", "x3"}
    limits = theirs.box_lims[int(steps.index.get_loc(at.name))]
    bounds = ours.limits[ours.limits["box"] == own["box"]].set_index("factor")
    assert own["coverage"] == pytest.approx(at["coverage"], abs=0.05)
    assert limits["x1"].iloc[0] == pytest.approx(float(bounds.loc["x1", "low"]), abs=0.1)
    assert limits["x3"].iloc[1] == pytest.approx(float(bounds.loc["x3", "high"]), abs=0.1)
    # Ours takes a last, finer slice off every side, and leaves free what does not pay: as many cases in a purer box.
    assert own["density"] >= at["density"] - 0.02


def test_sobol_indices_are_salibs_on_the_same_table() -> None:
    pytest.importorskip("SALib", reason="docking to SALib needs the extra analysis")
    from SALib.analyze import sobol as salib

    from experiments.analysis.sobol import sobol_indices

    design = designs.sobol(FACTORS, 256, 5)
    x = design[[factor.name for factor in FACTORS]].to_numpy(float)
    value = x[:, 0] + 2.0 * x[:, 1] * x[:, 2]
    ours = sobol_indices(design.assign(replicate=0, integration=value), design).set_index(["order", "factor"])["plain"]
    problem = {"num_vars": len(FACTORS), "names": [factor.name for factor in FACTORS], "bounds": [[0.0, 1.0]] * len(FACTORS)}
    theirs = salib.analyze(problem, value, calc_second_order=False, seed=1)
    for k, factor in enumerate(FACTORS):
        assert ours["first", factor.name] == pytest.approx(theirs["S1"][k], abs=1e-9)
        assert ours["total", factor.name] == pytest.approx(theirs["ST"][k], abs=1e-9)
