"""claims.html: each text a column of its claims, with verdicts, a forest of effects, and one sentence of why for each."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from experiments.claims.claim import Claim, Design, Sign, Source, Trial
from experiments.claims.contrasts import PARTNERS
from experiments.claims.room_extras import NOTHING, Extra
from experiments.claims.verdict import Verdict
from experiments.claims.verdict_page import by_construction, rows_of
from incentive_abm import EXPLORATION
from incentive_abm.palette import BLUE, INK, LILAC, LINE, ORANGE, PALE_GREY, PAPER, SILVER, SOFT
from incentive_abm.parameters import PARAMETERS

if TYPE_CHECKING:
    import pandas as pd

TEMPLATES = Path(__file__).parent.parent / "templates"
WIDTH, MOST = 330.0, 8.0
"""Width of a bar's picture; the effect at its ends, in units of the smallest effect of interest."""
LOOKS: Mapping[Verdict, dict[str, str]] = {
    Verdict.SUPPORTED: {"back": BLUE, "text": PAPER, "edge": BLUE},
    Verdict.CONTRADICTED: {"back": ORANGE, "text": INK, "edge": ORANGE},
    Verdict.CONDITIONAL: {"back": LILAC, "text": INK, "edge": LILAC},
    Verdict.NO_EFFECT: {"back": SILVER, "text": INK, "edge": SILVER},
    Verdict.INCONCLUSIVE: {"back": PAPER, "text": INK, "edge": SOFT},
    Verdict.NOT_TESTED: {"back": PAPER, "text": SOFT, "edge": LINE},
}


@dataclass(frozen=True)
class Bar:
    """Where an effect and its interval stand in the picture; dot: None where it lies beyond; left, right: whether it goes on."""

    low: float
    high: float
    dot: float | None
    left: bool
    right: bool


def render(verdicts: pd.DataFrame, sources: Sequence[Source], beside: Mapping[str, Extra] = MappingProxyType({})) -> str:
    """The page as text; nothing on it is loaded from elsewhere. beside: by claim, what is told beside its verdict."""
    import jinja2

    rows = rows_of(verdicts)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
                                     trim_blocks=True, lstrip_blocks=True)
    count = {verdict.value: sum(row["verdict"] == verdict.value for row in rows.values()) for verdict in Verdict}
    columns = [{"id": source.id, "title": source.title, "by": source.by,
                "claims": [_claim(claim, rows[claim.id], beside.get(claim.id, NOTHING)) for claim in source.claims
                           if claim.id in rows]} for source in sources]
    tested = verdicts[verdicts["effect"].notna()] if "effect" in verdicts else verdicts.iloc[:0]
    return environment.get_template("claims.html").render(
        total=len(rows), exploration=EXPLORATION, heading=f"{_counted(len(rows), 'claim')}, put to the model",
        about=_about(tested), counts=[(name, number) for name, number in count.items() if number],
        sources=[column for column in columns if column["claims"]],
        looks={verdict.value: look for verdict, look in LOOKS.items()}, key=_key(), most=f"{MOST:g}", made=_made(tested),
        ink=INK, soft=SOFT, line=LINE, blue=BLUE, band=PALE_GREY)  # fmt: skip


def bar_of(row: Mapping[str, Any]) -> Bar | None:
    """The bar of a row of the table of verdicts, turned so that what the text expects lies to the right."""
    if math.isnan(float(row.get("low", math.nan))):
        return None
    turn = Sign(str(row["sign"])).factor / float(row["smallest"])
    low, high = sorted((turn * float(row["low"]), turn * float(row["high"])))
    dot = turn * float(row["effect"])
    return Bar(_across(low), _across(high), _across(dot) if abs(dot) <= MOST else None, low < -MOST, high > MOST)


def _across(value: float) -> float:
    return round(WIDTH * (min(max(value, -MOST), MOST) + MOST) / (2.0 * MOST), 1)


def _key() -> dict[str, float]:
    return {"zero": _across(0.0), "band_left": _across(-1.0), "band_width": round(_across(1.0) - _across(-1.0), 1)}


def _about(tested: pd.DataFrame) -> str:
    if tested.empty:
        return "None of these can be tested in the model."
    first = tested.iloc[0]
    rules = f" with {first['rules']} in the place of the shipped rules," if "rules" in tested else ""
    return (f"Each claim was tried{rules} in {int(tested['backgrounds'].max()):,} settings of everything else, on "
            f"{_counted(int(first['places']), 'place')}, with and without what it names under the same luck. The rule that gives "
            "the verdict was written before the first run. A verdict says what this model does, not what a real place would do.")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _made(tested: pd.DataFrame) -> str:
    if tested.empty:
        return ""
    first = tested.iloc[0]
    return (f"{int(tested['runs'].sum()):,} runs, {int(tested['runs_failed'].sum()):,} of them failed; version "
            f"{first['version']}, source {first['source']}. Intervals are over {first['interval_over']} and not corrected; "
            f"verdicts are, by Holm's method, over {_counted(len(tested), 'claim')}.")


def _claim(claim: Claim, row: Mapping[str, Any], beside: Extra) -> dict[str, Any]:
    why = in_words(str(row["why"]), str(row.get("where", "")))
    return {"id": claim.id, "says": claim.says, "verdict": row["verdict"], "why": why, "bar": bar_of(row),
            "measure": claim.trial.outcome.value.replace("_", " ").capitalize() if claim.trial else "",
            "told": why, "near": by_construction(claim), "beside": beside,
            "contrary": claim.trial.contrary if claim.trial else "",
            "more": _more(claim, claim.trial, row) if claim.trial else []}  # fmt: skip


def in_words(why: str, where: str) -> str:
    """A sentence with the settings of its conditions called as people call them."""
    def label(found: re.Match[str]) -> str:
        return f"“{PARAMETERS[found[0]].label}”" if found[0] in PARAMETERS else found[0]

    named = re.sub(r"[a-z_]+", label, where).replace(PARTNERS, "the number of partners")
    return why.replace(where, named) if where else why


def _more(claim: Claim, trial: Trial, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    expected = {Sign.UP: "above nothing", Sign.DOWN: "below nothing", Sign.NOTHING: "nothing"}[trial.sign]
    told = [
        ("design", trial.design.value + (f", {trial.shape.name.lower().replace('_', ' ')}" if trial.shape else "")),
        ("moved", _moved(trial)),
        ("measure", f"{trial.outcome.measured.meaning}; of interest from {trial.smallest:g} {trial.outcome.measured.unit}"),
        ("expected", f"{claim.expected} (tested: {expected})"),
        ("signs", "" if trial.design is Design.SPREAD else
         f"as expected in {float(row['sign_holds']):.0%} of backgrounds, other way in {float(row['sign_turned']):.0%}"),
        ("could fail", trial.fails),
        ("left out", trial.left_out),
        ("through rules", ", ".join(trial.rules)),
    ]
    return [(name, text) for name, text in told if text]


def _moved(trial: Trial) -> str:
    """What differs between arms in plain words, from its first value to its last."""
    if trial.design is Design.SPREAD:
        return "nothing"
    last = dict(trial.arms[-1].settings)
    return "; ".join(f"{PARAMETERS[name].label} {PARAMETERS[name].show(value)} → {PARAMETERS[name].show(last[name])}"
                     for name, value in trial.arms[0].settings)
