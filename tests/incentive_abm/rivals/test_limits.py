"""Rivals of bargaining, exit and the way: worked examples, what always holds, and the published limits that they must meet."""

from __future__ import annotations

from collections.abc import Callable

from drawing import DRAW, SHARE, approx, between, graduated
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.compiling.as_python import reading
from incentive_abm.compiling.rule_set import RuleSet
from incentive_abm.rivals import bargaining, exit, way
from incentive_abm.rivals.catalogue import RIVALS
from incentive_abm.rules import bargaining as shipped_bargaining
from incentive_abm.rules import commitment
from incentive_abm.rules import way as shipped_way
from tools.rival_examples import EXAMPLES, LIMITS, by_rival, deal, losses, ways

Rule = Callable[..., float]
WORTH = graduated(0.0, 1.0)


def test_every_rival_has_an_example_and_a_limit() -> None:
    named = {theme: {name for name, rival in rivals.items() if rival.instead} for theme, rivals in RIVALS.items()}
    assert {theme: set(limits) for theme, limits in LIMITS.items()} == named
    assert set(EXAMPLES) == set(named)


# Bargaining

Point = tuple[float, float]
PIE: list[Point] = [(k / 1200, 1.0 - k / 1200) for k in range(1201)]
"""A pie of one, cut anywhere; without a deal both have nothing."""


def agreed(appeal: Rule, points: list[Point], fallback: Point = (0.0, 0.0)) -> Point:
    """The point that the opener, whose number is the first, names; nothing is held out for."""
    best = (max(p[0] for p in points), max(p[1] for p in points))
    return max(points, key=lambda p: appeal(*p, *fallback, *best))


def rubinstein(discount: float) -> float:
    """The opener's share of a pie in alternating offers between equally patient sides (Rubinstein 1982)."""
    return 1.0 / (1.0 + discount)


def test_the_example_of_bargaining_tells_the_solutions_apart() -> None:
    found = {name: (deal(rule, 0), deal(rule, 1)) for name, rule in by_rival("bargaining")}
    for name in ("nash", "kalai-smorodinsky"):
        assert found[name][0] == found[name][1]
    for opener in (0, 1):
        _, a, b = found["nash"][opener]
        assert all(a * b >= other[opener][1] * other[opener][2] for other in found.values())
    # Worked from the packages: a could hope for 0.558 and b for 0.240, so package 3 brings them 80% and 66%; Nash's 65% and 81%.
    _, a, b = found["kalai-smorodinsky"][0]
    assert min(a / 0.558, b / 0.240) > min(found["nash"][0][1] / 0.558, found["nash"][0][2] / 0.240)
    assert found["ultimatum"][0][1] > found["nash"][0][1] > found["ultimatum"][1][1]


@given(*[between(-0.5, 1.5)] * 6, between(0.3, 2.0))
def test_nash_and_kalai_smorodinsky_agree_on_symmetric_problems(m1: float, s1: float, i1: float, m2: float, s2: float, i2: float,
                                                              cost: float) -> None:
    """Nine packages of a problem and of its mirror image together are symmetric: both solutions' best deals split equally."""
    points: list[Point] = []
    for k in range(shipped_bargaining.PACKAGES):
        gains = shipped_bargaining.package(float(k), m1, s1, i1, cost, 0.0, m2, s2, i2, cost, 0.0, 0.0, 0.0)[4:6]
        points += [(gains[0], gains[1]), (gains[1], gains[0]), (0.5 * sum(gains), 0.5 * sum(gains))]
    points = [p for p in points if min(p) >= 0.0] or [(0.0, 0.0)]
    for appeal in (bargaining.nash_appeal, bargaining.kalai_smorodinsky_appeal):
        best = max(p[0] for p in points)
        equal = max(appeal(*p, 0.0, 0.0, best, best) for p in points if p[0] == p[1])
        assert equal >= max(appeal(*p, 0.0, 0.0, best, best) for p in points) - 1e-9


def test_nash_halves_a_pie_which_is_where_alternating_offers_come_to() -> None:
    assert agreed(bargaining.nash_appeal, PIE)[0] == approx(rubinstein(1.0 - 1e-9))
    assert agreed(bargaining.kalai_smorodinsky_appeal, PIE)[0] == approx(0.5)


