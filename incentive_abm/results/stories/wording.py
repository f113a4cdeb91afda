"""Numbers as people say them, and what a sentence is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from incentive_abm.place import Place
from incentive_abm.results.log import Log

WORTH_OF_SPEND = 0.2
"""Worth 1 is a fifth of what both sides spend a year on the people they share (as in the rules of money)."""

NEXT_TO_NOTHING = "under £1,000"


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
        return f"Quarter {self.quarter}" if self.quarter == self.until else f"Quarters {self.quarter} to {self.until}"

    def __str__(self) -> str:
        return f"{self.when}: {self.text}"


def rows_of(log: Log) -> tuple[int, ...]:
    """Positions of these rows in the whole log."""
    return tuple(int(row) for row in log.row)


def percent(share: float) -> str:
    """A share as a percentage; what is small but not nothing does not become 0%."""
    if 0.0 < share < 0.005:
        return "under 1%"
    return f"{100.0 * share:.0f}%"


def pounds(millions: float) -> str:
    """£1.2m, £340,000 or under £1,000."""
    size = abs(millions)
    if size >= 99.5:
        return f"£{size:,.0f}m"
    if size >= 0.995:
        return f"£{size:,.1f}m"
    if size >= 0.0995:
        return f"£{round(1000 * size, -1):,.0f},000"
    return f"£{1000 * size:,.0f},000" if size >= 0.0005 else NEXT_TO_NOTHING


def worth(place: Place, tie: int, number: float) -> str:
    """A worth on a tie as £ a year."""
    return pounds(number * WORTH_OF_SPEND * float(place.ties.spend[tie]))


def count(number: int, one: str, many: str = "") -> str:
    """1 promise, 3 promises."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def possessive(name: str) -> str:
    """Newham's, Hospitals'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def joined(parts: Sequence[str]) -> str:
    """a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def scopes(money: float, staff: float, information: float) -> str:
    """What is shared, in words: 12% of money, 30% of staff and 45% of information."""
    parts = [f"{percent(share)} of {word}" for share, word in ((money, "money"), (staff, "staff"), (information, "information"))
             if share >= 0.005]
    return joined(parts) if parts else "next to nothing"


def most_common(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    """The most frequent value, the smallest of equals."""
    found, counts = np.unique(values, return_counts=True)
    return int(found[np.argmax(counts)])
