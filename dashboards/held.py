"""What the compiled model needs besides the page's data: its layout, places by hash, the way in, how questions are answered."""

from __future__ import annotations

from typing import Any

from dashboards.drawn_columns import drawn_columns
from dashboards.known import known_held
from dashboards.questions import (
    ALONG,
    BACK,
    BEFORE,
    DIGITS,
    FIRST_LOOK,
    LOOKS,
    LOTS,
    MARGINS_ALIKE,
    MOST_WORKERS,
    NEARER,
    NUMBERS,
    OTHER_WORLDS,
    ROUNDS,
    SHARES,
    SHOWN,
    SIDES,
    SPAN,
    TELLING,
    UNSHOWN,
)
from dashboards.scenario_words import scenario_words
from dashboards.way_in import way_in
from incentive_abm.browser.descriptors import descriptors, place_arrays
from incentive_abm.kinds import Blocker, Regime
from incentive_abm.log.declared import WORDS
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.results import turned_round
from incentive_abm.results.arrow_tables import HELD_AS
from incentive_abm.results.run_columns import EVENTS, columns_of
from incentive_abm.results.stories.wording import WORTH_OF_SPEND
from incentive_abm.scenario import EventKind
from incentive_abm.scenario.posterior import Posterior


def held(place: Place, posterior: Posterior | None = None) -> dict[str, Any]:
    """All of it, for a page that opens with this place."""
    return {
        "descriptors": descriptors(), "columns": drawn_columns(), **held_of_place(place),
        "happens": {kind.code: kind.label for kind in EventKind},
        "luck": {"shares": SHARES, "shown": [measure.code for measure in SHOWN], "goal": Measure.INTEGRATION.code,
                 "integrated": Regime.INTEGRATED.code, "most_workers": MOST_WORKERS},
        "help": {"first_seed": OTHER_WORLDS, "span": SPAN}, "turn": how_turned(), "scenarios": scenario_words(),
        "words": model_words(), "files": files_taken(), "sides": SIDES, "known": known_held(posterior, place),
        "why": {"moving": Measure.BLOCKER_NOTHING.code, "confirmed": Measure.BLOCKERS_CONFIRMED.code},
    }


def held_of_place(place: Place) -> dict[str, Any]:
    """What of it is the place's own."""
    chosen = way_in(place)
    return {
        "places": {each.hash: {"arrays": place_arrays(each), "ends": {"a": each.ties.a.tolist(), "b": each.ties.b.tolist()}}
                   for each in chosen.places},
        "wayIn": chosen.shown(),
    }


def how_turned() -> dict[str, Any]:
    """How the nearest circumstances are sought in which a comparison is turned round, and what counts as that."""
    return {
        "settings": [row.name for row in turned_round.free_settings(())], "first_seed": OTHER_WORLDS, "lots": LOTS,
        "fresh": turned_round.FRESH_WORLDS, "margins": turned_round.MARGINS, "margins_alike": MARGINS_ALIKE,
        "errors": turned_round.SURE_ERRORS,
        "steps": {"first": FIRST_LOOK, "worlds": turned_round.SEARCHED, "telling": TELLING, "together": turned_round.TOGETHER,
                  "looks": LOOKS, "along": ALONG, "nearer": NEARER, "back": BACK, "rounds": ROUNDS,
                  "settled": turned_round.SETTLED, "digits": turned_round.DIGITS},
    }


def model_words() -> dict[str, Any]:
    """What tells the rows of a log besides the model's messages: the words that columns hold, and what worth 1 is."""
    return {"codes": WORDS, "obstacles": [blocker.label for blocker in Blocker], "worth_of_spend": WORTH_OF_SPEND,
            "facts": {"digits": DIGITS, "unshown": UNSHOWN}}


def files_taken() -> dict[str, Any]:
    """The columns of the files that people take away, in order, with where the event log holds each of its own."""
    kinds = {"partner": "partner", "other": "partner", "title": "title"}
    log = [{"name": column.name, "held": HELD_AS.get(column.name, column.name),
            "kind": kinds.get(column.name, "word" if column.type == "word" else "other" if column.type == "float32" else "whole")}
           for column in columns_of(EVENTS)]
    return {"numbers": NUMBERS, "before": BEFORE, "log": log, "codes": WORDS}
