"""Sensitivity indices hit known values, and luck is not taken for a parameter."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from experiments import designs
from experiments.analysis.efast import efast_indices
from experiments.analysis.morris import morris_effects
from experiments.analysis.sobol import sobol_indices
from experiments.analysis.variance_shares import variance_shares
from experiments.designs import Factor, FactorKind
from incentive_abm.errors import UserError

ANGLES = [Factor(name, low=-np.pi, high=np.pi) for name in ("x1", "x2", "x3")]
UNITS = [Factor(name) for name in ("x1", "x2", "x3", "null")]
G_WEIGHTS = np.array([0.0, 1.0, 4.5, 99.0])
Outcome = Callable[[pd.DataFrame, int], np.ndarray]


def ishigami(design: pd.DataFrame, _: int = 0) -> np.ndarray:
    x1, x2, x3 = (design[name].to_numpy() for name in ("x1", "x2", "x3"))
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def g_function(design: pd.DataFrame, _: int = 0) -> np.ndarray:
    x = design[["x1", "x2", "x3", "null"]].to_numpy()
    return np.prod((np.abs(4 * x - 2) + G_WEIGHTS) / (1 + G_WEIGHTS), axis=1)


def runs(design: pd.DataFrame, outcome: Outcome, replicates: int = 1) -> pd.DataFrame:
    tables = [
        pd.DataFrame({"point": design["point"], "replicate": k, "integration": outcome(design, k)}) for k in range(replicates)
    ]
    return pd.concat(tables, ignore_index=True)


def luck(design: pd.DataFrame, replicate: int) -> tuple[float, np.ndarray]:
    """Luck shared by all points of a replicate, and luck of each run's own."""
    generator = np.random.default_rng([5, replicate])
    return float(generator.normal()), generator.normal(size=len(design))


def noisy_line(design: pd.DataFrame, replicate: int) -> np.ndarray:
    shared, own = luck(design, replicate)
    return design["x1"].to_numpy() + 0.5 * design["x2"].to_numpy() + shared + 0.5 * own


def index(table: pd.DataFrame, **where: str) -> pd.Series:
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_sobol_ishigami_and_pairs() -> None:
    design = designs.sobol(ANGLES, 1024, seed=1, second_order=True)
    table = sobol_indices(runs(design, ishigami), design, draws=100)
    known = {"x1": (0.3139, 0.5576), "x2": (0.4424, 0.4424), "x3": (0.0, 0.2437)}
    for name, (first, total) in known.items():
        assert index(table, order="first", factor=name)["value"] == pytest.approx(first, abs=0.02)
        assert index(table, order="total", factor=name)["value"] == pytest.approx(total, abs=0.02)
    assert index(table, order="second", factor="x1", other="x3")["value"] == pytest.approx(0.2437, abs=0.03)
    assert index(table, order="second", factor="x1", other="x2")["value"] == pytest.approx(0.0, abs=0.03)


def test_sobol_g_function() -> None:
    design = designs.sobol(UNITS, 1024, seed=2)
    table = sobol_indices(runs(design, g_function), design, draws=100)
    parts = 1 / (3 * (1 + G_WEIGHTS) ** 2)
    variance = np.prod(1 + parts) - 1
    for place, name in enumerate(("x1", "x2", "x3", "null")):
        total = parts[place] * np.prod(1 + np.delete(parts, place)) / variance
        assert index(table, order="first", factor=name)["value"] == pytest.approx(parts[place] / variance, abs=0.02)
        assert index(table, order="total", factor=name)["value"] == pytest.approx(total, abs=0.02)


def test_with_one_replicate_the_estimates_are_salibs() -> None:
    design = designs.sobol(ANGLES, 64, seed=3, second_order=True)
    table = sobol_indices(runs(design, ishigami), design, draws=10)
    np.testing.assert_allclose(table["value"], table["plain"], atol=1e-12)
    curve = designs.efast(ANGLES, 129, seed=3, curves=1)
    table = efast_indices(runs(curve, ishigami), curve, draws=10)
    np.testing.assert_allclose(table["value"], table["plain"], atol=1e-12)
    assert table["low"].isna().all()


@pytest.mark.parametrize(("method", "tolerance"), [(sobol_indices, 0.06), (efast_indices, 0.08)])
def test_luck_is_not_taken_for_a_parameter(method: Callable[..., pd.DataFrame], tolerance: float) -> None:
    if method is sobol_indices:
        design = designs.sobol(UNITS[:2] + UNITS[3:], 512, seed=4)
    else:
        design = designs.efast(UNITS[:2] + UNITS[3:], 257, seed=4, curves=6)
    table = method(runs(design, noisy_line, 8), design, draws=200)
    for order in ("first", "total"):
        assert index(table, order=order, factor="x1")["value"] == pytest.approx(0.8, abs=tolerance)
        assert index(table, order=order, factor="x2")["value"] == pytest.approx(0.2, abs=tolerance)
        null = index(table, order=order, factor="null")
        assert null["low"] <= 0.0 <= null["high"]
    plain = index(table, order="total", factor="null")["plain"]
    assert plain > index(table, order="total", factor="null")["high"], "the uncorrected index counts luck"


def test_morris_effects_of_a_line_and_of_a_planted_null() -> None:
    design = designs.morris(UNITS, 40, seed=5)
    table = morris_effects(runs(design, noisy_line, 8), design, draws=200)
    assert index(table, factor="x1", measure="mu")["low"] < 1.0 < index(table, factor="x1", measure="mu")["high"]
    for measure in ("mu", "mean_square"):
        null = index(table, factor="null", measure=measure)
        assert null["low"] <= 0.0 <= null["high"]
    assert index(table, factor="null", measure="mu_star")["low"] > 0.0


