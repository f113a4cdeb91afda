"""The state as a user's measure sees it: ties, partners and the place as records with the names of `docs/model/state.md`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.state.arrays import PARTNER, PARTNER_SETTING, PLACE, PLACE_SETTING, SIDE, TIE, Arrays
from incentive_abm.state.facts import PARTNER_FACT, TIE_FACT

ENDS = ("a", "b")
"""Of a tie: the numbers of its two partners, by which `partners[tie.a]` is found."""
TIE_STATE = (*TIE.names, *(f"{name}_{end}" for end in ENDS for name in SIDE.names))
OF_TIE = (*ENDS, *TIE_FACT.names, *TIE_STATE)
OF_PARTNER = (*PARTNER_FACT.names, *PARTNER.names, *PARTNER_SETTING.names)
OF_PLACE = (*PLACE.names, *PLACE_SETTING.names)
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
        return cls(*(tuple(name for name in every if name in names) or every[:1] for every in (OF_TIE, OF_PARTNER, OF_PLACE)))

    @property
    def types(self) -> tuple[np.dtype[np.void], ...]:
        """The types of a tie, a partner and the place."""
        return _type_of(self.ties), _type_of(self.partners), _type_of(self.place)

    def of(self, s: Arrays, lane: int) -> tuple[NDArray[np.void], NDArray[np.void], NDArray[np.void]]:
        """The state of one lane now: ties [m], partners [n] and the place [1], each a copy."""
        lanes = len(s.lanes)

        def numbers(array: Any, items: int, names: Sequence[str], has_lanes: bool = True) -> dict[str, NDArray[Any]]:
            by_item = array.reshape(items, len(names), lanes)[:, :, lane] if has_lanes else array.reshape(items, len(names))
            return {name: by_item[:, k] for k, name in enumerate(names)}

        m, n = s.tie_key.size, s.partner_key.size
        sources = (
            (m, {"a": s.a, "b": s.b} | numbers(s.tie_fact, m, TIE_FACT.names, False) | numbers(s.tie, m, TIE_STATE)),
            (n, numbers(s.partner_fact, n, PARTNER_FACT.names, False) | numbers(s.partner, n, PARTNER.names)
             | numbers(s.partner_setting, n, PARTNER_SETTING.names)),
            (1, numbers(s.place, 1, PLACE.names) | numbers(s.place_setting, 1, PLACE_SETTING.names)),
        )
        made = []
        for kind, (items, source) in zip(self.types, sources, strict=True):
            record = np.empty(items, kind)
            for name in kind.names or ():
                record[name] = source[name]
            made.append(record)
        return made[0], made[1], made[2]
