"""What the page's sentences about a run rest on, besides its numbers; the sentences are the page's own (`words/happened.js`)."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboards.run_requests import QUARTERS
from incentive_abm.regimes import Endings
from incentive_abm.rules.politics import quarters_to_election
from incentive_abm.scenario import Scenario

EARLY = 4
"""A stall within this many quarters of the beginning is told as nothing having moved."""


def times(endings: Endings) -> dict[str, float | None]:
    """In which quarter, counted from 1, the first run came to be integrated, stalled and collapsed; None where it did not."""
    found = {name: float(getattr(endings, f"time_to_{name}")[0]) for name in ("integration", "stall", "collapse")}
    return {name: None if np.isnan(time) else time for name, time in found.items()}


def happenings(scenario: Scenario) -> list[dict[str, Any]]:
    """A scenario's events, each with its title or plain words."""
    return [{"quarter": event.quarter, "said": event.said} for event in scenario.events if event.quarter < QUARTERS]


def elections(scenario: Scenario) -> list[int]:
    """The quarters, counted from 0, in which there is a general election."""
    phase = scenario.settings()["election_phase"]
    return [q for q in range(QUARTERS) if quarters_to_election(float(q), phase) == 0.0]
