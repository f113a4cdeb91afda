"""Matrices and survey answers as tables of ties: one row for each cell, answer or partner that was ticked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from incentive_abm.errors import quoted
from incentive_abm.place.importing.headings import ANSWER, QUESTION, parted
from incentive_abm.place.importing.kind_words import plain
from incentive_abm.place.importing.maps import What
from incentive_abm.place.importing.numbers import is_hole
from incentive_abm.place.importing.table import Cell, Role, Table, text_of
from incentive_abm.place.importing.tables import columns_named
from incentive_abm.place.importing.telling import Section, Telling

MATRIX_CHOICES = ("trust", "people", "spend_m", "identity", "information", "tie")
_YES = frozenset({"1", "1.0", "x", "yes", "y", "✓", "✔", "true", "•", "tie"})
_NO = frozenset({"0", "0.0", "no", "n", "false"})
_NAMED = {"trust": "trust", "people": "people", "patients": "people", "spend": "spend_m", "identity": "identity",
          "information": "information"}
"""What a matrix says, by a word in its corner or its name."""
_GRID = re.compile(r"(.*)\[(.+)\]\s*$", re.DOTALL)


def reshaped(tables: Sequence[Table], telling: Telling) -> list[Table]:
    """The tables, with every matrix and every survey as rows of ties."""
    partners = [table for table in tables if table.role is Role.PARTNERS]
    known = {text_of(cell).casefold() for table in partners for column, k in columns_named(table, False, telling).items()
             if column in ("id", "name") for cell in table.cells(k)}
    made = []
    for table in tables:
        if table.role is Role.MATRIX:
            made.append(_from_matrix(table, telling))
        elif table.role is Role.TIES and (grid := [k for k, name in enumerate(table.headings) if _GRID.match(name)]):
            made.append(_from_grid(table, grid, telling))
        elif table.role is Role.TIES and (question := _question(table, telling)):
            made.append(_from_questions(table, *question, telling))
        else:
            made.append(_listed(table, known, telling) if table.role is Role.TIES else table)
    return made


def _from_matrix(table: Table, telling: Telling) -> Table:
    says = _what_it_says(table, telling)
    rows, at, own, none = [], [], 0, 0
    for k, row in enumerate(table.rows):
        source = text_of(row[0])
        for heading, cell in zip(table.headings[1:], row[1:], strict=True):
            word = text_of(cell).casefold()
            if source.casefold() == heading.casefold():
                own += not is_hole(cell) and word not in _NO
            elif (is_hole(cell) and word != "x") or (says in ("tie", "people", "spend_m") and word in _NO):
                none += 1
            else:
                rows.append((source, heading, *(() if says == "tie" else (cell,))))
                at.append(f"{table.at[k]}, column {heading}")
    if own:
        telling.tell(Section.LEFT_OUT, f"{table.label}: the diagonal, which says something of a partner and itself")
    telling.tell(Section.UNDERSTOOD, f"{table.label}: a matrix of {len(table.rows)} rows; each cell is "
                 + ("a tie" if says == "tie" else f"{says} of the row's partner {'in' * (says == 'trust') or 'and'} the column's")
                 + (f"; {none:,} say that there is none" if none else ""))
    columns = ("source", "target") if says == "tie" else ("source", "target", says)
    return Table(table.label, columns, tuple(rows), tuple(at), Role.TIES, True, table.delimiter, "a matrix of who works with whom"
                 if says != "trust" else "a matrix of who trusts whom")


def _what_it_says(table: Table, telling: Telling) -> str:
    said = telling.answer(What.MATRIX, table.label)
    if said is not None:
        if said not in MATRIX_CHOICES:
            telling.fault(f"--map matrix: {quoted(said)} is nothing that a cell can say; expected {', '.join(MATRIX_CHOICES)}",
                          table.label)
        return said if said in MATRIX_CHOICES else "tie"
    cells = [(cell, text_of(cell).casefold()) for row in table.rows for cell in row[1:]]
    words = {word for cell, word in cells if word == "x" or not is_hole(cell)}
    if words <= _YES | _NO:
        return "tie"
    for text in (table.headings[0], table.label):
        for word in plain(text).split():
            if word in _NAMED:
                return _NAMED[word]
    telling.ask(What.MATRIX, table.label, f"what do its cells say, such as {', '.join(sorted(words)[:4])}?", MATRIX_CHOICES,
                table.label)
    return "tie"


def _from_grid(table: Table, grid: Sequence[int], telling: Telling) -> Table:
    """`How much do you trust each of these? [Barts]`: one row for each answer."""
    others = [k for k in range(len(table.headings)) if k not in grid]
    questions: dict[str, dict[str, int]] = {}
    for k in grid:
        found = _GRID.match(table.headings[k])
        assert found
        questions.setdefault(found[1].strip() or table.headings[k], {})[found[2].strip()] = k
    names = tuple(questions)
    about = list(dict.fromkeys(whom for each in questions.values() for whom in each))
    heads = (*(table.headings[k] for k in others), "target", *names)
    rows, at = [], []
    for k, row in enumerate(table.rows):
        for whom in about:
            answers = tuple(row[questions[name][whom]] if whom in questions[name] else "" for name in names)
            if any(not is_hole(answer) for answer in answers):
                rows.append((*(row[n] for n in others), whom, *answers))
                at.append(f"{table.at[k]}, about {whom}")
    telling.tell(Section.UNDERSTOOD, f"{table.label}: {len(table.rows)} answers of a survey about {len(about)} partners")
    return Table(table.label, heads, tuple(rows), tuple(at), Role.TIES, True, table.delimiter, "answers of a survey")


def _question(table: Table, telling: Telling) -> tuple[int, int] | None:
    words = [parted(each).word for each in table.headings]
    asked = next((k for k, word in enumerate(words) if word in QUESTION), None)
    answered = next((k for k, word in enumerate(words) if word in ANSWER), None)
    if asked is None or answered is None or not {"source", "target"} <= set(columns_named(table, True, telling)) | {"source"}:
        return None
    return asked, answered


def _from_questions(table: Table, asked: int, answered: int, telling: Telling) -> Table:
    """A long list of answers, one to a row: the question names the column."""
    others = [k for k in range(len(table.headings)) if k not in (asked, answered)]
    questions = list(dict.fromkeys(text_of(row[asked]) for row in table.rows))
    heads = (*(table.headings[k] for k in others), *questions)
    rows = tuple((*(row[k] for k in others), *(row[answered] if text_of(row[asked]) == each else "" for each in questions))
                 for row in table.rows)
    telling.tell(Section.UNDERSTOOD, f"{table.label}: {len(rows):,} answers to {len(questions)} questions, one to a row")
    return Table(table.label, heads, rows, table.at, Role.TIES, True, table.delimiter, "answers of a survey")


def _listed(table: Table, partners: set[str], telling: Telling) -> Table:
    """Rows whose target lists several partners (`A; B; C`), as a question with boxes to tick gives them: one row for each."""
    columns = columns_named(table, True, telling)
    if "target" not in columns or table.delimiter in ("graph", " "):
        return table
    at_target = columns["target"]
    sources = {text_of(row[columns["source"]]).casefold() for row in table.rows} if "source" in columns else set()
    known = partners | sources
    rows: list[tuple[Cell, ...]] = []
    at, split = [], 0
    for row, place in zip(table.rows, table.at, strict=True):
        targets = ticked(str(row[at_target]), known)
        split += len(targets) > 1
        for target in targets:
            rows.append((*row[:at_target], target, *row[at_target + 1:]))
            at.append(place)
    if not split:
        return table
    telling.tell(Section.CHANGED, f"{table.label}: {split} cells that list several partners make one tie each")
    return Table(table.label, table.headings, tuple(rows), tuple(at), table.role, True, table.delimiter, "answers of a survey")


def ticked(cell: str, known: Iterable[str]) -> list[str]:
    """The partners that a cell lists, parted by semicolons or line ends; by commas only where each part is known by itself."""
    parts = [part.strip() for part in re.split(r"[;\n]", cell) if part.strip()]
    names = set(known)
    if len(parts) == 1 and cell.casefold() not in names:
        by_comma = [part.strip() for part in cell.split(",") if part.strip()]
        if len(by_comma) > 1 and all(part.casefold() in names for part in by_comma):
            return by_comma
    return parts or [cell]
