"""How a run begins; built once for both executors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.chance import Stream, numbered, uniform
from incentive_abm.compiling.build import FLOATS
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.kinds import Kind
from incentive_abm.place import Place
from incentive_abm.place.chance_keys import sided
from incentive_abm.place.generated_ids import all_generated
from incentive_abm.rules import leadership, relations, trust, values
from incentive_abm.rules.practice import in_force
from incentive_abm.scenario import Scenario
from incentive_abm.state.arrays import PARTNER, PARTNER_SETTING, PLACE, PRACTISED_AT, TIE_WIDTH, TODAY, Arrays
from incentive_abm.state.facts import largest_of_each_kind, place_facts
from incentive_abm.state.kernels import chance, kernel, lanes, over_arrays

PROFILES = tuple(tuple(float(x) for x in values.PROFILES[k]) for k in Kind)
N_PARTNER, N_SETTING, N_PRACTISED, PRACTISED_FIELD = len(PARTNER), len(PARTNER_SETTING), len(TODAY), PARTNER["practised"]
SECTOR_MEAN = tuple(float(x) for x in np.array(PROFILES).mean(axis=0))


def start(place: Place, scenarios: Sequence[Scenario], seeds: Sequence[int], rules: RuleSet = SHIPPED) -> Arrays:
    """The state before the first quarter, one lane for each (scenario, seed); their number must be 1 or `LANES`."""
    arrays = laid_out(place, scenarios, seeds)
    begin.under(rules, arrays, *given(place).values())
    return arrays


def laid_out(place: Place, scenarios: Sequence[Scenario], seeds: Sequence[int]) -> Arrays:
    """The arrays of `start` before anything begins: settings, facts and keys are there, the state is zero."""
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
    return Arrays(
        tie=np.zeros(m * TIE_WIDTH * lanes), partner=np.zeros(n * len(PARTNER) * lanes), place=np.zeros(len(PLACE) * lanes),
        partner_setting=np.stack([partner_rows[k] for k in lane_keys], axis=-1).ravel(),
        policy_setting=np.stack([partner_rows[k] for k in lane_keys], axis=-1).ravel(),
        place_setting=np.stack([place_rows[k] for k in lane_keys], axis=-1).ravel(),
        start_setting=np.stack([start_rows[k] for k in lane_keys], axis=-1).ravel(),
        tie_fact=tie_facts.ravel(), partner_fact=facts.ravel(),
        a=np.array(ties.a, np.int64), b=np.array(ties.b, np.int64),
        tie_key=tie_keys, side_a_key=sided(tie_keys, keys[ties.a]), side_b_key=sided(tie_keys, keys[ties.b]), partner_key=keys,
        seed=np.array(seeds, np.uint64), lead=largest_of_each_kind(place), lanes=(0,) * lanes,
    )


def given(place: Place) -> dict[str, NDArray[np.float64]]:
    """What a place says of how its partners and ties begin, in the order in which `begin` takes it."""
    partners, ties = place.partners, place.ties
    trust_a, trust_b = ties.trust_by_side
    return {"balance": np.array(partners.balance), "skill": np.array(partners.skill), "trust_a": np.array(trust_a),
            "trust_b": np.array(trust_b), "identity": np.array(ties.identity), "information": np.array(ties.information),
            "standing": np.array([standing(place)])}


def standing(place: Place) -> float:
    """Where a place stands among all places, 0..1: drawn for a generated one; in the middle for any other, whose own data say
    where it stands."""
    if not all_generated(place.partners.ids):
        return 0.5
    return float(uniform(0, Stream.PLACE_DIFFERS, 0, int(np.bitwise_xor.reduce(np.array(place.keys, np.uint64)))))


@kernel()
def begin_partners(partners: Any, place: Any, balance: Any, skill: Any) -> None:
    """Partners before the first quarter: values jittered about their sector's, a leader drawn, ownership as declared."""
    start = place.start
    for partner in partners:
        kind = int(partner.kind)
        for lane in lanes:
            anchors = 0.0
            total = 0.0
            for v in range(6):
                anchor = values.value_anchor(SECTOR_MEAN[v], PROFILES[kind][v], start.value_gap)
                own = values.value_start(anchor, start.value_spread,
                                         chance(Stream.VALUE_START, numbered(partner.key, v)))
                partner.anchors[v] = anchor
                partner.values[v] = own
                anchors += anchor
                total += own
            for v in range(6):
                partner.anchors[v] /= anchors
                partner.values[v] /= total
            drawn = leadership.skill_at_start(chance(Stream.SKILL_START, partner.key), start.skill_start)
            partner.skill = drawn if np.isnan(skill[partner.index]) else skill[partner.index]
            partner.balance = balance[partner.index]
            partner.ownership = start.ownership_start
            partner.practised = partner.settings.policy_sustains
            partner.routine = 1.0
            partner.tenure = leadership.tenure_at_start(chance(Stream.TENURE_START, partner.key))
            partner.table_draw = chance(Stream.AT_THE_TABLE, partner.key)


