"""Studies from TOML files: every key checked, and every mistake told with the file, the key and what was expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.result_columns import BLOCKERS, REGIME_OUTCOMES, STANDARD
from experiments.study import neighbours
from experiments.study.factor_reading import named_factors, read_factors, read_known
from experiments.study.place_reading import named_places, read_places
from experiments.study.question_reading import named_numbers, place_numbers, read_contrast, read_map, read_robust
from experiments.study.study import Method, Option, Robust, Stop, Study, Varies, taken_names
from incentive_abm.errors import StudyError, UserError, nearest
from incentive_abm.faults import Faults
from incentive_abm.files import path_of
from incentive_abm.rivals.choosing import rule_set, split
from incentive_abm.toml_reading import TomlFiles, TomlTable, parse_toml

if TYPE_CHECKING:
    from incentive_abm.user_measures import OwnMeasure

FILES = TomlFiles(Path(__file__).parent.parent / "studies", "study", StudyError)
WORDS = ("title", "question", "about", "source")
KEYS = (
    *WORDS,
    "place",
    "places",
    "scenario",
    "quarters",
    "replicates",
    "seed",
    "common_luck",
    "luck_by_future",
    "posterior",
    "outcome",
    "keep",
    "keep_series",
    "vary",
    "rules",
    "measures",
    "factors",
    "levers",
    "uncertainties",
    "scenarios",
    "design",
    "stop",
    "contrast",
    "map",
    "place_numbers",
    "robust",
)
OPTIONS: Mapping[Method, Mapping[str, Option | None]] = {
    Method.FACTORIAL: {"levels": 2},
    Method.ONE_AT_A_TIME: {"levels": 2},
    Method.LATIN_HYPERCUBE: {"points": None},
    Method.SOBOL: {"base_rows": None, "second_order": False},
    Method.MORRIS: {"trajectories": None, "levels": 4},
    Method.EFAST: {"curve_points": 65, "curves": 4},
    Method.POINTS: {"file": None},
    Method.CROSSED: {"levels": 2, "futures": 20, "policies": ""},
}
"""What each design asks for, with the value taken where it is not given (None = it must be)."""


def shipped_studies() -> tuple[str, ...]:
    """Names of the studies that come with the package."""
    return FILES.names()


def load_study(name_or_path: str | Path) -> Study:
    """A shipped study by its name, or one of the user's by its path; raises UserError that tells every mistake in it.

    >>> load_study("demo").design().shape
    (512, 11)
    >>> load_study("dmeo")
    Traceback (most recent call last):
    incentive_abm.errors.StudyError: no study is called 'dmeo' (did you mean demo?); expected ...
    """
    path = FILES.find(str(name_or_path))
    return study_from_text(FILES.text(path), path.stem, path.parent, FILES.shown(path))


def study_from_text(text: str, name: str, folder: Path, shown: str = "") -> Study:
    """A study from the text of a TOML file; `folder` is where the files that it names are looked for."""
    shown = shown or name
    data = parse_toml(text, shown, StudyError)
    faults = Faults(StudyError)
    attempt = faults.attempt
    attempt(None, data.only, KEYS, neighbours.STUDY)
    words = {key: attempt("", data.needed_text, key, "When do bail-outs matter?") for key in ("title", "question")}
    words |= {key: attempt("", data.text, key) for key in ("about", "source")}
    # What is wrong with a place or a factor must not hide what is wrong elsewhere, nor make a fault of what only names it.
    places = attempt(None, read_places, data, folder)
    named = [place.name for place in places] if places is not None else named_places(data)
    read = attempt(None, read_factors, data, named, folder)
    factors, scenarios = read if read is not None else ((), ())
    known, drawn = attempt(("", ()), read_known, data, factors, folder)
    factors = (*factors, *drawn)
    names = [each.name for each in factors] if read is not None else named_factors(data)
    levelled = [each.name for each in factors if each.varies is Varies.PARAMETER and not each.factor.choices]
    method, options = attempt((Method.POINTS, ()), _design, data, levelled if read is not None else names, folder)
    numbers = attempt((), place_numbers, data, places) if places is not None else ()
    asked = numbers if places is not None else named_numbers(data)
    outcome = attempt("integration", data.text, "outcome") or "integration"
    own = attempt(None, _own, data, folder, names)
    mine = own_names(data) if own is None else tuple(each.name for each in own)
    keep = attempt(None, _kept, data, outcome, mine)
    if keep is not None:
        attempt(None, _check_outcome, data, outcome, keep)
    study = Study(
        name=name,
        **words,
        places=places or (),
        scenarios=scenarios,
        quarters=attempt(60, data.whole, "quarters", 60, 8, 400),
        replicates=attempt(1, data.whole, "replicates", 1, 1, 100_000),
        seed=attempt(1, data.whole, "seed", 1, 1, 2**31 - 1),
        common_luck=attempt(True, data.flag, "common_luck", True),
        outcome=outcome,
        keep=keep or (),
        series=attempt((), _measures, data, "keep_series", mine),
        factors=factors,
        method=method,
        options=options,
        stop=attempt(None, _stop, data),
        text=text,
        contrast=attempt(None, read_contrast, data, names, asked),
        map=attempt((), read_map, data, names, asked),
        place_numbers=numbers,
        robust=attempt(Robust(), read_robust, data),
        luck_by_future=attempt(False, _luck_by_future, data, method),
        posterior=known,
        rules=attempt((), _rules, data, folder),
        folder=folder,
        own=own or (),
    )
    if known and method not in (Method.LATIN_HYPERCUBE, Method.CROSSED):
        told = f"posterior needs a design whose points are drawn, {Method.LATIN_HYPERCUBE} or {Method.CROSSED}; this is {method}"
        faults.take(data.mistake(told, "posterior"))
    faults.tell()
    return study


def _rules(data: TomlTable, folder: Path) -> tuple[tuple[str, str], ...]:
    """What every run of the study replaces: rules = ["bargaining=nash", "trust.evidence_for=my_rules.py:mine"]."""
    chosen = data.texts("rules")
    try:
        rule_set(*chosen, folder=folder)
        return tuple(split(each) for each in chosen)
    except UserError as error:
        raise data.mistake(str(error), "rules") from None


def _own(data: TomlTable, folder: Path, factors: Sequence[str]) -> tuple[OwnMeasure, ...]:
    """Measures of the user's own: measures = ["my_measures.py:weakest_trust"]."""
    written = data.texts("measures")
    if not written:
        return ()
    from incentive_abm.user_measures import chosen_measures

    try:
        return chosen_measures(written, folder, taken_names(factors))
    except UserError as error:
        raise data.mistake(str(error), "measures") from None


