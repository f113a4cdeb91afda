"""Effects under the same luck, replicates needed, maps, blockers and thresholds: each against a known answer."""

import numpy as np
import pandas as pd
import pytest
from made_up_sweep import FACTORS, synthetic_sweep
from statsmodels.stats.proportion import proportion_confint

from experiments import designs
from experiments.analysis import binding_blockers, convergence, effects, interactions, regime_shares, thresholds
from experiments.analysis.bands import banded
from experiments.analysis.intervals import wilson
from experiments.analysis.pairs import matched_pairs
from experiments.designs import Factor, FactorKind
from incentive_abm.errors import UserError

TWO = [Factor("trust"), Factor("bailout", FactorKind.BOOL)]


def line(design: pd.DataFrame, replicates: int = 6, shared: float = 1.0, own: float = 0.1) -> pd.DataFrame:
    """integration = trust - 0.5 bailout + 0.4 trust x bailout, plus luck shared by a replicate and luck of its own."""
    trust, bailout = design["trust"].to_numpy(float), design["bailout"].to_numpy(float)
    generator = np.random.default_rng(2)
    tables = []
    for k in range(replicates):
        value = trust - 0.5 * bailout + 0.4 * trust * bailout
        value = value + shared * generator.normal() + own * generator.normal(size=len(design))
        tables.append(pd.DataFrame({"point": design["point"], "replicate": k, "integration": value}))
    return pd.concat(tables, ignore_index=True)


def test_shared_luck_cancels_in_a_paired_effect() -> None:
    design = designs.full_factorial(TWO, 3)
    table = effects.lever_effects(line(design), design).set_index("factor")
    assert table.loc["trust", "low"] < 1.2 < table.loc["trust", "high"]
    assert table.loc["bailout", "low"] < -0.3 < table.loc["bailout", "high"]
    assert (table["luck_ratio"] > 5).all()
    assert (table["high"] - table["low"]).max() < 0.4, "luck of size 1 would leave intervals wider than that"
    assert effects.lever_effects(line(design, shared=0.0, own=1.0), design)["luck_ratio"].max() < 3


def test_effects_in_each_design_are_those_that_were_planted() -> None:
    start = {"trust": 0.5, "bailout": False}
    design = designs.one_at_a_time(TWO, start)
    table = effects.lever_effects(line(design), design)
    assert sorted(table["factor"]) == ["bailout", "trust", "trust"]
    up = table[(table["factor"] == "trust") & (table["to_value"] == 1.0)].iloc[0]
    assert up["effect"] == pytest.approx(0.5, abs=0.2)
    design = designs.sobol(TWO, 256, seed=1)
    table = effects.lever_effects(line(design), design, draws=100).set_index("factor")
    assert table.loc["trust", "effect"] == pytest.approx(1.2, abs=0.05)
    assert table.loc["bailout", "effect"] == pytest.approx(-0.3, abs=0.05)
    design = designs.morris(TWO, 60, seed=1)
    table = effects.lever_effects(line(design), design, draws=100).set_index("factor")
    assert table.loc["trust", "effect"] == pytest.approx(1.2, abs=0.05)
    design = designs.latin_hypercube(TWO, 400, seed=1)
    table = effects.lever_effects(line(design), design, draws=100).set_index("factor")
    assert table.loc["trust", "effect"] == pytest.approx(1.2 * 2 / 3, abs=0.1)
    assert set(table["basis"]) == {"bands"}


def test_matched_pairs_differ_in_one_factor() -> None:
    for design in (designs.sobol(FACTORS, 4, 1), designs.morris(FACTORS, 4, 1), designs.full_factorial(FACTORS)):
        names, at = designs.factor_columns(design), design.set_index("point")
        for pair in matched_pairs(design).itertuples():
            one, other = at.loc[pair.from_point], at.loc[pair.to_point]
            assert [name for name in names if one[name] != other[name]] == [pair.factor]
            assert (one[pair.factor], other[pair.factor]) == (pair.from_value, pair.to_value)


def test_interaction_is_the_difference_of_differences() -> None:
    design = designs.full_factorial(TWO)
    row = interactions.interactions(line(design, 30), design).iloc[0]
    assert row["low"] < 0.4 < row["high"]
    assert row["low"] > 0.0


