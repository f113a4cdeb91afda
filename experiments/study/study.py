"""What a study is: a question, places, a base scenario, factors, a design and what is kept of each run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from experiments import designs
from experiments.analysis.contrast import Contrast
from experiments.designs import Factor
from experiments.designs.factors import BOOKKEEPING, Value
from experiments.result_columns import FIXED
from incentive_abm.errors import StudyError
from incentive_abm.parameters import PARAMETERS
from incentive_abm.scenario.posterior import read_posterior

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place
    from incentive_abm.scenario import Scenario
    from incentive_abm.user_measures import OwnMeasure

Values = tuple[tuple[str, float], ...]
RULE = "rule:"
"""What begins the name of a factor that varies a rule."""
SHIPPED_RULE = "shipped"
Option = int | bool | str | tuple[tuple[str, int], ...]


class Method(StrEnum):
    """How the points of a design are chosen."""

    FACTORIAL = "factorial"
    ONE_AT_A_TIME = "one_at_a_time"
    LATIN_HYPERCUBE = "latin_hypercube"
    SOBOL = "sobol"
    MORRIS = "morris"
    EFAST = "efast"
    POINTS = "points"
    CROSSED = "crossed"


class Part(Enum):
    """What a factor stands for in a crossed design: something decided, something uncertain, or the world it happens in."""

    LEVER = "levers"
    UNCERTAINTY = "uncertainties"
    WORLD = "scenarios"


class Varies(Enum):
    """What a factor changes: one parameter, the whole scenario, the place, a named bundle of parameter values, or a rule."""

    PARAMETER = "parameter"
    SCENARIO = "scenario"
    PLACE = "place"
    BUNDLE = "bundle"
    RULE = "rule"


def chosen_of(choices: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Choices of rules in their order, the shipped ones left out: what names a set of them."""
    return tuple(sorted(each for each in choices if each[1] != SHIPPED_RULE))


def taken_names(factors: Iterable[str]) -> dict[str, str]:
    """Names of columns that a measure of the user's own cannot have, and what has them."""
    return dict.fromkeys((*FIXED, *BOOKKEEPING), "a column of the results") | dict.fromkeys(factors, "a factor")


def common_seed(seed: int, *address: int) -> int:
    """The seed of a run, 0 ≤ seed < 2⁶³, from a study's seed and the replicate (and, where luck is not common, the point)."""
    text = "/".join(str(part) for part in (seed, *address))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") >> 1


@dataclass(frozen=True)
class StudyFactor:
    """One thing that a study varies; `on` and `off` are what a bundle sets when it is followed and when it is not."""

    factor: Factor
    varies: Varies
    label: str
    on: Values = ()
    off: Values = ()
    part: Part = Part.LEVER

    @property
    def name(self) -> str:
        """The column of the factor in every table."""
        return self.factor.name

    def sets(self) -> set[str]:
        """Names of the parameters that the factor gives values to."""
        if self.varies is Varies.PARAMETER:
            return {self.name}
        return {name for name, _ in (*self.on, *self.off)}

    def overrides(self, value: Value) -> dict[str, float]:
        """Parameter values, as the table stores them, for one value of the factor."""
        if self.varies is Varies.PARAMETER:
            return {self.name: PARAMETERS[self.name].read(value)}
        if self.varies is Varies.BUNDLE:
            return dict(self.on if value else self.off)
        return {}


@dataclass(frozen=True)
class PlaceSource:
    """Where a place comes from: a folder, a seed and a mix of kinds, or (neither given) the one shipped.

    title: what reports call it; numbers: covariates of its own, by name.
    """

    name: str
    folder: Path | None = None
    generate: tuple[tuple[str, int], ...] = ()
    title: str = ""
    numbers: tuple[tuple[str, float], ...] = ()

    def load(self) -> Place:
        """The place itself; raises PlaceError."""
        from incentive_abm.place import generate_place, load_place, shipped_place

        if self.folder is not None:
            return load_place(self.folder)
        if not self.generate:
            return shipped_place()
        mix = dict(self.generate)
        seed, ties = mix.pop("seed"), mix.pop("ties", None)
        return generate_place(
            seed, mix.pop("trusts"), mix.pop("councils"), mix.pop("gps"), mix.pop("voluntary"), ties=ties, name=self.name
        )


@dataclass(frozen=True)
class Stop:
    """End once the interval of the design's mean outcome has kept within ± precision for `steady` counts of replicates in a
    row, after `at_least` of them (see `experiments.analysis.convergence.StoppingRule`)."""

    precision: float
    at_least: int
    steady: int


@dataclass(frozen=True)
class Robust:
    """From where an outcome is good enough (None: not asked), and whether more of it is better."""

    good_from: float | None = None
    more_is_better: bool = True


