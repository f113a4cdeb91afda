"""Stories: sentences made from a log, each with the rows it rests on. Pure: no files, no chance, no clock."""

from __future__ import annotations

from incentive_abm.results.stories.events import sentence_of
from incentive_abm.results.stories.run import run_story
from incentive_abm.results.stories.tie import tie_story
from incentive_abm.results.stories.words import Sentence

__all__ = ["Sentence", "run_story", "sentence_of", "tie_story"]
