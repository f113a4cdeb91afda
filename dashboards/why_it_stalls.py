"""Why it stalls: what holds the place back in one quarter, in sentences that each name the rows of the event log they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboards.english import text
from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Blocker
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.results.log import INTEGERS, NOBODY, Log, Outcome, What
from incentive_abm.results.log_gathering import gather
from incentive_abm.results.stories import Sentence, sentence_of
from incentive_abm.state.pictures import TIE_PICTURE

SHOWN = 5
LEAST_SHARE = 0.02
RECENT = 8
"""Quarters back within which a walk-out or a broken promise is told as part of a reason."""


def why(place: Place, recorded: Recorded, quarter: int) -> dict[str, Any]:
    """What holds the place back at the end of a quarter (counted from 1), the most weighty blocker first.

    A reason has the measure it is ordered by and sentences; a sentence has the log's rows, by position and column.
    """
    if recorded.measures is None or recorded.ties is None:
        raise ValueError("reasons need a run recorded with events")
    log = gather(place, recorded)
    row = recorded.measures[0, quarter - 1]
    held = recorded.ties[0, quarter - 1, :, TIE_PICTURE.index("blocker")]
    shares = {b: float(row[Measure.BLOCKER_NOTHING + b]) for b in Blocker}
    order = sorted((b for b in Blocker if b is not Blocker.NOTHING and shares[b] >= LEAST_SHARE), key=lambda b: -shares[b])
    return {
        "quarter": quarter, "moving": shares[Blocker.NOTHING], "confirmed": float(row[Measure.BLOCKERS_CONFIRMED]),
        "summary": text("why.summary", quarter=quarter, share=f"{shares[Blocker.NOTHING]:.0%}"),
        "reasons": [_reason(place, log, quarter, b, shares[b], np.flatnonzero(held == b)) for b in order[:SHOWN]],
    }


def _reason(place: Place, log: Log, quarter: int, blocker: Blocker, share: float, ties: NDArray[np.int64]) -> dict[str, Any]:
    heavy = ties[np.argsort(-place.weight[ties], kind="stable")]
    told = [_shown(log, sentence, place) for sentence in _sentences(place, log, quarter, blocker, heavy)]
    return {"blocker": blocker.code, "label": blocker.label, "share": share, "ties": int(ties.size),
            "text": text("why.reason", share=f"{share:.0%}", count=int(ties.size)), "sentences": told}


def _sentences(place: Place, log: Log, quarter: int, blocker: Blocker, ties: NDArray[np.int64]) -> Iterator[Sentence]:
    """The talks of the weightiest tie on which they failed for this reason, else of the weightiest; then, on the weightiest
    ties that have one, the latest offer refused and the latest walk-out for it, and for trust a broken promise."""
    past = log.only((log.quarter <= quarter) & np.isin(log.tie, ties))
    talks = (past.what == What.TALK) & (past.quarter == quarter)
    failed = _latest(past, talks & (past.reason == blocker), ties)
    if failed is None:
        failed = _latest(past, talks & (past.outcome != Outcome.VETOED), ties)
    heaviest = int(np.flatnonzero(talks & (past.tie == ties[0]))[0])
    yield sentence_of(past, heaviest if failed is None else failed, place)
    for_this = (past.reason == blocker) | (blocker is Blocker.TIME)
    recent = past.quarter > quarter - RECENT
    refused = (past.what == What.OFFER) & (past.outcome == Outcome.REFUSED) & (past.worth_to_other < past.held_out_for)
    broken = (past.what == What.BROKEN_PROMISE) & recent & (blocker is Blocker.TRUST)
    for wanted in (refused & for_this, (past.what == What.WALK_OUT) & recent & for_this, broken):
        found = _latest(past, wanted, ties)
        if found is not None:
            yield sentence_of(past, found, place)


def _latest(log: Log, wanted: NDArray[np.bool_], ties: NDArray[np.int64]) -> int | None:
    """The last row wanted on the weightiest tie that has one."""
    rows = np.flatnonzero(wanted)
    if not rows.size:
        return None
    rank = {tie: k for k, tie in enumerate(ties.tolist())}
    return int(min(rows.tolist(), key=lambda k: (rank[int(log.tie[k])], -k)))


def _shown(log: Log, sentence: Sentence, place: Place) -> dict[str, Any]:
    ends = [int(place.ties.a[sentence.tie]), int(place.ties.b[sentence.tie])] if sentence.tie != NOBODY else [sentence.partner]
    return {"when": sentence.when, "text": sentence.text, "partners": [i for i in ends if i != NOBODY],
            "rows": [{"row": row, "facts": facts(log, row, place)} for row in sentence.rows]}


def facts(log: Log, row: int, place: Place) -> dict[str, Any]:
    """The columns of one row of the whole log that say something, by name; partners by id."""
    k = int(np.flatnonzero(log.row == row)[0])
    what = What(int(log.what[k]))
    found: dict[str, Any] = {"quarter": int(log.quarter[k]), "event": what.code}
    for name in log.__dataclass_fields__:
        if name in ("row", "run", "quarter", "what", "tie", "titles", "title"):
            continue
        value = getattr(log, name)[k]
        if name in INTEGERS:
            if value != NOBODY:
                found[name] = _word(name, int(value), place)
        elif not np.isnan(value):
            found[name] = round(float(value), 5)
    return found


def _word(name: str, value: int, place: Place) -> Any:
    if name in ("partner", "other"):
        return place.partners.ids[value]
    if name == "outcome":
        return Outcome(value).code
    return Blocker(value).code if name == "reason" else value
