"""Where partners stand in a picture: by geography, thinned out until no two overlap; the same every time.

The largest component has the main part of the picture; smaller components and partners without ties stand beside it.
"""

from __future__ import annotations

import numpy as np

from incentive_abm.place.chance_keys import draws
from incentive_abm.place.partners_and_ties import Floats, Indices
from incentive_abm.place.place import Place

ASPECT = 1.5
"""Width of a picture over its height."""
_MARGIN = 0.05
_BESIDE = 0.13
_MOST_RELAXED = 1200
_COVER = 0.12
_WIDEST = 0.05
_SWEEPS = 400


def radii(place: Place, aspect: float = ASPECT) -> Floats:
    """Each partner's radius as a share of the picture's height, float64[n].

    It grows with the 0.22th power of income, between two bounds: incomes in one place differ ten-thousandfold.
    """
    size = np.power(place.partners.income / np.median(place.partners.income), 0.22)
    size = np.clip(size, 0.7, 3.2)
    unit = np.sqrt(_COVER * aspect / (np.pi * float(np.dot(size, size))))
    return np.asarray(size * min(float(unit), _WIDEST / float(size.max())), dtype=np.float64)


def positions(place: Place, aspect: float = ASPECT) -> Floats:
    """Where each partner stands, float64[n, 2], x to the right and y downwards, both in 0..1 of a picture.

    `aspect` is the picture's width over its height; circles of `radii` do not overlap up to about a thousand partners.
    """
    names, sizes = np.unique(place.component, return_counts=True)
    main = np.flatnonzero(place.component == names[np.argmax(sizes)])
    beside = np.flatnonzero(place.component != names[np.argmax(sizes)])
    radius = radii(place, aspect)
    right = aspect * (1.0 - _BESIDE) if beside.size else aspect
    box = np.array([[_MARGIN, _MARGIN], [right - _MARGIN, 1.0 - _MARGIN]])
    xy = np.empty((len(place), 2))
    start = _spread(_start(place, main), box)
    xy[main] = _relaxed(start, radius[main], box) if main.size <= _MOST_RELAXED else start
    if beside.size:
        strip = np.array([[right, _MARGIN], [aspect - _MARGIN, 1.0 - _MARGIN]])
        xy[beside] = _column(place.component[beside], strip)
    return np.asarray(np.round(xy / np.array([aspect, 1.0]), 5), dtype=np.float64)


def _start(place: Place, among: Indices) -> Floats:
    """On the ground where that is known, near the neighbours where it is not, y to the south; float64[k, 2]."""
    lat, lon = place.partners.lat[among], place.partners.lon[among]
    known = ~np.isnan(lat)
    local = np.full(len(place), -1, dtype=np.int64)
    local[among] = np.arange(among.size)
    inside = local[place.ties.a] >= 0
    a, b = local[place.ties.a[inside]], local[place.ties.b[inside]]
    strength = np.sqrt(place.ties.people[inside])
    jitter = np.stack([draws(0, 0, place.keys[among], axis) - 0.5 for axis in (0, 1)], axis=1)
    if known.sum() < 2:
        return _by_ties(a, b, jitter)
    squeeze = 1.0 - (float(np.mean(np.abs(lat[known]))) / 90.0) ** 1.5
    xy = np.stack((np.where(known, lon * squeeze, 0.0), np.where(known, -lat, 0.0)), axis=1)
    xy[~known] = xy[known].mean(axis=0)
    extent = np.ptp(xy[known], axis=0).max() or 1.0
    for _ in range(20):
        xy[~known] = _neighbours_mean(xy, a, b, strength)[~known]
    xy[~known] += 0.12 * extent * jitter[~known]
    return xy + 1e-6 * extent * jitter


