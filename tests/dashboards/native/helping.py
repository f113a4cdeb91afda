"""What would help most from here: every lever moved on its own from the current quarter, over the same many seeds."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboards.questions import OTHER_WORLDS, QUARTERS, SPAN
from incentive_abm.compiling.build import build
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.run import Batch, Job, Record, threads_available
from incentive_abm.lever_moves import moved
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Parameter, Role, Scope
from incentive_abm.place import Place
from incentive_abm.scenario import BoundEvent, Event, EventKind, Scenario
from incentive_abm.scenario.binding import bind_events
from incentive_abm.state.arrays import LANES


@dataclass(frozen=True)
class Change:
    """One lever moved to one value for everyone from the current quarter."""

    parameter: Parameter
    was: float
    value: float


def changes(scenario: Scenario, quarter: int) -> list[Change]:
    """Each lever that may change during a run, moved up and down as far as `STEP` and its range allow."""
    found = []
    for parameter in PARAMETERS.values():
        if parameter.role is not Role.LEVER or parameter.scope not in (Scope.PLACE, Scope.PARTNER):
            continue
        was = in_force(scenario, parameter, quarter)
        if parameter.choices:
            found += [Change(parameter, was, float(k)) for k in range(len(parameter.choices)) if k != was]
            continue
        for way in (1.0, -1.0):
            value = float(build()[moved](was, way, parameter.low, parameter.high, float(parameter.whole)))
            if not np.isnan(value):
                found.append(Change(parameter, was, value))
    return found


def in_force(scenario: Scenario, parameter: Parameter, quarter: int) -> float:
    """The value for everyone at a quarter: the default, the scenario's, or that of the latest event for everyone."""
    value = dict(scenario.parameters).get(parameter.name, parameter.default)
    for event in sorted(scenario.events, key=lambda e: e.quarter):
        if event.what is EventKind.SET and event.kind is None and event.partner is None and event.quarter <= quarter:
            value = dict(event.parameters).get(parameter.name, value)
    return value


def what_would_help(place: Place, scenario: Scenario, seed: int, quarter: int,
                    rules: RuleSet = SHIPPED) -> Iterator[dict[str, Any]]:
    """Progress, then every change ranked by its median gain in integration at the end, against the same luck unchanged.

    quarter: how many quarters have passed (0..QUARTERS). From there on each of `LANES` worlds has luck of its own.
    """
    start = Batch.begin(place, [Job(scenario, seed, rules)])
    before = None
    if quarter:
        before = start.advance(quarter, Record.MEASURES).measures
    tried = changes(scenario, quarter)
    seeds = [seed, *range(OTHER_WORLDS, OTHER_WORLDS + LANES - 1)]

    def ends(events: tuple[BoundEvent, ...]) -> NDArray[np.float64]:
        batch = start.branch(0, [events] * LANES)[0].reseeded(seeds)
        return batch.advance(QUARTERS - quarter, Record.ENDINGS, earlier(before)).last

    def earlier(series: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
        return None if series is None else np.repeat(series.transpose(1, 2, 0), LANES, axis=2)

    unchanged = ends(())
    rows = []
    with ThreadPoolExecutor(threads_available()) as pool:
        for change, last in zip(tried, pool.map(lambda c: ends(bound(place, c, quarter)), tried), strict=True):
            rows.append(row(change, last, unchanged))
            yield {"done": len(rows), "of": len(tried)}
    rows.sort(key=lambda r: -r["gain"])
    base = unchanged[:, Measure.INTEGRATION]
    yield {"quarter": quarter, "worlds": LANES, "unchanged": float(np.median(base)), "rows": rows}


def bound(place: Place, change: Change, quarter: int) -> tuple[BoundEvent, ...]:
    """The change as an event of the place."""
    event = Event(quarter, EventKind.SET, parameters=((change.parameter.name, change.value),))
    return bind_events((event,), place)


def row(change: Change, last: NDArray[np.float64], unchanged: NDArray[np.float64]) -> dict[str, Any]:
    """One change, with the gain in integration: median, and the span of four worlds in five."""
    gain = last[:, Measure.INTEGRATION] - unchanged[:, Measure.INTEGRATION]
    low, middle, high = np.quantile(gain, SPAN).tolist()
    p = change.parameter
    return {"name": p.name, "label": p.label, "was": p.show(change.was), "value": p.show(change.value),
            "gain": round(middle, 5), "low": round(low, 5), "high": round(high, 5)}
