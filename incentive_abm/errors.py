"""What a user can do wrong: one exception, whose message is all that the user is shown, and the nearest valid name in it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """A user's mistake, told in one message that names the file, line or key and what was expected.

    The command line prints the message without a traceback and exits with 2.
    """


class PlaceError(UserError):
    """A place that cannot be read: a bad folder, file, cell, node or edge."""


class ScenarioError(UserError):
    """A scenario or an override that cannot be used."""


class StudyError(UserError):
    """A study file, design or results folder that cannot be used."""


def nearest(name: str, among: Iterable[str]) -> str:
    """A hint such as ` (did you mean trust_start?)`, or nothing when no name is near."""
    found = difflib.get_close_matches(name, list(among), n=1, cutoff=0.55)
    return f" (did you mean {found[0]}?)" if found else ""
