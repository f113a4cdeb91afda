"""For every claim of the ledger: the pair of runs that shows it, and the nearest setting in which its verdict is turned round."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.claims.challenge import GENERATIONS, Challenge, Reversal, Towards, carried_by
from experiments.claims.claim import Claim, Design
from experiments.claims.verdict import Verdict
from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.files import write_text_whole
from incentive_abm.results.turned_round import MARGINS, SEARCHED

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place

SOUGHT: Mapping[Verdict, Towards] = {Verdict.SUPPORTED: Towards.AGAINST, Verdict.CONTRADICTED: Towards.FOR}
"""Where a verdict is turned round; any other is by an effect of interest either way."""
SHOWN: Mapping[Verdict, Towards] = {Verdict.SUPPORTED: Towards.FOR, Verdict.CONTRADICTED: Towards.AGAINST}
"""Where a verdict shows; any other shows as things stand today."""


def reversal_rows(claims: Sequence[Claim], verdicts: Mapping[str, Verdict], place: Place, keep: Path,
                  heard: Callable[[str], None]) -> pd.DataFrame:
    """A row a claim and question ("shown", "turned"); `verdicts` are those of the whole ledger."""
    import pandas as pd

    rows = []
    for claim in claims:
        if claim.trial is None or claim.design is Design.SPREAD:
            continue
        verdict = verdicts[claim.id]
        for question, towards in (("shown", SHOWN.get(verdict)), ("turned", SOUGHT.get(verdict, Towards.EITHER))):
            found = _found(claim, place, towards, keep)
            heard(f"{claim.id} {question}: {'found' if found.confirmed else 'not found'}, {found.distance:.2f}")
            rows.append(_row(claim, verdict, question, towards, found)
                        | {"place": place.name, "version": __version__, "source": source_hash()})
    return pd.DataFrame(rows)


def _found(claim: Claim, place: Place, towards: Towards | None, keep: Path) -> Reversal:
    """What a search found, kept so that it is not searched for twice."""
    assert claim.trial is not None
    name = towards.value if towards else "today"
    arms = [[arm.settings, arm.weight] for arm in claim.trial.arms]
    decided = [source_hash(), place.hash, arms, claim.trial.outcome.value, claim.trial.sign.value, SEARCHED, MARGINS, GENERATIONS]
    path = keep / f"{claim.id}-{name}-{sha256(json.dumps(decided).encode()).hexdigest()[:12]}.json"
    if path.exists():
        data = json.loads(path.read_text(encoding="utf-8"))
        return Reversal(**data | {"at_start": tuple(data["at_start"]), "there": tuple(data["there"]),
                                  "moves": tuple(tuple(move) for move in data["moves"])})
    challenge = Challenge(claim.trial, place, towards or Towards.EITHER)
    found = challenge.search() if towards else challenge.today()
    write_text_whole(path, json.dumps(asdict(found)) + "\n")
    return found


def _row(claim: Claim, verdict: Verdict, question: str, towards: Towards | None, found: Reversal) -> dict[str, Any]:
    return {"claim": claim.id, "verdict": verdict.value, "question": question, "sought": towards.value if towards else "today",
            "found": found.found and (found.confirmed or towards is None), "distance": found.distance, "moves": len(found.moves),
            "rests_on": "; ".join(carried_by(found)), "today": found.at_start[0], "effect": found.there[0], "low": found.there[1],
            "high": found.there[2], "typical": found.typical, "world": found.seed, "runs": found.runs, "link": found.link}


def told(row: Mapping[str, Any]) -> str:
    """A reversal in one sentence."""
    if not row["found"]:
        return f"No setting that turns it round was found in {int(row['runs']):,} runs; that is no proof that there is none."
    if not int(row["moves"]):
        return "It is so today, in the shipped place."
    count = int(row["moves"])
    where = f"{float(row['distance']):.2f} of a range away, with {count} setting{'' if count == 1 else 's'} moved"
    return f"Turned round {where}: {row['rests_on']}."


def searched_told(rows: pd.DataFrame) -> str:
    """What the searches came to, in sentences."""
    turned = rows[rows["question"] == "turned"]
    firm = turned["verdict"].isin([verdict.value for verdict in SOUGHT])
    opposite, other = turned[firm & turned["found"]], turned[~firm & turned["found"]]
    today = int((other["moves"] == 0).sum())
    return (f"{len(turned)} claims were searched, on the shipped place. Of {int(firm.sum())} that are supported or contradicted, "
            f"a setting that turns the verdict was found for {len(opposite)}{_at(opposite)}. The other {int((~firm).sum())} have "
            "no effect of interest, or none that is sure, on the average of widely spread circumstances: for "
            f"{today} of them there is one in the shipped place as things stand, and for {len(other) - today} more a setting "
            f"was found in which there is{_at(other[other['moves'] > 0])}. A distance is an upper bound, and a search that finds "
            "nothing proves nothing.")


def _at(rows: pd.DataFrame) -> str:
    return f", at a median distance of {float(rows['distance'].median()):.2f} of a setting's range" if len(rows) else ""
