"""A kernel over names and the loops it becomes: worked out on records of two numbers, and refused where a name is unknown."""

from __future__ import annotations

import ast
import re
import textwrap

import numpy as np
import pytest

from incentive_abm.compiling.layout import Layout, Record, scratch
from incentive_abm.compiling.notation import translated

LAYOUT = Layout(
    tie=Record(("scope", "heat"), {"both": (0, 2)}), side=Record(("alpha", "beta"), {"belief": (0, 2)}),
    partner=Record(("skill", "say"), {}), place=Record(("mood",), {"moods": (0, 1)}),
    tie_fact=Record(("spend", "share_a", "share_b"), {}),
    partner_fact=Record(("income",), {}), sides={"share": ("share_a", "share_b")}, place_setting=Record(("speed",), {}),
    partner_setting=Record(("listening",), {}), start_setting=Record(("begin",), {}))


def loops(source: str, lanes: int = 2, blocks: bool = False, working: dict[str, Record] | None = None) -> str:
    function = ast.parse(textwrap.dedent(source)).body[0]
    assert isinstance(function, ast.FunctionDef)
    return translated(function, LAYOUT, {}, {}, working or {}, blocks, lanes)[0]


def played(source: str, ties: int = 2, partners: int = 3, lanes: int = 2) -> dict[str, np.ndarray]:
    """Run a kernel as plain Python over small arrays in which every number differs."""
    class Arrays:
        tie = np.arange(ties * 6 * lanes, dtype=float)
        partner = 1000.0 + np.arange(partners * 2 * lanes)
        place = np.full(lanes, 5.0)
        partner_setting = np.linspace(0.0, 1.0, partners * lanes)
        place_setting = np.full(lanes, 7.0)
        start_setting = np.full(lanes, 9.0)
        tie_fact = np.array([[10.0, 0.25, 0.75], [20.0, 0.5, 0.5]]).ravel()
        partner_fact = np.array([100.0, 200.0, 300.0])
        a, b = np.array([0, 1]), np.array([1, 2])
        tie_key = np.zeros(ties)
        partner_key = np.zeros(partners)

    scope = {"np": np}
    exec(loops(source, lanes), scope)
    scope["kernel"](Arrays)  # type: ignore[operator]
    return {name: np.array(value) for name, value in vars(Arrays).items() if isinstance(value, np.ndarray)}


def test_a_ties_own_numbers_and_its_facts() -> None:
    after = played("""
        def kernel(ties):
            for tie in ties:
                for lane in lanes:
                    tie.heat = tie.scope + tie.spend
    """)["tie"].reshape(2, 6, 2)
    assert after[:, 1].tolist() == [[10.0, 11.0], [32.0, 33.0]]
    assert after[1, 0].tolist() == [12.0, 13.0]


def test_sides_their_partners_and_whoever_is_across() -> None:
    after = played("""
        def kernel(ties):
            for tie in ties:
                for side in tie.sides:
                    for lane in lanes:
                        side.alpha = side.partner.income * side.share
                        side.beta = side.other.skill
    """)["tie"].reshape(2, 6, 2)
    assert after[0, [2, 4], 0].tolist() == [100.0 * 0.25, 200.0 * 0.75]
    assert after[1, [3, 5], 0].tolist() == [1008.0, 1004.0]


def test_short_names_for_records_and_starred_or_numbered_groups() -> None:
    after = played("""
        def kernel(ties, place):
            for tie in ties:
                a, them = tie.a, tie.b.partner
                for lane in lanes:
                    place.mood += max(*tie.both, *a.belief)
                    for k in range(2):
                        a.belief[k] = them.say + k
    """)
    assert after["place"].tolist() == [5.0 + 6.0 + 18.0, 5.0 + 7.0 + 19.0]
    assert after["tie"].reshape(2, 6, 2)[:, 2:4, 0].tolist() == [[1006.0, 1007.0], [1010.0, 1011.0]]


def test_a_group_of_the_places_numbers() -> None:
    after = played("""
        def kernel(place):
            for k in range(1):
                for lane in lanes:
                    place.moods[k] = max(*place.moods, 3.0) + 1.0
    """)
    assert after["place"].tolist() == [6.0, 6.0]


def test_a_setting_is_found_with_whoever_has_it() -> None:
    """The place's speed under either name; on a tie the mean of both partners' listening."""
    after = played("""
        def kernel(ties, partners, place):
            for tie in ties:
                for lane in lanes:
                    tie.scope = tie.settings.speed
                    tie.heat = tie.settings.listening
            for partner in partners:
                for lane in lanes:
                    partner.skill = partner.settings.speed + place.start.begin
    """)
    assert after["tie"].reshape(2, 6, 2)[:, 0].tolist() == [[7.0, 7.0], [7.0, 7.0]]
    assert after["tie"].reshape(2, 6, 2)[:, 1, 0].tolist() == pytest.approx([0.2, 0.6])
    assert after["partner"].reshape(3, 2, 2)[:, 0].tolist() == [[16.0, 16.0]] * 3


def test_one_partner_by_number_and_working_numbers() -> None:
    text = loops("""
        def kernel(partners, place, notes):
            for lane in lanes:
                notes.sum = partners[2].skill
                for k in range(3):
                    notes.parts[k] = place.mood
    """, working={"notes": scratch(sum=1, parts=3)})
    assert "notes = np.empty(8)" in text
    assert "notes[(1 + k) * 2 + lane] = place_[0 + lane]" in text


def test_facts_are_read_before_the_loop_over_lanes_and_places_are_worked_out_before_compiling() -> None:
    text = loops("""
        def kernel(ties):
            for tie in ties:
                for lane in lanes:
                    tie.heat += tie.spend
    """, lanes=16, blocks=True)
    assert "for number_ in range(first_, last_):" in text
    head, lane_loop = text.split("for lane in range(16):")
    assert "tie_spend = tie_fact_[" in head
    assert lane_loop.strip() == "tie_[tie_o + 16 + lane] += tie_spend"


@pytest.mark.parametrize("wrong", ["tie.temperature", "tie.settings.speeding", "side.trust", "max(*side.doubts, 1.0)",
                                   "max(*tie.settings.speeds, 1.0)", "max(*place.weathers, 1.0)", "place.weathers[0]"])
def test_an_unknown_name_is_refused_with_its_line(wrong: str) -> None:
    named = wrong.removeprefix("max(*").partition(", ")[0]
    with pytest.raises(NameError, match=f"line 6: a kernel cannot read {re.escape(named)}: no such number is declared"):
        loops(f"""
            def kernel(ties):
                for tie in ties:
                    for side in tie.sides:
                        for lane in lanes:
                            side.alpha = {wrong}
        """)
