"""Where settings enter is read off the code as a reader would, and every setting is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.claims.entering import KERNELS, Use, rules_of, uses
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.verdict_page import by_construction
from incentive_abm.rules import appraisal, commitment, trust, values
from tools import levers

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(("setting", "rules"), [
    ("exit_patience", {commitment.walks_away}), ("uptake", {commitment.speed_up}), ("trust_memory", {trust.evidence_after}),
    ("common_purpose", {values.total_variation, appraisal.felt_weights}),
])
def test_a_setting_is_found_where_the_engine_hands_it_to_a_rule(setting: str, rules: set[object]) -> None:
    assert set(rules_of()[setting]) == {getattr(rule, "__name__", "") for rule in rules}


def test_a_setting_within_another_rules_argument_counts_for_that_rule_only() -> None:
    assert "deal_after" not in rules_of()["fall_out"]
    assert rules_of()["fall_out"] == ("struck_by_end",)


@pytest.mark.parametrize("use", [
    Use("common_purpose", "values.total_variation", "common_purpose", bare=True),
    Use("payment_reform", "bargaining.package", "payment_reform", bare=True),
    Use("own_budget_weight", "appraisal.joint_worth", "own_budget", bare=True),
    Use("information_start", "relations.in_this_place", "value", bare=True),
    Use("mandate", "relations.ownership_after", "mandate", bare=False),
    Use("trust_start", "trust.evidence_after_leader", "prior", bare=False),
])
def test_it_is_known_as_which_argument_and_whether_as_it_stands(use: Use) -> None:
    assert use in uses()


def test_every_setting_that_acts_enters_somewhere() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in KERNELS)
    nowhere = {name for name, rules in rules_of().items() if not rules}
    assert len(nowhere) < 12
    assert all(f".{name}" in written for name in nowhere)


def test_claims_near_to_true_by_construction_are_the_same_on_every_page() -> None:
    near = [claim for claim in claims_of(load_ledger()) if by_construction(claim)]
    said = f"{len(near)} of 66 claims are tested by one setting that is handed to one rule"
    assert levers.claims().startswith(f"{said}:")
    assert f"{said}:" in (DOCS / "model" / "levers.md").read_text(encoding="utf-8")
    assert f"{said}." in (DOCS / "claims-beyond.md").read_text(encoding="utf-8")
    for claim in near:
        assert claim.trial is not None
        assert rules_of()[claim.trial.moved[0]] == (by_construction(claim),)
        assert f"| {claim.id} | `{claim.trial.moved[0]}` | `{by_construction(claim)}` |" in levers.claims()