def test_an_ultimatum_is_alternating_offers_where_waiting_is_worth_nothing() -> None:
    assert agreed(bargaining.ultimatum_appeal, PIE)[0] == rubinstein(0.0) == 1.0


def test_half_a_pie_closed_to_one_side_is_where_kalai_smorodinsky_and_nash_part() -> None:
    """The textbook's trapezium: b can get at most a half. Nash (0.5, 0.5), as if it were open; Kalai–Smorodinsky (2/3, 1/3)."""
    points = [p for p in PIE if p[1] <= 0.5]
    assert agreed(bargaining.nash_appeal, points) == approx((0.5, 0.5))
    assert agreed(bargaining.kalai_smorodinsky_appeal, points) == approx((2 / 3, 1 / 3), abs=1e-9)


@given(st.lists(st.tuples(WORTH, WORTH), min_size=2, max_size=9), between(0.1, 10.0), between(0.1, 10.0), between(-1.0, 1.0),
       between(-1.0, 1.0), st.sampled_from([bargaining.nash_appeal, bargaining.kalai_smorodinsky_appeal]))
def test_no_solution_hangs_on_the_units_of_worth(points: list[Point], by_a: float, by_b: float, more_a: float, more_b: float,
                                               appeal: Rule) -> None:
    best = (max(p[0] for p in points), max(p[1] for p in points))
    other = [(by_a * p[0] + more_a, by_b * p[1] + more_b) for p in points]
    ends = (more_a, more_b, by_a * best[0] + more_a, by_b * best[1] + more_b)
    usual = [appeal(*p, 0.0, 0.0, *best) for p in points]
    scaled = [appeal(*p, *ends) for p in other]
    chosen = max(range(len(points)), key=scaled.__getitem__)
    assert usual[chosen] == approx(max(usual), abs=1e-6)


@given(st.lists(st.tuples(WORTH, WORTH), min_size=3, max_size=9))
def test_nash_does_not_hang_on_packages_that_nobody_wanted(points: list[Point]) -> None:
    chosen = agreed(bargaining.nash_appeal, points)
    fewer = [p for k, p in enumerate(points) if p == chosen or k % 2 == 0]
    assert agreed(bargaining.nash_appeal, fewer) == chosen


@given(st.lists(st.tuples(WORTH, WORTH), min_size=1, max_size=9))
def test_who_opens_an_ultimatum_gets_the_best_there_is(points: list[Point]) -> None:
    assert agreed(bargaining.ultimatum_appeal, points)[0] == max(p[0] for p in points)


@given(between(-2.1, 0.0), between(0.5, 3.4))
def test_no_time_is_spent_on_a_solution(log_progress: float, patience: float) -> None:
    assert bargaining.nothing_held_out_for(log_progress, patience) == 0.0
    assert shipped_bargaining.target_worth(0.2, 0.9, 0.0) == approx(0.2)


# Exit


def test_the_example_of_exit_is_worked_by_hand() -> None:
    found = {name: losses(rule) for name, rule in by_rival("exit")}
    assert found["threshold"] == (approx([0.4, 2.8, 1.8, 4.2, 6.6]), 4)
    assert found["patience"] == ([1.0, 2.0, 0.0, 1.0, 2.0], 0)
    assert found["none"] == ([1.0, 2.0, 0.0, 1.0, 2.0], 0)


@given(st.lists(between(-0.5, 0.5), min_size=1, max_size=40))
def test_what_is_owed_is_the_sum_of_losses_above_its_least(surpluses: list[float]) -> None:
    owed, total, least = 0.0, 0.0, 0.0
    for surplus in surpluses:
        owed = exit.losses_added_up(owed, surplus, 0.3)
        total -= surplus / exit.USUAL_LOSS
        least = min(least, total)
        assert owed == approx(total - least, abs=1e-9)
    assert exit.losses_added_up(owed, surpluses[0], 0.01) == 0.0