def own_names(data: TomlTable) -> tuple[str, ...]:
    """The names that `measures` would bring, where the measures themselves cannot be used."""
    given = data.values.get("measures")
    return tuple(str(each).rpartition(":")[2] for each in given) if isinstance(given, list) else ()


def _luck_by_future(data: TomlTable, method: Method) -> bool:
    wanted = data.flag("luck_by_future", False)
    if wanted and method is not Method.CROSSED:
        raise data.mistake(f"luck_by_future needs the design {Method.CROSSED}, which has futures; this one is {method}")
    if wanted and not data.flag("common_luck", True):
        raise data.mistake("luck_by_future and common_luck = false contradict each other; give one of the two")
    return wanted


def _stop(data: TomlTable) -> Stop | None:
    if not data.has("stop"):
        return None
    table = data.table("stop")
    table.only(("precision", "at_least", "steady"))
    precision = table.number("precision", 0.0)
    if precision <= 0.0:
        raise table.mistake(f"precision is {precision:g}; expected a number above 0, the half-width of a 95% interval",
                            "precision")
    return Stop(precision, table.whole("at_least", 10, 2, 100_000), table.whole("steady", 3, 1, 1000))


def _check_outcome(data: TomlTable, outcome: str, keep: tuple[str, ...]) -> None:
    known = [*STANDARD, *keep, *(f"blocker_{code}" for code in BLOCKERS), *REGIME_OUTCOMES]
    if outcome not in known:
        from incentive_abm.measures import Measure

        hint = nearest(outcome, [*(measure.code for measure in Measure), *REGIME_OUTCOMES])
        raise data.mistake(
            f"outcome is {outcome!r}{hint}; expected a measure (docs/model/measures.md lists them) or one of "
            f"{', '.join(REGIME_OUTCOMES)}",
            "outcome",
        )


