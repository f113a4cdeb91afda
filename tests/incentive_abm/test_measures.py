"""Measures of a quarter, worked out by hand on four partners, and again by other means on any small place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import networkx
import numpy as np
import pytest
from drawing import approx, between
from hypothesis import given, settings
from hypothesis import strategies as st
from places import PartnerField, SideField, TieField, field_of, today

from incentive_abm.engine.run import Batch, Job
from incentive_abm.kinds import Blocker, Talk
from incentive_abm.measures import N_MEASURE, Measure
from incentive_abm.measures.kernels import measure
from incentive_abm.place import Place, generate_place, place_from_graph
from incentive_abm.state.arrays import LANES, PARTNER, PLACE, PLACE_SETTING, SIDE_A, SIDE_B, TIE_WIDTH, Arrays
from incentive_abm.state.start import start

M, P, T, S = Measure, PartnerField, TieField, SideField
Numbers = np.typing.NDArray[np.float64]


@cache
def four() -> Place:
    """A ring of a trust, a council and a GP network, and a charity tied to the council.

    Shared spend in £m a year: council–gp 10, council–hospital 60, council–kind 10, gp–hospital 20; together 100.
    """
    graph: networkx.Graph[str] = networkx.Graph()
    for name, kind, income, reach in (("hospital", "trust", 400.0, 0.2), ("council", "council", 200.0, 0.5),
                                      ("gp", "gp", 40.0, 0.4), ("kind", "voluntary", 10.0, 0.9)):
        graph.add_node(name, name=name.title(), kind=kind, income_m=income, balance=-0.01, reach=reach)
    for one, other, spend in (("council", "gp", 10.0), ("council", "hospital", 60.0), ("council", "kind", 10.0),
                              ("gp", "hospital", 20.0)):
        graph.add_edge(one, other, people=1000.0, spend_m=spend)
    return place_from_graph(graph, "four")


@cache
def other_place(seed: int) -> Place:
    return generate_place(seed, trusts=1 + seed % 2, councils=2, gps=3, voluntary=seed % 3)


def at_start(place: Place, **settings: Any) -> Arrays:
    """One run's state before the first quarter, to be filled in by hand."""
    return start(place, [today(settings)], [1])


def measured(arrays: Arrays) -> Numbers:
    out = np.full(N_MEASURE * len(arrays.lanes), np.nan)
    measure(arrays, out)
    return out.reshape(N_MEASURE, len(arrays.lanes))


def fill(arrays: Arrays, **ties: list[float]) -> Arrays:
    """Write fields of each tie; `alpha_a` and the like are of one side."""
    table = arrays.tie.reshape(-1, TIE_WIDTH)
    for name, values in ties.items():
        if name.endswith(("_a", "_b")) and name[:-2].upper() in S.__members__:
            column = (SIDE_A if name.endswith("_a") else SIDE_B) + S[name[:-2].upper()]
        else:
            column = T[name.upper()]
        table[:, column] = values
    return arrays


def of_four(**settings: Any) -> Numbers:
    """All measures of the four partners in a quarter that is written down here."""
    state = at_start(four(), **settings)
    fill(state, scope_money=[0.2, 0.4, 0.0, 0.1], scope_staff=[0.4, 0.2, 0.0, 0.0], scope_information=[0.8, 0.4, 0.0, 0.2],
         expected=[0.4, 0.3, 0.0, 0.05], outcome=[0.5, 0.2, 0.0, 0.1], identity=[0.5, 0.2, 0.1, 0.3],
         information=[0.9, 0.4, 0.2, 0.6], alpha_a=[3.0, 1.0, 1.0, 2.0], beta_a=[1.0, 1.0, 3.0, 2.0],
         alpha_b=[3.0, 3.0, 1.0, 2.0], beta_b=[1.0, 1.0, 1.0, 2.0], distance=[0.2, 0.4, 0.5, 0.3], age=[3.0, 1.0, 0.0, 0.0],
         talk=[Talk.AGREED, Talk.AGREED, Talk.NOT_AT_THE_TABLE, Talk.OUT_OF_TIME], walked_out=[0.0, 0.0, 2.0, 0.0],
         kept_a=[1.0, 0.0, 0.0, 1.0], kept_b=[1.0, 0.0, 0.0, 0.0], meetings=[4.0, 6.0, 0.0, 5.0],
         attended=[1.0, 0.5, 0.0, 1.0], beyond=[0.2, 0.4, 0.0, 0.1], bound=[2.0, 0.0, 0.0, 1.0],
         nash_gap=[0.1, 0.3, 0.0, 0.0], blocker=[Blocker.NOTHING, Blocker.MONEY, Blocker.TRUST, Blocker.TIME],
         blocker_agrees=[0.0, 1.0, 0.0, 1.0])
    ids = four().partners.ids
    assert ids == ("council", "gp", "hospital", "kind")
    table = state.partner.reshape(-1, len(PARTNER))
    table[:, P.OWNERSHIP], table[:, P.SKILL] = [0.5, 0.2, 0.1, 1.0], [0.4, 0.3, 0.2, 0.8]
    table[:, P.BALANCE] = [0.02, 0.0, -0.04, 0.01]
    table[:, P.ASPIRATION], table[:, P.ROUTINE] = [0.5, 0.4, 0.3, 0.2], [0.9, 0.8, 1.0, 0.6]
    table[:, P.HOSTS], table[:, P.SIGNED] = [0.0, 1.0, 1.0, 0.0], [0.0, 1.0, 0.0, 0.0]
    table[:, P.DISSOLVED] = [1.0, 0.0, 0.0, 1.0]
    table[:, P.NEW_LEADER], table[:, P.BAILED_OUT] = [1.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0]
    state.place[PLACE["opposition"]], state.place[PLACE["reversal"]] = 0.3, 1.0
    state.place[PLACE["meetings"]] = 69.0
    return measured(state)[:, 0]


