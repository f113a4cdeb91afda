"""The page: which parts there are, in which order, and what stands above them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pandas as pd

from experiments.fates import (
    calibration,
    collapse,
    hysteresis,
    joined_groups,
    mechanisms,
    policy_range,
    shock,
    slowness,
    variance,
    walk_outs,
)
from experiments.fates.estimates import CONFIDENCE
from experiments.fates.kept_parts import kept
from experiments.fates.playing import Told
from experiments.fates.trial import QUARTERLY, Trial
from incentive_abm import EXPLORATION, __version__
from incentive_abm.cli.progress_bar import bar
from incentive_abm.compiling import source_hash
from incentive_abm.times import in_years

RANGE = "range"
PARTS: dict[str, ModuleType] = {
    RANGE: policy_range, "variance": variance, "hysteresis": hysteresis, "shock": shock, "time": slowness,
    "groups": joined_groups, "walk-outs": walk_outs, "compacts": collapse, "mechanisms": mechanisms}


def page(trial: Trial, parts: Sequence[str], folder: Path, command: str) -> str:
    """The whole page as Markdown. Parts kept in the folder are not played again."""
    return "\n".join([*_head(trial, command), *_sections(trial, parts, folder)])


def calibration_page(trial: Trial, points: int, folder: Path, command: str) -> tuple[str, pd.DataFrame]:
    """The page of sizes sought together, and the points taken with what they gave. Runs kept are not played again."""
    drawn = calibration.design(points)

    def play() -> pd.DataFrame:
        with bar(trial.places, "calibration: places") as at:
            return calibration.play(trial, drawn, lambda done, _: at(done))

    runs = kept(folder, f"calibration-{points}", trial, play)
    found = calibration.summaries(runs)
    chosen, _ = calibration.taken(found)
    return ("\n".join([*_head(trial, command), *calibration.tell(trial, drawn, runs),
                       calibration.at_defaults(trial)]),
            drawn.loc[chosen].join(found.loc[chosen]).rename_axis("point").reset_index())


def _head(trial: Trial, command: str) -> Iterator[str]:
    yield "# The fates of places\n"
    yield f"{EXPLORATION} Version {__version__}, source {source_hash()}. Made by `{command}`.\n"
    given = ", ".join(f"{name} = {value:g}" for name, value in trial.overrides)
    yield (f"{trial.told}, {trial.seeds} seeds each, {trial.quarters} quarters "
           f"({in_years(trial.quarters)} years) unless said otherwise"
           + (f"; throughout {given}" if given else "")
           + f". Numbers in brackets are {CONFIDENCE:.0%} intervals, {trial.units} drawn anew.\n")


def _sections(trial: Trial, parts: Sequence[str], folder: Path) -> Iterator[str]:
    whole = _played(RANGE, trial, folder)
    close = replace(trial, levels=tuple(sorted({*QUARTERLY, policy_range.steepest(whole)})))
    for name, part in PARTS.items():
        if name == "mechanisms" and not trial.mechanisms:
            continue
        if name in parts:
            yield from part.tell(close, whole if name == RANGE else _played(name, close, folder))


def _played(name: str, trial: Trial, folder: Path) -> pd.DataFrame:
    def play() -> pd.DataFrame:
        with bar(trial.places, f"{name}: places") as at:
            def told(done: int, _: int) -> None:
                at(done)

            part: Callable[[Trial, Told], pd.DataFrame] = PARTS[name].play
            return part(trial, told)

    return kept(folder, name, trial if name == "mechanisms" else replace(trial, mechanisms=()), play)
