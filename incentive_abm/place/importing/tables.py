"""From cells to tables: the headings are found, rows that are none left out, and what each table tells of is worked out."""

from __future__ import annotations

from collections.abc import Sequence

from incentive_abm.errors import quoted
from incentive_abm.place.importing.headings import ANSWER, QUESTION, column_of, parted
from incentive_abm.place.importing.maps import LEAVE_OUT, What
from incentive_abm.place.importing.numbers import Figure, Sign, figure, is_hole
from incentive_abm.place.importing.table import Cell, Raw, Role, Table, text_of
from incentive_abm.place.importing.telling import Section, Telling

_LOOKED_AT = 30
_TOTALS = frozenset({"total", "totals", "grand total", "sum", "average", "mean", "subtotal", "sub total", "overall total"})
_FOOTNOTES = ("source:", "sources:", "note:", "notes:", "*", "†", "©", "footnote", "data source", "n.b.", "nb:",
              "contains public sector")
_ROLES = (Role.PARTNERS.value, Role.TIES.value, Role.MATRIX.value, LEAVE_OUT)


def understood(found: Sequence[Raw | Table], telling: Telling) -> list[Table]:
    """Tables with headings and a role each; those that tell of nothing are left out or asked about."""
    tables = [each if isinstance(each, Table) else _with_headings(each, telling) for each in found]
    known = [table for table in tables if table is not None]
    roles = [_role(table, telling) for table in known]
    kept = []
    for table, role in zip(known, roles, strict=True):
        if role in (None, Role.TIES, Role.PARTNERS) and table.role is None and _no_headings(table, telling):
            telling.fault("its first line holds figures, so it seems to have no headings; put a line such as "
                          "source,target,people above",
                          table.label)
        elif role is None:
            # A sheet of remarks beside sheets that are understood is left out; alone, somebody must say what it is.
            if any(roles) and ", sheet " in table.label and not _said(table, telling):
                telling.tell(Section.LEFT_OUT, f"{table.label}: its headings say nothing of partners or ties "
                                               f"({_headings(table)})")
            else:
                telling.ask(What.TABLE, table.label, f"its headings ({_headings(table)}) say neither partners nor ties: name "
                                                     f"its columns "
                            "with --map column:…=name (and kind), or source and target, or say what the table is", _ROLES,
                            table.label)
        elif role is Role.LEFT_OUT:
            telling.tell(Section.LEFT_OUT, f"{table.label}, as you said")
        else:
            kept.append(Table(table.label, table.headings, table.rows, table.at, role, table.directed, table.delimiter,
                              table.basis, table.sided))
    return kept


def _no_headings(table: Table, telling: Telling) -> bool:
    """Whether what stands as headings is the first of the rows: figures among them, and no word that is known."""
    figures = any(isinstance(figure(each, Sign.POINT), Figure) for each in table.headings)
    return figures and not columns_named(table, True, telling) and not columns_named(table, False, telling)


def _headings(table: Table) -> str:
    listed = ", ".join(quoted(each) for each in table.headings[:6])
    return listed + (" …" if len(table.headings) > 6 else "")


def _with_headings(raw: Raw, telling: Telling) -> Table | None:
    if telling.maps.take(What.TABLE, raw.label) == LEAVE_OUT:
        telling.tell(Section.LEFT_OUT, f"{raw.label}, as you said")
        return None
    first = 0 if raw.headless else _heading_row(raw, telling)
    if first is None:
        telling.fault("holds no table", raw.label)
        return None
    names = [text_of(cell) for cell in raw.rows[first]]
    rows = raw.rows[first + 1:]
    width = max([len(names), *(_filled(row) for row in rows)]) if rows else len(names)
    names += [""] * (width - len(names))
    used = [k for k in range(width) if names[k] or any(k < len(row) and not is_hole(row[k]) for row in rows)]
    headings = _named([names[k] for k in used], raw, telling)
    kept: list[tuple[Cell, ...]] = []
    at: list[str] = []
    after_gap = False
    for row, place in zip(rows, raw.at[first + 1:], strict=True):
        cells = tuple(row[k] if k < len(row) else "" for k in used)
        if all(isinstance(cell, str) and not cell.strip() for cell in cells):
            after_gap = True
        elif why := _no_row(cells, after_gap, bool(kept)):
            telling.tell(Section.LEFT_OUT, f"{raw.label}: {why}", place)
        elif [text_of(cell) for cell in cells] == list(headings):
            telling.tell(Section.LEFT_OUT, f"{raw.label}: the headings, repeated", place)
        else:
            kept.append(cells)
            at.append(place)
            short = len(row) < len(names) and raw.delimiter not in ("xlsx", "graph", " ")
            over = _filled(row) > len(raw.rows[first])
            if short and len(row) < max(k for k, name in enumerate(names) if name) + 1:
                telling.tell(Section.CHANGED, f"{raw.label}: rows with too few cells; the last ones count as blank", place)
            if over:
                telling.fault(f"has {len(row)} cells; expected {len(raw.rows[first])} "
                              "(put text that holds the sign between cells in quotation marks)", f"{raw.label}, {place}")
    if not kept:
        telling.fault("has column names and no rows", raw.label)
        return None
    if first and not raw.headless:
        above = sum(1 for row in raw.rows[:first] if any(text_of(cell) for cell in row))
        if above:
            telling.tell(Section.LEFT_OUT, f"{raw.label}: {above} line{'s' * (above > 1)} above the headings")
    return Table(raw.label, headings, tuple(kept), tuple(at), Role.TIES if raw.delimiter == " " else None, None, raw.delimiter)


