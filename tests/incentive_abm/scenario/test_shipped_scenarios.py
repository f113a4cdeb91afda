"""The scenarios that come with the package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import incentive_abm
from incentive_abm.place import Place
from incentive_abm.place.shipped import shipped_place
from incentive_abm.scenario import (
    EventKind,
    load_scenario,
    shipped_scenarios,
)
from incentive_abm.state.arrays import PARTNER_SETTING

from .conftest import read

SCENARIOS = Path(incentive_abm.__file__).parent / "scenarios"


class TestShipped:
    def test_there_are_those_that_were_promised(self) -> None:
        assert next(iter(shipped_scenarios())) == "today"
        assert set(shipped_scenarios()) >= {
            "today", "ten-lessons", "trust-alone", "money-first", "declared-from-above", "waiting-for-the-election",
            "always-bailed-out", "targets-everywhere", "relations-first", "integrators-in-charge", "unitingcare-like",
            "torbay-like", "canterbury-like", "reversal"}

    def test_today_changes_nothing(self) -> None:
        assert load_scenario("today").hash == read("").hash

    @pytest.mark.parametrize(("one", "other"), [("people-then-money", "money-then-people"),
                                                ("relations-then-structures", "structures-then-relations")])
    def test_a_comparison_of_orders_compares_nothing_but_the_order(self, one: str, other: str) -> None:
        first, second = load_scenario(one), load_scenario(other)
        (later,), (earlier,) = first.events, second.events
        assert later.quarter == earlier.quarter
        assert dict(first.parameters) == dict(earlier.parameters)
        assert dict(second.parameters) == dict(later.parameters)
        assert not set(dict(first.parameters)) & set(dict(second.parameters))

    @pytest.mark.parametrize("name", shipped_scenarios())
    def test_each_asks_a_room_a_question_and_fits_any_place(self, name: str, place: Place) -> None:
        scenario = load_scenario(name)
        assert scenario.question.endswith("?")
        assert scenario.about.endswith((".", ")"))
        assert scenario.source
        for somewhere in (place, shipped_place()):
            assert scenario.partner_settings(somewhere).shape == (len(somewhere), len(PARTNER_SETTING))
            for event in scenario.bound_events(somewhere):
                assert event.quarter < 60
                assert event.partners or event.ties or event.what in (EventKind.REVERSAL, EventKind.REORGANISATION)
        assert all(event.title for event in scenario.events)

    def test_no_two_are_the_same(self) -> None:
        hashes = [scenario.hash for scenario in shipped_scenarios().values()]
        assert len(set(hashes)) == len(hashes)

    @pytest.mark.parametrize("name", ["torbay-like", "unitingcare-like", "canterbury-like"])
    def test_one_after_a_real_case_says_what_it_stands_on_what_follows_and_what_is_left_out(self, name: str) -> None:
        comment = "\n".join(line for line in (SCENARIOS / f"{name}.toml").read_text("utf-8").splitlines() if line.startswith("#"))
        facts, _, rest = comment.partition("# What follows:")
        follows, _, left_out = rest.partition("# What is left out:")
        assert re.search(r"^# Facts.*:$", facts, re.MULTILINE)
        assert all(part.count("\n# - ") >= 3 for part in (facts, follows, left_out))
        assert re.search(r"\b20\d\d\b", facts)
        scenario = load_scenario(name)
        given = (scenario.parameters, *(event.parameters for event in scenario.events))
        assert set(re.findall(r"`(\w+)`", follows)) == {setting for values in given for setting, _ in values}

    def test_titles_name_conditions_or_ask(self) -> None:
        for scenario in shipped_scenarios().values():
            tells = re.search(r"\b(still|works?|fails?|holds?|lasts?|collapses?|succeeds?|undone)\b", scenario.title)
            assert scenario.title.endswith("?") or not tells
