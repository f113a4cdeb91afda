"""How a field of the state is declared: once, beside its name; numbers, arrays, pictures, columns and documents follow."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from incentive_abm.compiling.layout import Record
from incentive_abm.kinds import Phase


@dataclass(frozen=True)
class Field:
    """One number of a record.

    picture: whether it is kept in a run's pictures; page: the range of it that the page's message covers, where it is sent
    ((0, 255) for counts); word: the vocabulary of which it is a number; cleared: the phase that begins by setting it to
    nothing, where it adds up what ties bring.
    """

    unit: str
    meaning: str
    picture: bool = False
    page: tuple[float, float] | None = None
    word: str = ""
    cleared: Phase | None = None
    name: str = ""


def field(unit: str, meaning: str, *, picture: bool = False, page: tuple[float, float] | None = None, word: str = "",
          cleared: Phase | None = None) -> Any:
    """Declare a number of the record in whose class this stands. A number of the page's message is one of the picture."""
    return Field(unit, meaning, picture or page is not None, page, word, cleared)


def group(*names: str) -> Any:
    """Declare one name for several fields in a row: a tuple of their numbers on an agent, starred or numbered in a kernel."""
    return Group(names)


class Group:
    """Several fields in a row under one name."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._of = attrgetter(*names)

    def __get__(self, holder: Any, owner: type) -> Any:
        return self if holder is None else self._of(holder)


def fields_of(declared: type) -> tuple[Field, ...]:
    """The fields of a class of declarations, named, in the order in which they stand there."""
    return tuple(Field(f.unit, f.meaning, f.picture, f.page, f.word, f.cleared, name)
                 for name, f in vars(declared).items() if isinstance(f, Field))


def cleared_in(declared: type, phase: Phase) -> tuple[str, ...]:
    """The fields that a phase begins by setting to nothing."""
    return tuple(f.name for f in fields_of(declared) if f.cleared is phase)


def record_of(declared: type) -> Record:
    """The record that a class declares; what phase X clears is its group `cleared_x`. Raises ValueError for a broken row."""
    names = tuple(f.name for f in fields_of(declared))
    rows = {name: held.names for name, held in vars(declared).items() if isinstance(held, Group)}
    rows |= {f"cleared_{phase.name.lower()}": cleared_in(declared, phase) for phase in Phase if cleared_in(declared, phase)}
    groups = {}
    for name, row in rows.items():
        first = names.index(row[0])
        if names[first:first + len(row)] != row:
            raise ValueError(f"{declared.__name__}.{name}: its fields must stand in a row, in its order")
        groups[name] = (first, len(row))
    return Record(names, groups)
