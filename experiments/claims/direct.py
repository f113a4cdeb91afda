"""How much of a claim's effect goes through each rule that its settings are handed to: the setting is moved in that rule alone.

A setting carries with it which rules are to see its other level, in digits far behind those that count;
rules built for this read them.
"""

from __future__ import annotations

import importlib.util
import inspect
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.claims.claim import Arm, Claim, Design, Trial
from experiments.claims.claim_study import QUARTERS
from experiments.claims.conditions import Judged
from experiments.claims.evidence import estimate
from experiments.claims.lanes import rows_of, runs_by_place
from incentive_abm import rules as themes
from incentive_abm.compiling.build import RuleSet, build
from incentive_abm.engine.quarter import advance
from incentive_abm.engine.run import Batch, Job, Recorded
from incentive_abm.engine.run import _endings as endings_of
from incentive_abm.event_effects import apply_events
from incentive_abm.files import write_text_whole
from incentive_abm.measures import N_MEASURE
from incentive_abm.parameters import PARAMETERS, Parameter, Role, Scope
from incentive_abm.state.arrays import LANES

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place

Floats = NDArray[np.float64]
FINE, SURE, DRAWS, SAME = 20, 0.05, 2000, 1e-12
"""Binary digits that count of a setting, and as many behind them for the rules that see the other level."""
CALLED = {("appraisal.joint_worth", "own_budget"): "own_budget_weight",
          ("blockers.unknown_worth", "own_budget"): "own_budget_weight",
          ("compacts.unclear_after", "clarity"): "obligations_clarity",
          ("relations.information_after", "clarity"): "obligations_clarity",
          ("commitment.walks_away", "mandate"): "", ("appraisal.joint_cost", "clarity"): ""}
"""Rules and arguments by which a setting goes that has another name; "": what has a setting's name and is worked out from it."""


HEAD = '''import math
from types import FunctionType

from incentive_abm.compiling import rule


def as_shipped(function):
    """The shipped rule under no name by which another would be put in its place."""
    copied = FunctionType(function.__code__, function.__globals__, function.__name__)
    copied.__module__ = "as_shipped"
    return rule(copied)'''


@lru_cache(maxsize=1)
def takers() -> Mapping[str, tuple[str, ...]]:
    """Settings by the rules that take them by name, each rule with its theme, as in `trust.credit`."""
    found: dict[str, list[str]] = {}
    for theme in pkgutil.iter_modules(themes.__path__):
        module = importlib.import_module(f"{themes.__name__}.{theme.name}")
        for name, function in vars(module).items():
            if getattr(function, "is_rule", False) and function.__module__ == module.__name__:
                for argument in inspect.signature(function).parameters:
                    setting = CALLED.get((f"{theme.name}.{name}", argument), argument)
                    if setting in PARAMETERS and _can_carry(PARAMETERS[setting]):
                        found.setdefault(setting, []).append(f"{theme.name}.{name}")
    return {setting: tuple(sorted(rules)) for setting, rules in found.items()}


def _can_carry(row: Parameter) -> bool:
    varied = row.role in (Role.LEVER, Role.UNCERTAINTY)
    return varied and row.scope in (Scope.PLACE, Scope.PARTNER) and not row.choices and not row.whole


def carrying(row: Parameter, value: float, rules: Sequence[str] = ()) -> float:
    """The setting with what tells these rules to see its other level."""
    digits = round((value - row.low) / (row.high - row.low) * 2**FINE)
    mask = sum(2 ** takers()[row.name].index(rule) for rule in rules)
    return float(row.low + (row.high - row.low) * (digits / 2**FINE + mask / 4**FINE))


