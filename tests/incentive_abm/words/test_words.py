"""Sentences as data: each is told somewhere, with just the places it has, and comes out as it always has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import incentive_abm
from incentive_abm.engine.run import Record, Recorded, run
from incentive_abm.kinds import Background, Regime
from incentive_abm.place import Place, shipped_place
from incentive_abm.report.page_sentences import answer
from incentive_abm.results import Outcome, gather
from incentive_abm.results.manifest import Plan
from incentive_abm.results.stories import run_story, tie_story
from incentive_abm.results.summary import summarise
from incentive_abm.scenario import load_scenario
from incentive_abm.words import messages, say

SCENARIOS = ("today", "canterbury-like", "unitingcare-like", "ten-lessons")
SEEDS = (1, 2)
TOLD = "8b2947dc"
PACKAGE = Path(incentive_abm.__file__).parent
TELLING = (*PACKAGE.rglob("*.py"), *(PACKAGE / "words" / "telling").iterdir())
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in TELLING)


def told_of(place: Place, part: Recorded, name: str) -> Iterator[str]:
    """Every sentence of a scenario's runs: the report's answer, each run's story, each tie's."""
    yield from answer(summarise(Plan(place, load_scenario(name), SEEDS[0], len(SEEDS), 60, "engine", "events", {}), [part]))
    log = gather(place, part)
    for number in range(len(SEEDS)):
        own = log.only(log.run == number)
        yield from map(str, run_story(own, place))
        for tie in range(len(place.ties)):
            yield from map(str, tie_story(own, place, tie))


def test_every_story_of_eight_runs_reads_as_it_did() -> None:
    place, digest = shipped_place(), hashlib.sha256()
    for name in SCENARIOS:
        part = run(place, load_scenario(name), SEEDS, 60, Record.EVENTS)
        for sentence in told_of(place, part, name):
            digest.update(f"{sentence}\n".encode())
    assert digest.hexdigest()[:8] == TOLD, ("if sentences or results were meant to change, read some of them, and put "
                                            f"{digest.hexdigest()[:8]} into TOLD")


@pytest.mark.parametrize("name", sorted({name.removesuffix(".one").removesuffix(".many") for name in messages()}))
def test_each_message_is_told_somewhere(name: str) -> None:
    assert re.search(rf'["\s]{re.escape(name)}"', SOURCES) or f'"{name.rpartition(".")[0]}.{{' in SOURCES or re.search(
        rf'"count {re.escape(name.removeprefix("numbers.count."))} ', SOURCES)


def test_each_member_of_a_closed_set_has_its_words() -> None:
    assert all(say(f"stories.background.{each.name.lower()}") for each in Background)
    assert all(say(f"report.{table}.{regime.code}") for table in ("ends", "ended") for regime in Regime)
    ends = {Outcome.NO_ZONE, Outcome.VETOED, Outcome.NOT_AT_THE_TABLE, Outcome.WALKED_OUT, Outcome.BROKEN_OFF}
    assert {name for name in messages() if name.startswith("stories.why_over.")} == {f"stories.why_over.{e.code}" for e in ends}


def test_a_plural_form_is_chosen_by_its_number() -> None:
    assert [say("numbers.count.offer", number=n) for n in (0, 1, 2, 1200)] == ["0 offers", "1 offer", "2 offers", "1,200 offers"]


@pytest.mark.parametrize("places", [{}, {"partner": "A"}, {"partner": "A", "amount": "£1m", "deficit": "£2m"}])
def test_places_must_be_those_of_the_message(places: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="message stories.bail_out has the places amount, partner"):
        say("stories.bail_out", **places)


def test_an_unknown_message_is_refused() -> None:
    with pytest.raises(KeyError, match="stories.bailout"):
        say("stories.bailout")