def test_difference_of_two_sets_of_runs() -> None:
    design = designs.full_factorial(TWO)
    runs = line(design, 20)
    without, with_bailout = runs[runs["point"].isin([0, 2])], runs[runs["point"].isin([1, 3])]
    row = effects.paired_difference(without, with_bailout).iloc[0]
    assert row["low"] < -0.3 < row["high"]
    assert row["variance_ratio"] > 5
    with pytest.raises(UserError, match="at least 2 replicates in common"):
        effects.paired_difference(without, with_bailout[with_bailout["replicate"] == 0])


def test_replicates_needed_follow_the_spread() -> None:
    design = designs.full_factorial(TWO)
    runs = line(design, 400, shared=1.0, own=0.5)
    table = convergence.replicates_needed(runs, precision=0.1).set_index("scope")
    assert table.loc["whole design", "replicates_needed"] == pytest.approx((1.96 / 0.1) ** 2 * (1 + 0.25 / 4), rel=0.15)
    assert table.loc["middle point", "replicates_needed"] == pytest.approx((1.96 / 0.1) ** 2 * 1.25, rel=0.15)
    agreed = runs.assign(regime="stalled")
    assert convergence.replicates_needed(agreed, "regime:stalled")["replicates_needed"].max() > 2


def test_running_interval_and_stopping() -> None:
    design = designs.full_factorial(TWO)
    runs = line(design, 200, shared=0.2, own=0.1)
    table = convergence.running_interval(runs)
    assert table["mean"].iloc[-1] == pytest.approx(runs["integration"].mean())
    assert table["half_width"].iloc[-1] < table["half_width"].iloc[10] / 2
    stop = convergence.StoppingRule(precision=0.05, at_least=10).stops_at(runs)
    assert stop is not None
    assert 40 <= stop <= 100
    assert convergence.StoppingRule(precision=1e-6).stops_at(runs) is None


def test_wilson_interval_is_the_published_one() -> None:
    # Newcombe 1998, Stat. Med. 17, table I: 81/263, 15/148, 0/20, 1/29
    low, high = wilson(np.array([81.0, 15, 0, 1]), np.array([263.0, 148, 20, 29]))
    np.testing.assert_allclose(low, [0.2553, 0.0624, 0.0, 0.0061], atol=5e-5)
    np.testing.assert_allclose(high, [0.3662, 0.1605, 0.1611, 0.1718], atol=5e-5)


def test_wilson_interval_is_that_of_statsmodels_but_for_rounding() -> None:
    counts, runs = np.array([(k, n) for n in (1, 2, 7, 40, 1000) for k in range(n + 1)], dtype=float).T
    for confidence in (0.8, 0.95, 0.99):
        theirs = proportion_confint(counts, runs, alpha=1.0 - confidence, method="wilson")
        np.testing.assert_allclose(wilson(counts, runs, confidence), theirs, rtol=0.0, atol=1e-15)


def test_regime_map_leaves_thin_cells_blank() -> None:
    design = designs.latin_hypercube(TWO, 200, seed=1)
    results = design.assign(replicate=0, regime=np.where(design["trust"] > 0.5, "integrated", "stalled"))
    table = regime_shares.regime_map(results, design, "trust", "bailout", bands=4, min_runs=10)
    assert len(table) == 8
    assert table.loc[table["x_middle"] > 0.5, "share"].tolist() == [1.0] * 4
    thin = regime_shares.regime_map(
        results[~(results["bailout"] & (results["trust"] > 0.8))], design, "trust", "bailout", bands=4)
    blank = thin[thin["share"].isna()]
    assert (blank["runs"] < 10).all()
    assert blank[["low", "high"]].isna().all(axis=None)
    assert regime_shares.regime_shares(results)["share"].sum() == pytest.approx(1.0)
    with pytest.raises(UserError, match="two different factors"):
        regime_shares.regime_map(results, design, "trust", "trust")


def test_bands_keep_every_run_once() -> None:
    results = synthetic_sweep(designs.latin_hypercube(FACTORS, 50, 1), 1)
    for factor, groups in (("paint", 5), ("payment_reform", 2), ("protocol", 2)):
        table = banded(results, factor)
        assert table["label"].notna().all()
        assert len(table["label"].cat.categories) == groups