def _kept(data: TomlTable, outcome: str, own: Sequence[str]) -> tuple[str, ...]:
    """What `keep` names, the outcome itself where it is a measure that is not kept anyway, and measures of the user's own."""
    from incentive_abm.measures import Measure

    kept = tuple(dict.fromkeys((*_measures(data, "keep", own), *own)))
    asked = outcome in {measure.code for measure in Measure} and outcome not in (*STANDARD, *kept)
    return (*kept, outcome) if asked and not outcome.startswith("blocker_") else kept


def _measures(data: TomlTable, key: str, own: Sequence[str] = ()) -> tuple[str, ...]:
    """Measures by code; those always kept are left out of `keep`."""
    named = data.texts(key)
    if not named:
        return ()
    from incentive_abm.measures import Measure

    known = [*(measure.code for measure in Measure), *own]
    faults = Faults(StudyError)
    for each in named:
        if each not in known:
            faults.take(data.mistake(f"{key}: no measure is called {each!r}{nearest(each, known)}", key))
    faults.tell()
    fixed = (*STANDARD, *(f"blocker_{code}" for code in BLOCKERS)) if key == "keep" else ()
    return tuple(dict.fromkeys(each for each in named if each not in fixed))


def _design(data: TomlTable, levelled: Sequence[str], folder: Path) -> tuple[Method, tuple[tuple[str, Option], ...]]:
    """The method and its options; `levelled` are the factors that may have levels of their own."""
    if not data.has("design"):
        raise data.mistake(f"[design] is missing; expected a method, one of {', '.join(Method)}")
    design = data.table("design")
    faults = Faults(StudyError)
    method = faults.attempt(None, design.choice, "method", Method, neighbours.METHODS)
    if method is None:
        # Which options there are follows from the method; what no method has is wrong in any case.
        known = {key: None for options in OPTIONS.values() for key in options}
        faults.attempt(None, design.only, ("method", *known), neighbours.DESIGN)
        raise faults.error()
    others = {key: told for key, told in neighbours.DESIGN.items() if key not in OPTIONS[method]}
    faults.attempt(None, design.only, ("method", *OPTIONS[method]), others)
    options = {key: faults.attempt("", _option, design, method, key, levelled, folder) for key in OPTIONS[method]}
    faults.tell()
    return method, tuple(options.items())


def _option(design: TomlTable, method: Method, key: str, levelled: Sequence[str], folder: Path) -> Option:
    usual = OPTIONS[method][key]
    if usual is None and not design.has(key):
        raise design.mistake(f"{key} is missing; the design {method} needs it")
    if key in ("file", "policies"):
        return _points(design, key, folder) if design.has(key) else ""
    if key == "second_order":
        return design.flag(key, False)
    if key == "levels" and method is Method.FACTORIAL and design.is_table(key):
        return _levels(design.table(key), levelled)
    return design.whole(key, usual if isinstance(usual, int) else None, 1, 10_000_000)


def _points(design: TomlTable, key: str, folder: Path) -> str:
    path = folder / path_of(design.text(key))
    if not path.is_file():
        raise design.mistake(f"there is no file of points {path}", key)
    return str(path)


def _levels(table: TomlTable, levelled: Sequence[str]) -> tuple[tuple[str, int], ...]:
    faults = Faults(StudyError)
    for key in table.keys:
        if key not in levelled:
            told = f"{key!r} is not a factor with levels{nearest(key, levelled)}; expected one of {', '.join(levelled)}"
            faults.take(table.mistake(told, key))
    found = tuple((key, faults.attempt(2, table.whole, key, None, 2, 1000)) for key in table.keys)
    faults.tell()
    return found
