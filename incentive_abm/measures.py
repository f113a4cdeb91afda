"""Measures of a quarter, read off the state; the same code serves both executors."""

from __future__ import annotations

from enum import IntEnum
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
from incentive_abm.kinds import Blocker
from incentive_abm.parameters import PlaceSetting
from incentive_abm.rules import appraisal, commitment, delivery, trust
from incentive_abm.state import MANY, ONE, SIDE_A, SIDE_B, at

P, T, S, G, W = PartnerField, TieField, SideField, PlaceField, PlaceSetting


class Measure(IntEnum):
    """What is measured at the end of each quarter."""

    FORM = 0
    INTEGRATION = 1
    OUTCOME = 2
    EQUITY = 3
    SEAMLESS = 4
    POOLED = 5
    POOLED_SHARE = 6
    TRUST = 7
    IDENTITY = 8
    INFORMATION = 9
    OWNERSHIP = 10
    SKILL = 11
    STATED_AGREEMENT = 12
    DEALS = 13
    AGREED = 14
    NO_ZONE = 15
    OUT_OF_TIME = 16
    VETOED = 17
    NOT_AT_THE_TABLE = 18
    WALK_OUTS = 19
    BROKEN_PROMISES = 20
    MEETINGS = 21
    NASH_GAP = 22
    LARGEST_GROUP = 23
    GROUP_KINDS = 24
    BALANCE_TRUST = 25
    BALANCE_COUNCIL = 26
    BALANCE_GP = 27
    BALANCE_VOLUNTARY = 28
    OPPOSITION = 29
    NEW_LEADERS = 30
    BAILED_OUT = 31
    REVERSAL = 32
    REORGANISATION = 33
    BLOCKER_NOTHING = 34
    BLOCKER_MONEY = 35
    BLOCKER_VALUES = 36
    BLOCKER_TRUST = 37
    BLOCKER_TARGETS = 38
    BLOCKER_WAITING = 39
    BLOCKER_BAILOUT = 40
    BLOCKER_OPPOSITION = 41
    BLOCKER_VOICE = 42
    BLOCKER_ROSY_FALLBACK = 43
    BLOCKER_PRESSURE = 44
    BLOCKER_INFORMATION = 45
    BLOCKER_TIME = 46
    BLOCKERS_CONFIRMED = 47

    @property
    def code(self) -> str:
        """The column name in tables."""
        return self.name.lower()

    @property
    def meaning(self) -> str:
        """One line on what is measured, with its unit."""
        return MEANINGS[self]


MEANINGS: dict[Measure, str] = {
    Measure.FORM: "form F: share of shared spend under sharing, Σ weight · breadth of scope (0..1)",
    Measure.INTEGRATION: "integration I: Σ weight · breadth · chance both keep their promise · joint-work quality (0..1)",
    Measure.OUTCOME: "what people get: delivered joint work · solution quality, weighted toward wider determinants",
    Measure.EQUITY: "outcome reaching under-served people over outcome for the rest (1 = equal; 0 while there is none)",
    Measure.SEAMLESS: "chance that a journey of three hand-offs meets an integrated tie each time ('my care', 0..1)",
    Measure.POOLED: "money under pooling, £m a year",
    Measure.POOLED_SHARE: "pooled money as a share of all partners' income (0..1)",
    Measure.TRUST: "mean belief that the other keeps its promises, weighted by spend (0..1)",
    Measure.IDENTITY: "mean sense of 'we', weighted by spend (0..1)",
    Measure.INFORMATION: "mean knowledge of each other, weighted by spend (0..1)",
    Measure.OWNERSHIP: "mean ownership of the joint work over partners, weighted by shared spend (0..1)",
    Measure.SKILL: "mean skill in integration of leaders, weighted by shared spend (0..1)",
    Measure.STATED_AGREEMENT: "how alike partners say they are: 1 − stated distance, weighted by spend (0..1)",
    Measure.DEALS: "ties with a deal in force (count)",
    Measure.AGREED: "talks that ended in agreement this quarter (count)",
    Measure.NO_ZONE: "talks with no deal that would leave both better off (count)",
    Measure.OUT_OF_TIME: "talks that ran out of meetings (count)",
    Measure.VETOED: "talks made impossible by public opposition (count)",
    Measure.NOT_AT_THE_TABLE: "ties with a side not at the table (count)",
    Measure.WALK_OUTS: "ties a side walked away from this quarter (count)",
    Measure.BROKEN_PROMISES: "promises broken this quarter on ties with something shared (count)",
    Measure.MEETINGS: "meetings held this quarter (count)",
    Measure.NASH_GAP: "mean shortfall of this quarter's agreements from the Nash deal (0..1)",
    Measure.LARGEST_GROUP: "partners in the largest group joined by integrated ties (count)",
    Measure.GROUP_KINDS: "kinds of partner that this group joins (0..4)",
    Measure.BALANCE_TRUST: "mean balance of trusts, share of income",
    Measure.BALANCE_COUNCIL: "mean balance of councils, share of income",
    Measure.BALANCE_GP: "mean balance of GP networks, share of income",
    Measure.BALANCE_VOLUNTARY: "mean balance of voluntary providers, share of income",
    Measure.OPPOSITION: "public opposition (0..1)",
    Measure.NEW_LEADERS: "partners with a new leader this quarter (count)",
    Measure.BAILED_OUT: "trusts bailed out this quarter (count)",
    Measure.REVERSAL: "1 in a quarter in which the policy is reversed, else 0",
    Measure.REORGANISATION: "1 in a quarter in which the place is reorganised, else 0",
    Measure.BLOCKERS_CONFIRMED: "share of blockers that removing one part at a time confirms (0..1)",
    **{Measure[f"BLOCKER_{b.name}"]: f"share of shared spend held back by: {b.label}" for b in Blocker},
}
N_MEASURE = len(Measure)
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
