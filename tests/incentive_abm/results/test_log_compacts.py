"""The log of runs in which compacts of more than two begin and end, and what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from incentive_abm.engine.run import Batch, Job, Record, Recorded
from incentive_abm.log.declared import NOBODY
from incentive_abm.measures import Measure
from incentive_abm.place import Place, generate_place
from incentive_abm.results import Log, Outcome, What, gather
from incentive_abm.results.arrow_tables import events_table
from incentive_abm.results.stories import run_story, sentence_of
from incentive_abm.scenario import Event, EventKind, Scenario, load_scenario
from incentive_abm.state.pictures import PARTNER_PICTURE
from tests.baseline import SWITCHES

FRAGILE = {**SWITCHES, "compact_trust": 0.0, "effect": 3.0, "exit_patience": 1, "exit_chance": 0.8, "inclusion": 1.0}
QUARTERS = 32


@dataclass(frozen=True)
class Logged:
    """Runs of a place in which compacts do not last, with their log."""

    place: Place
    recorded: Recorded
    log: Log

    def rows(self, what: What, outcome: Outcome | None = None) -> list[int]:
        chosen = self.log.what == what
        return np.flatnonzero(chosen if outcome is None else chosen & (self.log.outcome == outcome)).tolist()

    def pictured(self, name: str) -> np.ndarray:
        """A field of every partner by run and quarter."""
        assert self.recorded.partners is not None
        return self.recorded.partners[..., PARTNER_PICTURE.index(name)]


def logged(*scenarios: Scenario) -> Logged:
    place = generate_place(5, trusts=2, councils=2, gps=4, voluntary=4)
    batch = Batch.begin(place, [Job(scenario, seed) for scenario in scenarios for seed in range(1, 6)])
    recorded = batch.advance(QUARTERS, Record.EVENTS)
    return Logged(place, recorded, gather(place, recorded))


def scenario(form: str, *events: Event) -> Scenario:
    base = load_scenario("today").with_overrides({**FRAGILE, "compact": form})
    return Scenario(base.name, base.title, parameters=base.parameters, events=events)


@pytest.fixture(scope="module")
def runs() -> Logged:
    return logged(scenario("alliance"), scenario("lead_provider"),
                  scenario("mandated", Event(10, EventKind.SET, parameters=(("compact", 0.0),))))


@pytest.mark.parametrize(("what", "measure"), [(What.COMPACT_BEGUN, Measure.COMPACTS_BEGUN),
                                               (What.COMPACT_ENDED, Measure.COMPACTS_ENDED)])
def test_compacts_begin_and_end_as_often_as_was_measured(runs: Logged, what: What, measure: Measure) -> None:
    assert runs.recorded.measures is not None
    counted = np.zeros(runs.recorded.measures.shape[:2])
    rows = runs.rows(what)
    np.add.at(counted, (runs.log.run[rows], runs.log.quarter[rows] - 1), 1)
    assert counted.sum() > 10
    assert np.array_equal(counted, runs.recorded.measures[:, :, measure])


def test_who_begins_one_holds_it_and_at_least_two_are_in_it(runs: Logged) -> None:
    hosts = runs.pictured("hosts")
    log = runs.log
    for k in runs.rows(What.COMPACT_BEGUN):
        assert hosts[log.run[k], log.quarter[k] - 1, log.partner[k]] == 1.0
        assert log.members[k] >= 2
        assert log.other[k] == NOBODY


def test_an_end_follows_a_beginning_by_as_many_quarters_as_it_says(runs: Logged) -> None:
    log = runs.log
    begun = {(int(log.run[k]), int(log.partner[k]), int(log.quarter[k])) for k in runs.rows(What.COMPACT_BEGUN)}
    for k in runs.rows(What.COMPACT_ENDED):
        assert (log.run[k], log.partner[k], log.quarter[k] - log.quarters[k]) in begun
        assert log.quarters[k] > 0


def test_who_is_said_to_have_left_walked_out_of_it_in_that_quarter(runs: Logged) -> None:
    log = runs.log
    walks = {(int(log.run[k]), int(log.quarter[k]), int(log.partner[k]), int(log.other[k])) for k in runs.rows(What.WALK_OUT)}
    left = runs.rows(What.COMPACT_ENDED, Outcome.WALKED_OUT)
    assert left
    for k in left:
        assert (log.run[k], log.quarter[k], log.other[k], log.partner[k]) in walks
    by_holder = [k for k in runs.rows(What.COMPACT_ENDED, Outcome.GIVEN_UP) if log.other[k] >= 0]
    assert by_holder
    for k in by_holder:
        assert (log.run[k], log.quarter[k], log.partner[k], log.other[k]) in walks


def test_a_holder_gives_up_what_it_has_lost_by(runs: Logged) -> None:
    gave_up = runs.pictured("gave_up")
    log = runs.log
    whole = [k for k in runs.rows(What.COMPACT_ENDED, Outcome.GIVEN_UP) if log.other[k] < 0]
    assert len(whole) == int(gave_up.sum()) > 0
    for k in whole:
        assert gave_up[log.run[k], log.quarter[k] - 1, log.partner[k]] == 1.0


def test_boards_that_are_set_aside_end_from_outside(runs: Logged) -> None:
    broken = runs.rows(What.COMPACT_ENDED, Outcome.BROKEN_OFF)
    assert broken
    assert set(runs.log.quarter[broken].tolist()) == {11}
    assert (runs.log.run[broken] >= 10).all()


@pytest.mark.parametrize(("outcome", "because"), [
    (Outcome.WALKED_OUT, " has left."), (Outcome.GIVEN_UP, "gives it up, having lost "), (Outcome.BROKEN_OFF, " are set aside."),
])
def test_an_end_is_told_with_who_held_it_how_many_were_in_it_and_why(runs: Logged, outcome: Outcome, because: str) -> None:
    for k in runs.rows(What.COMPACT_ENDED, outcome):
        said = sentence_of(runs.log, k, runs.place)
        assert said.quarter == runs.log.quarter[k]
        assert f"The contract that {runs.place.labels[runs.log.partner[k]]} held" in said.text
        assert f"with {runs.log.members[k]} partner" in said.text
        assert because in said.text
        if runs.log.other[k] >= 0:
            assert runs.place.labels[runs.log.other[k]] in said.text


def test_a_beginning_is_told_with_who_holds_it_and_how_many_signed(runs: Logged) -> None:
    k = runs.rows(What.COMPACT_BEGUN)[0]
    assert sentence_of(runs.log, k, runs.place).text == (
        f"A contract of more than two begins: {runs.place.labels[runs.log.partner[k]]} holds it, "
        f"with {runs.log.members[k]} partners in it.")


def test_a_runs_story_tells_of_its_compacts(runs: Logged) -> None:
    one = runs.log.only(runs.log.run == runs.log.run[runs.rows(What.COMPACT_ENDED)[0]])
    told = " ".join(sentence.text for sentence in run_story(one, runs.place))
    assert "A contract of more than two begins" in told
    assert "is over for all after" in told


def test_the_table_names_what_happened_and_how_many_were_in_it(runs: Logged) -> None:
    table: Any = events_table(runs.place, runs.log).to_pandas()
    ended = table[table.event == "compact_ended"]
    assert len(ended) == len(runs.rows(What.COMPACT_ENDED))
    assert set(ended.outcome.astype(str)) <= {"walked_out", "given_up", "too_few", "broken_off"}
    assert (table[table.event == "compact_begun"].members >= 2).all()
    assert table[~table.event.isin(["compact_begun", "compact_ended"])].members.isna().all()
