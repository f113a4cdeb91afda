"""Who serves the same people in a generated place: candidate ties from residents' and patients' flows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incentive_abm.chance import Stream
from incentive_abm.kinds import Kind
from incentive_abm.place.chance_keys import Floats, draws, tie_keys
from incentive_abm.place.geography import Areas, Group
from incentive_abm.place.nearest_points import nearest_points

Indices = NDArray[np.int64]

CATCHMENT_KM = 12.0
"""Distance at which a trust's pull has fallen to a quarter; pull = size / (1 + (d/12 km)²)² (a gravity model)."""
HABIT = 0.92
"""Share of a voluntary provider's users who live in its own council's area."""


@dataclass(frozen=True)
class Candidates:
    """Possible ties between partner indices; `share` ranks them (a tie with a small share is dropped first)."""

    a: Indices
    b: Indices
    people: Floats
    share: Floats


def candidates(seed: int, groups: dict[Kind, Group], areas: Areas) -> Candidates:
    """Every tie that flows of people suggest, each pair once, with its people and its share of the smaller side."""
    start = dict(zip(groups, np.cumsum([0, *[len(group) for group in groups.values()]]).tolist(), strict=False))
    parts = list(_flows(seed, groups, areas))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Candidates(nothing, nothing, np.zeros(0), np.zeros(0))
    a = np.concatenate([start[one] + i for one, _, i, _, _, _ in parts])
    b = np.concatenate([start[other] + j for _, other, _, j, _, _ in parts])
    people = np.concatenate([part[4] for part in parts])
    share = np.concatenate([part[5] for part in parts])
    low, high = np.minimum(a, b), np.maximum(a, b)
    size = sum(len(group) for group in groups.values())
    order = np.lexsort((-people, low * size + high))
    pair = (low * size + high)[order]
    kept = order[np.concatenate(([True], pair[1:] != pair[:-1]))]
    kept = kept[(people[kept] >= 1.0) & (low[kept] != high[kept])]
    return Candidates(low[kept], high[kept], people[kept], share[kept])


Flow = tuple[Kind, Kind, Indices, Indices, Floats, Floats]


def _flows(seed: int, groups: dict[Kind, Group], areas: Areas) -> Iterator[Flow]:
    trusts, councils, gps, voluntary = (groups[kind] for kind in Kind)
    if len(gps) and len(councils):
        yield from _residents(seed, gps, councils)
    if len(trusts):
        if len(gps):
            i, j, share = _pulled(gps.xy, trusts, 4)
            yield Kind.GP, Kind.TRUST, i, j, np.round(gps.size[i] * share), share
        i, j, share = _pulled(areas.centre, trusts, 8)
        if len(councils):
            own = i < len(councils)
            yield Kind.COUNCIL, Kind.TRUST, i[own], j[own], np.round(areas.people[i[own]] * share[own]), share[own]
        if len(trusts) > 1:
            yield _overlaps(areas, i, j, share, len(trusts))
    if len(gps) > 1:
        i, j, rank = nearest_points(gps.xy, gps.xy, 6, skip_self=True)
        common = (0.04 + 0.08 * _pair_draws(seed, gps, gps, i, j)) / (1.0 + rank)
        yield Kind.GP, Kind.GP, i, j, np.round(np.minimum(gps.size[i], gps.size[j]) * common), common
    if len(voluntary):
        yield from _users(seed, trusts, councils, gps, voluntary)


def _residents(seed: int, gps: Group, councils: Group) -> Iterator[Flow]:
    """A network's patients live in its own council's area, but for some across the nearest border."""
    i, j, _ = nearest_points(gps.xy, councils.xy, 2)
    own = 0.86 + 0.13 * draws(seed, Stream.PLACE_FLOW, gps.keys, 1)
    at_home = np.flatnonzero(gps.area < len(councils))
    people = np.round(gps.size[at_home] * own[at_home])
    yield Kind.GP, Kind.COUNCIL, at_home, gps.area[at_home], people, np.ones(at_home.size)
    other = j != gps.area[i]
    i, j = i[other], j[other]
    first = np.concatenate(([True], i[1:] != i[:-1])) if i.size else np.zeros(0, dtype=bool)
    i, j = i[first], j[first]
    yield Kind.GP, Kind.COUNCIL, i, j, np.round(gps.size[i] * (1.0 - own[i])), 1.0 - own[i]


def _users(seed: int, trusts: Group, councils: Group, gps: Group, voluntary: Group) -> Iterator[Flow]:
    """Most of a voluntary provider's users are local: its council, the nearest networks, the trust that pulls most."""
    if len(councils):
        i = np.flatnonzero(voluntary.area < len(councils))
        people = np.round(voluntary.size[i] * HABIT)
        yield Kind.VOLUNTARY, Kind.COUNCIL, i, voluntary.area[i], people, np.full(i.size, HABIT)
    if len(gps):
        i, j, rank = nearest_points(voluntary.xy, gps.xy, 8)
        share = 0.6 * (0.5 + _pair_draws(seed, voluntary, gps, i, j)) / ((1.0 + rank) * np.sqrt(1.0 + rank))
        yield Kind.VOLUNTARY, Kind.GP, i, j, np.maximum(1.0, np.round(voluntary.size[i] * share)), share
    if len(trusts):
        i, j, share = _pulled(voluntary.xy, trusts, 2)
        share = share * 0.5 * _pair_draws(seed, voluntary, trusts, i, j)
        yield Kind.VOLUNTARY, Kind.TRUST, i, j, np.round(voluntary.size[i] * share), share
    if len(voluntary) > 1:
        i, j, rank = nearest_points(voluntary.xy, voluntary.xy, 2, skip_self=True)
        share = 0.15 * _pair_draws(seed, voluntary, voluntary, i, j) / (1.0 + rank)
        people = np.round(np.minimum(voluntary.size[i], voluntary.size[j]) * share)
        yield Kind.VOLUNTARY, Kind.VOLUNTARY, i, j, people, share


def _overlaps(areas: Areas, i: Indices, j: Indices, share: Floats, count: int) -> Flow:
    """Two trusts share the residents whom both pull: the sum over areas of residents × both shares."""
    width = int(np.bincount(i).max())
    trust, pulled = j.reshape(-1, width), share.reshape(-1, width)
    one, other = np.triu_indices(width, 1)
    low = np.minimum(trust[:, one], trust[:, other]).ravel()
    high = np.maximum(trust[:, one], trust[:, other]).ravel()
    people = (areas.people[:, None] * pulled[:, one] * pulled[:, other]).ravel()
    pair, place = np.unique(low * count + high, return_inverse=True)
    both = np.bincount(place, people)
    reached = np.bincount(trust.ravel(), (areas.people[:, None] * pulled).ravel(), count)
    low, high = pair // count, pair % count
    smaller = np.maximum(1.0, np.minimum(reached[low], reached[high]))
    return Kind.TRUST, Kind.TRUST, low, high, np.round(both), both / smaller


def _pulled(xy: Floats, trusts: Group, most: int) -> tuple[Indices, Indices, Floats]:
    """How people at each point divide among the nearest trusts; shares of each point sum to 1."""
    i, j, _ = nearest_points(xy, trusts.xy, most)
    away = xy[i] - trusts.xy[j]
    fall = 1.0 + (away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]) / CATCHMENT_KM**2
    pull = trusts.size[j] / (fall * fall)
    return i, j, pull / np.bincount(i, pull)[i]


def _pair_draws(seed: int, one: Group, other: Group, i: Indices, j: Indices) -> Floats:
    return draws(seed, Stream.PLACE_FLOW, tie_keys(one.keys[i], other.keys[j]))
