"""All that is wrong with what a user gives, collected and told at once: in the order of the file, repeated causes together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

from incentive_abm.errors import MOST_TOLD, Fault, UserError, shortened
from incentive_abm.words import say

MOST_IN_FULL, MOST_SPOTS = 20, 5
"""Faults told in full, and places named where one cause repeats; the rest are counted."""

Found = TypeVar("Found")
Usual = TypeVar("Usual")
Given = ParamSpec("Given")


class Faults:
    """What is wrong, as it is found; `tell` raises one error of the given type that tells all of it, or does nothing.

    A reader adds what it finds and goes on with what can still be checked, so that one reading shows everything:

    >>> from incentive_abm.errors import PlaceError
    >>> faults = Faults(PlaceError)
    >>> for line in (2, 5, 9):
    ...     faults.add(f"line {line}: blank id", (line,), cause="blank id", spot=f"line {line}")
    >>> faults.add("line 4: no such kind", (4,))
    >>> print(faults.error())
    2 faults, none of which changed anything:
      line 2: blank id – the same at line 5, line 9
      line 4: no such kind
    """

    def __init__(self, error: type[UserError]) -> None:
        self._error = error
        self._found: list[Fault] = []

    @classmethod
    def joined(cls, error: type[UserError], parts: Iterable[Faults]) -> Faults:
        """Those of one file after those of another."""
        whole = cls(error)
        for number, part in enumerate(parts):
            for fault in part.found:
                whole.add(fault.told, (number, *fault.at), fault.cause, fault.spot)
        return whole

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def found(self) -> tuple[Fault, ...]:
        """In the order in which they stand in the file; what has no place there, as found."""
        return tuple(sorted(self._found, key=lambda fault: fault.at))

    def add(self, told: str, at: tuple[int, ...] = (), cause: str = "", spot: str = "") -> None:
        """One more; see `Fault`."""
        self._found.append(Fault(told, at, cause, spot))

    def take(self, error: UserError, at: tuple[int, ...] = (), cause: str = "", spot: str = "", moved: bool = False) -> None:
        """What another reader raised, fault by fault.

        `at` is where they stand if they do not say so themselves; `moved`: they stand there whatever they say, being of
        another file.
        """
        for fault in error.found or (Fault(str(error), (), cause, spot),):
            place = (*at, *fault.at) if moved else fault.at or at
            self.add(fault.told, place, fault.cause, fault.spot)

    def attempt(self, usual: Usual, read: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs) -> Found | Usual:
        """What `read` gives; where it raises UserError that is kept, and `usual` is gone on with."""
        try:
            return read(*args, **kwargs)
        except UserError as error:
            self.take(error)
            return usual

    def error(self) -> UserError:
        """The error that tells them; of one fault alone, its own message."""
        lines = _lines(self.found)
        if len(lines) == 1:
            told = lines[0]
        else:
            # However long each of them is, all that are shown must fit.
            room = (MOST_TOLD - 200) // min(len(lines), MOST_IN_FULL)
            shown = [f"  {shortened(line, room - 3)}" for line in lines[:MOST_IN_FULL]]
            left = len(lines) - len(shown)
            more = ["  " + say("faults.several.left", number=left)] if left else []
            told = "\n".join([say("faults.several.head", number=f"{len(lines):,}"), *shown, *more])
        error = self._error(told)
        error.found = self.found
        return error

    def tell(self) -> None:
        """Raise what was found, if anything was."""
        if self._found:
            raise self.error()


def _lines(found: Iterable[Fault]) -> list[str]:
    """One line a cause, at its first place."""
    groups: dict[object, list[Fault]] = {}
    for number, fault in enumerate(found):
        groups.setdefault(fault.cause or number, []).append(fault)
    return [_line(group) for group in groups.values()]


def _line(group: list[Fault]) -> str:
    first, *again = group
    if not again:
        return first.told
    spots = ", ".join(fault.spot for fault in again[:MOST_SPOTS])
    left = len(again) - MOST_SPOTS
    if left <= 0:
        return say("faults.several.again", told=first.told, spots=spots)
    return say("faults.several.again_and_more", told=first.told, spots=spots, left=f"{left:,}", number=f"{len(group):,}")