def test_blockers_bind_where_they_were_planted() -> None:
    design = designs.latin_hypercube(FACTORS, 300, 1)
    results = synthetic_sweep(design, 2)
    table = binding_blockers.where_blockers_bind(results, designs.factor_columns(design))
    reform = table[(table["factor"] == "payment_reform") & (table["blocker"] == "money")].iloc[0]
    assert (reform["at_highest"], reform["clear"]) == ("no", True)
    top = table.iloc[0]
    assert (top["factor"], top["blocker"]) in {("payment_reform", "money"), ("relational_space", "trust")} | {
        ("target_pressure", "targets"),
        ("bailout", "bail-out"),
    }
    assert not table.loc[table["factor"] == "paint", "range"].gt(0.05).any()
    shares = binding_blockers.main_blockers(results, design)
    assert shares[shares["regime"] == "all"]["share"].sum() == pytest.approx(1.0)
    with pytest.raises(UserError, match="no blocker shares"):
        binding_blockers.blockers_by(results[["point", "replicate", "paint"]], "paint")


def long_series(**paths: list[float]) -> pd.DataFrame:
    tables = []
    for name, path in paths.items():
        level = np.interp(np.arange(40), np.linspace(0, 39, len(path)), path)
        form = np.full(40, 0.4) if name == "busy" else np.full(40, 0.02) if name == "never_started" else level
        table = pd.DataFrame({"run_id": name, "quarter": range(40), "integration": level, "form": form})
        tables.append(table.assign(group_kinds=3, meetings=5))
    return pd.concat(tables, ignore_index=True)


PATHS = {
    "integrated": [0.0, 0.4, 0.5, 0.5],
    "collapsed": [0.0, 0.4, 0.4, 0.1],
    "busy": [0.0, 0.1, 0.1, 0.1],
    "never_started": [0.0, 0.02, 0.02, 0.02],
    "progressing": [0.0, 0.1, 0.2, 0.28],
    "stalled": [0.0, 0.2, 0.2, 0.2],
}


def test_each_regime_is_told_from_its_series_and_moves_with_its_threshold() -> None:
    series = thresholds.series_from_long(long_series(**PATHS))
    regimes = thresholds.classify(series).set_index("run_id")["regime"]
    assert regimes.to_dict() == {name: name.replace("_", " ") for name in PATHS}
    table = thresholds.repeat_thresholds(series, {"integrated_from": [0.22, 0.3, 0.45]})
    counts = table[table["regime"] == "integrated"].set_index("integrated_from")["runs"].to_dict()
    assert counts == {0.22: 2, 0.3: 1, 0.45: 1}
    assert table.groupby("integrated_from")["share"].sum().tolist() == pytest.approx([1.0] * 3)
    around = thresholds.around_defaults(series)
    assert set(around["threshold"]) == set(thresholds.threshold_names())
    assert around.groupby(["threshold", "value"])["runs"].sum().eq(6).all()
    with pytest.raises(UserError, match="'integratd' is not a threshold"):
        thresholds.repeat_thresholds(series, {"integratd": [0.2]})


def test_series_kept_by_a_sweep_are_the_same_series() -> None:
    table = long_series(**PATHS)
    kept = table.groupby("run_id")[list(thresholds.MEASURES)].agg(list).add_suffix("_by_quarter").reset_index()
    one = thresholds.classify(thresholds.series_of(kept))
    pd.testing.assert_frame_equal(one, thresholds.classify(thresholds.series_from_long(table)), check_dtype=False)
    with pytest.raises(UserError, match="same quarters"):
        thresholds.series_from_long(table.iloc[:-1])
    with pytest.raises(UserError, match="no column 'form_by_quarter'"):
        thresholds.series_of(kept.drop(columns="form_by_quarter"))


def test_a_file_of_points_that_holds_pairs_compares_them_and_nothing_else() -> None:
    rows = {"trust": [0.0, 1.0, 0.0, 0.5], "bailout": [False, False, True, True]}
    design = designs.design_table("points", TWO, rows)
    pairs = matched_pairs(design)
    assert pairs[["factor", "from_point", "to_point"]].to_numpy().tolist() == [["trust", 0, 1], ["bailout", 0, 2]]
    table = effects.lever_effects(line(design, own=0.0), design).set_index("factor")
    assert set(table["basis"]) == {"paired"}
    assert table.loc["trust", "effect"] == pytest.approx(1.0)
    assert table.loc["bailout", "effect"] == pytest.approx(-0.5)
