"""The verdicts as a page of a document, drawn from their table alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from experiments.claims.claim import Claim, Design, Source
from experiments.claims.verdict import Row, Verdict, signed
from incentive_abm import EXPLORATION

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = "claims-verdicts.csv"
"""The table of the five texts' verdicts, beside its page."""


def by_construction(claim: Claim) -> str:
    """The one rule through which the one setting of a claim acts, or "": such a claim is near to being true by construction."""
    trial = claim.trial
    return trial.rules[0] if trial is not None and len(trial.moved) == len(trial.rules) == 1 else ""


def rows_of(verdicts: pd.DataFrame) -> dict[str, Row]:
    """The rows of the table of verdicts by claim."""
    return {str(row["claim"]): {str(name): value for name, value in row.items()} for row in verdicts.to_dict("records")}


def page(verdicts: pd.DataFrame, sources: Sequence[Source], command: str) -> str:
    """The page as Markdown; `verdicts` is the table as it was written."""
    rows = rows_of(verdicts)
    parts = ["# What the model says of the claims", f"{EXPLORATION} {made(verdicts, command, NUMBERS)}",
             " ".join((_counts(list(rows.values())), *_constructed(sources, rows)))]
    for source in sources:
        shown = [(claim, rows[claim.id]) for claim in source.claims if claim.id in rows]
        if shown:
            parts += [f"## {source.id} {source.title}", verdict_table(shown)]
    return "\n\n".join(parts) + "\n"


def made(verdicts: pd.DataFrame, command: str, numbers: str) -> str:
    """Where a table of verdicts comes from, in a line; `numbers` is its file beside the page."""
    tested = verdicts[verdicts["effect"].notna()]
    if tested.empty:
        return f"Nothing was tested. Made by `{command}`."
    first = tested.iloc[0]
    return (f"Version {first['version']}, source {first['source']}; {int(tested['runs'].sum()):,} runs of fifteen years, "
            f"{int(tested['backgrounds'].max()):,} backgrounds a claim over {int(first['places'])} places"
            f"{_failed(tested)}. Made by `{command}`. The rule was written before the first run: [protocol](claims-protocol.md); "
            f"the numbers behind every line: [{numbers}]({numbers}).")


def _failed(tested: pd.DataFrame) -> str:
    failed = int(tested["runs_failed"].sum())
    return f"; {failed:,} runs failed and are left out" if failed else ""


def _counts(rows: Sequence[Row]) -> str:
    count = {verdict: sum(row["verdict"] == verdict.value for row in rows) for verdict in Verdict}
    told = ", ".join(f"{verdict.value} {number}" for verdict, number in count.items() if number)
    return f"Of {len(rows)} claims: {told}."


def _constructed(sources: Sequence[Source], rows: Mapping[str, Row]) -> list[str]:
    """Which of the supported claims are near to being true by construction."""
    supported = [claim for source in sources for claim in source.claims
                 if claim.id in rows and rows[claim.id]["verdict"] == Verdict.SUPPORTED.value]
    near = [claim.id for claim in supported if by_construction(claim)]
    if not near:
        return []
    return [f"Of the {len(supported)} supported, {len(near)} are tested by one setting that enters through one rule, so near to "
            f"true by construction ({', '.join(near)}): the sign is the rule's own, its size and what becomes of it in a place "
            "are not."]


def verdict_table(shown: Sequence[tuple[Claim, Row]]) -> str:
    """Claims with their verdicts, a line each, as Markdown."""
    head = ("claim", "", "verdict", "effect, 95% interval", "smallest of interest", "sign as expected", "why")
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *(_line(claim, row) for claim, row in shown)])


def _line(claim: Claim, row: Row) -> str:
    mark = f" Near to true by construction: `{by_construction(claim)}`." if by_construction(claim) else ""
    if math.isnan(float(row.get("effect", math.nan))):
        return f"| {claim.id} | {_cell(claim.says)} | {row['verdict']} |  |  |  | {_cell(str(row['why']))} |"
    expected = {"+": "above 0", "-": "below 0", "0": "nothing"}[str(row["sign"])]
    size = f"{signed(float(row['effect']))} ({signed(float(row['low']))} to {signed(float(row['high']))}), {expected} expected"
    return (f"| {claim.id} | {_cell(claim.says)} | {row['verdict']} | {row['measure']}: {size} | {float(row['smallest']):g} "
            f"| {_signs(row)} | {_cell(str(row['why']))}{mark} |")


def _signs(row: Row) -> str:
    """How often the sign is as expected; a spread is a number of all runs together and has none."""
    if row["design"] == Design.SPREAD.value:
        return ""
    return f"{float(row['sign_holds']):.0%}, other way {float(row['sign_turned']):.0%}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")
