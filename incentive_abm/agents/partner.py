"""Partners as Mesa agents: one class for each kind; subclass one and override a decision to try another behaviour."""

from __future__ import annotations

from incentive_abm.agents.accounting import Accounting
from incentive_abm.agents.appraising import Appraising
from incentive_abm.agents.bargaining import Bargaining
from incentive_abm.agents.delivering import Delivering, Learning
from incentive_abm.agents.leading import Leading


class Partner(Leading, Appraising, Bargaining, Delivering, Learning, Accounting):
    """An organisation that serves people together with others. Each method is one decision or one judgement."""


class Trust(Partner):
    """A hospital trust."""


class Council(Partner):
    """A council, with its adult social care."""


class GP(Partner):
    """A network of general practices."""


class Voluntary(Partner):
    """A voluntary provider."""
