"""Which verdicts survive: the rule case by case, the runs against the ledger's own, the sentences against their table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.claims.beyond import PARTS, Asked, in_order
from experiments.claims.claim_study import Backgrounds
from experiments.claims.conditions import WHOLE, Condition, Judged
from experiments.claims.evidence import Estimate, estimate
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.room_extras import extras
from experiments.claims.survival import Fate, adjusted, decided, fate, firm, regressed, survival_rows, unseen
from experiments.claims.survival_conditions import AFTER_THE_DATA, PLACE, POSTERIOR, POSTERIOR_TABLE, RULES, conditions, under
from experiments.claims.survival_page import against, counted, counts, everywhere, standing, told, turned
from experiments.claims.tables import table_of
from experiments.claims.trying import put_to_the_model
from experiments.claims.verdict_page import rows_of
from experiments.claims.written import read_verdicts
from incentive_abm.errors import UserError
from incentive_abm.place import shipped_place
from incentive_abm.rivals.catalogue import RIVALS
from incentive_abm.scenario.posterior import read_posterior

DOCS = Path(__file__).parents[3] / "docs"
CLAIMS = {claim.id: claim for claim in claims_of(load_ledger())}
LEDGER = rows_of(read_verdicts(DOCS / "claims-verdicts.csv"))


def table() -> pd.DataFrame:
    return pd.read_csv(table_of("survival", DOCS), dtype={"claim": str, "sign": str, "source": str})


def a_row(**given: object) -> dict[str, object]:
    """A supported claim of 0.05 under a condition."""
    return {"verdict": "supported", "sign": "+", "smallest": 0.01, "ledger": 0.05, "effect": 0.04, "low": 0.02, "high": 0.06,
            "p_against_holm": 1.0} | given


@pytest.mark.parametrize(("what", "row", "expected"), [
    ("the same side for sure", a_row(), Fate.SURVIVES),
    ("for sure there, and perhaps too small", a_row(effect=0.012, low=0.004, high=0.02), Fate.SURVIVES),
    ("for sure too small", a_row(effect=0.004, low=0.001, high=0.007), Fate.TOO_SMALL),
    ("perhaps nothing", a_row(low=-0.01, high=0.09), Fate.OPEN),
    ("the other side, not for sure", a_row(effect=-0.03, low=-0.061, high=0.001, p_against_holm=0.3), Fate.OPEN),
    ("the other side for sure", a_row(effect=-0.03, low=-0.04, high=-0.02, p_against_holm=0.001), Fate.TURNED),
    ("the other side, too small to matter", a_row(effect=-0.005, low=-0.007, high=-0.003, p_against_holm=0.001), Fate.TOO_SMALL),
    ("below nothing, as found", a_row(ledger=-0.05, effect=-0.04, low=-0.06, high=-0.02), Fate.SURVIVES),
    ("contradicted, turned", a_row(verdict="contradicted", ledger=-0.05, p_against_holm=0.01), Fate.TURNED),
    ("nothing, and nothing", a_row(verdict="no effect", ledger=0.001, effect=0.002, low=-0.002, high=0.006), Fate.SURVIVES),
    ("nothing, now something", a_row(verdict="no effect", ledger=0.001, p_against_holm=0.01), Fate.TURNED),
    ("nothing, not known", a_row(verdict="no effect", ledger=0.001, effect=0.002, low=-0.02, high=0.03), Fate.OPEN),
    ("nothing was expected", a_row(sign="0", ledger=0.001, effect=0.002, low=-0.002, high=0.006), Fate.SURVIVES),
    ("nothing is known", a_row(effect=np.nan, low=np.nan, high=np.nan), Fate.OPEN),
])  # fmt: skip
def test_what_becomes_of_a_verdict(what: str, row: dict[str, object], expected: Fate) -> None:
    assert fate(row) is expected, what


def test_an_effect_carried_over_is_known_better_than_one_played_alone_and_its_intervals_hold_the_truth() -> None:
    """Made-up ledgers: 16 places that differ, ten times as many backgrounds behind the ledger's effect, one in ten telling."""
    generator = np.random.default_rng(7)
    held, shorter, trials, truth = 0, 0, 400, 0.03
    for _ in range(trials):
        places = generator.normal(0.05, 0.02, 16)
        noise = np.where(generator.random((16, 44)) < 0.1, generator.exponential(0.2, (16, 44)), 0.0) - 0.02
        whole = places + noise[:, :4].mean(axis=1)
        ledger = estimate(places + noise[:, 4:].mean(axis=1), np.array(["a"] * 16, object))
        under_it = truth + 0.6 * (whole - 0.05) + generator.normal(0.0, 0.005, 16)
        low, high = regressed(whole, under_it, ledger).interval()
        alone = estimate(under_it, np.array(["a"] * 16, object)).interval()
        held += low <= truth <= high
        shorter += high - low < alone[1] - alone[0]
    assert held / trials > 0.9
    assert shorter / trials > 0.9


