"""The verdicts that stand among the documents follow from their own numbers, and their page from their table."""

from __future__ import annotations

from pathlib import Path

import pytest
from second_opinion import second_opinion
from statsmodels.stats.multitest import multipletests

from experiments.claims.claim import Design
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.verdict import decide, why
from experiments.claims.verdict_page import page
from experiments.claims.written import read_verdicts

DOCS = Path(__file__).parents[3] / "docs"
SOURCES = load_ledger()
TABLE = read_verdicts(DOCS / "claims-verdicts.csv")
TESTED = TABLE[TABLE["effect"].notna()]


def test_every_claim_has_its_row_with_what_the_ledger_says_of_it() -> None:
    claims = claims_of(SOURCES)
    assert TABLE["claim"].tolist() == [claim.id for claim in claims]
    for claim, (_, row) in zip(claims, TABLE.iterrows(), strict=True):
        assert (row["says"], row["design"]) == (claim.says, claim.design.value)
        if claim.trial is None:
            assert (row["verdict"], row["why"]) == (Design.NONE.value, claim.why_not)
        else:
            assert (row["measure"], row["sign"], row["smallest"]) == (
                claim.trial.outcome.value, claim.trial.sign.value, claim.trial.smallest)


def test_verdicts_and_sentences_follow_from_the_numbers() -> None:
    for _, row in TESTED.iterrows():
        assert row["verdict"] == decide(row.to_dict()).value == second_opinion(row), row["claim"]
        assert row["why"] == why(row.to_dict())


@pytest.mark.parametrize("test", ["p_effect", "p_within", "p_only_there", "p_turns"])
def test_corrections_are_over_all_claims(test: str) -> None:
    told = TESTED[TESTED[test].notna()]
    assert told[f"{test}_holm"].to_numpy() == pytest.approx(multipletests(told[test], method="holm")[1])
    assert TESTED.loc[TESTED[test].isna(), f"{test}_holm"].isna().all()


def test_the_page_is_drawn_from_the_table() -> None:
    told = (DOCS / "claims-verdicts.md").read_text(encoding="utf-8")
    assert told == page(TABLE, SOURCES, "python -m experiments.claims docs/claims-verdicts.md")


def test_all_come_from_one_model() -> None:
    assert TESTED["source"].nunique() == TESTED["version"].nunique() == 1
    assert TESTED["seed"].nunique() == TESTED["sweep"].nunique() == len(TESTED)
