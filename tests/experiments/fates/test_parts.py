"""Each part of a small trial: what its table says is what the engine, asked by other means, says."""

from __future__ import annotations

from dataclasses import replace

import networkx
import numpy as np
import pandas as pd
import pytest

from experiments.fates import hysteresis, joined_groups, mechanisms, policy_range, shock, slowness, variance
from experiments.fates.playing import Variant, played
from experiments.fates.trial import Trial, read_mechanism
from incentive_abm.engine.run import Record, Recorded, run
from incentive_abm.kinds import Kind, Regime
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

TRIAL = Trial(places=4, seeds=2, quarters=40, levels=(0.5, 1.0),
              mechanisms=(read_mechanism("learning_rate=0:0.1"), read_mechanism("peer_teaching=0:0.5")))


def nobody(done: int, total: int) -> None:
    assert 1 <= done <= total == TRIAL.places


def asked(scenario: Scenario, quarters: int, record: Record = Record.MEASURES) -> list[Recorded]:
    """The same runs, place by place, from the engine's plain front door."""
    return [run(TRIAL.place(k), scenario, TRIAL.luck(k), quarters, record) for k in range(TRIAL.places)]


def integration(recorded: list[Recorded]) -> np.ndarray:
    """Of [place, seed, quarter]."""
    return np.stack([r.measures[:, :, Measure.INTEGRATION] for r in recorded if r.measures is not None])


def cells(page: str, first: str, table: int = 0) -> list[str]:
    """The row of a section's table that begins so."""
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith(f"| {first} |")]
    return rows[table]


@pytest.fixture(scope="module")
def whole_range() -> pd.DataFrame:
    return policy_range.play(TRIAL, nobody)


def test_the_range_tells_what_the_runs_say(whole_range: pd.DataFrame) -> None:
    recorded = asked(TRIAL.scenario(0.7), 40)
    last = integration(recorded)[:, :, -4:].mean(axis=2)
    at = policy_range.figures(whole_range)[0.7]
    assert at["mean"].value == pytest.approx(last.mean())
    assert at["sd"].value == pytest.approx(np.std(last, ddof=1))
    assert at["reached"].value == pytest.approx((last >= 0.3).mean())
    regimes = np.concatenate([r.endings.regime for r in recorded])
    assert at["integrated"].value == pytest.approx((regimes == Regime.INTEGRATED).mean())
    page = "\n".join(policy_range.tell(TRIAL, whole_range))
    assert cells(page, "0.7")[1].startswith(f"{last.mean():.2f} (")
    shares = pd.Series([Regime(int(code)).label for code in regimes]).value_counts(normalize=True)
    heading = cells(page, "L", 1)[1:]
    assert dict(zip(heading, cells(page, "0.7", 1)[1:], strict=True)) == {
        name: f"{100 * shares.get(name, 0.0):.0f}" for name in heading}


def test_the_sentences_of_the_range_repeat_its_table(whole_range: pd.DataFrame) -> None:
    page = "\n".join(policy_range.tell(TRIAL, whole_range))
    steep = policy_range.steepest(whole_range)
    row, peaks = cells(page, f"{steep:g}"), cells(page, f"{steep:g}", 2)
    last = page.strip().splitlines()[-1]
    assert f"around L = {steep:g}. There it is {row[1]}" in last
    assert f"between {row[3].replace('–', ' and ')}, the skew is {row[4]}" in last
    assert f"(p = {peaks[2]})" in last


def test_variance_is_that_of_runs_and_of_ties_in_their_neighbourhoods() -> None:
    ties = variance.play(TRIAL, nobody)
    recorded = asked(TRIAL.scenario(0.5), 40, Record.PICTURES)
    last = integration(recorded)[:, :, -4:].mean(axis=2)
    within = last.var(axis=1, ddof=1).mean()
    between = last.mean(axis=1).var(ddof=1) - within / 2
    shown = variance.figures(ties)[0.5, "runs"]
    assert shown["places"].value == pytest.approx(between / (between + within))
    assert shown["sd"].value == pytest.approx(np.sqrt(between + within))
    some = ties[(ties["level"] == 0.5) & (ties["place"] == 1) & (ties["seed"] == 0)]
    assert recorded[1].ties is not None
    joint = recorded[1].ties[0, -4:, :, TIE_PICTURE.index("expected")].mean(axis=0)
    assert some["joint_work"].to_numpy() == pytest.approx(joint, rel=1e-6)
    page = "\n".join(variance.tell(TRIAL, ties))
    assert f"{100 * shown['places'].value:.0f}% (L = 0.5)".replace("-", "−") in page


