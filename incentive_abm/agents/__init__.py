"""The partners of a place as Mesa agents, and the ties between them: the model one reads, subclasses and steps through."""

from __future__ import annotations

from incentive_abm.agents.appraisal import Losses, Weights
from incentive_abm.agents.negotiation import Outcome, Package, hold_talks
from incentive_abm.agents.partner import GP, Council, Partner, Trust, Voluntary
from incentive_abm.agents.records import Identity, Organisation, PlaceState, Settings, Side, Tie

__all__ = ["GP", "Council", "Identity", "Losses", "Organisation", "Outcome", "Package", "Partner", "PlaceState", "Settings",
           "Side", "Tie", "Trust", "Voluntary", "Weights", "hold_talks"]
