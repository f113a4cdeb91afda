"""A set of rules in plain Python: functions and classes that read the shipped rules, made to read those of the set instead.

Code is not copied, only where it looks names up: a debugger steps through the same lines.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import CellType, FunctionType, ModuleType, SimpleNamespace
from typing import Any, TypeVar

from incentive_abm.compiling.marks import is_rule
from incentive_abm.compiling.rule_set import RULES, RuleSet, named_in, rule_name

F = TypeVar("F", bound=Callable[..., Any])
PACKAGE = RULES.partition(".")[0]


class Reading:
    """Functions and classes with one set of rules in the place of the shipped ones, each made once."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._functions: dict[tuple[int, Any], Any] = {}
        self._modules: dict[str, SimpleNamespace] = {}
        self._classes: dict[type, type] = {}

    def function(self, function: F, own: Any = None) -> F:
        """A function that reads these rules. own: the shipped rule in whose place it stands, which it may still call."""
        known: F | None = self._functions.get((id(function), own))
        if known is not None:
            return known
        around: dict[str, Any] = dict(function.__globals__)
        made: Any = FunctionType(function.__code__, around, function.__name__, function.__defaults__, function.__closure__)
        made.__kwdefaults__, made.__doc__, made.__module__ = function.__kwdefaults__, function.__doc__, function.__module__
        made.__qualname__, made.stands_for = function.__qualname__, function
        self._functions[id(function), own] = made
        for name in dict.fromkeys(named_in(function.__code__)):
            if name in around:
                around[name] = self._within(around[name], function.__module__, own)
        return made  # type: ignore[no-any-return]

    def rule(self, shipped: Any) -> Any:
        """What stands in the place of a shipped rule, reading these rules itself."""
        chosen = self.rules.chosen(shipped)
        return self.function(chosen, None if chosen is shipped else shipped)

    def class_(self, cls: type[Any], stop: type) -> type[Any]:
        """A class whose methods, those inherited up to `stop` (left as it is) included, read these rules; still a `cls`."""
        if not issubclass(cls, stop) or cls is stop:
            return cls
        if cls not in self._classes:
            cell = CellType()
            bases = tuple(own for base in cls.__bases__ if (own := self.class_(base, stop)) is not base)
            body = {name: self._member(thing, cell) for name, thing in vars(cls).items()
                    if isinstance(thing, FunctionType | property | classmethod | staticmethod)}
            body |= {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
            maker: Any = type(cls)
            made: type[Any] = maker(cls.__name__, (*bases, cls), body)
            cell.cell_contents = made
            self._classes[cls] = made
        return self._classes[cls]

    def _member(self, thing: Any, cell: CellType) -> Any:
        if isinstance(thing, property):
            get, put, drop = (None if f is None else self._method(f, cell) for f in (thing.fget, thing.fset, thing.fdel))
            return property(get, put, drop, thing.__doc__)
        if isinstance(thing, classmethod | staticmethod):
            return type(thing)(self._method(thing.__func__, cell))
        return self._method(thing, cell)

    def _method(self, function: Any, cell: CellType) -> Any:
        """A method, whose `super()` is that of the class under way."""
        made: Any = self.function(function)
        free = function.__code__.co_freevars
        if "__class__" not in free:
            return made
        closure = tuple(cell if name == "__class__" else held for name, held in zip(free, function.__closure__, strict=True))
        other = FunctionType(made.__code__, made.__globals__, made.__name__, made.__defaults__, closure)
        other.__kwdefaults__, other.__doc__, other.__module__ = made.__kwdefaults__, made.__doc__, made.__module__
        other.__qualname__ = made.__qualname__
        return other

    def _within(self, thing: Any, module: str, own: Any) -> Any:
        """What a name stands for where these rules are read."""
        if isinstance(thing, ModuleType):
            return self._module(thing) if thing.__name__.startswith(RULES) else thing
        if not isinstance(thing, FunctionType) or hasattr(thing, "is_primitive"):
            return thing
        if thing is own:
            return self.function(thing)
        if rule_name(thing) is not None and is_rule(thing):
            return self.rule(thing)
        if thing.__module__ == module:
            return self.function(thing, own)
        return self.function(thing) if thing.__module__.startswith(PACKAGE) else thing

    def _module(self, module: ModuleType) -> SimpleNamespace:
        name = module.__name__
        if name not in self._modules:
            self._modules[name] = made = SimpleNamespace(**vars(module))
            for key, thing in vars(module).items():
                if isinstance(thing, FunctionType) and rule_name(thing) is not None and is_rule(thing) \
                        and not hasattr(thing, "is_primitive"):
                    setattr(made, key, self.rule(thing))
        return self._modules[name]


class _AsShipped(Reading):
    """The shipped rules need nothing."""

    def function(self, function: F, own: Any = None) -> F:
        return function

    def class_(self, cls: type[Any], stop: type) -> type[Any]:
        return cls


@lru_cache(maxsize=64)
def reading(rules: RuleSet) -> Reading:
    """How plain Python reads a set of rules."""
    return Reading(rules) if rules else _AsShipped(rules)
