"""A run's state: flat arrays with the lane innermost, and how it begins; built once for both executors.

Shapes: with n partners, m ties and L lanes (runs side by side), `partner` is [n][PartnerField][L], `tie` is
[m][TieField, side a, side b][L], `place` is [PlaceField][L], all flattened. Facts have no lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import typeof, types

from incentive_abm.chance import Stream, numbered, sided, uniform
from incentive_abm.compiling import compiled
from incentive_abm.fields import (
    N_PARTNER,
    N_PARTNER_FACT,
    N_PLACE,
    N_SIDE,
    N_TIE,
    N_TIE_COMMON,
    N_TIE_FACT,
    PartnerFact,
    PartnerField,
    PlaceField,
    SideField,
    TieFact,
    TieField,
)
from incentive_abm.kinds import Kind
from incentive_abm.parameters import Scope, StartSetting, names
from incentive_abm.place import Place
from incentive_abm.rules import leadership, relations, trust, values
from incentive_abm.scenario import Scenario

LANES = 16
N_PARTNER_SETTING = len(names(Scope.PARTNER))
N_PLACE_SETTING = len(names(Scope.PLACE))
N_START_SETTING = len(names(Scope.START))
SIDE_A = N_TIE_COMMON
SIDE_B = N_TIE_COMMON + N_SIDE
PROFILES = np.array([values.PROFILES[k] for k in Kind])
SECTOR_MEAN = PROFILES.mean(axis=0)

STRANDED = {Kind.TRUST: 1.0, Kind.COUNCIL: 0.25, Kind.GP: 0.1, Kind.VOLUNTARY: 0.02}
"""Share of stranded costs that a kind is left with. Source: model specification A."""
TREND = {Kind.TRUST: 1.0, Kind.COUNCIL: 0.5, Kind.GP: 0.1, Kind.VOLUNTARY: 0.1}
"""How far a kind drifts into deficit beside a trust. Source: 001-10 for trusts; others assumed."""


class Arrays(NamedTuple):
    """Everything a phase reads and writes. `lanes` has as many entries as there are lanes, so that their number is known
    when a phase is compiled; `lead` holds the largest partner of each kind, or −1."""

    tie: Any
    partner: Any
    place: Any
    partner_setting: Any
    place_setting: Any
    start_setting: Any
    tie_fact: Any
    partner_fact: Any
    a: Any
    b: Any
    tie_key: Any
    side_a_key: Any
    side_b_key: Any
    partner_key: Any
    seed: Any
    lead: Any
    lanes: Any


def signature(lanes: int) -> Any:
    """The numba type of `Arrays` with this number of lanes."""
    floats, ints, keys = np.zeros(1), np.zeros(1, np.int64), np.zeros(1, np.uint64)
    sample = Arrays(floats, floats, floats, floats, floats, floats, floats, floats, ints, ints, keys, keys, keys, keys, keys,
                    ints, (0,) * lanes)
    return typeof(sample)


ONE, MANY = signature(1), signature(LANES)


def phase(*more: Any, forceinline: bool = False) -> Any:
    """Compile a function of (Arrays, …) for one lane and for many; further arguments have the numba types given."""
    return compiled([types.void(ONE, *more), types.void(MANY, *more)], forceinline=forceinline)


@compiled((types.int64[::1], types.int64), forceinline=True)
def at(ends: Any, t: Any) -> Any:
    """Index of the partner at one end of tie t; the mask tells the compiler that it is not negative, which lanes need."""
    return ends[t] & 0x7FFFFFFF


def place_facts(place: Place) -> tuple[Any, Any]:
    """Partner facts [n, PartnerFact] and tie facts [m, TieFact] of a place."""
    partners, ties = place.partners, place.ties
    n, m = len(partners.ids), len(ties.a)
    total = np.zeros(n)
    np.add.at(total, ties.a, ties.spend)
    np.add.at(total, ties.b, ties.spend)
    everything = float(sum(ties.spend.tolist()))
    facts = np.zeros((n, N_PARTNER_FACT))
    facts[:, PartnerFact.INCOME] = partners.income
    facts[:, PartnerFact.KIND] = partners.kind
    facts[:, PartnerFact.REACH] = partners.reach
    facts[:, PartnerFact.WEIGHT] = total / (2.0 * everything)
    facts[:, PartnerFact.CONNECTED] = total > 0
    facts[:, PartnerFact.STRANDED] = np.array([STRANDED[k] for k in Kind])[partners.kind]
    facts[:, PartnerFact.TREND] = np.array([TREND[k] for k in Kind])[partners.kind]
    facts[:, PartnerFact.RESCUED] = partners.kind == Kind.TRUST
    facts[:, PartnerFact.TRUST] = partners.kind == Kind.TRUST
    facts[:, PartnerFact.VOLUNTARY] = partners.kind == Kind.VOLUNTARY
    tie = np.zeros((m, N_TIE_FACT))
    kind_a, kind_b = partners.kind[ties.a], partners.kind[ties.b]
    tie[:, TieFact.SPEND] = ties.spend
    tie[:, TieFact.WEIGHT] = ties.spend / everything
    tie[:, TieFact.SHARE_A] = ties.spend_a / ties.spend
    tie[:, TieFact.SHARE_B] = 1.0 - tie[:, TieFact.SHARE_A]
    tie[:, TieFact.PART_OF_A] = ties.spend / total[ties.a]
    tie[:, TieFact.PART_OF_B] = ties.spend / total[ties.b]
    tie[:, TieFact.CROSSES] = kind_a != kind_b
    tie[:, TieFact.WITH_TRUST] = (kind_a == Kind.TRUST) | (kind_b == Kind.TRUST)
    outside = (Kind.COUNCIL, Kind.VOLUNTARY)
    tie[:, TieFact.WIDER] = np.isin(kind_a, outside) | np.isin(kind_b, outside)
    tie[:, TieFact.REACH] = 0.5 * (partners.reach[ties.a] + partners.reach[ties.b])
    return facts, tie


def largest_of_each_kind(place: Place) -> Any:
    """Index of the partner of each kind with the largest income among those with ties, −1 where there is none."""
    lead = np.full(len(Kind), -1, np.int64)
    connected = np.zeros(len(place.partners.ids), bool)
    connected[place.ties.a] = connected[place.ties.b] = True
    for kind in Kind:
        of_kind = np.flatnonzero((place.partners.kind == kind) & connected)
        if of_kind.size:
            lead[kind] = of_kind[np.argmax(place.partners.income[of_kind])]
    return lead


def start(place: Place, scenarios: Sequence[Scenario], seeds: Sequence[int]) -> Arrays:
    """The state before the first quarter, one lane for each (scenario, seed); their number must be 1 or `LANES`."""
    lanes = len(seeds)
    partners, ties = place.partners, place.ties
    n, m = len(partners.ids), len(ties.a)
    unique = {id(s): s for s in scenarios}
    partner_rows = {k: s.partner_settings(place) for k, s in unique.items()}
    place_rows = {k: s.place_settings() for k, s in unique.items()}
    start_rows = {k: s.start_settings() for k, s in unique.items()}
    lane_keys = [id(s) for s in scenarios]
    facts, tie_facts = place_facts(place)
    keys = np.array(place.keys, np.uint64)
    tie_keys = np.array(place.tie_keys, np.uint64)
    side_a = np.array([sided(t, k) for t, k in zip(tie_keys, keys[ties.a], strict=True)], np.uint64)
    side_b = np.array([sided(t, k) for t, k in zip(tie_keys, keys[ties.b], strict=True)], np.uint64)
    arrays = Arrays(
        tie=np.zeros(m * N_TIE * lanes), partner=np.zeros(n * N_PARTNER * lanes), place=np.zeros(N_PLACE * lanes),
        partner_setting=np.stack([partner_rows[k] for k in lane_keys], axis=-1).ravel(),
        place_setting=np.stack([place_rows[k] for k in lane_keys], axis=-1).ravel(),
        start_setting=np.stack([start_rows[k] for k in lane_keys], axis=-1).ravel(),
        tie_fact=tie_facts.ravel(), partner_fact=facts.ravel(),
        a=np.array(ties.a, np.int64), b=np.array(ties.b, np.int64),
        tie_key=tie_keys, side_a_key=side_a, side_b_key=side_b, partner_key=keys,
        seed=np.array(seeds, np.uint64), lead=largest_of_each_kind(place), lanes=(0,) * lanes,
    )
    balance = np.array(partners.balance)
    begin_partners(arrays, balance, np.array(partners.skill), SECTOR_MEAN, PROFILES.ravel())
    begin_ties(arrays, np.array(ties.trust), np.array(ties.identity),
               np.array(ties.information))
    return arrays


_F = types.float64[::1]


@phase(_F, _F, _F, _F)
def begin_partners(s: Any, balance: Any, skill: Any, sector_mean: Any, profiles: Any) -> None:
    """Partners before the first quarter: values jittered about their sector's, a leader drawn, no ownership yet."""
    lanes = len(s.lanes)
    partner, start_setting, partner_fact, partner_keys, seeds = s.partner, s.start_setting, s.partner_fact, s.partner_key, s.seed
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        key = partner_keys[i]
        kind = int(partner_fact[i * N_PARTNER_FACT + PartnerFact.KIND])
        for lane in range(lanes):
            seed = seeds[lane]
            gap = start_setting[StartSetting.value_gap * lanes + lane]
            spread = start_setting[StartSetting.value_spread * lanes + lane]
            anchors = 0.0
            total = 0.0
            for v in range(6):
                anchor = values.value_anchor(sector_mean[v], profiles[kind * 6 + v], gap)
                own = values.value_start(anchor, spread, uniform(seed, np.uint64(Stream.VALUE_START), np.uint64(0),
                                                                 numbered(key, np.uint64(v))))
                partner[o + (PartnerField.ANCHOR_EVIDENCE + v) * lanes + lane] = anchor
                partner[o + (PartnerField.EVIDENCE + v) * lanes + lane] = own
                anchors += anchor
                total += own
            for v in range(6):
                partner[o + (PartnerField.ANCHOR_EVIDENCE + v) * lanes + lane] /= anchors
                partner[o + (PartnerField.EVIDENCE + v) * lanes + lane] /= total
            drawn = leadership.skill_at_start(
                uniform(seed, np.uint64(Stream.SKILL_START), np.uint64(0), key),
                start_setting[StartSetting.skill_start * lanes + lane])
            partner[o + PartnerField.SKILL * lanes + lane] = drawn if np.isnan(skill[i]) else skill[i]
            partner[o + PartnerField.BALANCE * lanes + lane] = balance[i]
            partner[o + PartnerField.OWNERSHIP * lanes + lane] = start_setting[
                StartSetting.ownership_start * lanes + lane]
            partner[o + PartnerField.TENURE * lanes + lane] = np.floor(
                24.0 * uniform(seed, np.uint64(Stream.TENURE_START), np.uint64(0), key))
            partner[o + PartnerField.TABLE_DRAW * lanes + lane] = uniform(
                seed, np.uint64(Stream.AT_THE_TABLE), np.uint64(0), key)


