"""A mechanism that is switched off leaves, to the last bit, the model that does not have it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_executors import assert_equal, compare, first_difference, small_place

from incentive_abm import agents
from incentive_abm.compiling.marks import is_rule
from incentive_abm.model import IntegrationModel
from incentive_abm.rules import relations
from tests.baseline import SWITCHES

QUARTERS = 16
EVENTFUL = {"mandate": 0.6, "effect": 3.0, "saving": 0.2, "exit_patience": 2, "turnover": 0.1, "reinvested": 0.5,
            "refusal": 0.4, "compact": "lead_provider", "compact_trust": 0.0, "listening": 0.8, "obligations_clarity": 0.6}
"""Everything is on, and finds something to act on."""


def nothing(*_: float) -> float:
    return 0.0


def whole(*_: float) -> float:
    return 1.0


def as_it_was(was: float, *_: float) -> float:
    return was


def policy_in_force(today: float, policy: float, practised: float) -> float:
    return policy


Rules = Mapping[str, Callable[..., float]]
WITHOUT: dict[str, Rules] = {
    "whole_way": {"way.way_factor": whole, "way.unjoined_worth": nothing},
    "word_travels": {"trust.word_heard": nothing},
    "policy_sustains": {"practice.practised_after": whole, "practice.practised_under_leader": whole,
                        "practice.in_force": policy_in_force},
    "skill_fading": {"leadership.not_forgotten": as_it_was},
    "attention": {"bargaining.attention_given": whole},
    "results_felt": {"feedback.drive": whole, "feedback.hastened": as_it_was, "feedback.strain_of_aspiration": nothing,
                     "feedback.ownership_by_results": as_it_was, "feedback.opposition_by_results": as_it_was},
    "reinvested": {"feedback.put_back": nothing, "feedback.practice_paid_for": as_it_was},
    "routine_inertia": {"feedback.unlearnt": whole},
    "compact": {"compacts.table_of": nothing, "compacts.consents": nothing, "compacts.forms": nothing,
                "compacts.held_in": as_it_was, "compacts.bound_after": nothing, "compacts.struck_by_end": nothing,
                "compacts.shaken": as_it_was, "compacts.scar_of_end": as_it_was, "compacts.scope_after_end": as_it_was,
                "compacts.decided_at": as_it_was, "compacts.at_one_table": as_it_was, "compacts.unclear_after": nothing,
                "compacts.cost_met": as_it_was, "compacts.risk_shared": nothing},
}
"""The model without a mechanism, by its switch: what stands in the place of its rules. That places differ is tested below."""


class Theme:
    """A theme of rules with others in the place of some."""

    def __init__(self, shipped: Any, instead: Rules) -> None:
        self._shipped, self._instead = shipped, instead

    def __getattr__(self, name: str) -> Any:
        return self._instead.get(name) or getattr(self._shipped, name)


def take_out(patch: pytest.MonkeyPatch, rules: Rules) -> None:
    """Partners go by these rules from now on; every one of them is one that partners go by."""
    used = set()
    for found in pkgutil.iter_modules(agents.__path__, f"{agents.__name__}."):
        module = importlib.import_module(found.name)
        for theme in {name.partition(".")[0] for name in rules}:
            shipped = vars(module).get(theme)
            if getattr(shipped, "__name__", "") != f"incentive_abm.rules.{theme}":
                continue
            instead = {name.partition(".")[2]: rule for name, rule in rules.items() if name.startswith(f"{theme}.")}
            used |= {f"{theme}.{name}" for name in instead if is_rule(getattr(shipped, name))}
            patch.setattr(module, theme, Theme(shipped, instead))
    assert used == rules.keys()


def after(settings: Mapping[str, Any], seed: int = 2) -> IntegrationModel:
    model = IntegrationModel(small_place(), seed=seed, quarters=QUARTERS, parameters=settings)
    for _ in range(QUARTERS):
        model.step()
    return model


def test_every_switch_is_held_here() -> None:
    assert {*WITHOUT, "place_spread"} == SWITCHES.keys()


@pytest.mark.parametrize("switch", WITHOUT)
def test_switched_off_is_not_there(switch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switched off, partners do bit for bit what they do under rules that do not have it; switched on, they do not."""
    on, off = after(EVENTFUL), after({**EVENTFUL, switch: SWITCHES[switch]})
    take_out(monkeypatch, WITHOUT[switch])
    without = after({**EVENTFUL, switch: SWITCHES[switch]})
    place = off.place
    found = first_difference(off.arrays(), without.arrays(), place, QUARTERS, "the last")
    assert found is None, f"{found} (the first number switched off, the second without it)"
    assert first_difference(on.arrays(), without.arrays(), place, QUARTERS, "the last") is not None


@pytest.mark.parametrize("switch", SWITCHES)
def test_switched_off_it_is_off_on_both_executors(switch: str) -> None:
    assert_equal(small_place(), quarters=8, parameters={**EVENTFUL, switch: SWITCHES[switch]})


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0, exclude_max=True))
def test_where_places_do_not_differ_what_they_start_with_is_what_was_set(value: float, u: float) -> None:
    assert relations.in_this_place(value, u, 0.0) == value


def test_with_everything_off_both_executors_agree() -> None:
    model = IntegrationModel(small_place(), seed=2, quarters=QUARTERS, parameters={**EVENTFUL, **SWITCHES})
    assert compare(model, QUARTERS) is None
