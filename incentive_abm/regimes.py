"""Regimes: what became of a run, read off its series of form, integration and kinds joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS

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


def _first(happened: NDArray[np.bool_]) -> NDArray[np.float64]:
    """First row that is true in each column, counted from 1; NaN where none is."""
    if happened.shape[0] == 0:
        return np.full(happened.shape[1], np.nan)
    return np.where(happened.any(axis=0), happened.argmax(axis=0) + 1.0, np.nan)


def _spells(held: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Rows at which a spell of `length` true rows begins."""
    if held.shape[0] < length:
        return np.zeros((0, held.shape[1]), bool)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(held, length, axis=0).all(axis=-1))


def _to_the_end(held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows from which on all rows are true."""
    return np.asarray(np.logical_and.accumulate(held[::-1], axis=0)[::-1])


def endings(form: Series, integration: Series, kinds: Series, meetings: Series, limits: Thresholds) -> Endings:
    """Classify runs from their series, each of shape [quarters, runs].

    Regimes are tested in a fixed order, so they exclude each other and leave nothing out. A stall lasts: it begins
    in the first quarter, once form has reached `started_form` and while talks go on, from which to the end no
    `gain_quarters` gain as much as `gain` and the place is neither integrated nor fallen. A collapse begins in the
    first quarter at or below its share of the peak so far.
    """
    quarters, runs = integration.shape
    window = limits.gain_quarters
    held = integration >= limits.integrated_from
    spells = _spells(held, limits.integrated_quarters)
    joined = kinds[limits.integrated_quarters - 1:] >= limits.integrated_kinds
    integrated = (spells[-1] & (kinds[-1] >= limits.integrated_kinds)) if len(spells) else np.zeros(runs, bool)
    peak = np.maximum.accumulate(integration, axis=0)
    fallen = (peak >= limits.collapsed_from) & (integration <= limits.collapsed_share * peak)
    if quarters > window:
        gained = integration[window:] - integration[:-window]
        talked = np.lib.stride_tricks.sliding_window_view(meetings, window, axis=0)[1:].sum(axis=-1) > 0
        begun = np.maximum.accumulate(form, axis=0)[:-window] >= limits.started_form
        # What passes is no stall: from its first quarter to the end nothing may be gained.
        stuck = _to_the_end((gained < limits.gain) & ~fallen[window:])
        stalling = begun & talked & stuck & _to_the_end(~held)[:-window]
        rising = gained[-1] >= limits.gain
    else:
        stalling, rising = np.zeros((0, runs), bool), integration[-1] - integration[0] >= limits.gain
    tests = [
        integrated,
        fallen[-1],
        (form[-1] >= limits.busy_form) & (integration[-1] < limits.busy_function),
        form.max(axis=0) < limits.started_form,
        rising,
    ]
    regime = np.select(tests, [Regime.INTEGRATED, Regime.COLLAPSED, Regime.BUSY, Regime.NEVER_STARTED, Regime.PROGRESSING],
                       Regime.STALLED).astype(np.int64)
    return Endings(regime, _first(spells & joined), _first(stalling), _first(fallen))
