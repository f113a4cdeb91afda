"""The answer in sentences, each with its numbers: what the study asks, how runs end, what moves them, where they stall."""

from __future__ import annotations

import math

import pandas as pd

from experiments.analysis.bands import from_to, plain
from experiments.analysis.interactions import OVER, PARTS
from experiments.report.findings import REGIMES_SOUGHT, Findings, clear_effects, luck_share
from experiments.report.inputs import ReportInputs

UNKNOWN = "a share that cannot be told yet"
REGIME_NOUNS = {"stalled": "Stalling", "integrated": "Integration"}
MOST_CONDITIONS = 3
"""Conditions that a headline can hold; a box with more is no answer that anybody could act on."""
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


def measure_words(inputs: ReportInputs) -> str:
    """The outcome in plain words."""
    return inputs.labels.get(inputs.outcome, inputs.outcome.replace("regime:", "the chance of ending ").replace("_", " "))


def three_sentences(found: Findings, inputs: ReportInputs) -> list[str]:
    """Exactly three sentences."""
    return [_how_it_ends(found, inputs), _what_moves_it(found, inputs), _where(found, inputs)]


def effect_words(row: pd.Series, *, signed: bool = True) -> str:
    """An estimate with its interval in print: +0.12 (+0.03 to +0.21)."""
    name = "effect" if signed else "value"
    told = [float(row[each]) for each in (name, "low", "high") if pd.notna(row[each]) and float(row[each]) != 0.0]
    # As many decimals as leave the smallest of the three a digit of its own, so that none is printed as nothing.
    digits = min(max([2, *(-math.floor(math.log10(abs(each))) for each in told)]), 4)

    def number(value: float) -> str:
        return f"{value:{'+' if signed else ''}.{digits}f}".replace("-", "−")

    value = number(float(row[name]))
    return f"{value} ({number(row['low'])} to {number(row['high'])})" if pd.notna(row["low"]) else f"{value} (no interval)"


def answer_sentence(found: Findings, inputs: ReportInputs) -> str:
    """What the study asks, answered with intervals."""
    table = found.answer
    assert table is not None
    assert not table.empty
    row = table.iloc[0]
    moved = f"Moving “{label(str(row['first']), inputs)}” from {from_to(row['first_from'], row['first_to'])}"
    outcome = measure_words(inputs)
    if row["part"] == "effect":
        clear = row["low"] > 0 or row["high"] < 0
        return f"{moved} changes {outcome} by {effect_words(row)}: {'a clear change' if clear else 'perhaps none at all'}."
    few, many, more = (table[table["part"] == part].iloc[0] for part in PARTS)
    by = label(str(row["second"]), inputs)
    start, end = plain(row["second_from"]), plain(row["second_to"])
    return (
        f"{moved} changes {outcome} by {effect_words(few)} where “{by}” is {start} and by {effect_words(many)} where it is "
        f"{end}. The difference is {effect_words(more)}, 95% interval over {OVER[str(row['basis'])]}: "
        f"{_verdict(few, many, more)}."
    )


def _verdict(few: pd.Series, many: pd.Series, more: pd.Series) -> str:
    if pd.isna(more["low"]):
        return "with a single replicate nothing can be said of its certainty"
    if more["low"] <= 0.0 <= more["high"]:
        return "these runs do not tell whether it matters more in one case than in the other"
    if few["effect"] * many["effect"] < 0.0:
        return "it works the other way round there"
    return "it matters more there" if abs(many["effect"]) > abs(few["effect"]) else "it matters less there"


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
    outcome = measure_words(inputs)
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
    for _, row in clear.drop_duplicates("factor").head(2).iterrows():
        size = effect_words(row)
        parts.append(f"“{label(str(row['factor']), inputs)}” (from {from_to(row['from_value'], row['to_value'])}: {size})")
    return f"With luck held equal, {outcome} moves most with {' and then '.join(parts)}{luck}."


def _where(found: Findings, inputs: ReportInputs) -> str:
    for regime in REGIMES_SOUGHT:
        box = found.discoveries.get(regime)
        if box is None:
            continue
        kept = box.summary.iloc[0]
        limits = box.limits[box.limits["box"] == 1]
        held = (
            f"{percent(float(kept['held_out_density']))} of runs end so there (on points held out), against "
            f"{percent(float(kept['base_rate']))} everywhere"
        )
        if len(limits) > MOST_CONDITIONS:
            return f"{REGIME_NOUNS[regime]} has no simple place: the densest box takes {len(limits)} conditions; {held}."
        words = joined([condition(row, label(str(row["factor"]), inputs)) for _, row in limits.iterrows()])
        return f"{REGIME_NOUNS[regime]} is most common where {words}: {held}."
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


def over(found: Findings) -> str:
    """What the intervals of shares and times speak for."""
    if found.laid_out:
        return "over luck alone (replicates), for just these settings"
    return "over the settings drawn and over luck (points and replicates)"
