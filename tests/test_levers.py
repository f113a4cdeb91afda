"""Where settings enter is read off the code as a reader would, and every setting is found."""

from __future__ import annotations

import pytest

from incentive_abm.rules import appraisal, commitment, trust, values
from tools import levers


@pytest.mark.parametrize(("setting", "rules"), [
    ("exit_patience", {commitment.walks_away}), ("uptake", {commitment.speed_up}), ("trust_memory", {trust.evidence_after}),
    ("common_purpose", {values.total_variation, appraisal.felt_weights}),
])
def test_a_setting_is_found_where_the_engine_hands_it_to_a_rule(setting: str, rules: set[object]) -> None:
    assert set(levers.rules_of()[setting]) == {getattr(rule, "__name__", "") for rule in rules}


def test_a_setting_within_another_rules_argument_counts_for_that_rule_only() -> None:
    assert "deal_after" not in levers.rules_of()["fall_out"]
    assert levers.rules_of()["fall_out"] == ("struck_by_end",)


def test_every_setting_that_acts_enters_somewhere() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in levers.KERNELS)
    nowhere = {name for name, rules in levers.rules_of().items() if not rules}
    assert len(nowhere) < 12
    assert all(f".{name}" in written for name in nowhere)


def test_every_claim_of_the_table_is_read() -> None:
    every = levers.levers_of_claims()
    assert len(every) == 66
    found = levers.by_construction()
    assert all(len(every[claim]) == 1 and levers.rules_of()[name] == (rule,) for claim, (name, rule) in found.items())
