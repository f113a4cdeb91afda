"""Studies from TOML files: every key checked, and every mistake told with the file, the key and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from experiments.result_columns import BLOCKERS, REGIME_OUTCOMES, STANDARD
from experiments.study.factor_reading import read_factors
from experiments.study.place_numbers import NUMBERS
from experiments.study.question_reading import place_numbers, read_contrast, read_map, read_robust
from experiments.study.study import Method, Option, PlaceSource, Stop, Study, StudyFactor, Varies
from incentive_abm.errors import StudyError, nearest
from incentive_abm.files import path_of
from incentive_abm.toml_reading import TomlFiles, TomlTable, parse_toml

FILES = TomlFiles(Path(__file__).parent.parent / "studies", "study", StudyError)
KINDS = ("trusts", "councils", "gps", "voluntary")
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
    "outcome",
    "keep",
    "keep_series",
    "vary",
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
    """A shipped study by its name, or one of the user's by its path; raises UserError for any mistake in it."""
    path = FILES.find(str(name_or_path))
    return study_from_text(FILES.text(path), path.stem, path.parent, FILES.shown(path))


def study_from_text(text: str, name: str, folder: Path, shown: str = "") -> Study:
    """A study from the text of a TOML file; `folder` is where the files that it names are looked for."""
    shown = shown or name
    data = parse_toml(text, shown, StudyError)
    data.only(KEYS)
    for key in ("title", "question"):
        data.needed_text(key, "When do bail-outs matter?")
    places = _places(data, folder)
    factors, scenarios = read_factors(data, [place.name for place in places], folder)
    method, options = _design(data, factors, folder)
    numbers = place_numbers(data, places)
    outcome = data.text("outcome") or "integration"
    study = Study(
        name=name,
        **{key: data.text(key) for key in WORDS},
        places=places,
        scenarios=scenarios,
        quarters=data.whole("quarters", 60, 8, 400),
        replicates=data.whole("replicates", 1, 1, 100_000),
        seed=data.whole("seed", 1, 1, 2**31 - 1),
        common_luck=data.flag("common_luck", True),
        outcome=outcome,
        keep=_kept(data, outcome),
        series=_measures(data, "keep_series"),
        factors=factors,
        method=method,
        options=options,
        stop=_stop(data),
        text=text,
        contrast=read_contrast(data, factors, numbers),
        map=read_map(data, factors, numbers),
        place_numbers=numbers,
        robust=read_robust(data),
        luck_by_future=_luck_by_future(data, method),
    )
    _check_outcome(study, shown)
    return study


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
        raise table.mistake(f"precision is {precision:g}; expected a number above 0, the half-width of a 95% interval")
    return Stop(precision, table.whole("at_least", 10, 2, 100_000), table.whole("steady", 3, 1, 1000))


def _check_outcome(study: Study, shown: str) -> None:
    known = [*STANDARD, *study.keep, *(f"blocker_{code}" for code in BLOCKERS), *REGIME_OUTCOMES]
    if study.outcome not in known:
        from incentive_abm.measures import Measure

        hint = nearest(study.outcome, [*(measure.code for measure in Measure), *REGIME_OUTCOMES])
        raise StudyError(
            f"{shown}: outcome is {study.outcome!r}{hint}; expected a measure (docs/model/measures.md lists them) or one of "
            f"{', '.join(REGIME_OUTCOMES)}"
        )


def _kept(data: TomlTable, outcome: str) -> tuple[str, ...]:
    """What `keep` names, and the outcome itself where it is a measure that is not kept anyway."""
    from incentive_abm.measures import Measure

    kept = _measures(data, "keep")
    asked = outcome in {measure.code for measure in Measure} and outcome not in (*STANDARD, *kept)
    return (*kept, outcome) if asked and not outcome.startswith("blocker_") else kept


def _measures(data: TomlTable, key: str) -> tuple[str, ...]:
    """Measures by code; those always kept are left out of `keep`."""
    named = data.texts(key)
    if not named:
        return ()
    from incentive_abm.measures import Measure

    known = [measure.code for measure in Measure]
    for each in named:
        if each not in known:
            raise data.mistake(f"{key}: no measure is called {each!r}{nearest(each, known)}")
    fixed = STANDARD if key == "keep" else ()
    return tuple(dict.fromkeys(each for each in named if each not in fixed and not each.startswith("blocker_")))


