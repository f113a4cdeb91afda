"""Reading a study's TOML: a table that knows where it stands, so that each mistake names its file and key."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from incentive_abm.errors import StudyError, nearest


class DataTable:
    """One table of a TOML file; `where` is how messages call it. Every reader raises StudyError for what does not fit."""

    def __init__(self, values: Mapping[str, object], where: str) -> None:
        self.values, self.where = values, where

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

    def only(self, known: Iterable[str]) -> None:
        """Refuse the first key that is not known."""
        known = tuple(known)
        for key in self.values:
            if key not in known:
                raise StudyError(f"{self.where}: unknown key {key!r}{nearest(key, known)}; expected one of {', '.join(known)}")

    def table(self, key: str) -> DataTable:
        """A table, or an empty one where it is not given."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            raise StudyError(f"{self.where}: {key} is {value!r}; expected a table of name = value")
        return DataTable(value, f"{self.where}: [{key}]" if ": [" not in self.where else f"{self.where[:-1]}.{key}]")

    def text(self, key: str) -> str:
        """A text, or "" where it is not given."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise StudyError(f"{self.where}: {key} is {value!r}; expected text in quotes")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or none where it is not given."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise StudyError(f'{self.where}: {key} is {value!r}; expected a list of texts, for example {key} = ["trust"]')
        return tuple(value)

    def whole(self, key: str, usual: int | None, low: int, high: int) -> int:
        """A whole number from `low` to `high`; `usual` where it is not given (None = it must be)."""
        value = self.values.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            said = "is missing" if value is None else f"is {value!r}"
            raise StudyError(f"{self.where}: {key} {said}; expected a whole number from {low:,} to {high:,}")
        return value

    def flag(self, key: str, usual: bool) -> bool:
        """True or false; `usual` where it is not given."""
        value = self.values.get(key, usual)
        if not isinstance(value, bool):
            raise StudyError(f"{self.where}: {key} is {value!r}; expected true or false")
        return value

    def number(self, key: str, usual: float) -> float:
        """A finite number; `usual` where it is not given."""
        value = self.values.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise StudyError(f"{self.where}: {key} is {value!r}; expected a number")
        return float(value)
