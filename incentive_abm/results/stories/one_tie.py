"""The history of one tie: spells of talks with promises kept and broken, and what cut across them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from incentive_abm.log.declared import Log, Outcome, What
from incentive_abm.place import Place
from incentive_abm.results.stories.one_event import obstacle, sentence_of
from incentive_abm.results.stories.telling import Row
from incentive_abm.results.stories.wording import (
    Sentence,
    count,
    joined,
    most_common,
    percent,
    possessive,
    pounds,
    rows_of,
)
from incentive_abm.rules.commitment import SHARED_ENOUGH
from incentive_abm.words import say

SINGLE = (What.SCENARIO, What.REVERSAL, What.REORGANISATION, What.BAIL_OUT, What.NEW_LEADER, What.SHOCK, What.WALK_OUT)


def tie_story(log: Log, place: Place, tie: int) -> list[Sentence]:
    """One tie's history in one run's log, in order; the first sentence says who they are, the last how they stand."""
    a, b = int(place.ties.a[tie]), int(place.ties.b[tie])
    talks = log.only((log.what == What.TALK) & (log.tie == tie))
    if len(talks) == 0:
        return []
    about = ((log.tie == tie) | ((log.tie < 0) & np.isin(log.partner, (-1, a, b)))) & np.isin(log.what, SINGLE)
    singles = np.flatnonzero(about)
    told = [sentence_of(log, int(k), place) for k in singles]
    told += [_spell(log, talks.only(part), place, tie) for part in _spells(talks)]
    told.sort(key=lambda s: (s.quarter, s.rows[0] if s.rows else 0))
    return [_opening(talks, place, tie), *told, _closing(talks, place, tie)]


def trust_both_ways(talks: Log, k: int, place: Place, tie: int) -> tuple[float, float]:
    """Trust of side a in side b and of b in a at the k-th talk."""
    forward = int(talks.partner[k]) == int(place.ties.a[tie])
    one, other = float(talks.trust[k]), float(talks.trust_of_other[k])
    return (one, other) if forward else (other, one)


def _spells(talks: Log) -> Iterator[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Indices of quarters in a row in which talks ended in the same way."""
    changes = np.flatnonzero(np.diff(talks.outcome)) + 1
    yield from np.split(np.arange(len(talks)), changes)


def _opening(talks: Log, place: Place, tie: int) -> Sentence:
    a, b = place.labels[place.ties.a[tie]], place.labels[place.ties.b[tie]]
    forward, back = trust_both_ways(talks, 0, place, tie)
    text = say("stories.tie.opening", a=a, b=b, spend=pounds(float(place.ties.spend[tie])),
               share=percent(float(place.weight[tie])), forward=percent(forward), back=percent(back))
    quarter = int(talks.quarter[0])
    return Sentence(quarter, quarter, text, rows_of(talks.only(np.array([0]))), tie)


def _closing(talks: Log, place: Place, tie: int) -> Sentence:
    a, b = place.labels[place.ties.a[tie]], place.labels[place.ties.b[tie]]
    last = len(talks) - 1
    forward, back = trust_both_ways(talks, last, place, tie)
    shared = float(talks.sharing[last])
    share = say("numbers.next_to_nothing") if shared < SHARED_ENOUGH else percent(shared)
    text = say("stories.tie.closing", share=share, a=a, b=b, forward=percent(forward), back=percent(back))
    quarter = int(talks.quarter[last])
    return Sentence(quarter, quarter, text, rows_of(talks.only(np.array([last]))), tie)


def _spell(log: Log, talks: Log, place: Place, tie: int) -> Sentence:
    """One spell: how talks ended, refusals on the way, promises kept and broken, trust from first to last."""
    outcome = Outcome(int(talks.outcome[0]))
    first, last = int(talks.quarter[0]), int(talks.quarter[-1])
    within = (log.tie == tie) & (log.quarter >= first) & (log.quarter <= last)
    refusals = log.only(within & (log.what == What.OFFER) & (log.outcome == Outcome.REFUSED))
    broken = log.only(within & (log.what == What.BROKEN_PROMISE))
    text = " ".join(part for part in (_how_talks_went(talks, outcome, place, tie), _refused(refusals, place),
                                      _promises(talks, broken, place, tie), _trust_moved(talks, place, tie)) if part)
    return Sentence(first, last, text, rows_of(talks) + rows_of(refusals) + rows_of(broken), tie)


def _how_talks_went(talks: Log, outcome: Outcome, place: Place, tie: int) -> str:
    a, b = place.labels[place.ties.a[tie]], place.labels[place.ties.b[tie]]
    last = len(talks) - 1
    if outcome is Outcome.AGREED:
        return say("stories.tie.agreed_each_quarter" if last else "stories.tie.agreed_once",
                   what=Row(talks, last, place).told("deal"))
    if outcome in (Outcome.NOT_AT_THE_TABLE, Outcome.VETOED):
        return say(f"stories.talk.{outcome.code}", one=a, other=b)
    unwilling = most_common(talks.partner)
    reason = obstacle(most_common(talks.reason[talks.partner == unwilling]))
    return say(f"stories.tie.{outcome.code}_{'for_long' if last else 'once'}", unwilling=place.labels[unwilling], obstacle=reason)


def _refused(refusals: Log, place: Place) -> str:
    if len(refusals) == 0:
        return ""
    parts = []
    for side in np.unique(refusals.other):
        own = refusals.only(refusals.other == side)
        parts.append(say("stories.tie.turned_down_by", side=place.labels[side], offers=count(len(own), "offer"),
                         obstacle=obstacle(most_common(own.reason))))
    return say("stories.tie.turned_down", parts=joined(parts))


def _promises(talks: Log, broken: Log, place: Place, tie: int) -> str:
    due = int((talks.sharing > SHARED_ENOUGH).sum())
    if due == 0:
        return ""
    parts = []
    for side in (int(place.ties.a[tie]), int(place.ties.b[tie])):
        kept = due - int((broken.partner == side).sum())
        parts.append(say("stories.tie.promises_of", side=place.labels[side], kept=kept, quarters=count(due, "quarter")))
    return say("stories.tie.promises", parts=joined(parts))


def _trust_moved(talks: Log, place: Place, tie: int) -> str:
    if len(talks) < 2:
        return ""
    a, b = place.labels[place.ties.a[tie]], place.labels[place.ties.b[tie]]
    start, end = trust_both_ways(talks, 0, place, tie), trust_both_ways(talks, len(talks) - 1, place, tie)
    return say("stories.tie.trust_moved", whose_a=possessive(a), a_first=percent(start[0]), a_last=percent(end[0]),
               whose_b=possessive(b), b_first=percent(start[1]), b_last=percent(end[1]))
