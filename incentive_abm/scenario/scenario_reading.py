"""Scenarios from TOML files: every key checked, and every mistake told with the file, the key and what was expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from incentive_abm.errors import ScenarioError, UserError
from incentive_abm.faults import Faults
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS, parameter
from incentive_abm.scenario import neighbours
from incentive_abm.scenario.event_reading import read_event
from incentive_abm.scenario.events import Event, Values, in_table_order
from incentive_abm.scenario.scenario import Scenario, check_override
from incentive_abm.toml_reading import TomlFiles, TomlTable, parse_toml

FILES = TomlFiles(Path(__file__).parent.parent / "scenarios", "scenario", ScenarioError, first="today")
Named = TypeVar("Named", Kind, str)
WORDS = ("title", "question", "about", "source")
KEYS = (*WORDS, "extends", "parameters", "kinds", "partners", "events")


def shipped_names() -> tuple[str, ...]:
    """Names of the scenarios that come with the package, today's first."""
    return FILES.names()


@lru_cache(maxsize=1)
def shipped_scenarios() -> Mapping[str, Scenario]:
    """The scenarios that come with the package, by name, today's first.

    >>> next(iter(shipped_scenarios()))
    'today'
    """
    return MappingProxyType({name: _load(FILES.find(name), ()) for name in shipped_names()})


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by its name, or one of the user's by its path; raises ScenarioError that tells all that is wrong.

    >>> load_scenario("ten-lessons").with_overrides({"bailout": 0.0}).settings()["pilots"] >= 0
    True
    >>> load_scenario("ten-lesons")
    Traceback (most recent call last):
    incentive_abm.errors.ScenarioError: no scenario is called 'ten-lesons' (did you mean ten-lessons?); expected ...
    """
    return _load(FILES.find(str(name_or_path)), ())


def scenario_from_text(text: str, name: str, folder: Path | None = None) -> Scenario:
    """A scenario from the text of a TOML file; `folder` is where a file that it extends is looked for.

    >>> scenario = scenario_from_text('title = "No rescue"\\n[parameters]\\nbailout = 0', "no-rescue")
    >>> dict(scenario.parameters)["bailout"]
    0.0
    """
    return _read(text, name, name, folder or Path(), ())


def read_assignment(text: str) -> tuple[str, float]:
    """The parameter and the number in `name=value`, as given on a command line; raises UserError."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name or not value:
        raise ScenarioError(f"--set {text}: expected name=value, for example --set bailout=0")
    return name, parameter(name, f"--set {text}").read(value, f"--set {text}")


def _load(path: Path, seen: tuple[Path, ...]) -> Scenario:
    return _read(FILES.text(path), path.stem, FILES.shown(path), path.parent, (*seen, path.resolve()))


def _read(text: str, name: str, shown: str, folder: Path, seen: tuple[Path, ...]) -> Scenario:
    """A scenario; raises ScenarioError that tells everything that is wrong with it, in the order of the file."""
    data = parse_toml(text, shown, ScenarioError)
    faults = Faults(ScenarioError)
    faults.attempt(None, data.only, KEYS, neighbours.SCENARIO)
    title = faults.attempt("", data.needed_text, "title", "Trust alone")
    words = {key: faults.attempt("", data.text, key) for key in WORDS if key != "title"}
    base = Scenario(name=name, title=title)
    try:
        base = _base(data, folder, seen) or base
    except UserError as error:
        # Faults of another file: they stand where that file is named.
        faults.take(error, data.position("extends"), moved=True)
    everyone = faults.attempt((), _everyone, data)
    kinds = faults.attempt((), _narrowed, data, "kinds", _kind)
    partners = faults.attempt((), _narrowed, data, "partners", _partner)
    events = faults.attempt((), _events, data)
    faults.tell()
    merged = base.overlaid(dict(everyone), shown)
    return Scenario(name=name, title=title, **words, parameters=merged.parameters, kinds=_merged_kinds(merged, kinds),
                    partners=_merged_partners(merged, partners), events=(*base.events, *events))


def _base(data: TomlTable, folder: Path, seen: tuple[Path, ...]) -> Scenario | None:
    named = data.text("extends")
    if not named:
        return None
    path = FILES.find(named, folder, f"{data.where}: extends")
    if path.resolve() in seen:
        round_trip = " extends ".join(step.stem for step in (*seen, path.resolve()))
        raise data.mistake(f"extends goes round in a circle: {round_trip}", "extends")
    return _load(path, seen)


def _everyone(data: TomlTable) -> Values:
    return _values(data.table("parameters"), narrowed=False)


def _values(table: TomlTable, *, narrowed: bool) -> Values:
    values: dict[str, float] = {}
    faults = Faults(ScenarioError)
    for name, value in table.values.items():
        try:
            values[name] = parameter(name, table.where).read(value, table.where)
            check_override(name, values[name], narrowed=narrowed, where=table.where)
        except UserError as error:
            faults.take(error, table.position(name), "" if name in PARAMETERS else f"no parameter {name}", table.spot)
    faults.tell()
    return in_table_order(values)


def _narrowed(data: TomlTable, key: str,
              named: Callable[[TomlTable, str], tuple[Named, TomlTable]]) -> tuple[tuple[Named, Values], ...]:
    """What stands under [kinds.NAME] or [partners.NAME], for each of them."""
    outer = data.table(key)
    faults = Faults(ScenarioError)
    found = [faults.attempt(None, _one_narrowed, outer, word, named) for word in outer.keys]
    faults.tell()
    return tuple(each for each in found if each is not None)


def _one_narrowed(outer: TomlTable, word: str,
                  named: Callable[[TomlTable, str], tuple[Named, TomlTable]]) -> tuple[Named, Values]:
    name, table = named(outer, word)
    return name, _values(table, narrowed=True)


def _kind(outer: TomlTable, word: str) -> tuple[Kind, TomlTable]:
    table = outer.table(word)
    return table.member("kind", word, Kind), table


def _partner(outer: TomlTable, word: str) -> tuple[str, TomlTable]:
    return word, outer.table(word, shown=f'"{word}"')


def _events(data: TomlTable) -> tuple[Event, ...]:
    faults = Faults(ScenarioError)
    found = [faults.attempt(None, read_event, table) for table in data.tables("events", "event")]
    faults.tell()
    return tuple(event for event in found if event is not None)


def _merged_kinds(base: Scenario, given: tuple[tuple[Kind, Values], ...]) -> tuple[tuple[Kind, Values], ...]:
    merged = {kind: dict(values) for kind, values in base.kinds}
    for kind, values in given:
        merged[kind] = merged.get(kind, {}) | dict(values)
    return tuple((kind, in_table_order(merged[kind])) for kind in Kind if merged.get(kind))


def _merged_partners(base: Scenario, given: tuple[tuple[str, Values], ...]) -> tuple[tuple[str, Values], ...]:
    merged = {partner: dict(values) for partner, values in base.partners}
    for partner, values in given:
        merged[partner] = merged.get(partner, {}) | dict(values)
    return tuple((partner, in_table_order(merged[partner])) for partner in sorted(merged) if merged[partner])
