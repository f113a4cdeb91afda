"""Everything in a report as files: tables as CSV and JSON, pictures as SVG."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.report.findings import Findings
from incentive_abm.errors import StudyError, UserError
from incentive_abm.files import write_text_whole
from incentive_abm.json_reading import read_json
from incentive_abm.optional_libraries import library

if TYPE_CHECKING:
    import pandas as pd

    from experiments.report.picture_section import Section

INDEX = "index.json"
"""What of a folder was written with a report; the next report there removes what it no longer has."""
WRITTEN = (".csv", ".json", ".svg")
WIDTH = 900


class PicturesError(UserError):
    """Pictures cannot be made on this machine; all else of the report is written."""


def tables(found: Findings) -> dict[str, pd.DataFrame]:
    """Every table that was found, by name; their columns are documented with the analyses that made them."""
    named = {
        "answer": found.answer,
        "policies_over_futures": found.robust,
        "regime_shares": found.shares,
        "variance_shares": found.luck,
        "lever_effects": found.effects,
        "interactions": found.interactions,
        "sensitivity_indices": found.indices,
        "elementary_effects": found.elementary,
        "survival_curves": found.survival,
        "restricted_means": found.means,
        "cumulative_incidence": found.incidence,
        "regime_map": found.cells,
        "replicates_needed": found.needed,
        "thresholds_varied": found.thresholds,
        "main_blockers": found.blockers,
        "where_blockers_bind": found.blockers_where,
        "typical_and_oddest_runs": found.typical,
    }
    for name, running in found.running.items():
        named[f"running_{name.replace(' ', '_').replace(':', '_')}"] = running
    for regime, box in found.discoveries.items():
        named |= {f"box_{regime}_summary": box.summary, f"box_{regime}_limits": box.limits}
        named |= {f"box_{regime}_trajectory": box.trajectory, f"box_{regime}_stability": box.stability}
    for regime, tree in found.trees.items():
        named |= {f"tree_{regime}_leaves": tree.leaves, f"tree_{regime}_importance": tree.importance}
    return {name: table for name, table in named.items() if table is not None}


def write_tables(found: Findings, folder: str | Path) -> list[Path]:
    """Write every table as CSV and as JSON (a list of rows; what is unknown is null), each file whole; returns their paths."""
    texts: dict[str, str] = {}
    for name, table in tables(found).items():
        texts[f"{name}.csv"] = table.to_csv(index=False, lineterminator="\n")
        rows = json.loads(table.to_json(orient="records", double_precision=15))
        texts[f"{name}.json"] = json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
    return _write(Path(folder), texts)


def write_pictures(sections: list[Section], folder: str | Path) -> list[Path]:
    """Write every picture as SVG; returns their paths. Raises PicturesError without kaleido, or without a browser for it."""
    texts: dict[str, str] = {}
    try:
        kaleido, graphs = library("kaleido", "pictures"), library("plotly.graph_objects")
        for section in sections:
            if section.picture:
                drawn = json.loads(section.picture.replace("<\\/", "</"))
                figure = graphs.Figure(drawn)
                options = {"format": "svg", "width": WIDTH, "height": drawn["layout"]["height"]}
                texts[f"{section.name}.svg"] = kaleido.calc_fig_sync(figure, opts=options).decode("utf-8")
    except UserError as error:
        raise PicturesError(str(error)) from None
    except Exception as error:  # kaleido raises whatever its browser did
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise PicturesError(
            f"pictures as SVG need a browser that kaleido finds (Chrome or Chromium; BROWSER_PATH names one): {reason}"
        ) from None
    return _write(Path(folder), texts)


def _write(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write files by name, and remove those of an earlier report that this one no longer has."""
    folder.mkdir(parents=True, exist_ok=True)
    index = folder / INDEX
    earlier = read_json(index, [str], StudyError, "move it away, or the folder") if index.exists() else []
    for name, text in texts.items():
        write_text_whole(folder / name, text)
    write_text_whole(index, json.dumps(sorted(texts), indent=1) + "\n")
    for name in set(earlier) - set(texts):
        if Path(name).name == name and Path(name).suffix in WRITTEN:
            (folder / name).unlink(missing_ok=True)
    return [folder / name for name in texts]
