"""Where each setting enters the model, read off the engine's kernels; and which claims follow from one rule alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from experiments.claims.ledger import claims_of, load_ledger
from incentive_abm.parameters import PARAMETERS, Scope
from tools.markdown import table

ROOT = Path(__file__).parent.parent
KERNELS = (*sorted((ROOT / "incentive_abm" / "engine").glob("*.py")), ROOT / "incentive_abm" / "state" / "start.py",
           ROOT / "incentive_abm" / "measures" / "kernels.py")
ACTING = (Scope.PLACE, Scope.PARTNER, Scope.START)
IN_KERNEL = "read by a kernel"
"""A setting that no rule takes: a kernel sets it as it stands, or chooses by it."""


@lru_cache(maxsize=1)
def rules_of() -> Mapping[str, tuple[str, ...]]:
    """The rules that each setting is handed to, by their functions' names; what is worked out from it on the way counts not."""
    found: dict[str, set[str]] = {name: set() for name, row in PARAMETERS.items() if row.scope in ACTING}
    for path in KERNELS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        themes = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
                  and (node.module or "").startswith("incentive_abm.rules") for alias in node.names}
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            named = _short_names(function)
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                called = _called(call, themes)
                if called:
                    for argument in call.args:
                        for setting in _settings(argument, named, themes):
                            found[setting].add(called)
    return {name: tuple(sorted(rules)) for name, rules in found.items()}


def _called(call: ast.Call, themes: set[str]) -> str:
    """The rule that is called, or nothing."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id in themes:
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) and call.func.id in themes else ""


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


def _settings(node: ast.AST, named: Mapping[str, str], themes: set[str]) -> Iterator[str]:
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


def by_setting() -> str:
    """Every setting that acts on a run, with the rules that it is handed to."""
    return table(("setting", "rules", "which"), (
        (f"`{name}`", str(len(rules)), ", ".join(f"`{rule}`" for rule in rules) or IN_KERNEL)
        for name, rules in sorted(rules_of().items(), key=lambda item: (len(item[1]), item[0]))))


def levers_of_claims() -> dict[str, tuple[str, ...]]:
    """The settings that stand for each claim, from the ledger."""
    return {claim.id: tuple(dict.fromkeys(n for n in re.findall(r"`(\w+)`", claim.stands_for) if n in rules_of()))
            for claim in claims_of(load_ledger())}


def by_construction() -> dict[str, tuple[str, str]]:
    """Claims that one setting stands for, which enters through one rule: claim to setting and rule."""
    return {claim: (names[0], rules_of()[names[0]][0]) for claim, names in levers_of_claims().items()
            if len(names) == 1 and len(rules_of()[names[0]]) == 1}


def claims() -> str:
    """How many claims are near to true by construction, and through which rule."""
    found, every = by_construction(), levers_of_claims()
    rows = table(("claim", "setting", "rule"), ((claim, f"`{name}`", f"`{rule}`") for claim, (name, rule) in found.items()))
    return f"{len(found)} of {len(every)} claims rest on one setting that enters through one rule:\n\n{rows}"
