"""Partners as Mesa agents: one class for each kind; subclass one and override a decision to try another behaviour."""

from __future__ import annotations

from incentive_abm.agents.accounts import Accounting
from incentive_abm.agents.appraisal import Appraising
from incentive_abm.agents.commitment import Committing
from incentive_abm.agents.delivery import Delivering
from incentive_abm.agents.leadership import Led
from incentive_abm.agents.learning import Learning
from incentive_abm.agents.national import Rescued
from incentive_abm.agents.pressures import Pressed


class Partner(Rescued, Led, Pressed, Appraising, Committing, Delivering, Learning, Accounting):
    """An organisation that serves people together with others. Each method is one decision or one judgement."""


class Trust(Partner):
    """A hospital trust."""


class Council(Partner):
    """A council, with its adult social care."""


class GP(Partner):
    """A network of general practices."""


class Voluntary(Partner):
    """A voluntary provider."""
