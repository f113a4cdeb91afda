"""What is known after the data: weighted settings (`incentive-abm calibrate` writes them), and a scenario with one of them.

A row is a setting of everything that the data were asked about, all of it together; rows are drawn as often as their weights say.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incentive_abm.errors import UserError, nearest, quoted
from incentive_abm.files import why
from incentive_abm.parameters import PARAMETERS, Scope
from incentive_abm.place import Place
from incentive_abm.scenario.events import Values
from incentive_abm.scenario.scenario import Scenario
from incentive_abm.toml_reading import TomlFiles
from incentive_abm.words import say

WEIGHT, ORIGIN = "weight", "manifest.json"
"""The column of weights, and the file beside a posterior that says where it was learnt."""
SHIPPED = Path(__file__).parent.parent / "data" / "posteriors"


@dataclass(frozen=True)
class Row:
    """One setting of a posterior. line: where it stands in the file (1 is the heading); of: how many settings there are;
    draw: what it was drawn by; learnt: names of the places that the data are of, () where that is not known."""

    file: str
    hash: str
    line: int
    of: int
    draw: int
    weight: float
    values: Values
    learnt: tuple[str, ...]

    @property
    def told(self) -> str:
        """Which row of which file it is, and what it sets, in a sentence."""
        return say("report.posterior", line=self.line, file=self.file, hash=self.hash[:16], of=self.of, draw=self.draw,
                   learnt=", ".join(self.learnt) or say("report.posterior_of_unknown_places"),
                   values=", ".join(f"{name} {value:.4g}" for name, value in self.values))

    def record(self) -> dict[str, Any]:
        """Plain values, as a manifest keeps them."""
        return {"file": self.file, "hash": self.hash, "line": self.line, "settings": self.of, "draw": self.draw,
                "weight": self.weight, "learnt_in": list(self.learnt),
                "set": {name: PARAMETERS[name].show(value) for name, value in self.values}}


@dataclass(frozen=True)
class Posterior:
    """Settings with their weights.

    lines: where each stands in the file; weight: float64[n], at least one above 0; values: float64[n, len(names)], in the
    parameters' own units; hash: SHA-256 of the file in hex; places: hashes of the places that the data are of, by name, {}
    where not known.
    """

    file: str
    hash: str
    names: tuple[str, ...]
    lines: tuple[int, ...]
    weight: NDArray[np.float64]
    values: NDArray[np.float64]
    places: Mapping[str, str]

    def row(self, draw: int) -> Row:
        """The setting that a number draws: the same for the same number, each as often as its weight says."""
        k = int(systematic(self.weight, 1, draw)[0])
        values = tuple((name, float(value)) for name, value in zip(self.names, self.values[k], strict=True))
        return Row(Path(self.file).name, self.hash, self.lines[k], len(self.weight), draw,
                   float(self.weight[k] / self.weight.sum()), values, tuple(self.places))

    def check_place(self, place: Place) -> None:
        """Raise UserError where the data are of one place alone, and that is another."""
        if len(self.places) == 1 and place.hash not in self.places.values():
            (name, there), = self.places.items()
            raise UserError(f"{self.file}: what is known is known of one other place, {name} ({there[:16]}), and this is "
                            f"{place.title} ({place.hash[:16]}); calibrate it by what was observed in this one")


def shipped_posteriors() -> TomlFiles:
    """Those that come with the package by name, the user's own by path."""
    return TomlFiles(SHIPPED, "posterior", UserError, ending=".csv")


def read_posterior(path: Path, error: type[UserError] = UserError) -> Posterior:
    """A table of settings (a column a parameter) with a column of weights.

    Raises `error` naming the file, the line and the column where it is none.
    """
    shown = shipped_posteriors().shown(path)
    text = replace(shipped_posteriors(), error=error).text(path)
    try:
        rows = [(line, cells) for line, cells in enumerate(csv.reader(io.StringIO(text), strict=True), 1) if cells]
    except csv.Error as wrong:
        raise error(f"{shown}: no table of settings ({wrong})") from None
    names = _names(shown, [name.strip() for _, cells in rows[:1] for name in cells], error)
    if len(rows) < 2:
        raise error(f"{shown}: there is no setting below the heading; expected at least one")
    numbers = [_numbers(shown, line, names, cells, error) for line, cells in rows[1:]]
    at = names.index(WEIGHT)
    table = np.array(numbers, np.float64)
    weight = np.ascontiguousarray(table[:, at])
    if not weight.sum() > 0.0:
        raise error(f"{shown}: the weights are all 0")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    return Posterior(shown, found, tuple(name for name in names if name != WEIGHT), tuple(line for line, _ in rows[1:]), weight,
                     np.delete(table, at, axis=1), _origin(path, found, error))