@phase(_F, _F, _F)
def begin_ties(s: Any, given_trust: Any, given_identity: Any, given_information: Any) -> None:
    """Ties before the first quarter: trust, identity and information at their start, higher where a pilot ran."""
    lanes = len(s.lanes)
    tie, place, start_setting, tie_fact = s.tie, s.place, s.start_setting, s.tie_fact
    tie_keys, side_a_keys, side_b_keys, seeds = s.tie_key, s.side_a_key, s.side_b_key, s.seed
    for t in range(tie_keys.size):
        o = t * N_TIE * lanes
        crosses = tie_fact[t * N_TIE_FACT + TieFact.CROSSES]
        for lane in range(lanes):
            pilot = 1.0 if uniform(seeds[lane], np.uint64(Stream.PILOT), np.uint64(0), tie_keys[t]) < start_setting[
                StartSetting.pilots * lanes + lane] else 0.0
            identity = start_setting[StartSetting.identity_start * lanes + lane]
            identity = identity if np.isnan(given_identity[t]) else given_identity[t]
            information = start_setting[StartSetting.information_start * lanes + lane]
            information = information if np.isnan(given_information[t]) else given_information[t]
            mean = start_setting[StartSetting.trust_start * lanes + lane]
            mean = mean if np.isnan(given_trust[t]) else given_trust[t]
            evidence = start_setting[StartSetting.trust_evidence * lanes + lane]
            stereotype = start_setting[StartSetting.stereotype_start * lanes + lane] * crosses
            tie[o + TieField.IDENTITY * lanes + lane] = relations.with_pilot(identity, pilot)
            tie[o + TieField.IDENTITY_START * lanes + lane] = identity
            tie[o + TieField.INFORMATION * lanes + lane] = relations.with_pilot(information, pilot)
            tie[o + TieField.STEREOTYPE * lanes + lane] = stereotype
            tie[o + TieField.STEREOTYPE_START * lanes + lane] = stereotype
            for side in range(2):
                p = o + (SIDE_A + side * N_SIDE) * lanes + lane
                key = side_a_keys[t] if side == 0 else side_b_keys[t]
                u = uniform(seeds[lane], np.uint64(Stream.TRUST_START), np.uint64(0), key)
                believed = trust.trust_at_start(mean, u, pilot)
                tie[p + SideField.ALPHA * lanes] = evidence * believed
                tie[p + SideField.BETA * lanes] = evidence * (1.0 - believed)
    for lane in range(lanes):
        opposition = start_setting[StartSetting.opposition_start * lanes + lane]
        place[PlaceField.OPPOSITION * lanes + lane] = opposition
        place[PlaceField.OPPOSITION_START * lanes + lane] = opposition
