"""One rule made to see another value of a setting, while all else of the model sees the value that is set."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from experiments.claims.claim import Trial
from experiments.claims.conditions import Condition
from experiments.claims.entering import uses
from incentive_abm.compiling.build import rules_below
from incentive_abm.files import write_text_whole
from incentive_abm.parameters import default
from incentive_abm.parameters.coupling import PRACTISED
from incentive_abm.rivals.catalogue import shipped_rules, why_not


@dataclass(frozen=True)
class Move:
    """A setting and the two values that a claim compares."""

    setting: str
    low: float
    high: float

    @property
    def back(self) -> Move:
        """The other way round."""
        return Move(self.setting, self.high, self.low)

    @property
    def can_be_seen(self) -> bool:
        """Whether what a partner practises with the low value tells what it would practise with the high one: nothing does
        where the low one is today's."""
        return self.setting not in PRACTISED or self.low != default(self.setting)

    def __str__(self) -> str:
        return f"{self.setting} {self.low:g} → {self.high:g}"


Handed = Mapping[str, tuple[Move, ...]]
"""By rule, the moves of a claim that it is handed."""


def moves(trial: Trial) -> tuple[Move, ...]:
    """The first settings of a claim of one contrast or of a product, each with both values."""
    low, high = trial.arms[0], trial.arms[1]
    return tuple(Move(name, one, other) for (name, one), (_, other) in zip(low.settings, high.settings, strict=True)
                 if one != other)


def handed(of: Sequence[Move]) -> Handed:
    """The rules that any of these settings is handed to, each with those that it is."""
    by_name = {move.setting: move for move in of}
    found: dict[str, dict[Move, None]] = {}
    for use in uses():
        if use.setting in by_name:
            found.setdefault(use.rule, {})[by_name[use.setting]] = None
    return {rule: tuple(found[rule]) for rule in sorted(found)}


def replaceable(of: Handed) -> Handed:
    """Those that can be made to see the high values by themselves: handed each setting as it stands, as one argument, and not
    handed it by another of the rules, too."""
    shipped = shipped_rules()
    within = {below for rule in of for below in rules_below(shipped[rule]) - {rule}}
    return {rule: own for rule, own in of.items() if rule not in within and not why_not(rule)
            and all(move.can_be_seen and _argument(rule, move.setting) for move in own)}


def seeing(of: Handed, folder: Path) -> Condition:
    """The model with these rules made to see the other values; their files are written into a folder."""
    choices = []
    for rule, own in of.items():
        text = text_of(rule, own)
        name = rule.rpartition(".")[2]
        path = folder / f"{name}-{sha256(text.encode()).hexdigest()[:12]}.py"
        if not path.exists():
            write_text_whole(path, text)
        choices.append(f"{rule}={path.absolute()}:{name}")
    return Condition("; ".join(f"{rule} sees {', '.join(map(str, own))}" for rule, own in of.items()), rules=tuple(choices))


def text_of(rule: str, own: Sequence[Move]) -> str:
    """A file with a rule that calls the shipped one with the high values wherever it is handed the low ones."""
    theme, _, name = rule.rpartition(".")
    arguments = ", ".join(inspect.signature(shipped_rules()[rule]).parameters)
    lines = [f"from incentive_abm.rules.{theme} import {name} as shipped", "", "", f"def {name}({arguments}):"]
    for move in own:
        argument = _argument(rule, move.setting)
        lines.append(f"    {argument} = {move.high!r} if {argument} == {move.low!r} else {_otherwise(move, argument)}")
    return "\n".join([*lines, f"    return shipped({arguments})"]) + "\n"


def _argument(rule: str, setting: str) -> str:
    """The name of the one argument as which a rule is handed a setting, as it stands; "" where there is no such argument."""
    (name, bare), *more = {(use.argument, use.bare) for use in uses() if use.rule == rule and use.setting == setting}
    return name if bare and not more else ""


def _otherwise(move: Move, argument: str) -> str:
    """What is seen of any other value: itself; or, of a setting that is practised in part (rule U4), today's and as large a
    part of the way from there."""
    if move.setting not in PRACTISED:
        return argument
    today = default(move.setting)
    ends = sorted((today, move.high))
    way = (move.high - today) / (move.low - today)
    return f"min(max({today!r} + ({argument} - {today!r}) * {way!r}, {ends[0]!r}), {ends[1]!r})"
