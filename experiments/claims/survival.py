"""Which verdicts survive: each firm one held against rival rules, other places, and what is known after the data.

docs/claims-protocol.md states the rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.claims.claim import Claim, Sign
from experiments.claims.conditions import WHOLE, Condition, Judged
from experiments.claims.evidence import ENOUGH_PLACES, Estimate, estimate
from experiments.claims.verdict import SURE, Row, Verdict, holm
from incentive_abm import __version__
from incentive_abm.compiling import source_hash

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
FIRM = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NO_EFFECT)
"""What can survive: any other verdict says nothing firm, or hangs on a tree that so few backgrounds cannot grow."""

MISSED = 3.0
"""Of so many backgrounds, none may be met by chance though there are some: e⁻³ is 5%."""


class Fate(Enum):
    """What becomes of a verdict under a condition."""

    SURVIVES = "survives"
    TOO_SMALL = "too small"
    TURNED = "turned"
    OPEN = "open"


def firm(claims: Sequence[Claim], verdicts: Mapping[str, Row]) -> list[Claim]:
    """The claims whose verdict in the ledger can survive or not."""
    return [claim for claim in claims if claim.trial is not None and Verdict(verdicts[claim.id]["verdict"]) in FIRM]


def survival_rows(claims: Sequence[Claim], ledger: Mapping[str, Row], judged: Judged, kind: str,
                  condition: Condition) -> list[Row]:
    """A row a claim of its effect under a condition, nothing corrected or decided yet. ledger: rows of the whole table."""
    fitting = [claim for claim in claims if condition.fits(claim)]
    judged.play(fitting, WHOLE)
    judged.play(fitting, condition)
    rows = []
    for claim in fitting:
        assert claim.trial is not None
        table, whole, own = judged.contrasts(claim, condition), judged.contrasts(claim, WHOLE), ledger[claim.id]
        found = unseen(_direct(table) if condition.place else adjusted(table, whole, in_ledger(own)), table, whole)
        low, high = found.interval()
        rows.append({
            "kind": kind, "condition": condition.name, "claim": claim.id, "verdict": own["verdict"], "sign": own["sign"],
            "smallest": claim.trial.smallest, "ledger": own["effect"], "effect": found.mean, "low": low, "high": high,
            "units": found.units, "as_played": _direct(table).mean, "backgrounds": len(table),
            "runs": judged.plan(claim).n_runs, "p_against": _against(own, found), "seed": judged.plan(claim).study.seed,
            "version": __version__, "source": source_hash(), "sweep": judged.sweep(claim, condition),
        })  # fmt: skip
    judged.heard(f"{condition.name}: {len(rows)} claims")
    return rows


def in_ledger(row: Mapping[str, Any]) -> Estimate:
    """The estimate behind a row of the table of verdicts."""
    units = int(row["units"])
    errors = Estimate(0.0, 1.0, units).interval()[1]
    return Estimate(float(row["effect"]), (float(row["high"]) - float(row["low"])) / 2.0 / errors, units)


def adjusted(table: pd.DataFrame, whole: pd.DataFrame, ledger: Estimate) -> Estimate:
    """The effect under a condition as ten times the backgrounds would have it (Cochran 1977, §12.6: double sampling with
    regression). The places' means under the condition are regressed on those of the whole model over the same backgrounds with
    the same luck, and read off at the whole ledger's effect; places without a contrast on either side are left out. Where the
    condition changes nothing in any background, the effect is the ledger's."""
    if table["contrast"].tolist() == whole["contrast"].tolist():
        return ledger
    ours, theirs = (each.groupby("place")["contrast"].mean() for each in (table, whole))
    both = [place for place in theirs.index if place in ours.index]
    if len(both) < ENOUGH_PLACES:
        return Estimate(float("nan"), float("nan"), len(both))
    return regressed(theirs[both].to_numpy(np.float64), ours[both].to_numpy(np.float64), ledger)


def regressed(x: Floats, y: Floats, at: Estimate) -> Estimate:
    """y where x has its better known mean; one unit is spent on the slope."""
    count, spread = len(x), float(((x - x.mean()) ** 2).sum())
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread if spread > 0.0 else 0.0
    beyond = at.mean - float(x.mean())
    left = float(((y - y.mean() - slope * (x - x.mean())) ** 2).sum()) / (count - 2)
    error = left * (1.0 / count + (beyond**2 / spread if spread > 0.0 else 0.0)) + slope**2 * at.error**2
    return Estimate(float(y.mean()) + slope * beyond, float(np.sqrt(error)), count - 1)


def unseen(found: Estimate, table: pd.DataFrame, whole: pd.DataFrame) -> Estimate:
    """The estimate, wider where every background has the same contrast: what happens in 3 of n of them may be missed (the rule
    of three, Hanley & Lippman-Hand 1983), at the size of the largest contrast of the whole model."""
    values = table["contrast"].to_numpy(np.float64)
    if np.ptp(values) > 0.0 or found.error > 0.0:
        return found
    missed = MISSED / len(values) * float(whole["contrast"].abs().max())
    return Estimate(found.mean, missed / Estimate(0.0, 1.0, found.units).interval()[1], found.units)


def _direct(table: pd.DataFrame) -> Estimate:
    return estimate(table["contrast"].to_numpy(np.float64), table["place"].to_numpy(object))


def of_nothing(row: Mapping[str, Any]) -> bool:
    """Whether a verdict says that there is no effect of interest."""
    return Verdict(row["verdict"]) is Verdict.NO_EFFECT or (
        Verdict(row["verdict"]) is Verdict.SUPPORTED and Sign(str(row["sign"])) is Sign.NOTHING)


def _against(own: Row, found: Estimate) -> float:
    """p that the effect lies on the side that the verdict does not have; either side where it has none."""
    if of_nothing(own):
        return found.differs
    return found.below(0.0) if float(own["effect"]) > 0.0 else found.above(0.0)


def decided(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with p corrected over the claims of each condition, and what becomes of each verdict."""
    corrected = rows.groupby("condition", sort=False)["p_against"].transform(lambda each: holm(each.tolist()))
    told = rows.assign(p_against_holm=corrected)
    return told.assign(fate=[fate(row).value for row in told.to_dict("records")])


def fate(row: Mapping[Any, Any]) -> Fate:
    """What becomes of a verdict, from a row's numbers."""
    low, high, smallest = float(row["low"]), float(row["high"]), float(row["smallest"])
    turn = 1.0 if float(row["ledger"]) > 0.0 else -1.0
    sure = float(row["p_against_holm"]) <= SURE
    within = -smallest < low and high < smallest
    if of_nothing(row):
        if sure and abs(float(row["effect"])) >= smallest:
            return Fate.TURNED
        return Fate.SURVIVES if within else Fate.OPEN
    if sure and turn * float(row["effect"]) <= -smallest:
        return Fate.TURNED
    if within:
        return Fate.TOO_SMALL
    return Fate.SURVIVES if min(turn * low, turn * high) > 0.0 else Fate.OPEN