def test_neighbourhoods_hold_together_more_people_than_they_part() -> None:
    place = TRIAL.place(0)
    of = variance.neighbourhoods(place)
    inside = place.ties.people[of != variance.ACROSS].sum()
    assert len(set(of.tolist()) - {variance.ACROSS}) > 1
    assert inside > 0.6 * place.ties.people.sum()


def test_policy_raised_and_withdrawn_follows_its_course() -> None:
    runs = hysteresis.play(TRIAL, nobody)
    shown = hysteresis.figures(runs)
    low = integration(asked(TRIAL.scenario(0.25), 120))
    for year in hysteresis.SHOWN:
        mean = low[:, :, 4 * year - 4:4 * year].mean()
        assert shown[hysteresis.NEVER_RAISED][f"mean_{year}"].value == pytest.approx(mean)
    courses = [shown[name] for name in (hysteresis.TO_NONE, hysteresis.TO_LOW, hysteresis.NEVER_WITHDRAWN)]
    assert len({at["mean_15"].value for at in courses}) == 1, "until policy is withdrawn all courses are one"
    assert courses[0]["mean_15"].value > shown[hysteresis.NEVER_RAISED]["mean_15"].value
    assert courses[0]["mean_30"].value < courses[1]["mean_30"].value < courses[2]["mean_30"].value
    back = runs[runs["course"] == hysteresis.TO_NONE].sort_values(["place", "seed"])
    there = back["year_15"] >= 0.3
    assert shown[hysteresis.TO_NONE]["lost"].value == pytest.approx((back["year_30"][there] < 0.3).mean())
    page = "\n".join(hysteresis.tell(TRIAL, runs))
    lost = cells(page, hysteresis.TO_NONE, 1)
    assert f"Withdrawn to 0: of the runs at 0.30 or more when policy was withdrawn, {lost[6]} are below it" in page


def test_a_shock_strikes_the_largest_trust_and_nobody_before_its_time() -> None:
    trial = replace(TRIAL, levels=(1.0,))
    runs = shock.play(trial, nobody)
    without = integration(asked(trial.scenario(1.0), 100))
    by_shock = {name: some.sort_values(["place", "seed"]) for name, some in runs.groupby("shock")}
    for year in (15, 16, 25):
        mean = without[:, :, 4 * year - 4:4 * year].mean(axis=2).ravel()
        assert by_shock[shock.WITHOUT][f"year_{year}"].to_numpy() == pytest.approx(mean)
    for name in shock.SHOCKS:
        assert by_shock[name]["year_15"].tolist() == by_shock[shock.WITHOUT]["year_15"].tolist()
        stressed = by_shock[name]["stressed"].to_numpy()
        assert (stressed > 1.0).all() if name in (shock.DEFICIT, shock.BOTH) else (stressed < 1.0).all()
    shown = shock.figures(runs)[1.0]
    there = (by_shock[shock.WITHOUT]["year_15"] >= 0.3).to_numpy()
    gaps = [(by_shock[shock.WITHOUT][f"year_{y}"].to_numpy() - by_shock[shock.BOTH][f"year_{y}"].to_numpy())[there].mean()
            for y in range(16, 26)]
    assert shown[shock.BOTH]["largest_gap"].value == pytest.approx(max(gaps))
    assert max(gaps) > 0.0
    assert f"cost at most {max(gaps):.3f} (" in "\n".join(shock.tell(trial, runs))


def test_the_struck_trust_has_most_shared_spend() -> None:
    place = TRIAL.place(2)
    spend = {i: sum(s for a, b, s in zip(place.ties.a, place.ties.b, place.ties.spend, strict=True) if i in (a, b))
             for i in range(len(place)) if place.partners.kind[i] == Kind.TRUST}
    assert shock.largest_trust(place) == max(spend, key=spend.__getitem__)


