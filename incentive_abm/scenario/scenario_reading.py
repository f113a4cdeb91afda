"""Scenarios from TOML files: every key checked, and every mistake told with the file, the key and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from incentive_abm.errors import ScenarioError
from incentive_abm.kinds import Kind
from incentive_abm.parameters import parameter
from incentive_abm.scenario.event_reading import read_event
from incentive_abm.scenario.events import Values, in_table_order
from incentive_abm.scenario.scenario import Scenario, check_override
from incentive_abm.toml_reading import TomlFiles, TomlTable, parse_toml

FILES = TomlFiles(Path(__file__).parent.parent / "scenarios", "scenario", ScenarioError, first="today")
WORDS = ("title", "question", "about", "source")
KEYS = (*WORDS, "extends", "parameters", "kinds", "partners", "events")


def shipped_names() -> tuple[str, ...]:
    """Names of the scenarios that come with the package, today's first."""
    return FILES.names()


@lru_cache(maxsize=1)
def shipped_scenarios() -> Mapping[str, Scenario]:
    """The scenarios that come with the package, by name, today's first."""
    return MappingProxyType({name: _load(FILES.find(name), ()) for name in shipped_names()})


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by its name, or one of the user's by its path; raises ScenarioError."""
    return _load(FILES.find(str(name_or_path)), ())


def scenario_from_text(text: str, name: str, folder: Path | None = None) -> Scenario:
    """A scenario from the text of a TOML file; `folder` is where a file that it extends is looked for."""
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
    data = parse_toml(text, shown, ScenarioError)
    data.only(KEYS)
    title = data.needed_text("title", "Trust alone")
    base = _base(data, folder, seen)
    if base is None:
        base = Scenario(name=name, title=title)
    merged = base.overlaid(dict(_values(data.table("parameters"), narrowed=False)), shown)
    return Scenario(
        name=name,
        **{key: data.text(key) for key in WORDS},
        parameters=merged.parameters,
        kinds=_merged_kinds(merged, data.table("kinds")),
        partners=_merged_partners(merged, data.table("partners")),
        events=(*base.events, *(read_event(each.values, each.where) for each in data.tables("events", "event"))),
    )


def _base(data: TomlTable, folder: Path, seen: tuple[Path, ...]) -> Scenario | None:
    named = data.text("extends")
    if not named:
        return None
    path = FILES.find(named, folder, f"{data.where}: extends")
    if path.resolve() in seen:
        round_trip = " extends ".join(step.stem for step in (*seen, path.resolve()))
        raise data.mistake(f"extends goes round in a circle: {round_trip}")
    return _load(path, seen)


def _values(table: TomlTable, *, narrowed: bool) -> Values:
    values: dict[str, float] = {}
    for name, value in table.values.items():
        values[name] = parameter(name, table.where).read(value, table.where)
        check_override(name, values[name], narrowed=narrowed, where=table.where)
    return in_table_order(values)


def _merged_kinds(base: Scenario, table: TomlTable) -> tuple[tuple[Kind, Values], ...]:
    merged = {kind: dict(values) for kind, values in base.kinds}
    for word in table.keys:
        narrow = table.table(word)
        kind = narrow.member("kind", word, Kind)
        merged[kind] = merged.get(kind, {}) | dict(_values(narrow, narrowed=True))
    return tuple((kind, in_table_order(merged[kind])) for kind in Kind if merged.get(kind))


def _merged_partners(base: Scenario, table: TomlTable) -> tuple[tuple[str, Values], ...]:
    merged = {partner: dict(values) for partner, values in base.partners}
    for partner in table.keys:
        own = dict(_values(table.table(partner, shown=f'"{partner}"'), narrowed=True))
        merged[partner] = merged.get(partner, {}) | own
    return tuple((partner, in_table_order(merged[partner])) for partner in sorted(merged) if merged[partner])
