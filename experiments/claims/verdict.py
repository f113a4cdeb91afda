"""The rule of verdicts, as docs/claims-protocol.md states it: from a row of numbers to one word and one sentence of why."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from experiments.claims.claim import Claim, Design, Sign, Trial
from experiments.claims.evidence import Evidence

SURE = 0.05
Row = dict[str, Any]


class Verdict(Enum):
    """What the model says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NO_EFFECT = "no effect"
    CONDITIONAL = "conditional"
    INCONCLUSIVE = "inconclusive"
    NOT_TESTED = "cannot be tested"


def holm(values: Sequence[float]) -> list[float]:
    """p-values corrected by Holm's method; what is missing stays missing and counts not."""
    order = sorted((k for k, p in enumerate(values) if not math.isnan(p)), key=lambda k: values[k])
    corrected, worst = [math.nan] * len(values), 0.0
    for rank, k in enumerate(order):
        worst = max(worst, min(1.0, (len(order) - rank) * values[k]))
        corrected[k] = worst
    return corrected


def numbers_of(claim: Claim, trial: Trial, evidence: Evidence) -> Row:
    """A row of the table of verdicts before anything is corrected or decided."""
    low, high = evidence.effect.interval()
    where, smallest = evidence.where, trial.smallest
    nowhere = 1.0 if evidence.sought else math.nan
    return {
        "claim": claim.id, "says": claim.says, "design": trial.design.value, "measure": trial.outcome.value,
        "unit": trial.outcome.measured.unit, "sign": trial.sign.value, "above": trial.above,
        "smallest": smallest, "effect": evidence.effect.mean,
        "low": low, "high": high, "interval_over": evidence.over, "units": evidence.effect.units,
        "backgrounds": evidence.backgrounds, "sign_holds": evidence.as_expected, "sign_turned": evidence.other_way,
        "p_effect": evidence.effect.differs, "p_within": evidence.effect.within(smallest),
        "where": where.rule if where else "", "where_share": where.share if where else math.nan,
        "there": where.there.mean if where else math.nan, "elsewhere": where.elsewhere.mean if where else math.nan,
        "p_only_there": where.only_there(smallest) if where else nowhere, "p_turns": where.turns if where else nowhere,
    }  # fmt: skip


def not_tested(claim: Claim) -> Row:
    """The row of a claim that nothing in the model can test."""
    return {"claim": claim.id, "says": claim.says, "design": claim.design.value, "verdict": Verdict.NOT_TESTED.value,
            "why": claim.why_not}


def corrected(rows: Sequence[Row]) -> list[Row]:
    """The rows with every p corrected over all of them, by kind of test, and the verdicts with their sentences."""
    by_kind = {name: holm([float(row[name]) for row in rows]) for name in ("p_effect", "p_within", "p_only_there", "p_turns")}
    told = [row | {f"{name}_holm": values[k] for name, values in by_kind.items()} for k, row in enumerate(rows)]
    return [row | {"verdict": decide(row).value, "why": why(row)} for row in told]


def decide(row: Mapping[str, Any]) -> Verdict:
    """The verdict that follows from a row's numbers."""
    plain = _plain(row)
    there, elsewhere, smallest = float(row["there"]), float(row["elsewhere"]), float(row["smallest"])
    if there >= smallest and elsewhere <= -smallest and float(row["p_turns_holm"]) <= SURE:
        return Verdict.CONDITIONAL
    nothing_on_average = plain in (Verdict.NO_EFFECT, Verdict.INCONCLUSIVE) or (
        _sign(row) is Sign.NOTHING and plain is Verdict.SUPPORTED)
    if nothing_on_average and there >= smallest and float(row["p_only_there_holm"]) <= SURE:
        return Verdict.CONDITIONAL
    return plain


def _sign(row: Mapping[str, Any]) -> Sign:
    return Sign(str(row["sign"]))


def _plain(row: Mapping[str, Any]) -> Verdict:
    """The verdict on the average of all backgrounds."""
    sign, smallest = _sign(row), float(row["smallest"])
    mean = sign.factor * float(row["effect"])
    if float(row["p_within_holm"]) <= SURE:
        return Verdict.SUPPORTED if sign is Sign.NOTHING else Verdict.NO_EFFECT
    if float(row["p_effect_holm"]) <= SURE and abs(mean) >= smallest:
        return Verdict.SUPPORTED if mean > 0.0 and sign is not Sign.NOTHING else Verdict.CONTRADICTED
    return Verdict.INCONCLUSIVE


def why(row: Mapping[str, Any]) -> str:
    """One sentence of why, with its numbers."""
    verdict, smallest, effect = decide(row), float(row["smallest"]), float(row["effect"])
    against = f" against {float(row['above']):g}" if row["design"] == Design.SPREAD.value else ""
    size = f"{signed(effect)} {row['unit']}{against} ({signed(float(row['low']))} to {signed(float(row['high']))})"
    if verdict is Verdict.CONDITIONAL:
        other = "the other way round" if float(row["elsewhere"]) <= -smallest else "not of interest"
        there, elsewhere = (signed(_sign(row).factor * float(row[name])) for name in ("there", "elsewhere"))
        return (f"On average {size}; where {row['where']}, {there} on {row['interval_over']} that the tree had not seen, "
                f"and elsewhere {elsewhere}, {other}.")
    if verdict is Verdict.INCONCLUSIVE:
        sure = float(row["p_effect_holm"]) <= SURE
        return f"{size}: " + (f"there is an effect, but it may be smaller than ±{smallest:g}." if sure
                              else f"corrected for so many tests, it can be told neither from nothing nor from ±{smallest:g}.")
    if _sign(row) is Sign.NOTHING:
        return f"{size}: " + (f"within ±{smallest:g}, as the text expects." if verdict is Verdict.SUPPORTED
                              else "the text expects nothing.")
    if verdict is Verdict.NO_EFFECT:
        return f"{size}: too small to matter, within ±{smallest:g}."
    expected = "." if verdict is Verdict.SUPPORTED else "; the text expects the opposite."
    if against:
        return f"{size}{expected}"
    holds, turned = float(row["sign_holds"]), float(row["sign_turned"])
    shares = f"the sign is as expected in {holds:.0%} of backgrounds, the other in {turned:.0%}"
    return f"{size}{expected[:-1]}; {shares}."


def signed(value: float) -> str:
    """A number with its sign and three significant digits."""
    if value == 0.0 or math.isnan(value):
        return f"{value:g}"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:+.{min(digits, 5)}f}".replace("-", "−")
