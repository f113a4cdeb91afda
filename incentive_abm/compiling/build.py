"""An engine is built from a set of rules: every kernel compiled for a number of lanes, with these rules inlined."""

from __future__ import annotations

import ast
import hashlib
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
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
from incentive_abm.compiling.sources import cache_folder
from incentive_abm.files import write_text_whole

INT, FLOATS = types.int64, types.float64[::1]


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The rules an engine is built from: the shipped ones, with others in the place of some.

    instead: a rule's name ("trust.evidence_for") → a function of the same arguments.
    """

    instead: Mapping[str, Callable[..., Any]] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """Tells sets apart: SHA-256 (first 16 hex digits) of the sources of the rules that are not the shipped ones."""
        digest = hashlib.sha256()
        for name, function in sorted(self.instead.items()):
            digest.update(f"{name}\0{inspect.getsource(function)}\0".encode())
        return digest.hexdigest()[:16]

    def chosen(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The rule that stands in the place of this one."""
        return self.instead.get(f"{function.__module__.rpartition('.')[2]}.{function.__name__}", function)


SHIPPED = RuleSet()


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
        return build(SHIPPED, len(s.lanes))[self](s, *more)

    def whole(self, s: Any, quarter: int) -> None:
        """Run over all ties: with the quarter where the kernel asks for it."""
        now = [quarter] if "quarter" in inspect.signature(self.function).parameters else []
        self(s, *now, *([0, s.tie_key.size] if self.blocks else []))

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


class Build:
    """One engine: kernels by name, compiled with one set of rules for one number of lanes, each when first asked for."""

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

    def _kernel(self, kernel: Kernel) -> Declared:
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
            self._made[kernel] = Declared(made[kernel.function.__name__], arguments, before=name_everything).keep_in(self.folder)
        return self._made[kernel]

    def _within(self, thing: Any) -> Any:
        """What a name of a kernel or a rule stands for in compiled code."""
        if isinstance(thing, Kernel):
            return self._kernel(thing)
        if is_rule(thing) or (isinstance(thing, FunctionType) and thing.__module__ == bits.__name__):
            return self._rule(thing)
        return thing

    def _rule(self, function: Any) -> Declared:
        form = getattr(bits, function.__name__) if hasattr(function, "is_primitive") else self.rules.chosen(function)
        if form not in self._made:
            named = {name: self._within(form.__globals__[name]) for name in form.__code__.co_names if name in form.__globals__}
            inner = FunctionType(form.__code__, {**form.__globals__, **named}, form.__name__)
            kind = types.uint64 if form in bits.WHOLE else float64
            count = form.__code__.co_argcount
            self._made[form] = Declared(inner, (kind,) * count, inner=True)
        return self._made[form]

    @staticmethod
    def _write(path: Path, text: str) -> None:
        """Keep a kernel's source over arrays, so that it can be read, and cached by its file, unless it is there already."""
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return
        write_text_whole(path, text)


@lru_cache(maxsize=16)
def build(rules: RuleSet = SHIPPED, lanes: int = 1) -> Build:
    """The engine with these rules, for this number of runs side by side."""
    return Build(rules, lanes)
