"""One row of the log as a sentence."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from incentive_abm.kinds import Background, Blocker
from incentive_abm.place import Place
from incentive_abm.results.log import Log, Outcome, What
from incentive_abm.results.stories.wording import (
    NEXT_TO_NOTHING,
    Sentence,
    count,
    percent,
    pounds,
    rows_of,
    scopes,
    worth,
)

WHY_OVER = {
    Outcome.NO_ZONE: "no deal would leave both better off any more",
    Outcome.VETOED: "public opposition has made it impossible",
    Outcome.NOT_AT_THE_TABLE: "one side is no longer at the table",
    Outcome.WALKED_OUT: "one side has walked away",
    Outcome.BROKEN_OFF: "it is broken off from outside",
}
BACKGROUNDS = {
    Background.OWN_SECTOR: "from its own sector",
    Background.HOSPITAL: "who has run hospitals",
    Background.INTEGRATOR: "who has integrated services before",
}
FROM_ABOVE = {What.REVERSAL: "The policy of integration is reversed; what was shared is cut back everywhere.",
              What.REORGANISATION: "The place is reorganised from above; what was shared is cut back everywhere."}


def sentence_of(log: Log, k: int, place: Place) -> Sentence:
    """The k-th row of a log in words, with its cause and numbers."""
    what = What(int(log.what[k]))
    text = FROM_ABOVE[what] if what in FROM_ABOVE else _TELLERS[what](log, k, place)
    return Sentence(int(log.quarter[k]), int(log.quarter[k]), text, rows_of(log.only(np.array([k]))), int(log.tie[k]),
                    int(log.partner[k]))


def obstacle(number: int) -> str:
    """What weighs most, in plain words."""
    return Blocker(number).label if number > 0 else "nothing in particular"


def payment(log: Log, k: int, place: Place) -> str:
    """Who pays whom on top, or nothing where nobody pays what is worth telling."""
    paid = float(log.payment[k])
    payer, payee = (log.partner[k], log.other[k]) if paid > 0 else (log.other[k], log.partner[k])
    amount = worth(place, int(log.tie[k]), paid)
    if amount == NEXT_TO_NOTHING:
        return ""
    return f", with up to {amount} a year from {place.labels[payer]} to {place.labels[payee]}"


def _scenario(log: Log, k: int, place: Place) -> str:
    title = log.titles[int(log.title[k])]
    return f"{title[:1].upper()}{title[1:]}."


def _bail_out(log: Log, k: int, place: Place) -> str:
    return f"{place.labels[log.partner[k]]} is bailed out: the centre meets {pounds(float(log.pounds_m[k]))} of its deficit."


def _new_leader(log: Log, k: int, place: Place) -> str:
    who = BACKGROUNDS[Background(int(log.background[k]))]
    return (f"{place.labels[log.partner[k]]} gets a new leader {who} (skill in integration "
            f"{percent(float(log.skill[k]))}).")


def _shock(log: Log, k: int, place: Place) -> str:
    return f"Something else demands the whole attention of {place.labels[log.partner[k]]} (pressure +{float(log.size[k]):.1f})."


def _offer(log: Log, k: int, place: Place) -> str:
    one, other, tie = place.labels[log.partner[k]], place.labels[log.other[k]], int(log.tie[k])
    what = scopes(float(log.money[k]), float(log.staff[k]), float(log.information[k])) + payment(log, k, place)
    if log.outcome[k] == Outcome.ACCEPTED:
        return f"{other} accepts what {one} offers in round {log.round[k]}: to share {what}."
    offered, wanted = worth(place, tie, float(log.worth_to_other[k])), worth(place, tie, float(log.held_out_for[k]))
    wanted = "a little more" if wanted == offered else wanted
    return (f"{other} refuses what {one} offers in round {log.round[k]}: to share {what}. It would be worth {offered} a year "
            f"to {other}, which holds out for {wanted}; what weighs most with it: {obstacle(int(log.reason[k]))}.")


def _walk_out(log: Log, k: int, place: Place) -> str:
    one, other = place.labels[log.partner[k]], place.labels[log.other[k]]
    lost = worth(place, int(log.tie[k]), float(log.surplus[k]))
    return (f"{one} walks away from {other}: it had lost by what they shared for "
            f"{count(int(log.quarters[k]), 'quarter')} in a row, at the last {lost} a year; what weighed most: "
            f"{obstacle(int(log.reason[k]))}.")


def _deal_ended(log: Log, k: int, place: Place) -> str:
    one, other = place.labels[log.partner[k]], place.labels[log.other[k]]
    why = WHY_OVER[Outcome(int(log.outcome[k]))]
    side = f". The less willing side is {one}: {obstacle(int(log.reason[k]))}" if log.outcome[k] == Outcome.NO_ZONE else ""
    return f"The deal between {one} and {other} ends after {count(int(log.quarters[k]), 'quarter')}: {why}{side}."


def _deal_begun(log: Log, k: int, place: Place) -> str:
    one, other = sorted((int(log.partner[k]), int(log.other[k])))
    what = scopes(float(log.money[k]), float(log.staff[k]), float(log.information[k]))
    return f"{place.labels[one]} and {place.labels[other]} agree to share {what}{payment(log, k, place)}."


def _broken_promise(log: Log, k: int, place: Place) -> str:
    one, other, tie = place.labels[log.partner[k]], place.labels[log.other[k]], int(log.tie[k])
    surplus = float(log.surplus[k])
    verb = "gains" if surplus >= 0 else "loses"
    return (f"{one} does not keep its promise to {other} ({percent(float(log.sharing[k]))} is shared, by which it {verb} "
            f"{worth(place, tie, surplus)} a year).")


def _talk(log: Log, k: int, place: Place) -> str:
    one, other = place.labels[log.partner[k]], place.labels[log.other[k]]
    outcome = Outcome(int(log.outcome[k]))
    if outcome is Outcome.AGREED:
        what = scopes(float(log.money[k]), float(log.staff[k]), float(log.information[k]))
        return f"{one} and {other} agree to share {what}{payment(log, k, place)}."
    if outcome is Outcome.NO_ZONE:
        return (f"{one} and {other} find no deal that would leave both better off. The less willing side is {one}: "
                f"{obstacle(int(log.reason[k]))}.")
    if outcome is Outcome.OUT_OF_TIME:
        return (f"Talks between {one} and {other} run out of time after {count(int(log.round[k]), 'round')}. The less "
                f"willing side is {one}: {obstacle(int(log.reason[k]))}.")
    if outcome is Outcome.VETOED:
        return f"Public opposition makes any deal between {one} and {other} impossible."
    return f"{one} and {other} do not talk: one of them is not at the table."


_TELLERS: dict[What, Callable[[Log, int, Place], str]] = {
    What.SCENARIO: _scenario, What.BAIL_OUT: _bail_out, What.NEW_LEADER: _new_leader, What.SHOCK: _shock, What.OFFER: _offer,
    What.WALK_OUT: _walk_out, What.DEAL_ENDED: _deal_ended, What.DEAL_BEGUN: _deal_begun,
    What.BROKEN_PROMISE: _broken_promise, What.TALK: _talk,
}
