"""Regimes: what became of a run, read off its series of form, integration and kinds joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from typing import Any, TypeAlias

import numpy as np
from numba import types
from numpy.typing import NDArray

from incentive_abm.compiling.build import FLOATS, build
from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS
from incentive_abm.state.kernels import plain

Series: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Thresholds:
    """Where one regime ends and another begins."""

    integrated_from: float
    integrated_quarters: int
    integrated_kinds: int
    collapsed_from: float
    collapsed_share: float
    busy_form: float
    busy_function: float
    started_form: float
    gain: float
    gain_quarters: int


def thresholds(settings: Mapping[str, float]) -> Thresholds:
    """The thresholds among a scenario's settings (name to number); what is not given stands at its declared default."""
    def value(name: str) -> float:
        return settings.get(name, PARAMETERS[name].default)

    return Thresholds(
        value("integrated_from"), int(value("integrated_quarters")), int(value("integrated_kinds")),
        value("collapsed_from"), value("collapsed_share"), value("busy_form"), value("busy_function"),
        value("started_form"), value("gain"), int(value("gain_quarters")))


@dataclass(frozen=True)
class Endings:
    """What became of R runs. Times are quarters counted from 1, NaN where it did not happen within the horizon."""

    regime: NDArray[np.int64]
    time_to_integration: NDArray[np.float64]
    time_to_stall: NDArray[np.float64]
    time_to_collapse: NDArray[np.float64]


READ = ("form", "integration", "group_kinds", "meetings")
"""The measures whose series tell a run's ending, by code, in the order in which `classify` takes them."""
INTEGRATED, COLLAPSED, BUSY, NEVER_STARTED, PROGRESSING, STALLED = (float(regime) for regime in Regime)
N_LIMIT, N_ENDING = len(fields(Thresholds)), len(fields(Endings))


@plain(types.float64[:, :, ::1], FLOATS, types.float64[:, ::1])
def classify(series: Any, limits: Any, out: Any) -> None:
    """Fill `out`, shape [N_ENDING][runs], from series of shape [READ][quarters][runs] and the numbers of `Thresholds`."""
    integrated_from, spell, integrated_kinds = limits[0], int(limits[1]), limits[2]
    collapsed_from, collapsed_share, busy_form, busy_function = limits[3], limits[4], limits[5], limits[6]
    started_form, least_gain, window = limits[7], limits[8], int(limits[9])
    quarters, runs = series.shape[1], series.shape[2]
    last = quarters - 1
    fallen = np.empty(quarters, np.bool_)
    for run in range(runs):
        form, integration, kinds, meetings = series[0, :, run], series[1, :, run], series[2, :, run], series[3, :, run]
        joined_at, stalled_at, fell_at = np.nan, np.nan, np.nan
        peak, most_form, held = integration[0], form[0], 0
        for q in range(quarters):
            peak = max(peak, integration[q])
            most_form = max(most_form, form[q])
            held = held + 1 if integration[q] >= integrated_from else 0
            fallen[q] = peak >= collapsed_from and integration[q] <= collapsed_share * peak
            if np.isnan(joined_at) and held >= spell and kinds[q] >= integrated_kinds:
                joined_at = q - spell + 2.0
            if np.isnan(fell_at) and fallen[q]:
                fell_at = q + 1.0
        # What passes is no stall: from its first quarter to the end nothing may be gained, nor be integrated or fallen.
        never_held = last + 1
        while never_held > 0 and not integration[never_held - 1] >= integrated_from:
            never_held -= 1
        stuck = last - window + 1
        while stuck > never_held and not fallen[stuck - 1 + window] \
                and integration[stuck - 1 + window] - integration[stuck - 1] < least_gain:
            stuck -= 1
        begun = False
        for q in range(last - window + 1):
            begun = begun or form[q] >= started_form
            talks = 0.0
            for k in range(q + 1, q + window + 1):
                talks += meetings[k]
            if q >= stuck and begun and talks > 0.0:
                stalled_at = q + 1.0
                break
        regime = STALLED
        if held >= spell and kinds[last] >= integrated_kinds:
            regime = INTEGRATED
        elif fallen[last]:
            regime = COLLAPSED
        elif form[last] >= busy_form and integration[last] < busy_function:
            regime = BUSY
        elif most_form < started_form:
            regime = NEVER_STARTED
        elif integration[last] - integration[max(last - window, 0)] >= least_gain:
            regime = PROGRESSING
        out[0, run], out[1, run], out[2, run], out[3, run] = regime, joined_at, stalled_at, fell_at


def endings(form: Series, integration: Series, kinds: Series, meetings: Series, limits: Thresholds) -> Endings:
    """Classify runs from their series, each of shape [quarters, runs].

    Regimes are tested in a fixed order, so they exclude each other and leave nothing out. A stall lasts: it begins
    in the first quarter, once form has reached `started_form` and while talks go on, from which to the end no
    `gain_quarters` gain as much as `gain` and the place is neither integrated nor fallen. A collapse begins in the
    first quarter at or below its share of the peak so far.
    """
    series = np.array([form, integration, kinds, meetings], np.float64)
    out = np.empty((N_ENDING, series.shape[2]))
    build()[classify](series, np.array(astuple(limits), np.float64), out)
    return Endings(out[0].astype(np.int64), out[1], out[2], out[3])
