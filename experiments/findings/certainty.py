"""How sure it is, and what would turn it round, as facts for the page."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from experiments.claims import direct_page
from experiments.claims.mechanisms import mechanisms_told, summary
from experiments.claims.reversals import SOUGHT, searched_told
from experiments.claims.survival_page import counted, not_run, through, turned
from experiments.claims.tables import read_part
from experiments.findings.tables import csv_table, first_number, markdown_table

MODEL, NULL = "the model", "null model"
CALIBRATED = "calibrated"


def certainty(docs: Path) -> dict[str, Any]:
    """Facts from the null model, mechanisms taken away, calibration, coverage, rules taken apart, survival, and reversals."""
    return {**_null(docs), **_mechanisms(docs), **_calibrated(docs), **_direct(docs), **_survival(docs), **_reversals(docs)}


def _null(docs: Path) -> dict[str, Any]:
    rows = csv_table(docs / "claims-null.csv").rows
    met = Counter(row["model"] for row in rows if row["met"] == "True")
    free = Counter(row["model"] for row in rows if row["met"] == "True" and row["use"] != CALIBRATED)
    readings = {row["reading"] for row in rows}
    worse = met[NULL] < met[MODEL]
    missed = [row["says"] for row in rows if row["model"] == MODEL and row["met"] != "True"]
    return {"readings": len(readings), "met": met[MODEL], "null_met": met[NULL],
            "null_worse": "does worse, as it should" if worse else "does no worse, which speaks against the model",
            "free": len({row["reading"] for row in rows if row["use"] != CALIBRATED}), "free_met": free[MODEL],
            "null_free_met": free[NULL], "missed": missed}


def _mechanisms(docs: Path) -> dict[str, Any]:
    table = summary(read_part("mechanisms", docs))
    return {"mechanisms": len(table), "mechanisms_told": mechanisms_told(table)}


def _calibrated(docs: Path) -> dict[str, Any]:
    page = docs / "mechanisms-calibration.md"
    sizes = markdown_table(page, "Sizes sought together", 1)
    open_ = [row for row in sizes.rows if "not identified" in row["differs from its range (p)"]]
    example = docs / "calibration-example.md"
    known = markdown_table(example, "What is known after the data")
    right = markdown_table(example, "Is the method right?")
    cover = [first_number(row["in 90%"]) for row in right.rows]
    off = [row["parameter"] for row in right.rows if first_number(row["p holm"]) < 0.05]
    observe = markdown_table(example, "What to find out next").rows
    first = observe[0]
    return {
        "sizes": len(sizes.rows), "open": len(open_), "example_numbers": len(known.rows),
        "example_said": sum(row["data say"] == "something" for row in known.rows),
        "ranks": "even for all" if not off else f"uneven for {', '.join(off)}",
        "cover_low": f"{min(cover):.0%}", "cover_high": f"{max(cover):.0%}", "observe": first["observe"],
        "observe_gone": f"{first_number(first['variance gone']):.0%}", "observe_low": f"{first_number(first['low']):.0%}",
        "observe_high": f"{first_number(first['high']):.0%}",
    }


def _direct(docs: Path) -> dict[str, Any]:
    import pandas as pd

    rows = pd.DataFrame(csv_table(docs / "claims-direct.csv").rows)
    return {"through": direct_page.in_findings(rows)}


def _survival(docs: Path) -> dict[str, Any]:
    import pandas as pd

    rows = pd.DataFrame(csv_table(docs / "claims-survival.csv").rows)
    return {"firm": rows["claim"].nunique(), "survival": [*counted(rows), through(rows)], "turned_where": turned(rows),
            "survival_not_run": not_run(rows)}


def _reversals(docs: Path) -> dict[str, Any]:
    rows = read_part("reversals", docs)
    found = rows[(rows["question"] == "turned") & rows["found"] & rows["verdict"].isin([each.value for each in SOUGHT])]
    return {"searched_told": searched_told(rows),
            "nearest": [{"claim": row["claim"], "verdict": row["verdict"], "distance": f"{float(row['distance']):.2f}",
                         "moves": int(row["moves"]), "rests_on": "; ".join(row["rests_on"].split("; ")[:3])}
                        for row in found.sort_values("distance").head(5).to_dict("records")]}
