"""Scenarios: which parameters differ from their defaults, for whom and from when; read from TOML and checked."""

from __future__ import annotations

from incentive_abm.scenario.binding import BoundEvent
from incentive_abm.scenario.events import Event, EventKind
from incentive_abm.scenario.scenario import Scenario
from incentive_abm.scenario.scenario_reading import load_scenario, read_assignment, scenario_from_text, shipped_scenarios

__all__ = ["BoundEvent", "Event", "EventKind", "Scenario", "load_scenario", "read_assignment",
           "scenario_from_text", "shipped_scenarios"]
