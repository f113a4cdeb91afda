"""Thresholds tell regimes apart, and defaults fill holes in data."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from places import Numbers, a_dozen, today

from incentive_abm.engine.run import Job, stream
from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS, Scope
from incentive_abm.place import place_from_graph
from incentive_abm.regimes import endings, thresholds

SERIES = 48


def rising(start: float, end: float) -> Numbers:
    return np.linspace(start, end, SERIES)


def ended(name: str, value: float, form: float, integration: Numbers, kinds: float) -> Regime:
    """The regime of one made-up run, with one threshold moved."""
    made = endings(np.full((SERIES, 1), form), integration[:, None], np.full((SERIES, 1), kinds), np.ones((SERIES, 1)),
                   thresholds({name: value}))
    return Regime(int(made.regime[0]))


LATE = np.r_[np.zeros(SERIES - 10), np.full(10, 0.4)]
PEAKED = np.r_[np.linspace(0.0, 0.28, SERIES // 2), np.full(SERIES // 2, 0.16)]
TELLS: dict[str, tuple[float, Numbers, float, Regime, Regime]] = {
    "integrated_from": (0.6, np.full(SERIES, 0.5), 4.0, Regime.INTEGRATED, Regime.STALLED),
    "integrated_quarters": (0.6, LATE, 4.0, Regime.INTEGRATED, Regime.STALLED),
    "integrated_kinds": (0.6, np.full(SERIES, 0.5), 2.0, Regime.INTEGRATED, Regime.STALLED),
    "collapsed_from": (0.2, np.r_[PEAKED[:24], np.full(24, 0.1)], 4.0, Regime.COLLAPSED, Regime.STALLED),
    "collapsed_share": (0.2, PEAKED, 4.0, Regime.STALLED, Regime.COLLAPSED),
    "busy_form": (0.4, np.full(SERIES, 0.05), 4.0, Regime.BUSY, Regime.STALLED),
    "busy_function": (0.4, np.full(SERIES, 0.2), 4.0, Regime.STALLED, Regime.BUSY),
    "started_form": (0.1, np.full(SERIES, 0.02), 2.0, Regime.STALLED, Regime.NEVER_STARTED),
    "gain": (0.2, rising(0.0, 0.25), 2.0, Regime.PROGRESSING, Regime.STALLED),
    "gain_quarters": (0.2, np.r_[rising(0.0, 0.1)[:40], np.full(8, 0.08)], 2.0, Regime.STALLED, Regime.PROGRESSING),
}


def test_every_threshold_is_told_where_it_tells() -> None:
    assert sorted(TELLS) == sorted(p.name for p in PARAMETERS.values() if p.scope is Scope.RESULT)


@pytest.mark.parametrize("name", TELLS)
def test_a_threshold_tells_regimes_apart(name: str) -> None:
    form, integration, kinds, low, high = TELLS[name]
    declared = PARAMETERS[name]
    assert ended(name, declared.low, form, integration, kinds) is low
    assert ended(name, declared.high, form, integration, kinds) is high


def test_a_scenarios_own_thresholds_are_used() -> None:
    strict, lax = (today({"mandate": 0.3, "started_form": value}) for value in (0.5, 0.005))
    regimes = next(stream(a_dozen(), [Job(strict, 1), Job(lax, 1)], 8, threads=1)).endings.regime
    assert regimes[0] == Regime.NEVER_STARTED != regimes[1]


def with_holes() -> networkx.Graph[str]:
    """Partners of every kind about whom little is known."""
    graph: networkx.Graph[str] = networkx.Graph()
    partners = [("trust-a", "trust", {}), ("trust-b", "trust", {"staff": 4000.0}), ("council-a", "council", {}),
                ("council-b", "council", {"people": 200000.0}), ("gp-a", "gp", {}), ("gp-b", "gp", {"people": 30000.0}),
                ("aid", "voluntary", {})]
    for name, kind, known in partners:
        graph.add_node(name, name=name, kind=kind, **known)
    graph.add_edge("trust-a", "trust-b", people=900.0)
    for name, _, _ in partners[2:]:
        graph.add_edge("trust-a", name)
    return graph


@pytest.mark.parametrize("name", [p.name for p in PARAMETERS.values() if p.scope is Scope.DATA])
def test_a_hole_in_the_data_is_filled_by_its_default(name: str) -> None:
    declared = PARAMETERS[name]
    low, high = (place_from_graph(with_holes(), "holes", {name: value}) for value in (declared.low, declared.high))
    assert low.hash != high.hash
