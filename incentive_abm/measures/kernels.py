"""Measures of a quarter, read off the state; the same code serves both executors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.compiling.build import FLOATS
from incentive_abm.compiling.layout import Record, scratch
from incentive_abm.kinds import Blocker, Kind
from incentive_abm.measures.declared import N_MEASURE, Measure
from incentive_abm.rules import appraisal, commitment, delivery, politics, relations, trust
from incentive_abm.state.kernels import kernel, lanes, over_arrays, plain

N_KIND, N_BLOCKER = len(Kind), len(Blocker)
OUT = Record(tuple(m.code for m in Measure), {
    "balances": (Measure.BALANCE_TRUST, N_KIND), "blockers": (Measure.BLOCKER_NOTHING, N_BLOCKER)})
ROOM = scratch(counted=1, served=1, rest=1, served_weight=1, rest_weight=1, held=1, seamless=0)
"""Working room: sums over ties, and for each tie whether it is seamless."""
SUMS = len(ROOM)
MEASURES = {"out": OUT, "room": ROOM}


@over_arrays()
def room_needed(s: Any) -> Any:
    """How many float64 the working room of `measure` needs."""
    return (SUMS + s.tie_key.size) * len(s.lanes)


@over_arrays(FLOATS, FLOATS)
def begin_measuring(s: Any, out: Any, room: Any) -> None:
    """Set all sums to nothing."""
    for k in range(N_MEASURE * len(s.lanes)):
        out[k] = 0.0
    for k in range(SUMS * len(s.lanes)):
        room[k] = 0.0


@kernel(blocks=True, handed=MEASURES)
def measure_ties(ties: Any, place: Any, out: Any, room: Any) -> None:
    """Add the ties from `first` up to `last`, in canonical order."""
    settings = place.settings
    for tie in ties:
        a, b = tie.a, tie.b
        weight, reach = tie.weight, tie.reach
        for lane in lanes:
            money, outcome, talk, expected = tie.scope_money, tie.outcome, tie.talk, tie.expected
            shared = appraisal.breadth(*tie.scopes)
            counted = delivery.outcome_weight(weight, tie.wider, settings.wider_determinants)
            trust_a, trust_b = trust.mean_trust(a.alpha, a.beta), trust.mean_trust(b.alpha, b.beta)
            believed = 0.5 * (trust_a + trust_b)
            out.form += weight * shared
            out.integration += weight * expected
            room.seamless[tie.index] = delivery.is_seamless(expected, settings.seamless_quality)
            out.outcome += counted * outcome
            room.counted += counted
            room.served += counted * outcome * reach
            room.rest += counted * outcome * (1.0 - reach)
            room.served_weight += counted * reach
            room.rest_weight += counted * (1.0 - reach)
            out.pooled += tie.spend * money
            out.attended += weight * tie.attended
            out.rest_joined += weight * tie.beyond
            out.allied += weight if tie.bound > 0.0 else 0.0
            out.trust += weight * believed
            out.identity += weight * tie.identity
            out.information += weight * tie.information
            out.stated_agreement += weight * (1.0 - (1.0 - settings.slogan) * tie.distance)
            out.said += weight * relations.said_of_working_together(tie.identity, trust_a, trust_b, settings.slogan)
            out.deals += 1.0 if tie.age > 0.0 else 0.0
            out.agreed += 1.0 if talk == 1.0 else 0.0
            out.no_zone += 1.0 if talk == 2.0 else 0.0
            out.out_of_time += 1.0 if talk == 3.0 else 0.0
            out.vetoed += 1.0 if talk == 4.0 else 0.0
            out.not_at_the_table += 1.0 if talk == 0.0 else 0.0
            out.walk_outs += 1.0 if tie.walked_out > 0.0 else 0.0
            broken = 2.0 - a.kept - b.kept
            out.broken_promises += broken if shared > commitment.SHARED_ENOUGH else 0.0
            out.meetings += tie.meetings
            out.nash_gap += tie.nash_gap
            held = 1.0 if tie.blocker > 0.0 else 0.0
            room.held += held
            out.blockers_confirmed += held * tie.blocker_agrees
        for k in range(N_BLOCKER):
            for lane in lanes:
                out.blockers[k] += weight if tie.blocker == float(k) else 0.0


@kernel(handed=MEASURES)
def finish_ties(place: Any, out: Any, room: Any) -> None:
    """Turn the sums over ties into measures."""
    for lane in lanes:
        out.outcome = commitment.ratio(out.outcome, room.counted)
        served = commitment.ratio(room.served, room.served_weight)
        rest = commitment.ratio(room.rest, room.rest_weight)
        out.equity = commitment.ratio(served, rest)
        out.nash_gap = commitment.ratio(out.nash_gap, out.agreed)
        out.blockers_confirmed = commitment.ratio(out.blockers_confirmed, room.held)
        out.busyness = politics.busyness(place.meetings, out.integration)
        out.opposition = place.opposition
        out.reversal = place.reversal
        out.reorganisation = place.reorganisation


@kernel(handed={"out": OUT})
def measure_partners(partners: Any, out: Any) -> None:
    """Sums over partners that have ties, in canonical order."""
    income, count = 0.0, np.zeros(N_KIND)
    for partner in partners:
        kind = int(partner.kind)
        income += partner.income * partner.connected
        count[kind] += partner.connected
        for lane in lanes:
            out.ownership += partner.weight * partner.ownership
            out.skill += partner.weight * partner.skill
            out.compacts += partner.hosts
            out.compacts_begun += partner.signed
            out.compacts_ended += partner.dissolved
            out.aspiration += partner.weight * partner.aspiration
            out.routine += partner.weight * partner.routine
            out.balances[kind] += partner.connected * partner.balance
            out.new_leaders += partner.connected * partner.new_leader
            out.bailed_out += partner.connected * partner.bailed_out
    for lane in lanes:
        out.pooled_share = commitment.ratio(out.pooled, income)
        for kind in range(N_KIND):
            out.balances[kind] = commitment.ratio(out.balances[kind], count[kind])


@kernel(handed=MEASURES)
def measure_journeys(ties: Any, partners: Any, out: Any, room: Any) -> None:
    """O4. A walk of three hand-offs over the ties by weight; seamless when every hand-off is integrated.

    With M[i, j] = weight of tie / weight of i where the tie is seamless: J = Σ start share · (M³·1).
    """
    size = partners.size * lanes
    now, later = np.ones(size), np.zeros(size)
    for _ in range(3):
        for k in range(size):
            later[k] = 0.0
        for tie in ties:
            a, b = tie.a.partner.index * lanes, tie.b.partner.index * lanes
            for lane in lanes:
                good = room.seamless[tie.index]
                later[a + lane] += tie.a.part * good * now[b + lane]
                later[b + lane] += tie.b.part * good * now[a + lane]
        now, later = later, now
    for partner in partners:
        for lane in lanes:
            out.seamless += partner.weight * now[partner.index * lanes + lane]


@plain(types.int64[::1], types.int64)
def root_of(parent: Any, i: Any) -> Any:
    """The representative of i's group, halving the path on the way."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@kernel(handed=MEASURES)