# Weights 0.1, 0.6, 0.1, 0.2; breadths 0.09 + 0.12 + 0.2, 0.18 + 0.06 + 0.1, 0 and 0.045 + 0.05.
# Reach of ties 0.45, 0.35, 0.7, 0.3; what of each outcome reaches the under-served, and what could at most.
SERVED, SERVED_FULLY = 0.04 * 0.45 + 0.096 * 0.35 + 0.004 * 0.3, 0.08 * 0.45 + 0.48 * 0.35 + 0.08 * 0.7 + 0.04 * 0.3
REST, REST_FULLY = 0.04 * 0.55 + 0.096 * 0.65 + 0.004 * 0.7, 0.08 * 0.55 + 0.48 * 0.65 + 0.08 * 0.3 + 0.04 * 0.7
BY_HAND = {
    M.FORM: 0.1 * 0.41 + 0.6 * 0.34 + 0.2 * 0.095,
    M.INTEGRATION: 0.1 * 0.4 + 0.6 * 0.3 + 0.2 * 0.05,
    # all but gp–hospital touch a council or a charity: weights 0.08, 0.48, 0.08 and 0.2·0.2
    M.OUTCOME: (0.08 * 0.5 + 0.48 * 0.2 + 0.04 * 0.1) / 0.68,
    M.EQUITY: (SERVED / SERVED_FULLY) / (REST / REST_FULLY),
    M.POOLED: 10 * 0.2 + 60 * 0.4 + 20 * 0.1,
    M.POOLED_SHARE: 28.0 / 650.0,
    M.TRUST: 0.1 * 0.75 + 0.6 * 0.625 + 0.1 * 0.375 + 0.2 * 0.5,
    M.ATTENDED: 0.1 * 1.0 + 0.6 * 0.5 + 0.2 * 1.0, M.REST_JOINED: 0.1 * 0.2 + 0.6 * 0.4 + 0.2 * 0.1,
    # felt: 0.625, 0.4125, 0.2375 and 0.4; half a slogan closes a quarter of what is missing
    M.SAID: 0.25 + 0.75 * (0.1 * 0.625 + 0.6 * 0.4125 + 0.1 * 0.2375 + 0.2 * 0.4),
    M.IDENTITY: 0.1 * 0.5 + 0.6 * 0.2 + 0.1 * 0.1 + 0.2 * 0.3,
    M.INFORMATION: 0.1 * 0.9 + 0.6 * 0.4 + 0.1 * 0.2 + 0.2 * 0.6,
    # half of each tie's spend counts for each end: council 0.4, gp 0.15, hospital 0.4, kind 0.05
    M.OWNERSHIP: 0.4 * 0.5 + 0.15 * 0.2 + 0.4 * 0.1 + 0.05 * 1.0,
    M.SKILL: 0.4 * 0.4 + 0.15 * 0.3 + 0.4 * 0.2 + 0.05 * 0.8,
    M.STATED_AGREEMENT: 1.0 - 0.5 * (0.1 * 0.2 + 0.6 * 0.4 + 0.1 * 0.5 + 0.2 * 0.3),
    M.DEALS: 2, M.AGREED: 2, M.NO_ZONE: 0, M.OUT_OF_TIME: 1, M.VETOED: 0, M.NOT_AT_THE_TABLE: 1, M.WALK_OUTS: 1,
    # nothing is shared with the charity, so it has no promise to break
    M.BROKEN_PROMISES: 3,
    M.MEETINGS: 15, M.NASH_GAP: 0.2,
    M.BUSYNESS: 69.0 / 23.0,
    M.LARGEST_GROUP: 3, M.GROUP_KINDS: 3,
    M.BALANCE_TRUST: -0.04, M.BALANCE_COUNCIL: 0.02, M.BALANCE_GP: 0.0, M.BALANCE_VOLUNTARY: 0.01,
    M.OPPOSITION: 0.3, M.NEW_LEADERS: 2, M.BAILED_OUT: 1, M.REVERSAL: 1, M.REORGANISATION: 0,
    M.BLOCKER_NOTHING: 0.1, M.BLOCKER_MONEY: 0.6, M.BLOCKER_TRUST: 0.1, M.BLOCKER_TIME: 0.2,
    M.BLOCKERS_CONFIRMED: 2 / 3,
    M.ALLIED: 0.1 + 0.2, M.COMPACTS: 2, M.COMPACTS_BEGUN: 1, M.COMPACTS_ENDED: 2,
    M.ASPIRATION: 0.4 * 0.5 + 0.15 * 0.4 + 0.4 * 0.3 + 0.05 * 0.2,
    M.ROUTINE: 0.4 * 0.9 + 0.15 * 0.8 + 0.4 * 1.0 + 0.05 * 0.6,
}


