"""Whether a function can stand in the place of a rule: same arguments, compiles, gives numbers, and the same ones either way."""

from __future__ import annotations

import inspect
import math
import random
import re
from collections.abc import Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

from numba import float64
from numba.core import types as numba_types
from numba.core.errors import NumbaError

from incentive_abm.compiling.as_python import reading
from incentive_abm.compiling.build import build
from incentive_abm.compiling.dispatching import Declared
from incentive_abm.compiling.marks import is_rule
from incentive_abm.compiling.rule_set import Rule, RuleSet, named_in
from incentive_abm.errors import UserError
from incentive_abm.parameters import PARAMETERS
from incentive_abm.rivals.catalogue import shipped_rules

types: Any = numba_types

TRIED = 200
"""How many points of its arguments a function is tried at, besides their ends."""
RANGES: Mapping[str, tuple[float, float]] = {
    "alpha": (0.05, 40.0), "beta": (0.05, 40.0), "evidence": (0.05, 40.0), "prior": (0.0, 10.0), "prior_for": (0.01, 10.0),
    "prior_against": (0.01, 10.0), "losing": (0.0, 40.0), "cost": (0.05, 5.0), "surplus": (-1.0, 1.0), "balance": (-0.3, 0.3),
    "polemic": (0.0, 1.0), "log_progress": (-2.1, 0.0), "patience": (0.5, 3.4), "gain": (-1.0, 1.0), "kind": (0.0, 3.0),
}
"""Ranges of arguments that are no parameters, where these are not 0..1."""
Points = list[tuple[float, ...]]


def checked(rules: RuleSet, by: Mapping[str, str]) -> None:
    """Raise UserError for the first function of a set that cannot stand where it was put; `by` tells how each was chosen."""
    for name, function in rules.instead.items():
        if hasattr(function, "loaded_from") or not function.__module__.startswith("incentive_abm."):
            _check(rules, name, function, by.get(name, name))


def _check(rules: RuleSet, name: str, function: Rule, chosen: str) -> None:
    shipped = shipped_rules()[name]
    where = f"{chosen}: {spot(function)}"
    _same_arguments(name, function, shipped, where)
    only_what_rules_may_read(function, where)
    points = list(_points(shipped))
    usual = [_value(shipped, point) for point in points]
    wanted = next((len(each) if isinstance(each, tuple) else 0 for each in usual if each is not None), 0)
    compiled = _compiled(rules, shipped, function, where, wanted)
    plain = reading(rules).rule(shipped)
    for point, was in zip(points, usual, strict=True):
        if was is not None:
            _try(plain, compiled, function, point, where, wanted)


def spot(function: Rule) -> str:
    """Where a function stands: file, line and name."""
    origin = getattr(function, "loaded_from", None)
    file = origin.shown if origin is not None else function.__code__.co_filename
    return f"{file}, line {function.__code__.co_firstlineno}, {function.__name__}"


def _same_arguments(name: str, function: Rule, shipped: Rule, where: str) -> None:
    expected = list(inspect.signature(shipped).parameters)
    given = inspect.signature(function).parameters
    if list(given) != expected or any(each.kind is not each.POSITIONAL_OR_KEYWORD for each in given.values()):
        raise UserError(f"{where}: its arguments are ({', '.join(map(str, given))}); {name} takes {len(expected)}, by these "
                        f"names and in this order: def {function.__name__}({', '.join(expected)})")


def only_what_rules_may_read(function: Rule, where: str, what: str = "rule") -> None:
    """Raise UserError where a function reads anything but its arguments, plain numbers, and rules imported by name."""
    for name in dict.fromkeys(named_in(function.__code__)):
        thing = function.__globals__.get(name)
        if isinstance(thing, ModuleType):
            hint = ""
            if thing.__name__.startswith("incentive_abm.rules."):
                hint = f"; name what it needs: from {thing.__name__} import …"
            elif thing.__name__ in ("math", "numpy"):
                hint = "; exp, log, power, clip and share stand in incentive_abm.rules.arithmetic, the same on every machine"
            raise UserError(f"{where}: it reads the module {thing.__name__}; a {what} reads its arguments, numbers of its own "
                            f"file, and rules imported by name{hint}")
        if isinstance(thing, FunctionType) and not is_rule(thing):
            raise UserError(f"{where}: it calls {thing.__module__}.{name}, which is no rule; a {what} may call functions of its "
                            "own file and rules imported by name")
        if thing is not None and not isinstance(thing, int | float | tuple | FunctionType) and not callable(thing):
            raise UserError(f"{where}: it reads {name}, a {type(thing).__name__}; a {what} reads its arguments and plain numbers")
        if isinstance(thing, FunctionType) and thing.__globals__ is function.__globals__ and thing is not function:
            only_what_rules_may_read(thing, where, what)


