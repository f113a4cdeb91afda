"""What the model says of findings of published works, as a page of a document drawn from their verdicts and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.claims.claim import Claim, Source
from experiments.claims.verdict import Row, Verdict
from experiments.claims.verdict_page import made, rows_of, verdict_table
from incentive_abm import EXPLORATION

if TYPE_CHECKING:
    import pandas as pd

DOI, NUMBERS = "doi:", "claims-published.csv"
HEADINGS = {
    Verdict.SUPPORTED: "Where this model finds the same",
    Verdict.CONDITIONAL: "Where it finds the same in some settings alone",
    Verdict.CONTRADICTED: "Where it finds the opposite",
    Verdict.NO_EFFECT: "Where it finds too little to matter",
    Verdict.INCONCLUSIVE: "Where it cannot tell",
    Verdict.NOT_TESTED: "What cannot be asked of it",
}
"""By verdict, in the order of the page."""


def published_page(verdicts: pd.DataFrame, sources: Sequence[Source], command: str) -> str:
    """The page as Markdown; `verdicts` is the table as it was written."""
    rows = rows_of(verdicts)
    claims = [(source, claim) for source in sources for claim in source.claims if claim.id in rows]
    parts = ["# Findings of published models, put to this one",
             f"{EXPLORATION} {made(verdicts, command, NUMBERS)} Findings are taken from the abstracts; what stands for each "
             "was written before the first run, and is our reading, not the authors'.", counted(claims, rows)]
    for verdict, heading in HEADINGS.items():
        shown = [(source, claim) for source, claim in claims if rows[claim.id]["verdict"] == verdict.value]
        if shown:
            told = ("\n".join(_told(source, claim, rows[claim.id], verdict)) for source, claim in shown)
            parts += [f"## {heading}", *told]
    parts += ["## The numbers", verdict_table([(claim, rows[claim.id]) for _, claim in claims]), "## The works",
              "\n".join(f"- `{source.id}`: {_by(source)}. {source.title}." for source in sources)]
    return "\n\n".join(parts) + "\n"


def counted(claims: Sequence[tuple[Source, Claim]], rows: dict[str, Row]) -> str:
    """How many findings came out how."""
    count = {verdict: sum(rows[claim.id]["verdict"] == verdict.value for _, claim in claims) for verdict in HEADINGS}
    told = "; ".join(f"{heading[0].lower()}{heading[1:]}: {count[verdict]}" for verdict, heading in HEADINGS.items()
                     if count[verdict])
    return f"Of {len(claims)} findings of {len({source.id for source, _ in claims})} works: {told}."


def _by(source: Source) -> str:
    """Authors and year, the identifier as a link."""
    authors, stated, identifier = source.by.partition(DOI)
    return f"{authors.rstrip(', ')} ([{DOI}{identifier}](https://doi.org/{identifier}))" if stated else source.by


def _told(source: Source, claim: Claim, row: Row, verdict: Verdict) -> list[str]:
    """One finding: what it is, what stands for it, what came of it, and what could be behind a difference."""
    lines = [f"**{claim.says}** ({_by(source)}; `{claim.id}`).", "",
             f"- Stands for it: {claim.stands_for}; expected: {claim.expected}."]
    if claim.trial is None:
        return [*lines, f"- {claim.why_not}"]
    lines.append(f"- `{claim.trial.outcome.value}`, {claim.trial.outcome.measured.meaning}: {row['why']}")
    if verdict is not Verdict.SUPPORTED:
        lines.append(f"- What could be behind it, written before the runs and not tried: {claim.trial.fails}")
    if claim.trial.left_out:
        lines.append(f"- Left out: {claim.trial.left_out}.")
    if claim.trial.contrary:
        lines.append(f"- Contrary: {claim.trial.contrary}")
    return lines