def test_time_tells_what_became_of_the_slow() -> None:
    runs = slowness.play(TRIAL, nobody)
    half, end = asked(TRIAL.scenario(0.5), 40), asked(TRIAL.scenario(0.5), 80)
    before = np.concatenate([r.endings.regime for r in half])
    after = np.concatenate([r.endings.regime for r in end])
    at = slowness.figures(runs)[0.5]
    slow = (before == Regime.STALLED) | (before == Regime.PROGRESSING)
    assert at["slow"].value == pytest.approx(slow.mean())
    assert at["integrated_end"].value == pytest.approx((after == Regime.INTEGRATED).mean())
    if slow.any():
        assert at["slow_arrived"].value == pytest.approx((after[slow] == Regime.INTEGRATED).mean())
    assert at["integration_end"].value == pytest.approx(integration(end)[:, :, -4:].mean())
    assert at["integration_half_way"].value == pytest.approx(integration(half)[:, :, -4:].mean())


def test_groups_are_the_components_of_integrated_ties() -> None:
    runs = joined_groups.play(TRIAL, nobody)
    sizes = []
    for k, recorded in enumerate(asked(TRIAL.scenario(0.5), 40, Record.PICTURES)):
        place = TRIAL.place(k)
        assert recorded.ties is not None
        for ties in recorded.ties[:, -1, :, TIE_PICTURE.index("expected")]:
            joined = np.flatnonzero(ties >= 0.3)
            graph = networkx.Graph(zip(place.ties.a[joined].tolist(), place.ties.b[joined].tolist(), strict=True))
            sizes.append([len(group) for group in networkx.connected_components(graph)])
    at = joined_groups.figures(runs)[0.5]
    assert at["groups"].value == pytest.approx(np.mean([len(each) for each in sizes]))
    assert at["largest"].value == pytest.approx(np.mean([max(each, default=0) for each in sizes]))
    assert at["small"].value == pytest.approx(np.mean([size <= 3 for each in sizes for size in each]))


def test_a_mechanism_is_told_by_the_same_places_and_luck_with_and_without_it() -> None:
    runs = mechanisms.play(TRIAL, nobody)
    assert set(runs["variant"]) == {"none", "only learning_rate", "only peer_teaching", "all"}, "no variant is run twice"
    means = {}
    for rate, teaching in ((0.0, 0.0), (0.1, 0.0), (0.0, 0.5), (0.1, 0.5)):
        scenario = TRIAL.scenario(1.0, {"learning_rate": rate, "peer_teaching": teaching})
        means[rate, teaching] = integration(asked(scenario, 40))[:, :, -4:].mean()
    effects = mechanisms.effects(TRIAL, runs)
    alone, company = (effects[1.0, "learning_rate", when]["mean"].value for when in (mechanisms.ALONE, mechanisms.IN_COMPANY))
    assert alone == pytest.approx(means[0.1, 0.0] - means[0.0, 0.0])
    assert company == pytest.approx(means[0.1, 0.5] - means[0.0, 0.5])
    page = "\n".join(mechanisms.tell(TRIAL, runs))
    rows = [line for line in page.splitlines() if line.startswith("| 1 | learning_rate | alone |")]
    assert rows[0].split(" | ")[3].startswith(f"{alone:.2f} (".replace("-", "−"))
    most = page.split("learning_rate: mean integration changes most at ")[1]
    level, when = most.split(", ")[:2]
    told = next(line.split(" | ")[3] for line in page.splitlines()
                if line.startswith(f"| {level.removeprefix('L = ')} | learning_rate | {when} |"))
    assert f"by {told};" in most


def test_the_deficit_is_written_at_once_and_settles_slowly() -> None:
    place = TRIAL.place(0)
    partner = shock.largest_trust(place)
    scenarios = shock.shocks(TRIAL.scenario(1.0), place.partners.ids[partner])

    def balances(_: Place, recorded: Recorded) -> pd.DataFrame:
        assert recorded.partners is not None
        own = recorded.partners[:, :, partner, PARTNER_PICTURE.index("balance")]
        return pd.DataFrame({"run": range(len(own)), "first": own[:, 0], "lowest": own.min(axis=1)})

    asked_for = [Variant({"shock": name}, scenario) for name, scenario in scenarios.items()]
    found = played(replace(TRIAL, places=1), lambda _: asked_for, 100, balances, lambda *_: None, 40, shock.strike)
    struck = found["shock"].isin((shock.DEFICIT, shock.BOTH))
    assert found["first"][struck].to_numpy() == pytest.approx(shock.DEEP, abs=0.02)
    assert (found["lowest"][~struck] > 0.5 * shock.DEEP).all()
