"""The tables behind a report, as files that R, DuckDB and spreadsheets open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.report.findings import Findings
from incentive_abm.files import written_whole

if TYPE_CHECKING:
    import pandas as pd


def tables(found: Findings) -> dict[str, pd.DataFrame]:
    """Every table that was found, by name; their columns are documented with the analyses that made them."""
    named = {
        "regime_shares": found.shares,
        "variance_shares": found.luck,
        "lever_effects": found.effects,
        "sensitivity_indices": found.indices,
        "elementary_effects": found.elementary,
        "survival_curves": found.survival,
        "restricted_means": found.means,
        "cumulative_incidence": found.incidence,
        "log_rank_tests": found.compared,
        "regime_map": found.cells,
        "replicates_needed": found.needed,
        "thresholds_varied": found.thresholds,
        "main_blockers": found.blockers,
        "where_blockers_bind": found.blockers_where,
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
    """Write every table as CSV, each file whole; returns their paths."""
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in tables(found).items():
        path = root / f"{name}.csv"
        with written_whole(path) as waiting:
            table.to_csv(waiting, index=False)
        paths.append(path)
    return paths
