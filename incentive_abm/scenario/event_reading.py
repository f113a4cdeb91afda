"""One timed event from its TOML table."""

from __future__ import annotations

from incentive_abm.errors import ScenarioError, UserError, quoted
from incentive_abm.faults import Faults
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import PARAMETERS, parameter
from incentive_abm.scenario import neighbours
from incentive_abm.scenario.events import RULES, Event, EventKind, Values, in_table_order
from incentive_abm.toml_reading import TomlTable
from incentive_abm.words import say

ALWAYS = ("quarter", "what", "title")
KEYS = tuple(dict.fromkeys((*ALWAYS, *(key for rule in RULES.values() for key in rule.allowed))))


def read_event(table: TomlTable) -> Event:
    """An event; raises ScenarioError naming every key that is wrong."""
    faults = Faults(ScenarioError)
    faults.attempt(None, table.only, KEYS, neighbours.EVENT)
    what = faults.attempt(EventKind.SET, table.choice, "what", EventKind)
    quarter, title = faults.attempt(0, table.whole, "quarter", None, 0), faults.attempt("", table.text, "title")
    parameters = faults.attempt((), _updates, table)
    kind = faults.attempt(None, table.optional_choice, "kind", Kind)
    background = faults.attempt(None, table.optional_choice, "background", Background)
    partner, a, b = (faults.attempt(None, table.optional_text, key) for key in ("partner", "a", "b"))
    between = faults.attempt(None, _between, table)
    skill, scope = (faults.attempt(None, table.number, key, None) for key in ("skill", "scope"))
    faults.tell()
    try:
        return Event(quarter=quarter, what=what, title=title, parameters=parameters, kind=kind, partner=partner,
                     background=background, skill=skill, a=a, b=b, between=between, scope=scope)
    except UserError as error:
        text = str(error)
        raise table.mistake(text.removeprefix(f"{table.where}: ")) from None


def _updates(table: TomlTable) -> Values:
    faults = Faults(ScenarioError)
    given = table.table("parameters")
    updates: dict[str, float] = {}
    for name, value in given.values.items():
        try:
            updates[name] = parameter(name, table.where).read(value, table.where)
        except UserError as error:
            faults.take(error, given.position(name), "" if name in PARAMETERS else f"no parameter {name}", table.spot)
    faults.tell()
    return in_table_order(updates)


def _between(table: TomlTable) -> tuple[Kind, Kind] | None:
    given = table.values.get("between")
    if given is None:
        return None
    if not isinstance(given, list) or len(given) != 2:
        raise table.mistake(say("faults.event.no_two_kinds", value=quoted(given)), "between")
    return table.member("between", given[0], Kind), table.member("between", given[1], Kind)
