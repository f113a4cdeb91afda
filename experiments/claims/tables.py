"""Where the tables of what is asked beyond the verdicts stand."""

from __future__ import annotations

from pathlib import Path


def table_of(part: str, documents: Path) -> Path:
    """Where a part's table stands."""
    return documents / f"claims-{part}.csv"
