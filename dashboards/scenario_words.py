"""How a scenario file is read, as data: the page checks by these words, ranges and rules what Python checks by them."""

from __future__ import annotations

from typing import Any

from dashboards.pages import LONGEST_NOTE
from incentive_abm import EXPLORATION
from incentive_abm.errors import HINT, MOST_SHOWN, NEAR
from incentive_abm.faults import MOST_IN_FULL, MOST_SPOTS
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import PARAMETERS, Scope
from incentive_abm.scenario import EventKind, neighbours
from incentive_abm.scenario.event_reading import ALWAYS
from incentive_abm.scenario.events import EITHER, KEYS, RULES, SHARES
from incentive_abm.scenario.scenario_reading import KEYS as SCENARIO_KEYS
from incentive_abm.scenario.scenario_reading import WORDS
from incentive_abm.words import messages

MARK = "#: "
"""Begins the comment in which a saved scenario keeps its world, its preset and the workshop's notes."""
NOTES = ("question", "hypothesis", "findings", "decision")


def scenario_words() -> dict[str, Any]:
    """The keys of a scenario and of an event, what each event needs, every parameter's range, and what is said of a mistake."""
    return {
        "caution": EXPLORATION, "mark": MARK, "notes": list(NOTES), "longest_note": LONGEST_NOTE,
        "words": list(WORDS), "keys": list(SCENARIO_KEYS), "other_words": dict(neighbours.SCENARIO),
        "event": {
            "always": list(ALWAYS), "keys": list(KEYS), "other_words": dict(neighbours.EVENT), "shares": list(SHARES),
            "either": [{"told": each.told, "one": each.one, "other": each.other} for each in EITHER],
            "rules": {kind.code: {"allowed": RULES[kind].allowed,
                                  "needs": [{"told": need.told, "any_of": need.any_of} for need in RULES[kind].needs]}
                      for kind in EventKind},
        },
        "kinds": [kind.code for kind in Kind], "backgrounds": [each.name.lower() for each in Background],
        "parameters": {p.name: {"scope": p.scope.value, "low": p.low, "high": p.high, "unit": p.unit, "choices": p.choices,
                                "whole": p.whole} for p in PARAMETERS.values()},
        "scopes": {"later": [Scope.PLACE.value, Scope.PARTNER.value], "narrowed": Scope.PARTNER.value, "data": Scope.DATA.value},
        "near": NEAR, "hint": HINT, "shown": {"letters": MOST_SHOWN, "faults": MOST_IN_FULL, "spots": MOST_SPOTS},
        "faults": {name.removeprefix("faults."): text for name, text in messages().items() if name.startswith("faults.")},
    }
