"""One row of the log as a sentence."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from incentive_abm.kinds import Background, Blocker
from incentive_abm.place import Place
from incentive_abm.results.log import Log, Outcome, What
from incentive_abm.results.stories.wording import (
    Sentence,
    count,
    percent,
    pounds,
    rows_of,
    scopes,
    worth,
)
from incentive_abm.words import say

FROM_ABOVE = {What.REVERSAL: "stories.reversal", What.REORGANISATION: "stories.reorganisation"}


def sentence_of(log: Log, k: int, place: Place) -> Sentence:
    """The k-th row of a log in words, with its cause and numbers."""
    what = What(int(log.what[k]))
    text = say(FROM_ABOVE[what]) if what in FROM_ABOVE else _TELLERS[what](log, k, place)
    return Sentence(int(log.quarter[k]), int(log.quarter[k]), text, rows_of(log.only(np.array([k]))), int(log.tie[k]),
                    int(log.partner[k]))


def obstacle(number: int) -> str:
    """What weighs most, in plain words."""
    return Blocker(number).label if number > 0 else say("stories.no_obstacle")


def payment(log: Log, k: int, place: Place) -> str:
    """Who pays whom on top, or nothing where nobody pays what is worth telling."""
    paid = float(log.payment[k])
    payer, payee = (log.partner[k], log.other[k]) if paid > 0 else (log.other[k], log.partner[k])
    amount = worth(place, int(log.tie[k]), paid)
    if amount == pounds(0.0):
        return ""
    return say("stories.payment", amount=amount, payer=place.labels[payer], payee=place.labels[payee])


def _scenario(log: Log, k: int, place: Place) -> str:
    title = log.titles[int(log.title[k])]
    return say("stories.scenario", title=f"{title[:1].upper()}{title[1:]}")


def _bail_out(log: Log, k: int, place: Place) -> str:
    return say("stories.bail_out", partner=place.labels[log.partner[k]], amount=pounds(float(log.pounds_m[k])))


def _new_leader(log: Log, k: int, place: Place) -> str:
    background = Background(int(log.background[k])).name.lower()
    return say("stories.new_leader", partner=place.labels[log.partner[k]], skill=percent(float(log.skill[k])),
               background=say(f"stories.background.{background}"))


def _shock(log: Log, k: int, place: Place) -> str:
    return say("stories.shock", partner=place.labels[log.partner[k]], size=float(log.size[k]))


def _offer(log: Log, k: int, place: Place) -> str:
    one, other, tie = place.labels[log.partner[k]], place.labels[log.other[k]], int(log.tie[k])
    what = _shared(log, k) + payment(log, k, place)
    if log.outcome[k] == Outcome.ACCEPTED:
        return say("stories.offer_accepted", partner=one, other=other, round=log.round[k], what=what)
    offered, wanted = worth(place, tie, float(log.worth_to_other[k])), worth(place, tie, float(log.held_out_for[k]))
    wanted = say("stories.a_little_more") if wanted == offered else wanted
    return say("stories.offer_refused", partner=one, other=other, round=log.round[k], what=what, offered=offered, wanted=wanted,
               obstacle=obstacle(int(log.reason[k])))


def _walk_out(log: Log, k: int, place: Place) -> str:
    return say("stories.walk_out", partner=place.labels[log.partner[k]], other=place.labels[log.other[k]],
               quarters=count(int(log.quarters[k]), "quarter"), lost=worth(place, int(log.tie[k]), float(log.surplus[k])),
               obstacle=obstacle(int(log.reason[k])))


def _compact_begun(log: Log, k: int, place: Place) -> str:
    return say("stories.compact_begun", partner=place.labels[log.partner[k]], members=count(int(log.members[k]), "partner"))


def _compact_ended(log: Log, k: int, place: Place) -> str:
    """Who had left, or that its holder gave up: as a whole, or one whom it had in it."""
    outcome, other, partner = Outcome(int(log.outcome[k])), int(log.other[k]), place.labels[log.partner[k]]
    why = outcome.code if outcome is not Outcome.GIVEN_UP or other < 0 else "holder_left"
    whom = {"other": place.labels[other]} if other >= 0 else {}
    told = say(f"stories.why_compact_over.{why}", **whom)
    return say("stories.compact_ended", partner=partner, members=count(int(log.members[k]), "partner"),
               quarters=count(int(log.quarters[k]), "quarter"), why=told)


def _deal_ended(log: Log, k: int, place: Place) -> str:
    one, other = place.labels[log.partner[k]], place.labels[log.other[k]]
    outcome = Outcome(int(log.outcome[k]))
    quarters, why = count(int(log.quarters[k]), "quarter"), say(f"stories.why_over.{outcome.code}")
    if outcome is Outcome.NO_ZONE:
        return say("stories.deal_ended_unwillingly", partner=one, other=other, quarters=quarters, why=why,
                   obstacle=obstacle(int(log.reason[k])))
    return say("stories.deal_ended", partner=one, other=other, quarters=quarters, why=why)


def _deal_begun(log: Log, k: int, place: Place) -> str:
    one, other = sorted((int(log.partner[k]), int(log.other[k])))
    return say("stories.deal_begun", one=place.labels[one], other=place.labels[other],
               what=_shared(log, k) + payment(log, k, place))


def _broken_promise(log: Log, k: int, place: Place) -> str:
    surplus = float(log.surplus[k])
    return say("stories.promise_broken_at_a_gain" if surplus >= 0 else "stories.promise_broken_at_a_loss",
               partner=place.labels[log.partner[k]], other=place.labels[log.other[k]], share=percent(float(log.sharing[k])),
               worth=worth(place, int(log.tie[k]), surplus))


def _talk(log: Log, k: int, place: Place) -> str:
    one, other = place.labels[log.partner[k]], place.labels[log.other[k]]
    outcome = Outcome(int(log.outcome[k]))
    if outcome is Outcome.AGREED:
        return say("stories.deal_begun", one=one, other=other, what=_shared(log, k) + payment(log, k, place))
    if outcome is Outcome.NO_ZONE:
        return say("stories.talk.no_zone", partner=one, other=other, obstacle=obstacle(int(log.reason[k])))
    if outcome is Outcome.OUT_OF_TIME:
        return say("stories.talk.out_of_time", partner=one, other=other, obstacle=obstacle(int(log.reason[k])),
                   rounds=count(int(log.round[k]), "round"))
    return say(f"stories.talk.{outcome.code}", one=one, other=other)


def _shared(log: Log, k: int) -> str:
    return scopes(float(log.money[k]), float(log.staff[k]), float(log.information[k]))


_TELLERS: dict[What, Callable[[Log, int, Place], str]] = {
    What.SCENARIO: _scenario, What.BAIL_OUT: _bail_out, What.NEW_LEADER: _new_leader, What.SHOCK: _shock, What.OFFER: _offer,
    What.WALK_OUT: _walk_out, What.COMPACT_ENDED: _compact_ended, What.COMPACT_BEGUN: _compact_begun,
    What.DEAL_ENDED: _deal_ended, What.DEAL_BEGUN: _deal_begun,
    What.BROKEN_PROMISE: _broken_promise, What.TALK: _talk,
}
