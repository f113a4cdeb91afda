"""Reading what a study varies: parameters within their declared ranges, scenarios, places, bundles of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from experiments.designs import Factor, FactorKind
from experiments.designs.factors import BOOKKEEPING, OF_PLACE
from experiments.result_columns import BY_QUARTER, FIXED
from experiments.study.neighbours import FACTOR
from experiments.study.study import RULE, SHIPPED_RULE, Part, StudyFactor, Values, Varies
from incentive_abm.errors import StudyError, UserError, nearest
from incentive_abm.faults import Faults
from incentive_abm.files import path_of
from incentive_abm.parameters import PARAMETERS, Parameter, Role, Scope, parameter
from incentive_abm.rivals.catalogue import RIVALS
from incentive_abm.rivals.choosing import together
from incentive_abm.scenario import Scenario, load_scenario
from incentive_abm.scenario.posterior import read_posterior, shipped_posteriors
from incentive_abm.scenario.scenario_reading import shipped_names
from incentive_abm.toml_reading import TomlTable

DEFAULT = "default"
"""What a bundle says for the value that the parameter table gives."""
GROUPS = (("factors", None), (Part.LEVER.value, Part.LEVER), (Part.UNCERTAINTY.value, Part.UNCERTAINTY))
ROLES = {"levers": Role.LEVER, "uncertainties": Role.UNCERTAINTY}
Named = tuple[tuple[str, Scenario], ...]


def read_factors(data: TomlTable, places: Sequence[str], folder: Path) -> tuple[tuple[StudyFactor, ...], Named]:
    """The factors in the file's order, then those that `vary` adds; and the scenarios used, the base first."""
    faults = Faults(StudyError)
    found = [each for key, part in GROUPS for each in faults.attempt((), _group, data, key, part, places, folder)]
    if data.has("scenarios"):
        found += faults.attempt((), _scenario_table, data, places, folder)
    names = [each.name for each in found]
    if len(places) > 1 and "place" not in names:
        found.insert(0, _choices("place", Varies.PLACE, "Place", tuple(places)))
    fixed = {name for each in found for name in each.sets()}
    for word in faults.attempt((), data.texts, "vary"):
        if word not in ROLES:
            told = f"vary: {word!r} is not a group{nearest(word, ROLES)}; expected {' or '.join(ROLES)}"
            faults.take(data.mistake(told, "vary"))
            continue
        found += [
            whole_range(row)
            for row in PARAMETERS.values()
            if row.role is ROLES[word] and row.scope is not Scope.DATA and row.name not in fixed
        ]
    if not found and not faults and not data.has("posterior"):
        faults.take(data.mistake("nothing is varied; expected [factors.NAME] for a parameter, for example [factors.bailout]"))
    faults.attempt(None, _check_disjoint, found, data.where)
    scenarios = faults.attempt((), _scenarios, data, found, folder)
    faults.tell()
    return tuple(found), scenarios


def read_known(data: TomlTable, factors: Sequence[StudyFactor], folder: Path) -> tuple[str, tuple[StudyFactor, ...]]:
    """The file under `posterior` and the parameters that are drawn from it, over their ranges; none where it is not given."""
    if not data.has("posterior"):
        return "", ()
    try:
        path = shipped_posteriors().find(data.needed_text("posterior", "runs/ours/posterior.csv"), folder)
    except UserError as error:
        raise data.mistake(str(error), "posterior") from None
    names = read_posterior(path, StudyError).names
    taken = {name: each.name for each in factors for name in each.sets()}
    for name in names:
        if name in taken:
            raise data.mistake(f"{name} is drawn from {path.name} and set by the factor {taken[name]}; it can follow only one",
                               "posterior")
    return str(path), tuple(replace(whole_range(PARAMETERS[name]), part=Part.UNCERTAINTY) for name in names)


def named_factors(data: TomlTable) -> list[str]:
    """Names under which the file speaks of its factors, where some of them cannot be read."""
    tables = [data.values.get(key) for key, _ in GROUPS]
    names = [str(name) for table in tables if isinstance(table, Mapping) for name in table]
    return [*dict.fromkeys([*names, "place", "scenario", *(PARAMETERS if data.has("vary") else ())])]


