"""The answer in three sentences, each with its numbers: how runs end, what moves them, where they stall."""

from __future__ import annotations

import math

import pandas as pd

from experiments.analysis.bands import from_to, plain
from experiments.report.findings import REGIMES_SOUGHT, Findings, clear_effects, luck_share
from experiments.report.inputs import ReportInputs

UNKNOWN = "a share that cannot be told yet"
ENDED = {
    "busy": "were busy with little behind it",
    "progressing": "were still making progress at the end",
}


def percent(share: float) -> str:
    """A share in print; small ones keep a decimal, and one that could not be computed is told so."""
    if not math.isfinite(share):
        return UNKNOWN
    return f"{100 * share:.0f}%" if share == 0 or share >= 0.095 else f"{100 * share:.1f}%"


def between(low: float, high: float) -> str:
    """An interval of shares in print."""
    return f"{percent(low)} to {percent(high)}" if pd.notna(low) and pd.notna(high) else "no interval yet"


def label(name: str, inputs: ReportInputs) -> str:
    """A factor's plain name."""
    return inputs.labels.get(name, name.replace("_", " "))


def three_sentences(found: Findings, inputs: ReportInputs) -> list[str]:
    """Exactly three sentences."""
    return [_how_it_ends(found, inputs), _what_moves_it(found, inputs), _where(found, inputs)]


def _how_it_ends(found: Findings, inputs: ReportInputs) -> str:
    total = len(inputs.results)
    if found.shares is None:
        return f"No run has ended yet ({found.unanswered.get('shares', '')})."
    rows = {str(row["regime"]): row for row in found.shares.to_dict("records")}
    parts = []
    for regime in ("integrated", "stalled"):
        row = rows.get(regime)
        parts.append(
            f"{percent(row['share'])} {regime} (95% interval {between(row['low'], row['high'])})"
            if row is not None
            else f"none {regime}"
        )
    other = next((name for name in rows if name not in ("integrated", "stalled")), "")
    tail = f", and {percent(rows[other]['share'])} {ENDED.get(other, other)}" if other else ""
    return f"Of {total:,} runs, {parts[0]} and {parts[1]}{tail}."


def _what_moves_it(found: Findings, inputs: ReportInputs) -> str:
    outcome = inputs.labels.get(inputs.outcome, inputs.outcome.replace("regime:", "the chance of ending "))
    luck = ""
    if found.luck is not None:
        share, low, high = luck_share(found)
        luck = f"; luck makes {percent(share)} of the spread between runs ({between(low, high)})"
    if found.effects is None:
        return f"What moves {outcome} cannot be told yet ({found.unanswered.get('effects', '')}){luck}."
    clear = clear_effects(found.effects)
    if clear.empty:
        return f"Nothing that was varied clearly moves {outcome}{luck}."
    parts = []
    for row in clear.drop_duplicates("factor").head(2).itertuples():
        size = f"{row.effect:+.2f} ({row.low:+.2f} to {row.high:+.2f})"
        size = size.replace("-", "−")
        parts.append(f"“{label(str(row.factor), inputs)}” (from {from_to(row.from_value, row.to_value)}: {size})")
    return f"With luck held equal, {outcome} moves most with {' and then '.join(parts)}{luck}."


def _where(found: Findings, inputs: ReportInputs) -> str:
    for regime in REGIMES_SOUGHT:
        box = found.discoveries.get(regime)
        if box is None:
            continue
        kept = box.summary.iloc[0]
        conditions = [
            condition(row, label(str(row["factor"]), inputs)) for _, row in box.limits[box.limits["box"] == 1].iterrows()
        ]
        words = {"stalled": "Stalling", "integrated": "Integration"}[regime]
        return (
            f"{words} is most common where {joined(conditions)}: {percent(float(kept['held_out_density']))} of runs "
            f"end so there (checked on points held out), against {percent(float(kept['base_rate']))} everywhere."
        )
    reason = found.unanswered.get("box stalled", "too few runs")
    return f"No part of the space that was tried stands out as where runs stall: {reason}."


def condition(row: pd.Series, name: str) -> str:
    """One limit of a box in plain words."""
    if row["full_values"]:
        return f"“{name}” is {str(row['values']).replace(', ', ' or ')}"
    from_low, to_high = row["low"] > row["full_low"], row["high"] < row["full_high"]
    span = row["full_high"] - row["full_low"]
    from_low = from_low and row["low"] - row["full_low"] > 0.02 * span
    to_high = to_high and row["full_high"] - row["high"] > 0.02 * span
    low, high = plain(row["low"], span), plain(row["high"], span)
    if low == high:
        return f"“{name}” is {low}"
    if from_low and to_high:
        return f"“{name}” lies between {low} and {high}"
    return f"“{name}” is {low} or more" if from_low else f"“{name}” is {high} or less"


def joined(parts: list[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def in_words(rule: str, found: Findings, inputs: ReportInputs) -> str:
    """A tree's rule with factors by their plain names."""
    parts = []
    for part in rule.split(" and "):
        factor, _, rest = part.partition(" ")
        parts.append(f"“{label(factor, inputs)}” {rest}" if factor in found.factors else part)
    return " and ".join(parts)