def _compiled(rules: RuleSet, shipped: Rule, function: Rule, where: str, wanted: int) -> Any:
    """The function as kernels inline it, callable; raises UserError where it cannot be compiled, or gives no number."""
    names = list(inspect.signature(shipped).parameters)
    around: dict[str, Any] = {}
    # A name that no argument has: one rule's is called `tried`.
    exec(f"def trial({', '.join(names)}):\n    return rule_itself({', '.join(names)})\n", around)
    try:
        around["rule_itself"] = build(rules, 1).rule(shipped)
        trial = Declared(around["trial"], (float64,) * len(names)).ready()
    except NumbaError as error:
        raise UserError(f"{where}: it cannot be compiled: {plainly(error, function)}; a rule computes with numbers alone: "
                        "if, for, arithmetic, comparisons, min, max, abs, and rules imported by name") from None
    result = trial.nopython_signatures[0].return_type
    parts = list(result) if isinstance(result, types.BaseTuple) else [result]
    if (len(parts) if isinstance(result, types.BaseTuple) else 0) != wanted:
        raise UserError(f"{where}: it gives {told_type(result)}; expected {f'{wanted} numbers' if wanted else 'one number'}")
    for part in parts:
        if part != types.float64:
            hint = "; write 1.0 for 1 and for True" if isinstance(part, types.Integer | types.Boolean) else ""
            raise UserError(f"{where}: it gives {told_type(part)}; expected a number with a decimal point, of the kind 1.0{hint}")
    return trial


def told_type(result: Any) -> str:
    """What compiled code gives, in words."""
    if isinstance(result, types.BaseTuple):
        return f"{len(result)} numbers"
    if isinstance(result, types.Float):
        return "one number"
    known = {types.Integer: "a whole number", types.Boolean: "a truth value", types.NoneType: "nothing in some case",
             types.Optional: "nothing in some case", types.UnicodeType: "a text"}
    return next((words for kind, words in known.items() if isinstance(result, kind)), f"a {result}")


def plainly(error: NumbaError, function: Rule) -> str:
    """The first line of numba's message that says something, and the line of the user's file, where it tells one."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    at = re.findall(rf'File "{re.escape(function.__code__.co_filename)}", line (\d+)', text)
    said = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(("Failed in", "During:", "File"))]
    first = next((line for line in said if not line.startswith(("-", ">>>", "There are", "Internal"))), "numba gives no reason")
    return first.rstrip(".:") + (f" (line {at[-1]})" if at else "")


def _points(shipped: Rule) -> Iterator[tuple[float, ...]]:
    """Points of a rule's arguments: all at their low ends, all at their high ends, in the middle, and spread between."""
    ranges = [_range(name) for name in inspect.signature(shipped).parameters]
    for at in (0.0, 1.0, 0.5):
        yield tuple(low + at * (high - low) for low, high in ranges)
    drawn = random.Random(1)
    for _ in range(TRIED):
        yield tuple(drawn.choice((low, high)) if drawn.random() < 0.2 else low + drawn.random() * (high - low)
                    for low, high in ranges)


def _range(name: str) -> tuple[float, float]:
    if name in PARAMETERS:
        return PARAMETERS[name].low, PARAMETERS[name].high
    return RANGES.get(name, (0.0, 1.0))


def _value(function: Rule, point: tuple[float, ...]) -> Any:
    """What the shipped rule gives at a point; None where it gives no number there, so that nothing can be asked of another."""
    try:
        found = function(*point)
    except ArithmeticError:
        return None
    return found if all(math.isfinite(each) for each in (found if isinstance(found, tuple) else (found,))) else None


def _try(plain: Rule, compiled: Any, function: Rule, point: tuple[float, ...], where: str, wanted: int) -> None:
    at = ", ".join(f"{name} = {value:.6g}" for name, value in zip(inspect.signature(function).parameters, point, strict=True))
    try:
        found = plain(*point)
    except Exception as error:
        raise UserError(f"{where}: it stops with {type(error).__name__} ({error}) at {at}") from None
    fast = compiled(*point)
    for one, other in zip(found if wanted else (found,), fast if wanted else (fast,), strict=True):
        if not isinstance(one, int | float) or not math.isfinite(one):
            raise UserError(f"{where}: it gives {one} at {at}; expected a finite number wherever the shipped rule gives one")
        if one != other:
            raise UserError(f"{where}: compiled it gives {other!r}, in plain Python {one!r}, at {at}; the two executors "
                            "would differ. Powers and functions of math differ so; "
                            "incentive_abm.rules.arithmetic has exp, log and power")
