"""Events and partners' settings on a place: who and which ties are meant, and what the place does not have."""

from __future__ import annotations

import pytest

from incentive_abm.errors import ScenarioError
from incentive_abm.kinds import Background
from incentive_abm.place import Place
from incentive_abm.state.arrays import PARTNER_SETTING, PLACE_SETTING

from .conftest import read


class TestEvents:
    def test_settings_change_for_the_place_and_for_partners(self, place: Place) -> None:
        law, own, kind = read("""
            [[events]]
            quarter = 8
            what = "set"
            title = "A law"
            parameters = { mandate = 0.5, payment_reform = 0.9 }
            [[events]]
            quarter = 9
            what = "set"
            partner = "AGE"
            parameters = { listening = 1 }
            [[events]]
            quarter = 10
            what = "set"
            kind = "gp"
            parameters = { turnover = 0.2 }
        """).bound_events(place)
        assert law.title == "A law"
        assert law.place_updates == ((PLACE_SETTING["mandate"], 0.5),)
        assert law.partner_updates == ((PARTNER_SETTING["payment_reform"], 0.9),)
        assert law.partners == (0, 1, 2, 3)
        assert own.partners == (place.partner("AGE"),)
        assert own.place_updates == ()
        assert kind.partners == (place.partner("PCN1"),)

    def test_a_partner_or_a_kind_gets_a_leader(self, place: Place) -> None:
        one, trusts = read("""
            [[events]]
            quarter = 12
            what = "leader"
            partner = "LBX"
            background = "integrator"
            skill = 0.8
            [[events]]
            quarter = 12
            what = "leader"
            kind = "trust"
            background = "hospital"
            skill = 0
        """).bound_events(place)
        assert (one.partners, one.background, one.skill) == ((place.partner("LBX"),), Background.INTEGRATOR, 0.8)
        assert (trusts.partners, trusts.background, trusts.skill) == ((place.partner("RF4"),), Background.HOSPITAL, 0.0)
        assert one.title == "a new leader"

    def test_an_agreement_is_broken_or_brokered(self, place: Place) -> None:
        broken, brokered, many = read("""
            [[events]]
            quarter = 5
            what = "break"
            a = "LBX"
            b = "RF4"
            [[events]]
            quarter = 6
            what = "broker"
            a = "AGE"
            b = "LBX"
            scope = 0.3
            [[events]]
            quarter = 7
            what = "broker"
            between = ["gp", "trust"]
            scope = 1
        """).bound_events(place)
        assert broken.ties == (place.tie("RF4", "LBX"),)
        assert (brokered.ties, brokered.scope) == ((place.tie("LBX", "AGE"),), 0.3)
        assert (many.ties, many.scope) == ((place.tie("PCN1", "RF4"),), 1.0)

    def test_they_come_by_quarter_and_else_as_written(self, place: Place) -> None:
        bound = read("""
            events = [{ quarter = 9, what = "reversal", title = "b" }, { quarter = 2, what = "reorganisation" },
                      { quarter = 9, what = "reorganisation", title = "a" }]
        """).bound_events(place)
        assert [(event.quarter, event.title) for event in bound] == [
            (2, "a reorganisation from above"), (9, "b"), (9, "a")]


@pytest.mark.parametrize(("text", "told"), [
    ('[partners."RF5"]\nbailout = 1', r"scenario try: \[partners.'RF5'\]: .*no partner with id 'RF5' \(did.*RF4\?\)"),
    ('[[events]]\nquarter = 4\nwhat = "leader"\npartner = "LBZ"\nbackground = "hospital"\nskill = 1',
     r"event 1 \(quarter 4\): .*no partner with id 'LBZ' \(did you mean LBX\?\)"),
    ('[[events]]\nquarter = 4\nwhat = "break"\na = "RF4"\nb = "PCN2"', r"no partner with id 'PCN2' \(did.*PCN1\?\)"),
    ('[[events]]\nquarter = 4\nwhat = "break"\na = "RF4"\nb = "AGE"', "no tie between"),
])
def test_what_the_place_does_not_have_is_told_in_words(place: Place, text: str, told: str) -> None:
    scenario = read(text)
    bind = scenario.bound_events if scenario.events else scenario.partner_settings
    with pytest.raises(ScenarioError, match=told):
        bind(place)


def test_every_partner_that_a_place_has_not_is_told_at_once(place: Place) -> None:
    written = read("""
        [partners.AGF]
        listening = 1
        [partners.nobody]
        listening = 1
        [[events]]
        quarter = 8
        what = "leader"
        partner = "PCN2"
        background = "own_sector"
        skill = 0.5
        [[events]]
        quarter = 9
        what = "break"
        a = "one"
        b = "two"
    """)
    with pytest.raises(ScenarioError, match="2 faults") as settings:
        written.partner_settings(place)
    assert ["'AGF'" in str(settings.value), "'nobody'" in str(settings.value)] == [True, True]
    with pytest.raises(ScenarioError, match="3 faults") as events:
        written.bound_events(place)
    for named in ("PCN2", "one", "two"):
        assert f"has no partner with id {named!r}" in str(events.value)
