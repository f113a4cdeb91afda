"""How the numbers of a picture become columns of the page: which, over which range, in 256 steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incentive_abm.state.partner import SHARE
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE, pictured


def _ranges(names: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    return {name: covered for name in names if (covered := pictured(name).page) is not None}


PARTNER_COLUMNS: Mapping[str, tuple[float, float]] = _ranges(PARTNER_PICTURE)
"""Partner columns and the range that their 256 steps cover, as declared; (0, 255) are counts, cut off above."""
TRUST: Mapping[str, tuple[str, str]] = {f"trust_{side}": (f"alpha_{side}", f"beta_{side}") for side in "ab"}
"""Columns of trust, each with the two fields of a picture that it is made of: trust_a is a's belief that b keeps its promises."""
TIE_COLUMNS: Mapping[str, tuple[float, float]] = {**dict.fromkeys(TRUST, SHARE), **_ranges(TIE_PICTURE)}
"""As `PARTNER_COLUMNS`."""
JOINED, REACHES = "joined", "expected"
"""1 where a tie counts as one service (O4), and the field that must reach what counts; beside the rounded field, because a
threshold needs exact numbers."""


def drawn_columns() -> dict[str, Any]:
    """The columns as the page reads them, and what else it reads of a run by name."""
    def ranged(found: Mapping[str, tuple[float, float]]) -> list[dict[str, Any]]:
        return [{"name": name, "low": low, "high": high} for name, (low, high) in found.items()]

    return {"partner": ranged(PARTNER_COLUMNS), "tie": ranged(TIE_COLUMNS),
            "trust": {name: list(of) for name, of in TRUST.items()}, "joined": {"name": JOINED, "field": REACHES},
            "reads": {"election": "quarters_to_election", "least": "seamless_quality",
                      "marks": ["reversal", "reorganisation"], "spend": "spend"}}