def _group(data: TomlTable, key: str, part: Part | None, places: Sequence[str], folder: Path) -> tuple[StudyFactor, ...]:
    """The factors under [factors.NAME], [levers.NAME] or [uncertainties.NAME]."""
    table = data.table(key)
    faults = Faults(StudyError)
    found = [faults.attempt(None, _one, table, name, places, folder) for name in table.keys]
    faults.tell()
    return tuple(replace(each, part=part) if part is not None else each for each in found if each is not None)


def _one(table: TomlTable, name: str, places: Sequence[str], folder: Path) -> StudyFactor:
    inner = table.table(name)
    try:
        return _factor(inner, name, places, folder)
    except UserError as error:
        faults = Faults(StudyError)
        faults.take(error, inner.position(""))
        raise faults.error() from None


def _scenario_table(data: TomlTable, places: Sequence[str], folder: Path) -> tuple[StudyFactor, ...]:
    return (_factor(data.table("scenarios"), "scenario", places, folder),)


def _factor(data: TomlTable, name: str, places: Sequence[str], folder: Path) -> StudyFactor:
    if name == "place":
        return _place(data, places)
    if name == "scenario":
        data.only(("choices", "label"))
        return _choices(name, Varies.SCENARIO, data.text("label") or "Scenario", data.texts("choices") or shipped_names(), data)
    if name.startswith(RULE):
        return _rule(data, name, folder)
    if data.has("on"):
        return _bundle(data, name)
    if name not in PARAMETERS:
        hint = nearest(name, [*PARAMETERS, "place", "scenario"])
        raise data.mistake(f"no parameter is called {name!r}{hint}; a bundle of values needs on = {{ name = value }}")
    row = parameter(name)
    if row.scope is Scope.DATA:
        raise data.mistake(f"{name} fills holes when a place is read; a study cannot vary it")
    label = data.text("label") or row.label
    if row.choices:
        data.only(("choices", "label"), FACTOR)
        chosen = data.texts("choices") or row.choices
        for each in chosen:
            row.read(each, data.where)
        return _choices(name, Varies.PARAMETER, label, chosen, data)
    faults = Faults(StudyError)
    faults.attempt(None, data.only, ("low", "high", "label"), FACTOR)
    low, high = (faults.attempt(usual, _bound, data, key, usual, row) for key, usual in (("low", row.low), ("high", row.high)))
    faults.tell()
    if not low < high:
        raise data.mistake(f"low is {low:g} and high is {high:g}; expected low below high")
    kind = FactorKind.INT if row.whole else FactorKind.FLOAT
    return StudyFactor(Factor(name, kind, low, high), Varies.PARAMETER, label, part=_part(row))


def _bound(data: TomlTable, key: str, usual: float, row: Parameter) -> float:
    value = data.number(key, usual)
    row.read(value, data.where)
    return value


def whole_range(row: Parameter) -> StudyFactor:
    """A parameter over its whole declared range."""
    if row.choices:
        return _choices(row.name, Varies.PARAMETER, row.label, row.choices)
    kind = FactorKind.INT if row.whole else FactorKind.FLOAT
    return StudyFactor(Factor(row.name, kind, row.low, row.high), Varies.PARAMETER, row.label, part=_part(row))


def _part(row: Parameter) -> Part:
    return Part.LEVER if row.role is Role.LEVER else Part.UNCERTAINTY


def _place(data: TomlTable, places: Sequence[str]) -> StudyFactor:
    data.only(("choices", "label"))
    chosen = data.texts("choices") or tuple(places)
    for each in chosen:
        if each not in places:
            raise data.mistake(f"no place is called {each!r}{nearest(each, places)}; places stand under [places.NAME]")
    return _choices("place", Varies.PLACE, data.text("label") or "Place", chosen, data)


