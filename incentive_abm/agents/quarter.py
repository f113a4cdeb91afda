"""A quarter as agents play it: the nine phases, each from the file of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from incentive_abm.agents import (
    accounts,
    appraisal,
    commitment,
    delivery,
    leadership,
    learning,
    national,
    negotiation,
    pressures,
)
from incentive_abm.agents.records import PlaceState
from incentive_abm.kinds import Phase

_OF_PHASES = {module.__name__.rpartition(".")[2]: module for module in (
    accounts, appraisal, commitment, delivery, leadership, learning, national, negotiation, pressures)}
PHASES: Mapping[Phase, Callable[[PlaceState], None]] = {phase: _OF_PHASES[phase.name.lower()].play for phase in Phase}
"""What each phase does; within it, all read what held when it began."""
