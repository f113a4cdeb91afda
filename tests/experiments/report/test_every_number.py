"""Every number that a reader sees in a sweep's report, worked out again from the sweep's tables by other means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from recomputed import (
    MINUS,
    answers_of,
    one_factor_pairs,
    ratio_of_luck,
    sections_of,
    shown_percent,
    survival_by_hand,
    two_way_share,
)
from small_study import plan_of, swept

from experiments.report import write_report

HEAD = """
title = "Numbers"
question = "Is every number right?"
quarters = {quarters}
replicates = {replicates}
scenario = "relations-first"
[places.here]
generate = {{ seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }}
[factors.relational_space]
[factors.listening]
[factors.target_pressure]
low = 0.0
high = 0.8
[design]
"""
STUDIES = {
    "demo": 'method = "sobol"\nbase_rows = 32\n',
    "sobol": 'method = "sobol"\nbase_rows = 16\nsecond_order = true\n',
    "factorial": 'method = "factorial"\nlevels = { relational_space = 3, listening = 2, target_pressure = 2 }\n',
    "latin": 'method = "latin_hypercube"\npoints = 90\n',
    "morris": 'method = "morris"\ntrajectories = 12\n',
}
SERIES = 'keep_series = ["form", "integration", "group_kinds", "meetings"]\n'


@dataclass(frozen=True)
class Reported:
    name: str
    folder: Path

    @cached_property
    def page(self) -> str:
        return (self.folder / "report.html").read_text(encoding="utf-8")

    @cached_property
    def design(self) -> pd.DataFrame:
        return pd.read_csv(self.folder / "design.csv", keep_default_na=False)

    @cached_property
    def runs(self) -> pd.DataFrame:
        runs = pd.read_parquet(self.folder / "results.parquet")
        return runs.merge(self.design[["point", *(c for c in self.design.columns if c not in runs.columns)]], on="point")

    @cached_property
    def factors(self) -> list[str]:
        return ["relational_space", "listening", "target_pressure"]

    @property
    def drawn(self) -> bool:
        return self.name != "factorial"

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self.folder / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])

    def has(self, name: str) -> bool:
        return (self.folder / "tables" / f"{name}.csv").is_file()

    def groups(self) -> pd.Series:
        return self.runs["base"] if "base" in self.runs.columns else self.runs["point"]

    def words(self, section: str) -> str:
        return sections_of(self.page)[section]

    def share(self, hit: pd.Series) -> tuple[float, float, float]:
        rows = hit.index
        return two_way_share(hit.astype(float), self.groups().loc[rows], self.runs.loc[rows, "replicate"], self.drawn)


@pytest.fixture(scope="module", params=STUDIES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    name = str(request.param)
    folder = tmp_path_factory.mktemp(name) / "sweep"
    head = HEAD.format(quarters=40, replicates=6)
    text = head.replace("[places.here]", SERIES + "[places.here]") if name == "factorial" else head
    assert swept(plan_of(text + STUDIES[name]), folder).complete
    write_report(folder, folder / "report.html")
    return Reported(name, folder)


def require_all_said(words: str, phrases: list[str], known: tuple[str, ...] = ()) -> None:
    """Every phrase stands in the words, and beyond the phrases they hold no number."""
    left = words
    for phrase in phrases:
        assert phrase in left, f"{phrase!r} is not said in {words!r}"
        left = left.replace(phrase, " ", 1)
    for phrase in ("95%", *known):
        left = left.replace(phrase, " ")
    assert not re.search(r"\d", left), f"nobody worked out the numbers of {left!r}"


def effect(value: float, low: float, high: float) -> str:
    digits = min(max([2, *(int(-np.floor(np.log10(abs(each)))) for each in (value, low, high) if each)]), 4)
    return f"{value:+.{digits}f} ({low:+.{digits}f} to {high:+.{digits}f})".replace("-", MINUS)


def test_how_runs_end(told: Reported) -> None:
    counts = told.runs["regime"].value_counts()
    parts = []
    for regime in ("integrated", "stalled"):
        if regime in counts:
            share, low, high = told.share(told.runs["regime"] == regime)
            parts.append(f"{shown_percent(share)} {regime} (95% interval {shown_percent(low)} to {shown_percent(high)})")
    other = next((regime for regime in counts.index if regime not in ("integrated", "stalled")), "")
    if other:
        parts.append(f"and {shown_percent(counts[other] / len(told.runs))} ")
    require_all_said(answers_of(told.page)[0], [f"Of {len(told.runs):,} runs", *parts])
    require_all_said(told.words("regimes"), [f"{counts.index[0]} ({shown_percent(counts.iloc[0] / len(told.runs))})"])
    for row in told.table("regime_shares").itertuples():
        expected = told.share(told.runs["regime"] == row.regime)
        assert (row.share, row.low, row.high) == pytest.approx(expected)


def effect_by_hand(told: Reported, factor: str) -> float:
    """The mean over everything of what moving one factor over its range does."""
    runs, design = told.runs, told.design
    mean = runs.groupby("point")["integration"].mean()
    if told.name == "factorial":
        pairs = one_factor_pairs(design, factor, told.factors)
        return float(np.mean([mean[end] - mean[start] for start, end in pairs]))
    if told.name == "latin":
        edges = np.linspace(design[factor].min(), design[factor].max(), 4)
        low, high = design.loc[design[factor] < edges[1], "point"], design.loc[design[factor] >= edges[2], "point"]
        return float(mean[high].mean() - mean[low].mean())
    moved = design[design["changed"] == factor]
    moved = moved[moved["matrix"] == "AB"] if "matrix" in design else moved
    before = (design[design["matrix"] == "A"].set_index("base").loc[moved["base"]] if "matrix" in design
              else design.set_index("point").loc[moved["point"] - 1].reset_index())
    step = moved[factor].to_numpy() - before[factor].to_numpy()
    change = mean[moved["point"]].to_numpy() - mean[before["point"]].to_numpy()
    return float((np.sign(step) * change).sum() / np.abs(step).sum() * (design[factor].max() - design[factor].min()))


def test_what_moves_them(told: Reported) -> None:
    table = told.table("lever_effects").set_index("factor")
    for factor in told.factors:
        assert table.loc[factor, "effect"] == pytest.approx(effect_by_hand(told, factor))
    if told.name == "factorial":
        from scipy import stats

        for factor in told.factors:
            wide = told.runs.pivot(index="point", columns="replicate", values="integration")
            pairs = one_factor_pairs(told.design, factor, told.factors)
            by_replicate = np.mean([wide.loc[end] - wide.loc[start] for start, end in pairs], axis=0)
            low, high = stats.t.interval(0.95, len(by_replicate) - 1, by_replicate.mean(), stats.sem(by_replicate))
            assert (table.loc[factor, "low"], table.loc[factor, "high"]) == pytest.approx((low, high))
            assert table.loc[factor, "luck_ratio"] == pytest.approx(
                ratio_of_luck(told.runs, pairs, [1.0] * len(pairs), "integration"))
    clear = [name for name in table.index if table.loc[name, "low"] > 0 or table.loc[name, "high"] < 0]
    luck = told.table("variance_shares").set_index("source").loc["luck"]
    phrases = [effect(*table.loc[name, ["effect", "low", "high"]]) for name in clear[:2]]
    phrases.append(f"luck makes {shown_percent(max(luck['share'], 0))} of the spread between runs "
                   f"({shown_percent(max(luck['low'], 0))} to {shown_percent(luck['high'])})")
    answer = re.sub(r"from [\d.–]+ to [\d.–]+:", "", answers_of(told.page)[1])
    require_all_said(answer, phrases)
    for name in clear[:2]:
        row = table.loc[name]
        ends = [f"{float(value):.2f}".rstrip("0").rstrip(".") if not isinstance(value, str) or "to" not in value
                else value.replace(" to ", "–") for value in (row["from_value"], row["to_value"])]
        assert f"from {ends[0]} to {ends[1]}:" in answers_of(told.page)[1]


def test_what_sharing_luck_did_is_said_of_the_intervals_that_are_drawn(told: Reported) -> None:
    words, ratios = told.words("effects"), told.table("lever_effects")["luck_ratio"].dropna()
    if told.name == "latin":
        assert ratios.empty
        require_all_said(words, [])
        return
    narrower, middle = int((ratios > 1).sum()), float(ratios.median())
    counts = [f"{word} in {n} of {len(ratios)}" for word, n in (("narrower", narrower), ("wider", len(ratios) - narrower)) if n]
    change = f"divided by {middle:.1f}" if middle >= 1 else f"multiplied by {1 / middle:.1f}"
    require_all_said(words, [*counts, change])


def variance_by_anova(told: Reported) -> dict[str, float]:
    """Two-way random effects from the mean squares of the analysis of variance (Searle, Casella & McCulloch)."""
    design = told.design[told.design["matrix"].isin(["A", "B"])] if "matrix" in told.design else told.design
    chosen = told.runs[told.runs["point"].isin(design["point"])]
    y = chosen.pivot(index="point", columns="replicate", values="integration").to_numpy()
    a, b = y.shape
    rows, columns, grand = y.mean(axis=1), y.mean(axis=0), y.mean()
    of_rows = b * ((rows - grand) ** 2).sum() / (a - 1)
    of_columns = a * ((columns - grand) ** 2).sum() / (b - 1)
    rest = ((y - rows[:, None] - columns + grand) ** 2).sum() / ((a - 1) * (b - 1))
    found = {"parameters": (of_rows - rest) / b, "shared luck": (of_columns - rest) / a, "luck x parameters": rest}
    found["luck"] = found["shared luck"] + found["luck x parameters"]
    total = found["parameters"] + found["luck"]
    return {name: value / total for name, value in found.items()}


def test_luck_and_parameters(told: Reported) -> None:
    table, by_hand = told.table("variance_shares").set_index("source"), variance_by_anova(told)
    for source, share in by_hand.items():
        assert table.loc[source, "share"] == pytest.approx(share, abs=1e-9)
    luck = table.loc["luck"]
    require_all_said(told.words("luck"), [
        f"Luck makes {shown_percent(max(by_hand['luck'], 0))} ",
        f"luck: {shown_percent(max(luck['low'], 0))} to {shown_percent(luck['high'])}, "])


def test_sensitivity_indices(told: Reported) -> None:
    if told.name in ("factorial", "latin"):
        assert "indices" not in sections_of(told.page)
        return
    if told.name == "morris":
        from SALib.analyze import morris

        low, high = [0.0, 0.0, 0.0], [1.0, 1.0, 0.8]
        unit = (told.design[told.factors].to_numpy() - low) / (np.array(high) - low)
        mean = told.runs.groupby("point")["integration"].mean().to_numpy()
        problem = {"num_vars": 3, "names": told.factors, "bounds": [[0, 1]] * 3}
        theirs = morris.analyze(problem, unit, mean, num_levels=4)
        table = told.table("elementary_effects").pivot(index="factor", columns="measure", values="value")
        for measure in ("mu", "mu_star", "sigma"):
            assert table.loc[told.factors, measure].to_numpy() == pytest.approx(np.array(theirs[measure]), abs=1e-9)
        require_all_said(told.words("indices"), [])
        return
    table = told.table("sensitivity_indices")
    value = table[table["order"] != "second"].pivot(index="factor", columns="order", values="value")
    for factor, (first, total) in indices_by_loops(told).items():
        assert value.loc[factor, "first"] == pytest.approx(first, abs=1e-9)
        assert value.loc[factor, "total"] == pytest.approx(total, abs=1e-9)
    totals = table[table["order"] == "total"]
    rows = len(told.design[told.design["matrix"] == "A"])
    words = told.words("indices")
    require_all_said(words, [f"{int((totals['low'] > 0).sum())} of {len(totals)} factors", f"{rows} of {rows} base rows",
                             "6 replicates"])
    impossible = (value["first"] > value["total"]).any()
    assert ("noise of so few base rows" in words) == bool(impossible)


def indices_by_loops(told: Reported) -> dict[str, tuple[float, float]]:
    """Saltelli's and Jansen's estimators with each product over two different replicates, one pair of replicates at a time."""
    wide = told.runs.pivot(index="point", columns="replicate", values="integration")

    def rows(matrix: str, changed: str = "") -> np.ndarray:
        chosen = told.design[(told.design["matrix"] == matrix) & (told.design["changed"] == changed)].sort_values("base")
        return np.asarray((wide - wide.mean()).loc[chosen["point"]].to_numpy())

    a, b = rows("A"), rows("B")
    count = a.shape[1]
    pairs = [(k, m) for k in range(count) for m in range(count) if k != m]

    def over_pairs(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.mean([(one[..., k] * other[..., m]).mean() for k, m in pairs]))

    middle = (a.mean(axis=0) + b.mean(axis=0)) / 2
    variance = (over_pairs(a, a) + over_pairs(b, b)) / 2 - over_pairs(middle, middle)
    return {f: (over_pairs(b, rows("AB", f) - a) / variance, over_pairs(a - rows("AB", f), a - rows("AB", f)) / 2 / variance)
            for f in told.factors}


def test_times_and_what_came_first(told: Reported) -> None:
    runs = told.runs
    by = told.table("restricted_means")
    curves = told.table("survival_curves")
    factor = next(name for name in told.table("lever_effects")["factor"])
    values = runs[factor]
    unique = np.sort(values.unique())
    if len(unique) <= 3:
        groups = values.map({value: f"{value:.4g}" for value in unique})
    else:
        edges = np.linspace(unique[0], unique[-1], 4)
        place = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, 2)
        groups = pd.Series(np.array(list(dict.fromkeys(by["group"])), dtype=object)[place], index=runs.index)
    time = runs["time_to_integration"].fillna(runs["quarters"]).to_numpy(float)
    happened = runs["time_to_integration"].notna().to_numpy()
    by["group"], curves["group"] = (
        [each if isinstance(each, str) else f"{each:g}" for each in table["group"]] for table in (by, curves))
    for group, rows in runs.groupby(groups).indices.items():
        own = curves[curves["group"].astype(str) == str(group)]
        for at, survival in zip(own["time"], own["survival"], strict=True):
            assert survival == pytest.approx(survival_by_hand(time[rows], happened[rows], at))
        horizon = float(by["horizon"].iloc[0])
        mean = by.set_index(by["group"].astype(str)).loc[str(group), "mean"]
        assert mean == pytest.approx(np.minimum(time[rows], horizon).mean())
    require_all_said(told.words("times"), [f"of the first {horizon:g}"])
    events = runs[[f"time_to_{event}" for event in ("integration", "stall", "collapse")]]
    first = events.fillna(np.inf).idxmin(axis=1).where(events.notna().any(axis=1))
    shares = [float((first == f"time_to_{event}").mean()) for event in ("integration", "stall", "collapse")]
    require_all_said(told.words("first"), [f"{shown_percent(shares[0])} integration",
                                           f"{shown_percent(shares[1])} a stall that lasted to the end",
                                           f"{shown_percent(shares[2])} a collapse"])


def test_the_map(told: Reported) -> None:
    if "map" not in sections_of(told.page):
        return
    table = told.table("regime_map")
    hit = (told.runs["regime"] == "integrated").to_numpy()
    x, y = list(dict.fromkeys(told.table("lever_effects")["factor"]))[:2]

    def places(name: str) -> np.ndarray:
        unique = np.sort(told.runs[name].unique())
        if len(unique) <= 6:
            return np.searchsorted(unique, told.runs[name])
        return np.clip(np.searchsorted(np.linspace(unique[0], unique[-1], 7), told.runs[name], side="right") - 1, 0, 5)

    across, up = places(x), places(y)
    order_x = {middle: k for k, middle in enumerate(sorted(table["x_middle"].unique()))}
    order_y = {middle: k for k, middle in enumerate(sorted(table["y_middle"].unique()))}
    for row in table.itertuples():
        own = (across == order_x[row.x_middle]) & (up == order_y[row.y_middle])
        assert row.runs == own.sum()
        if row.runs >= 10:
            share, low, high = told.share(pd.Series(hit, index=told.runs.index)[own])
            assert row.share == pytest.approx(share)
            assert (row.low, row.high) == pytest.approx((low, high))
    require_all_said(told.words("map"), ["fewer than 10 runs"])


def test_what_holds_places_back(told: Reported) -> None:
    runs = told.runs
    table = told.table("main_blockers")
    for row in table[table["regime"] == "all"].itertuples():
        assert (row.share, row.low, row.high) == pytest.approx(told.share(runs["blocker"] == row.blocker))
    where = told.table("where_blockers_bind")
    clear = where[where["clear"].astype(str) == "True"]
    phrases = []
    if len(clear):
        row = clear.iloc[0]
        values = runs[row["factor"]]
        unique = np.sort(values.unique())
        place = (np.searchsorted(unique, values) if len(unique) <= 5
                 else np.clip(np.searchsorted(np.linspace(unique[0], unique[-1], 6), values, side="right") - 1, 0, 4))
        means = runs.groupby([place, "point"])[f"blocker_{row['blocker']}"].mean().groupby(level=0).mean()
        assert (row["lowest"], row["highest"]) == pytest.approx((means.min(), means.max()))
        bands = [each if isinstance(each, str) else f"{each:g}" for each in (row["at_lowest"], row["at_highest"])]
        phrases = [f"on {shown_percent(means.min())} of shared spend", f"{bands[1]} (means",
                   f"is {bands[0]}, on {shown_percent(means.max())} where it is"]
    require_all_said(told.words("blockers"), phrases)


def test_boxes_are_told_by_what_was_held_out(told: Reported) -> None:
    for regime in ("stalled", "integrated"):
        if not told.has(f"box_{regime}_summary"):
            continue
        kept, limits = told.table(f"box_{regime}_summary").iloc[0], told.table(f"box_{regime}_limits")
        cases = (told.runs["regime"] == regime).groupby(told.runs["point"]).mean()
        at = told.design.set_index("point").loc[cases.index]
        inside = np.logical_and.reduce([at[row.factor].between(row.low, row.high) for row in limits.itertuples()])
        assert kept["density"] == pytest.approx(cases[inside].mean())
        assert kept["base_rate"] == pytest.approx(cases.mean())
        words = re.sub(r"^.*? Of runs in boxes", "Of runs in boxes", told.words(f"box-{regime}"))
        words = re.sub(r" A tree, asked separately.*", "", words)
        require_all_said(words, [
            f"{shown_percent(kept['held_out_density'])} end {regime}", f"against {shown_percent(cases.mean())} everywhere",
            f"in which {shown_percent(cases[inside].mean())} do", f"{shown_percent(inside.mean())} of all points",
            f"{shown_percent(cases[inside].sum() / cases.sum())} of all runs"])


def test_lines_between_regimes(told: Reported) -> None:
    if told.name != "factorial":
        assert "thresholds" not in sections_of(told.page)
        return
    table = told.table("thresholds_varied")
    for row in table[(table["threshold"] == "integrated_from") & (table["regime"] == "integrated")].itertuples():
        held = [all(x >= row.value for x in series[-8:]) and kinds[-1] >= 3
                for series, kinds in zip(told.runs["integration_by_quarter"], told.runs["group_kinds_by_quarter"], strict=True)]
        assert row.share == pytest.approx(np.mean(held))
    shares = table[table["regime"] == "integrated"]["share"]
    require_all_said(told.words("thresholds"), [f"{shown_percent(shares.min())} to {shown_percent(shares.max())} of runs"])


def test_replicates_needed(told: Reported) -> None:
    wide = told.runs.pivot(index="point", columns="replicate", values="integration")
    needed = {"whole": wide.mean().std(), "ninety": float(np.quantile(wide.std(axis=1), 0.9))}
    counts = {name: max(int(np.ceil((1.959963984540054 * spread / 0.02) ** 2)), 2) for name, spread in needed.items()}
    require_all_said(told.words("convergence"), ["6 replicates", "±0.02", f"about {counts['whole']} replicates",
                                                 f"about {counts['ninety']}."])


def test_what_depends_on_what(told: Reported) -> None:
    table = told.table("interactions")
    if told.name == "factorial":
        wide = told.runs.pivot(index="point", columns="replicate", values="integration")
        at = told.design.set_index("point")
        for row in table.itertuples():
            corner = {(a, b): wide[(at[row.first] == va) & (at[row.second] == vb)].mean()
                      for a, va in enumerate((at[row.first].min(), at[row.first].max()))
                      for b, vb in enumerate((at[row.second].min(), at[row.second].max()))}
            by_replicate = corner[1, 1] - corner[0, 1] - corner[1, 0] + corner[0, 0]
            assert row.effect == pytest.approx(by_replicate.mean())
            assert (row.high - row.low) / 2 == pytest.approx(2.5705818 * by_replicate.std() / np.sqrt(6), rel=1e-6)
    clear = int(((table["low"] > 0) | (table["high"] < 0)).sum())
    require_all_said(told.words("interactions"), [f"of {len(table)} such contrasts about {max(round(0.05 * len(table)), 1)}",
                                                  f"and {clear} do"])


def test_the_page_has_no_section_that_is_not_recomputed_here(told: Reported) -> None:
    tried = {"regimes", "effects", "interactions", "indices", "map", "times", "first", "box-stalled", "box-integrated",
             "blockers", "luck", "convergence", "thresholds"}
    assert set(sections_of(told.page)) <= tried
