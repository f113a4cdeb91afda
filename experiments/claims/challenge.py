"""What would turn a claim round: the nearest setting of all else in which its contrast is the other way, and what carries it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.claims.claim import Trial
from experiments.claims.evidence import estimate
from experiments.claims.lanes import contrasts_at, scenario_of
from experiments.claims.reversal import Axis, Floats, distance, nearest
from experiments.claims.stage_link import stage_link
from experiments.study.study import common_seed
from incentive_abm.compiling import source_hash
from incentive_abm.errors import StudyError
from incentive_abm.files import why, write_text_whole
from incentive_abm.parameters import PARAMETERS, Parameter
from incentive_abm.results.turned_round import DIGITS, FRESH_WORLDS, MARGINS, SEARCHED, SURE, free_settings

if TYPE_CHECKING:
    from incentive_abm.place import Place

GENERATIONS, FORMAT = 8, 1


class Towards(Enum):
    """Which way a contrast has to lie to count as turned round, as the expected sign has it."""

    AGAINST = "against"
    FOR = "for"
    EITHER = "either"

    def reached(self, contrast: Floats, trial: Trial, margin: float = 1.0) -> Floats:
        """How far beyond the line mean contrasts lie, in units of the smallest effect of interest; from 0 on they are there."""
        turned = trial.sign.factor * contrast / trial.smallest
        return {Towards.AGAINST: -turned, Towards.FOR: turned, Towards.EITHER: np.abs(turned)}[self] - margin


@dataclass(frozen=True)
class Reversal:
    """What a search found. at_start, there: mean contrasts over fresh luck with 95% intervals; p: that it lies on the side it
    was sought on; moves: setting → (from, to), the longest first; link: the stage with both sides; seed: the pair shown;
    typical: share of pairs whose contrast has the sign of their mean."""

    found: bool
    confirmed: bool
    distance: float
    at_start: tuple[float, float, float]
    there: tuple[float, float, float]
    p: float
    moves: tuple[tuple[str, float, float, float], ...]
    runs: int
    link: str = ""
    seed: int = 0
    typical: float = float("nan")


class Challenge:
    """A search for one claim on one place. kept: a file of every point tried, so that a search that was stopped goes on."""

    def __init__(self, trial: Trial, place: Place, towards: Towards, kept: Path | None = None,
                 heard: Callable[[int], None] = lambda tried: None, generations: int = GENERATIONS, seed: int = 1) -> None:
        self.trial, self.place, self.towards, self.generations, self.seed = trial, place, towards, generations, seed
        self.kept, self.heard, self.runs = kept, heard, 0
        self.rows = free_settings(trial.moved)
        today = dict(scenario_of(trial.outcome.measured.brokered).parameters)
        self.start = {row.name: today.get(row.name, row.default) for row in self.rows}
        self.axes = [_axis(row, self.start[row.name]) for row in self.rows]
        self._identity = self._told()
        self._known: dict[str, float] = self._read()

    def search(self) -> Reversal:
        """The nearest setting found in which it is turned round, tried again with fresh luck."""
        reversal = None
        for margin in MARGINS:
            point = nearest(lambda points, m=margin: self._response(points, m), self.axes, self.generations,  # type: ignore[misc]
                            self.seed)
            if point is None:
                break
            reversal = self._confirmed(point)
            if reversal.confirmed:
                return reversal
        nothing = float("nan")
        return reversal or Reversal(False, False, nothing, self._again({})[0], (nothing,) * 3, nothing, (), self.runs)

    def today(self) -> Reversal:
        """The pair of runs as things stand, nothing sought: the world whose contrast is in the middle."""
        return self._confirmed(np.array([axis.start for axis in self.axes]))

    def values(self, point: Floats) -> dict[str, float]:
        """The settings of a point that are not as they were."""
        return {row.name: value for row, axis, x in zip(self.rows, self.axes, point, strict=True)
                if abs(x - axis.start) > 1e-9 and (value := _value(row, float(x))) != self.start[row.name]}

    def _response(self, points: Floats, margin: float) -> Floats:
        settings = [self.values(point) for point in points]
        keys = [json.dumps(sorted(values.items())) for values in settings]
        missing = {key: values for key, values in zip(keys, settings, strict=True) if key not in self._known}
        if missing:
            lucks = [common_seed(self.seed, k) for k in range(SEARCHED)]
            found = contrasts_at(self.trial, self.place, list(missing.values()), lucks).mean(axis=1)
            self._known |= dict(zip(missing, map(float, found), strict=True))
            self._write()
        self.runs = len(self._known) * SEARCHED * len(self.trial.arms)
        self.heard(len(self._known))
        return self.towards.reached(np.array([self._known[key] for key in keys]), self.trial, margin)

    def _confirmed(self, point: Floats) -> Reversal:
        values = self.values(point)
        before, _ = self._again({})
        there, each = self._again(values)
        mean = float(each.mean())
        lots = estimate(each, np.array([""] * len(each), object))
        p = lots.above(0.0) if mean > 0.0 else lots.below(0.0)
        reached = bool(self.towards.reached(np.array([mean]), self.trial)[0] >= 0.0) and p <= SURE
        moves = sorted(((name, self.start[name], value, _share(PARAMETERS[name], self.start[name], value))
                        for name, value in values.items()), key=lambda move: -move[3])
        shown = int(np.argsort(each)[len(each) // 2])
        seed = FRESH_WORLDS[shown]
        return Reversal(True, reached, float(distance(point[None], self.axes)[0]), before, there, p, tuple(moves), self.runs,
                        stage_link(self.place, self.trial, values, seed), seed, float((np.sign(each) == np.sign(mean)).mean()))

    def _again(self, values: Mapping[str, float]) -> tuple[tuple[float, float, float], Floats]:
        """Mean and 95% interval over luck that the search has not seen, and each lot's contrast."""
        each = contrasts_at(self.trial, self.place, [values], FRESH_WORLDS)[0]
        found = estimate(each, np.array([""] * len(each), object))
        return (found.mean, *found.interval()), each

    def _told(self) -> str:
        arms = [[list(arm.settings), arm.weight] for arm in self.trial.arms]
        told = [FORMAT, source_hash(), self.place.hash, arms, self.trial.outcome.value, self.trial.above, self.seed, SEARCHED]
        return sha256(json.dumps(told).encode()).hexdigest()[:24]

    def _read(self) -> dict[str, float]:
        if self.kept is None or not self.kept.exists():
            return {}
        try:
            data = json.loads(self.kept.read_text(encoding="utf-8"))
            if data["of"] != self._identity:
                raise StudyError(f"{self.kept}: it holds another search (another claim, place, seed or version); give another "
                                 "folder, or delete the file")
            return {str(key): float(value) for key, value in data["tried"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise StudyError(f"{self.kept}: it is no file of a search, or it is damaged; delete it to begin again") from None

    def _write(self) -> None:
        if self.kept is None:
            return
        try:
            write_text_whole(self.kept, json.dumps({"of": self._identity, "tried": self._known}) + "\n")
        except OSError as error:
            raise StudyError(f"{self.kept}: what was tried cannot be written: {why(error)}") from None


def _axis(row: Parameter, start: float) -> Axis:
    if row.choices:
        count = len(row.choices)
        return Axis((start + 0.5) / count, tuple((k + 0.5) / count for k in range(count)), steps=True)
    return Axis((start - row.low) / (row.high - row.low))


def _value(row: Parameter, x: float) -> float:
    """The setting at a point of the unit interval."""
    if row.choices:
        return float(min(int(x * len(row.choices)), len(row.choices) - 1))
    value = row.low + min(max(x, 0.0), 1.0) * (row.high - row.low)
    return float(round(value)) if row.whole else float(f"{value:.{DIGITS}g}")


def _share(row: Parameter, start: float, value: float) -> float:
    return 1.0 if row.choices else abs(value - start) / (row.high - row.low)


def as_data(reversal: Reversal) -> dict[str, object]:
    """A reversal as plain data; settings by their words."""
    return asdict(reversal) | {"moves": [
        {"setting": name, "from": PARAMETERS[name].show(a), "to": PARAMETERS[name].show(b), "share_of_range": share}
        for name, a, b, share in reversal.moves]}


def carried_by(reversal: Reversal) -> Sequence[str]:
    """The assumptions that carry it, in words."""
    return [f"{row.label} {row.show(a)} → {row.show(b)}" for name, a, b, _ in reversal.moves for row in (PARAMETERS[name],)]
