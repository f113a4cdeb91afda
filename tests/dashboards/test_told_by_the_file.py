"""The page says what the native engine says, to the byte: why with its rows, log, numbers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.questions import QUARTERS
from incentive_abm.kinds import Background, Kind
from incentive_abm.log.declared import MEASURED, WHOLE, WORDS, Log, Outcome, What
from incentive_abm.place import load_place, shipped_place
from incentive_abm.results.log_gathering import gather
from incentive_abm.results.stories import sentence_of
from incentive_abm.scenario import Event, EventKind, Scenario, load_scenario, shipped_scenarios
from incentive_abm.scenario.as_data import written
from incentive_abm.words import messages, places_of
from incentive_abm.words.numbers import number_forms, told_number
from tests.baseline import SWITCHES
from tools.model_words import TOLD

from .native.plain_scenario import read_scenario
from .native.reasons import why
from .native.runs import record
from .native.taken_away import event_log, numbers
from .told import answers, request

PLACE = shipped_place()
LONDON = Path(__file__).parents[3] / "shared" / "data" / "north-east-london"
MOMENTS = (1, 9, 25, 41, 60)
SEEDS = (1, 2, 2**53 - 1)
pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


def with_everything() -> Scenario:
    """Events of every sort, narrowed settings, compacts that do not last: a run in which everything happens."""
    one, other = (PLACE.partners.ids[int(ends[0])] for ends in (PLACE.ties.a, PLACE.ties.b))
    base = load_scenario("today").with_overrides({
        **SWITCHES, "compact": "lead_provider", "compact_trust": 0.0, "effect": 3.0, "exit_patience": 1, "exit_chance": 0.8,
        "inclusion": 1.0})
    events = (
        Event(20, EventKind.BROKER, "ünder “one” roof, 𝒳", between=(Kind.TRUST, Kind.GP), scope=0.6),
        Event(3, EventKind.SET, "as \"before\"", parameters=(("listening", 0.9), ("bailout", 0.1), ("reversal_chance", 0.9))),
        Event(8, EventKind.LEADER, partner=one, background=Background.INTEGRATOR, skill=0.9),
        Event(9, EventKind.LEADER, kind=Kind.GP, background=Background.HOSPITAL, skill=0.2),
        Event(12, EventKind.REVERSAL), Event(14, EventKind.REORGANISATION, "as \"before\""),
        Event(30, EventKind.BREAK, a=other, b=one), Event(40, EventKind.SET, parameters=(("compact", 0.0),)))
    return Scenario("all", "All, with “quotes”", parameters=base.parameters, kinds=((Kind.COUNCIL, (("listening", 0.8),)),),
                    partners=((one, (("listening", 0.1),)),), events=events)


def scenarios() -> Iterator[Scenario]:
    yield from shipped_scenarios().values()
    yield with_everything()


def test_reasons_their_sentences_and_their_rows_are_the_native_engines() -> None:
    wanted = [(scenario, seed, quarter) for scenario in scenarios() for seed in SEEDS for quarter in MOMENTS]
    found = answers([{"what": "why", "request": request(*each[:2]), "quarter": each[2]} for each in wanted])
    recorded = {(scenario.name, seed): record(PLACE, scenario, seed) for scenario in scenarios() for seed in SEEDS}
    told: set[str] = set()
    for (scenario, seed, quarter), answer in zip(wanted, found, strict=True):
        expected = why(PLACE, recorded[scenario.name, seed], quarter)
        assert answer["found"] == json.loads(json.dumps(expected)), (scenario.name, seed, quarter)
        told |= {sentence["rows"][0]["facts"]["event"] for reason in expected["reasons"] for sentence in reason["sentences"]}
    assert told == {"talk", "offer", "walk_out", "broken_promise"}
    assert sorted(answer["took"] for answer in found)[len(found) // 2] < 150


def test_the_event_log_and_the_numbers_have_the_native_engines_bytes() -> None:
    every = list(scenarios())
    asked, expected = [], []
    for k, scenario in enumerate(every):
        pair = {"A": (scenario, SEEDS[k % len(SEEDS)]), **({"B": (every[k - 1], 3)} if k % 2 else {})}
        sides = {name: (read_scenario(written(each)), seed) for name, (each, seed) in pair.items()}
        written_out = [request(*each) for each in pair.values()]
        asked += [{"what": "eventLog", "sides": written_out}, {"what": "numbers", "sides": written_out}]
        expected += [event_log(PLACE, sides).decode(), numbers(PLACE, sides)]
    happened: set[str] = set()
    for ours, theirs in zip(expected, answers(asked), strict=True):
        for line, (one, other) in enumerate(zip(ours.splitlines(), theirs.splitlines(), strict=True), 1):
            assert one == other, f"line {line}"
        assert ours == theirs
        happened |= {what.code for what in What if f'"{what.code}"' in ours}
    assert happened == {what.code for what in What}


@pytest.mark.slow
@pytest.mark.skipif(not LONDON.exists(), reason="needs the place North East London")
def test_a_place_of_ninety_seven_is_told_alike() -> None:
    place = load_place(LONDON)
    for scenario in (load_scenario("torbay-like"), load_scenario("unitingcare-like")):
        asked = [{"what": "why", "request": request(scenario, 5, place), "quarter": quarter} for quarter in MOMENTS]
        *found, log = answers([*asked, {"what": "eventLog", "sides": [request(scenario, 5, place)]}], place)
        recorded = record(place, scenario, 5)
        assert [each["found"] for each in found] == json.loads(json.dumps([why(place, recorded, quarter) for quarter in MOMENTS]))
        assert log == event_log(place, {"A": (read_scenario(written(scenario)), 5)}).decode()


def test_every_row_of_runs_in_which_everything_happens_is_told_alike() -> None:
    for scenario in (with_everything(), load_scenario("unitingcare-like")):
        log = gather(PLACE, record(PLACE, scenario, 2))
        rows = list(range(0, len(log), 7)) + np.flatnonzero(~np.isin(log.what, (What.TALK, What.OFFER))).tolist()
        assert told_alike(log, rows)


def told_alike(log: Log, rows: list[int]) -> bool:
    plain = [{"whole": {name: int(getattr(log, name)[k]) for name in WHOLE},
              "other": {name: None if np.isnan(value := float(getattr(log, name)[k])) else value for name in MEASURED},
              "spend": float(PLACE.ties.spend[log.tie[k]]) if log.tie[k] >= 0 else 0.0} for k in rows]
    (said,) = answers([{"what": "sentences", "rows": plain, "labels": PLACE.labels, "titles": log.titles}])
    for k, theirs in zip(rows, said, strict=True):
        assert theirs == sentence_of(log, k, PLACE).text, k
    return bool(said)


OUTCOMES = {
    What.OFFER: (Outcome.ACCEPTED, Outcome.REFUSED),
    What.COMPACT_ENDED: (Outcome.WALKED_OUT, Outcome.GIVEN_UP, Outcome.TOO_FEW, Outcome.BROKEN_OFF),
    What.DEAL_ENDED: (Outcome.NO_ZONE, Outcome.VETOED, Outcome.NOT_AT_THE_TABLE, Outcome.WALKED_OUT, Outcome.BROKEN_OFF),
    What.TALK: (Outcome.AGREED, Outcome.NO_ZONE, Outcome.OUT_OF_TIME, Outcome.VETOED, Outcome.NOT_AT_THE_TABLE),
}
EDGES = (0.0, 0.005, 0.004999, 0.125, 0.375, 0.025, 0.5, 0.995, 0.0995, 0.0005, 99.5, 1.25, 2.75, 12.5, 1e-9)
amounts = st.one_of(st.sampled_from(EDGES), st.floats(0.0, 2.0), st.floats(0.0, 5000.0)).flatmap(
    lambda size: st.sampled_from((size, -size)))
shares = st.one_of(st.sampled_from([edge for edge in EDGES if edge <= 1.0]), st.floats(0.0, 1.0))


@st.composite
def generated_rows(draw: st.DrawFn) -> dict[str, Any]:
    """A row as the model could never make it, but as a row can be: every kind of event and ending, any numbers."""
    what = draw(st.sampled_from(list(What)))
    tie = draw(st.integers(0, len(PLACE.ties) - 1))
    ends = [int(PLACE.ties.a[tie]), int(PLACE.ties.b[tie])]
    one, other = draw(st.permutations(ends))
    outcome = draw(st.sampled_from(OUTCOMES[what])) if what in OUTCOMES else Outcome.NONE
    left = outcome is Outcome.WALKED_OUT or draw(st.booleans())
    whole = {"quarter": draw(st.integers(1, QUARTERS)), "what": int(what), "tie": tie, "partner": one,
             "other": other if what is not What.COMPACT_ENDED or left else -1, "title": draw(st.integers(0, 1)),
             "round": draw(st.integers(1, 1200)), "outcome": int(outcome),
             "reason": draw(st.integers(-1, len(WORDS["reason"]) - 1)), "background": draw(st.integers(0, 2)),
             "quarters": draw(st.integers(0, 1200)), "members": draw(st.integers(0, 40))}
    scopes = ("money", "staff", "information", "sharing", "skill")
    return {**whole, **{name: draw(shares if name in scopes else amounts) for name in MEASURED}}


@settings(max_examples=25, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(st.lists(generated_rows(), min_size=1, max_size=60))
def test_any_row_is_told_alike(rows: list[dict[str, Any]]) -> None:
    columns = {name: np.array([row[name] for row in rows], np.int64) for name in WHOLE}
    columns |= {name: np.array([row[name] for row in rows], np.float32) for name in MEASURED}
    index = np.arange(len(rows))
    assert told_alike(Log(row=index, run=0 * index, **columns, titles=("a ‘title’", "été")), index.tolist())


@settings(max_examples=25, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(st.lists(st.one_of(st.floats(width=32), st.floats(), amounts, st.integers(-10**6, 10**6).map(lambda k: k / 64)),
                min_size=1, max_size=200))
def test_any_number_is_written_alike(numbers: list[float]) -> None:
    asked = [number for number in numbers if np.isfinite(number)]
    (found,) = answers([{"what": "forms", "numbers": asked}])
    with np.errstate(over="ignore"):
        singles = np.array(asked, np.float64).astype(np.float32)
    out = pa.BufferOutputStream()
    pyarrow.csv.write_csv(pa.table({"x": singles}), out, pyarrow.csv.WriteOptions(include_header=False))
    briefly = out.getvalue().to_pybytes().decode().splitlines()
    for number, told, brief in zip(asked, found, briefly, strict=True):
        assert told["exact"] == repr(number)
        assert told["brief"] == brief
        if abs(number) < 1e15:
            assert told["fixed"] == [f"{number + 0.0:,.{digits}f}" for digits in (0, 1)]
            assert told["rounded"] == round(number, 5)
            assert told["told"] == {form: told_number(form, number) for form in number_forms()}


def test_a_scenario_has_the_hash_that_the_model_gives_it() -> None:
    every = [*scenarios(), Scenario("plain", "Plain"),
             Scenario("own", "Own", partners=((PLACE.partners.ids[3], (("autonomy", 1.0),)),
                                              (PLACE.partners.ids[1], (("listening", 0.25),))))]
    found = answers([{"what": "hash", "scenario": written(scenario)} for scenario in every])
    assert found == [read_scenario(written(scenario)).hash for scenario in every]


@pytest.mark.parametrize("name", [name for name in messages() if name.startswith(TOLD)])
def test_what_the_page_takes_from_the_models_messages_it_can_fill(name: str) -> None:
    """The page fills {names}, and groups the thousands of what is counted; no other form may stand in these messages."""
    said = messages()[name]
    forms = {part.split("}")[0] for part in said.split("{")[1:]} - places_of(said)
    assert forms <= {"number:,"}
    assert not forms or name.startswith("numbers.count.")
