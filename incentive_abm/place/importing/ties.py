"""Ties from every table that tells of them: one for each pair, whichever way and however often it was told."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from incentive_abm.errors import quoted
from incentive_abm.place.csv_columns import is_note
from incentive_abm.place.importing.columns import read_columns
from incentive_abm.place.importing.ids import Directory
from incentive_abm.place.importing.numbers import is_wordless
from incentive_abm.place.importing.partners import Partner
from incentive_abm.place.importing.table import Cell, Role, Table, text_of
from incentive_abm.place.importing.telling import Section, Telling
from incentive_abm.place.importing.values import read_numbers


class Twice(Enum):
    """What becomes of people and spend where one tie is told of more than once, both directions or side by side."""

    LARGER = "larger"
    ADDED = "added"


@dataclass
class Tie:
    """A tie between two partners, `source` before `target`; what each telling of it said."""

    source: str
    target: str
    tellings: list[tuple[bool, dict[str, float]]] = field(default_factory=list)
    """Of each: whether it was told from target to source, and its numbers."""
    own: list[bool] = field(default_factory=list)
    """Of each: whether its trust is that of the side that tells alone."""
    bases: dict[str, None] = field(default_factory=dict)
    notes: dict[str, dict[str, None]] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class TieTable:
    """A table of ties with its columns read."""

    table: Table
    ends: tuple[int, int]
    numbers: dict[str, list[float]]
    basis: int | None
    notes: dict[str, int]


def read_tie_tables(tables: Sequence[Table], telling: Telling) -> list[TieTable]:
    """The tables of ties, their figures read."""
    made = []
    for table in tables:
        if table.role is not Role.TIES:
            continue
        columns = read_columns(table, telling)
        lacking = [end for end in ("source", "target") if end not in columns]
        if lacking:
            telling.fault(f"no heading says {' or '.join(lacking)}; name it with --map column:…={lacking[0]}", table.label)
            continue
        basis = columns.get("basis")
        made.append(TieTable(table, (columns["source"].index, columns["target"].index), read_numbers(table, columns, telling),
                             basis.index if basis else None,
                             {name: found.index for name, found in columns.items() if is_note(name)}))
    return made


def ends_of(tables: Sequence[TieTable]) -> list[tuple[Cell, str]]:
    """Every end of every tie as it was written, and where."""
    return [(row[end], each.table.where(k, end)) for each in tables for k, row in enumerate(each.table.rows) for end in each.ends]


def read_ties(tables: Sequence[TieTable], partners: Sequence[Partner], left_out: frozenset[str], twice: Twice,
              telling: Telling) -> list[Tie]:
    """One tie for each pair that any table joins."""
    directory = Directory([each.id for each in partners], {each.id: each.name for each in partners if each.name},
                          {alias: each.id for each in partners for alias in each.aliases})
    ties: dict[tuple[str, str], Tie] = {}
    for each in tables:
        rows = list(_rows(each, directory, left_out, telling))
        pairs = {ends for _, ends in rows}
        both = any((b, a) in pairs for a, b in pairs)
        if both and "trust" in each.numbers and each.table.directed is None and not each.table.sided:
            telling.tell(Section.UNDERSTOOD, f"{each.table.label}: gives trust in both directions, so each is its source's own")
        for row, ends in rows:
            _tell(ties, each, row, ends, both)
    for tie in ties.values():
        _settle(tie, twice, telling)
    if not ties and not telling.asked and not telling.wrong:
        telling.fault("there are no ties; expected a table with a source and a target, a matrix, or a graph with edges",
                      "the files")
    return list(ties.values())


def _rows(each: TieTable, directory: Directory, left_out: frozenset[str],
          telling: Telling) -> Iterator[tuple[int, tuple[str, str]]]:
    for row, cells in enumerate(each.table.rows):
        found = []
        for end in each.ends:
            if is_wordless(cells[end]):
                telling.fault(f"a tie without a {'source' if end == each.ends[0] else 'target'}", each.table.where(row, end))
            elif text_of(cells[end]) in left_out:
                telling.tell(Section.LEFT_OUT, "ties with partners that were left out", each.table.where(row))
            elif (name := directory.find(cells[end], each.table.label, telling, each.table.where(row, end))) is not None:
                found.append(name)
        if len(found) < 2:
            continue
        if found[0] == found[1]:
            telling.tell(Section.LEFT_OUT, "a tie of a partner with itself", each.table.where(row))
        else:
            yield row, (found[0], found[1])


def _tell(ties: dict[tuple[str, str], Tie], each: TieTable, row: int, ends: tuple[str, str], both: bool) -> None:
    source, target = sorted(ends)
    tie = ties.setdefault((source, target), Tie(source, target))
    turned = ends[0] != source
    tie.tellings.append((turned, {column: values[row] for column, values in each.numbers.items() if not math.isnan(values[row])}))
    sided = each.table.one_sided(row)
    # Where both sides have columns of their own, `trust` is the tie's mean.
    mean = {"trust_source", "trust_target"} & set(each.numbers)
    tie.own.append(not mean and (both if sided is None else sided))
    basis = text_of(each.table.rows[row][each.basis]) if each.basis is not None else each.table.basis
    if basis:
        # Free text is kept to the letter: a basis may hold two spaces.
        tie.bases[str(each.table.rows[row][each.basis]) if each.basis is not None else basis] = None
    for name, at in each.notes.items():
        if text := str(each.table.rows[row][at]):
            tie.notes.setdefault(name, {})[text] = None


def _settle(tie: Tie, twice: Twice, telling: Telling) -> None:
    """One number for each column, from all that was told."""
    where = f"the tie between {quoted(tie.source)} and {quoted(tie.target)}"
    told: dict[str, list[float]] = {}
    for (turned, numbers), own in zip(tie.tellings, tie.own, strict=True):
        for column, value in numbers.items():
            name = column
            if column == "trust" and own:
                name = "trust_target" if turned else "trust_source"
            elif column in ("trust_source", "trust_target") and turned:
                name = "trust_source" if column == "trust_target" else "trust_target"
            told.setdefault(name, []).append(value)
    for column, values in told.items():
        if column in ("people", "spend_m"):
            differ = len(set(values)) > 1
            if len(values) > 1:
                added = twice is Twice.ADDED
                how = "added up" if added else "the larger counts" if differ else "they are the same"
                telling.tell(Section.CHANGED, f"{column} of a tie told more than once, in both directions or side by side: {how} "
                             f"(--twice {'larger' if added else 'added'} would do otherwise)", where)
            tie.numbers[column] = math.fsum(values) if twice is Twice.ADDED else max(values)
        else:
            if len(values) > 1 and len(set(values)) > 1:
                telling.tell(Section.CHANGED, f"{column} of a tie told more than once: the mean counts", where)
            tie.numbers[column] = math.fsum(values) / len(values) if len(set(values)) > 1 else values[0]
    if len(tie.tellings) > 1:
        telling.tell(Section.CHANGED, "ties told more than once are one tie", where)
