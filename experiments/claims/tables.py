"""The tables of what is asked beyond the verdicts, as they stand among the documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incentive_abm.errors import UserError

if TYPE_CHECKING:
    import pandas as pd


def table_of(part: str, documents: Path) -> Path:
    """Where a part's table stands."""
    return documents / f"claims-{part}.csv"


def read_part(part: str, documents: Path) -> pd.DataFrame:
    """The table of a part, claims by their numbers as text. Raises UserError where it is missing."""
    import pandas as pd

    path = table_of(part, documents)
    if not path.exists():
        raise UserError(f"{path}: is missing; make it by python -m experiments.claims {documents}/claims-beyond.md --part {part}")
    return pd.read_csv(path, dtype={"claim": str, "source": str, "sweep": str}, keep_default_na=False, na_values=["", "nan"])
