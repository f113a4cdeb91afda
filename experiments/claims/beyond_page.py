"""The page of what is asked beyond the verdicts, drawn from its tables alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.claims import direct_page, survival_page
from experiments.claims.beyond import PARTS, verdicts_in
from experiments.claims.claim import Claim, Source
from experiments.claims.ledger import claims_of
from experiments.claims.mechanisms import OFF, mechanisms_told, summary
from experiments.claims.null_model import MODELS, null_told
from experiments.claims.reversals import searched_told, told
from experiments.claims.tables import read_part, table_of
from experiments.claims.verdict import Verdict, signed
from experiments.claims.verdict_page import by_construction
from incentive_abm import EXPLORATION

if TYPE_CHECKING:
    import pandas as pd


Tables = Mapping[str, "pd.DataFrame"]
"""The tables that are there, by part."""


def beyond_page(documents: Path, sources: Sequence[Source], command: str) -> str:
    """The page as Markdown, from the tables that stand in a folder of documents."""
    claims = claims_of(sources)
    parts = ["# Beyond the verdicts", f"{EXPLORATION} What each part is, was written before it was run: "
             "[protocol](claims-protocol.md#beyond-the-verdict). "
             f"Made by `{command} --part NAME`, NAME being {', '.join(PARTS)}; each part has its table beside this page.",
             *_constructed(claims, verdicts_in(documents))]
    drawn = {"direct": _direct, "null": _null, "mechanisms": _mechanisms, "survival": _survival, "reversals": _reversals}
    tables = {part: read_part(part, documents) for part in drawn if table_of(part, documents).exists()}
    for part in tables:
        parts += drawn[part](tables, verdicts_in(documents))
    return "\n\n".join(parts) + "\n"


def _constructed(claims: Sequence[Claim], verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """What is true by construction, in plain words."""
    near = [claim for claim in claims if by_construction(claim)]
    supported = [claim for claim in near if verdicts[claim.id] is Verdict.SUPPORTED]
    yield "## Near to true by construction"
    yield (f"{len(near)} of {len(claims)} claims are tested by one setting that is handed to one rule. Their sign on one tie is "
           "the rule's own; no run could show otherwise, and a supported verdict on them is no evidence that it is right: "
           f"{len(supported)} of them are supported. What the model adds is how much is left of it among many partners: for the "
           f"other {len(near) - len(supported)} too little, nothing sure, or something under a condition only.")
    yield _table(("claim", "", "rule", "verdict"),
                 ((claim.id, claim.says, f"`{by_construction(claim)}`", verdicts[claim.id].value) for claim in near))


def _direct(tables: Tables, verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    rows = tables["direct"]
    yield "## Through which rules"
    yield " ".join(direct_page.told(rows))
    yield _table(("claim", "verdict", "effect", "share through each rule by itself, 95% interval", "all shares"),
                 direct_page.lines(rows, verdicts))


def _null(tables: Tables, _: Mapping[str, Verdict]) -> Iterator[str]:
    rows = tables["null"]
    yield "## A model without trust, values and fallback"
    yield (f"{null_told(rows)} Bold: within its range. Trust has no switch: it begins at 0.95, the top of its range, with as "
           "much evidence as the table allows, which promises kept or broken hardly move.")
    names = [model.name for model in MODELS]
    shown = []
    for _name, group in rows.groupby("reading", sort=False):
        at, first = group.set_index("model"), group.iloc[0]
        high = "" if first["high"] == float("inf") else f" to {first['high']:g}"
        shown.append((str(first["pattern"]), f"{first['says']} ({first['use']})", f"{first['low']:g}{high or ' or more'}",
                      *(_met(at.loc[name]) for name in names)))
    yield _table(("pattern", "what is read", "range", *names), shown)


def _met(row: Any) -> str:
    value = f"{float(row['value']):.3g}"
    return f"**{value}**" if row["met"] else value


def _mechanisms(tables: Tables, _: Mapping[str, Verdict]) -> Iterator[str]:
    rows = tables["mechanisms"]
    table = summary(rows)
    yield "## Each mechanism taken away"
    yield (f"{len(table)} of {len(OFF)} mechanisms that have a switch, each switched off by itself, over "
           f"{int(rows['backgrounds'].max())} backgrounds a claim; {mechanisms_told(table)} A verdict is lost without a "
           "mechanism where its effect is then for sure too small to matter, or on the other side; where there was none of "
           "interest, when there then is. Firm verdicts that are neither lost nor surely the same are open: so few backgrounds "
           "do not tell.")
    yield _table(("mechanism", "off", "firm verdicts tried", "lost without it", "open", "effects moved for sure"),
                 ((row["mechanism"], f"`{row['off']}`", row["firm"], _listed(row["lost"], row["which"]), row["open"],
                   _listed(row["effects_moved"], row["moved"])) for _, row in table.iterrows()))


def _listed(count: Any, which: Any) -> str:
    return f"{int(count)}: {which}" if int(count) else "none"


def _survival(tables: Tables, _: Mapping[str, Verdict]) -> Iterator[str]:
    rows = tables["survival"]
    yield "## Which verdicts survive"
    yield (f"{survival_page.told(rows)} An effect of another size is no loss: a verdict survives while its side of nothing is "
           "sure, and is lost where the effect is for sure too small to matter, or on the other side. Under rivals and after the "
           "data the ledger's own effect is carried over, so they are told more finely than single places are.")
    yield _table(("condition", "verdicts tried", "survive", "open", "too small for sure", "turned for sure"),
                 survival_page.by_condition(rows))
    yield _table(("claim", "verdict", "rival rules", "places", "after the data", "nearest reversal, in ranges"),
                 survival_page.by_claim(rows, _nearest(tables.get("reversals"))))


def _nearest(rows: pd.DataFrame | None) -> dict[str, str]:
    """How far the nearest reversal of each claim lies that was searched."""
    if rows is None:
        return {}
    turned = rows[rows["question"] == "turned"]
    return {claim: f"{far:.2f}" if found else "none found"
            for claim, found, far in zip(turned["claim"], turned["found"], turned["distance"], strict=True)}


def _reversals(tables: Tables, _: Mapping[str, Verdict]) -> Iterator[str]:
    rows = tables["reversals"]
    turned = rows[rows["question"] == "turned"]
    yield "## What would turn it round"
    yield searched_told(rows)
    named = [dict(zip(turned.columns, row, strict=True)) for row in turned.to_numpy(object)]
    yield _table(("claim", "verdict", "effect today", "effect there", "what would turn it round"),
                 ((row["claim"], row["verdict"], signed(float(row["today"])), _there(row) if row["found"] else "", told(row))
                  for row in named))


def _there(row: Any) -> str:
    return f"{signed(float(row['effect']))} ({signed(float(row['low']))} to {signed(float(row['high']))})"


def _table(head: Sequence[str], rows: Any) -> str:
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in rows)])