def measure_groups(ties: Any, partners: Any, out: Any, room: Any) -> None:
    """The largest group of partners joined by integrated ties, and how many kinds it joins (the most, among equals)."""
    n = partners.size
    parent, size, kinds = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64)
    for lane in lanes:
        for i in range(n):
            parent[i] = i
            size[i] = 0
            kinds[i] = 0
        for tie in ties:
            if room.seamless[tie.index] > 0.5:
                a, b = root_of(parent, tie.a.partner.index), root_of(parent, tie.b.partner.index)
                if a != b:
                    parent[b] = a
        largest, joined = 0, 0
        for partner in partners:
            root = root_of(parent, partner.index)
            size[root] += 1
            kinds[root] |= 1 << int(partner.kind)
        for i in range(n):
            if size[i] > 1:
                different = (kinds[i] & 1) + ((kinds[i] >> 1) & 1) + ((kinds[i] >> 2) & 1) + ((kinds[i] >> 3) & 1)
                if size[i] > largest or (size[i] == largest and different > joined):
                    largest, joined = size[i], different
        out.largest_group = largest
        out.group_kinds = joined


@over_arrays(FLOATS, FLOATS)
def finish_measuring(s: Any, out: Any, room: Any) -> None:
    """Everything that is measured once all ties are added."""
    finish_ties(s, out, room)
    measure_partners(s, out)
    measure_journeys(s, out, room)
    measure_groups(s, out, room)


@over_arrays(FLOATS)
def measure(s: Any, out: Any) -> None:
    """Fill `out`, shape [N_MEASURE][lanes] flattened, from the state at the end of a quarter."""
    room = np.empty(room_needed(s))
    begin_measuring(s, out, room)
    measure_ties(s, 0, s.tie_key.size, out, room)
    finish_measuring(s, out, room)



KERNELS = (room_needed, begin_measuring, measure_ties, finish_ties, measure_partners, measure_journeys, measure_groups,
           finish_measuring)