def _neighbours_mean(xy: Floats, a: Indices, b: Indices, strength: Floats) -> Floats:
    total = np.bincount(a, strength, len(xy)) + np.bincount(b, strength, len(xy))
    out = np.empty_like(xy)
    for axis in (0, 1):
        out[:, axis] = np.bincount(a, strength * xy[b, axis], len(xy)) + np.bincount(b, strength * xy[a, axis], len(xy))
    return np.asarray(out / np.maximum(total, 1e-12)[:, None], dtype=np.float64)


def _by_ties(a: Indices, b: Indices, jitter: Floats) -> Floats:
    """Without geography: neighbours near each other (Fruchterman & Reingold 1991), from addressed starting points."""
    xy = jitter.copy()
    size = len(xy)
    if size > _MOST_RELAXED:
        return xy
    ideal = np.sqrt(1.0 / size)
    for step in range(150):
        away = xy[:, None, :] - xy[None, :, :]
        squared = np.maximum((away * away).sum(axis=2), 1e-6)
        push = (away * (ideal * ideal / squared)[:, :, None]).sum(axis=1)
        along = xy[a] - xy[b]
        pull = along * (np.sqrt((along * along).sum(axis=1)) / ideal)[:, None]
        for axis in (0, 1):
            push[:, axis] -= np.bincount(a, pull[:, axis], size) - np.bincount(b, pull[:, axis], size)
        length = np.maximum(np.sqrt((push * push).sum(axis=1)), 1e-12)
        heat = 0.1 * (1.0 - step / 150.0)
        xy += push * (np.minimum(length, heat) / length)[:, None]
    return xy


def _spread(xy: Floats, box: Floats) -> Floats:
    """Fit into the box, half by where points are and half by their order, so that a crowded city gets room."""
    out = np.empty_like(xy)
    for axis in (0, 1):
        value = xy[:, axis]
        extent = float(np.ptp(value)) or 1.0
        rank = np.argsort(np.argsort(value, kind="stable"), kind="stable") / max(1, len(xy) - 1)
        place = 0.45 * (value - value.min()) / extent + 0.55 * rank
        out[:, axis] = box[0, axis] + place * (box[1, axis] - box[0, axis])
    return out


def _relaxed(xy: Floats, radius: Floats, box: Floats) -> Floats:
    """Push apart whatever is too close, a little pull back to the start, until nothing overlaps."""
    home, xy = xy, xy.copy()
    size = len(xy)
    room = np.sqrt(float(np.prod(box[1] - box[0])) / size)
    far = 1.8 * max(2.5 * float(radius.max()), 0.78 * float(room))
    low, high = box[0] + radius[:, None], box[1] - radius[:, None]
    first, second = np.triu_indices(size, 1)
    for sweep in range(_SWEEPS):
        if sweep % 10 == 0:
            away = xy[first] - xy[second]
            near = np.flatnonzero((away * away).sum(axis=1) < far * far)
            i, j = first[near], second[near]
            wanted = np.maximum(1.25 * (radius[i] + radius[j]), 0.78 * room)
        away = xy[i] - xy[j]
        apart = np.sqrt((away * away).sum(axis=1)) + 1e-9
        push = 0.3 * away * (np.maximum(wanted - apart, 0.0) / apart)[:, None]
        for axis in (0, 1):
            xy[:, axis] += np.bincount(i, push[:, axis], size) - np.bincount(j, push[:, axis], size)
        xy += (0.02 * (1.0 - sweep / _SWEEPS)) * (home - xy)
        xy = np.clip(xy, low, high)
    return xy


def _column(component: Indices, strip: Floats) -> Floats:
    """Rows of a narrow strip, components together."""
    order = np.argsort(component, kind="stable")
    columns = max(1, int(np.ceil(np.sqrt(component.size / 12.0))))
    rows = -(-component.size // columns)
    xy = np.empty((component.size, 2))
    place = np.arange(component.size)
    xy[order, 0] = strip[0, 0] + (place % columns + 0.5) / columns * (strip[1, 0] - strip[0, 0])
    xy[order, 1] = strip[0, 1] + (place // columns + 0.5) / max(rows, 8) * (strip[1, 1] - strip[0, 1])
    return xy
