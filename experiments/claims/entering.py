"""Where each setting enters the model, read off the engine's kernels: the rules that it is handed to, and how."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import incentive_abm
from incentive_abm.parameters import PARAMETERS, Scope
from incentive_abm.rivals.catalogue import shipped_rules

PACKAGE = Path(incentive_abm.__file__).parent
KERNELS = (*sorted((PACKAGE / "engine").glob("*.py")), PACKAGE / "state" / "start.py", PACKAGE / "measures" / "kernels.py")
ACTING = (Scope.PLACE, Scope.PARTNER, Scope.START)
RULES = "incentive_abm.rules"


@dataclass(frozen=True)
class Use:
    """A setting in an argument of a rule. rule: as in `trust.evidence_for`; argument: its name; bare: as it stands, not
    something worked out from it."""

    setting: str
    rule: str
    argument: str
    bare: bool

    @property
    def function(self) -> str:
        """The rule's name without its theme."""
        return self.rule.rpartition(".")[2]


@lru_cache(maxsize=1)
def uses() -> tuple[Use, ...]:
    """Every one; what is worked out from a setting in a line before counts not."""
    return tuple(dict.fromkeys(use for path in KERNELS for use in _uses_in(ast.parse(path.read_text(encoding="utf-8")))))


@lru_cache(maxsize=1)
def rules_of() -> Mapping[str, tuple[str, ...]]:
    """The rules that each setting which acts on a run is handed to, by their functions' names."""
    found: dict[str, set[str]] = {name: set() for name, row in PARAMETERS.items() if row.scope in ACTING}
    for use in uses():
        found[use.setting].add(use.function)
    return {name: tuple(sorted(rules)) for name, rules in found.items()}


def _uses_in(tree: ast.Module) -> Iterator[Use]:
    themes = {alias.asname or alias.name: f"{node.module}.{alias.name}".removeprefix(f"{RULES}.") for node in ast.walk(tree)
              if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(RULES) for alias in node.names}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        named = _short_names(function)
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            called = _called(call, themes)
            if called:
                for number, argument in enumerate(call.args):
                    bare = isinstance(argument, ast.Attribute | ast.Name)
                    for setting in _settings(argument, named, themes):
                        yield Use(setting, called, _argument(called, call, number), bare)


def _argument(rule: str, call: ast.Call, number: int) -> str:
    """The name of an argument by its place in a call; counted from the end where several numbers are handed over before it."""
    names = list(inspect.signature(shipped_rules()[rule]).parameters)
    grouped = any(isinstance(each, ast.Starred) for each in call.args[:number])
    return names[number - len(call.args) if grouped else number]


def _called(call: ast.Call, themes: Mapping[str, str]) -> str:
    """The rule that is called, or nothing."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id in themes:
        return f"{themes[call.func.value.id]}.{call.func.attr}"
    return themes.get(call.func.id, "") if isinstance(call.func, ast.Name) else ""


def _short_names(function: ast.FunctionDef) -> dict[str, str]:
    """Local names of settings: `patience = settings.exit_patience`."""
    named: dict[str, str] = {}
    for node in (n for n in ast.walk(function) if isinstance(n, ast.Assign)):
        target, value = node.targets[0], node.value
        targets = target.elts if isinstance(target, ast.Tuple) else [target]
        values = value.elts if isinstance(value, ast.Tuple) else [value]
        if len(targets) == len(values):
            named |= {one.id: other.attr for one, other in zip(targets, values, strict=True)
                      if isinstance(one, ast.Name) and isinstance(other, ast.Attribute) and _is_setting(other)}
    return named


def _is_setting(node: ast.Attribute) -> bool:
    holder = ast.unparse(node.value)
    held = holder.endswith(("settings", "start")) or holder in ("own", "mine", "theirs")
    return held and node.attr in PARAMETERS and PARAMETERS[node.attr].scope in ACTING


def _settings(node: ast.AST, named: Mapping[str, str], themes: Mapping[str, str]) -> Iterator[str]:
    """Settings in an argument, without those handed to another rule within it."""
    if isinstance(node, ast.Call) and _called(node, themes):
        return
    if isinstance(node, ast.Attribute) and _is_setting(node):
        yield node.attr
    elif isinstance(node, ast.Name) and node.id in named:
        yield named[node.id]
    else:
        for child in ast.iter_child_nodes(node):
            yield from _settings(child, named, themes)
