"""A calibration from its study to what is known: runs over the priors, posterior, diagnostics, and runs over the posterior."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.calibration.calibration_study import Calibration, FindOut
from experiments.calibration.diagnostics import Ranks, learned, left_out, ranks, worth_observing
from experiments.calibration.observed import Floats, Observation
from experiments.calibration.patterns import QUARTERS, Pattern, Use, load_patterns
from experiments.calibration.posterior import Posterior, Table, posterior
from experiments.calibration.simulated import Asked, Series, prior_settings, simulate
from experiments.designs.factors import FactorKind
from incentive_abm.errors import StudyError
from incentive_abm.times import QUARTERS_A_YEAR

HELD = (0.05, 0.95)
"""A held-out figure passes where it lies within these quantiles of what is predicted, errors of observation included."""


@dataclass(frozen=True)
class Known:
    """What came of a calibration.

    settings: weight and a column a parameter, in its own unit; targets: observed beside predicted before and after;
    held: patterns compared afterwards, empty until asked for; worth: what would be worth observing.
    """

    study: Calibration
    settings: pd.DataFrame
    found: Posterior
    targets: pd.DataFrame
    ranks: Ranks
    learned: pd.DataFrame
    left_out: pd.DataFrame
    worth: pd.DataFrame
    held: pd.DataFrame
    sweeps: dict[str, str]
    source: str
    runs: int


def calibrate(study: Calibration, out: Path, workers: int, held_out: bool = False) -> Known:
    """Do what is missing of it in a folder. Held-out patterns are run only when asked for, after the posterior stands."""
    settings = prior_settings(study)
    prior = simulate(study, _asked(settings, study.observed, study.find_out), out / "prior", workers)
    seen = np.column_stack([prior.read(each) + each.errors(study.points, study.seed) for each in study.observed])
    table, observed = Table(to_unit(study, settings), seen), np.array([each.value for each in study.observed])
    names = tuple(study.names)
    found = posterior(table, observed, study.taken)
    draws = from_unit(study, found.drawn(study.draws, study.seed))
    after = simulate(study, _asked(draws, study.observed), out / "posterior", workers)
    sweeps = {"prior": prior.sweep, "posterior": after.sweep}
    runs = prior.runs + after.runs
    held = pd.DataFrame()
    if held_out:
        held, more = _held_out(study, draws, out, workers)
        sweeps |= {"held out": more.sweep} if more is not None else {}
        runs += more.runs if more is not None else 0
    worth = _worth(study, study.find_out, prior, found) if study.find_out is not None else pd.DataFrame()
    return Known(
        study, pd.concat([pd.DataFrame({"weight": found.weight}), from_unit(study, found.unit)], axis=1), found,
        _targets(study, seen, after), ranks(table, names, study.taken, study.seed), learned(found, names, study.seed),
        left_out(table, observed, tuple(each.name for each in study.observed), names, study.taken), worth, held, sweeps,
        prior.source, runs)


def to_unit(study: Calibration, settings: pd.DataFrame) -> Floats:
    """Settings in 0..1 of their ranges; of whole numbers the middle of their stratum."""
    columns = []
    for each in study.priors:
        factor, values = each.factor, settings[each.name].to_numpy(np.float64)
        whole = factor.kind is FactorKind.INT
        columns.append((values - factor.low + 0.5 * whole) / (factor.high - factor.low + whole))
    return np.column_stack(columns)


def from_unit(study: Calibration, unit: Floats) -> pd.DataFrame:
    """The way back."""
    return pd.DataFrame({each.name: each.factor.from_unit(unit[:, k]) for k, each in enumerate(study.priors)})


def _asked(settings: pd.DataFrame, observed: tuple[Observation, ...], more: FindOut | None = None) -> Asked:
    scenarios = [each.scenario for each in observed]
    series = [each.measure for each in observed]
    if more is not None:
        scenarios += [each for each in (more.scenario, more.against, more.seen_in) if each]
        series += [more.of, *more.measures]
    return Asked(settings, tuple(dict.fromkeys(scenarios)), tuple(dict.fromkeys(series)))


def _compared(each: Observation, values: Floats) -> dict[str, object]:
    """An observation beside what is predicted of it, errors included."""
    low, middle, high = np.quantile(values, (HELD[0], 0.5, HELD[1]))
    return {"predicted": middle, "predicted_low": low, "predicted_high": high, "inside": bool(low <= each.value <= high)}


def _targets(study: Calibration, seen: Floats, after: Series) -> pd.DataFrame:
    rows = []
    for k, each in enumerate(study.observed):
        low, middle, high = np.quantile(seen[:, k], (HELD[0], 0.5, HELD[1]))
        values = after.read(each) + each.errors(study.draws, study.seed + 1)
        rows.append({"target": each.name, "what": each.told, "observed": each.figure, "before": middle, "before_low": low,
                     "before_high": high, **_compared(each, values)})
    return pd.DataFrame(rows)


def compared_afterwards(study: Calibration) -> list[Pattern]:
    """Patterns that were not calibrated by: those held out, and those that are reported."""
    return [each for each in load_patterns() if each.number not in study.numbers and each.use is not Use.CALIBRATE]


def _held_out(study: Calibration, draws: pd.DataFrame, out: Path, workers: int) -> tuple[pd.DataFrame, Series | None]:
    patterns = compared_afterwards(study)
    observed = tuple(each for pattern in patterns for each in pattern.observed)
    if study.quarters < QUARTERS:
        raise StudyError(f"--held-out: published patterns are read off runs of {QUARTERS} quarters, these have {study.quarters}")
    ran = simulate(study, _asked(draws, observed), out / "held-out", workers) if observed else None
    rows: list[dict[str, object]] = []
    for pattern in patterns:
        told: dict[str, object] = {"pattern": pattern.number, "use": pattern.use.value, "says": pattern.says}
        for each in pattern.observed:
            assert ran is not None
            compared = _compared(each, ran.read(each) + each.errors(study.draws, study.seed + 2))
            rows.append(told | {"figure": each.told, "observed": each.figure, **compared,
                                "verdict": "pass" if compared["inside"] else "fail"})
        if not pattern.observed:
            rows.append(told | {"figure": pattern.not_measured, "verdict": "cannot be compared"})
    return pd.DataFrame(rows), ran


def _worth(study: Calibration, asked: FindOut, prior: Series, found: Posterior) -> pd.DataFrame:
    """Of the settings taken, which observation would tell most of the verdict: one run is seen, the verdict is over all runs."""
    rows = found.rows
    verdict = prior.values[(asked.scenario, asked.of)][rows, :, -QUARTERS_A_YEAR:].mean(axis=(1, 2))
    if asked.against:
        verdict = verdict - prior.values[(asked.against, asked.of)][rows, :, -QUARTERS_A_YEAR:].mean(axis=(1, 2))
    columns, names = [], []
    for measure in asked.measures:
        series = prior.values[(asked.seen_in, measure)][rows, 0]
        for year in asked.years:
            columns.append(series[:, (year - 1) * QUARTERS_A_YEAR:year * QUARTERS_A_YEAR].mean(axis=1))
            names.append(f"{measure} in year {year}")
    return worth_observing(np.column_stack(columns), verdict, names, study.seed)
