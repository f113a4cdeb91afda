"""The ledger is read strictly, moves every lever alike, and names the rules that its levers are really handed to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from experiments.claims.claim import Claim, Design
from experiments.claims.entering import rules_of
from experiments.claims.ledger import PUBLISHED, chosen, claims_of, load_ledger, source_from_text
from incentive_abm.errors import UserError
from incentive_abm.parameters import PARAMETERS

CLAIMS = claims_of(load_ledger())
FOUND = load_ledger(PUBLISHED)
TESTED = [claim for claim in (*CLAIMS, *claims_of(FOUND)) if claim.trial is not None]
SMALL = """
title = "A text"
by = "somebody"

[[claims]]
id = "x-1"
claim = "Bail-outs hold back"
stands_for = "`bailout`"
expected = "higher: less"
design = "main"
measure = "integration"
sign = "-"
low = { bailout = 0.2 }
high = { bailout = 0.8 }
rules = ["bailed_out"]
fails = "It could be too small."
"""


def test_all_claims_are_there_and_nearly_all_can_be_tested() -> None:
    assert len(CLAIMS) == len({claim.id for claim in CLAIMS}) == 66
    assert all(claim.why_not for claim in CLAIMS if claim.trial is None)
    assert len([claim for claim in CLAIMS if claim.trial is not None]) == 65


def test_findings_of_published_works_name_their_work_and_are_no_claims_of_the_texts() -> None:
    assert all(re.search(r"\d{4}, doi:10\.\d{4,}/\S+$", source.by) for source in FOUND)
    assert not {claim.id for claim in claims_of(FOUND)} & {claim.id for claim in CLAIMS}
    assert all(claim.why_not for claim in claims_of(FOUND) if claim.trial is None)
    references = (Path(__file__).parents[3] / "docs" / "model" / "references.md").read_text(encoding="utf-8")
    assert [source.id for source in FOUND if source.by.partition("doi:")[2] not in references] == []


@pytest.mark.parametrize("claim", TESTED, ids=lambda claim: claim.id)
def test_levels_are_fifths_of_the_range_so_that_none_is_chosen_for_its_result(claim: Claim) -> None:
    assert claim.trial is not None
    shares = (0.0, 0.25, 0.5, 0.75, 1.0) if claim.design is Design.SURFACE else (0.2, 0.8)
    for name, value in (setting for arm in claim.trial.arms for setting in arm.settings):
        row = PARAMETERS[name]
        levels = [row.low + share * (row.high - row.low) for share in shares]
        assert any(value == pytest.approx(round(level) if row.whole else level) for level in levels), (name, value)


@pytest.mark.parametrize("claim", TESTED, ids=lambda claim: claim.id)
def test_a_contrast_takes_nothing_from_where_all_arms_are_alike(claim: Claim) -> None:
    assert claim.trial is not None
    total = sum(arm.weight for arm in claim.trial.arms)
    assert total == (1.0 if claim.design is Design.SPREAD else 0.0)
    assert claim.trial.smallest > 0.0


@pytest.mark.parametrize("claim", TESTED, ids=lambda claim: claim.id)
def test_rules_are_those_that_the_engine_hands_the_levers_to(claim: Claim) -> None:
    assert claim.trial is not None
    assert set(claim.trial.rules) == {rule for name in claim.trial.moved for rule in rules_of()[name]}


def test_an_interaction_weighs_its_corners_as_a_product_does() -> None:
    claim = next(claim for claim in CLAIMS if claim.id == "000-6")
    assert claim.trial is not None
    middle = {name: (PARAMETERS[name].low + PARAMETERS[name].high) / 2 for name in claim.trial.moved}
    for arm in claim.trial.arms:
        product = 1.0
        for name, value in arm.settings:
            product *= 1.0 if value > middle[name] else -1.0
        assert arm.weight == product


@pytest.mark.parametrize(("change", "told"), [
    (("bailout = 0.8", "bailout = 1.8"), "bailout"),
    (("bailout = 0.8", "bailuot = 0.8"), "bailout"),
    (("bailout = 0.8", "bailout = 0.2"), "same value under low and high"),
    (("{ bailout = 0.8 }", "{ mandate = 0.8 }"), "set different things"),
    (('sign = "-"', 'sign = "down"'), "expected one of +, -, 0"),
    (('measure = "integration"', 'measure = "integraton"'), "integration"),
    (('measure = "integration"', 'measure = "skewness"'), "does not go with design main"),
    (('design = "main"', 'design = "survival"'), "is no time"),
    (('design = "main"', 'design = "interaction"'), "without is missing"),
    (('design = "main"', 'design = "none"'), "unknown key"),
    (('fails = "It could be too small."', ""), "fails is missing"),
    (('id = "x-1"', 'id = "y-1"'), "expected x- and a number"),
    (("rules", "rulse"), "rules"),
])
def test_a_mistake_is_told_with_its_claim_and_what_was_expected(change: tuple[str, str], told: str) -> None:
    source_from_text(SMALL, "x", "x.toml")
    with pytest.raises(UserError, match=r"x\.toml") as error:
        source_from_text(SMALL.replace(*change), "x", "x.toml")
    assert told in str(error.value)


def test_a_claim_that_is_not_there_is_told_with_the_nearest() -> None:
    assert [claim.id for claim in chosen(CLAIMS, ["003-2", "001-1"])] == ["001-1", "003-2"]
    with pytest.raises(UserError, match="001-1"):
        chosen(CLAIMS, ["01-11"])