@over_arrays()
def practise(s: Any) -> None:
    """Put in force what each partner practises of what policy asks of it."""
    lanes = len(s.lanes)
    partner, settings, policy = s.partner, s.partner_setting, s.policy_setting
    for i in range(s.partner_key.size):
        practised = (i * N_PARTNER + PRACTISED_FIELD) * lanes
        for k in range(N_PRACTISED):
            at, today = (i * N_SETTING + PRACTISED_AT[k]) * lanes, TODAY[k]
            for lane in range(lanes):
                settings[at + lane] = in_force(today, policy[at + lane], partner[practised + lane])


@kernel()
def begin_ties(ties: Any, place: Any, trust_a: Any, trust_b: Any, given_identity: Any, given_information: Any,
               drawn: Any) -> None:
    """Ties before the first quarter: trust, identity and information at their start, higher where a pilot ran."""
    start = place.start
    for tie in ties:
        t = tie.index
        for lane in lanes:
            pilot = 1.0 if chance(Stream.PILOT, tie.key) < start.pilots else 0.0
            own_identity = relations.in_this_place(start.identity_start, drawn[0], start.place_spread)
            identity = own_identity if np.isnan(given_identity[t]) else given_identity[t]
            own_information = relations.in_this_place(start.information_start, drawn[0], start.place_spread)
            information = own_information if np.isnan(given_information[t]) else given_information[t]
            stereotype = start.stereotype_start * tie.crosses
            tie.identity = relations.with_pilot(identity, pilot)
            tie.identity_start = identity
            tie.information = relations.with_pilot(information, pilot)
            tie.stereotype = stereotype
            tie.stereotype_start = stereotype
        for side in tie.sides:
            for lane in lanes:
                pilot = 1.0 if chance(Stream.PILOT, tie.key) < start.pilots else 0.0
                own_mean = relations.in_this_place(start.trust_start, drawn[0], start.place_spread)
                given = trust_a[t] if side.sign > 0.0 else trust_b[t]
                mean = own_mean if np.isnan(given) else given
                evidence = start.trust_evidence
                believed = trust.trust_at_start(mean, chance(Stream.TRUST_START, side.key), pilot)
                side.alpha = evidence * believed
                side.beta = evidence * (1.0 - believed)
    for lane in lanes:
        place.opposition = start.opposition_start
        place.opposition_start = start.opposition_start


@over_arrays(FLOATS, FLOATS, FLOATS, FLOATS, FLOATS, FLOATS, FLOATS)
def begin(s: Any, balance: Any, skill: Any, trust_a: Any, trust_b: Any, identity: Any, information: Any,
          drawn: Any) -> None:
    """The state before the first quarter, from what a place says of its partners and ties; NaN where it says nothing."""
    begin_partners(s, balance, skill)
    practise(s)
    begin_ties(s, trust_a, trust_b, identity, information, drawn)


KERNELS = (begin_partners, begin_ties, practise, begin)
