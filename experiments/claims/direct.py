"""Through which rules an effect goes: the share that is left where one rule alone sees what the claim moves.

docs/claims-protocol.md states the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.claims.claim import Claim, Design, Trial
from experiments.claims.claim_study import Backgrounds
from experiments.claims.conditions import WHOLE, Condition, Heard, Judged
from experiments.claims.entering import rules_of
from experiments.claims.evidence import CONFIDENCE, Estimate, estimate
from experiments.claims.one_rule import Handed, Move, handed, moves, replaceable, seeing
from experiments.claims.verdict import SURE, Row
from incentive_abm import __version__
from incentive_abm.compiling import source_hash

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
REST = "the rest"
DRAWS, SEED = 10_000, 1
LEFT_OUT = {Design.SURFACE: "a curve", Design.SPREAD: "a spread over runs", Design.NONE: "cannot be tested"}
COUNTS = ("places", "backgrounds", "seed")
COLUMNS = ("claim", "moved", "effect", "p", "through", "what", "share", "low", "high", "left", "largest", *COUNTS, "version",
           "source", "sweep", "why_not")
NOT_SURE = "the whole contrast does not differ from nothing"


@dataclass(frozen=True)
class Share:
    """The ratio of a part to the whole, with its interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Asked:
    """A claim whose effect is taken apart. among: all rules that its first settings are handed to; alone: those that can be
    made to see the high values by themselves."""

    claim: Claim
    trial: Trial
    moves: tuple[Move, ...]
    among: Handed
    alone: Handed

    @classmethod
    def of(cls, claim: Claim) -> Asked | str:
        """What is asked of a claim, or why nothing is."""
        if claim.trial is None or claim.design in LEFT_OUT:
            return LEFT_OUT[claim.design]
        moved = moves(claim.trial)
        among = handed(moved)
        alone = replaceable(among)
        if not alone:
            return "no rule can be made to see what it moves" if among else "no rule is handed what it moves"
        return cls(claim, claim.trial, moved, among, alone)

    def half(self, high: bool) -> Claim:
        """The claim with those of its arms alone in which the first settings are high, or low."""
        return replace(self.claim, trial=replace(self.trial, arms=self.trial.arms[int(high)::2]))

    @property
    def one_rule(self) -> bool:
        """Whether one rule, as far as is known, is handed all that it moves."""
        return len(self.alone) == 1 and not self.others

    @property
    def others(self) -> str:
        """What else is handed or reads its first settings; "" where nothing is known to."""
        kernels = [f"{move.setting} as a kernel reads it" for move in self.moves if not rules_of()[move.setting]]
        return "; ".join([*(_function(rule) for rule in self.among if rule not in self.alone), *kernels])


class Parts:
    """Claims' arms on one set of backgrounds, with any rules made to see other values; what was played is kept."""

    def __init__(self, every: Sequence[Asked], backgrounds: Backgrounds, keep: Path, heard: Heard) -> None:
        self.every, self.heard, self.rules = every, heard, keep / "rules"
        self._low, self._high = (Judged([asked.half(high) for asked in every], backgrounds, keep, heard)
                                 for high in (False, True))

    def whole(self, asked: Asked) -> pd.DataFrame:
        """A row a background: the weighed arms with low and with high values, and their sum, the claim's contrast."""
        low, high = (self._of(high).contrasts(asked.half(high), WHOLE) for high in (False, True))
        both = low[["background", "place", "contrast"]].merge(high[["background", "contrast"]], on="background",
                                                              suffixes=("_low", "_high"), validate="one_to_one")
        return both.assign(contrast=both["contrast_low"] + both["contrast_high"])

    def left(self, asked: Asked, rule: str) -> pd.DataFrame:
        """The same with the contrast that is left where one rule alone sees the high values; where `REST`, all but the rules
        that can be made to, or what is missing where the one rule of a claim alone sees them."""
        if rule == REST and asked.one_rule:
            whole = self.left(asked, next(iter(asked.alone)))
            return whole.assign(left=whole["contrast"] - whole["left"])
        high = rule == REST
        condition = self._rest(asked) if high else self._alone(asked, rule)
        seen = self._of(high).contrasts(asked.half(high), condition)[["background", "contrast"]]
        both = self.whole(asked).merge(seen.rename(columns={"contrast": "seen"}), on="background", validate="one_to_one")
        return both.assign(left=both["contrast_low"] + both["seen"] * (1.0 if high else -1.0))

    def play(self, every: Sequence[Asked]) -> None:
        """Play what has not been played, the claims of a condition together; each set of rules is compiled once."""
        asked: dict[tuple[bool, str], tuple[Condition, list[Claim]]] = {}
        for each in every:
            conditions = [(False, self._alone(each, rule)) for rule in each.alone]
            for high, condition in conditions if each.one_rule else [*conditions, (True, self._rest(each))]:
                asked.setdefault((high, condition.name), (condition, []))[1].append(each.half(high))
        for number, ((high, name), (condition, claims)) in enumerate(asked.items(), 1):
            self._of(high).play(claims, condition)
            self.heard(f"{number} of {len(asked)}: {name}: {', '.join(claim.id for claim in claims)}")

    def play_whole(self) -> None:
        """Play the claims as they are."""
        for high in (False, True):
            self._of(high).play([asked.half(high) for asked in self.every], WHOLE)

    def bookkeeping(self, asked: Asked) -> Row:
        """What decides the numbers of a claim."""
        plans = [self._of(high).plan(asked.half(high)) for high in (False, True)]
        return {"seed": plans[0].study.seed, "version": __version__, "source": source_hash(), "sweep": plans[0].context.key}

    def _of(self, high: bool) -> Judged:
        return self._high if high else self._low

    def _alone(self, asked: Asked, rule: str) -> Condition:
        return seeing({rule: asked.alone[rule]}, self.rules)

    def _rest(self, asked: Asked) -> Condition:
        return seeing({rule: tuple(move.back for move in own) for rule, own in asked.alone.items()}, self.rules)


