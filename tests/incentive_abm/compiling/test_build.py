"""An engine is built from a set of rules: another rule gives other numbers, and is never taken for the shipped one."""

from __future__ import annotations

import numpy as np
import pytest
from two_executors import small_place

from incentive_abm.chance import Stream
from incentive_abm.compiling.build import build
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.delivery import deliver_ties
from incentive_abm.engine.learning import learn_on_ties
from incentive_abm.engine.quarter import PHASES
from incentive_abm.kinds import Phase
from incentive_abm.scenario import load_scenario
from incentive_abm.state.arrays import SIDE, SIDE_A, TIE_WIDTH, Arrays
from incentive_abm.state.start import start


def forgetful(alpha: float, seen: float, credit: float, breadth: float, trust_memory: float, prior: float) -> float:
    """Nothing is remembered for longer than a quarter."""
    return seen * credit * breadth + prior * (1.0 - trust_memory)


def beginning() -> Arrays:
    return start(small_place(), [load_scenario("ten-lessons")], [3])


def alpha_after(rules: RuleSet) -> np.ndarray:
    s = beginning()
    build(rules)[learn_on_ties](s, 0, 0, s.tie_key.size)
    return s.tie.reshape(-1, TIE_WIDTH)[:, SIDE_A + SIDE["alpha"]]


def test_a_rule_in_the_place_of_another_gives_other_numbers() -> None:
    s = beginning()
    evidence, mean = 4.0, 0.5
    assert np.all(alpha_after(RuleSet({"trust.evidence_for": forgetful})) < 0.05 * evidence * mean + 1e-12)
    assert np.all(alpha_after(SHIPPED) > 0.9 * s.tie.reshape(-1, TIE_WIDTH)[:, SIDE_A + SIDE["alpha"]])


def test_sets_of_rules_are_kept_apart() -> None:
    other = RuleSet({"trust.evidence_for": forgetful})
    assert other.hash != SHIPPED.hash
    assert build(other).folder != build(SHIPPED).folder
    assert build(SHIPPED, 1).folder != build(SHIPPED, 16).folder
    assert RuleSet({"trust.evidence_for": forgetful}).hash == other.hash


def test_a_kernel_is_written_where_it_can_be_read() -> None:
    build()[deliver_ties]
    text = (build().folder / "engine.delivery.deliver_ties.kernel").read_text(encoding="utf-8")
    assert text.startswith("def deliver_ties(s, quarter, first_, last_):")
    assert f"np.uint64({int(Stream.PROMISE)})" in text


def test_a_compiled_kernel_is_known_to_be_kept() -> None:
    build()[deliver_ties]
    assert build.__wrapped__(SHIPPED, 1).kept(deliver_ties)
    assert not build.__wrapped__(RuleSet({"delivery.keeps": lambda u, chance: 1.0}), 1).kept(deliver_ties)


def test_every_phase_has_its_kernels() -> None:
    assert list(PHASES) == list(Phase)
    assert all(PHASES[phase] for phase in Phase)


@pytest.mark.parametrize("phase", Phase)
def test_kernels_of_a_phase_stand_in_the_module_of_its_name(phase: Phase) -> None:
    """Or where a run begins, for what both do."""
    assert {kernel.name.split(".")[1] for kernel in PHASES[phase]} <= {phase.name.lower(), "start"}
