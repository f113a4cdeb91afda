"""The partners of a place as Mesa agents, and the ties between them: the model one reads, subclasses and steps through."""

from __future__ import annotations

from incentive_abm.agents.appraising import Losses, Weights
from incentive_abm.agents.organisation import Facts, Organisation
from incentive_abm.agents.partner import GP, Council, Partner, Trust, Voluntary
from incentive_abm.agents.place_state import PlaceState, Settings
from incentive_abm.agents.sides import Side
from incentive_abm.agents.talks import Outcome, Package, hold_talks
from incentive_abm.agents.ties import Tie

__all__ = ["GP", "Council", "Facts", "Losses", "Organisation", "Outcome", "Package", "Partner", "PlaceState", "Settings",
           "Side", "Tie", "Trust", "Voluntary", "Weights", "hold_talks"]
