"""Stories: sentences made from a log, each with the rows it rests on. Pure: no files, no chance, no clock."""

from __future__ import annotations

from incentive_abm.results.stories.one_event import sentence_of
from incentive_abm.results.stories.one_tie import tie_story
from incentive_abm.results.stories.whole_run import run_story
from incentive_abm.results.stories.wording import Sentence

__all__ = ["Sentence", "run_story", "sentence_of", "tie_story"]
