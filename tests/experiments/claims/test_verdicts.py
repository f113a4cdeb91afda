"""A verdict follows from a claim's runs by the rule of the protocol, worked out here a second time with others' libraries."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from second_opinion import second_opinion
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import DescrStatsW

from experiments.claims.claim import Trial
from experiments.claims.contrasts import PARTNERS
from experiments.claims.evidence import estimate, joined, weigh
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.verdict import Verdict, decide, holm, numbers_of, signed, why
from incentive_abm.cli import main

CLAIMS = {claim.id: claim for claim in claims_of(load_ledger())}
COMMAND = ["claims", "--only", "000-6", "001-11", "002-10", "003-15", "004-3", "--backgrounds", "64", "--out"]
PLACES = np.array([f"place {k % 16}" for k in range(320)], dtype=object)


def trial(id_: str) -> Trial:
    found = CLAIMS[id_].trial
    assert found is not None
    return found


def row(**given: Any) -> dict[str, Any]:
    usual = {"sign": "+", "smallest": 0.01, "unit": "share", "design": "paired main effect", "above": 0.0,
             "effect": 0.03, "low": 0.02, "high": 0.04, "sign_holds": 0.6,
             "sign_turned": 0.2, "p_effect_holm": 0.001, "p_within_holm": 1.0, "there": math.nan, "elsewhere": math.nan,
             "p_only_there_holm": math.nan, "p_turns_holm": math.nan, "where": "", "interval_over": "places"}
    assert given.keys() <= usual.keys()
    return usual | given


@pytest.mark.parametrize(("given", "verdict"), [
    ({}, Verdict.SUPPORTED),
    ({"sign": "-"}, Verdict.CONTRADICTED),
    ({"sign": "-", "effect": -0.03}, Verdict.SUPPORTED),
    ({"sign": "0"}, Verdict.CONTRADICTED),
    ({"sign": "0", "effect": 0.001, "p_within_holm": 0.01}, Verdict.SUPPORTED),
    ({"effect": 0.001, "p_within_holm": 0.01}, Verdict.NO_EFFECT),
    ({"effect": 0.009}, Verdict.INCONCLUSIVE),
    ({"p_effect_holm": 0.06}, Verdict.INCONCLUSIVE),
    ({"p_effect_holm": 0.06, "p_within_holm": 0.06}, Verdict.INCONCLUSIVE),
    ({"effect": 0.001, "p_within_holm": 0.01, "there": 0.02, "elsewhere": 0.0, "p_only_there_holm": 0.01}, Verdict.CONDITIONAL),
    ({"effect": 0.001, "p_within_holm": 0.01, "there": 0.02, "elsewhere": 0.0, "p_only_there_holm": 0.06}, Verdict.NO_EFFECT),
    ({"effect": 0.001, "p_within_holm": 0.01, "there": 0.009, "elsewhere": 0.0, "p_only_there_holm": 0.01}, Verdict.NO_EFFECT),
    ({"there": 0.05, "elsewhere": 0.0, "p_only_there_holm": 0.01}, Verdict.SUPPORTED),
    ({"there": 0.05, "elsewhere": -0.02, "p_turns_holm": 0.01}, Verdict.CONDITIONAL),
    ({"there": 0.05, "elsewhere": -0.005, "p_turns_holm": 0.01}, Verdict.SUPPORTED),
    ({"sign": "0", "effect": 0.0, "p_within_holm": 0.01, "there": 0.02, "elsewhere": 0.0, "p_only_there_holm": 0.01},
     Verdict.CONDITIONAL),
])
def test_the_rule_case_by_case(given: dict[str, Any], verdict: Verdict) -> None:
    assert decide(row(**given)) is verdict
    assert why(row(**given)).endswith(".")


def test_a_contrast_below_nothing_is_told_as_it_is_measured() -> None:
    told = why(row(sign="-", effect=-0.001, p_within_holm=0.01, there=0.02, elsewhere=0.0, p_only_there_holm=0.01,
                   where="x up to 1"))
    assert "where x up to 1, −0.0200 on places" in told


@pytest.mark.parametrize(("rules", "left"), [
    (["x above 1 and y above 2", "x above 1 and y up to 2"], ["x above 1"]),
    (["y above 2 and x above 1", "z up to 3", "y up to 2 and x above 1"], ["x above 1", "z up to 3"]),
    (["c is a and x above 1", "c is not a and x above 1"], ["x above 1"]),
    (["x above 1 and y above 2", "x up to 1 and y up to 2"], ["x above 1 and y above 2", "x up to 1 and y up to 2"]),
    (["x above 1 and y above 2", "x above 1 and y up to 3"], ["x above 1 and y above 2", "x above 1 and y up to 3"]),
    (["x above 1", "x up to 1"], ["always"]),
])
def test_what_two_rules_leave_open_is_not_told(rules: list[str], left: list[str]) -> None:
    assert joined(rules) == left


@pytest.mark.parametrize(("value", "told"), [(0.0123456, "+0.0123"), (-3.14159, "−3.14"), (123.4, "+123"), (0.0, "0"),
                                             (0.000123, "+0.00012")])
def test_numbers_in_sentences(value: float, told: str) -> None:
    assert signed(value) == told


def test_holm_as_statsmodels_has_it() -> None:
    values = np.random.default_rng(1).uniform(size=40) ** 4
    assert holm(values.tolist()) == pytest.approx(multipletests(values, method="holm")[1])
    assert holm([0.01, math.nan, 0.04])[0] == 0.02
    assert math.isnan(holm([0.01, math.nan])[1])


def test_tests_as_scipy_and_statsmodels_have_them() -> None:
    values = np.random.default_rng(2).normal(0.005, 0.02, 320)
    means = pd.Series(values).groupby(PLACES).mean().to_numpy()
    found = estimate(values, PLACES)
    assert found.differs == pytest.approx(stats.ttest_1samp(means, 0.0).pvalue)
    assert found.within(0.01) == pytest.approx(DescrStatsW(means).ttost_mean(-0.01, 0.01)[0])
    assert found.interval() == pytest.approx(stats.t.interval(0.95, 15, means.mean(), stats.sem(means)))
    few = estimate(values, np.array(["one"] * 320, dtype=object))
    assert (few.units, few.differs) == (320, pytest.approx(stats.ttest_1samp(values, 0.0).pvalue))


def test_what_never_differs_is_within_any_line() -> None:
    nothing = estimate(np.zeros(320), PLACES)
    assert (nothing.differs, nothing.within(0.01)) == (1.0, 0.0)


def made_up(planted: float, seed: int = 3) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    table = pd.DataFrame(generator.uniform(size=(320, 20)), columns=[f"x{k}" for k in range(20)])
    noise = generator.normal(0.0, 0.02, 320)
    table["contrast"] = np.where(table["x7"] > 0.6, planted, 0.0) + noise
    return table.assign(background=range(320), place=PLACES, **{PARTNERS: 12.0})


def test_a_condition_that_is_there_is_found_and_named() -> None:
    found = weigh(trial("000-8"), made_up(0.08)).where
    assert found is not None
    assert found.rule.startswith("x7 above 0.59")
    assert " and " not in found.rule
    assert found.share == pytest.approx(0.4, abs=0.1)
    assert found.only_there(0.01) < 0.001
    assert found.there.mean == pytest.approx(0.08, abs=0.02)


def test_a_tree_that_finds_no_two_parts_counts_among_the_tests_all_the_same() -> None:
    table = made_up(0.0)
    table["contrast"] *= 0.01
    found = weigh(trial("000-8"), table)
    assert found.where is None
    row_ = numbers_of(CLAIMS["000-8"], trial("000-8"), found)
    assert (row_["p_only_there"], row_["p_turns"]) == (1.0, 1.0)


def test_conditions_are_seldom_found_where_there_are_none() -> None:
    found = [weigh(trial("000-8"), made_up(0.0, seed)).where for seed in range(40)]
    assert sum(where is not None and where.only_there(0.01) <= 0.05 and where.there.mean >= 0.01 for where in found) <= 3


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("claims")
    assert main([*COMMAND, str(out)]) == 0
    return out


def runs(small: Path, claim: str) -> pd.DataFrame:
    folder = small / "sweeps" / claim
    design = pd.read_csv(folder / "design.csv")
    return pd.read_parquet(folder / "results.parquet").merge(design[["point", *({"future", "policy"} & set(design.columns))]])


def test_arms_share_their_luck_and_backgrounds_do_not(small: Path) -> None:
    table = runs(small, "000-6")
    assert table.groupby("future")["seed"].nunique().max() == 1
    assert table["seed"].nunique() == table["future"].nunique() == 64
    moved = {"autonomy", "accountability"}
    at_rest = [name for name in pd.read_csv(small / "sweeps" / "000-6" / "design.csv").columns
               if name not in {"point", "policy", *moved}]
    design = pd.read_csv(small / "sweeps" / "000-6" / "design.csv")
    assert design.groupby("future")[at_rest].nunique().max().max() == 1
    assert design["turnover"].nunique() == 64
    assert design.drop_duplicates("future")["place"].value_counts().tolist() == [4] * 16


def by_hand(small: Path, claim: str) -> pd.Series[float]:
    """Each background's contrast from the runs alone, with the claim's formula written out, by place."""
    table = runs(small, claim)
    if claim == "000-6":
        free, answering = table["autonomy"] > 0.5, table["accountability"] > 0.5
        table["value"] = table["outcome"] * np.where(free == answering, 1.0, -1.0)
    elif claim == "001-11":
        table["value"] = table["form"] * np.where(table["bailout"] > 0.5, 1.0, -1.0)
    else:
        series = table["form_by_quarter"]
        half = [next((k for k, form in enumerate(each) if form < each[0] / 2), len(each)) / 4 for each in series]
        table["value"] = np.array(half) * np.where(table["horizon"] > 0.5, 1.0, -1.0)
    return table.groupby(["place", "future"])["value"].sum()


def test_verdicts_are_found_again_from_the_runs(small: Path) -> None:
    told = pd.read_csv(small / "verdicts.csv").set_index("claim")
    tested = told[told["effect"].notna()]
    p_effect, p_within = {}, {}
    for claim in ("000-6", "001-11", "002-10"):
        values = by_hand(small, claim)
        means = values.groupby("place").mean().to_numpy()
        smallest = {"000-6": 0.01, "001-11": 0.01, "002-10": 0.25}[claim]
        assert told.loc[claim, "effect"] == pytest.approx(means.mean())
        assert (told.loc[claim, "low"], told.loc[claim, "high"]) == pytest.approx(
            stats.t.interval(0.95, len(means) - 1, means.mean(), stats.sem(means)))
        assert told.loc[claim, "sign_holds"] == (values * (-1 if claim == "001-11" else 1) > 0).mean()
        p_effect[claim] = stats.ttest_1samp(means, 0.0).pvalue
        p_within[claim] = DescrStatsW(means).ttost_mean(-smallest, smallest)[0]
    for name, found in (("p_effect", p_effect), ("p_within", p_within)):
        assert {claim: tested.loc[claim, name] for claim in found} == pytest.approx(found)
        assert tested[f"{name}_holm"].to_numpy() == pytest.approx(multipletests(tested[name], method="holm")[1])
    for claim, each in tested.iterrows():
        assert each["verdict"] == second_opinion(each), claim


def test_the_tables_say_the_same(small: Path) -> None:
    one, other = pd.read_csv(small / "verdicts.csv"), pd.read_parquet(small / "verdicts.parquet")
    assert one["claim"].tolist() == other["claim"].tolist() == ["000-6", "001-11", "002-10", "003-15", "004-3"]
    assert one["effect"].to_numpy() == pytest.approx(other["effect"].to_numpy(), abs=0.0, rel=0.0, nan_ok=True)
    assert one["verdict"].iloc[-1] == Verdict.NOT_TESTED.value
    contrasts = pd.read_parquet(small / "contrasts.parquet")
    assert contrasts.groupby("claim").size().to_dict() == {"000-6": 64, "001-11": 64, "002-10": 64, "003-15": 64}


def test_the_same_again_in_another_folder_and_by_one_worker(small: Path, tmp_path: Path) -> None:
    assert main(["claims", "--only", "001-11", "--backgrounds", "64", "--workers", "1", "--out", str(tmp_path)]) == 0
    first = pd.read_parquet(small / "contrasts.parquet").query("claim == '001-11'").reset_index(drop=True)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "contrasts.parquet"), first)


def test_the_same_command_goes_on_and_loses_nothing(small: Path) -> None:
    before = (small / "verdicts.csv").read_bytes()
    (small / "sweeps" / "002-10" / "results.parquet").unlink()
    next((small / "sweeps" / "002-10" / "parts").iterdir()).unlink()
    assert main([*COMMAND, str(small)]) == 0
    assert (small / "verdicts.csv").read_bytes() == before


@pytest.mark.parametrize(("given", "told"), [
    (["--only", "001-111"], "no claim is called"),
    (["--place", "no/such/folder"], "no/such/folder"),
])
def test_a_mistake_leaves_nothing(given: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["claims", *given, "--out", str(out)]) == 2
    assert told in capsys.readouterr().err
    assert not out.exists()


def test_other_backgrounds_in_the_same_folder_are_refused(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    assert main(["claims", "--only", "001-11", "--backgrounds", "65", "--out", str(small)]) == 2
    assert "Nothing was changed" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_one_given_place(tmp_path: Path) -> None:
    assert main(["claims", "--only", "001-11", "--place", "shipped", "--backgrounds", "32", "--out", str(tmp_path)]) == 0
    told = pd.read_csv(tmp_path / "verdicts.csv").iloc[0]
    assert (told["interval_over"], told["units"], told["places"]) == ("backgrounds", 32, 1)


def test_claims_by_another_rule_get_verdicts_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = ["claims", "--only", "001-11", "--place", "shipped", "--backgrounds", "16", "--out"]
    assert main([*few, str(tmp_path / "shipped")]) == 0
    assert main([*few, str(tmp_path / "nash"), "--rule", "bargaining=nash"]) == 0
    shipped, nash = (pd.read_csv(tmp_path / name / "verdicts.csv").iloc[0] for name in ("shipped", "nash"))
    assert nash["rules"] == "bargaining=nash"
    assert "rules" not in shipped.index
    assert nash["effect"] != shipped["effect"]
    assert "with bargaining=nash" in (tmp_path / "nash" / "claims.html").read_text(encoding="utf-8")
    assert main([*few, str(tmp_path / "none"), "--rule", "bargaining=nahs"]) == 2
    assert "did you mean nash?" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
