"""A study asks its own question, names what it varies as a reader would, and is answered at the top of its report."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from recomputed import answers_of, sections_of
from small_study import SMALL, plan_of, results, swept

from experiments import as_function, designs, read_sweep, to_xarray
from experiments.analysis import effects, interactions, robustness
from experiments.analysis.contrast import Contrast
from experiments.analysis.pictures.style import contrast, named, readable_on
from experiments.designs import Factor, FactorKind
from experiments.report import ReportInputs, write_report
from experiments.report.findings import find
from experiments.study import load_study, study_from_text
from incentive_abm.errors import UserError
from incentive_abm.kinds import Regime
from incentive_abm.palette import TO_BLUE, TO_ORANGE

PLACES = """
title = "Partners"
question = "Do bail-outs matter more where there are many partners?"
quarters = 16
replicates = 6
place_numbers = ["partners", "remoteness"]
map = ["bailout", "partners"]
[contrast]
of = "bailout"
by = "partners"
[places.few]
generate = { seed = 3, copies = 2, trusts = 1, councils = 1, gps = 2 }
numbers = { remoteness = 0.2 }
[places.many]
generate = { seed = 9, copies = 2, trusts = 1, councils = 1, gps = 6, voluntary = 2 }
numbers = { remoteness = 0.7 }
[factors.bailout]
[design]
method = "factorial"
"""
CROSSED = """
title = "Policies"
question = "Which policy is there least to regret?"
quarters = 16
replicates = 4
[levers.bailout]
[levers.listening]
[uncertainties.shock_rate]
[scenarios]
choices = ["today", "relations-first"]
[robust]
good_from = 0.01
[design]
method = "crossed"
futures = 6
[places.one]
generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }
"""


@pytest.fixture(scope="module")
def partners(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("partners") / "sweep"
    assert swept(plan_of(PLACES), folder).complete
    write_report(folder, folder / "report.html")
    return folder


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policies") / "sweep"
    assert swept(plan_of(CROSSED), folder).complete
    write_report(folder, folder / "report.html")
    return folder


def test_a_study_is_answered_in_the_first_lines_with_an_interval_over_places(partners: Path) -> None:
    from scipy import stats

    runs = results(partners)
    effect = {name: rows[rows["bailout"] == 1]["integration"].mean() - rows[rows["bailout"] == 0]["integration"].mean()
              for name, rows in runs.groupby("place")}
    few, many = ([value for name, value in effect.items() if name.startswith(size)] for size in ("few", "many"))
    table = pd.read_csv(partners / "tables" / "answer.csv").set_index("part")
    assert table.loc["at second_from", "effect"] == pytest.approx(np.mean(few))
    assert table.loc["at second_to", "effect"] == pytest.approx(np.mean(many))
    low, high = stats.ttest_ind(many, few, equal_var=False).confidence_interval()
    assert table.loc["difference", ["low", "high"]].to_numpy(float) == pytest.approx([low, high])
    first = answers_of((partners / "report.html").read_text(encoding="utf-8"))[0]
    assert "Bail-outs” from 0 to 1" in first
    assert "where “Partners in the place” is 4" in first
    assert "where it is 10" in first
    assert "95% interval over places" in first


def test_places_are_numbers_and_titles_never_hashes(partners: Path) -> None:
    design = pd.read_csv(partners / "design.csv")
    partners_of = dict(zip(design["place"], design["of_place_partners"], strict=True))
    assert partners_of == {"few-1": 4, "few-2": 4, "many-1": 10, "many-2": 10}
    assert set(zip(design["of_place_partners"], design["of_place_remoteness"], strict=True)) == {(4, 0.2), (10, 0.7)}
    page = (partners / "report.html").read_text(encoding="utf-8")
    assert "Where runs integrate: “Bail-outs” and “Partners in the place”" in sections_of(page)["map"]
    effects_table = pd.read_csv(partners / "tables" / "lever_effects.csv").set_index("factor")
    assert set(effects_table.index) == {"bailout", "of_place_partners", "of_place_remoteness"}
    assert effects_table.loc["of_place_partners", "basis"] == "places"


def test_a_place_that_is_compared_is_called_by_its_title(tmp_path: Path) -> None:
    text = SMALL.replace("generate = { seed = 3", 'title = "Harbour, old town"\ngenerate = { seed = 3')
    folder = tmp_path / "sweep"
    swept(plan_of(text), folder)
    words = sections_of(write_report(folder, folder / "report.html").read_text(encoding="utf-8"))
    table = pd.read_csv(folder / "tables" / "lever_effects.csv")
    named_places = set(table[table["factor"] == "place"][["from_value", "to_value"]].to_numpy().ravel())
    assert named_places == {"Harbour old town (one)", "9 partners (other)"}
    assert words


@pytest.mark.parametrize(("old", "new", "told"), [
    ('of = "bailout"', 'of = "bailut"', r"\[contrast\]: of: the study does not vary 'bailut'.*did you mean bailout"),
    ('by = "partners"', 'by = "ties"', r"by: the study does not vary 'ties'.*place_numbers = \[\"ties\"\]"),
    ('map = ["bailout", "partners"]', 'map = ["bailout"]', "expected two different factors"),
    ('"remoteness"]', '"remotenes"]', "'remotenes' is no number of a place.*did you mean remoteness"),
    ("numbers = { remoteness = 0.7 }", "", "remoteness is not given for the place many-1"),
    ("numbers = { remoteness = 0.7 }", "numbers = { partners = 3 }", "partners is counted in the place itself"),
    ('of = "bailout"\nby = "partners"', 'of = "partners"\nby = "bailout"', "put it under by"),
])
def test_a_question_that_does_not_fit_is_refused_by_file_and_key(old: str, new: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        study_from_text(PLACES.replace(old, new), "mine.toml", Path())


def test_the_outcome_is_kept_without_being_asked_for_twice() -> None:
    study = study_from_text('outcome = "walk_outs"\n' + PLACES, "mine", Path())
    assert study.keep == ("walk_outs",)
    with pytest.raises(UserError, match=r"outcome is 'walkouts' \(did you mean walk_outs"):
        study_from_text('outcome = "walkouts"\n' + PLACES, "mine", Path())


def test_policies_are_compared_in_the_same_futures(policies: Path) -> None:
    runs = results(policies).merge(pd.read_csv(policies / "design.csv")[["point", "policy", "future", "base"]], on="point")
    assert runs.groupby("future")["policy"].nunique().eq(4).all()
    assert runs["future"].nunique() == 12
    best = runs.groupby(["future", "replicate"])["integration"].transform("max")
    regret = (best - runs["integration"]).groupby(runs["policy"]).mean()
    table = pd.read_csv(policies / "tables" / "policies_over_futures.csv")
    by = table.pivot(index="policy", columns="criterion", values="value")
    for policy, own in runs.groupby("policy"):
        assert by.loc[policy, "mean"] == pytest.approx(own["integration"].mean())
        assert by.loc[policy, "mean_regret"] == pytest.approx(regret[policy])
        assert by.loc[policy, "good_enough"] == pytest.approx((own["integration"] >= 0.01).mean())
        worst, tenth = np.sort(own["integration"]), len(own) / 10
        whole = int(tenth)
        assert by.loc[policy, "worst_tenth"] == pytest.approx((worst[:whole].sum() + (tenth - whole) * worst[whole]) / tenth)
    assert table.iloc[0]["policy"] == regret.idxmin()
    page = (policies / "report.html").read_text(encoding="utf-8")
    assert "Of 4 policies over 12 futures, there is least to regret with" in answers_of(page)[0]


def test_policies_of_ones_own_meet_every_future(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("bailout,listening\n0,1\n0.5,0.5\n1,0\n", encoding="utf-8")
    plan = plan_of(CROSSED.replace("futures = 6", 'futures = 6\npolicies = "mine.csv"'), tmp_path)
    assert plan.design["policy"].nunique() == 3
    assert set(robustness.policies_of(plan.design)["bailout"]) == {0.0, 0.5, 1.0}
    with pytest.raises(UserError, match="there is no file of points"):
        plan_of(CROSSED.replace("futures = 6", 'futures = 6\npolicies = "none.csv"'), tmp_path)


def test_scenarios_and_categories_are_factors_of_a_file_of_points(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("scenario,protocol,bailout\ntoday,nash,0\nrelations-first,nash,0\n", encoding="utf-8")
    text = """
