"""The story of one run: the few events that tell most about the whole place, in order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from incentive_abm.kinds import Background
from incentive_abm.log.declared import Log, Outcome, What
from incentive_abm.place import Place
from incentive_abm.results.stories.one_event import obstacle, sentence_of
from incentive_abm.results.stories.wording import Sentence, count, most_common, rows_of
from incentive_abm.words import say

LONG = 8
"""Quarters in a row without a deal that are worth telling."""
SAME_QUARTER = 2
"""Events told of one quarter at most."""


def run_story(log: Log, place: Place, most: int = 18) -> list[Sentence]:
    """The most telling events of one run's log, in order; large ties and partners come before small ones.

    Whatever comes from above is told; then in turn the largest of each kind of event, until there are `most`.
    """
    queues = [each(log, place) for each in (
        _compacts_ended, _compacts_begun, _walk_outs, _first_deals, _lost_deals, _long_refusals, _refused_offers, _leaders,
        _bail_outs, _shocks)]
    told = [sentence_of(log, int(k), place) for k in np.flatnonzero(np.isin(
        log.what, (What.SCENARIO, What.REVERSAL, What.REORGANISATION)))][:most]
    subjects: set[tuple[int, int]] = set()
    while any(queues) and len(told) < most:
        for queue in queues:
            while queue and len(told) < most:
                next_one = queue.pop(0)
                subject = (next_one.tie, next_one.partner if next_one.tie < 0 else -1)
                if subject not in subjects and sum(s.quarter == next_one.quarter for s in told) < SAME_QUARTER:
                    subjects.add(subject)
                    told.append(next_one)
                    break
    return sorted(told, key=lambda s: (s.quarter, s.rows[0]))


def _by_size(log: Log, chosen: NDArray[np.bool_], size: NDArray[np.float64], place: Place, most: int = 12) -> list[Sentence]:
    """Sentences on the chosen rows, those with the largest size first (the earlier of equals)."""
    where = np.flatnonzero(chosen)
    order = np.lexsort((where, -size[where]))[:most]
    return [sentence_of(log, int(k), place) for k in where[order]]


def _tie_weight(log: Log, place: Place) -> NDArray[np.float64]:
    """Each row's tie's share of the place's shared spend, 0 where there is no tie."""
    return np.where(log.tie >= 0, place.weight[log.tie], 0.0)


def _partner_weight(log: Log, place: Place) -> NDArray[np.float64]:
    """Each row's partner's share of the place's shared spend, both ends counted."""
    total = np.zeros(len(place))
    np.add.at(total, place.ties.a, place.weight)
    np.add.at(total, place.ties.b, place.weight)
    return np.where(log.partner >= 0, total[log.partner], 0.0)


def _compacts_ended(log: Log, place: Place) -> list[Sentence]:
    return _by_size(log, log.what == What.COMPACT_ENDED, _partner_weight(log, place), place)


def _compacts_begun(log: Log, place: Place) -> list[Sentence]:
    return _by_size(log, log.what == What.COMPACT_BEGUN, _partner_weight(log, place), place)


def _walk_outs(log: Log, place: Place) -> list[Sentence]:
    chosen = log.what == What.WALK_OUT
    return _by_size(log, chosen, _tie_weight(log, place) * np.sqrt(np.maximum(np.nan_to_num(log.sharing), 0.0)), place)


def _first_deals(log: Log, place: Place) -> list[Sentence]:
    """The first deal of each tie."""
    begun = np.flatnonzero(log.what == What.DEAL_BEGUN)
    _, first = np.unique(log.tie[begun], return_index=True)
    chosen = np.zeros(len(log), bool)
    chosen[begun[first]] = True
    return _by_size(log, chosen, _tie_weight(log, place), place)


def _lost_deals(log: Log, place: Place) -> list[Sentence]:
    """Deals that had held for two years and end, other than by a walk-out, which is told by itself."""
    chosen = (log.what == What.DEAL_ENDED) & (log.quarters >= LONG) & (log.outcome != Outcome.WALKED_OUT)
    return _by_size(log, chosen, _tie_weight(log, place), place)


def _long_refusals(log: Log, place: Place) -> list[Sentence]:
    """The longest spell without a deal on each of the largest ties, if it is long."""
    talks = log.of(What.TALK)
    found = []
    for tie in np.argsort(-place.weight, kind="stable")[:40].tolist():
        own = talks.only(talks.tie == tie)
        stuck = np.isin(own.outcome, (Outcome.NO_ZONE, Outcome.OUT_OF_TIME))
        edges = np.flatnonzero(np.diff(np.concatenate(([0], stuck.astype(np.int64), [0]))))
        spells = edges.reshape(-1, 2)
        if len(spells) == 0:
            continue
        start, end = spells[np.argmax(spells[:, 1] - spells[:, 0])].tolist()
        if end - start >= LONG:
            found.append(_long_refusal(own.only(np.arange(start, end)), place))
    return found


def _long_refusal(talks: Log, place: Place) -> Sentence:
    unwilling = most_common(talks.partner)
    own = talks.only(talks.partner == unwilling)
    other = int(own.other[0])
    reason = obstacle(most_common(own.reason))
    text = say("stories.talk.no_deal_for_long", partner=place.labels[unwilling], other=place.labels[other],
               quarters=count(len(talks), "quarter"), obstacle=reason)
    return Sentence(int(talks.quarter[0]), int(talks.quarter[-1]), text, rows_of(talks), int(talks.tie[0]), unwilling)


def _refused_offers(log: Log, place: Place) -> list[Sentence]:
    """Last offers of talks that then ran out of time, on ties larger than the mean."""
    large = _tie_weight(log, place) > 1.0 / len(place.ties)
    talks = log.only((log.what == What.TALK) & (log.outcome == Outcome.OUT_OF_TIME) & large)
    lost = set(zip(talks.tie.tolist(), talks.quarter.tolist(), talks.round.tolist(), strict=True))
    refused = (log.what == What.OFFER) & (log.outcome == Outcome.REFUSED)
    where = np.flatnonzero(refused)
    chosen = np.zeros(len(log), bool)
    keys = zip(log.tie[where].tolist(), log.quarter[where].tolist(), log.round[where].tolist(), strict=True)
    chosen[where] = [key in lost for key in keys]
    return _by_size(log, chosen, _tie_weight(log, place), place)


def _leaders(log: Log, place: Place) -> list[Sentence]:
    """New leaders of large partners; one from outside the sector counts for twice as much."""
    size = _partner_weight(log, place) * np.where(log.background == Background.OWN_SECTOR, 1.0, 2.0)
    return _by_size(log, log.what == What.NEW_LEADER, size, place)


def _bail_outs(log: Log, place: Place) -> list[Sentence]:
    return _by_size(log, log.what == What.BAIL_OUT, np.nan_to_num(log.pounds_m).astype(np.float64), place)


def _shocks(log: Log, place: Place) -> list[Sentence]:
    size = _partner_weight(log, place) * np.nan_to_num(log.size)
    return _by_size(log, log.what == What.SHOCK, size, place, most=3)
