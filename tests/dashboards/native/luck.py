"""Is it luck? The same settings in many worlds, each with its own shocks, leaders and chance; told while they run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboards.english import text
from dashboards.questions import ALIKE, QUARTERS, SHARES, SHOWN, WORLDS
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.run import Job, Record, stream
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario
from incentive_abm.scenario.events import Values

Settings = Sequence[Values]
"""What is not known, a setting a world; () where it is as it is."""


def jobs_of(scenario: Scenario, count: int, known: Settings = (), rules: RuleSet = SHIPPED) -> list[Job]:
    """The worlds from 1; what the scenario sets itself stays."""
    own = dict(scenario.parameters)
    return [Job(scenario.overlaid({**dict(known[k - 1]), **own}) if known else scenario, k, rules) for k in range(1, count + 1)]


def worlds(place: Place, scenario: Scenario, seed: int, count: int = WORLDS, known: Settings = (),
           rules: RuleSet = SHIPPED) -> Iterator[dict[str, Any]]:
    """Progress, then the answer: how many of `count` worlds ended in each regime, and the band of their paths.

    Seeds run from 1; `seed` is the run in the picture, whose own end is placed among them.
    """
    jobs = jobs_of(scenario, count, known, rules)
    regimes: list[int] = []
    paths: list[NDArray[np.float64]] = []
    for part in stream(place, jobs, QUARTERS, Record.MEASURES):
        if part.measures is None:
            raise ValueError("worlds need measures")
        regimes += part.endings.regime.tolist()
        paths.append(part.measures[:, :, SHOWN])
        yield {"done": len(regimes), "of": count, "integrated": regimes.count(Regime.INTEGRATED)}
    series = np.concatenate(paths)
    ends = np.sort(series[:, -1, 1])
    yield {
        "of": count, "seed": seed,
        "regimes": [{"code": r.code, "label": r.label, "meaning": r.meaning, "count": regimes.count(r)} for r in Regime],
        "said": said(regimes.count(Regime.INTEGRATED), count),
        "bands": {m.code: np.quantile(series[:, :, k], SHARES, axis=0).round(5).tolist() for k, m in enumerate(SHOWN)},
        "ends": ends.round(5).tolist(),
    }


def contest(place: Place, first: Scenario, other: Scenario, count: int = WORLDS,
            known: Settings = (), rules: RuleSet = SHIPPED) -> Iterator[dict[str, Any]]:
    """Progress, then in how many of the same worlds the other scenario ends with more joined up than the first, and with less."""
    ends: list[list[float]] = [[], []]
    for k, scenario in enumerate((first, other)):
        for part in stream(place, jobs_of(scenario, count, known, rules), QUARTERS, Record.ENDINGS):
            ends[k] += part.last[:, Measure.INTEGRATION].tolist()
            yield {"done": len(ends[0]) + len(ends[1]), "of": 2 * count}
    gain = np.array(ends[1]) - np.array(ends[0])
    yield {"of": count, "ahead": int((gain >= ALIKE).sum()), "behind": int((gain <= -ALIKE).sum()),
           "gain": float(np.median(gain))}


def said(integrated: int, count: int) -> str:
    """The answer in one sentence."""
    how_many = "none" if integrated == 0 else "all" if integrated == count else "some"
    return text(f"luck.{how_many}", integrated=integrated, worlds=count)
