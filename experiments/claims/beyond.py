"""What is asked beyond the verdicts: each part a table of its own, played by its name and kept among the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.claims.claim import Claim
from experiments.claims.claim_study import Backgrounds
from experiments.claims.conditions import FEWER, Judged
from experiments.claims.ledger import chosen, claims_of, load_ledger
from experiments.claims.tables import table_of
from experiments.claims.verdict import Verdict
from experiments.claims.written import read_verdicts
from incentive_abm.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

Heard = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """only: these claims (none: all); under: these conditions (none: all); places: folders of given places."""

    only: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


Play = Callable[[Path, Path, Asked, Heard], "pd.DataFrame"]
"""From the folder of documents, the folder where runs are kept, and what is asked to a part's table."""


def judged(keep: Path, heard: Heard) -> Judged:
    """The ledger over fewer backgrounds, on the protocol's places."""
    return Judged(claims_of(load_ledger()), Backgrounds(FEWER), keep / "conditions", heard)


def verdicts_in(documents: Path) -> dict[str, Verdict]:
    """The verdicts of the whole ledger."""
    table = read_verdicts(documents / "claims-verdicts.csv")
    return {claim: Verdict(verdict) for claim, verdict in zip(table["claim"], table["verdict"], strict=True)}


def _mechanisms(documents: Path, keep: Path, asked: Asked, heard: Heard) -> pd.DataFrame:
    from experiments.claims.mechanisms import mechanism_rows
    from experiments.claims.verdict_page import rows_of

    found = judged(keep, heard)
    return mechanism_rows(found.claims, rows_of(read_verdicts(documents / "claims-verdicts.csv")), found)


def _null(documents: Path, keep: Path, asked: Asked, heard: Heard) -> pd.DataFrame:
    from experiments.claims.null_model import null_rows

    return null_rows(judged(keep, heard))


def _reversals(documents: Path, keep: Path, asked: Asked, heard: Heard) -> pd.DataFrame:
    """Searched for the claims that are asked for; what the table holds of others stays."""
    from experiments.claims.reversals import reversal_rows
    from incentive_abm.place import shipped_place

    claims = claims_of(load_ledger())
    rows = reversal_rows(chosen(claims, asked.only), verdicts_in(documents), shipped_place(), keep / "reversals", heard)
    return with_others(rows, table_of("reversals", documents), claims, asked)


def _direct(documents: Path, keep: Path, asked: Asked, heard: Heard) -> pd.DataFrame:
    """Taken apart for the claims that are asked for; what the table holds of others stays."""
    import pandas as pd

    from experiments.claims.direct import COLUMNS, COUNTS, direct_rows

    claims = claims_of(load_ledger())
    rows = pd.DataFrame(direct_rows(chosen(claims, asked.only), Backgrounds(), keep / "direct", heard), columns=list(COLUMNS))
    return with_others(rows, table_of("direct", documents), claims, asked).astype(dict.fromkeys(COUNTS, "Int64"))


def with_others(rows: pd.DataFrame, path: Path, claims: Sequence[Claim], asked: Asked) -> pd.DataFrame:
    """The rows in the order of the ledger; where only some claims are asked for, with those that a table holds of others."""
    import pandas as pd

    if asked.only and path.exists():
        before = pd.read_csv(path, dtype={"claim": str, "source": str, "sweep": str})
        rows = pd.concat([before[~before["claim"].isin(rows["claim"])], rows], ignore_index=True)
    order = {claim.id: k for k, claim in enumerate(claims)}
    return rows.sort_values("claim", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


def _survival(documents: Path, keep: Path, asked: Asked, heard: Heard) -> pd.DataFrame:
    """Played for the claims and conditions that are asked for; what the table holds of others stays."""
    import pandas as pd

    from experiments.claims.survival import FIRM, decided, firm, survival_rows
    from experiments.claims.survival_conditions import conditions, under
    from experiments.claims.verdict_page import rows_of
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.rivals.choosing import rule_set
    from incentive_abm.state.arrays import LANES

    ledger = rows_of(read_verdicts(documents / "claims-verdicts.csv"))
    among, every = judged(keep, heard), list(conditions(asked.places))
    claims = firm(chosen(among.claims, asked.only), ledger)
    if not claims:
        raise UserError(f"--only {' '.join(asked.only)}: no firm verdict among them; expected claims that the ledger finds "
                        f"{', '.join(each.value for each in FIRM)}")
    rows = []
    for kind, condition in under(every, asked.under):
        if condition.rules and among.missing([claim for claim in claims if condition.fits(claim)], condition):
            prepared(LANES, rules=rule_set(*condition.rules))
        rows += survival_rows(claims, ledger, among, kind, condition)
    return decided(in_order(pd.DataFrame(rows), table_of("survival", documents), [condition.name for _, condition in every]))


def in_order(rows: pd.DataFrame, path: Path, names: list[str]) -> pd.DataFrame:
    """The rows, and those that stand in a table of other claims or conditions, in the order of conditions and claims."""
    import pandas as pd

    if path.exists():
        before = pd.read_csv(path, dtype={"claim": str, "sign": str, "source": str, "sweep": str})
        new = set(zip(rows["condition"], rows["claim"], strict=True))
        others = [pair not in new for pair in zip(before["condition"], before["claim"], strict=True)]
        rows = pd.concat([before.loc[others, list(rows.columns)], rows], ignore_index=True)
    known = [*names, *dict.fromkeys(name for name in rows["condition"] if name not in names)]
    first = {name: k for k, name in enumerate(known)}
    return rows.sort_values(["condition", "claim"], key=lambda each: each.map(first) if each.name == "condition" else each,
                            kind="stable", ignore_index=True)


PARTS: Mapping[str, Play] = {"null": _null, "mechanisms": _mechanisms, "direct": _direct, "survival": _survival,
                             "reversals": _reversals}
