"""Survival estimates equal closed forms, hand-worked fractions and published data."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis import event_times, survival
from incentive_abm.errors import UserError

# Freireich et al. 1963, Blood 21: weeks in remission of leukaemia; a negative number is a censored time.
SIX_MP = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
STEPS = {6: (3, 21), 7: (1, 17), 10: (1, 15), 13: (1, 12), 16: (1, 11), 22: (1, 7), 23: (1, 6)}
EXACT = {"rel": 1e-10, "abs": 1e-10}


def split(signed: list[int]) -> tuple[np.ndarray, np.ndarray]:
    values = np.array(signed)
    return np.abs(values).astype(float), values > 0


def test_kaplan_meier_of_the_remission_data() -> None:
    table = survival.kaplan_meier(*split(SIX_MP)).set_index("time")
    share, greenwood = Fraction(1), Fraction(0)
    for time, (events, at_risk) in STEPS.items():
        share *= 1 - Fraction(events, at_risk)
        greenwood += Fraction(events, at_risk * (at_risk - events))
        assert table.loc[time, "survival"] == pytest.approx(float(share), **EXACT)
        assert table.loc[time, "se"] == pytest.approx(float(share) * float(greenwood) ** 0.5, **EXACT)
        assert table.loc[time, "at_risk"] == at_risk
    assert table.loc[23, "survival"] == pytest.approx(0.448, abs=5e-4), "as published"
    # log-log limits at 10 weeks, from the definition
    p, se = table.loc[10, "survival"], table.loc[10, "se"]
    power = np.exp(1.959963984540054 * se / (p * abs(np.log(p))))
    assert table.loc[10, "low"] == pytest.approx(p**power, **EXACT)
    assert table.loc[10, "high"] == pytest.approx(p ** (1 / power), **EXACT)


def test_restricted_mean_of_the_remission_data() -> None:
    edges = [0, *STEPS, 35]
    share, heights = Fraction(1), [Fraction(1)]
    for events, at_risk in STEPS.values():
        share *= 1 - Fraction(events, at_risk)
        heights.append(share)
    areas = [heights[k] * (edges[k + 1] - edges[k]) for k in range(len(heights))]
    variance = sum(
        sum(areas[k + 1 :]) ** 2 * Fraction(events, at_risk * (at_risk - events))
        for k, (events, at_risk) in enumerate(STEPS.values())
    )
    table = survival.restricted_mean(*split(SIX_MP), horizon=35).iloc[0]
    assert table["mean"] == pytest.approx(float(sum(areas)), **EXACT)
    assert table["se"] == pytest.approx(float(variance) ** 0.5, **EXACT)


def test_log_rank_of_the_remission_data() -> None:
    time = np.concatenate([split(SIX_MP)[0], split(PLACEBO)[0]])
    seen = np.concatenate([split(SIX_MP)[1], split(PLACEBO)[1]])
    drug = np.array([True] * 21 + [False] * 21)
    excess, variance = Fraction(0), Fraction(0)
    for at in np.unique(time[seen]):
        n, n1 = int((time >= at).sum()), int(((time >= at) & drug).sum())
        d, d1 = int(((time == at) & seen).sum()), int(((time == at) & seen & drug).sum())
        excess += d1 - Fraction(d * n1, n)
        if n > 1:
            variance += Fraction(d * n1 * (n - n1) * (n - d), n * n * (n - 1))
    table = survival.log_rank(time, seen, drug).iloc[0]
    assert table["chi_square"] == pytest.approx(float(excess**2 / variance), **EXACT)
    assert table["chi_square"] == pytest.approx(16.793, abs=1e-3), "as published"
    assert table["degrees"] == 1


def test_cumulative_incidence_worked_by_hand() -> None:
    # six runs: two causes, ties and censoring
    time = [1, 2, 2, 3, 4, 5]
    event = ["stall", "stall", "integration", "", "integration", ""]
    table = survival.cumulative_incidence(time, event, ["integration", "stall", "collapse"])
    value = table.set_index(["cause", "time"])["incidence"]
    assert value["stall", 2] == pytest.approx(1 / 6 + (5 / 6) * (1 / 5), **EXACT)
    assert value["integration", 5] == pytest.approx((5 / 6) * (1 / 5) + (5 / 6) * (3 / 5) * (1 / 2), **EXACT)
    assert (value["collapse"] == 0.0).all()


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["a", "b", ""])), min_size=1, max_size=40))
def test_incidences_and_survival_always_sum_to_one(runs: list[tuple[int, str]]) -> None:
    time, event = [run[0] for run in runs], [run[1] for run in runs]
    total = survival.cumulative_incidence(time, event, ["a", "b"]).groupby("time")["incidence"].sum()
    curve = survival.kaplan_meier(time, [name != "" for name in event]).set_index("time")["survival"]
    for at, share in curve.items():
        assert share + total[at] == pytest.approx(1.0, **EXACT)


def test_without_censoring_the_estimates_are_plain_shares() -> None:
    time = np.array([1, 2, 3, 4, 5, 6, 7, 8.0])
    event = ["a", "b"] * 4
    table = survival.cumulative_incidence(time, event, ["a", "b"]).set_index(["cause", "time"])
    assert table.loc[("a", 5), "incidence"] == pytest.approx(3 / 8, **EXACT)
    assert table.loc[("a", 5), "se"] == pytest.approx(np.sqrt(3 / 8 * 5 / 8 / 8), **EXACT)
    mean = survival.restricted_mean(time, np.ones(8, bool), horizon=6).iloc[0]["mean"]
    assert mean == pytest.approx(np.minimum(time, 6).mean(), **EXACT)


def sweep() -> pd.DataFrame:
    nan = np.nan
    return pd.DataFrame(
        {
            "trust": [0.1, 0.1, 0.1, 0.9, 0.9, 0.9],
            "time_to_integration": [nan, 20, nan, 10, 12, nan],
            "time_to_stall": [8, nan, nan, nan, nan, 8],
            "time_to_collapse": [nan, 40, nan, nan, 12, nan],
            "horizon": 60,
        },
        index=[0, 0, 0, 1, 1, 1],
    )


def test_first_event_of_each_run() -> None:
    table = event_times.first_event(sweep())
    assert table["event"].tolist() == ["stall", "integration", "", "integration", "integration", "stall"]
    assert table["time"].tolist() == [8, 20, 60, 10, 12, 8]


def test_how_long_integration_lasts() -> None:
    table = event_times.waiting(sweep(), "collapse", since="integration")
    assert table["time"].tolist() == [20, 50, 0]
    assert table["happened"].tolist() == [True, False, True]


def test_groups_of_a_sweep() -> None:
    curves = event_times.survival_curves(sweep(), by="trust")
    assert curves.groupby("group")["survival"].min().to_dict() == pytest.approx({"0.1": 2 / 3, "0.9": 1 / 3})
    means = event_times.restricted_means(sweep(), by="trust").set_index("group")
    assert means.loc["0.9", "mean"] == pytest.approx((10 + 12 + 60) / 3)
    assert event_times.incidence_curves(sweep(), by="trust").groupby("group").size().to_dict() == {"0.1": 12, "0.9": 12}
    assert event_times.compare_times(sweep(), "integration", ["trust"])["factor"].tolist() == ["trust"]


def test_nothing_happened_is_not_an_error_but_nothing_ran_is() -> None:
    still = sweep().assign(time_to_integration=np.nan)
    assert event_times.survival_curves(still)["survival"].tolist() == [1.0]
    with pytest.raises(UserError, match="none happened"):
        event_times.compare_times(still, "integration", ["trust"])
    with pytest.raises(UserError, match="no runs to analyse"):
        event_times.survival_curves(sweep().iloc[:0])
    with pytest.raises(UserError, match="zero or more"):
        survival.kaplan_meier([-1.0], [True])
