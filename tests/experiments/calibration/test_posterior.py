"""The posterior of models whose answer is known in closed form, and diagnostics that tell a right method from a wrong one."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from experiments.calibration.diagnostics import BINS, learned, left_out, ranks, worth_observing
from experiments.calibration.posterior import Posterior, Table, posterior
from experiments.designs.known import systematic

SD = 0.1
NAMES = ("mean", "idle")


def a_normal_mean(rows: int, seed: int = 1) -> Table:
    """The mean of a normal, flat over 0..1, seen once with a known error; a second number has no effect."""
    generator = np.random.default_rng(seed)
    unit = generator.random((rows, 2))
    return Table(unit, unit[:, :1] + SD * generator.standard_normal((rows, 1)))


def test_the_posterior_of_a_normal_mean_is_the_one_in_the_textbook() -> None:
    found = posterior(a_normal_mean(20_000), np.array([0.5]), 1000)
    mean = found.weight @ found.unit[:, 0]
    # A flat prior that reaches five errors to each side: the posterior is the likelihood, normal about what was seen.
    assert mean == pytest.approx(0.5, abs=0.012)
    assert np.sqrt(found.weight @ (found.unit[:, 0] - mean) ** 2) == pytest.approx(SD, rel=0.08)


def test_two_sightings_narrow_by_the_root_of_two() -> None:
    generator = np.random.default_rng(3)
    unit = generator.random((20_000, 1))
    seen = unit + SD * generator.standard_normal((20_000, 2))
    found = posterior(Table(unit, seen), np.array([0.45, 0.55]), 1000)
    mean = found.weight @ found.unit[:, 0]
    assert np.sqrt(found.weight @ (found.unit[:, 0] - mean) ** 2) == pytest.approx(SD / np.sqrt(2.0), rel=0.1)


def test_what_lies_near_an_end_of_its_range_stays_within_it() -> None:
    found = posterior(a_normal_mean(4000), np.array([0.02]), 200)
    assert found.unit.min() >= 0.0
    assert found.unit.max() <= 1.0


def test_ranks_of_the_right_posterior_are_uniform_and_its_intervals_hold_the_truth_as_often_as_they_say() -> None:
    tests = ranks(a_normal_mean(4000), NAMES, 200, seed=1).tests()
    assert (tests["p_holm"] > 0.05).all(), tests
    for level in ("50%", "80%", "90%"):
        assert (tests[f"low_{level}"] - 0.02 <= float(level[:-1]) / 100.0).all()
        assert (tests[f"high_{level}"] + 0.02 >= float(level[:-1]) / 100.0).all()


def too_sure(table: Table, seen: np.ndarray[tuple[int], np.dtype[np.float64]], taken: int) -> Posterior:
    found = posterior(table, seen, taken)
    middle = found.weight @ found.unit
    return Posterior(middle + 0.4 * (found.unit - middle), found.weight, found.rows, found.nearest, found.distance)


def test_ranks_of_a_posterior_that_is_too_sure_are_not_uniform() -> None:
    found = ranks(a_normal_mean(4000), NAMES, 200, seed=1, method=partial(too_sure, taken=200))
    assert (found.tests()["p_holm"] < 1e-6).all()
    own = found.histogram()
    ends = own[own["bin"].isin((1, BINS))]
    assert (ends["trials"] > ends["high"]).all(), "truths lie too often beyond what was found"


def test_the_data_say_nothing_of_a_number_without_effect_and_something_of_the_other() -> None:
    table = learned(posterior(a_normal_mean(20_000), np.array([0.5]), 2000), NAMES, seed=1).set_index("parameter")
    assert table.loc["mean", "data_say"] == "something"
    assert table.loc["mean", "narrowed"] == pytest.approx(1.0 - 12.0 * SD**2, abs=0.02)
    assert table.loc["idle", "data_say"] == "nothing"


def test_leaving_out_the_sighting_that_tells_gives_the_prior_back() -> None:
    generator = np.random.default_rng(5)
    unit = generator.random((8000, 1))
    seen = np.column_stack([unit[:, 0] + 0.05 * generator.standard_normal(8000), generator.standard_normal(8000)])
    table = left_out(Table(unit, seen), np.array([0.8, 0.0]), ("tells", "idle"), ("number",), 400).set_index("left_out")
    assert table.loc["tells", "mean_moves"] == pytest.approx(-0.3 * np.sqrt(12.0), abs=0.15)
    assert table.loc["tells", "variance_grows"] == pytest.approx(1.0, abs=0.12)
    assert abs(table.loc["idle", "mean_moves"]) < 0.1


def test_what_is_worth_observing_is_the_share_of_variance_that_it_explains() -> None:
    generator = np.random.default_rng(6)
    signal, noise = generator.standard_normal((2, 4000))
    seen = np.column_stack([noise, signal])
    table = worth_observing(seen, signal + noise * 0.0 + generator.standard_normal(4000), ["idle", "tells"], seed=1)
    assert table["observe"].tolist() == ["tells", "idle"]
    assert table["low"].iloc[0] < 0.5 < table["high"].iloc[0] + 0.03
    assert abs(table["variance_gone"].iloc[1]) < 0.05


def test_settings_are_drawn_as_often_as_their_weight_says() -> None:
    drawn = systematic(np.array([0.1, 0.2, 0.7]), 1000, seed=4)
    assert np.bincount(drawn).tolist() == pytest.approx([100, 200, 700], abs=1)
