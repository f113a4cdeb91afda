"""What claims.html says of a claim beside its verdict: where it shows, through which rules it goes, what turns it round, what it
survives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.claims import direct_page
from experiments.claims.survival_page import in_short, standing
from experiments.claims.tables import table_of


@dataclass(frozen=True)
class Extra:
    """Of one claim. link: the stage with the pair of runs that shows it, "" where none; shows: how typical that pair is; facts:
    name and text of each."""

    link: str = ""
    shows: str = ""
    facts: tuple[tuple[str, str], ...] = ()


NOTHING, SHOWN = Extra(), 3
"""SHOWN: moves of a reversal that stand on the page, the longest."""


def extras(documents: Path, page: str) -> dict[str, Extra]:
    """By claim, from the tables that are there. page: the address of a page file, "" for no links."""
    shown, turned = (_rows(table_of("reversals", documents), question) for question in ("shown", "turned"))
    survival, through = _survival(table_of("survival", documents)), _direct(table_of("direct", documents))
    found = {}
    for claim in dict.fromkeys([*shown, *turned, *survival, *through]):
        facts = [("Goes through", through[claim])] if claim in through else []
        facts += [("Nearest reversal", _turned(turned[claim]))] if claim in turned else []
        facts += [("Survives", survival[claim])] if claim in survival else []
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
    moves = str(row["rests_on"]).split("; ")
    rest = f"; and {len(moves) - SHOWN} more" if len(moves) > SHOWN else ""
    return f"{float(row['distance']):.2f} of a range away: {'; '.join(moves[:SHOWN])}{rest}"


def _survival(path: Path) -> dict[str, str]:
    import pandas as pd

    return {claim: in_short(stands) for claim, stands in standing(pd.read_csv(path, dtype={"claim": str})).items()
            } if path.exists() else {}


def _direct(path: Path) -> dict[str, str]:
    import pandas as pd

    return {claim: direct_page.in_short(parts) for claim, parts in direct_page.taken_apart(
        pd.read_csv(path, dtype={"claim": str})).items()} if path.exists() else {}


def _rows(path: Path, question: str) -> dict[str, dict[str, Any]]:
    import pandas as pd

    if not path.exists():
        return {}
    table = pd.read_csv(path, dtype={"claim": str, "link": str, "rests_on": str}).fillna({"link": "", "rests_on": ""})
    table = table[table["question"] == question]
    return {str(row["claim"]): {str(name): value for name, value in row.items()} for row in table.to_dict("records")}