@pytest.mark.parametrize("what", BY_HAND, ids=lambda what: what.code)
def test_four_partners_by_hand(what: Measure) -> None:
    assert of_four(seamless_quality=0.3, slogan=0.5, wider_determinants=0.8)[what] == approx(BY_HAND[what])


def test_a_journey_by_hand() -> None:
    """Council hands 1/8 of its journeys to the GP network and 6/8 to the hospital, they 1/3 and 3/4 of theirs to it."""
    council, gp, hospital = 7 / 8, 1 / 3, 3 / 4
    for _ in range(2):
        council, gp, hospital = gp / 8 + 6 * hospital / 8, council / 3, 3 * council / 4
    assert of_four(seamless_quality=0.3)[M.SEAMLESS] == approx(0.4 * council + 0.15 * gp + 0.4 * hospital)


def test_what_the_hand_worked_quarter_leaves_out_is_nothing() -> None:
    found = of_four(seamless_quality=0.3)
    rest = [what for what in M if what not in BY_HAND and what is not M.SEAMLESS]
    assert all(what.name.startswith("BLOCKER_") for what in rest)
    assert [found[what] for what in rest] == [0.0] * len(rest)


def test_before_anything_is_shared_there_is_nothing_to_measure() -> None:
    found = measured(at_start(four()))[:, 0]
    for what in (M.FORM, M.INTEGRATION, M.OUTCOME, M.EQUITY, M.SEAMLESS, M.POOLED, M.DEALS, M.BROKEN_PROMISES, M.LARGEST_GROUP,
                 M.GROUP_KINDS, M.BLOCKERS_CONFIRMED):
        assert found[what] == 0.0, what.code


def test_every_measure_says_what_it_is() -> None:
    assert all(m.meaning for m in M)
    assert len({what.meaning for what in M}) == len({what.code for what in M}) == N_MEASURE


@st.composite
def states(draw: st.DrawFn) -> tuple[Place, Arrays]:
    """Any small place with any sharing on its ties."""
    place = other_place(draw(st.integers(0, 5)))
    state = at_start(place, seamless_quality=draw(between(0.05, 1.0)), wider_determinants=draw(between(0.0, 1.0)))
    m = len(place.ties)

    def shares() -> list[float]:
        return draw(st.lists(between(0.0, 1.0), min_size=m, max_size=m))

    fill(state, expected=shares(), scope_money=shares(), scope_staff=shares(), scope_information=shares(), outcome=shares(),
         blocker=draw(st.lists(st.integers(0, 12).map(float), min_size=m, max_size=m)))
    return place, state


def hand_offs(place: Place, seamless: Any) -> Numbers:
    """M[i, j]: the share of i's shared work that goes to j over a seamless tie."""
    weights = np.zeros((len(place), len(place)))
    for a, b, spend in zip(place.ties.a, place.ties.b, place.ties.spend, strict=True):
        weights[a, b] = weights[b, a] = spend
    totals = weights.sum(axis=1, keepdims=True)
    kept = np.zeros_like(weights)
    for a, b, good in zip(place.ties.a, place.ties.b, seamless, strict=True):
        kept[a, b] = kept[b, a] = good
    return np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0) * kept


@given(states())
def test_journeys_are_the_third_power_of_the_hand_offs(case: tuple[Place, Arrays]) -> None:
    place, state = case
    line = float(state.place_setting[PLACE_SETTING["seamless_quality"]])
    seamless = field_of(state, T.EXPECTED)[:, 0] >= line
    totals = np.zeros(len(place))
    np.add.at(totals, place.ties.a, place.ties.spend)
    np.add.at(totals, place.ties.b, place.ties.spend)
    walk = np.linalg.matrix_power(hand_offs(place, seamless), 3).sum(axis=1)
    found = measured(state)[M.SEAMLESS, 0]
    assert found == approx(float(totals / totals.sum() @ walk))
    assert 0.0 <= found <= 1.0 + 1e-12


