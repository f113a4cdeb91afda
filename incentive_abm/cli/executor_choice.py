"""Who does the runs: the compiled engine, or the same model on Mesa; both give `Recorded`, bit for bit the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from incentive_abm import recording
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.run import Job, Record, Recorded, stream
from incentive_abm.measures import N_MEASURE, Measure
from incentive_abm.place import Place
from incentive_abm.regimes import endings, thresholds
from incentive_abm.scenario import Scenario


def recorded(executor: str, place: Place, scenario: Scenario, seeds: Sequence[int], quarters: int, record: Record,
             threads: int | None = None, rules: RuleSet = SHIPPED) -> Iterator[Recorded]:
    """Runs in batches, in the order of seeds, each yielded as it is done; only the engine uses threads."""
    if executor == "engine":
        yield from stream(place, [Job(scenario, seed, rules) for seed in seeds], quarters, record, threads)
        return
    for seed in seeds:
        yield on_mesa(place, scenario, seed, quarters, record, rules)


def on_mesa(place: Place, scenario: Scenario, seed: int, quarters: int, record: Record, rules: RuleSet = SHIPPED) -> Recorded:
    """One run of the Mesa model, recorded as the engine records."""
    from incentive_abm.model import IntegrationModel

    model = IntegrationModel(place, scenario, seed=seed, rules=rules)
    kept = np.empty((quarters, N_MEASURE))
    pictures, logs = [], []
    for quarter in range(quarters):
        model.step()
        arrays = model.arrays()
        kept[quarter] = model.measures
        if record in (Record.PICTURES, Record.EVENTS):
            now = recording.picture(arrays)
            pictures.append(now)
            if record is Record.EVENTS:
                logs.append(recording.log_quarter(arrays, quarter + 1, 0, now, rules))
    ends = endings(kept[:, [Measure.FORM]], kept[:, [Measure.INTEGRATION]], kept[:, [Measure.GROUP_KINDS]],
                   kept[:, [Measure.MEETINGS]], thresholds(scenario.settings()))
    return Recorded(
        jobs=(Job(scenario, seed, rules),), endings=ends, last=kept[-1:].copy(),
        measures=None if record is Record.ENDINGS else kept[None],
        partners=np.stack([p[:, :, 0] for p, _ in pictures])[None] if pictures else None,
        ties=np.stack([t[:, :, 0] for _, t in pictures])[None] if pictures else None,
        logs=(tuple(logs),) if record is Record.EVENTS else None)
