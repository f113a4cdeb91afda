"""The scenarios that come with the package."""

from __future__ import annotations

import pytest

from incentive_abm.parameters import PartnerSetting
from incentive_abm.place import Place
from incentive_abm.place.shipped import shipped_place
from incentive_abm.scenario import (
    EventKind,
    load_scenario,
    shipped_scenarios,
)

from .conftest import read


class TestShipped:
    def test_there_are_those_that_were_promised(self) -> None:
        assert next(iter(shipped_scenarios())) == "today"
        assert set(shipped_scenarios()) >= {
            "today", "ten-lessons", "trust-alone", "money-first", "declared-from-above", "waiting-for-the-election",
            "always-bailed-out", "targets-everywhere", "relations-first", "integrators-in-charge", "unitingcare-like",
            "torbay-like", "canterbury-like", "reversal"}

    def test_today_changes_nothing(self) -> None:
        assert load_scenario("today").hash == read("").hash

    @pytest.mark.parametrize("name", shipped_scenarios())
    def test_each_asks_a_room_a_question_and_fits_any_place(self, name: str, place: Place) -> None:
        scenario = load_scenario(name)
        assert scenario.question.endswith("?")
        assert scenario.about.endswith((".", ")"))
        assert scenario.source
        for somewhere in (place, shipped_place()):
            assert scenario.partner_settings(somewhere).shape == (len(somewhere), len(PartnerSetting))
            for event in scenario.bound_events(somewhere):
                assert event.quarter < 60
                assert event.partners or event.ties or event.what in (EventKind.REVERSAL, EventKind.REORGANISATION)
        assert all(event.title for event in scenario.events)

    def test_no_two_are_the_same(self) -> None:
        hashes = [scenario.hash for scenario in shipped_scenarios().values()]
        assert len(set(hashes)) == len(hashes)
