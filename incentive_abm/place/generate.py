"""A seeded place of any size and mix of kinds, for experiments that need many places or very large ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from incentive_abm.errors import PlaceError
from incentive_abm.given_numbers import MOST_PLACE_SEED, whole_number
from incentive_abm.kinds import Kind
from incentive_abm.parameters import default
from incentive_abm.place.build import finish
from incentive_abm.place.components import components
from incentive_abm.place.flows import Candidates, candidates
from incentive_abm.place.geography import KM_PER_DEGREE, MIDDLE, Group, make_areas, make_group
from incentive_abm.place.nearest_points import nearest_points
from incentive_abm.place.partners_and_ties import Partners, Ties
from incentive_abm.place.place import Place

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

LEAST_SHARE = 0.05
"""Without an asked number of ties, those that matter less than this to both sides are left out."""
_NAMES = {Kind.TRUST: "Hospital trust", Kind.COUNCIL: "Council", Kind.GP: "GP network",
          Kind.VOLUNTARY: "Voluntary provider"}


def generate_place(seed: int, trusts: int = 5, councils: int = 4, gps: int = 30, voluntary: int = 19, *,
                   ties: int | None = None, name: str | None = None) -> Place:
    """A connected place with that many partners of each kind; by default one average English system.

    Councils are areas on a jittered grid; GP networks lie inside them; trusts draw patients by a gravity model;
    voluntary providers are mostly local. `ties` asks for an exact number. Ids name the seed (G000017-7), so that places of
    different seeds share no luck in a run; more partners leave all others their ids. Raises PlaceError for an impossible mix.

    >>> place = generate_place(17, trusts=2, councils=1, gps=4, voluntary=1)
    >>> len(place.partners.ids), place.name
    (8, 'generated-17')
    """
    counts = dict(zip(Kind, (trusts, councils, gps, voluntary), strict=True))
    for kind, count in counts.items():
        counts[kind] = whole_number(count, kind.plural, 0, 999_999, PlaceError)
    if sum(counts.values()) < 2:
        raise PlaceError(f"{sum(counts.values())} partners make no place; expected at least two")
    seed = whole_number(seed, "seed", 0, MOST_PLACE_SEED, PlaceError)
    if ties is not None:
        ties = whole_number(ties, "ties", 1, error=PlaceError)
    areas = make_areas(seed, max(councils, 1))
    groups = {kind: make_group(seed, kind, count, areas) for kind, count in counts.items()}
    chosen = _choose(candidates(seed, groups, areas), groups, ties)
    return finish(name or f"generated-{seed}", *_columns(seed, groups, chosen))


def _choose(found: Candidates, groups: dict[Kind, Group], ties: int | None) -> Candidates:
    """Every partner's best tie, what joins the components, and the strongest of the rest."""
    xy = np.concatenate([group.xy for group in groups.values()])
    size = len(xy)
    kept = np.zeros(found.a.size, dtype=bool)
    kept[_best(found, size)] = True
    label = components(size, found.a[kept], found.b[kept])
    joining = _bridges(found, label)
    kept[joining] = True
    label = components(size, found.a[kept], found.b[kept])
    a, b, people = _links(xy, label)
    rest = np.flatnonzero(~kept)
    if ties is None:
        kept[rest[found.share[rest] >= LEAST_SHARE]] = True
    else:
        wanted = ties - int(kept.sum()) - a.size
        if wanted < 0 or wanted > rest.size:
            least, most = int(kept.sum()) + a.size, found.a.size + a.size
            raise PlaceError(f"ties is {ties}; this mix of partners makes from {least} to {most}")
        kept[rest[np.argsort(-found.share[rest], kind="stable")[:wanted]]] = True
    return Candidates(a=np.concatenate((found.a[kept], a)), b=np.concatenate((found.b[kept], b)),
                      people=np.concatenate((found.people[kept], people)),
                      share=np.concatenate((found.share[kept], np.ones(a.size))))