def _names(shown: str, names: list[str], error: type[UserError]) -> list[str]:
    if WEIGHT not in names:
        raise error(f"{shown}: there is no column {WEIGHT}; expected posterior.csv of incentive-abm calibrate")
    if len(names) < 2:
        raise error(f"{shown}: expected at least one parameter beside {WEIGHT}")
    for name in names:
        if name != WEIGHT and (name not in PARAMETERS or PARAMETERS[name].choices or PARAMETERS[name].scope is Scope.DATA):
            raise error(f"{shown}: {quoted(name)} is no number that a study can vary{nearest(name, PARAMETERS)}")
        if names.count(name) > 1:
            raise error(f"{shown}: there are two columns {name}")
    return names


def _numbers(shown: str, line: int, names: list[str], cells: list[str], error: type[UserError]) -> list[float]:
    if len(cells) != len(names):
        raise error(f"{shown}, line {line}: {len(cells)} cells; expected {len(names)}, as in the heading")
    return [_number(f"{shown}, line {line}", name, text, error) for name, text in zip(names, cells, strict=True)]


def _number(where: str, name: str, text: str, error: type[UserError]) -> float:
    try:
        value = float(text)
    except ValueError:
        raise error(f"{where}: {name} is {quoted(text)}; expected a number") from None
    if name == WEIGHT:
        if not 0.0 <= value < math.inf:
            raise error(f"{where}: {name} is {quoted(text)}; expected 0 or more")
        return value
    try:
        return PARAMETERS[name].read(value)
    except UserError as wrong:
        raise error(f"{where}: {wrong}") from None


def _origin(path: Path, found: str, error: type[UserError]) -> Mapping[str, str]:
    """The places that the data are of, where what `calibrate` wrote beside the table says so of this very table."""
    beside = path.parent / ORIGIN
    if not beside.is_file():
        return {}
    try:
        told = json.loads(beside.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise error(f"{beside}: cannot be read: {why(wrong)}") from None
    except ValueError as wrong:
        raise error(f"{beside}: not what incentive-abm calibrate writes ({wrong})") from None
    places = told.get("places") if isinstance(told, dict) else None
    if not isinstance(places, dict) or not isinstance(told.get("posterior"), str):
        return {}
    if told["posterior"] != found:
        raise error(f"{path}: is not the posterior that {beside} tells of (its hash is {found[:16]}, not "
                    f"{told['posterior'][:16]}); keep both as incentive-abm calibrate wrote them, or take it elsewhere")
    return {str(name): str(hash_) for name, hash_ in places.items()}


def with_row(scenario: Scenario, row: Row) -> Scenario:
    """The scenario with a posterior's setting for everyone from the start, its source saying so.

    Raises UserError for a number that the scenario gives a value itself: it can follow only one of them.
    """
    said = {name for name, _ in chain(scenario.parameters, *(values for _, values in (*scenario.kinds, *scenario.partners)),
                                      *(event.parameters for event in scenario.events))}
    for name, _ in row.values:
        if name in said:
            raise UserError(f"{name} is drawn from {row.file} and set by the scenario {scenario.name}; it can follow only one")
    return replace(scenario.overlaid(dict(row.values)), source="; ".join(filter(None, (scenario.source, row.told))))


def systematic(weight: NDArray[np.float64], count: int, seed: int) -> NDArray[np.int64]:
    """`count` rows, each as often as its weight says, in random order (systematic resampling, Kitagawa 1996)."""
    generator = np.random.default_rng(seed)
    at = (generator.permutation(count) + generator.random()) / count
    total = np.cumsum(weight) / weight.sum()
    return np.asarray(np.minimum(np.searchsorted(total, at), len(weight) - 1), np.int64)
