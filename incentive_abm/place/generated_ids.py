"""Ids of generated partners, which say that a place is generated wherever it has been since."""

from __future__ import annotations

import re
from collections.abc import Iterable

from incentive_abm.kinds import Kind

LETTERS = {Kind.TRUST: "T", Kind.COUNCIL: "C", Kind.GP: "G", Kind.VOLUNTARY: "V"}
"""What the id of a generated partner begins with; its number and the generator's seed follow: `G000017-7`."""
_PATTERN = re.compile(rf"[{''.join(LETTERS.values())}]\d{{6,}}-\d+")


def all_generated(ids: Iterable[str]) -> bool:
    """Whether all these are ids that the generator gives, also where they were written to a file and read again."""
    return all(_PATTERN.fullmatch(name) for name in ids)
