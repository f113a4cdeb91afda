"""Partners from every table that tells of them: one record each, its kind in the model's words, its figures in its units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from incentive_abm.errors import quoted
from incentive_abm.kinds import Kind
from incentive_abm.place.csv_columns import is_note
from incentive_abm.place.importing.columns import Found, read_columns
from incentive_abm.place.importing.ids import LONGEST, made_of, mangled
from incentive_abm.place.importing.kind_words import kind_in_name, kind_of, nearest_kinds, plain, read_kind
from incentive_abm.place.importing.maps import LEAVE_OUT, What
from incentive_abm.place.importing.numbers import is_wordless
from incentive_abm.place.importing.table import Cell, Role, Table, text_of
from incentive_abm.place.importing.telling import Section, Telling
from incentive_abm.place.importing.values import BALANCE_IN_MONEY, read_numbers


@dataclass
class Partner:
    """A partner as far as it is known."""

    id: str
    name: str
    where: str
    word: str = ""
    """What the file calls its kind."""
    aliases: list[tuple[str, str]] = field(default_factory=list)
    """What else it is called, and by which file: the number of a node, say."""
    kind: Kind | None = None
    numbers: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def read_partners(tables: Sequence[Table], telling: Telling) -> list[Partner]:
    """All partners that tables tell of, in the order in which they are met."""
    found: list[Partner] = []
    # Tables that say kinds are the register; others (the nodes of a graph, say) add to it.
    read = [(table, read_columns(table, telling)) for table in tables if table.role is Role.PARTNERS]
    for table, columns in sorted(read, key=lambda each: "kind" not in each[1]):
        found = _joined(found, _rows(table, columns, telling), table.label, telling)
    return found


def with_kinds(found: Sequence[Partner], names_say_kinds: bool, telling: Telling) -> tuple[list[Partner], frozenset[str]]:
    """The partners that take part, each with its kind, and what those are called that are left out."""
    kept = [partner for partner in found if _with_kind(partner, names_say_kinds, telling)]
    for partner in kept:
        _balance(partner, telling)
    if len(kept) == 1 and not telling.asked:
        telling.fault(f"{quoted(kept[0].id)} is the only partner; expected at least two", kept[0].where)
    left_out = [each for each in found if each.kind is None and each not in kept]
    return kept, frozenset(word for each in left_out for word in (each.id, each.name) if word)


def _rows(table: Table, columns: dict[str, Found], telling: Telling) -> list[Partner]:
    numbers = read_numbers(table, columns, telling)
    made_ids = 0
    partners = []
    for row in range(len(table.rows)):
        def text(column: str, row: int = row) -> str:
            found = columns.get(column)
            return "" if found is None or is_wordless(table.rows[row][found.index]) else text_of(table.rows[row][found.index])

        where, name, given = table.where(row), text("name"), text("id")
        if not name and not given:
            telling.fault("has neither a name nor an id", where)
            continue
        if given and (lost := mangled(table.rows[row][columns["id"].index])):
            given = _mangled_id(given, lost, where, telling)
        elif not given:
            given, made_ids = made_of(name), made_ids + 1
        for word in (given, name):
            if not word.isprintable():
                telling.fault(f"{quoted(word)} holds an invisible character; type it again", where)
            elif len(word) > LONGEST and word == given:
                telling.fault(f"has an id of {len(word)} letters; expected at most {LONGEST}", where)
        partners.append(Partner(
            given, name, where, text("kind"),
            numbers={column: values[row] for column, values in numbers.items() if not math.isnan(values[row])},
            notes={column: str(table.rows[row][found.index]) for column, found in columns.items() if is_note(column)}))
    if made_ids:
        telling.tell(Section.CHANGED, f"{table.label}: {made_ids:,} partners without an id have one made from their name")
    return partners


def _mangled_id(given: str, lost: str, where: str, telling: Telling) -> str:
    said = telling.answer(What.PARTNER, given, where)
    if said is None:
        telling.ask(What.PARTNER, given, f"the id {quoted(given)} is {lost}; what was it?", (), where, "its true id")
    return given if said is None else said


def _joined(found: list[Partner], more: list[Partner], file: str, telling: Telling) -> list[Partner]:
    """Partners told of twice: what is new is added, what differs is a fault."""
    known = {partner.id: partner for partner in found}
    for partner in more:
        first = known.get(partner.id)
        if found and partner.name and not partner.word and (first is None or plain(first.name) != plain(partner.name)):
            # A node is known again by its label, whatever number a tool gave it.
            same = [each for each in found if plain(each.name or each.id) == plain(partner.name)]
            if len(same) == 1:
                first = same[0]
                first.aliases.append((file, partner.id))
        if first is None:
            known[partner.id] = partner
        else:
            _merge(first, partner, telling)
    return list(known.values())


def _merge(first: Partner, again: Partner, telling: Telling) -> None:
    differs = [column for column, value in again.numbers.items() if first.numbers.get(column, value) != value]
    differs += ["name"] * (bool(first.name and again.name) and plain(first.name) != plain(again.name))
    differs += ["kind"] * (bool(first.word and again.word) and plain(first.word) != plain(again.word))
    if differs:
        telling.fault(f"{quoted(first.id)} stands there too, with another {' and '.join(differs)}; keep one of the two rows",
                      f"{again.where} and {first.where}")
        return
    first.numbers = {**again.numbers, **first.numbers}
    first.name, first.word = first.name or again.name, first.word or again.word
    first.notes = {**again.notes, **first.notes}
    telling.tell(Section.CHANGED, "a partner told of twice is one partner", again.where)


def partners_of_ends(ends: Sequence[tuple[Cell, str]], telling: Telling) -> list[Partner]:
    """The partners that ties name, where nothing else does."""
    found: dict[str, Partner] = {}
    for cell, where in ends:
        word = text_of(cell)
        if is_wordless(cell) or telling.maps.take(What.PARTNER, word) == LEAVE_OUT:
            continue
        given, name = (made_of(word), word) if " " in word else (word, "")
        found.setdefault(given, Partner(given, name, where))
    if found:
        telling.tell(Section.UNDERSTOOD, f"no table tells of partners, so they are the {len(found):,} that ties name")
    return list(found.values())


def _with_kind(partner: Partner, names_say: bool, telling: Telling) -> bool:
    """Give the partner its kind; False where it is left out."""
    called = partner.name or partner.id
    for given in dict.fromkeys((partner.id, called, partner.word)):
        said = telling.maps.take(What.KIND, given) if given else None
        if said is not None:
            partner.kind = read_kind(said)
            telling.tell(Section.UNDERSTOOD if partner.kind is not None else Section.LEFT_OUT, f"kind {quoted(given)} is "
                         f"{'left out' if partner.kind is None else f'taken as {partner.kind.code}'}, as you said", partner.where)
            return partner.kind is not None
    known = kind_of(partner.word) if partner.word else None
    if known is None and names_say and (known := kind_in_name(called)):
        telling.tell(Section.CHECK, f"kinds read from names: {known.word} is {known.kind.code}", partner.where)
    elif known is not None and plain(partner.word) != known.kind.code:
        telling.tell(Section.UNDERSTOOD, f"kind {quoted(partner.word)} is {known.kind.code}", partner.where)
    if known is not None:
        partner.kind = known.kind
        if known.stand_in:
            telling.tell(Section.CHECK, f"{known.word} is no kind of the model's: taken as {known.kind.code}, because "
                                        f"{known.stand_in}",
                         partner.where)
        return True
    crowded = telling.crowded(What.KIND, partner.word or called)
    choices = (*(kind.code for kind in Kind), LEAVE_OUT) if crowded else nearest_kinds(partner.word or called)
    if partner.word:
        telling.ask(What.KIND, partner.word, f"the kind {quoted(partner.word)} is not known", choices, partner.where)
    else:
        hint = "" if names_say or not kind_in_name(called) else ", or let names say kinds with --kinds-from-names"
        telling.ask(What.KIND, called, f"nothing says what kind {quoted(called)} is{hint}", choices, partner.where)
    return True


def _balance(partner: Partner, telling: Telling) -> None:
    """A surplus in money, as a share of income."""
    money = partner.numbers.pop(BALANCE_IN_MONEY, None)
    if money is None:
        return
    income = partner.numbers.get("income_m")
    if income is None:
        telling.tell(Section.LEFT_OUT, "a surplus in money where the income is not known, so that its share cannot be worked "
                                       "out", partner.where)
        return
    share = money / income
    if abs(share) > 1.0:
        telling.fault(f"a surplus of £{money:g}m is more than the income of £{income:g}m; see whether their units are the same",
                      partner.where)
        return
    partner.numbers["balance"] = share
    telling.tell(Section.CHANGED, "a surplus in money became a share of income", partner.where)
