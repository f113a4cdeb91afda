"""The verdicts that stand among the documents follow from their own numbers, and their page from their table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from second_opinion import second_opinion
from statsmodels.stats.multitest import multipletests

from experiments.claims.claim import Design, Source
from experiments.claims.ledger import PUBLISHED, claims_of, load_ledger
from experiments.claims.published_page import published_page
from experiments.claims.verdict import decide, why
from experiments.claims.verdict_page import page
from experiments.claims.written import read_verdicts

DOCS = Path(__file__).parents[3] / "docs"
TEXTS, FOUND = (load_ledger(), "claims-verdicts"), (load_ledger(PUBLISHED), "claims-published")
both = pytest.mark.parametrize(("sources", "name"), [TEXTS, FOUND], ids=["texts", "published"])


def table_of(name: str) -> pd.DataFrame:
    return read_verdicts(DOCS / f"{name}.csv")


def told_of(name: str) -> pd.DataFrame:
    table = table_of(name)
    return table[table["effect"].notna()]


@both
def test_every_claim_has_its_row_with_what_the_ledger_says_of_it(sources: Sequence[Source], name: str) -> None:
    claims, table = claims_of(sources), table_of(name)
    assert sorted(table["claim"]) == sorted(claim.id for claim in claims)
    rows = table.set_index("claim", drop=False)
    for claim in claims:
        row = rows.loc[claim.id]
        assert (row["says"], row["design"]) == (claim.says, claim.design.value)
        if claim.trial is None:
            assert (row["verdict"], row["why"]) == (Design.NONE.value, claim.why_not)
        else:
            assert (row["measure"], row["sign"], row["smallest"]) == (
                claim.trial.outcome.value, claim.trial.sign.value, claim.trial.smallest)


@both
def test_verdicts_and_sentences_follow_from_the_numbers(sources: Sequence[Source], name: str) -> None:
    for _, row in told_of(name).iterrows():
        assert row["verdict"] == decide(row.to_dict()).value == second_opinion(row), row["claim"]
        assert row["why"] == why(row.to_dict())


@both
@pytest.mark.parametrize("test", ["p_effect", "p_within", "p_only_there", "p_turns"])
def test_corrections_are_over_all_claims(sources: Sequence[Source], name: str, test: str) -> None:
    rows = told_of(name)
    told = rows[rows[test].notna()]
    assert told[f"{test}_holm"].to_numpy() == pytest.approx(multipletests(told[test], method="holm")[1])
    assert rows.loc[rows[test].isna(), f"{test}_holm"].isna().all()


def test_the_pages_are_drawn_from_the_tables() -> None:
    for drawn, (sources, name), more in ((page, TEXTS, ""), (published_page, FOUND, " --published")):
        told = (DOCS / f"{name}.md").read_text(encoding="utf-8")
        assert told == drawn(table_of(name), sources, f"python -m experiments.claims docs/{name}.md{more}"), name


@both
def test_all_come_from_one_model(sources: Sequence[Source], name: str) -> None:
    rows = told_of(name)
    assert rows["source"].nunique() == rows["version"].nunique() == 1
    assert rows["seed"].nunique() == rows["sweep"].nunique() == len(rows)
