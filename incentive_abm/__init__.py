"""incentive_abm: why joining up health and social care succeeds in a few places and stalls in most.

An exploration, not a forecast: the model compares mechanisms, it never predicts a real place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incentive_abm.engine.run import Record
    from incentive_abm.errors import PlaceError, ScenarioError, UserError
    from incentive_abm.kinds import Background, Blocker, Kind, Regime
    from incentive_abm.measures import Measure
    from incentive_abm.model import IntegrationModel
    from incentive_abm.parameters import PARAMETERS
    from incentive_abm.place import (
        Parallel,
        Place,
        check_place,
        draw_map,
        generate_place,
        import_place,
        load_place,
        place_from_graph,
        place_from_texts,
        shipped_place,
    )
    from incentive_abm.results import Result, Run, own_measures, read_run, run
    from incentive_abm.rivals import rule_set
    from incentive_abm.scenario import (
        Event,
        EventKind,
        Scenario,
        load_scenario,
        scenario_from_text,
        shipped_scenarios,
    )

__version__ = "0.1.0"
EXPLORATION = "An exploration, not a forecast."

__all__ = [
    "EXPLORATION", "PARAMETERS", "Background", "Blocker", "Event", "EventKind", "IntegrationModel", "Kind", "Measure",
    "Parallel", "Place", "PlaceError", "Record", "Regime", "Result", "Run", "Scenario", "ScenarioError", "UserError",
    "check_place", "draw_map", "generate_place", "import_place", "load_place", "load_scenario", "own_measures",
    "place_from_graph", "place_from_texts", "read_run", "rule_set", "run", "scenario_from_text", "shipped_place",
    "shipped_scenarios",
]

# Where each name lives: importing the package loads nothing, and a name only what it needs.
_HOMES = {
    "engine.run": ("Record",),
    "errors": ("PlaceError", "ScenarioError", "UserError"),
    "kinds": ("Background", "Blocker", "Kind", "Regime"),
    "measures": ("Measure",),
    "model": ("IntegrationModel",),
    "parameters": ("PARAMETERS",),
    "place": ("Parallel", "Place", "check_place", "draw_map", "generate_place", "import_place", "load_place", "place_from_graph",
              "place_from_texts", "shipped_place"),
    "results": ("Result", "Run", "own_measures", "read_run", "run"),
    "rivals": ("rule_set",),
    "scenario": ("Event", "EventKind", "Scenario", "load_scenario", "scenario_from_text", "shipped_scenarios"),
}


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is first asked for."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
