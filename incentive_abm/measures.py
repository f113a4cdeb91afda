"""Measures of a quarter, read off the state; the same code serves both executors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.compiling import compiled
from incentive_abm.fields import (
    N_PARTNER,
    N_PARTNER_FACT,
    N_TIE,
    N_TIE_FACT,
    PartnerFact,
    PartnerField,
    PlaceField,
    SideField,
    TieFact,
    TieField,
)
from incentive_abm.measured import N_MEASURE, Measure
from incentive_abm.parameters import PlaceSetting
from incentive_abm.rules import appraisal, commitment, delivery, politics, trust
from incentive_abm.state import MANY, ONE, SIDE_A, SIDE_B, at

__all__ = ["N_MEASURE", "Measure", "begin_measuring", "finish_measuring", "measure", "measure_ties", "room_needed"]

P, T, S, G, W = PartnerField, TieField, SideField, PlaceField, PlaceSetting

_OUT = types.float64[::1]


COUNTED, SERVED, REST, SERVED_WEIGHT, REST_WEIGHT, HELD, ROOM = range(7)


@compiled([types.int64(ONE), types.int64(MANY)])
def room_needed(s: Any) -> Any:
    """How many float64 the working room of `measure` needs: sums over ties, and for each tie whether it is seamless."""
    return (ROOM + s.tie_key.size) * len(s.lanes)


@compiled([types.void(ONE, _OUT, _OUT), types.void(MANY, _OUT, _OUT)])
def begin_measuring(s: Any, out: Any, room: Any) -> None:
    """Set all sums to nothing."""
    for k in range(N_MEASURE * len(s.lanes)):
        out[k] = 0.0
    for k in range(ROOM * len(s.lanes)):
        room[k] = 0.0


@compiled([types.void(t, _OUT, _OUT, types.int64, types.int64) for t in (ONE, MANY)])
def measure_ties(s: Any, out: Any, room: Any, first: Any, last: Any) -> None:
    """Add the ties from `first` up to `last`, in canonical order."""
    lanes = len(s.lanes)
    tie, w, tie_fact = s.tie, s.place_setting, s.tie_fact
    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        sa, sb = o + SIDE_A * lanes, o + SIDE_B * lanes
        weight = tie_fact[t * N_TIE_FACT + TieFact.WEIGHT]
        spend = tie_fact[t * N_TIE_FACT + TieFact.SPEND]
        reach = tie_fact[t * N_TIE_FACT + TieFact.REACH]
        wider = tie_fact[t * N_TIE_FACT + TieFact.WIDER]
        for lane in range(lanes):
            money = tie[o + T.SCOPE_MONEY * lanes + lane]
            shared = appraisal.breadth(money, tie[o + T.SCOPE_STAFF * lanes + lane],
                                       tie[o + T.SCOPE_INFORMATION * lanes + lane])
            outcome = tie[o + T.OUTCOME * lanes + lane]
            counted = delivery.outcome_weight(weight, wider, w[W.wider_determinants * lanes + lane])
            believed = 0.5 * (trust.mean_trust(tie[sa + S.ALPHA * lanes + lane], tie[sa + S.BETA * lanes + lane])
                              + trust.mean_trust(tie[sb + S.ALPHA * lanes + lane], tie[sb + S.BETA * lanes + lane]))
            talk = tie[o + T.TALK * lanes + lane]
            out[Measure.FORM * lanes + lane] += weight * shared
            expected = tie[o + T.EXPECTED * lanes + lane]
            out[Measure.INTEGRATION * lanes + lane] += weight * expected
            room[(ROOM + t) * lanes + lane] = delivery.is_seamless(expected, w[W.seamless_quality * lanes + lane])
            out[Measure.OUTCOME * lanes + lane] += counted * outcome
            room[COUNTED * lanes + lane] += counted
            room[SERVED * lanes + lane] += counted * outcome * reach
            room[REST * lanes + lane] += counted * outcome * (1.0 - reach)
            room[SERVED_WEIGHT * lanes + lane] += counted * reach
            room[REST_WEIGHT * lanes + lane] += counted * (1.0 - reach)
            out[Measure.POOLED * lanes + lane] += spend * money
            out[Measure.TRUST * lanes + lane] += weight * believed
            out[Measure.IDENTITY * lanes + lane] += weight * tie[o + T.IDENTITY * lanes + lane]
            out[Measure.INFORMATION * lanes + lane] += weight * tie[o + T.INFORMATION * lanes + lane]
            out[Measure.STATED_AGREEMENT * lanes + lane] += weight * (
                1.0 - (1.0 - w[W.slogan * lanes + lane]) * tie[o + T.DISTANCE * lanes + lane])
            out[Measure.DEALS * lanes + lane] += 1.0 if tie[o + T.AGE * lanes + lane] > 0.0 else 0.0
            out[Measure.AGREED * lanes + lane] += 1.0 if talk == 1.0 else 0.0
            out[Measure.NO_ZONE * lanes + lane] += 1.0 if talk == 2.0 else 0.0
            out[Measure.OUT_OF_TIME * lanes + lane] += 1.0 if talk == 3.0 else 0.0
            out[Measure.VETOED * lanes + lane] += 1.0 if talk == 4.0 else 0.0
            out[Measure.NOT_AT_THE_TABLE * lanes + lane] += 1.0 if talk == 0.0 else 0.0
            out[Measure.WALK_OUTS * lanes + lane] += 1.0 if tie[o + T.WALKED_OUT * lanes + lane] > 0.0 else 0.0
            broken = 2.0 - tie[sa + S.KEPT * lanes + lane] - tie[sb + S.KEPT * lanes + lane]
            out[Measure.BROKEN_PROMISES * lanes + lane] += broken if shared > 0.02 else 0.0
            out[Measure.MEETINGS * lanes + lane] += tie[o + T.MEETINGS * lanes + lane]
            out[Measure.NASH_GAP * lanes + lane] += tie[o + T.NASH_GAP * lanes + lane]
            blocker = tie[o + T.BLOCKER * lanes + lane]
            held = 1.0 if blocker > 0.0 else 0.0
            room[HELD * lanes + lane] += held
            out[Measure.BLOCKERS_CONFIRMED * lanes + lane] += held * tie[o + T.BLOCKER_AGREES * lanes + lane]
        for k in range(13):
            for lane in range(lanes):
                blocker = tie[o + T.BLOCKER * lanes + lane]
                out[(Measure.BLOCKER_NOTHING + k) * lanes + lane] += weight if blocker == float(k) else 0.0


@compiled([types.void(ONE, _OUT, _OUT), types.void(MANY, _OUT, _OUT)])
def finish_ties(s: Any, out: Any, room: Any) -> None:
    """Turn the sums over ties into measures."""
    lanes = len(s.lanes)
    place = s.place
    for lane in range(lanes):
        out[Measure.OUTCOME * lanes + lane] = commitment.ratio(out[Measure.OUTCOME * lanes + lane], room[COUNTED * lanes + lane])
        served = commitment.ratio(room[SERVED * lanes + lane], room[SERVED_WEIGHT * lanes + lane])
        rest = commitment.ratio(room[REST * lanes + lane], room[REST_WEIGHT * lanes + lane])
        out[Measure.EQUITY * lanes + lane] = commitment.ratio(served, rest)
        out[Measure.NASH_GAP * lanes + lane] = commitment.ratio(out[Measure.NASH_GAP * lanes + lane],
                                                                out[Measure.AGREED * lanes + lane])
        out[Measure.BLOCKERS_CONFIRMED * lanes + lane] = commitment.ratio(
            out[Measure.BLOCKERS_CONFIRMED * lanes + lane], room[HELD * lanes + lane])
        out[Measure.BUSYNESS * lanes + lane] = politics.busyness(place[G.MEETINGS * lanes + lane],
                                                                 out[Measure.INTEGRATION * lanes + lane])
        out[Measure.OPPOSITION * lanes + lane] = place[G.OPPOSITION * lanes + lane]
        out[Measure.REVERSAL * lanes + lane] = place[G.REVERSAL * lanes + lane]
        out[Measure.REORGANISATION * lanes + lane] = place[G.REORGANISATION * lanes + lane]


@compiled([types.void(ONE, _OUT), types.void(MANY, _OUT)])
def measure_partners(s: Any, out: Any) -> None:
    """Sums over partners that have ties, in canonical order."""
    lanes = len(s.lanes)
    partner, partner_fact, partner_keys = s.partner, s.partner_fact, s.partner_key
    income, count = 0.0, np.zeros(4)
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        f = i * N_PARTNER_FACT
        weight = partner_fact[f + PartnerFact.WEIGHT]
        connected = partner_fact[f + PartnerFact.CONNECTED]
        kind = int(partner_fact[f + PartnerFact.KIND])
        income += partner_fact[f + PartnerFact.INCOME] * connected
        count[kind] += connected
        for lane in range(lanes):
            out[Measure.OWNERSHIP * lanes + lane] += weight * partner[o + P.OWNERSHIP * lanes + lane]
            out[Measure.SKILL * lanes + lane] += weight * partner[o + P.SKILL * lanes + lane]
            out[(Measure.BALANCE_TRUST + kind) * lanes + lane] += connected * partner[o + P.BALANCE * lanes + lane]
            out[Measure.NEW_LEADERS * lanes + lane] += connected * partner[o + P.NEW_LEADER * lanes + lane]
            out[Measure.BAILED_OUT * lanes + lane] += connected * partner[o + P.BAILED_OUT * lanes + lane]
    for lane in range(lanes):
        out[Measure.POOLED_SHARE * lanes + lane] = commitment.ratio(out[Measure.POOLED * lanes + lane], income)
        for kind in range(4):
            k = (Measure.BALANCE_TRUST + kind) * lanes + lane
            out[k] = commitment.ratio(out[k], count[kind])


@compiled([types.void(ONE, _OUT, _OUT), types.void(MANY, _OUT, _OUT)])
def measure_journeys(s: Any, out: Any, room: Any) -> None:
    """O4. A walk of three hand-offs over the ties by weight; seamless when every hand-off is integrated.

    With M[i, j] = weight of tie / weight of i where the tie is seamless: J = Σ start share · (M³·1).
    """
    lanes = len(s.lanes)
    tie_fact, partner_fact, ends_a, ends_b = s.tie_fact, s.partner_fact, s.a, s.b
    tie_keys, partner_keys = s.tie_key, s.partner_key
    n = partner_keys.size
    now, later = np.ones(n * lanes), np.zeros(n * lanes)
    for _ in range(3):
        for k in range(n * lanes):
            later[k] = 0.0
        for t in range(tie_keys.size):
            part_a = tie_fact[t * N_TIE_FACT + TieFact.PART_OF_A]
            part_b = tie_fact[t * N_TIE_FACT + TieFact.PART_OF_B]
            a, b = at(ends_a, t) * lanes, at(ends_b, t) * lanes
            for lane in range(lanes):
                good = room[(ROOM + t) * lanes + lane]
                later[a + lane] += part_a * good * now[b + lane]
                later[b + lane] += part_b * good * now[a + lane]
        now, later = later, now
    for i in range(n):
        weight = partner_fact[i * N_PARTNER_FACT + PartnerFact.WEIGHT]
        for lane in range(lanes):
            out[Measure.SEAMLESS * lanes + lane] += weight * now[i * lanes + lane]


@compiled((types.int64[::1], types.int64))
def root_of(parent: Any, i: Any) -> Any:
    """The representative of i's group, halving the path on the way."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@compiled([types.void(ONE, _OUT, _OUT), types.void(MANY, _OUT, _OUT)])