def _places(data: TomlTable, folder: Path) -> tuple[PlaceSource, ...]:
    if data.has("place") and data.has("places"):
        raise data.mistake("give either place or [places.NAME], not both")
    if not data.has("places"):
        named = data.text("place") or "shipped"
        return (PlaceSource("shipped") if named == "shipped" else _folder(named, Path(named).name, folder, data.where),)
    places = data.table("places")
    if not places.keys:
        raise data.mistake("[places] is empty; expected for example [places.small] with generate or folder")
    found = [each for name in places.keys for each in _place(places.table(name), name, folder)]
    names = [each.name for each in found]
    for name in names:
        if names.count(name) > 1:
            raise places.mistake(f"two places are called {name}")
    return tuple(found)


def _place(data: TomlTable, name: str, folder: Path) -> tuple[PlaceSource, ...]:
    """One place, or as many as `copies` says."""
    data.only(("folder", "generate", "shipped", "title", "numbers"))
    given = [key for key in ("folder", "generate", "shipped") if data.has(key)]
    if len(given) != 1:
        raise data.mistake(f"expected one of folder, generate or shipped = true, got {', '.join(given) or 'none'}")
    table = data.table("numbers")
    title, numbers = data.text("title"), tuple((key, _covariate(table, key)) for key in table.keys)
    if data.has("folder"):
        return (replace(_folder(data.text("folder"), name, folder, data.where), title=title, numbers=numbers),)
    if data.has("shipped"):
        if not data.flag("shipped", True):
            raise data.mistake("shipped is false; leave the place out instead")
        return (PlaceSource(name, title=title, numbers=numbers),)
    mix = data.table("generate")
    mix.only(("seed", "copies", *KINDS, "ties"))
    counts = {"seed": mix.whole("seed", None, 0, 2**62)}
    counts |= {kind: mix.whole(kind, 0, 0, 999_999) for kind in KINDS}
    if mix.has("ties"):
        counts["ties"] = mix.whole("ties", None, 1, 10_000_000)
    partners = sum(counts[kind] for kind in KINDS)
    if partners < 2:
        raise mix.mistake("a place needs at least two partners; give trusts, councils, gps, voluntary")
    title = title or f"{partners} partners"
    if not mix.has("copies"):
        return (PlaceSource(name, generate=tuple(counts.items()), title=f"{title} ({name})", numbers=numbers),)
    return tuple(
        PlaceSource(
            f"{name}-{k + 1}",
            generate=tuple((counts | {"seed": counts["seed"] + k}).items()),
            title=f"{title} ({name}-{k + 1})",
            numbers=numbers,
        )
        for k in range(mix.whole("copies", None, 1, 1000))
    )


def _covariate(table: TomlTable, key: str) -> float:
    if key in NUMBERS:
        raise table.mistake(f"{key} is counted in the place itself; give the covariate another name")
    value = table.number(key, None)
    assert value is not None
    return value


def _folder(named: str, name: str, folder: Path, where: str) -> PlaceSource:
    path = folder / path_of(named)
    if not path.is_dir():
        raise StudyError(
            f'{where}: there is no place folder {path}; expected "shipped" or a folder with partners.csv and ties.csv'
        )
    return PlaceSource(name, path)


def _design(data: TomlTable, factors: tuple[StudyFactor, ...], folder: Path) -> tuple[Method, tuple[tuple[str, Option], ...]]:
    if not data.has("design"):
        raise data.mistake(f"[design] is missing; expected a method, one of {', '.join(Method)}")
    design = data.table("design")
    method = design.choice("method", Method)
    design.only(("method", *OPTIONS[method]))
    options: dict[str, Option] = {}
    for key, usual in OPTIONS[method].items():
        if usual is None and not design.has(key):
            raise design.mistake(f"{key} is missing; the design {method} needs it")
        if key in ("file", "policies"):
            options[key] = _points(design, key, folder) if design.has(key) else ""
        elif key == "second_order":
            options[key] = design.flag(key, False)
        elif key == "levels" and method is Method.FACTORIAL and design.is_table(key):
            options[key] = _levels(design.table(key), factors)
        else:
            options[key] = design.whole(key, usual if isinstance(usual, int) else None, 1, 10_000_000)
    return method, tuple(options.items())


def _points(design: TomlTable, key: str, folder: Path) -> str:
    path = folder / path_of(design.text(key))
    if not path.is_file():
        raise design.mistake(f"there is no file of points {path}")
    return str(path)


def _levels(table: TomlTable, factors: tuple[StudyFactor, ...]) -> tuple[tuple[str, int], ...]:
    numeric = [each.name for each in factors if each.varies is Varies.PARAMETER and not each.factor.choices]
    for key in table.keys:
        if key not in numeric:
            raise table.mistake(
                f"{key!r} is not a factor with levels{nearest(key, numeric)}; expected one of {', '.join(numeric)}"
            )
    return tuple((key, table.whole(key, None, 2, 1000)) for key in table.keys)