@given(st.integers(1, 20), st.integers(1, 8))
def test_steady_losses_end_a_deal_once_they_add_up_to_what_is_borne(patience: int, times: int) -> None:
    """patience · 0.05 / loss quarters, counted up to the next whole one."""
    losing, quarters = 0.0, 0
    while exit.leaves_at_threshold(losing, float(patience), 0.0, 0.0, 0.5) == 0.0:
        losing, quarters = exit.losses_added_up(losing, -times * exit.USUAL_LOSS, 0.3), quarters + 1
    assert quarters == -(-patience // times)


@given(between(0.0, 40.0), between(0.0, 20.0), SHARE, SHARE, DRAW)
def test_a_duty_to_share_holds_in_whom_nothing_else_does(losing: float, patience: float, chance: float, mandate: float,
                                                       u: float) -> None:
    assert exit.leaves_at_threshold(losing, patience, chance, 1.0, u) == 0.0
    left = exit.leaves_at_threshold(losing, patience, chance, mandate, u)
    assert left == exit.leaves_at_threshold(losing, patience, 1.0 - chance, mandate, u)
    assert commitment.walks_away(losing, patience, chance, mandate, u) <= left
    assert exit.stays(losing, patience, chance, mandate, u) == 0.0


# The whole way


def test_the_example_of_the_way_is_worked_by_hand() -> None:
    found = {name: ways(rule) for name, rule in by_rival("way")}
    # 0.8 joined beyond a, whose 0.75 lies there, and 0.2 beyond b, whose 0.5 does.
    assert found["walk"][0] == approx((0.8 * 0.75 + 0.2 * 0.5) / 1.25)
    assert found["product"][0] == approx(0.16)
    assert found["weakest"][0] == approx(0.2)
    assert found["none"][1:] == (1.0, 0.0)


def beyond(joined_a: float, part_a: float, joined_b: float, part_b: float, delivered: float) -> tuple[float, ...]:
    """The arguments of a rule of the way by what is joined beyond each end."""
    work_a, work_b = (joined * (1.0 - part) + part * delivered for joined, part in ((joined_a, part_a), (joined_b, part_b)))
    return work_a, part_a, work_b, part_b, delivered


@given(SHARE, between(0.0, 0.95), SHARE, between(0.0, 0.95), SHARE)
def test_a_product_is_never_more_than_the_weakest_nor_that_than_the_walk(joined_a: float, part_a: float, joined_b: float,
                                                                       part_b: float, delivered: float) -> None:
    arguments = beyond(joined_a, part_a, joined_b, part_b, delivered)
    product, weakest = way.product_of_the_way(*arguments), way.weakest_of_the_way(*arguments)
    assert product == approx(joined_a * joined_b, abs=1e-9)
    assert weakest == approx(min(joined_a, joined_b), abs=1e-9)
    assert -1e-9 <= product <= weakest + 1e-9
    assert weakest <= shipped_way.rest_of_the_way(*arguments) + 1e-9


@given(SHARE, between(0.0, 0.95))
def test_links_alike_are_worth_their_power_and_a_way_that_ends_here_is_whole(quality: float, part: float) -> None:
    assert way.product_of_the_way(*beyond(quality, part, quality, part, 0.5)) == approx(quality**2, abs=1e-9)
    for rule in (way.product_of_the_way, way.weakest_of_the_way):
        assert rule(quality, 1.0, quality, 1.0, quality) == 1.0
        assert rule(*beyond(quality, part, 1.0, 1.0, 0.5)) == approx(quality, abs=1e-9)


@given(between(0.3, 1.0), between(0.0, 0.7))
def test_what_is_joined_at_the_better_end_adds_nothing_to_the_weakest(better: float, part: float) -> None:
    assert way.weakest_of_the_way(*beyond(better, part, 0.3, part, 0.5)) == approx(0.3)


@given(SHARE, SHARE, between(0.05, 2.0))
def test_without_the_way_worth_is_the_same_whatever_lies_beyond(joined: float, whole_way: float, way_half: float) -> None:
    assert way.no_way(joined, whole_way, way_half) == 1.0
    assert way.nothing_unjoined(joined, whole_way, way_half) == 0.0
    # With nothing left out and no weight on the way, the shipped rules say the same.
    usual = reading(RuleSet()).rule(shipped_way.way_factor)(joined, 0.0, way_half)
    assert usual == 1.0
    assert shipped_way.unjoined_worth(joined, usual, 0.0) == 0.0