def test_what_changes_nothing_has_the_ledgers_own_effect_and_what_halves_everything_half_of_it() -> None:
    own = pd.DataFrame({"place": [f"place {k}" for k in range(16)], "contrast": np.linspace(-1.0, 2.0, 16) ** 3})
    ledger = Estimate(0.4, 0.05, 16)
    half = own.assign(contrast=own["contrast"] / 2.0)
    assert adjusted(own, own, ledger) == ledger
    found = adjusted(half, own, ledger)
    assert found.mean == pytest.approx(ledger.mean / 2.0)
    assert found.error == pytest.approx(ledger.error / 2.0)
    assert np.isnan(adjusted(half[:5], own[:5], ledger).mean)


def test_what_is_never_seen_in_so_few_backgrounds_is_not_known_to_be_nothing() -> None:
    """A run in fifty is of interest; none of 64 shows it, as happens by chance in one case of four."""
    never = pd.DataFrame({"place": ["here"] * 64, "contrast": [0.0] * 64})
    whole = never.assign(contrast=[1.0, *[0.0] * 63])
    low, high = unseen(Estimate(0.0, 0.0, 64), never, whole).interval()
    assert (low, high) == (pytest.approx(-3 / 64), pytest.approx(3 / 64))
    assert fate(a_row(verdict="no effect", smallest=0.02, effect=0.0, low=low, high=high)) is Fate.OPEN
    seen = Estimate(0.1, 0.02, 64)
    assert unseen(seen, whole, whole) == seen
    assert unseen(seen, never, whole) == seen


def test_only_firm_verdicts_are_asked() -> None:
    asked = {LEDGER[claim.id]["verdict"] for claim in firm(list(CLAIMS.values()), LEDGER)}
    assert asked == {"supported", "contradicted", "no effect"}


