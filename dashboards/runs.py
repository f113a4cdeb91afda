"""One run of the engine, and the message that tells the browser all of it."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from dashboards.facts import elections, happenings, times
from dashboards.packed_run import blocks, pack
from dashboards.run_requests import QUARTERS
from dashboards.what_would_help import in_force
from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.engine.run import Batch, Job, Record, Recorded
from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import Place
from incentive_abm.results.stage_link import held_by_browsers
from incentive_abm.scenario import Scenario


def record(place: Place, scenario: Scenario, seed: int, quarters: int = QUARTERS, kept: Record = Record.EVENTS) -> Recorded:
    """One run with everything that the page tells."""
    return Batch.begin(place, [Job(scenario, seed)]).advance(quarters, kept)


def result_hash(recorded: Recorded) -> str:
    """SHA-256 (first 16 hex digits) of the measures, partners and ties of a batch, every quarter, to the last bit."""
    digest = hashlib.sha256()
    for array in (recorded.measures, recorded.partners, recorded.ties):
        if array is not None:
            digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def message(place: Place, scenario: Scenario, seed: int) -> bytes:
    """The whole run for the browser."""
    recorded = record(place, scenario, seed, kept=Record.PICTURES)
    found = blocks(recorded, np.array([in_force(scenario, PARAMETERS["seamless_quality"], q) for q in range(QUARTERS)]))
    endings = recorded.endings
    if recorded.measures is None:
        raise ValueError("a message needs measures")
    regime = Regime(int(endings.regime[0]))
    header: dict[str, Any] = {
        "place": place.hash, "scenario": scenario.hash, "seed": held_by_browsers(seed), "quarters": QUARTERS,
        "version": __version__, "source": source_hash(), "result": result_hash(recorded), "regime": regime.code,
        "times": times(endings), "events": happenings(scenario), "elections": elections(scenario),
    }
    return pack(header, found)
