"""The log of a run as columns: who offered what, who refused and why, who walked out, who came and who was bailed out.

A `Log` is plain arrays with indices into a place, so that sentences, tables and pages can all be made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from incentive_abm.kinds import Background, Blocker


class What(IntEnum):
    """What happened, in the order of a quarter's phases."""

    SCENARIO = 0
    REVERSAL = 1
    REORGANISATION = 2
    BAIL_OUT = 3
    NEW_LEADER = 4
    SHOCK = 5
    OFFER = 6
    WALK_OUT = 7
    COMPACT_ENDED = 8
    COMPACT_BEGUN = 9
    DEAL_ENDED = 10
    DEAL_BEGUN = 11
    BROKEN_PROMISE = 12
    TALK = 13

    @property
    def code(self) -> str:
        """The word in the table's column `event`."""
        return self.name.lower()

    @property
    def meaning(self) -> str:
        return (
            "a timed event of the scenario",
            "the policy of integration is reversed",
            "the place is reorganised from above",
            "a partner's deficit is met in part by the centre",
            "a partner gets a new leader",
            "a sudden other priority",
            "one side's offer to the other in a round of talks",
            "one side walks away, or both do",
            "a compact of more than two is over for all who were in it",
            "a compact of more than two begins",
            "a deal that was in force is no longer",
            "a deal comes into force",
            "a side does not keep its promise in a quarter in which something is shared",
            "how a tie's talks ended this quarter, and how the tie stands at the quarter's end",
        )[self]


class Outcome(IntEnum):
    """How an offer, a quarter's talks, a deal or a compact ended."""

    NONE = -1
    ACCEPTED = 0
    REFUSED = 1
    AGREED = 2
    NO_ZONE = 3
    OUT_OF_TIME = 4
    VETOED = 5
    NOT_AT_THE_TABLE = 6
    WALKED_OUT = 7
    BROKEN_OFF = 8
    GIVEN_UP = 9
    TOO_FEW = 10

    @property
    def code(self) -> str:
        """The word in the table's column `outcome`."""
        return self.name.lower()


NOBODY = -1
"""Stands for no partner, tie, reason, background or title."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Log:
    """k things that happened, by run, quarter (from 1), phase and tie; −1 and NaN stand for what does not apply.

    row: position in the whole log (int64). partner acts, other is acted on: indices into the place's partners; tie: index
    into its ties. outcome: `Outcome`; reason: `Blocker`; background: `Background`; title: index into `titles`.
    Numbers are float32[k]; what each means for which event stands in `run_columns.EVENT_COLUMNS`.
    """

    row: Ints
    run: Ints
    quarter: Ints
    what: Ints
    tie: Ints
    partner: Ints
    other: Ints
    round: Ints
    outcome: Ints
    reason: Ints
    background: Ints
    title: Ints
    quarters: Ints
    members: Ints
    money: Floats
    staff: Floats
    information: Floats
    payment: Floats
    worth: Floats
    worth_to_other: Floats
    held_out_for: Floats
    surplus: Floats
    trust: Floats
    trust_of_other: Floats
    sharing: Floats
    skill: Floats
    size: Floats
    pounds_m: Floats
    titles: tuple[str, ...]

    def __len__(self) -> int:
        return int(self.row.size)

    def only(self, chosen: NDArray[np.bool_] | Ints) -> Log:
        """The rows that a mask or indices choose; they keep their `row`."""
        return Log(**{name: getattr(self, name)[chosen] for name in COLUMNS}, titles=self.titles)

    def of(self, *kinds: What) -> Log:
        """The rows of these kinds."""
        return self.only(np.isin(self.what, kinds))


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Log) if field.name != "titles")
"""Names of a log's arrays."""
INTEGERS: tuple[str, ...] = COLUMNS[:COLUMNS.index("money")]
"""Those that hold whole numbers."""
WHOLE: tuple[str, ...] = INTEGERS[INTEGERS.index("quarter"):]
"""Whole numbers that the kernels list for one run, in order; `row` and `run` say where the run stands among others."""
MEASURED: tuple[str, ...] = COLUMNS[len(INTEGERS):]
"""The other numbers that the kernels list, in order."""
WORDS: dict[str, tuple[str, ...]] = {
    "what": tuple(what.code for what in What), "outcome": tuple(outcome.code for outcome in Outcome if outcome >= 0),
    "reason": tuple(blocker.code for blocker in Blocker), "background": tuple(each.name.lower() for each in Background)}
"""Columns that stand for words, and the word that each number from 0 on stands for."""