def reading_rules(folder: Path) -> RuleSet:
    """Every rule that takes such a setting, built to read what the setting carries; its module is written into a folder."""
    wanted = sorted({rule for rules in takers().values() for rule in rules})
    text = "\n\n\n".join([HEAD, *map(_reading, wanted)]) + "\n"
    path = folder / "reading_rules.py"
    write_text_whole(path, text)
    spec = importlib.util.spec_from_file_location("reading_rules", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return RuleSet({rule: getattr(module, rule.partition(".")[2]) for rule in wanted})


def _reading(rule: str) -> str:
    theme, _, name = rule.partition(".")
    function = getattr(importlib.import_module(f"{themes.__name__}.{theme}"), name)
    lines = []
    for argument in inspect.signature(function).parameters:
        row = PARAMETERS.get(CALLED.get((rule, argument), argument))
        if row is not None and rule in takers().get(row.name, ()):
            bit, span = float(2 ** takers()[row.name].index(rule)), row.high - row.low
            low, whole = row.low, float(2**FINE)
            lines += [f"    shown = ({argument} - {low!r}) / {span!r} * {whole!r}", "    digits = math.floor(shown + 1e-6)",
                      f"    behind = math.floor((shown - digits) * {whole!r} + 0.5)",
                      f"    behind = math.floor(behind / {bit!r}) - 2.0 * math.floor(behind / {2.0 * bit!r})",
                      f"    digits = {whole!r} - digits if behind > 0.5 else digits",
                      f"    {argument} = {low!r} + {span!r} * (digits / {whole!r})"]
    arguments = ", ".join(inspect.signature(function).parameters)
    return (f"from incentive_abm.rules.{theme} import {name} as given\n\nshipped_{theme}_{name} = as_shipped(given)\n\n\n"
            f"@rule\ndef {name}({arguments}):\n" + "\n".join(lines) + f"\n    return shipped_{theme}_{name}({arguments})")


@dataclass(frozen=True)
class Paths:
    """A claim's arms by path: "none", "all", and one for each rule."""

    names: tuple[str, ...]
    arms: tuple[tuple[Arm, ...], ...]


def paths_of(trial: Trial) -> Paths | None:
    """The paths of a claim; None where it has fewer than two, or a setting that cannot carry them."""
    if trial.design in (Design.SURFACE, Design.SPREAD):
        return None
    first, second = dict(trial.arms[0].settings), dict(trial.arms[1].settings)
    pair = [name for name in first if first[name] != second[name]]
    if not all(name in takers() for name in pair):
        return None
    rules = sorted({rule for name in pair for rule in takers()[name] if rule.partition(".")[2] in trial.rules})
    if len(rules) < 2:
        return None
    by_path = {"none": [], "all": rules, **{rule: [rule] for rule in rules}}

    def arm(each: Arm, seen: Sequence[str]) -> Arm:
        values = []
        for name, value in each.settings:
            if name in pair and value != first[name]:
                values.append((name, carrying(PARAMETERS[name], first[name], [rule for rule in takers()[name] if rule in seen])))
            else:
                values.append((name, carrying(PARAMETERS[name], value) if name in takers() else value))
        return Arm(tuple(values), each.weight)

    return Paths(tuple(by_path), tuple(tuple(arm(each, seen) for each in trial.arms) for seen in by_path.values()))


def direct_rows(judged: Judged, keep: Path) -> pd.DataFrame:
    """A row a claim and rule: the share of the claim's effect that goes through that rule alone."""
    import pandas as pd

    rules, rows = reading_rules(keep), []
    for claim in judged.claims:
        assert claim.trial is not None
        paths = paths_of(claim.trial)
        if paths is None:
            continue
        path = keep / f"{claim.id}-{judged.plan(claim).context.key}.parquet"
        if not path.exists():
            keep.mkdir(parents=True, exist_ok=True)
            _by_path(judged, claim, paths, rules).to_parquet(path)
        rows += list(_shares(claim, paths, pd.read_parquet(path)))
        judged.heard(f"{claim.id}: {len(paths.names) - 2} rules")
    return pd.DataFrame(rows)


def _by_path(judged: Judged, claim: Claim, paths: Paths, rules: RuleSet) -> pd.DataFrame:
    """A row a background: place, the contrast by each path, and that of the shipped rules."""
    import pandas as pd

    assert claim.trial is not None
    plan, measured, parts = judged.plan(claim), claim.trial.outcome.measured, []
    whole = [Arm(tuple((name, carrying(PARAMETERS[name], value) if name in takers() else value) for name, value in arm.settings),
                 arm.weight) for arm in claim.trial.arms]
    for name, runs in runs_by_place(plan).items():
        place = plan.places[name]
        backgrounds = {seed: dict(point.overrides) for point, seed in runs}
        scenario = dict(plan.context.scenarios)[runs[0][0].scenario]
        told: dict[str, Any] = {"place": name, "background": list(backgrounds)}
        for path, arms, with_rules in (*((path, arms, rules) for path, arms in zip(paths.names, paths.arms, strict=True)),
                                       ("shipped", whole, None)):
            jobs = [Job(scenario.overlaid({**_clean(values), **dict(arm.settings)}), seed)
                    for arm in arms for seed, values in backgrounds.items()]
            value = measured.read(rows_of(measured, place, _played(place, jobs, with_rules))).reshape(len(arms), -1)
            told[path] = np.array([arm.weight for arm in arms]) @ value
        parts.append(pd.DataFrame(told))
    return pd.concat(parts, ignore_index=True)


def _clean(values: Mapping[str, float]) -> dict[str, float]:
    return {name: carrying(PARAMETERS[name], value) if name in takers() else value for name, value in values.items()}


def _played(place: Place, jobs: Sequence[Job], rules: RuleSet | None) -> Recorded:
    """Runs by other rules; None: the shipped ones."""
    from incentive_abm.engine.run import joined

    return joined([_advanced(Batch.begin(place, jobs[k:k + LANES], alone=False), rules) for k in range(0, len(jobs), LANES)])


def _advanced(batch: Batch, rules: RuleSet | None) -> Recorded:
    if rules is None:
        return batch.advance(QUARTERS)
    for lane, events in enumerate(batch.events):
        apply_events(batch.arrays, lane, [event for event in events if event.quarter == 0])
        assert all(event.quarter == 0 for event in events)
    kept = np.empty((QUARTERS, N_MEASURE, LANES))
    build(rules, LANES)[advance](batch.arrays, 0, QUARTERS, kept.reshape(-1))
    series = np.ascontiguousarray(kept[:, :, :len(batch.jobs)])
    return Recorded(batch.jobs, endings_of(series, batch.jobs), np.ascontiguousarray(series[-1].T),
                    np.ascontiguousarray(series.transpose(2, 0, 1)))


def _shares(claim: Claim, paths: Paths, table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    assert claim.trial is not None
    places = table["place"].to_numpy(object)
    whole = estimate(table["all"].to_numpy(np.float64), places)
    nothing = float(np.abs(table["none"]).max())
    exact = float(np.abs(table["all"] - table["shipped"]).max())
    for rule in paths.names[2:]:
        low, high = _interval(table, rule)
        told = whole.differs <= SURE and nothing <= SAME and exact <= SAME
        through = float(table[rule].mean())
        yield {"claim": claim.id, "rule": rule, "rules": len(paths.names) - 2, "whole": whole.mean, "whole_p": whole.differs,
               "through": through, "share": through / whole.mean if told else float("nan"), "low": low if told else float("nan"),
               "high": high if told else float("nan"), "off_by": max(nothing, exact)}


def _interval(table: pd.DataFrame, rule: str) -> tuple[float, float]:
    """95% interval of a share, from places drawn anew."""
    means = table.groupby("place")[["all", rule]].mean().to_numpy(np.float64)
    drawn = means[np.random.default_rng(1).integers(0, len(means), (DRAWS, len(means)))].mean(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.nanquantile(drawn[:, 1] / drawn[:, 0], [0.025, 0.975])
    return float(low), float(high)
