"""What is asked beyond the verdicts: each part a table of its own, played by its name and kept among the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.claims.claim_study import Backgrounds
from experiments.claims.conditions import FEWER, Judged
from experiments.claims.ledger import chosen, claims_of, load_ledger
from experiments.claims.tables import table_of
from experiments.claims.verdict import Verdict
from experiments.claims.written import read_verdicts

if TYPE_CHECKING:
    import pandas as pd

Heard = Callable[[str], None]
Play = Callable[[Path, Path, Sequence[str], Heard], "pd.DataFrame"]
"""From the folder of documents, the folder where runs are kept, and the claims asked for (none: all) to a part's table."""


def judged(keep: Path, heard: Heard) -> Judged:
    """The ledger over fewer backgrounds, on the protocol's places."""
    return Judged(claims_of(load_ledger()), Backgrounds(FEWER), keep / "conditions", heard)


def verdicts_in(documents: Path) -> dict[str, Verdict]:
    """The verdicts of the whole ledger."""
    table = read_verdicts(documents / "claims-verdicts.csv")
    return {claim: Verdict(verdict) for claim, verdict in zip(table["claim"], table["verdict"], strict=True)}


def _mechanisms(documents: Path, keep: Path, only: Sequence[str], heard: Heard) -> pd.DataFrame:
    from experiments.claims.mechanisms import mechanism_rows

    found = judged(keep, heard)
    return mechanism_rows(found.claims, found)


def _null(documents: Path, keep: Path, only: Sequence[str], heard: Heard) -> pd.DataFrame:
    from experiments.claims.null_model import null_rows

    return null_rows(judged(keep, heard))


def _reversals(documents: Path, keep: Path, only: Sequence[str], heard: Heard) -> pd.DataFrame:
    """Searched for the claims that are asked for; what the table holds of others stays."""
    import pandas as pd

    from experiments.claims.reversals import reversal_rows
    from incentive_abm.place import shipped_place

    claims = claims_of(load_ledger())
    rows = reversal_rows(chosen(claims, only), verdicts_in(documents), shipped_place(), keep / "reversals", heard)
    path = table_of("reversals", documents)
    if only and path.exists():
        before = pd.read_csv(path, dtype={"claim": str})
        rows = pd.concat([before[~before["claim"].isin(rows["claim"])], rows], ignore_index=True)
    order = {claim.id: k for k, claim in enumerate(claims)}
    return rows.sort_values("claim", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


PARTS: Mapping[str, Play] = {"null": _null, "mechanisms": _mechanisms, "reversals": _reversals}
