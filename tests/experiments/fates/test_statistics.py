"""What the trial computes, on made-up numbers whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.fates.estimates import Estimate, number, over_places, percent, told
from experiments.fates.nested_variance import Moments
from experiments.fates.policy_range import crossing, steepest, told_level, two_peaks


def test_an_interval_over_places_is_that_of_scipys_bootstrap() -> None:
    places = np.random.default_rng(5).normal(size=60)
    ours = over_places(lambda drawn: {"mean": float(places[drawn].mean())}, 60, draws=4000)["mean"]
    theirs = stats.bootstrap((places,), np.mean, n_resamples=4000, method="percentile", rng=np.random.default_rng(2))
    assert ours.value == pytest.approx(places.mean())
    assert (ours.low, ours.high) == pytest.approx(tuple(theirs.confidence_interval), abs=0.015)


def test_places_that_are_alike_leave_no_interval_and_a_statistic_that_mostly_fails_has_none() -> None:
    alike = over_places(lambda drawn: {"mean": float(np.ones(9)[drawn].mean())}, 9)["mean"]
    assert alike == Estimate(1.0, 1.0, 1.0)
    never = over_places(lambda _: {"share": float("nan")}, 9)["share"]
    assert told(never) == "–"


def test_numbers_are_told_with_a_minus_sign_and_without_minus_nothing() -> None:
    assert number(-0.251, 2) == "−0.25"
    assert number(-0.001, 2) == "0.00"
    assert percent(Estimate(0.25, -0.01, 0.5)) == "25% (−1 to 50)"


def test_of_groups_of_one_size_components_are_those_of_the_textbook() -> None:
    """Two levels, n items a group: between = (mean square between − within) / n, within = mean square within."""
    rng = np.random.default_rng(3)
    y = rng.normal(size=(30, 1)) * 2.0 + rng.normal(size=(30, 5))
    table = pd.DataFrame({"place": np.repeat(np.arange(30), 5), "y": y.ravel()})
    within = y.var(axis=1, ddof=1).mean()
    between = y.mean(axis=1).var(ddof=1) - within / 5
    assert Moments.of(table, "y", ("place",)).components(np.arange(30)) == pytest.approx([between, within])


def test_of_unequal_groups_components_are_unbiased() -> None:
    """Four levels with variances 4, 1, 2 and 3, groups of unequal size: the mean over many samples comes near them."""
    truth, found = np.array([4.0, 1.0, 2.0, 3.0]), []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        rows = [(p, r, n) for p in range(40) for r in range(3) for n in range(2 + (p + r) % 3) for _ in range(2 + (p + n) % 5)]
        table = pd.DataFrame(rows, columns=["place", "run", "near"])
        y = np.zeros(len(table))
        for depth, variance in enumerate(truth[:3]):
            unit = table.groupby(["place", "run", "near"][:depth + 1]).ngroup().to_numpy()
            y += rng.normal(size=unit.max() + 1)[unit] * np.sqrt(variance)
        table["y"] = y + rng.normal(size=len(table)) * np.sqrt(truth[3])
        found.append(Moments.of(table, "y", ("place", "run", "near")).components(np.arange(40)))
    error = np.std(found, axis=0) / np.sqrt(len(found))
    assert np.all(np.abs(np.mean(found, axis=0) - truth) < 3.5 * error)
    assert np.all(error < 0.25)


def test_a_place_drawn_twice_counts_as_two_places() -> None:
    table = pd.DataFrame({"place": [0, 0, 1, 1, 1, 2, 2], "y": [1.0, 2.0, 5.0, 4.0, 6.0, 9.0, 7.0]})
    twice = pd.concat([table, table[table["place"] == 1].assign(place=3)])
    again = Moments.of(twice, "y", ("place",)).components(np.arange(4))
    assert Moments.of(table, "y", ("place",)).components(np.array([0, 1, 1, 2])) == pytest.approx(again)


def test_the_threshold_lies_on_a_straight_line_between_two_levels() -> None:
    assert crossing([0.0, 0.5, 1.0], np.array([0.0, 0.25, 0.75])) == pytest.approx(0.75)
    assert crossing([0.0, 0.5], np.array([0.6, 0.7])) == -np.inf
    assert crossing([0.0, 0.5], np.array([0.1, 0.4])) == np.inf


def test_a_threshold_outside_the_levels_tried_is_told_as_that() -> None:
    inf, levels = float("inf"), [0.25, 0.5, 1.0]
    assert told_level(Estimate(-inf, -inf, -inf), levels) == "0.25 or below"
    assert told_level(Estimate(inf, inf, inf), levels) == "above 1"
    assert told_level(Estimate(0.94, 0.87, inf), levels) == "0.94 (0.87 to above 1)"


def test_the_steepest_level_is_where_mean_integration_rises_most() -> None:
    levels, means = [0.0, 0.25, 0.5, 0.75, 1.0], [0.0, 0.05, 0.1, 0.5, 0.6]
    runs = pd.DataFrame({"level": np.repeat(levels, 2), "integration": np.repeat(means, 2) + np.tile([-0.01, 0.01], 5)})
    assert steepest(runs) == 0.75


def test_two_heaps_are_seen_as_two_peaks_and_one_is_not() -> None:
    rng = np.random.default_rng(1)
    one = rng.normal(size=(200, 4))
    two = one + np.where(np.arange(200) < 100, 0.0, 8.0)[:, None]
    assert two_peaks(one)[1] > 0.2
    assert two_peaks(two)[1] < 0.001
