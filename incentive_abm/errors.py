"""What a user can do wrong: one exception, whose message is all that the user is shown, and the nearest valid name in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

NEAR, HINT = 0.55, " (did you mean {word}?)"
"""How alike a known name must be to be told as what may have been meant, and how it is told."""
MOST_SHOWN, MOST_WORD, MOST_TOLD = 80, 300, 5500
"""Letters of a value, of anything without a gap, and of a whole message that are shown at most."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, as it would be told alone.

    at: where it stands in its file, to be put in order by; cause and spot: what repeats, and where this one is (`line 4`).
    """

    told: str
    at: tuple[int, ...] = ()
    cause: str = ""
    spot: str = ""


class UserError(Exception):
    """A user's mistake, told in one message that names the file, line or key and what was expected.

    The command line prints the message without a traceback and exits with 2. What is too long to read is shortened.
    found: what the message tells, one by one (see `faults.Faults`), where it tells more than one.
    """

    found: tuple[Fault, ...] = ()

    def __init__(self, message: str = "") -> None:
        short = re.sub(rf"\S{{{MOST_WORD},}}", lambda found: shortened(found[0], MOST_WORD // 3), message)
        super().__init__(shortened(short, MOST_TOLD))


class PlaceError(UserError):
    """A place that cannot be read: a bad folder, file, cell, node or edge."""


class ScenarioError(UserError):
    """A scenario or an override that cannot be used."""


class StudyError(UserError):
    """A study file, design or results folder that cannot be used."""


def nearest(name: str, among: Iterable[str]) -> str:
    """A hint such as ` (did you mean trust_start?)`, or nothing when no name is near."""
    found = difflib.get_close_matches(name, list(among), n=1, cutoff=NEAR)
    return HINT.format(word=found[0]) if found else ""


def shortened(text: str, most: int = MOST_SHOWN) -> str:
    """A text of at most so many letters: of a longer one the beginning and the end."""
    return text if len(text) <= most else f"{text[: most * 2 // 3]}…{text[-(most // 3) + 1:]}"


def quoted(value: object) -> str:
    """A value given by the user, as Python writes it, short enough for a message."""
    return shortened(repr(value))
