"""One timed event from its TOML table."""

from __future__ import annotations

from collections.abc import Mapping

from incentive_abm.errors import ScenarioError, UserError, quoted
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import parameter
from incentive_abm.scenario.events import ALLOWED, Event, EventKind, in_table_order
from incentive_abm.toml_reading import TomlTable

ALWAYS = ("quarter", "what", "title")
KEYS = tuple(dict.fromkeys((*ALWAYS, *(key for keys in ALLOWED.values() for key in keys))))


def read_event(values: Mapping[str, object], where: str) -> Event:
    """An event; raises ScenarioError naming the key that is wrong."""
    table = TomlTable(values, where, ScenarioError)
    table.only(KEYS)
    what = table.choice("what", EventKind)
    updates = {name: parameter(name, where).read(value, where) for name, value in table.table("parameters").values.items()}
    try:
        return Event(
            quarter=table.whole("quarter", None, 0),
            what=what,
            title=table.text("title"),
            parameters=in_table_order(updates),
            kind=table.optional_choice("kind", Kind),
            partner=table.optional_text("partner"),
            background=table.optional_choice("background", Background),
            skill=table.number("skill", None),
            a=table.optional_text("a"),
            b=table.optional_text("b"),
            between=_between(table),
            scope=table.number("scope", None),
        )
    except UserError as error:
        text = str(error)
        raise ScenarioError(text if text.startswith(where) else f"{where}: {text}") from None


def _between(table: TomlTable) -> tuple[Kind, Kind] | None:
    given = table.values.get("between")
    if given is None:
        return None
    if not isinstance(given, list) or len(given) != 2:
        raise table.mistake(f'between is {quoted(given)}; expected two kinds, for example ["trust", "council"]')
    return table.member("between", given[0], Kind), table.member("between", given[1], Kind)