def _best(found: Candidates, size: int) -> Indices:
    """The index of each partner's tie with most people."""
    ends = np.concatenate((found.a, found.b))
    order = np.lexsort((np.tile(np.arange(found.a.size), 2), -np.tile(found.people, 2), ends))
    first = np.concatenate(([True], ends[order][1:] != ends[order][:-1])) if ends.size else np.zeros(0, dtype=bool)
    return order[first] % max(found.a.size, 1)


def _bridges(found: Candidates, label: Indices) -> Indices:
    """For every two components that candidates join, the candidate with most people."""
    one, other = label[found.a], label[found.b]
    crossing = np.flatnonzero(one != other)
    pair = np.minimum(one, other)[crossing] * label.size + np.maximum(one, other)[crossing]
    order = np.lexsort((-found.people[crossing], pair))
    first = np.concatenate(([True], pair[order][1:] != pair[order][:-1])) if pair.size else np.zeros(0, dtype=bool)
    return crossing[order[first]]


def _links(xy: Floats, label: Indices) -> tuple[Indices, Indices, Floats]:
    """Ties that join what is still apart: from each smaller component to the nearest partner of the largest one."""
    names, sizes = np.unique(label, return_counts=True)
    if names.size == 1:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0)
    main = np.flatnonzero(label == names[np.argmax(sizes)])
    apart = names[names != names[np.argmax(sizes)]]
    near = main[nearest_points(xy[apart], xy[main], 1)[1]]
    return np.minimum(apart, near), np.maximum(apart, near), np.full(apart.size, default("tie_people"))


def _columns(seed: int, groups: dict[Kind, Group], chosen: Candidates) -> tuple[Partners, Ties]:
    sizes = [len(group) for group in groups.values()]
    total = sum(sizes)
    numbered = [name for group in groups.values() for name in group.ids]
    ids = [f"{name}-{seed}" for name in numbered]
    kind = np.repeat(np.array(list(groups), dtype=np.int64), sizes)
    xy = np.concatenate([group.xy for group in groups.values()])
    xy = xy - 0.5 * (xy.min(axis=0) + xy.max(axis=0))
    order = np.array(sorted(range(total), key=ids.__getitem__), dtype=np.int64)
    rank = np.empty(total, dtype=np.int64)
    rank[order] = np.arange(total)
    size = np.concatenate([group.size for group in groups.values()])
    income = np.concatenate([group.income for group in groups.values()])
    people = np.where((kind == Kind.COUNCIL) | (kind == Kind.GP), size, np.nan)
    staff = np.where(kind == Kind.TRUST, np.round(income / default("trust_income_per_staff")), np.nan)
    partners = Partners(
        ids=tuple(ids[i] for i in order.tolist()),
        names=tuple(f"{_NAMES[Kind(kind[i])]} {int(numbered[i][1:])}" for i in order.tolist()),
        kind=kind[order], income=income[order],
        balance=np.concatenate([group.balance for group in groups.values()])[order],
        people=people[order], staff=staff[order],
        lat=np.round(MIDDLE[0] + xy[:, 1] / KM_PER_DEGREE, 5)[order],
        lon=np.round(MIDDLE[1] + xy[:, 0] / (0.61 * KM_PER_DEGREE), 5)[order],
        reach=np.concatenate([group.reach for group in groups.values()])[order],
        skill=np.full(total, np.nan), assumed={"name": np.zeros(total, dtype=bool)}, notes={},
    )
    a, b = rank[chosen.a], rank[chosen.b]
    low, high = np.minimum(a, b), np.maximum(a, b)
    by_pair = np.lexsort((high, low))
    unknown = np.full(low.size, np.nan)
    ties = Ties(a=low[by_pair], b=high[by_pair], people=chosen.people[by_pair], spend=unknown, spend_a=unknown,
                trust=unknown, trust_a=unknown, trust_b=unknown, identity=unknown, information=unknown,
                basis=("generated",) * low.size, assumed={}, notes={})
    return partners, ties
