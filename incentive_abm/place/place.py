"""A place: partners that serve the same people, and the ties between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from incentive_abm.errors import PlaceError, nearest, quoted
from incentive_abm.place.chance_keys import Keys, partner_keys, tie_keys
from incentive_abm.place.components import components
from incentive_abm.place.csv_writing import save, texts
from incentive_abm.place.graph_writing import to_graph
from incentive_abm.place.labels import labels
from incentive_abm.place.partners_and_ties import Filled, Floats, Indices, Mask, Partners, Ties

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, eq=False)
class Place:
    """Partners and ties in canonical order, what was filled by which rule, and what the reader should be warned of."""

    name: str
    title: str
    partners: Partners
    ties: Ties
    warnings: tuple[str, ...]
    filled: tuple[Filled, ...]

    def __len__(self) -> int:
        return len(self.partners)

    @cached_property
    def keys(self) -> Keys:
        """Each partner's key for addressed chance; uint64[n]."""
        return partner_keys(self.partners.ids)

    @cached_property
    def tie_keys(self) -> Keys:
        """Each tie's key, the same whichever partner is named first; uint64[m]."""
        return tie_keys(self.keys[self.ties.a], self.keys[self.ties.b])

    @cached_property
    def degree(self) -> Indices:
        """How many ties each partner has; int64[n]."""
        return np.bincount(np.concatenate((self.ties.a, self.ties.b)), minlength=len(self)).astype(np.int64)

    @cached_property
    def connected(self) -> Mask:
        """Partners with at least one tie; bool[n]."""
        return self.degree > 0

    @cached_property
    def component(self) -> Indices:
        """Each partner's connected component, named by its smallest index; int64[n]."""
        return components(len(self), self.ties.a, self.ties.b)

    @cached_property
    def spend_total(self) -> float:
        """£m a year that all ties' partners spend on the people they share, summed exactly."""
        return fsum(self.ties.spend.tolist())

    @cached_property
    def weight(self) -> Floats:
        """Each tie's share of the place's shared spend; float64[m], summing to 1."""
        return self.ties.spend / self.spend_total

    @cached_property
    def income_total(self) -> float:
        """£m a year of all partners that have a tie, summed exactly."""
        return fsum(self.partners.income[self.connected].tolist())

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Names short enough for sentences and pictures, each partner's its own."""
        return labels(self.partners.ids, self.partners.names)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the model reads, in hex: independent of file names, row order, notes and machine."""
        digest = sha256(b"incentive_abm place 1\0")
        for text in (*self.partners.ids, *self.partners.names):
            digest.update(text.encode() + b"\0")
        p, t = self.partners, self.ties
        for whole in (p.kind, t.a, t.b):
            digest.update(whole.astype("<i8").tobytes())
        for column in (*p.numbers.values(), *t.numbers.values(), t.spend_a):
            digest.update(np.where(np.isnan(column), np.nan, column + 0.0).astype("<f8").tobytes())
        for name in ("trust_source", "trust_target"):
            if name in t.numbers:
                digest.update(name.encode() + b"\0")
        for marks in (p.assumed, t.assumed):
            for name in sorted(marks):
                digest.update(name.encode() + b"\0" + marks[name].tobytes())
        return digest.hexdigest()

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {name: i for i, name in enumerate(self.partners.ids)}

    @cached_property
    def _tie_index(self) -> Mapping[tuple[int, int], int]:
        return {pair: e for e, pair in enumerate(zip(self.ties.a.tolist(), self.ties.b.tolist(), strict=True))}

    def partner(self, name: str) -> int:
        """The index of the partner with this id, label or name; raises PlaceError with the nearest one."""
        if name in self._index:
            return self._index[name]
        wanted = name.casefold()
        for words in (self.labels, self.partners.names):
            found = [i for i, word in enumerate(words) if word.casefold() == wanted]
            if len(found) == 1:
                return found[0]
        known = [*self.partners.ids, *self.labels, *self.partners.names]
        raise PlaceError(f"{self.title} has no partner {quoted(name)}{nearest(name, known)}")

    def tie(self, one: str, other: str) -> int:
        """The index of the tie between two partners, named as in `partner`; raises PlaceError where there is none."""
        i, j = self.partner(one), self.partner(other)
        pair = (min(i, j), max(i, j))
        if pair not in self._tie_index:
            raise PlaceError(f"{self.title} has no tie between {self.labels[i]} and {self.labels[j]}")
        return self._tie_index[pair]

    def save(self, folder: str | Path) -> None:
        """Write `partners.csv` and `ties.csv`; what was filled is left blank, so that loading fills it again."""
        save(self.partners, self.ties, Path(folder))

    def texts(self) -> tuple[str, str]:
        """What `save` writes, as two texts."""
        return texts(self.partners, self.ties)

    def to_graph(self) -> networkx.Graph[str]:
        """A networkx graph whose nodes and edges have the columns of the CSV files as attributes."""
        return to_graph(self.name, self.partners, self.ties)
