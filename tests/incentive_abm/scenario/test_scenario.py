"""Scenarios: what differs from the defaults, and for whom."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given

from incentive_abm.errors import ScenarioError
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS, Scope, names
from incentive_abm.place import Place
from incentive_abm.scenario import (
    Event,
    EventKind,
    Scenario,
    load_scenario,
    scenario_from_text,
    shipped_scenarios,
)
from incentive_abm.state.arrays import PARTNER_SETTING, PLACE_SETTING, START_SETTING

from .conftest import of, read, values_of


class TestSettings:
    def test_what_is_not_named_keeps_its_default(self, place: Place) -> None:
        plain = read("")
        assert plain.settings() == {n: p.default for n, p in PARAMETERS.items()
                                    if p.scope in (Scope.PLACE, Scope.START, Scope.RESULT)}
        assert plain.place_settings().tolist() == [PARAMETERS[n].default for n in names(Scope.PLACE)]
        assert plain.start_settings().shape == (len(START_SETTING),)
        everyone = plain.partner_settings(place)
        assert everyone.shape == (4, len(PARTNER_SETTING))
        assert (everyone == [PARAMETERS[n].default for n in names(Scope.PARTNER)]).all()

    def test_the_narrower_wins(self, place: Place) -> None:
        scenario = read("""
            [parameters]
            listening = 0.5
            mandate = 0.4
            [kinds.trust]
            listening = 0.2
            [partners.RF4]
            listening = 0.9
            [kinds.council]
            bailout = 0.1
        """)
        assert of(place, scenario, "PCN1", "listening") == 0.5
        assert of(place, scenario, "RF4", "listening") == 0.9
        assert of(place, scenario, "LBX", "bailout") == 0.1
        assert of(place, scenario, "RF4", "bailout") == PARAMETERS["bailout"].default
        assert scenario.place_settings()[PLACE_SETTING["mandate"]] == 0.4
        assert scenario.settings()["mandate"] == 0.4

    def test_a_value_set_from_outside_holds_for_everyone(self, place: Place) -> None:
        scenario = load_scenario("always-bailed-out")
        assert of(place, scenario, "RF4", "bailout") == 1.0
        changed = scenario.with_overrides({"bailout": 0})
        assert of(place, changed, "RF4", "bailout") == 0.0
        assert changed.title == scenario.title
        assert dict(changed.kinds)[Kind.TRUST], "what was not overridden stays"

    def test_a_choice_is_set_by_its_word(self) -> None:
        assert read("").with_overrides({"protocol": "nash"}).settings()["protocol"] == 1.0

    def test_the_same_values_have_the_same_hash_whatever_they_are_called(self) -> None:
        one = read("[parameters]\nbailout = 0.25")
        other = scenario_from_text('title = "Else"\nquestion = "Why?"\n[parameters]\nbailout = 0.25', "else")
        assert one.hash == other.hash
        assert one.hash == read("").with_overrides({"bailout": 0.25}).hash
        assert one.hash != read("").hash
        assert read(f"[parameters]\nbailout = {PARAMETERS['bailout'].default}").hash == read("").hash

    def test_a_scenario_travels_between_processes(self) -> None:
        for scenario in shipped_scenarios().values():
            assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_an_event_made_in_code_is_checked_as_one_in_a_file() -> None:
    with pytest.raises(ScenarioError, match="quarter is -2; expected 0 or later"):
        Event(quarter=-2, what=EventKind.REVERSAL)
    with pytest.raises(ScenarioError, match="scope has no meaning for 'break'"):
        Event(quarter=1, what=EventKind.BREAK, a="A", b="B", scope=0.5)
    with pytest.raises(ScenarioError, match="protocol is 0.5; expected a whole number"):
        Scenario(name="x", title="X", parameters=(("protocol", 0.5),))


@given(values_of(Scope.PLACE, Scope.PARTNER, Scope.START))
def test_settings_say_what_was_set(place: Place, values: dict[str, float]) -> None:
    scenario = read("").overlaid(values)
    told = dict(zip(names(Scope.PLACE), scenario.place_settings(), strict=True))
    told |= dict(zip(names(Scope.START), scenario.start_settings(), strict=True))
    told |= dict(zip(names(Scope.PARTNER), scenario.partner_settings(place)[0], strict=True))
    assert all(told[name] == values.get(name, PARAMETERS[name].default) for name in told)
    assert np.ptp(scenario.partner_settings(place), axis=0).max() == 0.0