def test_morris_equals_salib() -> None:
    from SALib.analyze import morris as salib

    design = designs.morris(ANGLES, 12, seed=6)
    unit = (design[["x1", "x2", "x3"]].to_numpy() + np.pi) / (2 * np.pi)
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0.0, 1.0]] * 3}
    known = salib.analyze(problem, unit, ishigami(design), seed=1)
    table = morris_effects(runs(design, ishigami), design, draws=10)
    for measure in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(table.loc[table["measure"] == measure, "value"], known[measure], atol=1e-12)


def test_categories_have_effects_too() -> None:
    protocol = Factor("protocol", FactorKind.CATEGORICAL, choices=("offers", "nash"))
    design = designs.sobol([protocol, UNITS[3]], 64, seed=1)
    table = sobol_indices(runs(design, lambda d, _: (d["protocol"] == "nash").to_numpy(float)), design, draws=20)
    assert index(table, order="total", factor="protocol")["value"] == pytest.approx(1.0, abs=0.05)
    assert index(table, order="total", factor="null")["value"] == 0.0


def test_unfinished_sweep_uses_complete_base_rows_and_says_so() -> None:
    design = designs.sobol(ANGLES, 64, seed=1)
    whole = runs(design, ishigami, 2)
    broken = whole[~((whole["point"] == 7) & (whole["replicate"] == 1))]
    table = sobol_indices(broken[broken["point"] < 5 * 20], design, draws=10)
    assert set(table["base_rows"]) == {19}
    assert set(table["base_rows_planned"]) == {64}
    one_replicate = pd.concat([whole[whole["replicate"] == 0], whole[(whole["replicate"] == 1)][:7]])
    assert set(sobol_indices(one_replicate, design, draws=10)["replicates"]) == {1}
    with pytest.raises(UserError, match="1 of 64 base rows are complete"):
        sobol_indices(whole[whole["point"] < 6], design)


def test_variance_is_split_between_luck_and_parameters() -> None:
    design = designs.latin_hypercube(UNITS, 400, seed=1)
    table = variance_shares(runs(design, noisy_line, 40), design, draws=100).set_index("source")
    assert table.loc["parameters", "variance"] == pytest.approx(1.25 / 12, abs=0.01)
    assert table.loc["luck x parameters", "variance"] == pytest.approx(0.25, abs=0.01)
    lucks = [luck(design, k)[0] for k in range(40)]
    assert table.loc["shared luck", "variance"] == pytest.approx(np.var(lucks, ddof=1), abs=0.03)
    assert table.loc["parameters", "share"] + table.loc["luck", "share"] == pytest.approx(1.0)
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()


def test_variance_split_is_the_two_way_analysis_of_variance() -> None:
    design = designs.latin_hypercube(UNITS, 9, seed=1)
    results = runs(design, noisy_line, 4)
    y = results.pivot(index="point", columns="replicate", values="integration").to_numpy()
    rest = y - y.mean(1, keepdims=True) - y.mean(0, keepdims=True) + y.mean()
    error = (rest**2).sum() / (8 * 3)
    table = variance_shares(results, design, draws=10).set_index("source")["variance"]
    assert table["luck x parameters"] == pytest.approx(error, rel=1e-9)
    assert table["parameters"] == pytest.approx(y.mean(1).var(ddof=1) - error / 4, rel=1e-9)
    assert table["shared luck"] == pytest.approx(y.mean(0).var(ddof=1) - error / 9, rel=1e-9)
    one_way = variance_shares(results, design, common_luck=False, draws=10).set_index("source")["variance"]
    assert one_way["luck"] == pytest.approx(y.var(axis=1, ddof=1).mean(), rel=1e-9)
    assert one_way["parameters"] == pytest.approx(y.mean(1).var(ddof=1) - y.var(axis=1, ddof=1).mean() / 4, rel=1e-9)


def test_variance_split_has_no_bias() -> None:
    design = designs.latin_hypercube(UNITS, 10, seed=1)
    estimates = []
    for trial in range(300):
        generator = np.random.default_rng([9, trial])
        own = generator.normal(size=(10, 3)) + generator.normal(size=3)
        results = runs(design, lambda d, k, own=own: own[:, k], 3)
        estimates.append(variance_shares(results, design, draws=10).set_index("source")["variance"])
    mean = pd.DataFrame(estimates).mean()
    assert mean["parameters"] == pytest.approx(0.0, abs=0.05)
    assert mean["luck"] == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize(
    ("method", "make"),
    [
        (sobol_indices, lambda: designs.sobol(UNITS, 4, 1)),
        (efast_indices, lambda: designs.efast(UNITS, 65, 1, 1)),
        (variance_shares, lambda: designs.latin_hypercube(UNITS, 4, 1)),
    ],
)
def test_an_outcome_that_never_varies_is_refused(method: Callable[..., pd.DataFrame], make: Callable[[], pd.DataFrame]) -> None:
    design = make()
    with pytest.raises(UserError, match="same in every run"):
        method(runs(design, lambda d, _: np.ones(len(d)), 2), design)
    with pytest.raises(UserError, match="did you mean integration"):
        method(runs(design, g_function, 2), design, "integratoin")
    with pytest.raises(UserError, match="no runs to analyse"):
        method(runs(design, g_function, 2).iloc[:0], design)
