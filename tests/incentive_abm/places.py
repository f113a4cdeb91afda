"""A small generated place, its runs side by side, and the numbers of its state by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.engine.run import Batch, Job, Recorded
from incentive_abm.measures import Measure
from incentive_abm.place import Place, generate_place
from incentive_abm.scenario import Scenario, load_scenario
from incentive_abm.state.arrays import PARTNER, PLACE, SIDE, SIDE_A, SIDE_B, TIE, TIE_WIDTH, Arrays

Numbers = NDArray[np.float64]
PartnerField, TieField, SideField, PlaceField = (
    IntEnum(name, {field.upper(): k for k, field in enumerate(record.names)})  # type: ignore[misc]
    for name, record in (("PartnerField", PARTNER), ("TieField", TIE), ("SideField", SIDE), ("PlaceField", PLACE)))
Field = Measure | PartnerField | TieField | SideField | PlaceField


@cache
def a_dozen() -> Place:
    """Two trusts, two councils, four GP networks and four voluntary providers."""
    return generate_place(5, trusts=2, councils=2, gps=4, voluntary=4)


def today(settings: Mapping[str, Any] | None = None) -> Scenario:
    return load_scenario("today").with_overrides(dict(settings or {}))


def field_of(arrays: Arrays, field: Field) -> Numbers:
    """One field of the state, [items, lanes]; of both sides of every tie for a side's field."""
    lanes = len(arrays.lanes)
    if isinstance(field, PlaceField):
        return np.array(arrays.place.reshape(-1, lanes)[[int(field)]])
    if isinstance(field, PartnerField):
        return np.array(arrays.partner.reshape(-1, len(PARTNER), lanes)[:, int(field)])
    ties = arrays.tie.reshape(-1, TIE_WIDTH, lanes)
    if isinstance(field, SideField):
        return np.concatenate([ties[:, SIDE_A + field], ties[:, SIDE_B + field]])
    return np.array(ties[:, int(field)])


@dataclass(frozen=True)
class Played:
    """Runs of a dozen partners: what was recorded, and the state at the end of every fourth quarter."""

    recorded: Recorded
    states: tuple[Arrays, ...]

    def series(self, measure: Measure) -> Numbers:
        """[runs, quarters]."""
        assert self.recorded.measures is not None
        return np.array(self.recorded.measures[:, :, measure])

    def each(self, field: Field) -> Numbers:
        """A field of the state at every fourth quarter, [times, items, runs]."""
        runs = len(self.recorded.jobs)
        return np.stack([field_of(state, field)[:, :runs] for state in self.states])


def play(scenarios: list[Scenario], seeds: list[int], quarters: int = 32, place: Place | None = None) -> Played:
    """Run every scenario with every seed, side by side."""
    batch = Batch.begin(place or a_dozen(), [Job(s, seed) for s in scenarios for seed in seeds])
    states, parts = [batch.copy().arrays], []
    before = None
    for _ in range(quarters // 4):
        parts.append(batch.advance(4, before=before))
        states.append(batch.copy().arrays)
    measures = np.concatenate([part.measures for part in parts if part.measures is not None], axis=1)
    whole = Recorded(batch.jobs, parts[-1].endings, parts[-1].last, measures)
    return Played(whole, tuple(states))


def played(settings: Mapping[str, Any] | None = None, quarters: int = 32) -> Played:
    """Today's default with some settings, over eight seeds."""
    return play([today(settings)], list(range(1, 9)), quarters)
