"""Time to integration, stall and collapse in a sweep: the survival estimators by group of runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from experiments.analysis import survival
from experiments.analysis.bands import banded
from experiments.analysis.run_tables import need
from experiments.analysis.shared import sharing_of
from experiments.result_columns import EVENTS


def first_event(results: pd.DataFrame, events: Sequence[str] = EVENTS) -> pd.DataFrame:
    """Each run's first event. Columns, row for row: time (quarters), event ("" where censored at the horizon).

    Two events in one quarter are settled by the order of `events`. Needs `time_to_<event>` and the run's length.
    """
    columns = [f"time_to_{event}" for event in events]
    need(results, columns)
    times = results[columns].to_numpy(dtype=float)
    earliest = np.argmin(np.where(np.isnan(times), np.inf, times), axis=1)
    time = times[np.arange(len(times)), earliest]
    happened = ~np.isnan(time)
    return pd.DataFrame(
        {
            "time": np.where(happened, time, quarters_run(results).to_numpy(dtype=float)),
            "event": np.where(happened, np.array(events, dtype=object)[earliest], ""),
        },
        index=results.index,
    )


def quarters_run(results: pd.DataFrame) -> pd.Series[float]:
    """The length of each run: column `quarters`, or `horizon` where no factor of that name stands in its place."""
    name = "quarters" if "quarters" in results.columns else "horizon"
    need(results, [name])
    return results[name].astype(float)


def waiting(results: pd.DataFrame, event: str, since: str = "") -> pd.DataFrame:
    """Time to one event, from the start or since another event (then only the runs in which that happened).

    Columns: time, happened. `waiting(results, "collapse", since="integration")` is how long integration lasts.
    """
    need(results, [f"time_to_{name}" for name in (event, since) if name])
    end = results[f"time_to_{event}"].astype(float)
    start = results[f"time_to_{since}"].astype(float) if since else pd.Series(0.0, index=results.index)
    happened = end.notna() & (end >= start)
    time = end.where(happened, quarters_run(results)) - start
    return pd.DataFrame({"time": time, "happened": happened})[start.notna()]


def survival_curves(
    results: pd.DataFrame,
    event: str = "integration",
    by: str = "",
    *,
    since: str = "",
    bands: int = 3,
    design: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Kaplan-Meier curves, one for each group of the factor `by`: group, then `survival.kaplan_meier`'s columns.

    With the sweep's `design` the intervals allow for the points and the luck that runs share.
    """
    results = results.reset_index(drop=True)
    times = waiting(results, event, since)
    sharing = None if design is None else sharing_of(results, design)

    def curve(rows: pd.Index) -> pd.DataFrame:
        own = None if sharing is None else sharing.take(rows.to_numpy())
        return survival.kaplan_meier(times.loc[rows, "time"], times.loc[rows, "happened"], sharing=own)

    return _by_group(results.loc[times.index], by, bands, curve)


def incidence_curves(results: pd.DataFrame, by: str = "", *, events: Sequence[str] = EVENTS, bands: int = 3) -> pd.DataFrame:
    """Cumulative incidence of competing first events: group, then `survival.cumulative_incidence`'s columns."""
    results = results.reset_index(drop=True)
    firsts = first_event(results, events)

    def curves(rows: pd.Index) -> pd.DataFrame:
        chosen = firsts.loc[rows]
        return survival.cumulative_incidence(chosen["time"], chosen["event"], events)

    return _by_group(results, by, bands, curves)


def restricted_means(
    results: pd.DataFrame,
    event: str = "integration",
    by: str = "",
    *,
    since: str = "",
    bands: int = 3,
    design: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Mean quarters without the event up to the shortest longest time of any group, so that groups compare.

    Columns: group, then `survival.restricted_mean`'s. `design` as in `survival_curves`.
    """
    results = results.reset_index(drop=True)
    sharing = None if design is None else sharing_of(results, design)
    times = waiting(results, event, since)
    chosen = results.loc[times.index]
    groups = banded(chosen, by, bands)["label"] if by else pd.Series("all", index=chosen.index)
    horizon = float(times["time"].groupby(groups, observed=True).max().min())

    def means(rows: pd.Index) -> pd.DataFrame:
        own = None if sharing is None else sharing.take(rows.to_numpy())
        return survival.restricted_mean(times.loc[rows, "time"], times.loc[rows, "happened"], horizon, sharing=own)

    return _by_group(chosen, by, bands, means)


def compare_times(results: pd.DataFrame, event: str, by: Sequence[str], *, since: str = "", bands: int = 3) -> pd.DataFrame:
    """Log-rank test over the groups of each factor: factor, groups, chi_square, degrees, p_value; strongest first.

    Right only for runs that share neither points nor luck (see `survival.log_rank`); the report of a sweep leaves it out.
    """
    results = results.reset_index(drop=True)
    times = waiting(results, event, since)
    rows = []
    for factor in by:
        labels = banded(results.loc[times.index], factor, bands)["label"].astype(str)
        test = survival.log_rank(times["time"], times["happened"], labels)
        test.insert(0, "factor", factor)
        test.insert(1, "groups", labels.nunique())
        rows.append(test)
    table = pd.concat(rows, ignore_index=True)
    return table.sort_values(["p_value", "chi_square"], ascending=[True, False], ignore_index=True)


def _by_group(results: pd.DataFrame, by: str, bands: int, make: Callable[[pd.Index], pd.DataFrame]) -> pd.DataFrame:
    need(results, [by] if by else [])
    if not by:
        table = make(results.index)
        table.insert(0, "group", "all")
        return table
    tables = []
    for label, rows in results.groupby(banded(results, by, bands)["label"], observed=True):
        table = make(rows.index)
        table.insert(0, "group", str(label))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
