"""Verdicts and contrasts as files: the same table as CSV, JSON and Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.claims.claim import Source
from experiments.claims.room_page import render
from experiments.claims.trying import Tried
from incentive_abm.errors import StudyError
from incentive_abm.files import why, write_text_whole, written_whole
from incentive_abm.results.stored_tables import CHECKED

if TYPE_CHECKING:
    import pandas as pd


def write_tables(tried: Tried, out: Path) -> dict[str, Path]:
    """Write them all into a folder; returns what was written where. Raises StudyError where that cannot be."""
    written: dict[str, Path] = {}
    try:
        written["Verdicts"] = out / "verdicts.csv"
        write_text_whole(written["Verdicts"], verdicts_csv(tried.verdicts))
        write_text_whole(out / "verdicts.json", tried.verdicts.to_json(orient="records", indent=1, force_ascii=False) + "\n")
        _parquet(tried.verdicts, out / "verdicts.parquet")
        written["Contrasts"] = out / "contrasts.parquet"
        _parquet(tried.contrasts, written["Contrasts"])
    except OSError as error:
        raise StudyError(f"{out}: the verdicts cannot be written: {why(error)}") from None
    return written


def write_page(tried: Tried, sources: Sequence[Source], out: Path) -> dict[str, Path]:
    """Write claims.html; returns where it is. Raises StudyError where that cannot be."""
    path = out / "claims.html"
    try:
        write_text_whole(path, render(tried.verdicts, sources))
    except OSError as error:
        raise StudyError(f"{path}: the page cannot be written: {why(error)}") from None
    return {"Page": path}


def verdicts_csv(verdicts: pd.DataFrame) -> str:
    """The table of verdicts as CSV; numbers read back as the same bits."""
    return str(verdicts.to_csv(index=False, lineterminator="\n"))


def read_verdicts(path: Path) -> pd.DataFrame:
    """A table of verdicts as it was written; texts that are empty stay texts."""
    import pandas as pd

    return pd.read_csv(path, dtype={"claim": str, "sign": str, "source": str, "sweep": str}).fillna(
        {"where": "", "sign": ""})


def _parquet(table: pd.DataFrame, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with written_whole(path) as waiting:
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False), waiting, **CHECKED)
