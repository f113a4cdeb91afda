"""An engine is built from a set of rules: every kernel compiled for a number of lanes, with these rules inlined."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
from numba import float64, types

from incentive_abm.compiling import bits
from incentive_abm.compiling.dispatching import Declared
from incentive_abm.compiling.layout import Layout, Record
from incentive_abm.compiling.marks import is_rule
from incentive_abm.compiling.notation import translated
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet, rule_name
from incentive_abm.compiling.sources import cache_folder
from incentive_abm.files import write_text_whole

INT, FLOATS = types.int64, types.float64[::1]


@dataclass(frozen=True, eq=False)
class Kernel:
    """A function of a run's arrays that engines compile; called with arrays, it runs with the shipped rules.

    arrays: their type by the number of lanes, None for a function of `more` alone; more: types of further arguments; layout
    is None where the function is written over arrays already.
    """

    function: Callable[..., Any]
    arrays: Callable[[int], Any] | None
    more: tuple[Any, ...]
    layout: Layout | None = None
    handed: Mapping[str, Record] = field(default_factory=dict)
    working: Mapping[str, Record] = field(default_factory=dict)
    blocks: bool = False

    @property
    def name(self) -> str:
        """Module and name, as in `engine.learning.learn_on_ties`."""
        return f"{self.function.__module__.removeprefix('incentive_abm.')}.{self.function.__name__}"

    def __call__(self, s: Any, *more: Any) -> Any:
        return self.under(SHIPPED, s, *more)

    def under(self, rules: RuleSet, s: Any, *more: Any) -> Any:
        """Run with a set of rules."""
        return build(rules, len(s.lanes))[self](s, *more)

    def whole(self, s: Any, quarter: int, rules: RuleSet = SHIPPED) -> None:
        """Run over all ties: with the quarter where the kernel asks for it."""
        now = [quarter] if "quarter" in inspect.signature(self.function).parameters else []
        self.under(rules, s, *now, *([0, s.tie_key.size] if self.blocks else []))

    @cached_property
    def rules(self) -> frozenset[str]:
        """Names of the shipped rules that it comes to, by whatever it calls."""
        found: set[str] = set()
        for thing in self.source(1)[1].values():
            if isinstance(thing, Kernel):
                found |= thing.rules
            elif is_rule(thing):
                found |= rules_below(thing)
        return frozenset(found)

    def source(self, lanes: int) -> tuple[str, dict[str, Any]]:
        """The source over arrays of so many lanes, and what it names from elsewhere."""
        definition = ast.parse(textwrap.dedent(inspect.getsource(self.function))).body[0]
        assert isinstance(definition, ast.FunctionDef)
        known = self.function.__globals__
        if self.layout is not None:
            try:
                text, used = translated(definition, self.layout, known, self.handed, self.working, self.blocks, lanes)
            except NameError as trouble:
                raise NameError(f"{self.name}, {trouble}") from None
        else:
            definition.decorator_list, definition.returns = [], None
            for argument in definition.args.args:
                argument.annotation = None
            definition.body = definition.body[1:] if ast.get_docstring(definition) is not None else definition.body
            text = ast.unparse(definition) + "\n"
            used = {n.id: known[n.id] for n in ast.walk(definition) if isinstance(n, ast.Name) and n.id in known}
        return text, {**used, "np": np, "uniform": bits.uniform}


@cache
def rules_below(function: Any) -> frozenset[str]:
    """Names of a shipped rule and of those that it calls."""
    name = rule_name(function)
    called = (function.__globals__.get(each) for each in function.__code__.co_names)
    below = (rules_below(each) for each in called if is_rule(each) and not hasattr(each, "is_primitive"))
    return frozenset({name} if name is not None and not hasattr(function, "is_primitive") else ()).union(*below)


class Build:
    """One engine: kernels by name, compiled with one set of rules for one number of lanes, each when first asked for.

    A kernel that comes to none of the rules which are not the shipped ones is that of the shipped set.
    """

    def __init__(self, rules: RuleSet, lanes: int) -> None:
        self.rules, self.lanes = rules, lanes
        self.folder = cache_folder() / f"rules-{rules.hash}-lanes-{lanes}"
        self._made: dict[Any, Declared] = {}

    def __getitem__(self, kernel: Kernel) -> Declared:
        """A kernel of this engine, compiled."""
        return self._kernel(kernel).ready()

    def kept(self, kernel: Kernel) -> bool:
        """Whether a kernel is compiled already, here or where compiled code is kept."""
        return self._kernel(kernel).kept()

    def touched(self, kernel: Kernel) -> bool:
        """Whether a kernel differs from that of the shipped rules."""
        return not self.rules.instead.keys().isdisjoint(kernel.rules)

    def _kernel(self, kernel: Kernel) -> Declared:
        if kernel not in self._made and self.rules and not self.touched(kernel):
            self._made[kernel] = build(SHIPPED, self.lanes)._kernel(kernel)
        if kernel not in self._made:
            path = self.folder / f"{kernel.name}.kernel"
            foreign = not kernel.function.__module__.startswith("incentive_abm.")
            if foreign or not path.exists():
                self._write(path, kernel.source(self.lanes)[0])
            made: dict[str, Any] = {"__name__": kernel.function.__module__}
            # Kept code is known by its bytes, which must not hang on how Python was started (-O, -OO).
            exec(compile(path.read_text(encoding="utf-8"), str(path), "exec", optimize=0), made)

            def name_everything() -> None:
                made.update({name: self._within(thing) for name, thing in kernel.source(self.lanes)[1].items()})

            arguments = kernel.more if kernel.arrays is None else (kernel.arrays(self.lanes), *kernel.more)
            function = self._own(made[kernel.function.__name__])
            self._made[kernel] = Declared(function, arguments, before=name_everything).keep_in(self.folder)
        return self._made[kernel]

    def _within(self, thing: Any, own: Any = None) -> Any:
        """What a name of a kernel or a rule stands for in compiled code; own: the shipped rule whose place its user takes."""
        if isinstance(thing, Kernel):
            return self._kernel(thing)
        if is_rule(thing) or (isinstance(thing, FunctionType) and thing.__module__ == bits.__name__):
            return self.rule(thing, own)
        return thing

    def rule(self, function: Any, own: Any = None) -> Declared:
        """A rule as kernels inline it: the one of this set. What stands in the place of a rule, `own`, may still call that."""
        if hasattr(function, "is_primitive"):
            form = getattr(bits, function.__name__)
        else:
            form = function if function is own else self.rules.chosen(function)
        below = function if form is not function and rule_name(function) is not None else own
        mine = below if form is not own and rule_name(form) is None else None
        if (form, mine) not in self._made:
            named = {name: self._within(form.__globals__[name], mine) for name in form.__code__.co_names
                     if name in form.__globals__}
            # Kept code is loaded by a module's name, and a user's file is no module.
            home = {"__name__": __name__} if hasattr(form, "loaded_from") else {}
            inner = FunctionType(form.__code__, {**form.__globals__, **named, **home}, form.__name__)
            kind = types.uint64 if form in bits.WHOLE else float64
            count = form.__code__.co_argcount
            self._made[form, mine] = Declared(self._own(inner), (kind,) * count, inner=True)
        return self._made[form, mine]

    def _own(self, function: Any) -> Any:
        """The same function under a name of this set's own: code compiled apart, then loaded together, is told apart by names."""
        if self.rules:
            function.__qualname__ = f"{function.__qualname__}_by_{self.rules.hash}"
        return function

    @staticmethod
    def _write(path: Path, text: str) -> None:
        """Keep a kernel's source over arrays, so that it can be read, and cached by its file, unless it is there already."""
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return
        write_text_whole(path, text)


@lru_cache(maxsize=128)
def build(rules: RuleSet = SHIPPED, lanes: int = 1) -> Build:
    """The engine with these rules, for this number of runs side by side."""
    return Build(rules, lanes)
