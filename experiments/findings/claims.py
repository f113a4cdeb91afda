"""What the model says of the claims of the texts, as facts for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.verdict import Verdict
from experiments.claims.verdict_page import by_construction
from experiments.findings.tables import Row, csv_table

SHOWN = 6


def claims(docs: Path) -> dict[str, Any]:
    """Counts, the largest effects of those supported, every contradiction, and how many are true by construction."""
    rows = csv_table(docs / "claims-verdicts.csv").rows
    count = Counter(row["verdict"] for row in rows)
    near = near_to_construction()
    supported, nothing = of(rows, Verdict.SUPPORTED), of(rows, Verdict.NO_EFFECT)
    own = [row for row in supported if row["claim"] not in near and row["measure"] == "integration"]
    return {
        "total": len(rows), "counts": ", ".join(f"{count[v.value]} {v.value}" for v in Verdict if count[v.value]),
        "supported": len(supported), "constructed": len(supported) - sum(row["claim"] not in near for row in supported),
        "largest": sorted(own, key=lambda row: -abs(float(row["effect"])))[:SHOWN],
        "contradicted": of(rows, Verdict.CONTRADICTED), "no_effect": len(nothing), "without": nothing[:SHOWN],
    }


def near_to_construction() -> set[str]:
    """Claims tested by one setting that enters through one rule."""
    return {claim.id for claim in claims_of(load_ledger()) if by_construction(claim)}


def of(rows: Sequence[Row], verdict: Verdict) -> list[Row]:
    """The rows with a verdict."""
    return [row for row in rows if row["verdict"] == verdict.value]
