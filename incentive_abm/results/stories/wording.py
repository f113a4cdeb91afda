"""Numbers as people say them, and what a sentence is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from incentive_abm.log.declared import Log
from incentive_abm.place import Place
from incentive_abm.words import say
from incentive_abm.words.numbers import told_number

WORTH_OF_SPEND = 0.2
"""Worth 1 is a fifth of what both sides spend a year on the people they share (as in the rules of money)."""


@dataclass(frozen=True)
class Sentence:
    """What happened in a quarter, or from one to another (counted from 1), and the log's rows that say so.

    rows: positions in the whole log, as in `Log.row`. tie and partner: what it is about, −1 for the whole place.
    """

    quarter: int
    until: int
    text: str
    rows: tuple[int, ...]
    tie: int = -1
    partner: int = -1

    @property
    def when(self) -> str:
        """Quarter 14, or Quarters 3 to 9."""
        if self.quarter == self.until:
            return say("numbers.quarter", quarter=self.quarter)
        return say("numbers.quarters", quarter=self.quarter, until=self.until)

    def __str__(self) -> str:
        return f"{self.when}: {self.text}"


def rows_of(log: Log) -> tuple[int, ...]:
    """Positions of these rows in the whole log."""
    return tuple(int(row) for row in log.row)


def percent(share: float) -> str:
    """A share as a percentage; what is small but not nothing does not become 0%."""
    return told_number("percent", share)


def pounds(millions: float) -> str:
    """£1.2m, £340,000 or under £1,000."""
    return told_number("pounds", millions)


def worth(place: Place, tie: int, number: float) -> str:
    """A worth on a tie as £ a year."""
    return pounds(number * WORTH_OF_SPEND * float(place.ties.spend[tie]))


def count(number: int, what: str) -> str:
    """1 offer, 3 offers; `what` is a key of the messages' table of counts."""
    return say(f"numbers.count.{what}", number=number)


def possessive(name: str) -> str:
    """Newham's, Hospitals'."""
    return say("numbers.whose_in_s" if name.endswith("s") else "numbers.whose", name=name)


def joined(parts: Sequence[str]) -> str:
    """a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return say("numbers.list", most=", ".join(parts[:-1]), last=parts[-1])


def most_common(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    """The most frequent value, the smallest of equals."""
    found, counts = np.unique(values, return_counts=True)
    return int(found[np.argmax(counts)])
