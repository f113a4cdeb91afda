"""A deal brokered from outside binds where a compact of more than two can be made, and only there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from two_executors import compare, small_place

from incentive_abm.engine.quarter import play
from incentive_abm.event_effects import apply_events
from incentive_abm.kinds import Kind, Phase
from incentive_abm.model import IntegrationModel
from incentive_abm.scenario import Event, EventKind, Scenario, load_scenario
from incentive_abm.state.arrays import TIE, TIE_WIDTH, Arrays
from incentive_abm.state.start import start

AT = 4
UNWILLING = {"compact_lead": "gp", "compact_trust": 1.0, "trust_start": 0.3, "inclusion": 0.0, "exit_chance": 0.0}
"""GP networks hold the tables, charities have no seat, and nobody trusts enough to sign."""
FORMS = ["none", "alliance", "lead_provider", "mandated"]


def told(form: str, *between: tuple[Kind, Kind], **settings: Any) -> Scenario:
    """Nobody signs of their own accord; in one quarter all deals between these kinds are brokered."""
    quiet = load_scenario("today").with_overrides({**UNWILLING, "compact": form, **settings})
    return replace(quiet, events=tuple(Event(AT, EventKind.BROKER, between=pair, scope=0.6) for pair in between))


def bound_pairs(model: IntegrationModel) -> set[frozenset[Kind]]:
    """The kinds that compacts bind to each other."""
    return {frozenset(side.partner.kind for side in tie.sides) for tie in model.ties if tie.bound}


def after(scenario: Scenario, quarters: int = AT + 1) -> IntegrationModel:
    model = IntegrationModel(small_place(), scenario, seed=2, quarters=12)
    for _ in range(quarters):
        model.step()
    return model


WITH_COUNCIL, WITH_TRUST = (Kind.GP, Kind.COUNCIL), (Kind.GP, Kind.TRUST)
EVERY_SEAT = (WITH_COUNCIL, WITH_TRUST, (Kind.GP, Kind.GP))


def test_who_would_not_sign_is_bound_by_a_brokered_deal() -> None:
    assert bound_pairs(after(told("lead_provider"), 12)) == set()
    before, then, later = (after(told("lead_provider", *EVERY_SEAT), quarters) for quarters in (AT, AT + 1, 12))
    assert bound_pairs(before) == set()
    assert {frozenset(WITH_COUNCIL), frozenset(WITH_TRUST)} <= bound_pairs(then)
    assert bound_pairs(later) == bound_pairs(then), "what was brokered does not go on"


def test_an_alliance_begins_only_where_every_seat_was_brokered() -> None:
    assert bound_pairs(after(told("alliance", *EVERY_SEAT))) != set()
    assert bound_pairs(after(told("alliance", WITH_COUNCIL))) == set()


def test_what_was_brokered_counts_in_its_quarter_only() -> None:
    """Where compacts come in later, an earlier deal brings nobody to sign."""
    early = told("none", *EVERY_SEAT)
    later = replace(early, events=(*early.events, Event(AT + 1, EventKind.SET, parameters=(("compact", 2.0),))))
    model = after(later, 12)
    assert model.place_state.settings.compact == 2.0
    assert bound_pairs(model) == set()
    assert all(tie.brokered == 0.0 for tie in model.ties)


@pytest.mark.parametrize("form", FORMS)
def test_a_brokered_deal_is_the_same_on_both_executors(form: str) -> None:
    found = compare(IntegrationModel(small_place(), told(form, *EVERY_SEAT), seed=2, quarters=12), 12)
    assert found is None, str(found)


def played(form: str, marked: bool) -> Arrays:
    """The engine's state after the event, with the mark that it leaves on ties or with that wiped off."""
    place, scenario = small_place(), told(form, *EVERY_SEAT)
    s, events = start(place, [scenario], [2]), scenario.bound_events(place)
    for quarter in range(AT + 4):
        apply_events(s, 0, [event for event in events if event.quarter == quarter])
        marks = s.tie.reshape(-1, TIE_WIDTH)[:, TIE["brokered"]]
        assert marks.any() == (quarter == AT)
        if not marked:
            marks[:] = 0.0
        for phase in Phase:
            play(phase, s, quarter)
    return s


@pytest.mark.parametrize("form", FORMS)
def test_beyond_the_deal_itself_it_changes_something_only_where_compacts_can_be_made(form: str) -> None:
    marked, wiped = played(form, marked=True), played(form, marked=False)
    same = np.array_equal(marked.tie, wiped.tie) and np.array_equal(marked.partner, wiped.partner)
    assert same == (form == "none")
