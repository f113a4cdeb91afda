"""One run of the native engine, as the page tells it."""

from __future__ import annotations

import hashlib

import numpy as np

from dashboards.questions import QUARTERS
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.run import Batch, Job, Record, Recorded
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario


def record(place: Place, scenario: Scenario, seed: int, quarters: int = QUARTERS, kept: Record = Record.EVENTS,
           rules: RuleSet = SHIPPED) -> Recorded:
    """One run with everything that the page tells."""
    return Batch.begin(place, [Job(scenario, seed, rules)]).advance(quarters, kept)


def result_hash(recorded: Recorded) -> str:
    """SHA-256 (first 16 hex digits) of the measures, partners and ties of a batch, every quarter, to the last bit."""
    digest = hashlib.sha256()
    for array in (recorded.measures, recorded.partners, recorded.ties):
        if array is not None:
            digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]
