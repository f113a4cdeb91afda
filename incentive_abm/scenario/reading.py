"""Scenarios from TOML files: every key checked, and every mistake told with the file, the key and what was expected."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from incentive_abm.errors import ScenarioError, nearest
from incentive_abm.kinds import Kind
from incentive_abm.parameters import parameter
from incentive_abm.scenario.event_reading import read_event
from incentive_abm.scenario.events import Event, Values, in_table_order
from incentive_abm.scenario.keys import check_keys, read_choice, read_table, read_text
from incentive_abm.scenario.scenario import Scenario, check_override

SHIPPED = Path(__file__).parent.parent / "scenarios"
WORDS = ("title", "question", "about", "source")
KEYS = (*WORDS, "extends", "parameters", "kinds", "partners", "events")
FIRST = "today"


def shipped_names() -> tuple[str, ...]:
    """Names of the scenarios that come with the package, today's first."""
    return tuple(sorted((path.stem for path in SHIPPED.glob("*.toml")), key=lambda name: (name != FIRST, name)))


@lru_cache(maxsize=1)
def shipped_scenarios() -> Mapping[str, Scenario]:
    """The scenarios that come with the package, by name, today's first."""
    return MappingProxyType({name: _load(SHIPPED / f"{name}.toml", ()) for name in shipped_names()})


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by its name, or one of the user's by its path; raises ScenarioError."""
    return _load(_found(str(name_or_path), Path(), ""), ())


def scenario_from_text(text: str, name: str, folder: Path | None = None) -> Scenario:
    """A scenario from the text of a TOML file; `folder` is where a file that it extends is looked for."""
    return _read(text, name, name, folder or Path(), ())


def read_assignment(text: str) -> tuple[str, float]:
    """The parameter and the number in `name=value`, as given on a command line; raises UserError."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name or not value:
        raise ScenarioError(f"--set {text}: expected name=value, for example --set bailout=0")
    return name, parameter(name, f"--set {text}").read(value, f"--set {text}")


def _found(named: str, folder: Path, where: str) -> Path:
    """The file that a name or a path stands for; names of shipped scenarios come first."""
    at = f"{where}: " if where else ""
    if named in shipped_names():
        return SHIPPED / f"{named}.toml"
    path = folder / Path(named).expanduser()
    if path.is_file():
        return path
    if path.is_dir():
        raise ScenarioError(f"{at}{named} is a folder; expected a scenario file (.toml) or a name of those shipped")
    if path.suffix == ".toml" or "/" in named:
        raise ScenarioError(f"{at}there is no scenario file {path}")
    raise ScenarioError(
        f"{at}no scenario is called {named!r}{nearest(named, shipped_names())}; "
        f"expected a .toml file or one of {', '.join(shipped_names())}"
    )


def _load(path: Path, seen: tuple[Path, ...]) -> Scenario:
    shown = path.stem if path.parent == SHIPPED else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{shown}: not a UTF-8 text (byte {error.start}); save the file as UTF-8") from None
    except OSError as error:
        raise ScenarioError(f"{shown}: cannot be read: {error.strerror}") from None
    return _read(text, path.stem, shown, path.parent, (*seen, path.resolve()))


def _read(text: str, name: str, shown: str, folder: Path, seen: tuple[Path, ...]) -> Scenario:
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{shown}: not valid TOML: {error}") from None
    check_keys(data, KEYS, shown)
    words = {key: read_text(data, key, shown) for key in WORDS}
    if not words["title"]:
        raise ScenarioError(f'{shown}: title is missing; expected for example title = "Trust alone"')
    base = _base(data, shown, folder, seen)
    if base is None:
        base = Scenario(name=name, title=words["title"])
    own = _values(read_table(data, "parameters", shown), f"{shown}: [parameters]", narrowed=False)
    merged = base.overlaid(dict(own), shown)
    return Scenario(
        name=name,
        **words,
        parameters=merged.parameters,
        kinds=_merged_kinds(merged, read_table(data, "kinds", shown), shown),
        partners=_merged_partners(merged, read_table(data, "partners", shown), shown),
        events=(*base.events, *_events(data, shown)),
    )


def _base(data: Mapping[str, object], shown: str, folder: Path, seen: tuple[Path, ...]) -> Scenario | None:
    named = read_text(data, "extends", shown)
    if not named:
        return None
    path = _found(named, folder, f"{shown}: extends")
    if path.resolve() in seen:
        round_trip = " extends ".join(step.stem for step in (*seen, path.resolve()))
        raise ScenarioError(f"{shown}: extends goes round in a circle: {round_trip}")
    return _load(path, seen)


def _values(table: Mapping[str, object], where: str, *, narrowed: bool) -> Values:
    values: dict[str, float] = {}
    for name, value in table.items():
        values[name] = parameter(name, where).read(value, where)
        check_override(name, values[name], narrowed=narrowed, where=where)
    return in_table_order(values)


def _merged_kinds(base: Scenario, table: Mapping[str, object], shown: str) -> tuple[tuple[Kind, Values], ...]:
    merged = {kind: dict(values) for kind, values in base.kinds}
    for word in table:
        kind = read_choice(word, Kind, f"{shown}: [kinds.{word}]", "kind")
        where = f"{shown}: [kinds.{word}]"
        merged[kind] = merged.get(kind, {}) | dict(_values(read_table(table, word, where), where, narrowed=True))
    return tuple((kind, in_table_order(merged[kind])) for kind in Kind if merged.get(kind))


def _merged_partners(base: Scenario, table: Mapping[str, object], shown: str) -> tuple[tuple[str, Values], ...]:
    merged = {partner: dict(values) for partner, values in base.partners}
    for partner in table:
        where = f'{shown}: [partners."{partner}"]'
        own = dict(_values(read_table(table, partner, where), where, narrowed=True))
        merged[partner] = merged.get(partner, {}) | own
    return tuple((partner, in_table_order(merged[partner])) for partner in sorted(merged) if merged[partner])


def _events(data: Mapping[str, object], shown: str) -> tuple[Event, ...]:
    given = data.get("events", [])
    if not isinstance(given, list) or not all(isinstance(event, dict) for event in given):
        raise ScenarioError(f"{shown}: events is not a list of tables; write each event under its own [[events]]")
    return tuple(read_event(event, f"{shown}: [[events]] {number}") for number, event in enumerate(given, 1))
