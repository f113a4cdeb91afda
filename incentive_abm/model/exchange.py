"""Between agents and arrays: how a run's beginning becomes partners and ties, and their state becomes arrays again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from operator import attrgetter
from typing import Any

import mesa
import numpy as np

from incentive_abm.agents import Facts, Partner, PlaceState, Settings, Side, Tie
from incentive_abm.fields import (
    N_PARTNER,
    N_PARTNER_FACT,
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
from incentive_abm.parameters import Scope, names
from incentive_abm.place import Place
from incentive_abm.state import N_PARTNER_SETTING, Arrays

_SETTINGS = {scope: names(scope) for scope in (Scope.PARTNER, Scope.PLACE, Scope.START)}


def _names(fields: type[IntEnum]) -> tuple[str, ...]:
    return tuple(field.name.lower() for field in fields)


PARTNER, TIE, SIDE, PLACE = _names(PartnerField), _names(TieField), _names(SideField), _names(PlaceField)
"""The names under which agents, ties, sides and the place keep the fields of the arrays, in their order."""


def surroundings(arrays: Arrays) -> PlaceState:
    """The place's state and settings as a run begins; its fields are filled by `read`."""
    return PlaceState(settings=Settings(), start=Settings(), seed=int(arrays.seed[0]))


def people(model: mesa.Model, place: Place, arrays: Arrays, around: PlaceState,
           classes: Mapping[Kind, type[Partner]]) -> tuple[list[Partner], list[Tie]]:
    """The partners and ties of a place, in its order; their state is filled by `read`."""
    facts = arrays.partner_fact.reshape(-1, N_PARTNER_FACT).tolist()
    partners = []
    for i, fact in enumerate(facts):
        kind = Kind(int(fact[PartnerFact.KIND]))
        known = Facts(
            id=place.partners.ids[i], name=place.partners.names[i], kind=kind, key=int(arrays.partner_key[i]),
            income=fact[PartnerFact.INCOME], reach=fact[PartnerFact.REACH], weight=fact[PartnerFact.WEIGHT],
            connected=fact[PartnerFact.CONNECTED], stranded=fact[PartnerFact.STRANDED], trend=fact[PartnerFact.TREND],
            rescued=fact[PartnerFact.RESCUED], voluntary=fact[PartnerFact.VOLUNTARY])
        partners.append(classes[kind](model, around, known, Settings()))
    ties = []
    for t, fact in enumerate(arrays.tie_fact.reshape(-1, N_TIE_FACT).tolist()):
        a, b = partners[int(arrays.a[t])], partners[int(arrays.b[t])]
        tie = Tie(
            a=Side(partner=a, other=b, end=0, key=int(arrays.side_a_key[t]), share=fact[TieFact.SHARE_A],
                   part=fact[TieFact.PART_OF_A]),
            b=Side(partner=b, other=a, end=1, key=int(arrays.side_b_key[t]), share=fact[TieFact.SHARE_B],
                   part=fact[TieFact.PART_OF_B]),
            place=around, key=int(arrays.tie_key[t]), spend=fact[TieFact.SPEND], weight=fact[TieFact.WEIGHT],
            crosses=fact[TieFact.CROSSES], with_trust=fact[TieFact.WITH_TRUST])
        for side in tie.sides:
            side.partner.sides.append(side)
        ties.append(tie)
    return partners, ties


def read(arrays: Arrays, around: PlaceState, partners: Sequence[Partner], ties: Sequence[Tie]) -> None:
    """Give partners, ties and place the numbers of a one-lane state, settings included, as plain floats."""
    _take(around, PLACE, arrays.place.tolist())
    _take(around.settings, _SETTINGS[Scope.PLACE], arrays.place_setting.tolist())
    _take(around.start, _SETTINGS[Scope.START], arrays.start_setting.tolist())
    settings = arrays.partner_setting.reshape(-1, N_PARTNER_SETTING).tolist()
    for partner, state, own in zip(partners, arrays.partner.reshape(-1, N_PARTNER).tolist(), settings, strict=True):
        _take(partner, PARTNER, state)
        _take(partner.settings, _SETTINGS[Scope.PARTNER], own)
    for tie, row in zip(ties, arrays.tie.reshape(-1, N_TIE).tolist(), strict=True):
        _take(tie, TIE, row[:N_TIE_COMMON])
        _take(tie.a, SIDE, row[N_TIE_COMMON:N_TIE_COMMON + N_SIDE])
        _take(tie.b, SIDE, row[N_TIE_COMMON + N_SIDE:])


def export(beginning: Arrays, around: PlaceState, partners: Sequence[Partner], ties: Sequence[Tie]) -> Arrays:
    """The state now as one-lane arrays; facts and keys are those of the beginning."""
    of_partner, of_tie, of_side = attrgetter(*PARTNER), attrgetter(*TIE), attrgetter(*SIDE)
    of_settings = attrgetter(*_SETTINGS[Scope.PARTNER])
    return beginning._replace(
        tie=_row([(*of_tie(tie), *of_side(tie.a), *of_side(tie.b)) for tie in ties]),
        partner=_row([of_partner(partner) for partner in partners]),
        place=_row([attrgetter(*PLACE)(around)]),
        partner_setting=_row([of_settings(partner.settings) for partner in partners]),
        place_setting=_row([attrgetter(*_SETTINGS[Scope.PLACE])(around.settings)]),
        start_setting=_row([attrgetter(*_SETTINGS[Scope.START])(around.start)]),
    )


def _take(holder: Any, fields: Sequence[str], numbers: Sequence[float]) -> None:
    for name, number in zip(fields, numbers, strict=True):
        setattr(holder, name, number)


def _row(numbers: Sequence[tuple[float, ...]]) -> Any:
    return np.array(numbers, dtype=np.float64).ravel()
