"""A search for robust plans as its file states it: levers, how many of them, what is uncertain, and how much to spend on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.calibration.calibration_study import places_toml
from experiments.designs.factors import FactorKind, Value
from experiments.study.factor_reading import read_factors, read_known
from experiments.study.place_reading import read_places
from experiments.study.study import Part, PlaceSource, StudyFactor, Varies
from incentive_abm.errors import StudyError, nearest, quoted
from incentive_abm.faults import Faults
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, default
from incentive_abm.scenario import load_scenario
from incentive_abm.toml_reading import TomlFiles, TomlTable, parse_toml

FILES = TomlFiles(Path(__file__).parent / "studies", "search for robust plans", StudyError)
KEYS = ("title", "question", "about", "place", "places", "scenario", "quarters", "seed", "levers", "uncertainties", "vary",
        "posterior", "also", "most_levers", "steps", "population", "generations", "worlds", "fresh_worlds", "good_from")


@dataclass(frozen=True)
class Lever:
    """One thing that could be done. options: values, today's first; efforts: how far each is from today's, as a share of the
    lever's range (a choice or a bundle is moved wholly or not at all)."""

    factor: StudyFactor
    options: tuple[Value, ...]
    efforts: tuple[float, ...]


@dataclass(frozen=True)
class RobustStudy:
    """What is asked. Plans are searched for in `worlds` settings of what is uncertain (on each place), and told by `fresh`.

    good_from: integration in the last year that is good enough; also: other measures, and from where on each is good enough,
    which are told beside it and not searched by.
    """

    name: str
    title: str
    question: str
    about: str
    places: tuple[PlaceSource, ...]
    scenario: str
    quarters: int
    seed: int
    levers: tuple[Lever, ...]
    uncertain: tuple[StudyFactor, ...]
    posterior: str
    most_levers: int
    population: int
    generations: int
    worlds: int
    fresh: int
    good_from: float
    also: tuple[tuple[Measure, float], ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is read off each run."""
        return (Measure.INTEGRATION, *(measure for measure, _ in self.also))

    @property
    def head(self) -> str:
        """The lines of a study that all its sweeps have in common."""
        def text(value: str) -> str:
            return json.dumps(value, ensure_ascii=False)

        lines = [
            f"title = {text(self.title)}", f"question = {text(self.question)}", 'about = "Written by incentive-abm robust."',
            f"scenario = {text(self.scenario)}", f"quarters = {self.quarters}", "luck_by_future = true",
            f"keep_series = {json.dumps([each.code for each in self.measures])}",
            *([f"posterior = {text(self.posterior)}"] if self.posterior else []),
            places_toml(self.places), *(_lever_toml(each.factor) for each in self.levers),
            *(f"[uncertainties.{each.name}]\nlow = {each.factor.low!r}\nhigh = {each.factor.high!r}"
              if each.factor.kind in (FactorKind.FLOAT, FactorKind.INT) else f"[uncertainties.{each.name}]"
              for each in self.uncertain),
        ]
        return "\n".join(lines) + "\n"


def _lever_toml(each: StudyFactor) -> str:
    if each.varies is not Varies.BUNDLE:
        return f"[levers.{each.name}]"
    def table(values: tuple[tuple[str, float], ...]) -> str:
        return "{ " + ", ".join(f"{name} = {json.dumps(PARAMETERS[name].show(value))}" for name, value in values) + " }"
    return f"[levers.{each.name}]\non = {table(each.on)}" + (f"\noff = {table(each.off)}" if each.off else "")


def load_robust(name_or_path: str) -> RobustStudy:
    """A shipped one by name, or the user's own by path; raises UserError that tells every mistake in it."""
    path = FILES.find(name_or_path)
    data = parse_toml(FILES.text(path), FILES.shown(path), StudyError)
    faults = Faults(StudyError)
    attempt = faults.attempt
    attempt(None, data.only, KEYS)
    words = {key: attempt("", data.needed_text, key, "Which few levers help?") for key in ("title", "question")}
    places = attempt((), read_places, data, path.parent)
    steps = attempt(3, data.whole, "steps", 3, 2, 100)
    scenario = attempt("today", data.text, "scenario") or "today"
    file = path.parent / scenario
    scenario = str(file.resolve()) if file.is_file() else scenario
    levers = attempt((), _levers, data, scenario, steps, path.parent)
    uncertain = attempt((), _uncertain, data, path.parent, levers)
    known, drawn = attempt(("", ()), read_known, data, [*uncertain, *(each.factor for each in levers)], path.parent)
    if not uncertain and not drawn and not faults:
        expected = 'expected [uncertainties.NAME], vary = ["uncertainties"] or posterior = "…"'
        faults.take(data.mistake(f"nothing is uncertain; {expected}"))
    good = attempt(None, data.number, "good_from", None)
    found = RobustStudy(
        path.stem, words["title"], words["question"], attempt("", data.text, "about"), places, scenario,
        attempt(60, data.whole, "quarters", 60, 8, 400), attempt(1, data.whole, "seed", 1, 1, 2**31 - 2), levers, uncertain,
        str(Path(known).resolve()) if known else "",
        attempt(1, data.whole, "most_levers", min(3, max(len(levers), 1)), 1, max(len(levers), 1)),
        attempt(24, data.whole, "population", 24, 8, 1000), attempt(8, data.whole, "generations", 8, 1, 1000),
        attempt(40, data.whole, "worlds", 40, 8, 100_000), attempt(100, data.whole, "fresh_worlds", 100, 8, 100_000),
        default("integrated_from") if good is None else good, attempt((), _also, data))
    faults.tell()
    return found


def _also(data: TomlTable) -> tuple[tuple[Measure, float], ...]:
    table = data.table("also")
    known = {each.code: each for each in Measure if each is not Measure.INTEGRATION}
    for name in table.keys:
        if name not in known:
            raise table.mistake(f"{quoted(name)} is no measure that can be told beside integration{nearest(name, known)}", name)
    return tuple((known[name], table.number(name, 0.0)) for name in table.keys)


def _levers(data: TomlTable, scenario: str, steps: int, folder: Path) -> tuple[Lever, ...]:
    if not data.has("levers"):
        raise data.mistake("there is no lever; expected [levers.NAME] for each thing that could be done")
    table = TomlTable({"levers": data.values["levers"]}, data.where, data.error, data.at)
    factors, _ = read_factors(table, ["one"], folder)
    given = dict(load_scenario(scenario).parameters)
    return tuple(_lever(each, given, steps) for each in factors)


def _lever(each: StudyFactor, given: dict[str, float], steps: int) -> Lever:
    if each.varies is Varies.BUNDLE:
        return Lever(each, (False, True), (0.0, 1.0))
    if each.varies is not Varies.PARAMETER:
        raise StudyError(f"[levers.{each.name}]: a plan moves parameters and bundles, not the {each.name}")
    row = PARAMETERS[each.name]
    today = row.show(given.get(each.name, row.default))
    if each.factor.choices:
        others: list[Value] = [choice for choice in each.factor.choices if choice != today]
        return Lever(each, (str(today), *others), (0.0, *([1.0] * len(others))))
    at = np.linspace(each.factor.low, each.factor.high, steps)
    values = [float(round(value)) if row.whole else float(value) for value in at]
    now = float(str(today))
    moved = [value for value in dict.fromkeys(values) if value != now]
    options = [int(value) if row.whole else value for value in (now, *moved)]
    return Lever(each, tuple(options), tuple(abs(value - now) / (row.high - row.low) for value in (now, *moved)))


def _uncertain(data: TomlTable, folder: Path, levers: tuple[Lever, ...]) -> tuple[StudyFactor, ...]:
    values = {key: data.values[key] for key in ("uncertainties", "vary") if data.has(key)}
    if not values:
        return ()
    found, _ = read_factors(TomlTable(values, data.where, data.error, data.at), ["one"], folder)
    moved = {name for each in levers for name in each.factor.sets()}
    wrong = [each.name for each in found if each.name in moved or (each.part is not Part.UNCERTAINTY and data.has("vary"))]
    if wrong:
        raise data.mistake(f"{wrong[0]} is a lever; it cannot be uncertain as well", "uncertainties")
    return found
