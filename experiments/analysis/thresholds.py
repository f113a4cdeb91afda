"""Regimes again under other thresholds: does the story hang on where a line was drawn?"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.analysis.intervals import wilson
from experiments.analysis.tidy import Floats, need
from incentive_abm.errors import UserError

REGIMES = ("integrated", "collapsed", "busy", "never started", "progressing", "stalled")


@dataclass(frozen=True)
class Thresholds:
    """The lines between regimes; the defaults are the specification's.

    integrated: integration at or above `integrated` for the last `hold` quarters, and `kinds` kinds of partner joined
    collapsed: integration was at least `collapsed_from` and ended at `collapsed_share` of its peak or less
    busy: form at or above `busy_form` with integration below `busy_integration` at the end
    never started: form never reached `started`
    progressing: integration gained at least `gain` over the last `window` quarters; all else is stalled
    """

    integrated: float = 0.30
    hold: int = 8
    kinds: int = 3
    collapsed_from: float = 0.15
    collapsed_share: float = 0.5
    busy_form: float = 0.30
    busy_integration: float = 0.15
    started: float = 0.05
    gain: float = 0.01
    window: int = 8


def classify(series: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """The regime of every run from its quarterly series: run_id, regime.

    `series`, one row per run and quarter: run_id, quarter, integration, form, kinds_joined (kinds in the largest
    integrated component). Every run must cover the same quarters. Raises UserError where one does not, or where the
    series is shorter than the thresholds look back.
    """
    need(series, ["run_id", "quarter", "integration", "form", "kinds_joined"], "series")
    wide = {
        name: series.pivot(index="run_id", columns="quarter", values=name) for name in ("integration", "form", "kinds_joined")
    }
    level, form, kinds = (table.to_numpy(dtype=np.float64) for table in wide.values())
    if np.isnan(level).any():
        raise UserError("series: every run must cover the same quarters")
    back = int(max(thresholds.hold, thresholds.window + 1))
    if level.shape[1] < back:
        raise UserError(f"series: {level.shape[1]} quarters are too few; these thresholds look back {back}")
    tests = _tests(level, form, kinds, thresholds)
    regime = np.select(tests, list(REGIMES[:-1]), default=REGIMES[-1])
    return pd.DataFrame({"run_id": wide["integration"].index.to_numpy(), "regime": regime})


def _tests(level: Floats, form: Floats, kinds: Floats, t: Thresholds) -> list[npt.NDArray[np.bool_]]:
    """One test a regime, in the order in which they are asked."""
    end, peak = level[:, -1], level.max(axis=1)
    return [
        (level[:, -int(t.hold) :] >= t.integrated).all(axis=1) & (kinds[:, -1] >= t.kinds),
        (peak >= t.collapsed_from) & (end <= t.collapsed_share * peak),
        (form[:, -1] >= t.busy_form) & (end < t.busy_integration),
        form.max(axis=1) < t.started,
        end - level[:, -1 - int(t.window)] >= t.gain,
    ]


def repeat_thresholds(series: pd.DataFrame, alternatives: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Regime shares under every combination of alternative thresholds.

    `alternatives` maps a field of `Thresholds` to the values to try. Columns: one per field varied, then
    regime, runs, of, share, low, high (Wilson); regimes that did not occur are listed with 0 runs.
    """
    known = {field.name for field in fields(Thresholds)}
    for name in alternatives:
        if name not in known:
            raise UserError(f"{name!r} is not a threshold; choose among {', '.join(sorted(known))}")
    tables = []
    for values in itertools.product(*alternatives.values()):
        varied: dict[str, Any] = dict(zip(alternatives, values, strict=True))
        counts = classify(series, replace(Thresholds(), **varied))["regime"].value_counts()
        table = pd.DataFrame({**varied, "regime": REGIMES, "runs": [int(counts.get(name, 0)) for name in REGIMES]})
        table["of"] = int(counts.sum())
        table["share"] = table["runs"] / table["of"]
        table["low"], table["high"] = wilson(table["runs"].to_numpy(float), table["of"].to_numpy(float))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
