"""Partners and ties as read-only columns of numbers, and what says which cells were filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Partners:
    """n partners, sorted by id. `nan` stands for unknown; a cell marked in `assumed` was filled from a default.

    income in £m a year; balance as a share of a year's income; people and staff as counts; lat and lon in degrees;
    reach and skill (the first leader's; `nan` = drawn by the model) in 0..1. `notes` keeps the columns of free text.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    kind: Indices
    income: Floats
    balance: Floats
    people: Floats
    staff: Floats
    lat: Floats
    lon: Floats
    reach: Floats
    skill: Floats
    assumed: Mapping[str, Mask]
    notes: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def numbers(self) -> Mapping[str, Floats]:
        """The columns of numbers by their names in `partners.csv`."""
        return {"income_m": self.income, "balance": self.balance, "people": self.people, "staff": self.staff,
                "lat": self.lat, "lon": self.lon, "reach": self.reach, "skill": self.skill}


@dataclass(frozen=True, eq=False)
class Ties:
    """m ties, sorted by (a, b), where a < b are indices of partners.

    people: how many both serve; spend: £m a year, both together; spend_a: the part that is a's.
    trust, identity, information: 0..1 when a run starts, `nan` = from the parameters; trust_a, trust_b: a's trust in b and b's
    in a, where each side's own is known.
    assumed["people"] marks filled cells, assumed["spend_m"] what was worked out from incomes rather than given.
    """

    a: Indices
    b: Indices
    people: Floats
    spend: Floats
    spend_a: Floats
    trust: Floats
    trust_a: Floats
    trust_b: Floats
    identity: Floats
    information: Floats
    basis: tuple[str, ...]
    assumed: Mapping[str, Mask]
    notes: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return int(self.a.size)

    @property
    def numbers(self) -> Mapping[str, Floats]:
        """The columns of numbers by their names in `ties.csv`; those of each side's own trust where any is known."""
        own = {"trust_source": self.trust_a, "trust_target": self.trust_b}
        sided = own if any(not np.isnan(column).all() for column in own.values()) else {}
        return {"people": self.people, "spend_m": self.spend, "trust": self.trust, **sided, "identity": self.identity,
                "information": self.information}

    @property
    def trust_by_side(self) -> tuple[Floats, Floats]:
        """What is known of a's trust in b, and of b's in a: its own, else the tie's mean; float64[m] each."""
        one, other = (np.where(np.isnan(own), self.trust, own) for own in (self.trust_a, self.trust_b))
        return one, other

    @cached_property
    def weak(self) -> Mask:
        """Ties whose number of people is a guess: filled, or with a basis that begins with "assumed"; bool[m]."""
        said = np.array([basis.casefold().startswith("assumed") for basis in self.basis], dtype=bool)
        return said | self.assumed["people"]


@dataclass(frozen=True)
class Filled:
    """One rule by which holes in the data were filled: how many cells, and between which values."""

    table: str
    column: str
    rule: str
    count: int
    least: float
    most: float
