"""A scenario's words resolved against a place: settings as arrays, events as indices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from incentive_abm.errors import ScenarioError, UserError, nearest
from incentive_abm.faults import Faults
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import PARAMETERS, Scope, names
from incentive_abm.scenario.events import Event, EventKind, Values

if TYPE_CHECKING:
    from incentive_abm.place import Place

Updates = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class BoundEvent:
    """An event of one place.

    place_updates: (number of a place setting, value); partner_updates: (number of a partner
    setting, value), for each of `partners`.
    partners: indices of the partners concerned; ties: indices of the ties concerned.
    background, skill: of a new leader; scope: of a brokered agreement. What an event does not use is empty or 0.
    """

    quarter: int
    what: EventKind
    title: str
    place_updates: Updates = ()
    partner_updates: Updates = ()
    partners: tuple[int, ...] = ()
    ties: tuple[int, ...] = ()
    background: Background = Background.OWN_SECTOR
    skill: float = 0.0
    scope: float = 0.0


def bind_partner_settings(everyone: Values, kinds: Sequence[tuple[Kind, Values]], partners: Sequence[tuple[str, Values]],
                          place: Place, scenario: str) -> NDArray[np.float64]:
    """Each partner's settings, float64[n partner, n partner setting]: defaults, everyone's, kind's, partner's own.

    `scenario` is the name by which a mistake tells where it stands.
    """
    column = {name: i for i, name in enumerate(names(Scope.PARTNER))}
    for_all = dict(everyone)
    base = [for_all.get(name, PARAMETERS[name].default) for name in column]
    settings = np.tile(np.array(base, dtype=np.float64), (len(place.partners.ids), 1))
    for kind, values in kinds:
        for name, value in values:
            settings[place.partners.kind == kind, column[name]] = value
    faults = Faults(ScenarioError)
    for partner, values in partners:
        row = faults.attempt(None, _partner, place, partner, f"scenario {scenario}: [partners.{partner!r}]")
        if row is not None:
            for name, value in values:
                settings[row, column[name]] = value
    faults.tell()
    return settings


def bind_events(events: Sequence[Event], place: Place, scenario: str = "") -> tuple[BoundEvent, ...]:
    """A scenario's events with their partners and ties as indices, by quarter, else in the order given."""
    faults = Faults(ScenarioError)
    found = [faults.attempt(None, _bind, place, event, f"scenario {scenario}: event {number} (quarter {event.quarter})")
             for number, event in enumerate(events, start=1)]
    faults.tell()
    return tuple(sorted((event for event in found if event is not None), key=lambda event: event.quarter))


def _bind(place: Place, event: Event, where: str) -> BoundEvent:
    place_column = {name: i for i, name in enumerate(names(Scope.PLACE))}
    partner_column = {name: i for i, name in enumerate(names(Scope.PARTNER))}
    return BoundEvent(
        quarter=event.quarter,
        what=event.what,
        title=event.said,
        place_updates=tuple((place_column[n], v) for n, v in event.parameters if n in place_column),
        partner_updates=tuple((partner_column[n], v) for n, v in event.parameters if n in partner_column),
        partners=_partners_concerned(place, event, where),
        ties=_ties_concerned(place, event, where),
        background=event.background if event.background is not None else Background.OWN_SECTOR,
        skill=event.skill if event.skill is not None else 0.0,
        scope=event.scope if event.scope is not None else 0.0,
    )


def _partners_concerned(place: Place, event: Event, where: str) -> tuple[int, ...]:
    if event.what not in (EventKind.SET, EventKind.LEADER):
        return ()
    if event.partner is not None:
        return (_partner(place, event.partner, where),)
    if event.kind is not None:
        return _of_kind(place, event.kind)
    return tuple(range(len(place.partners.ids)))


def _ties_concerned(place: Place, event: Event, where: str) -> tuple[int, ...]:
    if event.between is not None:
        one, other = event.between
        a, b = place.partners.kind[place.ties.a], place.partners.kind[place.ties.b]
        return tuple(np.flatnonzero(((a == one) & (b == other)) | ((a == other) & (b == one))).tolist())
    if event.a is None or event.b is None:
        return ()
    faults = Faults(ScenarioError)
    for named in (event.a, event.b):
        faults.attempt(None, _partner, place, named, where)
    faults.tell()
    try:
        return (place.tie(event.a, event.b),)
    except UserError as error:
        raise ScenarioError(f"{where}: {error}") from None


def _partner(place: Place, named: str, where: str) -> int:
    ids = place.partners.ids
    if named not in ids:
        hint = nearest(named, ids)
        raise ScenarioError(f"{where}: {place.title} has no partner with id {named!r}{hint}")
    return ids.index(named)


def _of_kind(place: Place, kind: Kind) -> tuple[int, ...]:
    return tuple(np.flatnonzero(place.partners.kind == kind).tolist())
