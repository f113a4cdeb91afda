"""What stands beyond the verdicts: drawn from its tables, played as the ledger is, and able to come out either way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.claims.beyond import PARTS, verdicts_in
from experiments.claims.beyond_page import beyond_page
from experiments.claims.claim_study import Backgrounds
from experiments.claims.conditions import Condition, Judged
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.mechanisms import OFF, mechanism_rows, mechanisms_told, summary
from experiments.claims.null_model import MODELS, NO_FALLBACK, NO_TRUST, NO_VALUES, PATTERNS, null_told
from experiments.claims.reversals import searched_told, told
from experiments.claims.room_extras import extras
from experiments.claims.survival import FIRM
from experiments.claims.tables import read_part, table_of
from experiments.claims.trying import put_to_the_model
from experiments.claims.verdict_page import by_construction, rows_of
from experiments.claims.written import read_verdicts
from incentive_abm.parameters import PARAMETERS
from tests.baseline import SWITCHES

DOCS = Path(__file__).parents[3] / "docs"
SOURCES = load_ledger()
CLAIMS = {claim.id: claim for claim in claims_of(SOURCES)}
THERE = [part for part in PARTS if table_of(part, DOCS).exists()]


def test_the_page_is_drawn_from_its_tables() -> None:
    page = (DOCS / "claims-beyond.md").read_text(encoding="utf-8")
    assert page == beyond_page(DOCS, SOURCES, "python -m experiments.claims docs/claims-beyond.md")
    assert set(THERE) >= {"null", "mechanisms"}


def test_every_claim_near_to_true_by_construction_is_named() -> None:
    page = (DOCS / "claims-beyond.md").read_text(encoding="utf-8").partition("## A model without")[0]
    near = [claim for claim in CLAIMS.values() if by_construction(claim)]
    assert f"{len(near)} of {len(CLAIMS)} claims" in page
    assert all(f"| {claim.id} |" in page for claim in near)


def test_conditions_play_the_ledgers_own_runs(tmp_path: Path) -> None:
    some = [CLAIMS["000-5"], CLAIMS["003-15"], CLAIMS["002-10"]]
    few = Backgrounds(32)
    ledger = put_to_the_model(some, few, tmp_path / "ledger", workers=1, processes=False, fresh=False,
                              words=(tmp_path / "words").open("w"))
    judged = Judged(some, few, tmp_path / "kept", lambda heard: None)
    for claim in some:
        own = ledger.contrasts[ledger.contrasts["claim"] == claim.id]
        again = judged.contrasts(claim, Condition("nothing is different"))
        assert again["contrast"].tolist() == own["contrast"].tolist()
        assert again["place"].tolist() == own["place"].tolist()
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "kept").iterdir()}
    judged.verdicts(Condition("nothing is different"), some)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "kept").iterdir()} == kept


def test_what_a_mechanism_does_and_what_an_idle_one_does_not(tmp_path: Path) -> None:
    """Own budgets are told apart only by what joint work is worth: with no effect on people they move nothing."""
    judged = Judged([CLAIMS["000-5"]], Backgrounds(64), tmp_path, lambda heard: None)
    nothing = Condition("read by nobody", {"integrated_quarters": 9.0})
    worthless = Condition("joint work is worth less", {"effect": 0.5, "saving": 0.0})
    ledger = rows_of(read_verdicts(DOCS / "claims-verdicts.csv"))
    found = summary(mechanism_rows([CLAIMS["000-5"]], ledger, judged, [worthless, nothing])).set_index("mechanism")
    assert not found.loc["joint work is worth less", "idle"]
    assert found.loc["read by nobody", "idle"]


def test_a_claim_that_moves_what_is_held_is_left_out() -> None:
    bailed = next(condition for condition in OFF if condition.name == "bail-outs")
    assert not bailed.fits(CLAIMS["001-11"])
    assert bailed.fits(CLAIMS["000-5"])
    assert not bailed.fits(CLAIMS["004-3"])


def test_every_switch_of_what_couples_ties_is_among_the_mechanisms() -> None:
    held = {name: value for condition in OFF for name, value in condition.values.items()}
    for name, value in SWITCHES.items():
        assert held[name] == (PARAMETERS[name].read(value) if isinstance(value, str) else value)
    assert len({condition.name for condition in OFF}) == len(OFF)


def test_the_null_model_is_all_three_taken_away_together() -> None:
    assert MODELS[-1].values == {**NO_TRUST, **NO_VALUES, **NO_FALLBACK}
    assert all(PARAMETERS[name].low <= value <= PARAMETERS[name].high for name, value in MODELS[-1].values.items())


@pytest.mark.parametrize(("null", "said"), [(3, "as it should be"), (6, "no reason to prefer the model")])
def test_whichever_way_the_null_model_comes_out_it_is_said(null: int, said: str) -> None:
    rows = pd.DataFrame([{"model": model.name, "met": k < (6 if model.name == "the model" else null), "use": pattern.use}
                         for model in MODELS for k, pattern in enumerate(PATTERNS.values())])
    assert said in null_told(rows)
    assert f"the null model {null}" in null_told(rows)


def test_the_null_models_sentence_follows_from_its_table() -> None:
    rows = pd.read_csv(table_of("null", DOCS))
    for _, row in rows.iterrows():
        assert row["met"] == (row["low"] <= row["value"] <= row["high"])
    assert null_told(rows) in (DOCS / "claims-beyond.md").read_text(encoding="utf-8")


def test_every_mechanism_with_a_switch_is_in_the_table_and_told_as_idle_or_not() -> None:
    rows = read_part("mechanisms", DOCS)
    found = summary(rows)
    assert found["mechanism"].tolist() == [condition.name for condition in OFF]
    firm = {claim for claim, verdict in verdicts_in(DOCS).items() if verdict in FIRM}
    assert set(rows.loc[rows["fate"].notna(), "claim"]) == firm
    for _, row in found.iterrows():
        own = rows[rows["mechanism"] == row["mechanism"]]
        assert row["idle"] == (not own["fate"].isin(["too small", "turned"]).any() and (own["p_holm"] > 0.05).all())
    assert mechanisms_told(found) in (DOCS / "claims-beyond.md").read_text(encoding="utf-8")


def test_a_lost_verdict_is_one_whose_interval_says_so() -> None:
    rows = read_part("mechanisms", DOCS)
    for row in rows[rows["fate"] == "too small"].to_dict("records"):
        trial = CLAIMS[row["claim"]].trial
        assert trial is not None
        assert -trial.smallest < row["low"] <= row["high"] < trial.smallest


@pytest.mark.parametrize(("lost", "moved", "said"), [
    (0, 0, "Idle as far as these runs tell: routines."), (1, 0, "without 1 of them (routines) some verdict is lost"),
    (0, 2, "without 1 of them (routines) some effect moves for sure. None is idle."),
])
def test_whichever_way_a_mechanism_comes_out_it_is_said(lost: int, moved: int, said: str) -> None:
    table = pd.DataFrame([{"mechanism": "routines", "lost": lost, "effects_moved": moved, "idle": not (lost or moved)}])
    assert said in mechanisms_told(table)


def a_reversal(**given: object) -> dict[str, object]:
    return {"found": True, "moves": 2, "distance": 0.4321, "rests_on": "Trust at the start 0.45 → 0.8; Clear decisions 0.4 → 0.7",
            "runs": 2400} | given


def test_a_reversal_in_a_sentence() -> None:
    assert told(a_reversal()).startswith("Turned round 0.43 of a range away, with 2 settings moved: Trust at the start")
    assert told(a_reversal(moves=0, distance=0.0)) == "It is so today, in the shipped place."
    assert "no proof" in told(a_reversal(found=False, distance=np.nan))


def test_what_the_searches_came_to_is_counted_by_verdict_and_what_is_so_today_is_no_distance() -> None:
    rows = pd.DataFrame([a_reversal(question="turned", verdict="supported", distance=0.5),
                         a_reversal(question="turned", verdict="contradicted", found=False, distance=np.nan),
                         a_reversal(question="turned", verdict="no effect", moves=0, distance=0.0),
                         a_reversal(question="turned", verdict="inconclusive", distance=0.25)])
    said = searched_told(rows)
    assert "Of 2 that are supported or contradicted, a setting that turns the verdict was found for 1, at a median distance of " \
           "0.50" in said
    assert "The other 2" in said
    assert "for 1 of them there is one in the shipped place as things stand, and for 1 more" in said
    assert "at a median distance of 0.25" in said


def test_a_claim_opens_on_the_stage_only_where_a_page_is_given(tmp_path: Path) -> None:
    row = a_reversal(claim="000-5", question="shown", link="#s=abc", typical=0.9)
    pd.DataFrame([row, row | {"question": "turned", "found": False}]).to_csv(table_of("reversals", tmp_path), index=False)
    without, with_page = extras(tmp_path, ""), extras(tmp_path, "page.html")
    assert without["000-5"].link == ""
    assert with_page["000-5"].link == "page.html#s=abc"
    assert "90% of worlds" in with_page["000-5"].shows
    assert with_page["000-5"].facts == (("Nearest reversal", "none found"),)


def test_of_many_moves_the_longest_stand_on_the_page(tmp_path: Path) -> None:
    row = a_reversal(claim="000-5", question="turned", link="", typical=0.9, rests_on="a 1 → 2; b 1 → 2; c 1 → 2; d 1 → 2; e 2")
    pd.DataFrame([row]).to_csv(table_of("reversals", tmp_path), index=False)
    told_there = dict(extras(tmp_path, "")["000-5"].facts)
    assert told_there == {"Nearest reversal": "0.43 of a range away: a 1 → 2; b 1 → 2; c 1 → 2; and 2 more"}


def test_verdicts_are_those_of_the_whole_ledger() -> None:
    assert set(verdicts_in(DOCS)) == set(CLAIMS)