title = "Points"
question = "Are they compared?"
quarters = 12
replicates = 4
[factors.scenario]
choices = ["today", "relations-first"]
[factors.protocol]
[factors.bailout]
[design]
method = "points"
file = "mine.csv"
[places.one]
generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }
"""
    folder = tmp_path / "sweep"
    assert swept(plan_of(text, tmp_path), folder).complete
    table = effects.lever_effects(results(folder), pd.read_csv(folder / "design.csv"))
    assert table["factor"].tolist() == ["scenario"]
    means = results(folder).groupby("scenario")["integration"].mean()
    assert table["effect"].iloc[0] == pytest.approx(means["relations-first"] - means["today"])


def test_regret_is_nothing_for_a_policy_that_is_best_everywhere() -> None:
    design = designs.crossed([Factor("x")], [Factor("u")], [], futures=30, seed=1)
    runs = pd.concat([design.assign(replicate=k, integration=design["x"] + design["u"] + 0.1 * k) for k in range(4)])
    table = robustness.robustness(runs, design, good_from=1.0)
    best = table[table["x"] == 1.0].set_index("criterion")
    assert best.loc["mean_regret", "value"] == 0.0
    other = table[table["x"] == 0.0].set_index("criterion")
    assert other.loc[["mean_regret", "worst_tenth_of_regret"], "value"].tolist() == pytest.approx([1.0, 1.0])
    less = robustness.robustness(runs, design, good_from=1.0, more_is_better=False)
    assert less.iloc[0]["x"] == 0.0
    assert less[less["x"] == 1.0].set_index("criterion").loc["worst_tenth", "value"] > best.loc["worst_tenth", "value"]


@pytest.mark.parametrize("method", ["factorial", "sobol", "latin_hypercube", "morris", "crossed"])
def test_a_two_way_effect_that_was_planted_is_found_and_one_that_was_not_is_not(method: str) -> None:
    factors = [Factor("a"), Factor("b"), Factor("flag", FactorKind.BOOL)]
    design = {
        "factorial": lambda: designs.full_factorial(factors, 3),
        "sobol": lambda: designs.sobol(factors, 128, 1),
        "latin_hypercube": lambda: designs.latin_hypercube(factors, 400, 1),
        "morris": lambda: designs.morris(factors, 80, 1),
        "crossed": lambda: designs.crossed(factors[:1], factors[1:], [], futures=200, seed=1),
    }[method]()
    generator = np.random.default_rng(5)
    planted = design["a"] + 0.9 * design["a"] * design["b"]
    luck = [generator.normal(0, 0.3) + generator.normal(0, 0.05, len(design)) for _ in range(6)]
    runs = pd.concat([design.assign(replicate=k, integration=planted + each) for k, each in enumerate(luck)])
    table = interactions.interactions(runs, design).set_index(["first", "second"])
    assert table.loc[("a", "b"), "low"] > 0.15
    assert table.loc[("a", "flag"), "low"] < 0.1 < table.loc[("a", "b"), "effect"]
    assert abs(table.loc[("a", "flag"), "effect"]) < 0.1


def test_designs_that_cannot_tell_say_so() -> None:
    design = designs.one_at_a_time([Factor("a"), Factor("b")], {"a": 0.5, "b": 0.5})
    runs = design.assign(replicate=0, integration=0.0)
    with pytest.raises(UserError, match="never moves two factors together"):
        interactions.contrast_effect(runs, design, Contrast("a", "b"))


def test_everything_in_the_report_stands_in_files(partners: Path, tmp_path: Path) -> None:
    copy = tmp_path / "sweep"
    shutil.copytree(partners, copy)
    (copy / "tables" / "old.csv").write_text("gone\n", encoding="utf-8")
    index = copy / "tables" / "index.json"
    index.write_text(json.dumps([*json.loads(index.read_text(encoding="utf-8")), "old.csv"]), encoding="utf-8")
    (copy / "tables" / "notes.csv").write_text("mine\n", encoding="utf-8")
    page = write_report(copy, copy / "report.html").read_text(encoding="utf-8")
    names = {path.name for path in (copy / "tables").iterdir()}
    assert "old.csv" not in names, "what this report no longer has is removed"
    assert "notes.csv" in names, "what the report did not write stays"
    for csv in (copy / "tables").glob("*.csv"):
        if csv.name == "notes.csv":
            continue
        rows = json.loads(csv.with_suffix(".json").read_text(encoding="utf-8"))
        table = pd.read_csv(csv, keep_default_na=False, na_values=[""], float_precision="round_trip")
        assert len(rows) == len(table)
        for row, (_, other) in zip(rows, table.iterrows(), strict=True):
            for name, value in row.items():
                if isinstance(value, float):
                    assert value == pytest.approx(other[name], rel=1e-12)
    for name in re.findall(r"<code>(tables/[\w-]+\.csv)</code>", page):
        assert (copy / name).is_file(), name


@pytest.mark.browser
def test_pictures_are_written_as_svg(partners: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("kaleido")
    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    if browser is None:
        pytest.skip("no Chromium was found")
    monkeypatch.setenv("BROWSER_PATH", browser)
    write_report(partners, tmp_path / "report.html", pictures_in=tmp_path / "pictures")
    drawn = set(re.findall(r'id="picture-([\w-]+)"', (tmp_path / "report.html").read_text(encoding="utf-8")))
    assert {path.stem for path in (tmp_path / "pictures").glob("*.svg")} == drawn
    assert all("<svg" in path.read_text(encoding="utf-8")[:200] for path in (tmp_path / "pictures").glob("*.svg"))


def test_a_sweep_is_an_xarray_dataset(reference_small: Path) -> None:
    pytest.importorskip("xarray")
    data = to_xarray(reference_small)
    runs = results(reference_small)
    assert dict(data.sizes) == {"point": 24, "replicate": 8, "quarter": 12}
    for row in runs.sample(20, random_state=1).itertuples():
        at = data.sel(point=row.point, replicate=row.replicate)
        assert float(at["integration"]) == row.integration
        assert str(at["regime"].item()) == row.regime
        assert float(at["bailout"]) == row.bailout
        assert at["integration_by_quarter"].values.tolist() == list(row.integration_by_quarter)
    assert data["integration"].groupby("protocol").mean().sizes["protocol"] == runs["protocol"].nunique()


@pytest.fixture(scope="module")
def reference_small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "sweep"
    assert swept(plan_of(), folder).complete
    return folder


def test_a_repr_is_one_short_line(partners: Path) -> None:
    from experiments.report import read_folder

    inputs = read_folder(partners)
    for thing in (load_study("demo"), load_study("everything"), plan_of(), as_function(), inputs, find(inputs)):
        assert len(repr(thing)) < 300, type(thing)
        assert "\n" not in repr(thing)


def test_no_contrast_is_left_out_of_a_picture_without_a_word() -> None:
    factors = [Factor(f"f{k:02d}") for k in range(40)]
    design = designs.one_at_a_time(factors, {factor.name: 0.0 for factor in factors}, 2)
    runs = pd.concat([design.assign(replicate=k, integration=design[[f.name for f in factors]].sum(axis=1) + 0.1 * k,
                                    regime="stalled", quarters=10, time_to_integration=np.nan, time_to_stall=3.0,
                                    time_to_collapse=np.nan) for k in range(2)], ignore_index=True)
    page = write_report_of(ReportInputs(runs, design, "Who?"))
    assert "Drawn are the 30 largest of 40 contrasts." in sections_of(page)["effects"]


def write_report_of(inputs: ReportInputs) -> str:
    from experiments.report.sections import sections
    from experiments.report.sweep_page import render

    found = find(inputs)
    return render(inputs, found, sections(found, inputs))


def test_numbers_on_coloured_cells_can_be_read() -> None:
    from experiments.analysis.pictures.style import between_colours

    for tints in (TO_BLUE, TO_ORANGE):
        scale = [[at, tint] for at, tint in zip((0.0, 0.5, 1.0), tints, strict=True)]
        for share in np.linspace(0.0, 1.0, 101):
            colour = between_colours(scale, float(share))
            assert contrast(readable_on(colour), colour) >= 4.5, (share, colour)
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("name", ["waiting-for-the-election", "money-first", "relations-first", "unitingcare-like"])
def test_labels_break_between_words_never_within_one(name: str) -> None:
    for width in (10, 12, 18):
        for line in named(name, None, width).split("<br>"):
            assert all(part in name.split("-") for part in line.strip("-").split("-")), line
    assert named("how often money-first came", None, 18).split("<br>") == ["how often", "money-first came"]


def test_a_sweeps_folder_reads_back_with_the_dimensions_of_a_run(reference_small: Path) -> None:
    pytest.importorskip("xarray")
    sweep = read_sweep(reference_small)
    data, runs, series = sweep.to_xarray(), sweep.to_frame(), sweep.to_frame("measures")
    assert data["last"].dims == ("run", "measure")
    assert data["measures"].dims == ("run", "quarter", "measure")
    assert data.sizes["run"] == len(runs)
    assert data["last"].sel(measure="trust").to_numpy().tolist() == runs["trust"].tolist()
    words = data["regime"].attrs["flag_meanings"].split()
    assert [Regime(number).label for number in data["regime"].to_numpy()] == runs["regime"].tolist()
    assert words == [regime.code for regime in Regime]
    by_quarter = data["measures"].sel(measure="integration")
    assert by_quarter.to_numpy().ravel().tolist() == series["integration"].tolist()
    assert by_quarter.isel(quarter=-1).to_numpy().tolist() == runs["integration"].tolist()
    assert np.isnan(data["measures"].sel(measure="trust")).all(), "trust was kept of the last quarter alone"
    crossed = data.set_index(run=["point", "replicate"]).unstack("run")
    whole = to_xarray(reference_small)
    assert crossed["last"].sel(measure="integration").transpose("point", "replicate").to_numpy().tolist() \
        == whole["integration"].to_numpy().tolist()

    with pytest.raises(UserError, match=r"table is 'run'; expected one of runs, measures, design \(did you mean runs\?\)"):
        sweep.to_frame("run")
