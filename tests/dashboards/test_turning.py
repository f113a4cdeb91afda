"""What would turn this round: the page finds what the engine finds, to the last bit; what counts as turned is declared once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from scipy.special import stdtrit

from dashboards.held import held
from experiments.claims.outcomes import Outcome
from incentive_abm.engine.run import run
from incentive_abm.kinds import Kind
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import generate_place, shipped_place
from incentive_abm.results.turned_round import FRESH_WORLDS, SURE, SURE_ERRORS, free_settings
from incentive_abm.scenario import Event, EventKind, Scenario, load_scenario

from .native.turning import SMALLEST, free, mean, turned_round
from .told import answers, request

TINY = generate_place(7, 1, 1, 2, 1)
TODAY = load_scenario("today")
PAIRS: dict[str, tuple[Scenario, Scenario]] = {
    "found, three settings together": (load_scenario("declared-from-above"), load_scenario("relations-first")),
    "nothing found": (TODAY, load_scenario("ten-lessons")),
    "alike as things stand": (TODAY, TODAY.with_overrides({"committees": 0.1})),
    "found, but it does not hold": (TODAY, TODAY.with_overrides({"bailout": 0.0})),
}


@lru_cache(maxsize=8)
def told(which: str) -> Any:
    """What the page answers of a pair."""
    (found,) = answers([{"what": "turn", "sides": [request(side, 1, TINY) for side in PAIRS[which]]}], TINY)
    return found


def lead(contrasts: list[float]) -> dict[str, float]:
    gain = mean(contrasts)
    return {"gain": gain, "ahead": sum(each * gain > 0 for each in contrasts), "worlds": len(contrasts)}


def point(found: Any) -> dict[str, float]:
    return {move["name"]: PARAMETERS[move["name"]].read(move["value"]) for move in found["moves"]}


@pytest.mark.parametrize("which", PAIRS)
def test_the_page_finds_what_the_engine_finds(which: str) -> None:
    found, native = told(which)["found"], turned_round(TINY, *PAIRS[which], 1)
    assert found["standing"] == lead(native.standing)
    assert found["decided"] == (native.side != 0)
    assert (found["holds"], found["seed"]) == (native.holds, native.seed)
    if native.point is None:
        assert found["found"] is None
        return
    assert point(found["found"]) == native.point
    assert found["found"]["distance"] == native.distance
    assert found["found"]["lead"] == lead(native.there)


def test_each_case_is_what_it_is_called() -> None:
    cases = {which: told(which)["found"] for which in PAIRS}
    assert [case["holds"] for case in cases.values()] == [True, False, True, False]
    assert [case["decided"] for case in cases.values()] == [True, True, False, False]
    assert len(cases["found, three settings together"]["found"]["moves"]) == 3
    assert cases["nothing found"]["found"] is None
    assert cases["nothing found"]["closest"]
    assert cases["found, but it does not hold"]["found"]


def test_what_is_found_is_so_when_it_is_run_by_itself() -> None:
    found, pair = told("found, three settings together")["found"], PAIRS["found, three settings together"]
    moved = point(found["found"])
    ends = [run(TINY, side.overlaid(moved), FRESH_WORLDS).last[:, Measure.INTEGRATION] for side in pair]
    gain = ends[1] - ends[0]
    assert gain.mean() == pytest.approx(found["found"]["lead"]["gain"], rel=1e-12)
    assert gain.mean() <= -SMALLEST
    assert (gain < 0).sum() == found["found"]["lead"]["ahead"]
    first, other = (dict(side.parameters) for side in pair)
    assert not {name for name in {*first, *other} if first.get(name) != other.get(name)} & set(moved)


def test_what_turns_it_is_told_with_where_it_was_and_how_far() -> None:
    found, (first, _) = told("found, three settings together")["found"], PAIRS["found, three settings together"]
    for move in found["found"]["moves"]:
        row = PARAMETERS[move["name"]]
        was, value = row.read(move["was"]), row.read(move["value"])
        assert was == dict(first.parameters).get(row.name, row.default)
        assert row.low <= value <= row.high
        assert move["share"] == pytest.approx(abs(value - was) / (row.high - row.low))
    shares = [move["share"] for move in found["found"]["moves"]]
    assert shares == sorted(shares, reverse=True)


def test_the_search_goes_through_its_steps_and_counts_what_it_tried() -> None:
    steps = dict(told("found, three settings together")["steps"])
    assert list(steps) == ["standing", "alone", "together", "sparse", "drawn", "fresh"]
    assert 200 < steps["fresh"]["tried"] == told("found, three settings together")["found"]["tried"]


def test_only_what_the_sides_have_in_common_from_the_start_may_move() -> None:
    first = Scenario("one", "One", parameters=(("listening", 0.3), ("bailout", 0.1)), kinds=((Kind.GP, (("autonomy", 0.9),)),),
                     events=(Event(8, EventKind.SET, parameters=(("payment_reform", 0.9),)),))
    other = Scenario("other", "Other", parameters=(("listening", 0.3),))
    names = {row.name for row in free(first, other)[0]}
    assert not names & {"bailout", "autonomy", "payment_reform"}
    assert {"listening", "trust_start", "compact"} <= names
    assert set(held(shipped_place())["turn"]["settings"]) == {row.name for row in free_settings(())}


def test_what_counts_as_turned_is_what_claims_count() -> None:
    assert Outcome.INTEGRATION.smallest == SMALLEST
    assert pytest.approx(float(stdtrit(len(FRESH_WORLDS) - 1, 1.0 - SURE)), abs=1e-9) == SURE_ERRORS
