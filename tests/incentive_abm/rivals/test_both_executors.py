"""Each rival, and a user's own rule, gives the same bits on both executors, and other numbers than the shipped rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from two_executors import compare, small_place

from incentive_abm import IntegrationModel, Kind, load_scenario, rule_set, run
from incentive_abm.agents import Trust
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.quarter import play
from incentive_abm.kinds import Phase
from incentive_abm.rivals.catalogue import RIVALS
from incentive_abm.rules import commitment
from incentive_abm.state.arrays import Arrays

PARAMETERS = {"word_travels": 0.8, "register": 0.7, "whole_way": 0.8, "polemic": 0.8, "confidence": 0.2, "value_convergence": 0.1,
              "exit_chance": 0.5, "exit_patience": 1.0, "pilots": 0.5}
ALL = [f"{theme}={name}" for theme, rivals in RIVALS.items() for name, rival in rivals.items() if rival.instead]


def same_bits(rules: RuleSet, quarters: int = 10) -> None:
    model = IntegrationModel(small_place(), "ten-lessons", seed=3, quarters=quarters, parameters=PARAMETERS, rules=rules)

    def by_these(phase: Phase, s: Arrays, quarter: int) -> None:
        play(phase, s, quarter, rules)

    found = compare(model, quarters, by_these)
    assert found is None, str(found)


@pytest.mark.slow
@pytest.mark.parametrize("choice", ALL)
def test_a_rival_gives_the_same_bits_on_both_executors_and_changes_something(choice: str) -> None:
    rules = rule_set(choice)
    same_bits(rules)
    scenario = load_scenario("ten-lessons").with_overrides(PARAMETERS)
    shipped = run(small_place(), scenario, [3], 12)
    other = run(small_place(), scenario, [3], 12, rules=rules)
    assert not np.array_equal(shipped.last, other.last)
    assert shipped.to_frame()["run_id"][0] != other.to_frame()["run_id"][0]


def test_a_users_rule_with_branches_gives_the_same_bits_alone_in_lanes_and_on_mesa(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text('''
def fixed_memory(alpha, kept, credited, scope, trust_memory, prior):
    total = 0.9 * alpha
    for _ in range(2):
        if kept > 0.5 and scope > 0.1:
            total += 0.5 * scope * credited
    return max(total, 0.1)
''')
    rules = rule_set("trust.evidence_for=mine.py:fixed_memory", folder=tmp_path)
    same_bits(rules, 6)
    scenario = load_scenario("ten-lessons")
    alone = run(small_place(), scenario, [3], 6, rules=rules)
    many = run(small_place(), scenario, [1, 2, 3], 6, rules=rules)
    assert np.array_equal(alone.last[0], many.last[2])
    assert not np.array_equal(run(small_place(), scenario, [3], 6).last, alone.last)


def test_sets_of_rules_side_by_side_are_not_taken_for_each_other() -> None:
    """Code kept apart is loaded into one process: each set must go on calling its own."""
    one, other = rule_set("values=none"), rule_set("values=averaging")
    scenario = load_scenario("ten-lessons").with_overrides(PARAMETERS)
    first = [run(small_place(), scenario, [3], 6, rules=rules).last for rules in (one, other, SHIPPED)]
    again = [run(small_place(), scenario, [3], 6, rules=rules).last for rules in (SHIPPED, other, one)]
    for k, last in enumerate(first):
        assert np.array_equal(last, again[2 - k])
    assert len({last.tobytes() for last in first}) == 3


class Stayer(Trust):
    """A trust of a user's own, which still asks what the shipped one would do."""

    def walks_away(self, side: object) -> bool:
        return bool(super().walks_away(side)) and commitment.walks_away(9.0, 1.0, 1.0, 0.0, 0.0) == 1.0


def test_a_users_own_partner_reads_the_rules_of_its_model() -> None:
    rules = rule_set("exit=none")
    model = IntegrationModel(small_place(), "today", partner_classes={Kind.TRUST: Stayer}, rules=rules)
    mine = next(partner for partner in model.partners if partner.kind is Kind.TRUST)
    assert isinstance(mine, Stayer)
    mine.sides[0].losing = 99.0
    assert not mine.walks_away(mine.sides[0])
    usual = IntegrationModel(small_place(), "today", parameters={"exit_chance": 1.0}, partner_classes={Kind.TRUST: Stayer})
    theirs = next(partner for partner in usual.partners if partner.kind is Kind.TRUST)
    theirs.sides[0].losing = 99.0
    assert theirs.walks_away(theirs.sides[0])
