"""Whatever a scenario says, it reads back from the file that it is written to."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import PARAMETERS, Scope
from incentive_abm.scenario import (
    Event,
    EventKind,
    Scenario,
    scenario_from_text,
)

from .conftest import values_of


def pairs(values: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((name, values[name]) for name in PARAMETERS if name in values)


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.strip).filter(bool)
shares = st.floats(0.0, 1.0)
quarters = st.integers(0, 80)
events = st.one_of(
    st.builds(Event, quarter=quarters, title=words,
              what=st.sampled_from([EventKind.REVERSAL, EventKind.REORGANISATION])),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.SET), kind=st.sampled_from(Kind),
              parameters=values_of(Scope.PARTNER).filter(bool).map(pairs)),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.SET),
              parameters=values_of(Scope.PARTNER, Scope.PLACE).filter(bool).map(pairs)),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.LEADER), partner=words, skill=shares,
              background=st.sampled_from(Background)),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.BROKER), scope=shares,
              between=st.tuples(st.sampled_from(Kind), st.sampled_from(Kind))),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.BREAK), a=words.map("a".__add__),
              b=words.map("b".__add__)),
)
narrowed = values_of(Scope.PARTNER).filter(bool).map(pairs)
scenarios = st.builds(
    Scenario, name=st.just("made"), title=words, question=words, about=words, source=words,
    parameters=values_of(Scope.PLACE, Scope.PARTNER, Scope.START, Scope.RESULT).map(pairs),
    kinds=st.dictionaries(st.sampled_from(Kind), narrowed).map(lambda d: tuple(sorted(d.items()))),
    partners=st.dictionaries(words, narrowed, max_size=2).map(lambda d: tuple(sorted(d.items()))),
    events=st.lists(events, max_size=3).map(tuple),
)


@settings(max_examples=150)
@given(scenarios)
def test_a_scenario_written_out_reads_back(scenario: Scenario) -> None:
    again = scenario_from_text(scenario.to_toml(), "made")
    assert again == scenario
    assert again.hash == scenario.hash
