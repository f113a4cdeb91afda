"""The parameter table: every default stands here and nowhere else.

Command line, documents, sliders and sampling bounds are all drawn from `PARAMETERS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from incentive_abm.errors import UserError, nearest, quoted
from incentive_abm.parameters import circumstances, compacts, cooperation, coupling, missing_data, preferences, regime_lines
from incentive_abm.parameters.declaration import Group, Parameter, Role, Scope, Setting
from incentive_abm.words import say

__all__ = ["PARAMETERS", "Group", "Parameter", "Role", "Scope", "Setting", "default", "names", "parameter"]


ROWS = (*preferences.ROWS, *cooperation.ROWS, *circumstances.ROWS, *regime_lines.ROWS, *missing_data.ROWS, *coupling.ROWS,
        *compacts.ROWS)
"""Every row; their order numbers the settings, so it does not change."""


def _table() -> Mapping[str, Parameter]:
    table: dict[str, Parameter] = {}
    for row in ROWS:
        if row.name in table:
            raise ValueError(f"parameter {row.name} is declared twice")
        if not row.low <= row.default <= row.high:
            raise ValueError(f"parameter {row.name}: default outside its range")
        table[row.name] = row
    return MappingProxyType(table)


PARAMETERS: Mapping[str, Parameter] = _table()


def parameter(name: str, where: str = "") -> Parameter:
    """The declared parameter of that name; raises UserError with the nearest valid name."""
    if name not in PARAMETERS:
        at = f"{where}: " if where else ""
        raise UserError(at + say("faults.parameter.unknown", name=quoted(name), hint=nearest(name, PARAMETERS)))
    return PARAMETERS[name]


def default(name: str) -> float:
    """A parameter's declared default, as a number."""
    return PARAMETERS[name].default


def names(scope: Scope) -> tuple[str, ...]:
    """Names of the parameters of one scope, in the table's order."""
    return tuple(p.name for p in PARAMETERS.values() if p.scope is scope)
