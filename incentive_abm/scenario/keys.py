"""Reading one key of a TOML table, with an error that names where it stands and what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import TypeVar

from incentive_abm.errors import ScenarioError, nearest

Closed = TypeVar("Closed", bound=IntEnum)


def check_keys(table: Mapping[str, object], known: Iterable[str], where: str) -> None:
    """Raise ScenarioError for the first key that is not known."""
    known = tuple(known)
    for key in table:
        if key not in known:
            hint = nearest(key, known)
            raise ScenarioError(f"{where}: unknown key {key!r}{hint}; expected one of {', '.join(known)}")


def read_text(table: Mapping[str, object], key: str, where: str) -> str:
    """A text, or "" where it is not given."""
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ScenarioError(f"{where}: {key} is {value!r}; expected text in quotes")
    return value.strip()


def read_optional_text(table: Mapping[str, object], key: str, where: str) -> str | None:
    """A text, or None where it is not given."""
    return read_text(table, key, where) if key in table else None


def read_table(table: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    """A table, or an empty one where it is not given."""
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ScenarioError(f"{where}: {key} is {value!r}; expected a table of name = value")
    return value


def read_choice(value: object, closed: type[Closed], where: str, key: str) -> Closed:
    """A member of a closed set by its word in lower case."""
    words = {member.name.lower(): member for member in closed}
    if not isinstance(value, str) or value not in words:
        hint = nearest(str(value), words)
        raise ScenarioError(f"{where}: {key} is {value!r}; expected one of {', '.join(words)}{hint}")
    return words[value]


def read_number(table: Mapping[str, object], key: str, where: str) -> float | None:
    """A number, or None where it is not given."""
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioError(f"{where}: {key} is {value!r}; expected a number")
    return float(value)


def read_quarter(table: Mapping[str, object], where: str) -> int:
    """The quarter at whose start something happens, counted from 0."""
    if "quarter" not in table:
        raise ScenarioError(f"{where}: quarter is missing; expected a whole number from 0, for example quarter = 8")
    value = table["quarter"]
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ScenarioError(f"{where}: quarter is {value!r}; expected a whole number from 0")
    return value
