"""Regimes again under other thresholds: does the story hang on where a line was drawn?

The rules are the model's own (`incentive_abm.regimes`); this module only repeats them over stored series.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.analysis.intervals import wilson
from experiments.analysis.run_tables import Floats, need
from incentive_abm.errors import UserError
from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS, Group
from incentive_abm.regimes import endings, thresholds

MEASURES = ("form", "integration", "group_kinds", "meetings")
"""The measures that regimes are read off."""
BY_QUARTER = "_by_quarter"
"""What a sweep adds to a measure's name for the column that holds its whole series."""


@dataclass(frozen=True)
class Series:
    """The measures of every run by quarter, each of shape (quarters, runs), in the order of MEASURES."""

    run_id: npt.NDArray[np.object_]
    measures: tuple[Floats, Floats, Floats, Floats]


def series_of(results: pd.DataFrame) -> Series:
    """The series that a sweep kept: columns `form_by_quarter`, `integration_by_quarter`, ... with a list a run.

    Raises UserError where the sweep kept none, or where runs differ in length.
    """
    need(results, ["run_id", *(name + BY_QUARTER for name in MEASURES)])
    try:
        form, integration, kinds, meetings = (
            np.ascontiguousarray(np.array(results[name + BY_QUARTER].tolist(), dtype=np.float64).T) for name in MEASURES
        )
    except ValueError:
        raise UserError("series: every run must cover the same quarters") from None
    return Series(results["run_id"].to_numpy(dtype=object), (form, integration, kinds, meetings))


def series_from_long(table: pd.DataFrame) -> Series:
    """The series from a table with one row per run and quarter: run_id, quarter and MEASURES.

    Raises UserError where runs do not cover the same quarters.
    """
    need(table, ["run_id", "quarter", *MEASURES], "series")
    wide = [table.pivot(index="quarter", columns="run_id", values=name) for name in MEASURES]
    if any(each.isna().any(axis=None) for each in wide):
        raise UserError("series: every run must cover the same quarters")
    form, integration, kinds, meetings = (each.to_numpy(dtype=np.float64) for each in wide)
    return Series(wide[0].columns.to_numpy(dtype=object), (form, integration, kinds, meetings))


def threshold_names() -> list[str]:
    """The parameters that tell regimes apart, in the parameter table's order."""
    return [name for name, parameter in PARAMETERS.items() if parameter.group is Group.REGIMES]


def classify(series: Series, settings: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Each run's regime and times: run_id, regime, time_to_integration, time_to_stall, time_to_collapse.

    `settings` maps thresholds to values; the rest stand at their defaults. Raises UserError for an unknown threshold
    or a value outside its declared range.
    """
    given = dict(settings or {})
    for name, value in given.items():
        if name not in threshold_names():
            raise UserError(f"{name!r} is not a threshold; choose among {', '.join(threshold_names())}")
        given[name] = PARAMETERS[name].read(value)
    found = endings(*series.measures, thresholds(given))
    return pd.DataFrame(
        {
            "run_id": series.run_id,
            "regime": [Regime(int(code)).label for code in found.regime],
            "time_to_integration": found.time_to_integration,
            "time_to_stall": found.time_to_stall,
            "time_to_collapse": found.time_to_collapse,
        }
    )


def repeat_thresholds(series: Series, alternatives: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Regime shares under every combination of alternative thresholds.

    `alternatives` maps a threshold to the values to try. Columns: one per threshold varied, then regime, runs, of,
    share, low, high (Wilson); a regime that did not occur is listed with 0 runs.
    """
    tables = []
    for values in itertools.product(*alternatives.values()):
        varied = dict(zip(alternatives, values, strict=True))
        tables.append(pd.DataFrame({**varied, **_shares(series, varied)}))
    return pd.concat(tables, ignore_index=True)


def around_defaults(series: Series, by: float = 0.2) -> pd.DataFrame:
    """Each threshold alone a share `by` below and above its default (whole numbers by at least one).

    Columns: threshold, value, default, then as in `repeat_thresholds`. A value outside the declared range is left out.
    """
    tables = []
    for name in threshold_names():
        parameter = PARAMETERS[name]
        step = parameter.default * by
        if parameter.whole:
            step = max(round(step), 1)
        for value in (parameter.default - step, parameter.default, parameter.default + step):
            if parameter.low <= value <= parameter.high:
                shares = _shares(series, {name: value})
                tables.append(pd.DataFrame({"threshold": name, "value": value, "default": parameter.default, **shares}))
    return pd.concat(tables, ignore_index=True)


def _shares(series: Series, settings: Mapping[str, float]) -> dict[str, object]:
    labels = [regime.label for regime in Regime]
    counts = classify(series, settings)["regime"].value_counts()
    runs, of = np.array([float(counts.get(name, 0)) for name in labels]), np.full(len(labels), float(counts.sum()))
    low, high = wilson(runs, of)
    return {
        "regime": labels,
        "runs": runs.astype(int),
        "of": of.astype(int),
        "share": runs / of,
        "low": low,
        "high": high,
    }
