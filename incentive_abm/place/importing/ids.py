"""Ids: made from names where none are given, and known again where a spreadsheet mangled them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from incentive_abm.errors import nearest, quoted
from incentive_abm.place.importing.kind_words import plain
from incentive_abm.place.importing.maps import LEAVE_OUT, What
from incentive_abm.place.importing.table import Cell, text_of
from incentive_abm.place.importing.telling import Section, Telling

LONGEST = 200
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_DATE = re.compile(rf"\d{{1,2}}-({_MONTHS})(-\d{{2,4}})?|({_MONTHS})-\d{{1,4}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}", re.IGNORECASE)
_POWER = re.compile(r"\d+(\.\d+)?E[+-]\d+", re.IGNORECASE)
_ROUNDED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
LEGAL_FORMS = re.compile(r"\b(nhs foundation trust|nhs trust|limited|ltd|cic|plc|llp|the)\b")


def made_of(name: str) -> str:
    """An id from a name: small letters without accents, joined by hyphens."""
    bare = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode() or name.casefold()
    return re.sub(r"[^\w]+", "-", bare.replace("&", " and ").replace("'", "").replace("’", "")).strip("-_") or plain(name)


def mangled(cell: Cell) -> str:
    """What a spreadsheet did to an id so that its true form is lost; "" where it looks whole."""
    if isinstance(cell, date) or _DATE.fullmatch(text_of(cell)):
        return "a date: the spreadsheet took the id for one"
    if _ROUNDED.fullmatch(text_of(cell)) or (isinstance(cell, str) and _POWER.fullmatch(cell.strip()) and "+" in cell):
        return "a number with a power of ten: the spreadsheet took the id for one"
    if isinstance(cell, float) and abs(cell) >= 1e15:
        return "a number of more digits than a spreadsheet keeps"
    return ""


class Directory:
    """Partners by id, name, and what either becomes when capitals, punctuation and legal forms are set aside."""

    def __init__(self, ids: Sequence[str], names: Mapping[str, str], aliases: Mapping[tuple[str, str], str]) -> None:
        self.ids = dict.fromkeys(ids)
        self.aliases = aliases
        """The id of who is called so in a file."""
        self.names = dict(names)
        self._ways: list[tuple[str, dict[str, list[str]]]] = [
            ("", {}), ("in other capitals", {}), ("by its name", {}), ("as a number", {}),
            ("by its name without the legal form", {})]
        for each in ids:
            name = self.names.get(each, "")
            for (_, table), key in zip(self._ways, _keys(each, name, True), strict=True):
                if key:
                    table.setdefault(key, []).append(each)

    def find(self, cell: Cell, file: str, telling: Telling, where: str) -> str | None:
        """The id that a cell names; None where it was asked about or left out."""
        word = text_of(cell)
        said = telling.maps.take(What.PARTNER, word)
        if said is not None:
            telling.tell(Section.UNDERSTOOD, f"partner {quoted(word)} is taken as {said}, as you said", where)
            if said == LEAVE_OUT:
                return None
        wanted = word if said is None else said
        if (file, wanted) in self.aliases:
            return self.aliases[file, wanted]
        if wanted in self.ids:
            return wanted
        elsewhere = {each for (_, called), each in self.aliases.items() if called == wanted}
        if len(elsewhere) == 1:
            return elsewhere.pop()
        for (way, table), key in zip(self._ways, _keys(wanted, wanted, False), strict=True):
            found = table.get(key, []) if key else []
            if len(found) == 1:
                if way:
                    telling.tell(Section.UNDERSTOOD, f"ends of ties that name a partner {way}" if way != "as a number" else
                                 "ends of ties whose id a spreadsheet changed (zeros in front lost, or .0 or a power of ten put "
                                 "on)", where)
                return found[0]
        self._ask(cell, wanted, telling, where)
        return None

    def _ask(self, cell: Cell, wanted: str, telling: Telling, where: str) -> None:
        hint = "" if telling.crowded(What.PARTNER, text_of(cell)) else nearest(wanted, [*self.ids, *self.names.values()])
        choice = hint.partition("mean ")[2].rstrip("?)") if hint else ""
        why = f"; it is {lost}" if (lost := mangled(cell)) else ""
        telling.ask(What.PARTNER, text_of(cell), f"{quoted(text_of(cell))} is no partner's id or name{why}",
                    ((choice, LEAVE_OUT) if choice else (LEAVE_OUT,)), where, "an id or name")


def _keys(each: str, name: str, known: bool) -> tuple[str, str, str, str, str]:
    number = ""
    if re.fullmatch(r"\d+(\.0+)?", each):
        number = str(int(each.split(".")[0]))
    elif re.fullmatch(r"\d+(\.\d+)?e\+?\d+", each, re.IGNORECASE):
        number = f"{float(each):.0f}" if float(each) < 1e300 else ""
    bare = " ".join(LEGAL_FORMS.sub(" ", plain(name)).split())
    exact = "" if known else each
    return exact, unicodedata.normalize("NFC", each.casefold()), plain(name), number, bare
