"""Why it stalls: what holds the place back in one quarter, told in sentences that each carry the numbers they rest on.

Every fact names where it stands in the event log: a quarter (counted from 1), a tie or partner, a field, its value.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Blocker, Talk
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.recording import OfferField, QuarterLog, tie_picture_names

SHOWN = 5
LEAST_SHARE = 0.02
COLUMNS = {name: i for i, name in enumerate(tie_picture_names())}


@dataclass(frozen=True)
class Fact:
    """One number of the event log that a sentence rests on; `tie` and `offer` are −1 where the fact is about the place."""

    quarter: int
    field: str
    value: float
    tie: int = -1
    offer: int = -1


@dataclass(frozen=True)
class Sentence:
    """One sentence, the facts it rests on, and what to point at in the picture (indices of partners)."""

    text: str
    facts: tuple[Fact, ...]
    partners: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One blocker: its name, its share of shared spend, and the sentences that show it at work."""

    blocker: str
    label: str
    share: float
    sentences: tuple[Sentence, ...]


def why(place: Place, recorded: Recorded, quarter: int) -> dict[str, Any]:
    """What holds the place back at the end of a quarter (counted from 1), the most weighty blocker first."""
    if recorded.measures is None or recorded.logs is None:
        raise ValueError("reasons need a run recorded with events")
    logs = recorded.logs[0]
    log, row = logs[quarter - 1], recorded.measures[0, quarter - 1]
    shares = {b: float(row[Measure.BLOCKER_NOTHING + b]) for b in Blocker}
    order = sorted((b for b in Blocker if b is not Blocker.NOTHING and shares[b] >= LEAST_SHARE), key=lambda b: -shares[b])
    reasons = [Reason(b.code, b.label, shares[b], _sentences(place, logs, log, quarter, b, shares[b])) for b in order[:SHOWN]]
    moving = shares[Blocker.NOTHING]
    summary = Sentence(
        f"In quarter {quarter}, {_percent(moving)} of what partners spend on the people they share was moving or already "
        f"integrated; the rest was held back.",
        (Fact(quarter, "blocker_nothing", moving),))
    confirmed = float(row[Measure.BLOCKERS_CONFIRMED])
    return {"quarter": quarter, "summary": asdict(summary), "reasons": [asdict(reason) for reason in reasons],
            "confirmed": confirmed}


def _sentences(place: Place, logs: tuple[QuarterLog, ...], log: QuarterLog, quarter: int, blocker: Blocker,
               share: float) -> tuple[Sentence, ...]:
    ties = np.flatnonzero(log.ties[:, COLUMNS["blocker"]] == blocker)
    first = Sentence(
        f"{_percent(share)} of shared spending, on {_ties(ties.size)}, was held back by this.",
        (Fact(quarter, f"blocker_{blocker.code}", share), Fact(quarter, f"ties held back by {blocker.code}", float(ties.size))))
    heaviest = int(ties[np.argmax(place.weight[ties])])
    told = [first, _between(place, log, quarter, heaviest, blocker)]
    offer = _refused(place, logs[:quarter], heaviest)
    if offer is not None:
        told.append(offer)
    broken = _broken(place, logs[:quarter], heaviest)
    if broken is not None and blocker is Blocker.TRUST:
        told.append(broken)
    return tuple(told)


def unwilling_side(log: QuarterLog, tie: int) -> int:
    """0 for a, 1 for b: the side whose best deal gains it least over having none."""
    row = log.ties[tie].astype(np.float64)
    gains = [row[COLUMNS[f"best_{side}"]] - row[COLUMNS[f"fallback_{side}"]] for side in "ab"]
    return 0 if gains[0] <= gains[1] else 1


