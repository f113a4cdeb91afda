"""Rows of a log in words, as `words/telling/rows.toml` declares: which message tells a row, and what fills its places."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

from incentive_abm.kinds import Blocker
from incentive_abm.log.declared import WORDS, Log
from incentive_abm.place import Place
from incentive_abm.results.stories.wording import count, joined, worth
from incentive_abm.words import say
from incentive_abm.words.numbers import told_number

Filling: TypeAlias = str | Sequence[Any]


@lru_cache(maxsize=1)
def tellings() -> Mapping[str, Any]:
    """Every telling by name, as it is declared."""
    return tomllib.loads((files("incentive_abm.words") / "telling" / "rows.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Row:
    """One row of a log of a place's run."""

    log: Log
    k: int
    place: Place

    def number(self, column: str) -> float:
        """What a column holds; or a number that is written out."""
        return float(getattr(self.log, column)[self.k]) if hasattr(self.log, column) else float(column)

    def whole(self, column: str) -> int:
        """What a column of whole numbers holds."""
        return int(getattr(self.log, column)[self.k])

    def word(self, column: str) -> str:
        """The word that a column's number stands for, empty for none."""
        number = self.whole(column)
        return WORDS[column][number] if number >= 0 else ""

    def told(self, telling: str) -> str:
        """The first case of a telling whose conditions hold, in words; empty where that says nothing."""
        case = next(case for case in tellings()[telling] if all(self._holds(*each) for each in case.get("if", {}).items()))
        if "fill" in case:
            return self.filled(case["fill"])
        name = case["say"].format_map({column: self.word(column) for column in WORDS})
        return say(name, **{place: self.filled(filling) for place, filling in case.get("with", {}).items()})

    def filled(self, filling: Filling) -> str:
        """What one filling comes to."""
        if not isinstance(filling, str):
            return joined([part for part in map(self.filled, filling) if part])
        form, *given = filling.split(" ")
        known = _FORMS.get(form)
        return known(self, *given) if known else told_number(form, self.number(*given))

    def _holds(self, column: str, wanted: Any) -> bool:
        if column == "alike":
            one, other = wanted
            return self.filled(one) == self.filled(other)
        if isinstance(wanted, list):
            return self.word(column) in wanted
        number = self.number(column)
        return number >= wanted.get("least", number) and ("above" not in wanted or number > wanted["above"])

    def _name(self, column: str) -> str:
        return self.place.labels[self.whole(column)]

    def _of_two(self, first: bool, one: str, other: str) -> str:
        ends = self.whole(one), self.whole(other)
        return self.place.labels[min(ends) if first else max(ends)]

    def _title(self, column: str) -> str:
        title = self.log.titles[self.whole(column)]
        return f"{title[:1].upper()}{title[1:]}"


_FORMS: dict[str, Any] = {
    "name": Row._name, "title": Row._title, "tell": Row.told, "say": lambda row, message: say(message),
    "earlier": lambda row, one, other: row._of_two(True, one, other),
    "later": lambda row, one, other: row._of_two(False, one, other),
    "label": lambda row, column: Blocker(row.whole(column)).label, "whole": lambda row, column: str(row.whole(column)),
    "count": lambda row, what, column: count(row.whole(column), what),
    "worth": lambda row, column: worth(row.place, row.whole("tie"), row.number(column)),
}
