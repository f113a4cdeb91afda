"""What the page is told about a run agrees with the engine: numbers, moments, reasons, worlds, what would help."""

from __future__ import annotations

import base64
import csv
import io
from typing import Any

import networkx
import numpy as np
import pytest

from dashboards.drawn_columns import PARTNER_COLUMNS, TIE_COLUMNS, TRUST
from dashboards.questions import QUARTERS
from incentive_abm.engine.run import Batch, Job, Record
from incentive_abm.kinds import Background, Regime
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, parameter
from incentive_abm.place import shipped_place
from incentive_abm.rules.politics import quarters_to_election
from incentive_abm.scenario import Event, EventKind, Scenario, load_scenario
from incentive_abm.scenario.binding import bind_events
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

from .native.drawn import drawn, quantised
from .native.helping import changes, in_force, what_would_help
from .native.runs import record, result_hash
from .told import answers, request, told_by_the_page

PLACE = shipped_place()


def shown(scenario: Scenario, seed: int) -> dict[str, Any]:
    """A run as the page holds it: header, measures, and columns of bytes."""
    (found,) = answers([{"what": "drawn", "request": request(scenario, seed)}])
    for what in ("partner", "tie"):
        found[what] = {name: np.frombuffer(base64.b64decode(packed), np.uint8).reshape(QUARTERS, -1)
                       for name, packed in found[what].items()}
    return dict(found)


@pytest.mark.parametrize("preset", ["today", "torbay-like"])
def test_the_page_draws_what_the_engine_recorded(preset: str) -> None:
    scenario = load_scenario(preset)
    found, recorded = shown(scenario, 3), record(PLACE, scenario, 3)
    assert recorded.measures is not None
    assert recorded.partners is not None
    assert recorded.ties is not None
    assert np.array_equal(np.array(found["measures"], np.float32).reshape(QUARTERS, -1), recorded.measures[0].astype(np.float32))
    expected = drawn(PLACE, scenario, 3)
    for what in ("partner", "tie"):
        assert set(found[what]) == set(expected[what])
        for name, column in expected[what].items():
            assert np.array_equal(found[what][name], column), name
    for names, kept, what, columns in ((PARTNER_PICTURE, recorded.partners, "partner", PARTNER_COLUMNS),
                                       (TIE_PICTURE, recorded.ties, "tie", TIE_COLUMNS)):
        for name, (low, high) in columns.items():
            if name not in TRUST:
                exact = np.clip(kept[0][:, :, names.index(name)], low, high)
                seen = low + found[what][name].astype(float) * (high - low) / 255
                assert np.abs(seen - exact).max() <= (high - low) / 510 * 1.001
    assert found["header"]["result"] == result_hash(recorded) == result_hash(record(PLACE, scenario, 3, kept=Record.PICTURES))
    assert found["header"]["regime"] == Regime(int(recorded.endings.regime[0])).code


def test_whole_numbers_are_kept_as_they_are() -> None:
    assert quantised(np.array([0, 1, 12, 255, 900]), 0, 255).tolist() == [0, 1, 12, 255, 255]


def test_moments_are_those_of_the_record() -> None:
    scenario = load_scenario("torbay-like")
    recorded = record(PLACE, scenario, 5)
    assert recorded.measures is not None
    (header,) = told_by_the_page(PLACE, [(scenario, 5)])
    found = header["moments"]
    assert [m["quarter"] for m in found] == sorted(m["quarter"] for m in found)
    for q in range(QUARTERS):
        counts = {m["what"]: m["count"] for m in found if m["quarter"] == q}
        row = recorded.measures[0, q]
        assert counts.get("walkout", 0) == row[Measure.WALK_OUTS]
        assert counts.get("leader", 0) == row[Measure.NEW_LEADERS]
        assert counts.get("bailout", 0) == row[Measure.BAILED_OUT]
        assert counts.get("compact_begun", 0) == row[Measure.COMPACTS_BEGUN]
        assert counts.get("compact_over", 0) == row[Measure.COMPACTS_ENDED]
        assert ("reorganisation" in counts) == bool(row[Measure.REORGANISATION])
        assert ("election" in counts) == (quarters_to_election(float(q), scenario.settings()["election_phase"]) == 0.0)
    said = {m["said"] for m in found if m["what"] == "event"}
    assert said == {f"{event.said}." for event in scenario.events}