def _between(place: Place, log: QuarterLog, quarter: int, tie: int, blocker: Blocker) -> Sentence:
    row = log.ties[tie]
    ends = (int(place.ties.a[tie]), int(place.ties.b[tie]))
    talk = Talk(int(row[COLUMNS["talk"]]))
    facts = (Fact(quarter, "talk", float(talk), tie), Fact(quarter, "blocker", float(blocker), tie))
    one, other = place.labels[ends[0]], place.labels[ends[1]]
    if blocker is Blocker.TIME:
        text = f"The weightiest case: {one} and {other} could both have gained, but the quarter's meetings ran out."
        return Sentence(text, facts, ends)
    side = unwilling_side(log, tie)
    who, with_whom = place.labels[ends[side]], place.labels[ends[1 - side]]
    ended = {
        Talk.NOT_AT_THE_TABLE: "One of the two was not at the table that quarter.",
        Talk.AGREED: "They did agree on something that quarter, and it is already in place; this keeps it from growing.",
        Talk.NO_ZONE: "No deal would have left both better off that quarter.",
        Talk.OUT_OF_TIME: "The quarter's meetings ran out.",
        Talk.VETOED: "Public opposition made a deal impossible that quarter.",
    }[talk]
    text = f"The weightiest case: {who} with {with_whom}. What weighed most with {who}: {blocker.label}. {ended}"
    return Sentence(text, (*facts, Fact(quarter, f"blocker_{'ab'[side]}", float(row[COLUMNS[f'blocker_{"ab"[side]}']]), tie)), ends)


def _refused(place: Place, logs: tuple[QuarterLog, ...], tie: int) -> Sentence | None:
    """The latest offer on this tie that the other side turned down."""
    for log in reversed(logs):
        rows = np.flatnonzero((log.offers[:, OfferField.TIE] == tie) & (log.offers[:, OfferField.ACCEPTED] == 0.0))
        rows = [k for k in rows if log.offers[k, OfferField.WORTH_OTHER] < log.offers[k, OfferField.ASKED_OTHER]]
        if len(rows):
            return _offer(place, log, tie, int(rows[-1]))
    return None


def _offer(place: Place, log: QuarterLog, tie: int, number: int) -> Sentence:
    offer = log.offers[number]
    ends = (int(place.ties.a[tie]), int(place.ties.b[tie]))
    by_b = int(offer[OfferField.BY_B])
    who, other = place.labels[ends[by_b]], place.labels[ends[1 - by_b]]
    worth, asked = float(offer[OfferField.WORTH_OTHER]), float(offer[OfferField.ASKED_OTHER])
    package = (f"{offer[OfferField.MONEY]:.0%} of money, {offer[OfferField.STAFF]:.0%} of staff and "
               f"{offer[OfferField.INFORMATION]:.0%} of information")
    text = (f"In quarter {log.quarter}, {who} offered {other} to share {package}. To {other} this was worth "
            f"{_points(worth)} points; it held out for {_points(asked)}, so it fell {_points(asked - worth)} short.")
    names = ("money", "staff", "information", "worth_other", "asked_other")
    facts = tuple(Fact(log.quarter, name, float(offer[OfferField[name.upper()]]), tie, number) for name in names)
    return Sentence(text, facts, ends)


def _broken(place: Place, logs: tuple[QuarterLog, ...], tie: int) -> Sentence | None:
    """The latest broken promise on this tie while something was shared."""
    for log in reversed(logs):
        row = log.ties[tie]
        shared = 0.45 * row[COLUMNS["scope_money"]] + 0.3 * row[COLUMNS["scope_staff"]] + 0.25 * row[COLUMNS["scope_information"]]
        for side in (0, 1):
            field = f"kept_{'ab'[side]}"
            if shared > 0.02 and row[COLUMNS[field]] == 0.0:
                ends = (int(place.ties.a[tie]), int(place.ties.b[tie]))
                text = (f"In quarter {log.quarter}, {place.labels[ends[side]]} did not keep its promise to "
                        f"{place.labels[ends[1 - side]]}.")
                return Sentence(text, (Fact(log.quarter, field, 0.0, tie),), ends)
    return None


def _points(worth: float) -> str:
    return f"{100.0 * worth:.1f}".replace("-", "−")


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _ties(count: int) -> str:
    return "1 tie" if count == 1 else f"{count} ties"
