"""Time to an event, right-censored: Kaplan-Meier, cumulative incidence, restricted mean, log-rank.

The estimators are statsmodels' where it has them. Every function takes plain arrays, so that it can be held
against published data; `times` applies them to a sweep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.analysis.intervals import normal_quantile, student_quantile
from experiments.analysis.run_tables import Floats
from experiments.analysis.shared import Sharing
from incentive_abm.errors import UserError
from incentive_abm.optional_libraries import library

SURVFUNC = "statsmodels.duration.survfunc"


def kaplan_meier(
    time: npt.ArrayLike, happened: npt.ArrayLike, confidence: float = 0.95, sharing: Sharing | None = None
) -> pd.DataFrame:
    """Kaplan-Meier: the share to whom the event has not yet happened, one row at 0 and one per event time.

    `time` to the event or to the end of observation; `happened` is true where the event was seen.
    Columns: time, at_risk, events, survival, se (Greenwood), low, high (log-log, Kalbfleisch & Prentice 2002;
    NaN where survival is 0). With `sharing` the se allows for what runs share, in Greenwood's place (Williams 1995).
    Source: Kaplan & Meier 1958.
    """
    t, seen = _checked(time, happened)
    start = pd.DataFrame({"time": [0.0], "at_risk": [len(t)], "events": [0], "survival": [1.0], "se": [0.0]})
    if not seen.any():
        return _log_log(start, "survival", confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        curve = library(SURVFUNC).SurvfuncRight(t, seen.astype(int))
    rows = pd.DataFrame(
        {
            "time": curve.surv_times.astype(float),
            "at_risk": curve.n_risk.astype(int),
            "events": curve.n_events.astype(int),
            "survival": curve.surv_prob,
            "se": curve.surv_prob_se,
        }
    )
    table = pd.concat([start, rows], ignore_index=True)
    if sharing is None:
        return _log_log(table, "survival", confidence)
    spreads = [sharing.spread(parts) for _, parts in _contributions(t, seen, table)]
    table["se"] = table["survival"] * np.sqrt([variance for variance, _ in spreads])
    return _log_log(table, "survival", confidence, np.array([degrees for _, degrees in spreads]))


def _contributions(t: Floats, seen: npt.NDArray[np.bool_], curve: pd.DataFrame) -> Iterator[tuple[float, Floats]]:
    """At each time of a curve, what each run contributes to the error of the logarithm of survival."""
    parts = np.zeros(len(t))
    for time, at_risk, events in curve[["time", "at_risk", "events"]].itertuples(index=False):
        if events:
            parts = parts - ((seen & (t == time)) - (t >= time) * (events / at_risk)) / at_risk
        yield float(time), parts


def cumulative_incidence(
    time: npt.ArrayLike, event: Sequence[str] | pd.Series, causes: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """Aalen-Johansen: the share to whom each cause has happened first, other causes competing.

    `event` names each run's first event, "" where it was censored. One row at 0 and one per observed time for each
    cause. Columns: cause, time, incidence, se (delta method), low, high (log-log).
    Sources: Aalen & Johansen 1978; Marubini & Valsecchi 1995.
    """
    names = np.asarray(event, dtype=object)
    for name in set(names) - {"", *causes}:
        raise UserError(f"{name!r} is not among the events {', '.join(causes)}")
    t, seen = _checked(time, names != "")
    codes = np.array([0 if name == "" else list(causes).index(name) + 1 for name in names])
    tables = []
    if seen.any():
        with np.errstate(divide="ignore", invalid="ignore"):
            curves = library(SURVFUNC).CumIncidenceRight(t, codes)
    for place, cause in enumerate(causes):
        table = pd.DataFrame({"cause": [cause], "time": [0.0], "incidence": [0.0], "se": [0.0]})
        if seen.any():
            known = place < len(curves.cinc)
            rows = pd.DataFrame({"cause": cause, "time": curves.times.astype(float)})
            rows["incidence"] = curves.cinc[place] if known else 0.0
            rows["se"] = curves.cinc_se[place] if known else 0.0
            table = pd.concat([table, rows], ignore_index=True)
        tables.append(_log_log(table, "incidence", confidence))
    return pd.concat(tables, ignore_index=True)


def restricted_mean(
    time: npt.ArrayLike, happened: npt.ArrayLike, horizon: float, confidence: float = 0.95, sharing: Sharing | None = None
) -> pd.DataFrame:
    """Restricted mean: the area under the survival curve up to `horizon`, that is, E[min(T, horizon)].

    One row: mean, se, low, high, horizon, runs. Variance: sum over event times of (area to the right)^2
    d / (n (n - d)); with `sharing`, of what each run contributes. Source: Andersen, Hansen & Klein 2004; Royston & Parmar 2013.
    """
    t, seen = _checked(time, happened)
    if not 0.0 < horizon <= t.max():
        raise UserError(f"the restricted mean's horizon must lie in 0 to {t.max():g}, the longest time seen")
    curve = kaplan_meier(t, seen)
    curve = curve[curve["time"] <= horizon]
    edges = np.append(curve["time"].to_numpy(), horizon)
    areas = curve["survival"].to_numpy() * np.diff(edges)
    right = areas[::-1].cumsum()[::-1]
    deaths, at_risk = curve["events"].to_numpy(dtype=float), curve["at_risk"].to_numpy(dtype=float)
    left = at_risk - deaths
    terms = np.divide(right**2 * deaths, at_risk * left, out=np.zeros_like(right), where=left > 0)
    se, mean = float(np.sqrt(terms.sum())), float(areas.sum())
    half = normal_quantile(confidence) * se
    if sharing is not None:
        whole = np.zeros(len(t))
        for (_, parts), area in zip(_contributions(t, seen, curve), areas, strict=True):
            whole = whole + area * parts
        variance, degrees = sharing.spread(whole)
        se = float(np.sqrt(variance))
        half = student_quantile(max(degrees, 1.0), confidence) * se
    return pd.DataFrame(
        {"mean": [mean], "se": se, "low": max(mean - half, 0.0), "high": min(mean + half, horizon)}
        | {"horizon": horizon, "runs": len(t)}
    )


def log_rank(time: npt.ArrayLike, happened: npt.ArrayLike, group: Sequence[object] | pd.Series[str]) -> pd.DataFrame:
    """Log-rank test that the event comes at the same rate in every group. One row: chi_square, degrees, p_value.

    Runs are taken as independent. Groups that share luck are not, which makes the test err on the side of caution.
    Source: Mantel 1966.
    """
    t, seen = _checked(time, happened)
    labels = np.asarray([str(each) for each in group])
    groups = len(set(labels))
    if groups < 2:
        raise UserError("the log-rank test needs at least two groups of runs")
    if not seen.any():
        raise UserError("the log-rank test needs at least one event; none happened")
    chi_square, p_value = library(SURVFUNC).survdiff(t, seen.astype(int), labels)
    return pd.DataFrame({"chi_square": [float(chi_square)], "degrees": groups - 1, "p_value": float(p_value)})


def _checked(time: npt.ArrayLike, happened: npt.ArrayLike) -> tuple[Floats, npt.NDArray[np.bool_]]:
    t, seen = np.asarray(time, dtype=np.float64), np.asarray(happened, dtype=bool)
    if len(t) == 0:
        raise UserError("there are no runs to analyse yet")
    if len(t) != len(seen):
        raise UserError(f"there are {len(t)} times but {len(seen)} events")
    if not np.isfinite(t).all() or (t < 0).any():
        raise UserError("times must be numbers of quarters, zero or more")
    return t, seen


def _log_log(table: pd.DataFrame, column: str, confidence: float, degrees: Floats | None = None) -> pd.DataFrame:
    """Add low and high on the complementary log-log scale, which keeps them within 0..1; normal without `degrees`."""
    p, se = table[column].to_numpy(dtype=float), table["se"].to_numpy(dtype=float)
    inside = (p > 0.0) & (p < 1.0) & np.isfinite(se)
    log = np.log(np.where(inside, p, 0.5))
    quantile: float | Floats = normal_quantile(confidence)
    if degrees is not None:
        quantile = np.array([student_quantile(max(each, 1.0), confidence) for each in degrees])
    power = np.exp(quantile * np.where(inside, se, 0.0) / (np.where(inside, p, 0.5) * np.abs(log)))
    certain = np.where(se == 0.0, p, np.nan)
    table["low"] = np.where(inside, np.exp(log * power), certain)
    table["high"] = np.where(inside, np.exp(log / power), certain)
    return table
