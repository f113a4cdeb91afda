"""Part `groups`: sizes of the groups of partners that integrated ties join at the end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from experiments.fates.estimates import Columns, Estimates, Indices, over_places, percent, told
from experiments.fates.markdown import table
from experiments.fates.playing import Told, Variant, by_place, levels_of, played
from experiments.fates.trial import Trial
from incentive_abm.engine.run import Recorded
from incentive_abm.place import Place
from incentive_abm.place.components import components
from incentive_abm.state.pictures import TIE_PICTURE

SMALL = (2, 3)


def read(place: Place, recorded: Recorded) -> pd.DataFrame:
    """Of each run: its groups, those of two or three, and the largest one as a share of partners."""
    assert recorded.ties is not None
    rows = []
    for run, job in enumerate(recorded.jobs):
        enough = job.scenario.settings()["seamless_quality"]
        joined = recorded.ties[run, -1, :, TIE_PICTURE.index("expected")] >= enough
        sizes = np.bincount(components(len(place), place.ties.a[joined], place.ties.b[joined]))
        sizes = sizes[sizes > 1]
        rows.append((run, len(sizes), int(np.isin(sizes, SMALL).sum()), sizes.max(initial=0), sizes.max(initial=0) / len(place)))
    return pd.DataFrame(rows, columns=["run", "groups", "small", "largest", "largest_share"])


def play(trial: Trial, told_so_far: Told) -> pd.DataFrame:
    """A row a run at each level looked at closely."""
    asked = [Variant({"level": level}, trial.scenario(level)) for level in trial.levels]
    return played(trial, lambda _: asked, trial.quarters, read, told_so_far, pictured=1)


def figures(runs: pd.DataFrame) -> dict[float, Estimates]:
    """By level: groups a run, the share of them of two or three, partners in the largest, runs without one, and runs where one
    group joins more than half of partners."""
    found: dict[float, Estimates] = {}
    for level in levels_of(runs):
        columns = by_place(runs[runs["level"] == level], ("groups", "small", "largest", "largest_share"))
        found[level] = over_places(partial(_described, columns), len(columns["groups"]))
    return found


def _described(runs: Columns, places: Indices) -> dict[str, float]:
    groups = runs["groups"][places]
    small = float(runs["small"][places].sum() / groups.sum()) if groups.any() else float("nan")
    return {"groups": float(groups.mean()), "small": small, "largest": float(runs["largest"][places].mean()),
            "none": float((groups == 0).mean()), "most": float((runs["largest_share"][places] > 0.5).mean())}


def tell(_: Trial, runs: pd.DataFrame) -> Iterator[str]:
    """The section of the page."""
    yield "## Groups joined by integrated ties at the end\n"
    yield table(("L", "groups a run", "of two or three", "partners in the largest", "runs without a group",
                 "runs where one joins over half"), (
        (f"{level:g}", told(at["groups"], 1), percent(at["small"]), told(at["largest"], 1), percent(at["none"]),
         percent(at["most"])) for level, at in figures(runs).items()))
    all_groups, small = int(runs["groups"].sum()), int(runs["small"].sum())
    share = f", {100 * small / all_groups:.0f}%" if all_groups else ""
    yield f"Of {all_groups} groups in these runs, {small} are of two or three partners{share}.\n"
