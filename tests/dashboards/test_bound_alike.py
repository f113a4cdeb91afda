"""What a scenario comes to in a place is the same in the page's scripts and in Python, for whatever scenario can be written."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.page_data import page_data
from dashboards.questions import QUARTERS
from incentive_abm.browser.descriptors import descriptors, place_arrays
from incentive_abm.event_effects import REORGANISED, REVERSED
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import PARAMETERS, Parameter, Scope
from incentive_abm.place import shipped_place
from incentive_abm.regimes import thresholds
from incentive_abm.scenario import BoundEvent, Event, EventKind, Scenario
from incentive_abm.scenario.as_data import written

from .native.helping import in_force
from .native.plain_scenario import read_scenario

PLACE = shipped_place()
BOUND = Path(__file__).parent / "static" / "bound.mjs"
MOMENTS = (0, 7, 8, 30, QUARTERS - 1)
LEVERS = tuple(p.name for p in PARAMETERS.values() if p.scope in (Scope.PLACE, Scope.PARTNER))
FORCED = {EventKind.REVERSAL: REVERSED, EventKind.REORGANISATION: REORGANISED}
pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")

ids, kinds, shares = st.sampled_from(PLACE.partners.ids), st.sampled_from(Kind), st.floats(0.0, 1.0)
ends = st.sampled_from([(PLACE.partners.ids[a], PLACE.partners.ids[b])
                        for a, b in zip(PLACE.ties.a.tolist(), PLACE.ties.b.tolist(), strict=True)])


def value_of(p: Parameter) -> st.SearchStrategy[float]:
    if p.choices:
        return st.integers(0, len(p.choices) - 1).map(float)
    if p.whole:
        return st.integers(int(p.low), int(p.high)).map(float)
    return st.floats(p.low, p.high) | st.sampled_from((float(p.low), float(p.high), float(p.default)))


def values(*scopes: Scope, least: int = 0) -> st.SearchStrategy[tuple[tuple[str, float], ...]]:
    """Some settings of these scopes, in the table's order."""
    known = [p for p in PARAMETERS.values() if p.scope in scopes]
    some = st.lists(st.sampled_from(known), min_size=least, max_size=4, unique=True)
    return some.flatmap(lambda chosen: st.tuples(*(st.tuples(st.just(p.name), value_of(p)) for p in chosen))).map(
        lambda given: tuple(sorted(given, key=lambda each: list(PARAMETERS).index(each[0]))))


@st.composite
def events(draw: st.DrawFn) -> Event:
    what, quarter = draw(st.sampled_from(EventKind)), draw(st.integers(0, 70))
    title = draw(st.sampled_from(("", "a “title”", "é𝒳\n")))
    who: dict[str, Any] = draw(st.one_of(st.just({}), ids.map(lambda i: {"partner": i}), kinds.map(lambda k: {"kind": k})))
    if what is EventKind.SET:
        scopes = (Scope.PARTNER,) if who else (Scope.PLACE, Scope.PARTNER)
        return Event(quarter, what, title, parameters=draw(values(*scopes, least=1)), **who)
    if what is EventKind.LEADER:
        return Event(quarter, what, title, background=draw(st.sampled_from(Background)), skill=draw(shares),
                     **(who or {"kind": draw(kinds)}))
    if what in FORCED:
        return Event(quarter, what, title)
    between: dict[str, Any] = {"between": (draw(kinds), draw(kinds))}
    if draw(st.booleans()):
        between = dict(zip("ab", draw(ends.flatmap(st.permutations)), strict=True))
    return Event(quarter, what, title, **between, **({"scope": draw(shares)} if what is EventKind.BROKER else {}))


scenarios = st.builds(
    Scenario, st.just("own"), st.just("Own"), parameters=values(Scope.PLACE, Scope.PARTNER, Scope.START, Scope.RESULT),
    kinds=st.dictionaries(kinds, values(Scope.PARTNER, least=1), max_size=3).map(lambda each: tuple(sorted(each.items()))),
    partners=st.dictionaries(ids, values(Scope.PARTNER, least=1), max_size=3).map(lambda each: tuple(sorted(each.items()))),
    events=st.lists(events(), max_size=6).map(tuple))


@lru_cache(maxsize=1)
def given_to_scripts() -> dict[str, Any]:
    return {"descriptors": descriptors(), "arrays": place_arrays(PLACE), "data": {"parameters": page_data(PLACE)["parameters"]},
            "ends": {"a": PLACE.ties.a.tolist(), "b": PLACE.ties.b.tolist()}, "levers": LEVERS, "quarters": MOMENTS}


def by_scripts(asked: list[Scenario]) -> list[Any]:
    given = json.dumps({**given_to_scripts(), "scenarios": [written(each) for each in asked]})
    said = subprocess.run(["node", str(BOUND)], input=given, capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 0, said.stderr
    found: list[Any] = json.loads(said.stdout)
    return found


def calls_of(event: BoundEvent) -> set[tuple[Any, ...]]:
    """The entries of the compiled model that an event comes to."""
    if event.what is EventKind.SET:
        return {*(("event_sets_place", k, value) for k, value in event.place_updates),
                *(("event_sets_partner", i, k, value) for i in event.partners for k, value in event.partner_updates)}
    if event.what in FORCED:
        return {("event_forces", FORCED[event.what])}
    if event.what is EventKind.LEADER:
        return {("event_installs", i, int(event.background), event.skill) for i in event.partners}
    scope = (event.scope,) if event.what is EventKind.BROKER else ()
    return {("event_brokers" if scope else "event_breaks", tie, *scope) for tie in event.ties}


@settings(max_examples=25, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(st.lists(scenarios, min_size=1, max_size=12))
def test_any_scenario_comes_to_the_same_settings_events_and_hash(asked: list[Scenario]) -> None:
    for scenario, found in zip((read_scenario(written(each)) for each in asked), by_scripts(asked), strict=True):
        assert found["place"] == scenario.place_settings().tolist()
        assert found["start"] == scenario.start_settings().tolist()
        assert found["partner"] == scenario.partner_settings(PLACE).ravel().tolist()
        assert found["limits"] == list(astuple(thresholds(scenario.settings())))
        assert found["hash"] == scenario.hash
        bound = scenario.bound_events(PLACE)
        assert [event["quarter"] for event in found["events"]] == [event.quarter for event in bound]
        for theirs, event in zip(found["events"], bound, strict=True):
            assert {tuple(call) for call in theirs["calls"]} == calls_of(event)
        for quarter, held in zip(MOMENTS, found["held"], strict=True):
            assert held == [in_force(scenario, PARAMETERS[name], quarter) for name in LEVERS]
