"""Designs visit the points they promise, hold real values, and are fixed by their seed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments import designs
from experiments.designs import Factor, FactorKind
from incentive_abm.errors import UserError

TRUST = Factor("trust", low=0.2, high=0.8)
PARTNERS = Factor("partners", FactorKind.INT, 2, 6)
BAILOUT = Factor("bailout", FactorKind.BOOL)
PROTOCOL = Factor("protocol", FactorKind.CATEGORICAL, choices=("offers", "nash", "mandate"))
MIXED = [TRUST, PARTNERS, BAILOUT, PROTOCOL]


@pytest.mark.parametrize(
    ("make", "points"),
    [
        (lambda seed: designs.latin_hypercube(MIXED, 30, seed), 30),
        (lambda seed: designs.sobol(MIXED, 8, seed), 8 * 6),
        (lambda seed: designs.sobol(MIXED, 8, seed, second_order=True), 8 * 10),
        (lambda seed: designs.morris(MIXED, 5, seed), 5 * 5),
        (lambda seed: designs.efast(MIXED, 65, seed, curves=2), 2 * 4 * 65),
    ],
)
def test_sampled_design_is_fixed_by_its_seed(make: Callable[[int], pd.DataFrame], points: int) -> None:
    design = make(7)
    assert len(design) == points
    assert design["point"].tolist() == list(range(points))
    assert designs.factor_columns(design) == [factor.name for factor in MIXED]
    assert design["trust"].between(0.2, 0.8).all()
    assert set(design["partners"]) <= {2, 3, 4, 5, 6}
    assert design["bailout"].dtype == bool
    assert set(design["protocol"]) <= set(PROTOCOL.choices)
    pd.testing.assert_frame_equal(design, make(7))
    assert not design["trust"].equals(make(8)["trust"])
    with pytest.raises(UserError, match="seed must be 1 or more"):
        make(0)


@given(st.integers(2, 40), st.integers(1, 1000))
def test_latin_hypercube_visits_every_stratum_once(points: int, seed: int) -> None:
    values = designs.latin_hypercube([TRUST], points, seed)["trust"].to_numpy()
    assert sorted(np.floor((values - 0.2) / 0.6 * points).astype(int)) == list(range(points))


def test_categories_share_the_unit_interval_evenly() -> None:
    unit = np.linspace(0.0, 1.0, 3001)
    for factor in (PARTNERS, BAILOUT, PROTOCOL):
        counts = pd.Series(factor.from_unit(unit)).value_counts()
        assert counts.max() - counts.min() <= 2


def test_full_factorial_is_every_combination_once() -> None:
    design = designs.full_factorial(MIXED, levels={"trust": 3, "partners": 2})
    assert len(design) == 3 * 2 * 2 * 3
    assert not design.drop(columns="point").duplicated().any()
    assert set(design["partners"]) == {2, 6}


def test_one_at_a_time_moves_one_factor() -> None:
    start = {"trust": 0.5, "partners": 2, "bailout": False, "protocol": "offers"}
    design = designs.one_at_a_time(MIXED, start)
    assert design["changed"].tolist() == ["", "trust", "trust", "partners", "bailout", "protocol", "protocol"]
    for _, row in design.iterrows():
        moved = [name for name in start if row[name] != start[name]]
        assert moved == ([row["changed"]] if row["changed"] else [])


def test_saltelli_rows_differ_from_their_base_in_one_factor_only() -> None:
    design = designs.sobol(MIXED, 4, seed=3, second_order=True)
    names = designs.factor_columns(design)
    for _, block in design.groupby("base"):
        base = {matrix: block[block["matrix"] == matrix].iloc[0] for matrix in ("A", "B")}
        for own, other in (("A", "B"), ("B", "A")):
            for _, row in block[block["matrix"] == own + other].iterrows():
                for name in names:
                    assert row[name] == base[other if name == row["changed"] else own][name]


def test_morris_steps_join_neighbouring_points() -> None:
    design = designs.morris([TRUST, BAILOUT], 6, seed=3)
    assert design.groupby("base")["changed"].agg(sorted).tolist() == [["", "bailout", "trust"]] * 6
    moved = design["trust"].diff()[design["changed"] == "trust"]
    np.testing.assert_allclose(moved / 0.6, design["step"][design["changed"] == "trust"])


def test_settings_are_plain_python_values() -> None:
    point, values = next(designs.settings(designs.latin_hypercube(MIXED, 3, 1)))
    assert point == 0
    assert [type(value) for value in values.values()] == [float, int, bool, str]


def test_points_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("protocol,trust,partners,bailout\nnash,0.3,4,true\noffers,0.8,2,false\n", encoding="utf-8")
    design = designs.read_points(path, MIXED)
    assert design["trust"].tolist() == [0.3, 0.8]
    assert design["bailout"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a header and at least one point"),
        ("trsut,partners,bailout,protocol\n.3,4,1,nash\n", "line 1: 'trsut' is not a factor .*did you mean trust"),
        ("trust,partners,bailout\n.3,4,1\n", "no column for factor protocol"),
        ("trust,trust,partners,bailout,protocol\n.3,.3,4,1,nash\n", "trust appears more than once"),
        ("trust,partners,bailout,protocol\n.3,4,1\n", "line 2: expected 4 values, found 3"),
        ("trust,partners,bailout,protocol\n.9,4,1,nash\n", "line 2: trust must lie between 0.2 and 0.8"),
        ("trust,partners,bailout,protocol\nhigh,4,1,nash\n", "line 2: trust must be a number"),
        ("trust,partners,bailout,protocol\nnan,4,1,nash\n", "line 2: trust must lie between"),
        ("trust,partners,bailout,protocol\n.3,4.5,1,nash\n", "partners must be a whole number"),
        ("trust,partners,bailout,protocol\n.3,4,perhaps,nash\n", "bailout must be true or false"),
        ("trust,partners,bailout,protocol\n.3,4,1,chess\n", "protocol must be one of offers, nash, mandate"),
    ],
)
def test_bad_file_of_points_is_named_by_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "points.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        designs.read_points(path, MIXED)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Factor("point"), "kept for the design's own columns"),
        (lambda: Factor("x", low=1.0, high=1.0), "expected low < high"),
        (lambda: Factor("x", FactorKind.INT, 0.5, 3), "expected whole numbers"),
        (lambda: Factor("x", FactorKind.CATEGORICAL, choices=("a",)), "two or more different choices"),
        (lambda: Factor("x", choices=("a", "b")), "takes no choices"),
        (lambda: designs.latin_hypercube([], 5, 1), "at least 1 factor"),
        (lambda: designs.latin_hypercube([TRUST, TRUST], 5, 1), "trust is listed more than once"),
        (lambda: designs.sobol(MIXED, 100, 1), "power of two, got 100; try 64 or 128"),
        (lambda: designs.morris(MIXED, 5, 1, levels=3), "even number"),
        (lambda: designs.efast(MIXED, 20, 1), "at least 65 points"),
        (lambda: designs.full_factorial([TRUST], {"trsut": 3}), "trsut is not a factor"),
        (lambda: designs.full_factorial([TRUST] + [Factor(f"f{i}") for i in range(30)]), "1,073,741,824|points; use"),
        (lambda: designs.one_at_a_time([TRUST], {}), "no baseline is given for factor trust"),
        (lambda: designs.one_at_a_time([TRUST], {"trust": 0.9}), "must lie between 0.2 and 0.8"),
    ],
)
def test_senseless_design_is_refused_in_plain_words(make: Callable[[], object], message: str) -> None:
    with pytest.raises(UserError, match=message):
        make()
