"""A module run by its name (`python -m`): a user's mistake is one line, as in the command itself."""

from __future__ import annotations

import sys
from collections.abc import Callable

from incentive_abm.errors import UserError

MISTAKE = 2


def in_a_line(work: Callable[[], None]) -> int:
    """Do it and return the exit code: 0, or 2 for a user's mistake."""
    try:
        work()
    except UserError as error:
        print(error, file=sys.stderr)
        return MISTAKE
    return 0
