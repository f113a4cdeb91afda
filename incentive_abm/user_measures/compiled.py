"""A user's measure as compiled code, made apart from the engine: nothing of the engine is compiled again for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

import numba
from numba.core import types as numba_types
from numba.core.errors import NumbaError

from incentive_abm.compiling.build import Build, build
from incentive_abm.compiling.marks import is_rule
from incentive_abm.compiling.rule_set import SHIPPED, FromText, RuleSet
from incentive_abm.errors import UserError, nearest
from incentive_abm.rivals.checking import plainly, told_type
from incentive_abm.user_measures.records import OF_PARTNER, OF_PLACE, OF_TIE, Records

types: Any = numba_types
ARGUMENTS = ("ties", "partners", "place")
"""What a measure is handed: the ties and the partners, to loop over or to number, and the place."""
STRICT = {"nogil": True, "error_model": "numpy", "boundscheck": True}
"""As the engine, no fast maths; an item that is not there stops the measure instead of reading what lies beyond."""
Compiled = Callable[[Any, Any, Any], float]


@lru_cache(maxsize=256)
def compiled(origin: FromText, rules: RuleSet = SHIPPED) -> tuple[Compiled, Records]:
    """A measure ready to be called with the records that it reads, under a set of rules; raises UserError where it cannot be
    compiled or gives no number."""
    records = Records.named(frozenset(_names(compile(origin.text, origin.shown, "exec"))))
    ties, partners, place = (numba.from_dtype(each) for each in records.types)
    function: Any = origin.function
    around = {"own": _ready(function, build(rules, 1), {})}
    exec("def measured(ties, partners, place):\n    return own(ties, partners, place[0])\n", around)
    ready = numba.njit(**STRICT)(around["measured"])
    try:
        ready.compile(tuple(types.Array(each, 1, "C") for each in (ties, partners, place)))
    except (NumbaError, KeyError) as error:
        # numba looks a record's numbers up as they are named, and says of one that is not there only its name.
        raise UserError(f"it cannot be compiled: {_why(error, function)}; a measure computes with numbers of the "
                        "state: if, for, arithmetic, comparisons, min, max, abs, and rules imported by name") from None
    result = ready.nopython_signatures[0].return_type
    if not isinstance(result, types.Float | types.Integer):
        raise UserError(f"it gives {told_type(types.unliteral(result))}; expected one number")
    return ready, records


def _names(code: CodeType) -> Iterator[str]:
    """Names and texts anywhere in a file: whatever of the state it reads is among them."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, CodeType):
            yield from _names(constant)


def _ready(function: Any, made: Build, done: dict[Any, Any]) -> Any:
    """A function of a user's file for compiled code: those of its own file with it, rules as this engine has them."""
    if function in done:
        return done[function]
    done[function] = function

    def within(thing: Any) -> Any:
        if hasattr(thing, "loaded_from"):
            return _ready(thing, made, done)
        return made.rule(thing) if is_rule(thing) else thing

    named = {name: within(function.__globals__[name]) for name in function.__code__.co_names if name in function.__globals__}
    inner = FunctionType(function.__code__, {**function.__globals__, **named}, function.__name__, function.__defaults__)
    # Code compiled apart and loaded into one process is told apart by names.
    inner.__qualname__ = f"{function.__name__}_measured_by_{made.rules.hash}"
    done[function] = numba.njit(**STRICT)(inner)
    return done[function]


def _why(error: NumbaError | KeyError, function: Any) -> str:
    if isinstance(error, NumbaError):
        return plainly(error, function)
    unknown = str(error.args[0])
    known: Collection[str] = (*OF_TIE, *OF_PARTNER, *OF_PLACE)
    records = (("ties", OF_TIE), ("partners", OF_PARTNER), ("the place", OF_PLACE))
    if unknown in known:
        of = next(what for what, names in records if unknown in names)
        return f"{unknown} is a number of {of}, and it is read of something else"
    return f"the state has no number {unknown}{nearest(unknown, known)} (docs/model/state.md lists them)"
