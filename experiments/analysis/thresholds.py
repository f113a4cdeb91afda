"""Regimes again under other thresholds: does the story hang on where a line was drawn?

The rules are the model's own (`incentive_abm.regimes`); this module only repeats them over stored series.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from experiments.analysis.intervals import wilson
from experiments.analysis.tidy import need
from incentive_abm.errors import UserError
from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS, Group
from incentive_abm.regimes import endings, thresholds

SERIES = ("form", "integration", "group_kinds", "meetings")


def threshold_names() -> list[str]:
    """The parameters that tell regimes apart, in the parameter table's order."""
    return [name for name, parameter in PARAMETERS.items() if parameter.group is Group.REGIMES]


def classify(series: pd.DataFrame, settings: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Each run's regime and times, read off its quarterly series.

    `series` has one row per run and quarter: run_id, quarter, form, integration, group_kinds, meetings (the measures of
    those names). `settings` maps thresholds to values; the rest stand at their defaults. Columns: run_id, regime,
    time_to_integration, time_to_stall, time_to_collapse. Raises UserError for an unknown threshold, a value outside its
    declared range, or runs that do not cover the same quarters.
    """
    need(series, ["run_id", "quarter", *SERIES], "series")
    given = dict(settings or {})
    for name, value in given.items():
        if name not in threshold_names():
            raise UserError(f"{name!r} is not a threshold; choose among {', '.join(threshold_names())}")
        given[name] = PARAMETERS[name].read(value)
    wide = [series.pivot(index="quarter", columns="run_id", values=name) for name in SERIES]
    if any(table.isna().any(axis=None) for table in wide):
        raise UserError("series: every run must cover the same quarters")
    form, integration, kinds, meetings = (table.to_numpy(dtype=np.float64) for table in wide)
    found = endings(form, integration, kinds, meetings, thresholds(given))
    return pd.DataFrame(
        {
            "run_id": wide[0].columns.to_numpy(),
            "regime": [Regime(int(code)).label for code in found.regime],
            "time_to_integration": found.time_to_integration,
            "time_to_stall": found.time_to_stall,
            "time_to_collapse": found.time_to_collapse,
        }
    )


def repeat_thresholds(series: pd.DataFrame, alternatives: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Regime shares under every combination of alternative thresholds.

    `alternatives` maps a threshold to the values to try. Columns: one per threshold varied, then regime, runs, of,
    share, low, high (Wilson); a regime that did not occur is listed with 0 runs.
    """
    tables = []
    labels = [regime.label for regime in Regime]
    for values in itertools.product(*alternatives.values()):
        varied = dict(zip(alternatives, values, strict=True))
        counts = classify(series, varied)["regime"].value_counts()
        table = pd.DataFrame({**varied, "regime": labels, "runs": [int(counts.get(name, 0)) for name in labels]})
        table["of"] = int(counts.sum())
        table["share"] = table["runs"] / table["of"]
        table["low"], table["high"] = wilson(table["runs"].to_numpy(float), table["of"].to_numpy(float))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