def measure_groups(s: Any, out: Any, room: Any) -> None:
    """The largest group of partners joined by integrated ties, and how many kinds it joins (the most, among equals)."""
    lanes = len(s.lanes)
    partner_fact, ends_a, ends_b, tie_keys, partner_keys = s.partner_fact, s.a, s.b, s.tie_key, s.partner_key
    n = partner_keys.size
    parent, size, kinds = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64)
    for lane in range(lanes):
        for i in range(n):
            parent[i] = i
            size[i] = 0
            kinds[i] = 0
        for t in range(tie_keys.size):
            if room[(ROOM + t) * lanes + lane] > 0.5:
                a, b = root_of(parent, at(ends_a, t)), root_of(parent, at(ends_b, t))
                if a != b:
                    parent[b] = a
        largest, joined = 0, 0
        for i in range(n):
            root = root_of(parent, i)
            size[root] += 1
            kinds[root] |= 1 << int(partner_fact[i * N_PARTNER_FACT + PartnerFact.KIND])
        for i in range(n):
            if size[i] > 1:
                different = (kinds[i] & 1) + ((kinds[i] >> 1) & 1) + ((kinds[i] >> 2) & 1) + ((kinds[i] >> 3) & 1)
                if size[i] > largest or (size[i] == largest and different > joined):
                    largest, joined = size[i], different
        out[Measure.LARGEST_GROUP * lanes + lane] = largest
        out[Measure.GROUP_KINDS * lanes + lane] = joined


@compiled([types.void(ONE, _OUT, _OUT), types.void(MANY, _OUT, _OUT)])
def finish_measuring(s: Any, out: Any, room: Any) -> None:
    """Everything that is measured once all ties are added."""
    finish_ties(s, out, room)
    measure_partners(s, out)
    measure_journeys(s, out, room)
    measure_groups(s, out, room)


@compiled([types.void(ONE, _OUT), types.void(MANY, _OUT)])
def measure(s: Any, out: Any) -> None:
    """Fill `out`, shape [N_MEASURE][lanes] flattened, from the state at the end of a quarter."""
    room = np.empty(room_needed(s))
    begin_measuring(s, out, room)
    measure_ties(s, out, room, 0, s.tie_key.size)
    finish_measuring(s, out, room)