EVENTS = (
    Event(21, EventKind.SET, parameters=(("bailout", 0.0), ("listening", 0.9))),
    Event(21, EventKind.LEADER, partner=PLACE.partners.ids[3], background=Background.INTEGRATOR, skill=0.9),
    Event(21, EventKind.BREAK, a=PLACE.partners.ids[PLACE.ties.a[40]], b=PLACE.partners.ids[PLACE.ties.b[40]]),
    Event(21, EventKind.BROKER, a=PLACE.partners.ids[PLACE.ties.a[7]], b=PLACE.partners.ids[PLACE.ties.b[7]], scope=0.6),
)


def test_a_change_from_now_on_equals_a_branch_of_the_run_bit_for_bit() -> None:
    """The page appends timed events and asks for the whole run again; this is the same as continuing from that quarter."""
    base = load_scenario("trust-alone")
    whole = Scenario(**{**{f: getattr(base, f) for f in base.__dataclass_fields__}, "events": (*base.events, *EVENTS)})
    batch = Batch.begin(PLACE, [Job(base, 9)])
    first = batch.advance(21, Record.PICTURES)
    bound = bind_events(EVENTS, PLACE)
    rest = batch.branch(0, [bound])[0].advance(QUARTERS - 21, Record.PICTURES)
    again = record(PLACE, whole, 9, kept=Record.PICTURES)
    for name in ("measures", "partners", "ties"):
        parts = [getattr(first, name)[0], getattr(rest, name)[0]]
        assert np.array_equal(np.concatenate(parts), getattr(again, name)[0])


def test_who_works_as_one_is_shown_exactly() -> None:
    """The largest group that the page can draw is the one that the model counts, in every quarter."""
    scenario = load_scenario("relations-first")
    recorded = record(PLACE, scenario, 3)
    assert recorded.measures is not None
    joined_up = shown(scenario, 3)["tie"]["joined"]
    for q in range(QUARTERS):
        joined = joined_up[q] > 0
        pairs = zip(PLACE.ties.a[joined].tolist(), PLACE.ties.b[joined].tolist(), strict=True)
        graph: networkx.Graph[int] = networkx.Graph(pairs)
        assert max(map(len, networkx.connected_components(graph)), default=0) == recorded.measures[0, q, Measure.LARGEST_GROUP]


def test_what_would_help_is_ranked_and_each_gain_is_had_again_by_hand() -> None:
    *_, answer = what_would_help(PLACE, load_scenario("today"), 1, 40)
    rows = answer["rows"]
    assert [r["gain"] for r in rows] == sorted((r["gain"] for r in rows), reverse=True)
    assert all(r["low"] <= r["gain"] <= r["high"] for r in rows)
    best = rows[0]
    base = load_scenario("today")
    start = Batch.begin(PLACE, [Job(base, 1)])
    start.advance(40)
    event = Event(40, EventKind.SET, parameters=((best["name"], parameter(best["name"]).read(best["value"])),))
    seeds = [1, *range(1_000_001, 1_000_016)]
    ends = [start.branch(0, [events] * 16)[0].reseeded(seeds).advance(20, Record.ENDINGS).last[:, Measure.INTEGRATION]
            for events in ((), bind_events((event,), PLACE))]
    assert best["gain"] == pytest.approx(float(np.median(ends[1] - ends[0])), abs=1e-5)


def test_every_lever_that_may_change_is_tried() -> None:
    tried = changes(load_scenario("today"), 10)
    names = {c.parameter.name for c in tried}
    assert names == {p.name for p in PARAMETERS.values() if p.role.value == "lever" and p.scope.value in ("place", "partner")}
    for change in tried:
        assert change.parameter.low <= change.value <= change.parameter.high
        assert change.value != change.was


def test_a_lever_is_moved_from_where_it_stands_then() -> None:
    scenario = load_scenario("money-first")
    assert in_force(scenario, parameter("payment_reform"), 7) == 0.6
    assert in_force(scenario, parameter("payment_reform"), 8) == 0.9


def test_the_numbers_taken_away_are_exact() -> None:
    (text,) = answers([{"what": "numbers", "sides": [request(load_scenario(name), 4) for name in ("ten-lessons", "today")]}])
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in text.split("\n") if not line.startswith("#")))))
    for name, preset in (("A", "ten-lessons"), ("B", "today")):
        recorded = record(PLACE, load_scenario(preset), 4)
        assert recorded.measures is not None
        mine = [row for row in rows if row["side"] == name]
        assert [int(row["quarter"]) for row in mine] == list(range(1, QUARTERS + 1))
        for quarter, row in enumerate(mine):
            assert [float(row[m.code]) for m in Measure] == recorded.measures[0, quarter].tolist()
        assert f"# result {name} {result_hash(recorded)}" in text
    assert "# An exploration, not a forecast." in text
