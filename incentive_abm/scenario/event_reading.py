"""One timed event from its TOML table."""

from __future__ import annotations

from collections.abc import Mapping

from incentive_abm.errors import ScenarioError, UserError
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import parameter
from incentive_abm.scenario.events import ALLOWED, Event, EventKind, in_table_order
from incentive_abm.scenario.keys import (
    Closed,
    check_keys,
    read_choice,
    read_number,
    read_optional_text,
    read_quarter,
    read_table,
    read_text,
)

ALWAYS = ("quarter", "what", "title")
KEYS = tuple(dict.fromkeys((*ALWAYS, *(key for keys in ALLOWED.values() for key in keys))))


def read_event(table: Mapping[str, object], where: str) -> Event:
    """An event; raises ScenarioError naming the key that is wrong."""
    check_keys(table, KEYS, where)
    if "what" not in table:
        raise ScenarioError(f"{where}: what is missing; expected one of {', '.join(kind.code for kind in EventKind)}")
    what = read_choice(table["what"], EventKind, where, "what")
    values: dict[str, float] = {}
    for name, value in read_table(table, "parameters", where).items():
        values[name] = parameter(name, where).read(value, where)
    try:
        return Event(
            quarter=read_quarter(table, where),
            what=what,
            title=read_text(table, "title", where),
            parameters=in_table_order(values),
            kind=_choice(table, "kind", Kind, where),
            partner=read_optional_text(table, "partner", where),
            background=_choice(table, "background", Background, where),
            skill=read_number(table, "skill", where),
            a=read_optional_text(table, "a", where),
            b=read_optional_text(table, "b", where),
            between=_between(table, where),
            scope=read_number(table, "scope", where),
        )
    except UserError as error:
        text = str(error)
        raise ScenarioError(text if text.startswith(where) else f"{where}: {text}") from None


def _choice(table: Mapping[str, object], key: str, closed: type[Closed], where: str) -> Closed | None:
    return read_choice(table[key], closed, where, key) if key in table else None


def _between(table: Mapping[str, object], where: str) -> tuple[Kind, Kind] | None:
    given = table.get("between")
    if given is None:
        return None
    if not isinstance(given, list) or len(given) != 2:
        raise ScenarioError(f'{where}: between is {given!r}; expected two kinds, for example ["trust", "council"]')
    return read_choice(given[0], Kind, where, "between"), read_choice(given[1], Kind, where, "between")
