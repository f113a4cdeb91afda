"""From two sheets to a place: rows are checked, put in canonical order, and holes are filled and marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from incentive_abm.errors import PlaceError, nearest, quoted
from incentive_abm.faults import Faults
from incentive_abm.kinds import Kind
from incentive_abm.place.chance_keys import Keys
from incentive_abm.place.csv_columns import PARTNER_COLUMNS, TIE_COLUMNS
from incentive_abm.place.filling import Defaults, fill_partners, fill_ties
from incentive_abm.place.partners_and_ties import Partners, Ties
from incentive_abm.place.place import Place
from incentive_abm.place.sheet import Sheet, check_heading, is_blank, name_of, numbers

_KINDS = {kind.code: kind for kind in Kind}


def build(name: str, partner_sheet: Sheet, tie_sheet: Sheet, assumptions: Mapping[str, float] | None = None) -> Place:
    """The place that two sheets describe; raises PlaceError that tells everything in them that cannot be right."""
    partners, ties = read_partners(partner_sheet), None
    if partners is None:
        check_ties(tie_sheet)
    else:
        ties = read_ties(tie_sheet, partners.ids, partner_sheet.torn)
    Faults.joined(PlaceError, (partner_sheet.faults, tie_sheet.faults)).tell()
    assert partners is not None
    assert ties is not None
    return finish(name, partners, ties, assumptions)


def finish(name: str, partners: Partners, ties: Ties, assumptions: Mapping[str, float] | None = None) -> Place:
    """The place of partners and ties that are in canonical order: holes are filled, keys checked, arrays closed."""
    defaults = Defaults.of(assumptions)
    partners, partner_fills = fill_partners(partners, defaults)
    ties, tie_fills = fill_ties(ties, partners.income, defaults)
    place = Place(name=name, title=_title(name), partners=partners, ties=ties,
                  warnings=(), filled=(*partner_fills, *tie_fills))
    _check_keys(place)
    for table in (partners, ties):
        for column in vars(table).values():
            if isinstance(column, np.ndarray):
                column.setflags(write=False)
    return replace(place, warnings=_warnings(place))


def read_partners(sheet: Sheet) -> Partners | None:
    """The partners, in the order of their ids; what is wrong is noted in the sheet. None where nobody can be told apart."""
    check_heading(sheet, PARTNER_COLUMNS)
    if not sheet.size and not sheet.faults:
        sheet.fault(-1, "", "there are no partners; expected at least two")
    ids = _ids(sheet)
    if sheet.size == 1 and not sheet.faults:
        sheet.fault(0, "", f"{quoted(ids[0])} is the only partner; expected at least two")
    kinds = [_kind(sheet, row) for row in range(sheet.size)]
    columns = {name: numbers(sheet, column) for name, column in PARTNER_COLUMNS.items() if column.number}
    for row, (lat, lon) in enumerate(zip(sheet.column("lat"), sheet.column("lon"), strict=True)):
        if is_blank(lat) != is_blank(lon):
            has, lacks = ("lon", "lat") if is_blank(lat) else ("lat", "lon")
            sheet.fault(row, lacks, f"is blank although {has} is given; expected both or neither", "half a position")
    names = [" ".join(sheet.text(row, "name").split()) for row in range(sheet.size)]
    for row, name in enumerate(names):
        if not name.isprintable():
            sheet.fault(row, "name", f"{quoted(name)} holds an invisible character; type it again", "invisible")
    if sheet.size < 2 or "id" not in sheet.cells:
        return None
    order = sorted(range(sheet.size), key=ids.__getitem__)
    unnamed = np.array([not names[row] for row in order], dtype=bool)
    return Partners(
        ids=tuple(ids[row] for row in order),
        names=tuple(names[row] or ids[row] for row in order),
        kind=np.array([kinds[row] for row in order], dtype=np.int64),
        income=columns["income_m"][order], balance=columns["balance"][order], people=columns["people"][order],
        staff=columns["staff"][order], lat=columns["lat"][order], lon=columns["lon"][order],
        reach=columns["reach"][order], skill=columns["skill"][order],
        assumed={"name": unnamed}, notes=_reorder(sheet, order),
    )


def _ids(sheet: Sheet) -> list[str]:
    if "id" not in sheet.cells:
        return [""] * sheet.size
    first: dict[str, int] = {}
    ids = [name_of(sheet, row, "id") for row in range(sheet.size)]
    for row, name in enumerate(ids):
        if name and first.setdefault(name, row) != row:
            sheet.fault(row, "id", f"{quoted(name)} is already the id of {sheet.where(first[name], '')}", f"again {name}")
    return ids


def _kind(sheet: Sheet, row: int) -> Kind:
    word = sheet.text(row, "kind")
    known = ", ".join(_KINDS)
    if word.casefold() in _KINDS:
        return _KINDS[word.casefold()]
    if not word and "kind" in sheet.cells:
        sheet.fault(row, "kind", f"is blank; expected one of {known}", "blank")
    elif word:
        hint = nearest(word.casefold(), _KINDS)
        sheet.fault(row, "kind", f"unknown kind {quoted(word)}{hint}; expected one of {known}", word.casefold())
    return Kind.VOLUNTARY


def check_ties(sheet: Sheet) -> None:
    """Note all that can be seen to be wrong with ties without knowing between whom they are."""
    check_heading(sheet, TIE_COLUMNS)
    if not sheet.size and not sheet.faults:
        sheet.fault(-1, "", "there are no ties; expected at least one")
    for column in TIE_COLUMNS.values():
        if column.number:
            numbers(sheet, column)


def read_ties(sheet: Sheet, ids: Sequence[str], torn: frozenset[str] = frozenset()) -> Ties | None:
    """The ties between partners of these ids; what is wrong is noted in the sheet, and None given.

    torn: words that may be ids of partners whose rows could not be read.
    """
    check_heading(sheet, TIE_COLUMNS)
    if not sheet.size and not sheet.faults:
        sheet.fault(-1, "", "there are no ties; expected at least one")
    pairs = _pairs(sheet, ids, torn)
    columns = {name: numbers(sheet, column) for name, column in TIE_COLUMNS.items() if column.number}
    if sheet.faults or torn:
        return None
    turned = np.zeros(sheet.size, dtype=bool)
    for row in pairs.values():
        turned[row] = sheet.text(row, "source") > sheet.text(row, "target")
    ordered = sorted(pairs)
    order = [pairs[pair] for pair in ordered]
    basis = sheet.texts("basis")
    source, target = columns["trust_source"], columns["trust_target"]
    return Ties(
        a=np.array([pair[0] for pair in ordered], dtype=np.int64),
        b=np.array([pair[1] for pair in ordered], dtype=np.int64),
        people=columns["people"][order], spend=columns["spend_m"][order], spend_a=np.full(len(order), np.nan),
        trust=columns["trust"][order], trust_a=np.where(turned, target, source)[order],
        trust_b=np.where(turned, source, target)[order], identity=columns["identity"][order],
        information=columns["information"][order],
        basis=tuple(basis[row] for row in order), assumed={}, notes=_reorder(sheet, order),
    )


def _pairs(sheet: Sheet, ids: Sequence[str], torn: frozenset[str]) -> dict[tuple[int, int], int]:
    """The row of each pair of partners, by their numbers."""
    index = {name: i for i, name in enumerate(ids)}
    pairs: dict[tuple[int, int], int] = {}
    if not {"source", "target"} <= set(sheet.cells):
        return pairs
    for row in range(sheet.size):
        ends = [index[name] for name in (_end(sheet, row, column, index, torn) for column in ("source", "target")) if name]
        if len(ends) < 2:
            continue
        pair = (min(ends), max(ends))
        if pair[0] == pair[1]:
            sheet.fault(row, "target", f"{quoted(ids[pair[0]])} is tied to itself; expected another partner", "self")
        elif pairs.setdefault(pair, row) != row:
            sheet.fault(row, "", f"the tie between {quoted(ids[pair[0]])} and {quoted(ids[pair[1]])} "
                                 f"is already given at {sheet.where(pairs[pair], '')}", "again")
    return pairs


def _end(sheet: Sheet, row: int, column: str, known: Mapping[str, int], torn: frozenset[str]) -> str:
    """The id of a partner at one end of a tie, or "" where it is none."""
    name = name_of(sheet, row, column)
    if not name or name in known:
        return name
    if name not in torn:
        sheet.fault(row, column, f"{quoted(name)} is not the id of a partner{nearest(name, known)}", f"unknown {name}")
    return ""


def _reorder(sheet: Sheet, order: Sequence[int]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(cells[row] for row in order) for name, cells in sheet.notes().items()}


def _title(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ").split()
    return " ".join(word if any(letter.isupper() for letter in word) else word.capitalize() for word in words) or name


def _check_keys(place: Place) -> None:
    ids, ties = place.partners.ids, place.ties
    one = _repeated(place.keys)
    if one is not None:
        raise PlaceError(f"the ids {quoted(ids[one[0]])} and {quoted(ids[one[1]])} share one key for chance; change either id")
    two = _repeated(place.tie_keys)
    if two is not None:
        tie = " and ".join(f"{quoted(ids[ties.a[e]])}–{quoted(ids[ties.b[e]])}" for e in two)
        raise PlaceError(f"the ties {tie} share one key for chance; change one of the ids")


def _repeated(keys: Keys) -> tuple[int, int] | None:
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    return (int(order[same[0]]), int(order[same[0] + 1])) if same.size else None


def _warnings(place: Place) -> tuple[str, ...]:
    found = []
    alone = np.flatnonzero(~place.connected)
    if alone.size:
        who = _count(alone.size, "partner has", "partners have")
        found.append(f"{who} no tie and will take no part: {_some(place, alone)}")
    sizes = np.bincount(place.component)[np.unique(place.component)]
    groups = np.sort(sizes[sizes > 1])[::-1]
    if groups.size > 1:
        listed = ", ".join(map(str, groups[:6].tolist())) + (" …" if groups.size > 6 else "")
        found.append(f"the place falls into {groups.size} groups that no tie joins, of {listed} partners")
    return tuple(found)


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _some(place: Place, indices: NDArray[np.int64]) -> str:
    listed = ", ".join(place.partners.names[i] for i in indices[:5].tolist())
    return listed + (" …" if indices.size > 5 else "")
