"""A short way to write one row of the parameter table."""

from __future__ import annotations

from enum import IntEnum

from incentive_abm.parameters.declaration import Group, Parameter, Role, Scope

LEVER, UNCERTAIN, CONSTANT = Role.LEVER, Role.UNCERTAINTY, Role.CONSTANT
PLACE, PARTNER, START, DATA, RESULT = Scope.PLACE, Scope.PARTNER, Scope.START, Scope.DATA, Scope.RESULT

SHARE = "share"


def number(name: str, default: float, low: float, high: float, unit: str, role: Role, scope: Scope, group: Group,
           label: str, meaning: str, source: str) -> Parameter:
    """A real number."""
    return Parameter(name, default, low, high, unit, role, scope, group, label, meaning, source)


def whole(name: str, default: int, low: int, high: int, unit: str, role: Role, scope: Scope, group: Group,
          label: str, meaning: str, source: str) -> Parameter:
    """A whole number."""
    return Parameter(name, default, low, high, unit, role, scope, group, label, meaning, source, whole=True)


def words(numbered: type[IntEnum]) -> tuple[str, ...]:
    """The words of a closed set, in the order of its numbers, which are what rules compare with."""
    return tuple(each.name.lower() for each in sorted(numbered))


def choice(name: str, default: str, choices: tuple[str, ...], role: Role, scope: Scope, group: Group,
           label: str, meaning: str, source: str) -> Parameter:
    """One of a closed set of words."""
    return Parameter(name, float(choices.index(default)), 0.0, float(len(choices) - 1), "choice", role, scope, group,
                     label, meaning, source, choices=choices)
