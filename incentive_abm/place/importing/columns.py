"""Which heading is which of our columns: by our words, the documented ones, or as a person said; the rest is left out."""

from __future__ import annotations

from dataclasses import dataclass

from incentive_abm.errors import nearest, quoted
from incentive_abm.place.csv_columns import PARTNER_COLUMNS, TIE_COLUMNS, is_note
from incentive_abm.place.importing.headings import LAST_WORDS, TOOL_WORDS, Heading, column_of, near_column, parted
from incentive_abm.place.importing.maps import LEAVE_OUT, What
from incentive_abm.place.importing.numbers import is_hole
from incentive_abm.place.importing.table import Role, Table, text_of
from incentive_abm.place.importing.telling import Section, Telling

_ENDS = frozenset({"source", "target"})


@dataclass(frozen=True)
class Found:
    """A column of ours in a table: where it stands and how it was headed."""

    index: int
    heading: Heading


def read_columns(table: Table, telling: Telling) -> dict[str, Found]:
    """Our columns in a table by name. Two headings for one column are asked about; so is one that looks mistyped."""
    ties = table.role is Role.TIES
    own = TIE_COLUMNS if ties else PARTNER_COLUMNS
    found: dict[str, list[Found]] = {}
    left: list[Found] = []
    for k, given in enumerate(table.headings):
        each = Found(k, parted(given))
        said = telling.answer(What.COLUMN, given, table.label)
        if said == LEAVE_OUT:
            continue
        if said is not None and said not in own and not is_note(said):
            telling.fault(f"--map column: {quoted(said)} is no column of {'ties' if ties else 'partners'}{nearest(said, own)}; "
                          f"expected "
                          f"{', '.join(own)}, *_note or {LEAVE_OUT}", table.label)
            continue
        column = said if said is not None else column_of(each.heading, ties)
        if column is None:
            left.append(each)
        else:
            found.setdefault(column, []).append(each)
    if ties and "source" not in found:
        _source_by_name(table, found, left, telling)
    for column, words in LAST_WORDS.items():
        last = [each for each in left if each.heading.word in words]
        if last and not ties and (column not in found or _repeats_id(table, found)):
            found[column] = last[:1]
            left.remove(last[0])
    for each in left:
        _left_out(table, each, ties, telling)
    return {column: _one(table, column, several, telling) for column, several in found.items()}


def _source_by_name(table: Table, found: dict[str, list[Found]], left: list[Found], telling: Telling) -> None:
    """In a table of ties, a column that names an organisation is the one that speaks, where no other is."""
    for each in list(left):
        if column_of(each.heading, False) in ("name", "id"):
            found["source"] = [each]
            left.remove(each)
            telling.tell(Section.UNDERSTOOD, f"{table.label}: {quoted(each.heading.given)} is the source of each tie")
            return


def _one(table: Table, column: str, several: list[Found], telling: Telling) -> Found:
    exact = [each for each in several if each.heading.given.strip() == column] or [
        each for each in several if telling.maps.take(What.COLUMN, each.heading.given) == column]
    chosen = exact[0] if len(exact) == 1 else several[0]
    if len(several) > 1 and not exact and not _same(table, several):
        if column == "note":
            return chosen
        given = [each.heading.given for each in several]
        telling.ask(What.COLUMN, given[1], f"{' and '.join(map(quoted, given))} both say {column}; which is to be left out?",
                    (LEAVE_OUT,), table.label)
    elif len(several) > 1:
        for each in several:
            if each is not chosen:
                telling.tell(Section.LEFT_OUT, f"{table.label}: {quoted(each.heading.given)}, since "
                                               f"{quoted(chosen.heading.given)} is {column}")
    if chosen.heading.given.strip() != column and telling.maps.take(What.COLUMN, chosen.heading.given) is None:
        telling.tell(Section.UNDERSTOOD, f"{table.label}: {quoted(chosen.heading.given)} is {column}")
    return chosen


def _repeats_id(table: Table, found: dict[str, list[Found]]) -> bool:
    """Whether the names are the ids once more, as some tools write them."""
    return "id" in found and len(found["name"]) == 1 and _same(table, [found["id"][0], found["name"][0]])


def _same(table: Table, several: list[Found]) -> bool:
    return all(text_of(row[several[0].index]) == text_of(row[each.index]) for row in table.rows for each in several)


def _left_out(table: Table, each: Found, ties: bool, telling: Telling) -> None:
    given, cells = each.heading.given, table.cells(each.index)
    if all(is_hole(cell) for cell in cells):
        telling.tell(Section.LEFT_OUT, f"{table.label}: {quoted(given)}, which is blank throughout")
        return
    if ties and each.heading.word in ("weight", "value", "strength"):
        _weight(table, each, telling)
        return
    near = "" if ties and each.heading.word in TOOL_WORDS else near_column(each.heading, ties)
    if near:
        telling.ask(What.COLUMN, given, f"the heading {quoted(given)} is not known; it is near to {near}", (near, LEAVE_OUT),
                    table.label)
    else:
        telling.tell(Section.LEFT_OUT, f"{table.label}: the column {quoted(given)}, which the model does not read")


def _weight(table: Table, each: Found, telling: Telling) -> None:
    """A weight may be anything; one that is the same everywhere is a tool's default and says nothing."""
    values = {text_of(cell) for cell in table.cells(each.index)}
    if values <= {"1", "1.0", ""}:
        telling.tell(Section.LEFT_OUT, f"{table.label}: {quoted(each.heading.given)}, which is 1 throughout")
    else:
        telling.ask(What.COLUMN, each.heading.given, f"{quoted(each.heading.given)} differs from tie to tie and may be "
                                                     f"anything; what is it?",
                    ("people", "trust", "spend_m", LEAVE_OUT), table.label)
