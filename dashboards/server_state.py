"""What the page's process holds, and how far it is on its way."""

from __future__ import annotations

import asyncio
from enum import Enum

from dashboards.places import Places
from dashboards.run_cache import RunCache
from incentive_abm.place import Place


class Readiness(Enum):
    """How far the engine is on its way."""

    WARMING = "warming"
    READY = "ready"
    BROKEN = "broken"


class ServerState:
    """Places, messages of runs, whether the engine is ready, and a bound on heavy work at once.

    address: where others on the network reach the page, with the token that lets them in; empty where they cannot.
    """

    def __init__(self, place: Place, address: str = "") -> None:
        self.address = address
        self.places, self.runs = Places(place), RunCache()
        self.readiness, self.trouble = Readiness.WARMING, ""
        self.heavy = asyncio.Semaphore(2)
