"""One row of the log as a sentence."""

from __future__ import annotations

from incentive_abm.kinds import Blocker
from incentive_abm.log.declared import Log
from incentive_abm.place import Place
from incentive_abm.results.stories.telling import Row
from incentive_abm.results.stories.wording import Sentence
from incentive_abm.words import say


def sentence_of(log: Log, k: int, place: Place) -> Sentence:
    """The k-th row of a log in words, with its cause and numbers."""
    row = Row(log, k, place)
    quarter = row.whole("quarter")
    return Sentence(quarter, quarter, row.told(row.word("what")), (row.whole("row"),), row.whole("tie"), row.whole("partner"))


def obstacle(number: int) -> str:
    """What weighs most, in plain words."""
    return Blocker(number).label if number > 0 else say("stories.no_obstacle")
