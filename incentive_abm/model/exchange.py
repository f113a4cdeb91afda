"""Between agents and arrays: how a run's beginning becomes partners and ties, and their state becomes arrays again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

import mesa
import numpy as np

from incentive_abm.agents import Identity, Organisation, Partner, PlaceState, Side, Tie
from incentive_abm.compiling.as_python import reading
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.kinds import Kind
from incentive_abm.place import Place
from incentive_abm.state.arrays import (
    PARTNER,
    PARTNER_SETTING,
    PLACE,
    PLACE_SETTING,
    SIDE,
    SIDE_A,
    SIDE_B,
    START_SETTING,
    TIE,
    TIE_WIDTH,
    Arrays,
)
from incentive_abm.state.facts import PARTNER_FACT, TIE_FACT
from incentive_abm.state.tie import SideState, TieState


def surroundings(arrays: Arrays) -> PlaceState:
    """The place's state and settings as a run begins; its fields are filled by `read`, its partners and ties by `people`."""
    return PlaceState(int(arrays.seed[0]), arrays.lead.tolist())


def people(model: mesa.Model, place: Place, arrays: Arrays, around: PlaceState, classes: Mapping[Kind, type[Partner]],
           rules: RuleSet = SHIPPED) -> None:
    """Give a place its partners and ties, in its order; their state is filled by `read`."""
    by = reading(rules)
    one, of_side = by.class_(Tie, TieState), by.class_(Side, SideState)
    own = {kind: by.class_(cls, Organisation) for kind, cls in classes.items()}
    for i, facts in enumerate(arrays.partner_fact.reshape(-1, len(PARTNER_FACT)).tolist()):
        kind = Kind(int(facts[PARTNER_FACT["kind"]]))
        partner = own[kind](model, around, Identity(place.partners.ids[i], place.partners.names[i], kind,
                                                        int(arrays.partner_key[i])))
        _take(partner, PARTNER_FACT.names, facts)
        partner.kind = kind
        around.partners.append(partner)
    for t, facts in enumerate(arrays.tie_fact.reshape(-1, len(TIE_FACT)).tolist()):
        known = dict(zip(TIE_FACT.names, facts, strict=True))
        a, b = around.partners[int(arrays.a[t])], around.partners[int(arrays.b[t])]
        tie = one(of_side(a, b, 0, int(arrays.side_a_key[t]), known["share_a"], known["part_of_a"]),
                  of_side(b, a, 1, int(arrays.side_b_key[t]), known["share_b"], known["part_of_b"]),
                  around, int(arrays.tie_key[t]))
        _take(tie, TIE_FACT.names, facts)
        around.ties.append(tie)


def read(arrays: Arrays, around: PlaceState) -> None:
    """Give partners, ties and place the numbers of a one-lane state, settings included, as plain floats."""
    _take(around, PLACE.names, arrays.place.tolist())
    _take(around.settings, PLACE_SETTING.names, arrays.place_setting.tolist())
    _take(around.start, START_SETTING.names, arrays.start_setting.tolist())
    states = arrays.partner.reshape(-1, len(PARTNER)).tolist()
    settings = arrays.partner_setting.reshape(-1, len(PARTNER_SETTING)).tolist()
    policies = arrays.policy_setting.reshape(-1, len(PARTNER_SETTING)).tolist()
    for partner, state, own, asked in zip(around.partners, states, settings, policies, strict=True):
        _take(partner, PARTNER.names, state)
        _take(partner.settings, PARTNER_SETTING.names, own)
        _take(partner.policy, PARTNER_SETTING.names, asked)
    for tie, row in zip(around.ties, arrays.tie.reshape(-1, TIE_WIDTH).tolist(), strict=True):
        _take(tie, TIE.names, row[:SIDE_A])
        _take(tie.a, SIDE.names, row[SIDE_A:SIDE_B])
        _take(tie.b, SIDE.names, row[SIDE_B:])


def export(beginning: Arrays, around: PlaceState) -> Arrays:
    """The state now as one-lane arrays; facts and keys are those of the beginning."""
    of_partner, of_tie, of_side = attrgetter(*PARTNER.names), attrgetter(*TIE.names), attrgetter(*SIDE.names)
    of_settings = attrgetter(*PARTNER_SETTING.names)
    return beginning._replace(
        tie=_row([(*of_tie(tie), *of_side(tie.a), *of_side(tie.b)) for tie in around.ties]),
        partner=_row([of_partner(partner) for partner in around.partners]),
        place=_row([attrgetter(*PLACE.names)(around)]),
        partner_setting=_row([of_settings(partner.settings) for partner in around.partners]),
        policy_setting=_row([of_settings(partner.policy) for partner in around.partners]),
        place_setting=_row([attrgetter(*PLACE_SETTING.names)(around.settings)]),
        start_setting=_row([attrgetter(*START_SETTING.names)(around.start)]),
    )


def _take(holder: Any, fields: Sequence[str], numbers: Sequence[float]) -> None:
    for name, number in zip(fields, numbers, strict=True):
        setattr(holder, name, number)


def _row(numbers: Sequence[tuple[float, ...]]) -> Any:
    return np.array(numbers, dtype=np.float64).ravel()