def _rule(data: TomlTable, name: str, folder: Path) -> StudyFactor:
    """A rule or a theme of rules, over the choices named: shipped, a rival's name, or FILE.py:FUNCTION."""
    data.only(("choices", "label"), FACTOR)
    what, chosen = name.removeprefix(RULE), data.texts("choices")
    faults = Faults(StudyError)
    if not chosen and what in RIVALS:
        chosen = (SHIPPED_RULE, *list(RIVALS[what])[1:])
    for choice in chosen or (SHIPPED_RULE,):
        try:
            together({what: choice}, folder)
        except UserError as error:
            faults.take(data.mistake(str(error), "choices"))
    faults.tell()
    return _choices(name, Varies.RULE, data.text("label") or f"Rule: {what}", chosen, data)


def _choices(name: str, varies: Varies, label: str, choices: tuple[str, ...], data: TomlTable | None = None) -> StudyFactor:
    if len(choices) < 2 or len(set(choices)) < len(choices):
        where = data.where if data else name
        raise StudyError(f"{where}: expected two or more different choices, got {', '.join(choices) or 'none'}")
    part = _part(PARAMETERS[name]) if varies is Varies.PARAMETER else Part.WORLD
    return StudyFactor(Factor(name, FactorKind.CATEGORICAL, choices=choices), varies, label, part=part)


def _bundle(data: TomlTable, name: str) -> StudyFactor:
    data.only(("on", "off", "label"), FACTOR)
    _check_name(data, name)
    on, off = _values(data.table("on")), _values(data.table("off"))
    if not on:
        raise data.mistake("on is empty; expected name = value for each parameter of the bundle")
    return StudyFactor(Factor(name, FactorKind.BOOL), Varies.BUNDLE, data.text("label") or name.replace("_", " "), on, off)


def _check_name(data: TomlTable, name: str) -> None:
    """A bundle is a column of the results, which many tools tell from others without regard to case."""
    from incentive_abm.measures import Measure

    taken = {each.casefold(): "a parameter" for each in PARAMETERS}
    taken |= {each.casefold(): "a column of the results" for each in (*FIXED, *BOOKKEEPING)}
    taken |= {measure.code.casefold(): "a measure" for measure in Measure}
    folded = name.casefold()
    of_place = "a number of the place" if folded.startswith(OF_PLACE) else ""
    what = "a measure by quarter" if folded.endswith(BY_QUARTER) else of_place or taken.get(folded)
    if what:
        raise data.mistake(f"{name} is the name of {what}, whatever the case of its letters; give the bundle another")
    if not name.isprintable() or name != name.strip():
        raise data.mistake(f"{name!r} is no name for a column; expected letters, digits and _ as in staff_money")


def _values(data: TomlTable) -> Values:
    faults = Faults(StudyError)
    values = []
    for name in data.keys:
        try:
            row = parameter(name, data.where)
            if row.scope is Scope.DATA:
                raise data.mistake(f"{name} fills holes when a place is read; a study cannot set it", name)
            given = data.values[name]
            values.append((name, row.default if given == DEFAULT else row.read(given, data.where)))
        except UserError as error:
            faults.take(error, data.position(name))
    faults.tell()
    return tuple(values)


def _check_disjoint(found: Sequence[StudyFactor], where: str) -> None:
    names: dict[str, str] = {}
    for each in found:
        other = names.setdefault(each.name.casefold(), each.name)
        if other != each.name:
            raise StudyError(f"{where}: the factors {other} and {each.name} differ in case alone; give one another name")
    setter: dict[str, str] = {}
    for each in found:
        for name in sorted(each.sets()):
            if name in setter:
                raise StudyError(f"{where}: {name} is set by both factors {setter[name]} and {each.name}; it can follow only one")
            setter[name] = each.name


def _scenarios(data: TomlTable, found: Sequence[StudyFactor], folder: Path) -> Named:
    varied = next((each for each in found if each.varies is Varies.SCENARIO), None)
    if varied is not None and data.has("scenario"):
        raise data.mistake("scenario is both fixed and a factor; leave out one of the two")
    chosen = varied.factor.choices if varied is not None else (data.text("scenario") or "today",)
    return tuple((name, load_scenario(name if name in shipped_names() else _file(name, folder))) for name in chosen)


def _file(name: str, folder: Path) -> str:
    """A scenario's file, looked for from the study's folder; a name that is no file goes on as it is, to be refused."""
    path = folder / path_of(name)
    return str(path) if path.is_file() else name
