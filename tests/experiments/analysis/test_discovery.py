"""A planted box is found, on every type of column; factors that do nothing stay out of it."""

import numpy as np
import pandas as pd
import pytest

from experiments import designs
from experiments.analysis.prim import discover
from experiments.analysis.tree import grow_tree
from experiments.designs import Factor, FactorKind
from incentive_abm.errors import UserError

FACTORS = [
    Factor("trust"),
    Factor("partners", FactorKind.INT, 2, 21),
    Factor("bailout", FactorKind.BOOL),
    Factor("protocol", FactorKind.CATEGORICAL, choices=("offers", "nash", "mandate")),
    Factor("paint"),
    Factor("seats", FactorKind.INT, 1, 9),
]


def planted(points: int = 1500, noise: float = 0.0, replicates: int = 2) -> tuple[pd.DataFrame, pd.DataFrame]:
    design = designs.latin_hypercube(FACTORS, points, seed=3)
    box = (design["trust"] < 0.6) & (design["partners"] >= 8) & design["bailout"] & (design["protocol"] != "nash")
    generator = np.random.default_rng(4)
    tables = []
    for replicate in range(replicates):
        flipped = generator.random(points) < noise
        regime = np.where(box.to_numpy() ^ flipped, "stalled", "integrated")
        tables.append(pd.DataFrame({"point": design["point"], "replicate": replicate, "regime": regime}))
    return pd.concat(tables, ignore_index=True), design


def test_planted_box_is_found_exactly() -> None:
    results, design = planted()
    found = discover(results, design, "stalled", resamples=5)
    limits = found.limits.set_index("factor")
    assert set(limits.index) == {"trust", "partners", "bailout", "protocol"}
    assert limits.loc["trust", "high"] == pytest.approx(0.6, abs=0.02)
    assert limits.loc["partners", "low"] == 8
    assert limits.loc["bailout", "values"] == "yes"
    assert limits.loc["protocol", "values"] == "mandate, offers"
    box = found.summary.iloc[0]
    assert box["density"] > 0.98
    assert box["coverage"] > 0.97
    assert box["mass"] == pytest.approx(box["base_rate"] * box["coverage"] / box["density"])


def test_planted_box_is_found_in_noise_and_stays_in_resamples() -> None:
    results, design = planted(noise=0.15)
    found = discover(results, design, "stalled", resamples=10)
    assert set(found.limits["factor"]) == {"trust", "partners", "bailout", "protocol"}
    stability = found.stability.set_index("factor")["restricted"]
    assert stability[["trust", "partners", "bailout", "protocol"]].min() >= 0.9
    assert stability[["paint", "seats"]].max() <= 0.3
    assert (found.limits["p_value"] < 0.05 / 6).all()
    assert found.trajectory["mass"].is_monotonic_decreasing


def test_second_box_looks_outside_the_first() -> None:
    design = designs.latin_hypercube(FACTORS, 1500, seed=3)
    stalled = (design["trust"] < 0.35) | ((design["paint"] > 0.6) & (design["seats"] >= 7))
    results = pd.DataFrame({"point": design["point"], "replicate": 0})
    results["regime"] = np.where(stalled, "stalled", "integrated")
    found = discover(results, design, "stalled", boxes=2, resamples=1)
    assert found.summary["coverage"].sum() > 0.95
    assert set(found.limits.loc[found.limits["box"] == 1, "factor"]) == {"trust"}
    assert set(found.limits.loc[found.limits["box"] == 2, "factor"]) == {"paint", "seats"}


def test_discovery_is_repeatable() -> None:
    results, design = planted(300, noise=0.1)
    one, two = (discover(results, design, resamples=3, seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one.limits, two.limits)


def test_tree_reads_aloud_what_was_planted() -> None:
    pytest.importorskip("sklearn", reason="the tree is part of the optional extra 'analysis'")
    results, design = planted(noise=0.05)
    tree = grow_tree(results, design, "stalled", depth=4, min_mass=0.02)
    rule = tree.leaves.iloc[0]["rule"]
    assert "bailout is yes" in rule
    assert "protocol is not nash" in rule
    assert tree.leaves.iloc[0]["share"] > 0.9
    assert tree.leaves["mass"].sum() == pytest.approx(1.0)
    importance = tree.importance.set_index("factor")["importance"]
    assert importance["paint"] < 0.05
    assert tree.skill > 0.6


def test_tree_explains_nothing_where_there_is_nothing() -> None:
    pytest.importorskip("sklearn", reason="the tree is part of the optional extra 'analysis'")
    results, design = planted(300)
    regimes = np.random.default_rng(1).permutation(results["regime"].to_numpy())
    assert grow_tree(results.assign(regime=regimes), design).skill < 0.1


def test_too_little_to_learn_from_is_said() -> None:
    results, design = planted(300)
    with pytest.raises(UserError, match="too little to learn from"):
        discover(results, design, "busy")
    with pytest.raises(UserError, match="too little to learn from"):
        discover(results[results["point"] < 10], design)
    regimes = np.random.default_rng(1).permutation(results["regime"].to_numpy())
    with pytest.raises(UserError, match="no box of factor values"):
        discover(results.assign(regime=regimes), design, resamples=1)
