"""Why it stalls: what weighs against going further in one quarter, in sentences that each name the log's rows they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboards.english import text
from dashboards.quantities import quarter_said, share
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
OFFERS_STOOD = (Outcome.NO_ZONE, Outcome.OUT_OF_TIME)
"""How talks end in which a refused offer was not mended by a later one."""


def why(place: Place, recorded: Recorded, quarter: int) -> dict[str, Any]:
    """What weighs against going further at the end of a quarter (counted from 1), the weightiest first; it holds at that moment.

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
        "summary": text("why.summary" if order else "why.summary_alone", when=quarter_said(quarter).lower(),
                        share=share(shares[Blocker.NOTHING])),
        "reasons": [_reason(place, log, quarter, b, shares[b], np.flatnonzero(held == b)) for b in order[:SHOWN]],
    }


def _reason(place: Place, log: Log, quarter: int, blocker: Blocker, weight: float, ties: NDArray[np.int64]) -> dict[str, Any]:
    heavy = ties[np.argsort(-place.weight[ties], kind="stable")]
    told = [_shown(log, sentence, place) for sentence in _sentences(place, log, quarter, blocker, heavy)]
    return {"blocker": blocker.code, "label": blocker.label, "share": weight, "ties": int(ties.size),
            "text": text("why.reason", share=share(weight), count=int(ties.size)), "sentences": told}


def _sentences(place: Place, log: Log, quarter: int, blocker: Blocker, ties: NDArray[np.int64]) -> Iterator[Sentence]:
    """What this quarter's talks came to on the weightiest tie on which they failed for this reason, else on the weightiest;
    then, on the weightiest tie that has one, an offer refused for it in talks that failed, a walk-out after which nothing was
    agreed again, and for trust a broken promise."""
    past = log.only((log.quarter <= quarter) & np.isin(log.tie, ties))
    now = past.quarter == quarter
    talks = (past.what == What.TALK) & now
    failed = _latest(past, talks & (past.reason == blocker), ties)
    yield _stuck(past, _latest(past, talks, ties[:1]), place, blocker) if failed is None else sentence_of(past, failed, place)
    for_this = (past.reason == blocker) | (blocker is Blocker.TIME)
    recent = past.quarter > quarter - RECENT
    in_vain = np.isin(past.tie, past.tie[talks & np.isin(past.outcome, OFFERS_STOOD)])
    refused = (past.what == What.OFFER) & (past.outcome == Outcome.REFUSED) & (past.worth_to_other < past.held_out_for)
    refused &= now & in_vain
    left = (past.what == What.WALK_OUT) & recent & (past.quarter > _last_begun(past))
    broken = (past.what == What.BROKEN_PROMISE) & recent & (blocker is Blocker.TRUST)
    for wanted in (refused & for_this, left & for_this, broken):
        found = _latest(past, wanted, ties)
        if found is not None:
            yield sentence_of(past, found, place)


def _last_begun(log: Log) -> NDArray[np.int64]:
    """For each row, the last quarter in which a deal began on its tie; 0 = never."""
    begun = log.what == What.DEAL_BEGUN
    last = np.zeros(int(log.tie.max(initial=0)) + 1, np.int64)
    np.maximum.at(last, log.tie[begun], log.quarter[begun])
    return np.asarray(last[log.tie])


def _stuck(log: Log, k: int | None, place: Place, blocker: Blocker) -> Sentence:
    """A tie that stays where it is although its talks did not fail for this reason."""
    if k is None:
        raise ValueError("each tie has a row for its talks in each quarter")
    plain = sentence_of(log, k, place)
    one, other = sorted((int(log.partner[k]), int(log.other[k])))
    return replace(plain, text=text("why.stuck", a=place.labels[one], b=place.labels[other], scope=share(float(log.sharing[k])),
                                    obstacle=blocker.label))


def _latest(log: Log, wanted: NDArray[np.bool_], ties: NDArray[np.int64]) -> int | None:
    """The last row wanted on the weightiest of these ties that has one."""
    rows = np.flatnonzero(wanted & np.isin(log.tie, ties))
    if not rows.size:
        return None
    rank = {tie: k for k, tie in enumerate(ties.tolist())}
    return int(min(rows.tolist(), key=lambda k: (rank[int(log.tie[k])], -k)))


def _shown(log: Log, sentence: Sentence, place: Place) -> dict[str, Any]:
    ends = [int(place.ties.a[sentence.tie]), int(place.ties.b[sentence.tie])] if sentence.tie != NOBODY else [sentence.partner]
    return {"when": quarter_said(sentence.quarter), "text": sentence.text, "partners": [i for i in ends if i != NOBODY],
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