def test_a_claim_without_a_firm_verdict_is_told_and_nothing_is_played(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no firm verdict"):
        PARTS["survival"](DOCS, tmp_path, Asked(only=("001-1",)), lambda heard: None)
    assert list(tmp_path.iterdir()) == []


def test_every_rival_of_the_package_is_among_the_conditions_and_an_unknown_one_is_told() -> None:
    every = list(conditions(()))
    names = [condition.name for kind, condition in every if kind == RULES]
    assert names == [f"{theme}={name}" for theme, rivals in RIVALS.items() for name in list(rivals)[1:]]
    assert [condition.name for _, condition in under(every, ["trust=image"])] == ["trust=image"]
    with pytest.raises(UserError, match="did you mean trust=image"):
        under(every, ["trust=imge"])


def test_a_place_and_the_posterior_change_what_they_name_and_nothing_else(tmp_path: Path) -> None:
    claim = CLAIMS["000-5"]
    judged = Judged([claim], Backgrounds(32), tmp_path, lambda heard: None)
    whole = judged.plan(claim)
    there = Condition("there", place=shipped_place()).plan(whole)
    assert set(there.design["place"]) == set(there.places) == {shipped_place().name}
    pd.testing.assert_frame_equal(there.design.drop(columns="place"), whole.design.drop(columns="place"))
    data = Condition(AFTER_THE_DATA, posterior=POSTERIOR_TABLE)
    drawn, posterior = data.plan(whole).design, read_posterior(POSTERIOR_TABLE)
    names = list(posterior.names)
    pd.testing.assert_frame_equal(drawn.drop(columns=names), whole.design.drop(columns=names))
    assert set(map(tuple, drawn[names].to_numpy())) <= set(map(tuple, posterior.values))
    moving = [each for each in CLAIMS.values() if each.trial is not None and set(each.trial.moved) & set(names)]
    assert data.fits(claim)
    assert moving
    assert not any(map(data.fits, moving))


def test_verdicts_tried_in_a_place_and_after_the_data_are_kept_and_not_played_twice(tmp_path: Path) -> None:
    claims = [CLAIMS["000-5"], CLAIMS["000-1"]]
    judged = Judged(claims, Backgrounds(32), tmp_path, lambda heard: None)
    asked = [(POSTERIOR, Condition(AFTER_THE_DATA, posterior=POSTERIOR_TABLE)),
             (PLACE, Condition("there", place=shipped_place()))]
    rows = [survival_rows(claims, LEDGER, judged, kind, condition) for kind, condition in asked]
    kept = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(kept) == 3 * len(claims)
    again = Judged(claims, Backgrounds(32), tmp_path, lambda heard: None)
    assert [survival_rows(claims, LEDGER, again, kind, condition) for kind, condition in asked] == rows
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == kept
    found = decided(pd.DataFrame([row for part in rows for row in part]))
    own = estimate(*(judged.contrasts(claims[0], asked[1][1])[name].to_numpy() for name in ("contrast", "place")))
    there = found[(found["claim"] == "000-5") & (found["kind"] == PLACE)].iloc[0]
    assert (there["effect"], there["low"], there["high"]) == (own.mean, *own.interval())
    assert there["units"] == 32
    assert found.loc[found["kind"] == POSTERIOR, "units"].tolist() == [15, 15]


@pytest.mark.slow
def test_under_a_rival_the_runs_are_those_of_claims_with_that_rule(tmp_path: Path) -> None:
    claim, few = CLAIMS["000-5"], Backgrounds(32)
    swept = put_to_the_model([claim], Backgrounds(32, rules=("values=none",)), tmp_path / "ledger", workers=1, processes=False,
                             fresh=False, words=(tmp_path / "words").open("w"))
    judged = Judged([claim], few, tmp_path / "kept", lambda heard: None)
    rival = judged.contrasts(claim, Condition("values=none", rules=("values=none",)))
    assert rival["contrast"].tolist() == swept.contrasts["contrast"].tolist()
    assert rival["contrast"].tolist() != judged.contrasts(claim, WHOLE)["contrast"].tolist()


def test_what_the_table_holds_of_other_conditions_stays(tmp_path: Path) -> None:
    before = table()
    path = tmp_path / "claims-survival.csv"
    before.to_csv(path, index=False)
    plain = before.drop(columns=["p_against_holm", "fate"])
    first = plain["condition"].iloc[0]
    other = plain[plain["condition"] == first].assign(effect=9.0)
    found = in_order(other, path, list(before["condition"].unique()))
    assert found.loc[found["condition"] == first, "effect"].eq(9.0).all()
    pd.testing.assert_frame_equal(found[found["condition"] != first], plain[plain["condition"] != first])


def test_the_fates_of_the_table_follow_from_its_numbers() -> None:
    rows = table()
    again = decided(rows.drop(columns=["p_against_holm", "fate"]))
    assert again["fate"].tolist() == rows["fate"].tolist()
    assert (rows["low"].isna() | ((rows["low"] <= rows["effect"]) & (rows["effect"] <= rows["high"]))).all()
    assert set(rows["claim"]) <= {claim.id for claim in firm(list(CLAIMS.values()), LEDGER)}
    assert not rows.duplicated(["condition", "claim"]).any()
    for _, row in rows.drop_duplicates("claim").iterrows():
        assert row["verdict"] == LEDGER[row["claim"]]["verdict"]
        assert row["ledger"] == LEDGER[row["claim"]]["effect"]


def test_the_sentences_count_what_the_table_says() -> None:
    rows = table()
    said = told(rows)
    for kind, group in rows.groupby("kind"):
        by_claim = group.groupby("claim")["fate"].agg(set)
        survive = sum(fates == {"survives"} for fates in by_claim)
        gone = sum(bool(fates & {"turned", "too small"}) for fates in by_claim)
        lost = f"lost: {gone}, open: {len(by_claim) - survive - gone})"
        assert any(f"{survive} of {len(by_claim)} survive" in each and each.endswith(lost) for each in counted(rows)), kind
    assert all(each in said for each in counted(rows))
    whole = rows.groupby("claim")["fate"].agg(set)
    through = [claim for claim, fates in whole.items() if fates == {"survives"}]
    assert sorted(everywhere(rows)) == sorted(through)
    assert said in (DOCS / "claims-beyond.md").read_text(encoding="utf-8")
    findings = (DOCS / "findings.md").read_text(encoding="utf-8")
    assert f"{rows['claim'].nunique()} firm verdicts" in findings
    assert f"{len(through)} of {len(whole)} survive everything" in findings
    effects = [claim for claim in through if LEDGER[claim]["verdict"] != "no effect"]
    assert f"contradicted, {len(effects)} do" in findings
    assert all(each in findings for each in counted(rows))
    for _, row in rows[rows["fate"] == "turned"].iterrows():
        assert row["claim"] in turned(rows)
        assert row["condition"] in turned(rows)


def test_a_verdict_says_which_rivals_it_survives(tmp_path: Path) -> None:
    rows = pd.DataFrame([{"kind": RULES, "condition": "trust=none", "claim": "000-5", "verdict": "supported", "fate": "survives"},
                         {"kind": RULES, "condition": "way=none", "claim": "000-5", "verdict": "supported", "fate": "turned"},
                         {"kind": PLACE, "condition": "here", "claim": "000-5", "verdict": "supported", "fate": "open"}])
    rows.to_csv(table_of("survival", tmp_path), index=False)
    assert dict(extras(tmp_path, "")["000-5"].facts)["Survives"] == "Rival rules: 1 of 2 (turned: way=none). Places: open"
    assert turned(rows) == "000-5 (supported) by way=none"
    assert counts(rows)[RULES] == {"conditions": 2, "tried": 1, "survive": 0, "lost": 1, "open": 0}
    assert against(standing(rows[:1])["000-5"][RULES]) == "survives"
    assert everywhere(rows) == []
    assert everywhere(rows[:1]) == ["000-5"]
    assert "None is turned" in told(rows[:1])
