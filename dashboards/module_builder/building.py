"""Building a module, in a process that does nothing else: handed a set of rules, it tells how far it is and what came of it."""

from __future__ import annotations

import base64
import json
import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import Any

from dashboards.module_builder.linking import NotInModuleError, module_of
from dashboards.module_builder.lowering import kernels_of, lower_only, lowered_entry, lowered_rule
from incentive_abm.browser.entries import ENTRIES
from incentive_abm.compiling.rule_set import RuleSet
from incentive_abm.rivals.catalogue import shipped_rules
from incentive_abm.rivals.checking import spot


class RefusedError(Exception):
    """A user's function that compiles for this machine, and cannot be had in a module; told as it stands."""


def built(rules: RuleSet, told: Callable[[int, int], None]) -> bytes:
    """The module by these rules; `told` hears how many of how many steps are done. Raises RefusedError. To be called once."""
    steps, done = len(kernels_of(ENTRIES)) + 1, 0

    def heard() -> None:
        nonlocal done
        done += 1
        told(done, steps)

    lower_only(heard)
    for name in rules.instead:
        _check(name, rules)
    told(0, steps)
    module = module_of([lowered_entry(entry, rules) for entry in ENTRIES])
    heard()
    return module


def _check(name: str, rules: RuleSet) -> None:
    """Raise RefusedError where what stands in the place of a rule asks for what no module has."""
    try:
        module_of([lowered_rule(shipped_rules()[name], rules)])
    except NotInModuleError as missing:
        raise RefusedError(f"{name}: {spot(rules.instead[name])}: the page cannot have it: {_why(missing.names)}") from None


REASONS = (
    (("pow", "exp"), "it raises to a power that is no whole number, which machines do not round alike; power, exp and log of "
     "incentive_abm.rules.arithmetic are the same on every machine"),
    (("fmod",), "it divides with a remainder (%, // or divmod) by a number that is not whole"),
    (("NRT_", "numba_dict", "numba_list"), "it makes a list, a dictionary or a text, or raises an error; a rule computes with "
     "numbers alone"),
    (("numba_gil",), "it prints"),
)
"""What a function does that asks for something whose name begins so."""


def _why(names: tuple[str, ...]) -> str:
    said = (next((reason for begins, reason in REASONS if name.startswith(begins)), f"it needs {name}") for name in names)
    return "; ".join(dict.fromkeys(said))


def build_as_told() -> None:
    """The process: reads rules, tells lines of JSON, and ends at once when nobody is left who could hear them."""
    # A user's file may print while it is run; what is told goes another way.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr

    def tell(**what: Any) -> None:
        print(json.dumps(what), file=out, flush=True)

    rules = pickle.loads(base64.b64decode(sys.stdin.readline()))
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    try:
        module = built(rules, lambda done, of: tell(done=done, of=of))
    except RefusedError as refused:
        tell(refused=str(refused))
    else:
        tell(module=base64.b64encode(module).decode())
