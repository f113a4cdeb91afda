"""What came of a search for robust plans as files, and read back from them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from experiments.analysis.prim import Discovery
from experiments.calibration.written import write_table
from experiments.robust.finding import Robust
from experiments.robust.page import markdown, render
from experiments.robust.robust_study import RobustStudy
from incentive_abm.errors import StudyError
from incentive_abm.files import why, write_text_whole

MANIFEST, PLANS = "manifest.json", "plans"
BOXES = ("summary", "limits", "trajectory", "stability")
"""The tables of a discovery (`experiments.analysis.prim`), each a file where there is one."""


def write(found: Robust, out: Path) -> dict[str, Path]:
    """Write everything; returns what was written where. Raises StudyError where that cannot be."""
    paths = {"Tables": out / "tables", "Report": out / "report.html"}
    try:
        write_tables(found, out / "tables")
        write_text_whole(out / "robust.md", markdown(found, f"incentive-abm robust {found.study.name} --out {out.name}"))
        write_text_whole(paths["Report"], render(found))
    except OSError as error:
        raise StudyError(f"{out}: the report cannot be written: {why(error)}") from None
    return paths


def write_tables(found: Robust, folder: Path) -> None:
    """Plans, boxes and manifest: all that `read` needs. Raises OSError."""
    write_table(found.plans, folder, PLANS)
    if found.boxes is not None:
        for name in BOXES:
            write_table(getattr(found.boxes, name), folder, name)
    write_text_whole(folder / MANIFEST, json.dumps(manifest(found), indent=1, ensure_ascii=False) + "\n")


def manifest(found: Robust) -> dict[str, object]:
    """What made it: enough to make it again, and what tables do not hold."""
    study = found.study
    return {"study": study.name, "title": study.title, "question": study.question, "version": found.version,
            "source": found.source, "runs": found.runs, "plans_tried": found.tried, "best": found.best,
            "no_boxes": found.no_boxes, "most_levers": study.most_levers, "worlds": study.worlds, "fresh_worlds": study.fresh,
            "population": study.population, "generations": study.generations, "seed": study.seed, "good_from": study.good_from,
            "also": {measure.code: good for measure, good in study.also}, "quarters": study.quarters, "scenario": study.scenario,
            "posterior": Path(study.posterior).name, "levers": [each.factor.name for each in study.levers],
            "places": [each.name for each in study.places]}


def read(folder: Path, study: RobustStudy) -> Robust:
    """What `write_tables` left of a study. Raises StudyError where that is not there, or of another study."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        plans = _table(folder, PLANS)
        boxes = None if told["no_boxes"] else Discovery(**{name: _table(folder, name) for name in BOXES})
        found = Robust(study, plans, told["best"], boxes, told["no_boxes"], told["plans_tried"], told["runs"], told["source"],
                       told["version"])
    except OSError as error:
        raise StudyError(f"{folder}: cannot be read: {why(error)}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise StudyError(f"{folder}: not what incentive-abm robust writes ({error})") from None
    other = [name for name, value in manifest(found).items() if json.loads(json.dumps(value)) != told.get(name)]
    if other:
        raise StudyError(f"{folder}: is of another study than {study.name} is now: they differ in {', '.join(other)}")
    return found


def _table(folder: Path, name: str) -> pd.DataFrame:
    """A table as it was written; texts that are empty stay texts."""
    table = pd.read_csv(folder / f"{name}.csv", dtype={"values": str})
    return table.fillna({"values": ""}) if "values" in table else table
