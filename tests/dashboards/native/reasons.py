"""Why it stalls: what weighs against going further in one quarter, in sentences that each name the log's rows they rest on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from dashboards.english import text
from dashboards.questions import DIGITS, UNSHOWN
from incentive_abm.compiling.build import build
from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Blocker
from incentive_abm.log.declared import COLUMNS as LOGGED
from incentive_abm.log.declared import INTEGERS, MEASURED, NOBODY, WHOLE, WORDS, Log
from incentive_abm.log.reasons import COLUMNS, FIRST_ROW, SHOWN, tell_why
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.results.log_gathering import gather
from incentive_abm.results.stories import Sentence, sentence_of

from .quantities import quarter_said, share


def why(place: Place, recorded: Recorded, quarter: int) -> dict[str, Any]:
    """What weighs against going further at the end of a quarter (counted from 1), the weightiest first; it holds at that moment.

    A reason has the measure it is ordered by and sentences; a sentence has the log's rows, by position and column.
    """
    if recorded.measures is None or recorded.ties is None:
        raise ValueError("reasons need a run recorded with events")
    log, row = gather(place, recorded), recorded.measures[0, quarter - 1]
    whole, other = (np.array([getattr(log, name) for name in names]) for names in (WHOLE, MEASURED))
    found = np.empty((SHOWN, len(COLUMNS)))
    many = build()[tell_why](np.ascontiguousarray(recorded.ties[0, quarter - 1]), np.ascontiguousarray(row),
                             place.ties.spend.copy(), quarter, whole, other, found)
    moving = float(row[Measure.BLOCKER_NOTHING])
    return {
        "quarter": quarter, "moving": moving, "confirmed": float(row[Measure.BLOCKERS_CONFIRMED]),
        "summary": text("why.summary" if many else "why.summary_alone", when=quarter_said(quarter).lower(), share=share(moving)),
        "reasons": [_reason(place, log, each) for each in found[:many].tolist()],
    }


def _reason(place: Place, log: Log, found: list[float]) -> dict[str, Any]:
    blocker, weight, ties, stuck = Blocker(int(found[0])), found[1], int(found[2]), found[3] > 0
    rows = [int(row) for row in found[FIRST_ROW:] if row >= 0]
    told = [_stuck(log, row, place, blocker) if stuck and k == 0 else sentence_of(log, row, place) for k, row in enumerate(rows)]
    return {"blocker": blocker.code, "label": blocker.label, "share": weight, "ties": ties,
            "text": text("why.reason", share=share(weight), count=ties),
            "sentences": [_shown(log, sentence, place) for sentence in told]}


def _stuck(log: Log, k: int, place: Place, blocker: Blocker) -> Sentence:
    """A tie that stays where it is although its talks did not fail for this reason."""
    plain = sentence_of(log, k, place)
    one, other = sorted((int(log.partner[k]), int(log.other[k])))
    return replace(plain, text=text("why.stuck", a=place.labels[one], b=place.labels[other], scope=share(float(log.sharing[k])),
                                    obstacle=blocker.label))


def _shown(log: Log, sentence: Sentence, place: Place) -> dict[str, Any]:
    ends = [int(place.ties.a[sentence.tie]), int(place.ties.b[sentence.tie])] if sentence.tie != NOBODY else [sentence.partner]
    return {"when": quarter_said(sentence.quarter), "text": sentence.text, "partners": [i for i in ends if i != NOBODY],
            "rows": [{"row": row, "facts": facts(log, row, place)} for row in sentence.rows]}


def facts(log: Log, row: int, place: Place) -> dict[str, Any]:
    """The columns of one row of the whole log that say something, by name; partners by id."""
    k = int(np.flatnonzero(log.row == row)[0])
    found: dict[str, Any] = {"quarter": int(log.quarter[k]), "event": WORDS["what"][int(log.what[k])]}
    for name in LOGGED:
        if name in UNSHOWN:
            continue
        value = getattr(log, name)[k]
        if name in INTEGERS:
            if value != NOBODY:
                found[name] = _word(name, int(value), place)
        elif not np.isnan(value):
            found[name] = round(float(value), DIGITS)
    return found


def _word(name: str, value: int, place: Place) -> Any:
    if name in ("partner", "other"):
        return place.partners.ids[value]
    return WORDS[name][value] if name in WORDS else value
