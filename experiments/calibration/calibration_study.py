"""A calibration as its file states it: what was observed, where, what is uncertain, and how many runs to spend on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from experiments.calibration.observed import Observation, check_names, check_scenario, read_observations
from experiments.calibration.patterns import QUARTERS, Use, load_patterns
from experiments.designs.factors import FactorKind
from experiments.study.factor_reading import read_factors
from experiments.study.place_reading import read_places
from experiments.study.study import PlaceSource, StudyFactor, Varies
from incentive_abm.errors import StudyError, nearest
from incentive_abm.faults import Faults
from incentive_abm.measures import Measure
from incentive_abm.toml_reading import TomlFiles, TomlTable, parse_toml

FILES = TomlFiles(Path(__file__).parent / "studies", "calibration", StudyError)
KEYS = ("title", "question", "about", "patterns", "observed", "place", "places", "uncertainties", "vary", "quarters",
        "replicates", "seed", "points", "taken", "draws", "find_out")
LEAST_TAKEN = 100
"""Points that must be taken, so that a regression over them means something."""


@dataclass(frozen=True)
class FindOut:
    """What would be worth observing: for a verdict on `of` in the last quarter under `scenario` (less the same under
    `against`, where given), measures that could be observed in `seen_in` in these years."""

    of: str
    scenario: str
    against: str
    measures: tuple[str, ...]
    years: tuple[int, ...]
    seen_in: str


@dataclass(frozen=True)
class Calibration:
    """What is asked. points: settings tried; taken: how many of them, the nearest; draws: settings played again afterwards."""

    name: str
    title: str
    question: str
    about: str
    observed: tuple[Observation, ...]
    numbers: tuple[int, ...]
    places: tuple[PlaceSource, ...]
    places_text: str
    priors: tuple[StudyFactor, ...]
    quarters: int
    replicates: int
    seed: int
    points: int
    taken: int
    draws: int
    find_out: FindOut | None

    @property
    def names(self) -> list[str]:
        """Names of what is uncertain, in order."""
        return [each.name for each in self.priors]


def shipped_calibrations() -> tuple[str, ...]:
    """Names of those that come with the package."""
    return FILES.names()


def load_calibration(name_or_path: str) -> Calibration:
    """A shipped one by name, or the user's own by path; raises UserError that tells every mistake in it."""
    path = FILES.find(name_or_path)
    shown = FILES.shown(path)
    data = parse_toml(FILES.text(path), shown, StudyError)
    folder = path.parent
    faults = Faults(StudyError)
    attempt = faults.attempt
    attempt(None, data.only, KEYS)
    words = {key: attempt("", data.needed_text, key, "What do our first two years tell?") for key in ("title", "question")}
    quarters = attempt(QUARTERS, data.whole, "quarters", QUARTERS, 8, 400)
    observed, numbers = attempt(((), ()), _observed, data, quarters)
    places = attempt((), read_places, data, folder)
    priors = attempt((), _priors, data, folder)
    points = attempt(4000, data.whole, "points", 4000, 2 * LEAST_TAKEN, 10_000_000)
    taken = attempt(LEAST_TAKEN, data.whole, "taken", max(points // 20, LEAST_TAKEN), LEAST_TAKEN, points // 2)
    found = Calibration(
        path.stem, words["title"], words["question"], attempt("", data.text, "about"), observed, numbers, places,
        places_toml(places), priors, quarters, attempt(1, data.whole, "replicates", 1, 1, 10_000),
        attempt(1, data.whole, "seed", 1, 1, 2**31 - 1), points, taken, attempt(200, data.whole, "draws", 200, 20, 100_000),
        attempt(None, _find_out, data, quarters))
    faults.tell()
    return found


def places_toml(places: tuple[PlaceSource, ...]) -> str:
    """Places as a study's file names them, folders by their whole path."""
    import json

    lines = []
    for each in places:
        lines.append(f"[places.{json.dumps(each.name, ensure_ascii=False)}]")
        if each.folder is not None:
            lines.append(f"folder = {json.dumps(str(each.folder.resolve()), ensure_ascii=False)}")
        elif each.generate:
            lines.append("generate = { " + ", ".join(f"{key} = {value}" for key, value in each.generate) + " }")
        else:
            lines.append("shipped = true")
    return "\n".join(lines)


def _observed(data: TomlTable, quarters: int) -> tuple[tuple[Observation, ...], tuple[int, ...]]:
    own = read_observations(data, quarters)
    given = data.values.get("patterns", [])
    if not isinstance(given, list) or not all(type(each) is int for each in given):
        raise data.mistake(f"patterns is {given!r}; expected numbers of published patterns, such as [1, 4]", "patterns")
    faults = Faults(StudyError)
    known = {each.number: each for each in load_patterns()}
    found = list(own)
    for number in given:
        pattern = known.get(number)
        if pattern is None:
            faults.take(data.mistake(f"patterns: there is no pattern {number}, but {', '.join(map(str, known))}", "patterns"))
        elif pattern.use is not Use.CALIBRATE:
            faults.take(data.mistake(f"patterns: pattern {number} is marked “{pattern.use.value}”, and may not be calibrated by; "
                                     "leave it out, and compare it afterwards with --held-out", "patterns"))
        elif not pattern.observed:
            faults.take(data.mistake(f"patterns: pattern {number} has no target that a study can read: {pattern.not_measured}",
                                     "patterns"))
        elif quarters < QUARTERS:
            faults.take(data.mistake(f"quarters is {quarters}; published patterns are read off runs of {QUARTERS}", "quarters"))
        else:
            found += pattern.observed
    if not found and not faults:
        faults.take(data.mistake("nothing was observed; expected patterns = [1], or [[observed]] with a measure and a value"))
    for each in found:
        faults.attempt(None, check_scenario, each)
    check_names(found, data, faults)
    faults.tell()
    return tuple(found), tuple(given)


def _priors(data: TomlTable, folder: Path) -> tuple[StudyFactor, ...]:
    """[uncertainties.NAME] as a study has them; `vary` adds whole groups, and where neither is given all uncertainties are."""
    values = {key: data.values[key] for key in ("uncertainties", "vary") if data.has(key)}
    table = TomlTable(values or {"vary": ["uncertainties"]}, data.where, data.error, data.at)
    found, _ = read_factors(table, ["one"], folder)
    words = [each.name for each in found if each.factor.kind not in (FactorKind.FLOAT, FactorKind.INT)]
    if data.has("uncertainties") and (named := [each for each in words if each in data.table("uncertainties").keys]):
        raise data.mistake(f"{named[0]} is no number; a calibration seeks numbers", "uncertainties")
    return tuple(each for each in found if each.varies is Varies.PARAMETER and each.name not in words)


def _find_out(data: TomlTable, quarters: int) -> FindOut | None:
    if not data.has("find_out"):
        return None
    table = data.table("find_out")
    table.only(("of", "scenario", "against", "measures", "years", "seen_in"))
    codes = [each.code for each in Measure]
    of, measures = table.text("of") or "integration", table.texts("measures") or ("trust", "form", "said", "integration")
    for each in (of, *measures):
        if each not in codes:
            raise table.mistake(f"no measure is called {each!r}{nearest(each, codes)}", "measures" if each in measures else "of")
    years = table.values.get("years", [1, 3])
    if not isinstance(years, list) or not years or not all(type(each) is int and 1 <= each <= quarters // 4 for each in years):
        raise table.mistake(f"years is {years!r}; expected years of a run, such as [1, 3]", "years")
    return FindOut(of, table.text("scenario") or "today", table.text("against"), measures, tuple(years),
                   table.text("seen_in") or "today")


def with_points(study: Calibration, points: int) -> Calibration:
    """The same with so many settings, as many of them taken in proportion."""
    return replace(study, points=points, taken=min(max(points * study.taken // study.points, LEAST_TAKEN), points // 2))