def _filled(row: Sequence[Cell]) -> int:
    return max((k + 1 for k, cell in enumerate(row) if text_of(cell)), default=0)


def _heading_row(raw: Raw, telling: Telling) -> int | None:
    """The first of the upper rows with the most headings that are known or answered for; else the first that is filled."""
    best, chosen = 0, None
    for k, row in enumerate(raw.rows[:_LOOKED_AT]):
        words = [parted(text_of(cell)) for cell in row if isinstance(cell, str) and text_of(cell)]
        score = len({column_of(word, ties) or word.given for word in words for ties in (False, True)
                     if column_of(word, ties) or (What.COLUMN, word.given.casefold()) in telling.maps.answers
                     or word.word in QUESTION + ANSWER})
        if score > best and score >= min(2, len(words)):
            best, chosen = score, k
    if chosen is not None:
        return chosen
    filled = [k for k, row in enumerate(raw.rows) if any(text_of(cell) for cell in row)]
    return next((k for k in filled if _filled(raw.rows[k]) > 1), filled[0] if filled else None)


def _named(names: list[str], raw: Raw, telling: Telling) -> tuple[str, ...]:
    made: list[str] = []
    for k, name in enumerate(names):
        unique = name or f"column {k + 1}"
        if unique in made:
            telling.tell(Section.CHANGED, f"{raw.label}: the heading {quoted(unique)} stands twice; the second is called "
                                          f"{unique} 2")
            number = 2
            while f"{unique} {number}" in made:
                number += 1
            unique = f"{unique} {number}"
        made.append(unique)
    return tuple(made)


def _no_row(cells: Sequence[Cell], after_gap: bool, begun: bool) -> str:
    """Why a row is none: a total, a footnote; "" for a row."""
    texts = [text_of(cell) for cell in cells]
    filled = [text for text in texts if text]
    if filled and any(text.casefold().rstrip(":") in _TOTALS for text in filled[:2]):
        return "a row of totals"
    if begun and len(cells) > 2 and len(filled) == 1 and texts[0] and (after_gap or texts[0].casefold().startswith(_FOOTNOTES)):
        return "a remark below the rows"
    return ""


def _said(table: Table, telling: Telling) -> str | None:
    return telling.maps.take(What.TABLE, table.label)


def _role(table: Table, telling: Telling) -> Role | None:
    said = telling.answer(What.TABLE, table.label)
    if said is not None:
        if said not in _ROLES:
            telling.fault(f"--map table: {quoted(said)} is nothing that a table can be; expected {', '.join(_ROLES)}",
                          table.label)
            return Role.LEFT_OUT
        return Role(said)
    if table.role is not None:
        return table.role
    ties, partners = columns_named(table, True, telling), columns_named(table, False, telling)
    if "target" in ties and ("source" in ties or "name" in partners or "id" in partners):
        return Role.TIES
    if is_matrix(table):
        return Role.MATRIX
    if "source" in ties and has_grid(table):
        return Role.TIES
    if {"id", "name"} & set(partners):
        return Role.PARTNERS
    return None


def columns_named(table: Table, ties: bool, telling: Telling) -> dict[str, int]:
    """Our columns that the headings name, each with the first heading that does."""
    found: dict[str, int] = {}
    for k, given in enumerate(table.headings):
        said = telling.maps.take(What.COLUMN, given)
        column = said if said is not None else column_of(parted(given), ties)
        if column is not None:
            found.setdefault(column, k)
    if not ties and "name" not in found and "id" not in found:
        last = [k for k, given in enumerate(table.headings) if parted(given).word in ("label", "title")]
        found |= {"name": last[0]} if last else {}
    return found


def is_matrix(table: Table) -> bool:
    """Whether the rows are named as the columns are: who trusts whom, who works with whom."""
    if len(table.headings) < 3:
        return False
    across = {text_of(each).casefold() for each in table.headings[1:]}
    down = {text_of(row[0]).casefold() for row in table.rows}
    shared = len(across & down)
    return shared >= 2 and shared >= 0.8 * min(len(across), len(down))


def has_grid(table: Table) -> bool:
    """Whether a survey's questions stand as `Question [whom it is about]`, as Google Forms writes a grid."""
    return sum(1 for each in table.headings if each.rstrip().endswith("]") and "[" in each) >= 2
