"""Reading a TOML file of the user's: every mistake names the file and the key, and says what was expected."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from incentive_abm.errors import Fault, UserError, nearest, quoted
from incentive_abm.faults import Faults
from incentive_abm.files import path_of, readable, why
from incentive_abm.words import say

Member = TypeVar("Member", bound=Enum)
Usual = TypeVar("Usual", float, None)
MOST = 1e300
"""Beyond this nothing is a number that anyone meant; a whole number of TOML may have any length."""


@dataclass(frozen=True)
class TomlTable:
    """One table of a file. `where` is how messages call it; `error` is what every reader raises for what does not fit.

    at: the table's place in the file, by which faults are put in its order.
    """

    values: Mapping[str, object]
    where: str
    error: type[UserError]
    at: tuple[int, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys in the order of the file."""
        return tuple(self.values)

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.values

    def is_table(self, key: str) -> bool:
        """Whether the key holds a table."""
        return isinstance(self.values.get(key), Mapping)

    def position(self, key: str) -> tuple[int, ...]:
        """The place of a key in the file; of one that is not given, the table's beginning."""
        return (*self.at, self.keys.index(key) + 1 if key in self.values else 0)

    @property
    def spot(self) -> str:
        """The table in a list of tables of one file."""
        return self.where.rpartition(": ")[2]

    def mistake(self, told: str, key: str = "", cause: str = "") -> UserError:
        """The error to raise for what is wrong in this table, under a key of it; one cause may repeat in other tables."""
        error = self.error(f"{self.where}: {told}")
        error.found = (Fault(str(error), self.position(key), cause, self.spot),)
        return error

    def only(self, known: Iterable[str], neighbours: Mapping[str, str] = MappingProxyType({})) -> None:
        """Refuse every key that is not known; `neighbours` answers the words of other tools with ours."""
        known = tuple(known)
        faults = Faults(self.error)
        for key in self.values:
            if key in known:
                continue
            if key in neighbours:
                told = say("faults.key.of_other_tools", key=quoted(key), ours=neighbours[key])
            else:
                told = say("faults.key.unknown", key=quoted(key), hint=nearest(key, known), known=", ".join(known))
            faults.take(self.mistake(told, key, cause=told))
        faults.tell()

    def table(self, key: str, shown: str = "") -> TomlTable:
        """A table, or an empty one where it is not given; `shown` is how messages write the key."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            raise self.mistake(say("faults.key.no_table", key=key, value=quoted(value)), key)
        inner = f"{self.where[:-1]}.{shown or key}]" if ": [" in self.where else f"{self.where}: [{shown or key}]"
        return TomlTable(value, inner, self.error, self.position(key))

    def tables(self, key: str, one: str) -> tuple[TomlTable, ...]:
        """The tables of a list written as [[key]], or none; `one` is what a single one is called."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            raise self.mistake(say("faults.key.no_tables", key=key, one=one), key)
        return tuple(TomlTable(each, f"{self.where}: [[{key}]] {number}", self.error, (*self.position(key), number))
                     for number, each in enumerate(value, 1))

    def text(self, key: str) -> str:
        """A text, or "" where it is not given."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.mistake(say("faults.key.no_text", key=key, value=quoted(value)), key)
        return value.strip()

    def needed_text(self, key: str, example: str) -> str:
        """A text that must be given; `example` is one."""
        value = self.text(key)
        if not value:
            raise self.mistake(say("faults.key.no_text_at_all", key=key, example=example), key)
        return value

    def optional_text(self, key: str) -> str | None:
        """A text, or None where it is not given."""
        return self.text(key) if key in self.values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or none where it is not given."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.mistake(f'{key} is {quoted(value)}; expected a list of texts, for example {key} = ["trust"]', key)
        return tuple(value)

    def number(self, key: str, usual: Usual) -> float | Usual:
        """A finite number; `usual` where it is not given."""
        value = self.values.get(key)
        if value is None:
            return usual
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST:
            raise self.mistake(say("faults.key.no_number", key=key, value=quoted(value)), key)
        return float(value)

    def whole(self, key: str, usual: int | None, low: int, high: int | None = None) -> int:
        """A whole number from `low` (to `high`); `usual` where it is not given (None = it must be)."""
        value = self.values.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int) or value < low or (high is not None and value > high):
            span = f"{low:,}" if high is None else f"{low:,} to {high:,}"
            told = (say("faults.key.no_whole_number_at_all", key=key, low=span) if value is None
                    else say("faults.key.no_whole_number", key=key, value=quoted(value), low=span))
            raise self.mistake(told, key)
        return value

    def flag(self, key: str, usual: bool) -> bool:
        """True or false; `usual` where it is not given."""
        value = self.values.get(key, usual)
        if not isinstance(value, bool):
            raise self.mistake(f"{key} is {quoted(value)}; expected true or false", key)
        return value

    def choice(self, key: str, closed: type[Member], neighbours: Mapping[str, str] = MappingProxyType({})) -> Member:
        """A member of a closed set by its name in lower case; it must be given. `neighbours`: see `member`."""
        if key not in self.values:
            raise self.mistake(say("faults.key.no_choice_at_all", key=key, words=", ".join(_words(closed))), key)
        return self.member(key, self.values[key], closed, neighbours)

    def optional_choice(self, key: str, closed: type[Member]) -> Member | None:
        """A member of a closed set, or None where it is not given."""
        return self.member(key, self.values[key], closed) if key in self.values else None

    def member(self, key: str, value: object, closed: type[Member],
               neighbours: Mapping[str, str] = MappingProxyType({})) -> Member:
        """The member that a value under a key stands for; `neighbours` answers the words of other tools with ours."""
        words = _words(closed)
        if not isinstance(value, str) or value not in words:
            named = value.casefold().replace("-", "_").replace(" ", "_") if isinstance(value, str) else ""
            ours = f"; here it is {neighbours[named]}" if named in neighbours else nearest(str(value), words)
            raise self.mistake(say("faults.no_choice", name=key, value=quoted(value), words=", ".join(words), hint=ours), key)
        return words[value]


def _words(closed: type[Member]) -> dict[str, Member]:
    return {member.name.lower(): member for member in closed}


def parse_toml(text: str, shown: str, error: type[UserError]) -> TomlTable:
    """The outermost table of a text; `shown` is what messages call it."""
    try:
        return TomlTable(tomllib.loads(text.removeprefix("\ufeff")), shown, error)
    except (ValueError, RecursionError) as wrong:
        raise error(say("faults.not_toml", file=shown, trouble=wrong)) from None


@dataclass(frozen=True)
class TomlFiles:
    """Files of one sort (`what`): those that come with the package, in `shipped`, by name; the user's own by path.

    `first` is the name told before the others; `error` is raised for a file that is not there or cannot be read; `ending` is
    what their names end in.
    """

    shipped: Path
    what: str
    error: type[UserError]
    first: str = ""
    ending: str = ".toml"

    def names(self) -> tuple[str, ...]:
        """Names of those that come with the package."""
        return tuple(sorted((path.stem for path in self.shipped.glob(f"*{self.ending}")),
                            key=lambda name: (name != self.first, name)))

    def find(self, named: str, folder: Path = Path(), where: str = "") -> Path:
        """The file that a name or a path, looked for from `folder`, stands for; names of those shipped come first."""
        names = self.names()
        if named in names:
            return self.shipped / f"{named}{self.ending}"
        at = f"{where}: " if where else ""
        path = folder / path_of(named)
        if path.is_file():
            return path
        if path.is_dir():
            raise self.error(f"{at}{named} is a folder; expected a {self.what} file ({self.ending}) or a name of those shipped")
        if path.suffix == self.ending or "/" in named:
            raise self.error(f"{at}there is no {self.what} file {path}")
        raise self.error(
            f"{at}no {self.what} is called {quoted(named)}{nearest(named, names)}; "
            f"expected a {self.ending} file or one of {', '.join(names)}"
        )

    def shown(self, path: Path) -> str:
        """What messages call a file: one that comes with the package by its name."""
        return path.stem if path.parent == self.shipped else str(path)

    def text(self, path: Path) -> str:
        """The text of a file, without the mark that some editors put at its beginning."""
        try:
            return readable(path).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise self.error(f"{self.shown(path)}: not a UTF-8 text (byte {wrong.start}); save the file as UTF-8") from None
        except OSError as wrong:
            raise self.error(f"{self.shown(path)}: cannot be read: {why(wrong)}") from None
