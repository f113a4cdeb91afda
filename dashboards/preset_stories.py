"""What the page opens a preset with: the few levers that carry its question, and a world that is typical of it; found by running.

`python -m dashboards.preset_stories` runs all presets (or those named) on the shipped place and writes `preset_stories.toml`.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from incentive_abm.engine.run import Recorded, run, threads_available
from incentive_abm.files import write_text_whole
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Parameter, Role, Scope
from incentive_abm.place import Place, shipped_place
from incentive_abm.scenario import Event, EventKind, Scenario, shipped_scenarios

FILE = Path(__file__).with_name("preset_stories.toml")
LEAST, MOST = 3, 6
WORTH_SHOWING = 0.01
"""Change of what is joined (and half of what is agreed) at the end that a room can see; shares of shared spending."""
OWN = 2.0
"""A lever that the preset itself moves carries its question more than another of the same effect."""
FEW, MANY = 16, 48
"""Worlds for trying a lever, and for finding one that is typical."""
OPENING = ("declared-from-above", "relations-first")
"""A against B, with which the page opens."""


@dataclass(frozen=True)
class Story:
    """The levers that carry a preset's question, the weightiest first, and the seed of a typical world."""

    levers: tuple[str, ...]
    world: int


@lru_cache(maxsize=1)
def stories() -> Mapping[str, Story]:
    """What was found for each preset; raises KeyError where a file of another make lacks a key."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Story(tuple(each["levers"]), int(each["world"])) for name, each in found.items()}


def with_value(scenario: Scenario, parameter: Parameter, value: float) -> Scenario:
    """The scenario with a lever set for everyone and for good: whatever it said of the lever gives way."""
    def rest(values: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
        return tuple((name, each) for name, each in values if name != parameter.name)

    def other(event: Event) -> Event | None:
        if event.what is not EventKind.SET:
            return event
        left = rest(event.parameters)
        return replace(event, parameters=left) if left else None

    return replace(scenario, parameters=(*rest(scenario.parameters), (parameter.name, value)),
                   kinds=tuple((kind, rest(values)) for kind, values in scenario.kinds),
                   partners=tuple((who, rest(values)) for who, values in scenario.partners),
                   events=tuple(event for event in map(other, scenario.events) if event is not None))


def moved_by(scenario: Scenario) -> set[str]:
    """The levers that a preset itself moves."""
    values = [scenario.parameters, *(values for _, values in scenario.kinds), *(event.parameters for event in scenario.events)]
    return {name for each in values for name, _ in each if PARAMETERS[name].role is Role.LEVER}


def effect(place: Place, scenario: Scenario, parameter: Parameter, unchanged: Recorded) -> float:
    """The largest median change at the end of what is joined, and half of what is agreed, over both ends and the default."""
    ends = set(range(len(parameter.choices))) if parameter.choices else {parameter.low, parameter.high, parameter.default}
    best = 0.0
    for value in sorted(ends):
        changed = run(place, with_value(scenario, parameter, float(value)), range(1, FEW + 1))
        gain = np.median(changed.last - unchanged.last, axis=0)
        best = max(best, abs(float(gain[Measure.INTEGRATION])) + 0.5 * abs(float(gain[Measure.FORM])))
    return best


def carrying(place: Place, scenario: Scenario) -> tuple[str, ...]:
    """Three to six levers that carry a scenario's question, the weightiest first."""
    own, unchanged = moved_by(scenario), run(place, scenario, range(1, FEW + 1))
    levers = [p for p in PARAMETERS.values() if p.role is Role.LEVER and p.scope in (Scope.PLACE, Scope.PARTNER, Scope.START)]
    with ThreadPoolExecutor(threads_available()) as pool:
        effects = list(pool.map(lambda p: effect(place, scenario, p, unchanged) * (OWN if p.name in own else 1.0), levers))
    ranked = sorted(zip(effects, levers, strict=True), key=lambda pair: -pair[0])
    shown = [p.name for size, p in ranked[:MOST] if size >= WORTH_SHOWING]
    return tuple(shown if len(shown) >= LEAST else [p.name for _, p in ranked[:LEAST]])


def typical(place: Place, scenario: Scenario) -> int:
    """The seed of the world that runs nearest the middle of many, among those that end as most do."""
    found = run(place, scenario, range(1, MANY + 1))
    if found.measures is None:
        raise ValueError("a typical world needs measures")
    regimes = found.endings.regime
    common = regimes == np.bincount(regimes).argmax()
    paths = found.measures[:, :, [Measure.FORM, Measure.INTEGRATION]]
    away = np.square(paths - np.median(paths[common], axis=0)).sum(axis=(1, 2))
    return int(np.argmin(np.where(common, away, np.inf))) + 1


def main(names: Sequence[str]) -> None:
    """Find the stories of these presets, or of all, and write them beside those that were known."""
    place, shipped = shipped_place(), shipped_scenarios()
    found = dict(stories()) if names and FILE.exists() else {}
    for name in names or shipped:
        found[name] = Story(carrying(place, shipped[name]), typical(place, shipped[name]))
        print(name, found[name].world, *found[name].levers, flush=True)
    lines = ["# Found by running; rewritten by `python -m dashboards.preset_stories`."]
    for name in shipped:
        levers = ", ".join(f'"{each}"' for each in found[name].levers)
        lines += ["", f"[{name}]", f"levers = [{levers}]", f"world = {found[name].world}"]
    write_text_whole(FILE, "\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