def direct_rows(claims: Sequence[Claim], backgrounds: Backgrounds, keep: Path, heard: Heard) -> list[Row]:
    """A row for each claim and rule, and for the rest; one that says why for a claim that is left out."""
    found = {claim.id: Asked.of(claim) for claim in claims}
    parts = Parts([asked for asked in found.values() if isinstance(asked, Asked)], backgrounds, keep, heard)
    parts.play_whole()
    heard(f"{len(parts.every)} claims as they are")
    whole = {asked.claim.id: _effect(parts.whole(asked)) for asked in parts.every}
    sure = [asked for asked in parts.every if whole[asked.claim.id].differs <= SURE]
    parts.play(sure)
    rows: list[Row] = []
    for claim, asked in found.items():
        if isinstance(asked, str):
            rows.append({"claim": claim, "why_not": asked})
        elif asked not in sure:
            rows.append({"claim": claim, "moved": _moved(asked), "effect": whole[claim].mean, "p": whole[claim].differs,
                         "why_not": NOT_SURE})
        else:
            rows += _rows(asked, parts, whole[claim])
    return rows


def _rows(asked: Asked, parts: Parts, effect: Estimate) -> Iterator[Row]:
    for rule in (*asked.alone, REST):
        table = parts.left(asked, rule)
        by_place = table.groupby("place")[["left", "contrast"]].mean()
        found = share(by_place["left"].to_numpy(np.float64), by_place["contrast"].to_numpy(np.float64))
        yield {
            "claim": asked.claim.id, "moved": _moved(asked), "effect": effect.mean, "p": effect.differs,
            "through": rule if rule == REST else _function(rule), "what": asked.others if rule == REST else "",
            "share": found.mean, "low": found.low, "high": found.high, "left": float(by_place["left"].mean()),
            "largest": float(table["left"].abs().max()), "places": len(by_place), "backgrounds": len(table),
            **parts.bookkeeping(asked),
        }  # fmt: skip


def share(part: Floats, whole: Floats) -> Share:
    """From the means of places; the interval from places drawn anew, but for draws in which the whole is nothing."""
    drawn = np.random.default_rng(SEED).integers(0, len(whole), (DRAWS, len(whole)))
    parts, wholes = part[drawn].mean(axis=1), whole[drawn].mean(axis=1)
    ratios = parts[wholes != 0.0] / wholes[wholes != 0.0]
    low, high = np.quantile(ratios, [(1.0 - CONFIDENCE) / 2.0, (1.0 + CONFIDENCE) / 2.0])
    return Share(float(part.mean() / whole.mean()), float(low), float(high))


def _effect(table: pd.DataFrame) -> Estimate:
    return estimate(table["contrast"].to_numpy(np.float64), table["place"].to_numpy(object))


def _moved(asked: Asked) -> str:
    return ", ".join(map(str, asked.moves))


def _function(rule: str) -> str:
    return rule.rpartition(".")[2]
