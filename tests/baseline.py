"""Results that are meant to stay as they are: `python -m tests.baseline` accepts those of today as the new baseline.

Rounded results of every shipped scenario on the shipped place: what became of two runs, and their form (F), integration
(I) and outcome (O) after 20, 40 and 60 quarters.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from incentive_abm.engine.run import Recorded, run
from incentive_abm.files import write_text_whole
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.place import Place, shipped_place
from incentive_abm.scenario import shipped_scenarios

FILE = Path(__file__).with_name("baseline.json")
UNCOUPLED = Path(__file__).with_name("baseline_uncoupled.json")
"""Results before ties were coupled (baseline `9e07997a`), of the scenarios that have not changed since; never rewritten."""
SEEDS = (1, 2)
SWITCHES: dict[str, float | str] = {
    "whole_way": 0.0, "word_travels": 0.0, "policy_sustains": 1.0, "skill_fading": 0.0, "place_spread": 0.0, "attention": 50.0,
    "results_felt": 0.0, "reinvested": 0.0, "routine_inertia": 0.0, "compact": "none",
}
"""What couples ties and partners beyond a single tie, and the value at which each is off."""
QUARTERS = (20, 40, 60)
MEASURES = {"F": Measure.FORM, "I": Measure.INTEGRATION, "O": Measure.OUTCOME}
DIGITS = 6
CHANGELOG = FILE.parents[1] / "CHANGELOG.md"
TO_UPDATE = ('If results were meant to change, run `make baseline`, look at the difference, and begin the entry in CHANGELOG.md '
             'with "Changes results", saying which and why, and naming the new baseline as the command prints it. '
             'If they were not, a mistake has been found.')
NAMED = {said: re.compile(rf"^- \*\*{said} results\*\*[^*]*?\bbaseline `([0-9a-f]{{8}})`", re.MULTILINE)
         for said in ("Changes", "First")}

Results = dict[str, dict[str, dict[str, Any]]]
"""Scenario → seed → "regime", or "F20" and the like."""


def results(place: Place | None = None) -> Results:
    """Today's results."""
    place = place or shipped_place()
    return {name: as_written(run(place, scenario, SEEDS, max(QUARTERS))) for name, scenario in shipped_scenarios().items()}


def uncoupled() -> Results:
    """The same with everything that couples ties switched off, which must give the results there were before it."""
    before, switches = json.loads(UNCOUPLED.read_text(encoding="utf-8")), {**SWITCHES, "effect": 2.0}
    scenarios = {name: scenario for name, scenario in shipped_scenarios().items() if name in before}
    return {name: as_written(run(shipped_place(), scenario.with_overrides(switches), SEEDS, max(QUARTERS)))
            for name, scenario in scenarios.items()}


def as_written(found: Recorded) -> dict[str, dict[str, Any]]:
    """One scenario's runs, by seed."""
    assert found.measures is not None
    return {str(job.seed): {"regime": Regime(int(regime)).code, **numbers(series)}
            for job, regime, series in zip(found.jobs, found.endings.regime, found.measures, strict=True)}


def numbers(series: np.ndarray) -> dict[str, float]:
    """A run's rounded measures; series is [quarters, N_MEASURE]."""
    return {f"{letter}{quarter}": round(float(series[quarter - 1, measure]), DIGITS)
            for quarter in QUARTERS for letter, measure in MEASURES.items()}


def accepted() -> Results:
    """The baseline."""
    found: Results = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def digest(found: Results) -> str:
    """The short name of a baseline: 8 hex digits, other ones wherever any number is another."""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:8]


def named_in(changelog: str) -> str:
    """The baseline that the newest entry to name one names, in a line that says that results change; "" where none does.

    Within one version, a change is newer than first results, wherever it stands.
    """
    _, *versions = changelog.split("\n## ")
    named = (pattern.search(entries) for entries in versions for pattern in NAMED.values())
    return next((newest[1] for newest in named if newest), "")


def differences(expected: Results, found: Results) -> list[str]:
    """What differs, one line each, in words."""
    lines = [f"{name}: no longer shipped" for name in expected.keys() - found.keys()]
    lines += [f"{name}: a new scenario, not in the baseline" for name in found.keys() - expected.keys()]
    for name in expected.keys() & found.keys():
        for seed in sorted(expected[name].keys() | found[name].keys()):
            before, now = expected[name].get(seed, {}), found[name].get(seed, {})
            lines += [f"{name}, seed {seed}: {what} was {before.get(what)}, is {now.get(what)}"
                      for what in dict.fromkeys((*before, *now)) if not same(before.get(what), now.get(what))]
    return sorted(lines)


def same(before: Any, now: Any) -> bool:
    """Equal, or as near as rounding lets two machines be."""
    if isinstance(before, float | int) and isinstance(now, float | int):
        return abs(before - now) <= 1.5 * 10.0 ** -DIGITS
    return bool(before == now)


def write(found: Results, file: Path = FILE) -> None:
    """Write a baseline whole."""
    write_text_whole(file, json.dumps(found, indent=1, sort_keys=True) + "\n")


def main() -> None:
    """Accept today's results, and say what changed."""
    found = results()
    changed = differences(accepted(), found) if FILE.exists() else ["there was none before"]
    write(found)
    print("\n".join(changed) if changed else "nothing changed")
    said = f"{FILE.name}: baseline `{digest(found)}`, {len(found)} scenarios, {len(SEEDS)} seeds each."
    print(f"{said} {TO_UPDATE}" if changed else said)


if __name__ == "__main__":
    main()
