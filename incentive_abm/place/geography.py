"""Where generated partners are and how large: council areas on a jittered grid, the others inside them.

Only addressed draws, and only arithmetic that every machine rounds alike, so a seed gives the same place everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incentive_abm.chance import Stream
from incentive_abm.kinds import Kind
from incentive_abm.parameters import default
from incentive_abm.place.chance_keys import Keys, draws, partner_keys
from incentive_abm.place.generated_ids import LETTERS

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

CELL_KM = 28.0
"""Side of a council's area: England's 130,000 km² over its 150 or so upper-tier councils, as a square."""
WIDEST_KM = 1000.0
KM_PER_DEGREE = 111.2
MIDDLE = (52.5, -1.5)
"""Latitude and longitude of the middle of a generated place."""


@dataclass(frozen=True)
class Group:
    """Partners of one kind: position in km, size in residents, patients, users or (a trust's) £m, income in £m."""

    ids: tuple[str, ...]
    keys: Keys
    xy: Floats
    area: Indices
    size: Floats
    income: Floats
    balance: Floats
    reach: Floats

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Areas:
    """Council areas, or the areas that councils would have: centres in km, residents, side in km."""

    centre: Floats
    people: Floats
    cell: float


def keys_of(kind: Kind, count: int) -> tuple[tuple[str, ...], Keys]:
    """Ids such as G000017, and their keys; one more partner leaves all others their own."""
    ids = tuple(f"{LETTERS[kind]}{i + 1:06d}" for i in range(count))
    return ids, partner_keys(ids)


def make_areas(seed: int, count: int) -> Areas:
    """`count` areas of unequal population on a jittered square grid."""
    _, keys = keys_of(Kind.COUNCIL, count)
    columns = next(c for c in range(1, count + 1) if c * c >= count)
    cell = min(CELL_KM, WIDEST_KM / columns)
    k = np.arange(count)
    grid = np.stack((k % columns, k // columns), axis=1).astype(np.float64)
    jitter = np.stack([draws(seed, Stream.PLACE_POSITION, keys, axis) for axis in (0, 1)], axis=1)
    mean_people = default("council_income") * 1e6 / default("council_income_per_person")
    people = np.round(mean_people * _skewed(draws(seed, Stream.PLACE_SIZE, keys)))
    return Areas((grid + 0.6 * (jitter - 0.5)) * cell, people, cell)


def make_group(seed: int, kind: Kind, count: int, areas: Areas) -> Group:
    """Partners of one kind, placed in the areas and sized by the published averages that the parameter table holds."""
    ids, keys = keys_of(kind, count)
    if kind is Kind.COUNCIL:
        area, xy = np.arange(count), areas.centre[:count]
    else:
        area = _areas_of(seed, keys, areas)
        spread = {Kind.TRUST: 0.35, Kind.GP: 0.9, Kind.VOLUNTARY: 0.8}[kind]
        offset = np.stack([_triangular(seed, Stream.PLACE_POSITION, keys, axis) for axis in (0, 1)], axis=1)
        xy = areas.centre[area] + 0.5 * areas.cell * spread * offset
    u = draws(seed, Stream.PLACE_SIZE, keys, 1)
    rate = 0.9 + 0.2 * draws(seed, Stream.PLACE_SIZE, keys, 2)
    if kind is Kind.TRUST:
        income = default("trust_income") * _skewed(u)
        size = income
    elif kind is Kind.COUNCIL:
        size = areas.people[:count]
        income = size * default("council_income_per_person") / 1e6 * rate
    elif kind is Kind.GP:
        size = _patients(u, area, areas)
        income = size * default("gp_income_per_person") / 1e6 * rate
    else:
        income = default("voluntary_income") * (0.06 + 3.76 * u * u * u)
        size = np.maximum(20.0, np.round(income * 1e6 / POUNDS_PER_USER))
    middle, width = BALANCES[kind]
    balance = middle + width * _triangular(seed, Stream.PLACE_BALANCE, keys, 0)
    reach = default(f"reach_{kind.code}") + 0.15 * _triangular(seed, Stream.PLACE_BALANCE, keys, 2)
    reach = np.asarray(np.clip(reach, 0.0, 1.0), dtype=np.float64)
    return Group(ids, keys, xy, area, size, np.maximum(0.001, np.round(income, 3)), np.round(balance, 4),
                 np.round(reach, 3))


POUNDS_PER_USER = 600.0
"""Assumed yearly spend of a voluntary provider on one user."""
BALANCES = {Kind.TRUST: (0.007, 0.03), Kind.COUNCIL: (0.0, 0.01), Kind.GP: (0.01, 0.02), Kind.VOLUNTARY: (0.0, 0.05)}
"""Middle and half-width of balances; three trusts in ten are in deficit, by 1% of income on average."""


def _skewed(u: Floats) -> Floats:
    """Factors with mean 1, most of them below it."""
    return 0.35 + 1.95 * u * u


def _triangular(seed: int, stream: Stream, keys: Keys, number: int) -> Floats:
    """Draws in −1..1 around 0."""
    return draws(seed, stream, keys, 10 + 2 * number) + draws(seed, stream, keys, 11 + 2 * number) - 1.0


def _areas_of(seed: int, keys: Keys, areas: Areas) -> Indices:
    """An area for each partner, in proportion to residents."""
    edges = np.cumsum(areas.people)
    chosen = np.searchsorted(edges, draws(seed, Stream.PLACE_POSITION, keys, 5) * edges[-1], side="right")
    return np.asarray(np.minimum(chosen, areas.people.size - 1), dtype=np.int64)


def _patients(u: Floats, area: Indices, areas: Areas) -> Floats:
    """An area's residents shared out among its GP networks, none far larger than networks are."""
    weight = 0.6 + 0.8 * u
    whole = np.bincount(area, weight, areas.people.size)
    patients: Floats = np.minimum(areas.people[area] * weight / whole[area], default("gp_people") * 1.6 * weight)
    return np.round(patients)
