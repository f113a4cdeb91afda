"""Who does the runs: the compiled engine, or the same model on Mesa; both give `Recorded`, bit for bit the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from incentive_abm import recording
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.run import Job, Record, Recorded, stream
from incentive_abm.measured_runs import stream_measured, with_own
from incentive_abm.measures import N_MEASURE, Measure
from incentive_abm.place import Place
from incentive_abm.regimes import endings, thresholds
from incentive_abm.scenario import Scenario
from incentive_abm.user_measures import OwnMeasure, OwnReader


def recorded(executor: str, place: Place, scenario: Scenario, seeds: Sequence[int], quarters: int, record: Record,
             threads: int | None = None, rules: RuleSet = SHIPPED, own: Sequence[OwnMeasure] = ()) -> Iterator[Recorded]:
    """Runs in batches, in the order of seeds, each yielded as it is done, as `Measured` where there are measures of a user's own;
    only the engine uses threads."""
    if executor == "engine" and own:
        yield from stream_measured(place, [Job(scenario, seed, rules) for seed in seeds], quarters, record, own, threads)
        return
    if executor == "engine":
        yield from stream(place, [Job(scenario, seed, rules) for seed in seeds], quarters, record, threads)
        return
    for seed in seeds:
        yield on_mesa(place, scenario, seed, quarters, record, rules, own)


def on_mesa(place: Place, scenario: Scenario, seed: int, quarters: int, record: Record, rules: RuleSet = SHIPPED,
            own: Sequence[OwnMeasure] = ()) -> Recorded:
    """One run of the Mesa model, recorded as the engine records."""
    from incentive_abm.model import IntegrationModel

    model = IntegrationModel(place, scenario, seed=seed, rules=rules)
    kept, of_own = np.empty((quarters, N_MEASURE)), np.empty((quarters, len(own)))
    reader = OwnReader(tuple(own), rules)
    pictures, logs = [], []
    for quarter in range(quarters):
        model.step()
        arrays = model.arrays()
        kept[quarter] = model.measures
        of_own[quarter] = reader.of(arrays, 1)[0]
        if record in (Record.PICTURES, Record.EVENTS):
            now = recording.picture(arrays)
            pictures.append(now)
            if record is Record.EVENTS:
                logs.append(recording.log_quarter(arrays, quarter + 1, 0, now, rules))
    ends = endings(kept[:, [Measure.FORM]], kept[:, [Measure.INTEGRATION]], kept[:, [Measure.GROUP_KINDS]],
                   kept[:, [Measure.MEETINGS]], thresholds(scenario.settings()))
    found = Recorded(
        jobs=(Job(scenario, seed, rules),), endings=ends, last=kept[-1:].copy(),
        measures=None if record is Record.ENDINGS else kept[None],
        partners=np.stack([p[:, :, 0] for p, _ in pictures])[None] if pictures else None,
        ties=np.stack([t[:, :, 0] for _, t in pictures])[None] if pictures else None,
        logs=(tuple(logs),) if record is Record.EVENTS else None)
    return with_own(found, of_own[None]) if own else found
