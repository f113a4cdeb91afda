"""Posterior, tables, manifest and pages as files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd

from experiments.calibration.calibrating import Known
from experiments.calibration.page import markdown, render
from incentive_abm import __version__
from incentive_abm.errors import StudyError
from incentive_abm.files import why, write_text_whole, written_whole
from incentive_abm.results.stored_tables import CHECKED


def tables(known: Known) -> dict[str, pd.DataFrame]:
    """Every table by name, those that are empty left out."""
    found = {"targets": known.targets, "learned": known.learned, "ranks": known.ranks.histogram(),
             "coverage": known.ranks.tests(), "left_out": known.left_out, "worth_observing": known.worth, "held_out": known.held}
    return {name: table for name, table in found.items() if not table.empty}


def write(known: Known, out: Path) -> dict[str, Path]:
    """Write all of it; returns what was written where. Raises StudyError where that cannot be."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    paths = {"Posterior": out / "posterior.csv", "Tables": out / "tables", "Report": out / "report.html"}
    try:
        write_text_whole(paths["Posterior"], csv_of(known))
        with written_whole(out / "posterior.parquet") as waiting:
            pq.write_table(pa.Table.from_pandas(known.settings, preserve_index=False), waiting, **CHECKED)
        for name, table in tables(known).items():
            write_table(table, out / "tables", name)
        write_text_whole(out / "manifest.json", json.dumps(manifest(known), indent=1, ensure_ascii=False) + "\n")
        write_text_whole(out / "calibration.md", markdown(known, command(known)))
        write_text_whole(paths["Report"], render(known))
    except OSError as error:
        raise StudyError(f"{out}: the calibration cannot be written: {why(error)}") from None
    return paths


def command(known: Known) -> str:
    """What makes it again, into a folder."""
    held = "" if known.held.empty else " --held-out"
    return f"incentive-abm calibrate {known.study.name} --points {known.study.points}{held}"


def csv_of(known: Known) -> str:
    """The posterior as the text of its file."""
    return str(known.settings.to_csv(index=False, lineterminator="\n"))


def write_table(table: pd.DataFrame, folder: Path, name: str) -> None:
    """A table as CSV and as JSON."""
    write_text_whole(folder / f"{name}.csv", str(table.to_csv(index=False, lineterminator="\n")))
    write_text_whole(folder / f"{name}.json", table.to_json(orient="records", indent=1, force_ascii=False) + "\n")


def manifest(known: Known) -> dict[str, object]:
    """What made it: enough to make it again, and by `posterior` and `places` (hashes) what the table is of."""
    study = known.study
    return {
        "posterior": hashlib.sha256(csv_of(known).encode()).hexdigest(),
        "title": study.title, "question": study.question, "version": __version__, "source": known.source, "sweeps": known.sweeps,
        "points": study.points, "taken": study.taken, "draws": study.draws, "runs": known.runs, "seed": study.seed,
        "quarters": study.quarters, "replicates": study.replicates,
        "places": {each.name: each.load().hash for each in study.places},
        "priors": {each.name: [each.factor.low, each.factor.high] for each in study.priors},
        "observed": {each.name: [each.told, each.figure] for each in study.observed},
        "worth_in_equal_draws": known.found.effective, "distance": known.found.distance,
    }
