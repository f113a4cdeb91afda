"""What a trial varies: generated places, the level of policy, luck, and mechanisms that can be switched off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from experiments.study.study import common_seed
from incentive_abm.errors import UserError
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS, parameter
from incentive_abm.place import Place, generate_place, load_place, shipped_place
from incentive_abm.place.shipped import SHIPPED
from incentive_abm.scenario import Scenario, load_scenario

TODAY, FOLLOWED = "today", "ten-lessons"
STEPS = 11
"""Levels of policy from 0 (today) to 1 (the ten lessons followed)."""
QUARTERLY = (0.25, 0.5, 0.75, 1.0)
SIZES = {Kind.TRUST: (3, 5), Kind.COUNCIL: (2, 4), Kind.GP: (16, 24), Kind.VOLUNTARY: (10, 16)}
"""Fewest and most partners of each kind in a place: 40 partners on average, an English system's mix."""


@dataclass(frozen=True)
class Mechanism:
    """A mechanism and the parameters that switch it: for each its name and its values off and on."""

    name: str
    switches: tuple[tuple[str, float, float], ...]

    def values(self, on: bool) -> dict[str, float]:
        """The parameters' values with the mechanism on or off."""
        return {name: high if on else low for name, low, high in self.switches}


@dataclass(frozen=True)
class Trial:
    """How many places, seeds and quarters; parameter values that hold throughout; mechanisms; levels looked at closely.

    given: a place's folder, or the shipped place's name, to be played with that many lots of luck instead of places.
    """

    places: int
    seeds: int
    quarters: int
    overrides: tuple[tuple[str, float], ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    levels: tuple[float, ...] = QUARTERLY
    given: str = ""

    def luck(self, place: int) -> tuple[int, ...]:
        """The seeds of a place's runs: its own, since what strikes the whole country is addressed by the seed alone."""
        return tuple(common_seed(place, replicate) for replicate in range(self.seeds))

    @property
    def told(self) -> str:
        """What was played, in words."""
        if self.given:
            return f"{given_place(self.given).name}, played with {self.places} lots of luck"
        return f"{self.places} generated places of about 40 partners"

    @property
    def units(self) -> str:
        """What intervals draw anew: places, or lots of luck where one place is played."""
        return "lots of luck" if self.given else "places"

    @property
    def whole_range(self) -> tuple[float, ...]:
        """Every level of policy from today to followed."""
        return tuple(round(k / (STEPS - 1), 3) for k in range(STEPS))

    def place(self, number: int) -> Place:
        """The place of that number, its size and mix drawn by it; or the one that is given."""
        if self.given:
            return given_place(self.given)
        drawn = np.random.default_rng(number)
        counts = [int(drawn.integers(low, high, endpoint=True)) for low, high in SIZES.values()]
        return generate_place(number, *counts)

    def policy(self, level: float) -> dict[str, float]:
        """The ten lessons' levers at a level between today and followed; words change over half-way, counts are rounded."""
        start = dict(load_scenario(TODAY).parameters)
        values = {}
        for name, followed in load_scenario(FOLLOWED).parameters:
            row = PARAMETERS[name]
            today = start.get(name, row.default)
            value = today + level * (followed - today)
            if row.choices:
                value = followed if level >= 0.5 else today
            values[name] = float(round(value)) if row.whole else value
        return {name: value for name, value in values.items() if name not in dict(self.overrides)}

    def scenario(self, level: float, more: Mapping[str, float] | None = None) -> Scenario:
        """Today with the ten lessons at a level, and then the trial's own values and these."""
        return load_scenario(TODAY).overlaid({**self.policy(level), **dict(self.overrides), **(more or {})})


@lru_cache(maxsize=4)
def given_place(where: str) -> Place:
    """A place from its folder, or the shipped one by its name. Raises UserError where there is none."""
    return shipped_place() if where == SHIPPED else load_place(Path(where))


def read_mechanism(text: str) -> Mechanism:
    """A mechanism from NAME=OFF:ON, or several such parts joined by commas for one that several parameters switch."""
    switches = []
    for part in text.split(","):
        name, given, values = part.partition("=")
        off, apart, on = values.partition(":")
        if not given or not apart:
            raise UserError(f"--mechanism {text}: expected NAME=OFF:ON, for example learning_rate=0:0.02")
        row = parameter(name.strip(), "--mechanism")
        switches.append((row.name, row.read(off.strip(), "--mechanism"), row.read(on.strip(), "--mechanism")))
    return Mechanism(", ".join(name for name, _, _ in switches), tuple(switches))


def variants(mechanisms: Sequence[Mechanism]) -> dict[str, dict[str, float]]:
    """Parameter values by variant: none, each alone, all but each, all; where two are the same, once."""
    def with_on(on: Sequence[Mechanism]) -> dict[str, float]:
        return {name: value for each in mechanisms for name, value in each.values(each in on).items()}

    found = {"none": with_on(())}
    found |= {f"only {each.name}": with_on((each,)) for each in mechanisms}
    found |= {f"all but {each.name}": with_on([m for m in mechanisms if m is not each]) for each in mechanisms}
    return found | {"all": with_on(mechanisms)}