@dataclass(frozen=True)
class Study:
    """A study as its file states it; `scenarios` are those it uses by name, the first of them being the base.

    stop: when to end before all replicates are run;
    keep: measures of the last quarter kept besides the usual ones; series: measures kept for every quarter; text: the file;
    contrast: what is answered at the top of the report; map: the two factors of the map, as columns; place_numbers: numbers
    of the places that explain results instead of their names, as columns; robust: what is good enough, and which way is up;
    luck_by_future: policies of one future share their luck, and each future has its own; posterior: what is known after the
    data (`incentive_abm.scenario.posterior`), from which its parameters are drawn together, "" where not; rules: what every run
    replaces, as (rule or theme, choice); folder: where the files of rules are looked for; own: measures of the user's own,
    all of which are kept.
    """

    name: str
    title: str
    question: str
    about: str
    source: str
    places: tuple[PlaceSource, ...]
    scenarios: tuple[tuple[str, Scenario], ...]
    quarters: int
    replicates: int
    seed: int
    common_luck: bool
    outcome: str
    keep: tuple[str, ...]
    series: tuple[str, ...]
    factors: tuple[StudyFactor, ...]
    method: Method
    options: tuple[tuple[str, Option], ...]
    stop: Stop | None = None
    text: str = ""
    contrast: Contrast | None = None
    map: tuple[str, ...] = ()
    place_numbers: tuple[str, ...] = ()
    robust: Robust = Robust()
    luck_by_future: bool = False
    posterior: str = ""
    rules: tuple[tuple[str, str], ...] = ()
    folder: Path = Path()
    own: tuple[OwnMeasure, ...] = ()

    def __repr__(self) -> str:
        names = [each.name for each in self.factors]
        over = ", ".join(names) if len(names) <= 6 else f"{', '.join(names[:6])} and {len(names) - 6} more"
        return f"Study({self.name!r}, {self.method.value} over {over})"

    def factor(self, varies: Varies) -> StudyFactor | None:
        """The factor that varies the place or the scenario, where there is one."""
        return next((factor for factor in self.factors if factor.varies is varies), None)

    def design(self) -> pd.DataFrame:
        """The points to visit, one row each (see `experiments.designs`); the same for the same study."""
        laid_out = self._laid_out()
        if not self.posterior:
            return laid_out
        return designs.with_posterior(laid_out, read_posterior(Path(self.posterior), StudyError), self.seed)

    def _laid_out(self) -> pd.DataFrame:
        factors = [each.factor for each in self.factors]
        options = dict(self.options)

        def number(name: str) -> int:
            value = options[name]
            assert isinstance(value, int)
            return value

        match self.method:
            case Method.FACTORIAL:
                levels = options["levels"]
                return designs.full_factorial(factors, dict(levels) if isinstance(levels, tuple) else number("levels"))
            case Method.ONE_AT_A_TIME:
                return designs.one_at_a_time(factors, self.baseline(), number("levels"))
            case Method.LATIN_HYPERCUBE:
                return designs.latin_hypercube(factors, number("points"), self.seed)
            case Method.SOBOL:
                return designs.sobol(factors, number("base_rows"), self.seed, bool(options["second_order"]))
            case Method.MORRIS:
                return designs.morris(factors, number("trajectories"), self.seed, number("levels"))
            case Method.EFAST:
                return designs.efast(factors, number("curve_points"), self.seed, number("curves"))
            case Method.POINTS:
                return designs.read_points(str(options["file"]), factors)
            case Method.CROSSED:
                levers, uncertain, worlds = ([each.factor for each in self.factors if each.part is part] for part in Part)
                return designs.crossed(
                    levers,
                    uncertain,
                    worlds,
                    futures=number("futures"),
                    seed=self.seed,
                    levels=number("levels"),
                    policies=str(options["policies"]),
                )

    def baseline(self) -> dict[str, Value]:
        """Where each factor stands before it is moved: as the base scenario has it, bundles off, first choices."""
        given = dict(self.scenarios[0][1].parameters)
        start: dict[str, Value] = {}
        for each in self.factors:
            if each.varies is Varies.PARAMETER:
                declared = PARAMETERS[each.name]
                start[each.name] = declared.show(given.get(each.name, declared.default))
            elif each.varies is Varies.BUNDLE:
                start[each.name] = False
            else:
                start[each.name] = each.factor.choices[0]
        return start

    def luck(self, replicate: int, point: int, future: int = 0) -> int:
        """The seed of a run, 0 ≤ seed < 2⁶³: replicate k has the same at every point, unless luck is not common, or is common
        to the policies of a future only."""
        if self.luck_by_future:
            return common_seed(self.seed, replicate, future)
        return common_seed(self.seed, replicate) if self.common_luck else common_seed(self.seed, replicate, point)

    def labels(self) -> Mapping[str, str]:
        """Plain words for factors, by column."""
        return {each.name: each.label for each in self.factors}

    def with_rules(self, chosen: Sequence[tuple[str, str]]) -> Study:
        """The same study by other rules; raises StudyError where one is a factor, or is chosen already."""
        for what, choice in chosen:
            if RULE + what in self.labels() or what in dict(self.rules):
                raise StudyError(f"--rule {what}={choice}: the study {self.name} chooses {what} itself")
        return replace(self, rules=(*self.rules, *chosen))

    def with_measures(self, written: Sequence[str]) -> Study:
        """The same study with more measures from files, kept of each run; raises UserError for one that cannot be."""
        taken = taken_names(self.labels()) | {each.name: "a measure of the study" for each in self.own}
        from incentive_abm.user_measures import chosen_measures

        found = chosen_measures(written, self.folder, taken)
        return replace(self, own=(*self.own, *found), keep=(*self.keep, *(each.name for each in found)))

    def rules_of(self, values: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
        """What a point's runs replace, by the values of its factors; the shipped ones left out."""
        varied = ((name.removeprefix(RULE), str(value)) for name, value in values.items() if name.startswith(RULE))
        return chosen_of((*self.rules, *varied))

    def with_place(self, folder: Path) -> Study:
        """The same study on another place; raises StudyError where the study itself compares several."""
        if len(self.places) > 1:
            raise StudyError(f"--place {folder}: the study {self.name} compares {len(self.places)} places of its own")
        return replace(self, places=(PlaceSource(folder.resolve().name, folder),))
