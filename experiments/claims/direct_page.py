"""Through which rules effects go, in words and a table, drawn from the table of direct shares alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.claims.direct import REST
from experiments.claims.verdict import Verdict, signed

if TYPE_CHECKING:
    import pandas as pd

ENOUGH = 0.9
"""A rule whose whole interval lies above this makes the effect by itself."""
SHOWN = 3
"""Parts of a claim that stand on the page for a room, the largest."""
ROUNDING = 1e-9
"""What is never larger is nothing: settings practised in part are worked out anew, to within rounding."""


@dataclass(frozen=True)
class Part:
    """What goes through one rule, or the rest; what: what the rest is known to be."""

    through: str
    what: str
    share: float
    low: float
    high: float

    @property
    def enough(self) -> bool:
        """Whether it makes the effect by itself."""
        return self.low > ENOUGH

    @property
    def told(self) -> str:
        """Its name, as plain text."""
        return f"{REST} ({self.what})" if self.what else self.through


@dataclass(frozen=True)
class TakenApart:
    """A claim's effect and its parts, the largest first; a rest that is nothing in every background is none of them."""

    effect: float
    parts: tuple[Part, ...]

    @property
    def one_rule(self) -> bool:
        """Whether all of it was found to go through one rule."""
        return len(self.parts) == 1

    @property
    def as_one_rule(self) -> Part | None:
        """Of several parts the one that makes the effect by itself."""
        return next((part for part in self.parts if part.enough), None) if not self.one_rule else None

    @property
    def together(self) -> float:
        """The sum of all shares."""
        return sum(part.share for part in self.parts)


def taken_apart(rows: pd.DataFrame) -> dict[str, TakenApart]:
    """By claim, in the order of the table."""
    found: dict[str, list[Part]] = {}
    effects: dict[str, float] = {}
    for row in rows.to_dict("records"):
        if not _text(row["through"]):
            continue
        effects[str(row["claim"])] = float(row["effect"])
        parts = found.setdefault(str(row["claim"]), [])
        if row["through"] != REST or float(row["largest"]) > ROUNDING:
            parts.append(Part(str(row["through"]), _text(row["what"]), *(float(row[name]) for name in ("share", "low", "high"))))
    return {claim: TakenApart(effects[claim], tuple(sorted(parts, key=lambda part: -part.share)))
            for claim, parts in found.items()}


def left_out(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Claims that were not taken apart, by why."""
    why: dict[str, list[str]] = {}
    for claim, reason in zip(rows["claim"], rows["why_not"], strict=True):
        if _text(reason):
            why.setdefault(reason, []).append(str(claim))
    return why


def told(rows: pd.DataFrame) -> Iterator[str]:
    """The answer in sentences."""
    found = taken_apart(rows)
    single = [claim for claim, each in found.items() if each.one_rule]
    backgrounds = int(rows["backgrounds"].max())
    yield (f"The effects of {len(found)} claims were taken apart, over {backgrounds} backgrounds each: one rule alone sees the "
           "high value, all else of the model the low one.")
    yield f"For {len(single)} of them everything goes through one rule, in every background."
    yield in_findings(rows)
    yield ("Shares need not add up to 100%: rules can stand in for each other, or need each other; a share below nothing works "
           "against the effect.")
    yield f"Not taken apart: {'; '.join(f'{why}: ' + ' '.join(claims) for why, claims in left_out(rows).items())}."


def in_findings(rows: pd.DataFrame) -> str:
    """Which effects of several rules are as good as one rule's."""
    several = {claim: each for claim, each in taken_apart(rows).items() if not each.one_rule}
    near = {claim: each.as_one_rule for claim, each in several.items() if each.as_one_rule}
    which = ", ".join(f"{claim} (`{part.told}`)" for claim, part in near.items() if part)
    are = "is" if len(near) == 1 else "are"
    return (f"Of the {len(several)} whose settings go to two rules or more, {len(near)} {are} as good as one rule's: one by "
            f"itself makes more than nine tenths{': ' if which else ''}{which}.")


def lines(rows: pd.DataFrame, verdicts: Mapping[str, Verdict]) -> Iterator[tuple[str, ...]]:
    """A line a claim: verdict, effect, and the share through each rule."""
    for claim, each in taken_apart(rows).items():
        shares = "; ".join(f"`{part.told}` {_percent(part.share)} ({_percent(part.low)} to {_percent(part.high)})"
                           for part in each.parts)
        alone = f"`{each.parts[0].told}` all" if each.one_rule else ""
        yield claim, verdicts[claim].value, signed(each.effect), alone or shares, "" if alone else _percent(each.together)


def in_short(each: TakenApart) -> str:
    """Through which rules one claim's effect goes, for a page of its own."""
    if each.one_rule:
        return f"{each.parts[0].told} alone"
    more = len(each.parts) - SHOWN
    first = ", ".join(f"{part.told} {_percent(part.share)}" for part in each.parts[:SHOWN])
    return f"{first}; and {more} more" if more > 0 else first


def _text(cell: object) -> str:
    """A cell of text, "" where it is empty."""
    return cell if isinstance(cell, str) else ""


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("-0%", "0%").replace("-", "−")