@given(states())
def test_the_largest_group_is_networkxs_largest_component(case: tuple[Place, Arrays]) -> None:
    place, state = case
    line = float(state.place_setting[PLACE_SETTING["seamless_quality"]])
    integrated = field_of(state, T.EXPECTED)[:, 0] >= line
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_edges_from(zip(place.ties.a[integrated].tolist(), place.ties.b[integrated].tolist(), strict=True))
    groups = [(len(group), len({int(place.partners.kind[i]) for i in group})) for group in networkx.connected_components(graph)]
    found = measured(state)[:, 0]
    assert (found[M.LARGEST_GROUP], found[M.GROUP_KINDS]) == max(groups, default=(0, 0))


@given(states())
def test_form_money_outcome_and_blockers_are_weighted_by_spend(case: tuple[Place, Arrays]) -> None:
    place, state = case
    weight = place.ties.spend / place.ties.spend.sum()
    found = measured(state)[:, 0]
    money, staff, know = (field_of(state, f)[:, 0] for f in (T.SCOPE_MONEY, T.SCOPE_STAFF, T.SCOPE_INFORMATION))
    assert found[M.FORM] == approx(float(weight @ (0.45 * money + 0.30 * staff + 0.25 * know)))
    assert found[M.INTEGRATION] == approx(float(weight @ field_of(state, T.EXPECTED)[:, 0]))
    assert found[M.POOLED] == approx(float(place.ties.spend @ money))
    assert found[M.POOLED_SHARE] == approx(found[M.POOLED] / place.partners.income[place.connected].sum())
    outcome = field_of(state, T.OUTCOME)[:, 0]
    assert outcome.min() - 1e-12 <= found[M.OUTCOME] <= outcome.max() + 1e-12
    blocked = [found[M[f"BLOCKER_{blocker.name}"]] for blocker in Blocker]
    assert sum(blocked) == approx(1.0)
    for blocker in Blocker:
        held = field_of(state, T.BLOCKER)[:, 0] == blocker
        assert found[M[f"BLOCKER_{blocker.name}"]] == approx(float(weight[held].sum()))


@given(states(), between(0.01, 1.0))
def test_the_same_everywhere_is_fair_and_measured_as_it_is(case: tuple[Place, Arrays], level: float) -> None:
    place, state = case
    fill(state, outcome=[level] * len(place.ties), expected=[level] * len(place.ties), scope_money=[level] * len(place.ties),
         scope_staff=[level] * len(place.ties), scope_information=[level] * len(place.ties))
    found = measured(state)[:, 0]
    assert found[M.FORM] == approx(level)
    assert found[M.INTEGRATION] == approx(level)
    if found[M.OUTCOME] > 0.0:
        assert found[M.OUTCOME] == approx(level)
        assert found[M.EQUITY] == approx(1.0)


def played_states() -> Iterator[Arrays]:
    batch = Batch.begin(other_place(3), [Job(today({"mandate": k / 16}), k) for k in range(LANES)])
    for _ in range(4):
        batch.advance(5)
        yield batch.arrays


def test_lanes_are_measured_like_a_run_alone() -> None:
    for state in played_states():
        together = measured(state)
        for lane in (0, 7, 15):
            names = ("tie", "partner", "place", "partner_setting", "place_setting", "start_setting", "seed")
            alone = state._replace(lanes=(0,), **{
                name: np.ascontiguousarray(getattr(state, name).reshape(-1, LANES)[:, lane]) for name in names})
            assert np.array_equal(measured(alone)[:, 0], together[:, lane])


@settings(max_examples=20)
@given(st.integers(0, 5), st.integers(0, 2**32))
def test_shares_are_shares_and_counts_are_counts(which: int, seed: int) -> None:
    place = other_place(which)
    found = Batch.begin(place, [Job(today(), seed)]).advance(24).measures
    assert found is not None
    for what in (M.FORM, M.INTEGRATION, M.SEAMLESS, M.TRUST, M.IDENTITY, M.INFORMATION, M.OWNERSHIP, M.SKILL, M.NASH_GAP,
                 M.STATED_AGREEMENT, M.OPPOSITION, M.BLOCKERS_CONFIRMED):
        assert ((found[..., what] >= 0.0) & (found[..., what] <= 1.0 + 1e-12)).all(), what.code
    talks = sum(found[..., what] for what in (M.AGREED, M.NO_ZONE, M.OUT_OF_TIME, M.VETOED, M.NOT_AT_THE_TABLE))
    assert (talks == len(place.ties)).all()
    assert (found[..., M.INTEGRATION] <= found[..., M.FORM] + 1e-12).all()
    assert (found[..., M.LARGEST_GROUP] != 1).all()
