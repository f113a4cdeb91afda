"""Part `variance`: how much of what differs lies between places, between seeds, between neighbourhoods and between ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import networkx
import numpy as np
import pandas as pd

from experiments.fates.estimates import Estimates, Indices, number, over_places, percent, told
from experiments.fates.markdown import table
from experiments.fates.nested_variance import Moments
from experiments.fates.playing import Told, Variant, levels_of, played, yearly
from experiments.fates.trial import Trial
from incentive_abm.engine.run import Recorded
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.state.pictures import TIE_PICTURE
from incentive_abm.times import QUARTERS_A_YEAR

ACROSS = -1
"""The neighbourhood of a tie whose partners belong to different ones."""
OF_RUNS = ("places", "seeds")
OF_TIES = ("places", "seeds", "neighbourhoods", "ties")


def neighbourhoods(place: Place) -> Indices:
    """Each tie's neighbourhood: communities of partners by the people whom ties share (greedy modularity, no chance)."""
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(place)))
    people = place.ties.people.tolist()
    graph.add_weighted_edges_from(zip(place.ties.a.tolist(), place.ties.b.tolist(), people, strict=True))
    of = np.empty(len(place), np.int64)
    for which, members in enumerate(networkx.community.greedy_modularity_communities(graph, weight="weight")):
        of[list(members)] = which
    return np.where(of[place.ties.a] == of[place.ties.b], of[place.ties.a], ACROSS)


def read(place: Place, recorded: Recorded) -> pd.DataFrame:
    """A row for each tie of each run: its joint work over the last year, its neighbourhood; and the run's integration."""
    assert recorded.ties is not None
    joint = recorded.ties[..., TIE_PICTURE.index("expected")].mean(axis=1, dtype=np.float64)
    runs, ties = joint.shape
    return pd.DataFrame({
        "run": np.repeat(np.arange(runs), ties), "neighbourhood": np.tile(neighbourhoods(place), runs),
        "joint_work": joint.ravel(), "integration": np.repeat(yearly(recorded, Measure.INTEGRATION)[:, -1], ties)})


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row for each tie of each run at each level looked at closely."""
    asked = [Variant({"level": level}, trial.scenario(level)) for level in trial.levels]
    return played(trial, lambda _: asked, trial.quarters, read, told_so_far, pictured=QUARTERS_A_YEAR)


def runs_of(ties: pd.DataFrame) -> pd.DataFrame:
    """A row a run, from a row a tie."""
    return ties.drop_duplicates(["level", "place", "seed"])[["level", "place", "seed", "integration"]]


def figures(ties: pd.DataFrame) -> dict[tuple[float, str], Estimates]:
    """By level and of what ("runs": their integration; "ties": their joint work): each component of variance as a share of
    the whole, and `sd`, the root of the whole."""
    found: dict[tuple[float, str], Estimates] = {}
    for level in levels_of(ties):
        some = ties[ties["level"] == level]
        runs = Moments.of(runs_of(some), "integration", ("place",))
        within = Moments.of(some[some["neighbourhood"] != ACROSS], "joint_work", ("place", "seed", "neighbourhood"))
        for of, moments, names in (("runs", runs, OF_RUNS), ("ties", within, OF_TIES)):
            found[level, of] = over_places(partial(_shares, moments, names), len(moments.items))
    return found


def _shares(moments: Moments, names: Sequence[str], places: Indices) -> dict[str, float]:
    parts = moments.components(places)
    return {**dict(zip(names, (parts / parts.sum()).tolist(), strict=True)), "sd": float(np.sqrt(parts.sum()))}


def tell(_: Trial, ties: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    shown, levels = figures(ties), levels_of(ties)
    yield "## Where the variance lies\n"
    yield ("Of a run's integration in its last year: between places, and between seeds within a place (components of a nested "
           "analysis of variance; one below zero means none).\n")
    yield table(("L", "sd of all", "between places", "between seeds"), (
        (f"{level:g}", told(at["sd"]), percent(at["places"]), percent(at["seeds"]))
        for level, at in ((level, shown[level, "runs"]) for level in levels)))
    yield (f"Of ties' joint work in the last year, each tie counting the same: neighbourhoods are communities of the graph of "
           f"ties by people shared; ties that join two of them ({100 * float((ties['neighbourhood'] == ACROSS).mean()):.0f}%) "
           f"are left out.\n")
    yield table(("L", "sd of all", *(f"between {name}" for name in OF_TIES)), (
        (f"{level:g}", told(at["sd"]), *(percent(at[name]) for name in OF_TIES))
        for level, at in ((level, shown[level, "ties"]) for level in levels)))
    yield f"Of what becomes of runs under one policy, places make {_span(shown, 'runs', 'places')}; the rest is luck.\n"
    yield f"Of what ties differ in, neighbourhoods within a run make {_span(shown, 'ties', 'neighbourhoods')}.\n"


def _span(shown: Mapping[tuple[float, str], Estimates], of: str, name: str) -> str:
    values = sorted((at[name].value, level) for (level, what), at in shown.items() if what == of)
    (low, first), (high, last) = values[0], values[-1]
    return f"between {number(100 * low, 0)}% (L = {first:g}) and {number(100 * high, 0)}% (L = {last:g})"
