"""What claims.html says of a claim beside its verdict: where it shows, what turns it round, what it survives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.claims.tables import table_of


@dataclass(frozen=True)
class Extra:
    """Of one claim. link: the stage with the pair of runs that shows it, "" where none; shows: how typical that pair is; facts:
    name and text of each."""

    link: str = ""
    shows: str = ""
    facts: tuple[tuple[str, str], ...] = ()


NOTHING = Extra()


def extras(documents: Path, page: str) -> dict[str, Extra]:
    """By claim, from the tables that are there. page: the address of a page file, "" for no links."""
    shown, turned, direct, survives = (_rows(documents, part, **only) for part, only in (
        ("reversals", {"question": "shown"}), ("reversals", {"question": "turned"}), ("direct", {}), ("survival-by-claim", {})))
    found = {}
    for claim in dict.fromkeys([*shown, *turned, *direct, *survives]):
        facts = []
        if claim in direct:
            facts.append(("Direct share", str(direct[claim]["told"])))
        if claim in turned:
            facts.append(("Nearest reversal", _turned(turned[claim])))
        if claim in survives:
            facts.append(("Survives", str(survives[claim]["told"])))
        pair = shown.get(claim, {})
        link = f"{page}{pair['link']}" if page and pair.get("found") and pair.get("link") else ""
        found[claim] = Extra(link, _shows(pair) if link else "", tuple(facts))
    return found


def _shows(pair: Mapping[str, Any]) -> str:
    where = "today" if not int(pair["moves"]) else f"{int(pair['moves'])} setting{'' if int(pair['moves']) == 1 else 's'} moved"
    return f"the same sign in {float(pair['typical']):.0%} of worlds; {where}"


def _turned(row: Mapping[str, Any]) -> str:
    if not row["found"]:
        return "none found"
    if not int(row["moves"]):
        return "as things stand today"
    return f"{float(row['distance']):.2f} of a range away: {row['rests_on']}"


def _rows(documents: Path, part: str, **only: str) -> dict[str, dict[str, Any]]:
    import pandas as pd

    path = table_of(part, documents)
    if not path.exists():
        return {}
    table = pd.read_csv(path, dtype={"claim": str, "link": str, "rests_on": str}).fillna({"link": "", "rests_on": ""})
    for column, value in only.items():
        table = table[table[column] == value]
    return {str(row["claim"]): {str(name): value for name, value in row.items()} for row in table.to_dict("records")}
