"""The state as a user's measure sees it: ties, partners and the place as records with the names of `docs/model/state.md`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.state.arrays import PARTNER, PARTNER_SETTING, PLACE, PLACE_SETTING, SIDE, TIE, Arrays
from incentive_abm.state.facts import PARTNER_FACT, TIE_FACT

ENDS = ("a", "b")
"""Of a tie: the numbers of its two partners, by which `partners[tie.a]` is found."""
TIE_STATE = (*TIE.names, *(f"{name}_{end}" for end in ENDS for name in SIDE.names))


@dataclass(frozen=True)
class _Source:
    """Where a number stands: an array of a run, how many numbers it has of each item, which of them, and whether by lane."""

    array: str
    width: int
    at: int
    by_lane: bool

    def of(self, s: Arrays, lane: int) -> NDArray[Any]:
        """The number of every item."""
        array = getattr(s, self.array)
        if self.by_lane:
            return np.asarray(array.reshape(-1, self.width, len(s.lanes))[:, self.at, lane])
        return np.asarray(array.reshape(-1, self.width)[:, self.at])


def _sources(array: str, names: Sequence[str], by_lane: bool = True) -> dict[str, _Source]:
    return {name: _Source(array, len(names), k, by_lane) for k, name in enumerate(names)}


OF_TIE = {**{end: _Source(end, 1, 0, False) for end in ENDS}, **_sources("tie_fact", TIE_FACT.names, False),
          **_sources("tie", TIE_STATE)}
OF_PARTNER = {**_sources("partner_fact", PARTNER_FACT.names, False), **_sources("partner", PARTNER.names),
              **_sources("partner_setting", PARTNER_SETTING.names)}
OF_PLACE = {**_sources("place", PLACE.names), **_sources("place_setting", PLACE_SETTING.names)}
"""What each record may hold: what never changes, the state, and the settings in force."""


def _type_of(names: Sequence[str]) -> np.dtype[np.void]:
    return np.dtype([(name, np.int64 if name in ENDS else np.float64) for name in names])


@dataclass(frozen=True)
class Records:
    """Which numbers of the state are copied for a measure: those that its file names, in the order of the declarations."""

    ties: tuple[str, ...]
    partners: tuple[str, ...]
    place: tuple[str, ...]

    @classmethod
    def named(cls, names: Collection[str]) -> Records:
        """The records that hold whatever of the state is among some names."""
        # A record of nothing has no type; a measure may count ties and read none of their numbers.
        return cls(*(tuple(name for name in every if name in names) or tuple(every)[:1]
                     for every in (OF_TIE, OF_PARTNER, OF_PLACE)))

    @cached_property
    def types(self) -> tuple[np.dtype[np.void], ...]:
        """The types of a tie, a partner and the place."""
        return _type_of(self.ties), _type_of(self.partners), _type_of(self.place)

    def of(self, s: Arrays, lane: int) -> tuple[NDArray[np.void], NDArray[np.void], NDArray[np.void]]:
        """The state of one lane now: ties [m], partners [n] and the place [1], each a copy."""
        made = []
        items = (s.tie_key.size, s.partner_key.size, 1)
        for kind, sources, count in zip(self.types, (OF_TIE, OF_PARTNER, OF_PLACE), items, strict=True):
            record = np.empty(count, kind)
            for name in kind.names or ():
                record[name] = sources[name].of(s, lane)
            made.append(record)
        return made[0], made[1], made[2]
