"""What a kernel may name: records of named numbers, and where each number stands in the flat arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Record:
    """Named numbers side by side. A group is several of them in a row under one name: name → (first, how many)."""

    names: tuple[str, ...]
    groups: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> int:
        """Where a number stands in the record; the first one, for a group. Raises KeyError."""
        if name in self.groups:
            return self.groups[name][0]
        try:
            return self.names.index(name)
        except ValueError:
            raise KeyError(name) from None


@dataclass(frozen=True)
class Layout:
    """The records of a run, and the settings it reads.

    A tie's record is `tie`, then side a's, then side b's, both as `side`. `sides` tells which two facts of a tie hold a fact
    of a side. A setting stands in the array of the place, of partners or of the start; on a tie, a partner's setting is the
    mean of both partners'.
    """

    tie: Record
    side: Record
    partner: Record
    place: Record
    tie_fact: Record
    partner_fact: Record
    sides: Mapping[str, tuple[str, str]]
    place_setting: Record
    partner_setting: Record
    start_setting: Record

    @property
    def tie_width(self) -> int:
        """Numbers in a tie's record, both sides included."""
        return len(self.tie) + 2 * len(self.side)

    def side_start(self, end: int) -> int:
        """Where the record of side a (0) or b (1) begins in a tie's."""
        return len(self.tie) + end * len(self.side)


def scratch(**sizes: int) -> Record:
    """Working numbers of a kernel, so many under each name; a last size of 0 means as many as are asked for."""
    groups: dict[str, tuple[int, int]] = {}
    names: list[str] = []
    for name, size in sizes.items():
        groups[name] = (len(names), size)
        names += [name] * size
    return Record(tuple(names), groups)
