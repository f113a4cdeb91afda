"""Edges of a graph as ties: those between the same two partners, in either direction, are one tie."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from incentive_abm.errors import PlaceError, quoted
from incentive_abm.faults import Faults
from incentive_abm.place.sheet import is_blank

Attributes = Mapping[str, object]
Edge = tuple[Hashable, Hashable, Attributes]
OPPOSITE = {"trust_source": "trust_target", "trust_target": "trust_source"}
ADDED = ("people", "spend_m")


class Parallel(Enum):
    """What several edges between the same partners mean where their numbers differ: nothing known, parts of a whole (people
    and spend_m), or one thing counted more than once."""

    REFUSED = "refused"
    ADDED = "added"
    LARGEST = "largest"


@dataclass(frozen=True)
class Tie:
    """What the edges between two partners say together; ends as in the first of them."""

    source: Hashable
    target: Hashable
    attributes: Attributes

    @property
    def shown(self) -> str:
        """How messages call it."""
        return f"edge {quoted(self.source)}–{quoted(self.target)}"


def ties_of(edges: Sequence[Edge], directed: bool, parallel: Parallel, faults: Faults) -> list[Tie]:
    """One tie for each pair of ends, in the order of the first edges; what cannot be one is noted."""
    groups: dict[frozenset[Hashable], list[Edge]] = {}
    for edge in edges:
        groups.setdefault(frozenset(edge[:2]), []).append(edge)
    return [_merged(group, directed, parallel, faults) for group in groups.values()]


def _merged(group: Sequence[Edge], directed: bool, parallel: Parallel, faults: Faults) -> Tie:
    source, target, first = group[0]
    if len(group) == 1:
        return Tie(source, target, first)
    found: dict[str, list[object]] = {}
    sided = directed and _own_trust(group)
    for a, _, attributes in group:
        turned = a != source
        for key, value in attributes.items():
            name = OPPOSITE.get(key, key) if turned else key
            if sided and key == "trust":
                name = "trust_target" if turned else "trust_source"
            if not is_blank(value):
                found.setdefault(name, []).append(value)
    shown = Tie(source, target, {}).shown
    return Tie(source, target, {key: _one(key, values, parallel, faults, shown) for key, values in found.items()})


def _own_trust(group: Sequence[Edge]) -> bool:
    """Whether two directions tell of two different trusts: each is how far the source of its edge trusts the target."""
    told = {a: attributes["trust"] for a, _, attributes in group if not is_blank(attributes.get("trust"))}
    return len(told) == 2 and len(set(map(str, told.values()))) == 2


def _one(key: str, values: list[object], parallel: Parallel, faults: Faults, shown: str) -> object:
    different = list(dict.fromkeys(values)) if all(isinstance(each, Hashable) for each in values) else values
    if len(different) == 1 and parallel is not Parallel.ADDED:
        return different[0]
    numbers = [each for each in values if isinstance(each, int | float) and not isinstance(each, bool)]
    if len(numbers) == len(values) and parallel is Parallel.ADDED and key in ADDED:
        return sum(numbers)
    if len(numbers) == len(values) and parallel is Parallel.LARGEST:
        return max(numbers)
    if len(different) == 1:
        return different[0]
    if all(isinstance(each, str) for each in different):
        return "; ".join(map(str, different))
    faults.add(f"{shown}, attribute {key}: is {' and '.join(map(quoted, different))} on edges between the same partners; "
               "expected one value, or parallel=Parallel.ADDED (people and spend_m) or Parallel.LARGEST",
               cause=f"parallel {key}", spot=shown)
    return None


def parallel_of(value: object) -> Parallel:
    """The member, or the one that a word stands for; raises PlaceError."""
    words = {member.value: member for member in Parallel}
    if isinstance(value, Parallel):
        return value
    if isinstance(value, str) and value in words:
        return words[value]
    raise PlaceError(f"parallel is {quoted(value)}; expected one of {', '.join(words)}")
