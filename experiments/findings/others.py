"""What findings of published works come to here, and what a search for robust plans found, as facts for the page."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from experiments.findings.tables import csv_table, text_of


def published(docs: Path) -> dict[str, Any]:
    """Counts by verdict, in the order of how many, and what comes out the other way round."""
    rows = csv_table(docs / "claims-published.csv").rows
    count = Counter(row["verdict"] for row in rows)
    return {"findings": len(rows), "works": len({row["claim"].rpartition("-")[0] for row in rows}),
            "counts": ", ".join(f"{number} {verdict}" for verdict, number in count.most_common()),
            "opposite": [row["says"] for row in rows if row["verdict"] == "contradicted"]}


def robust(docs: Path) -> dict[str, Any]:
    """The surest plan and today, as shares of worlds in which each is good enough."""
    folder = docs / "robust-example"
    told = json.loads(text_of(folder / "manifest.json"))
    rows = csv_table(folder / "plans.csv").rows
    best, today = rows[told["best"]], next(row for row in rows if row["levers"] == "0")

    def share(row: Any, name: str) -> str:
        return f"{float(row[name]):.0%}"

    return {"most": told["most_levers"], "plan": best["plan"], "sure": share(best, "sure"), "low": share(best, "sure_low"),
            "high": share(best, "sure_high"), "today": share(today, "sure"), "tried": told["plans_tried"]}
