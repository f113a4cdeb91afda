"""Which rules an engine, or a Mesa model, is built from: the shipped ones, with others in the place of some."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import CodeType, FunctionType, MappingProxyType
from typing import Any

RULES = "incentive_abm.rules."
Rule = Callable[..., Any]
NOTHING: Mapping[str, Rule] = MappingProxyType({})


def rule_name(function: Rule) -> str | None:
    """A shipped rule's name, as in `trust.evidence_for`; None for any other function."""
    module = function.__module__ or ""
    return f"{module.removeprefix(RULES)}.{function.__name__}" if module.startswith(RULES) else None


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The shipped rules, with others in the place of some. Two sets of the same rules are equal, wherever they were made.

    instead: a rule's name ("trust.evidence_for") → a function of the same arguments. told: how the user chose them, as in
    "bargaining=nash; trust.evidence_for=my_rules.py:fixed_memory"; "" for the shipped ones.
    """

    instead: Mapping[str, Rule] = field(default_factory=dict)
    told: str = ""

    @cached_property
    def hash(self) -> str:
        """Tells sets apart: SHA-256 (first 16 hex digits) of the sources of the rules that are not the shipped ones."""
        digest = hashlib.sha256()
        for name, function in sorted(self.instead.items()):
            digest.update(f"{name}\0{written(function)}\0".encode())
        return digest.hexdigest()[:16]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleSet) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def __bool__(self) -> bool:
        """Whether any rule is not the shipped one."""
        return bool(self.instead)

    def __reduce__(self) -> tuple[Any, ...]:
        packed = tuple((name, getattr(function, "loaded_from", function)) for name, function in self.instead.items())
        return _unpacked, (packed, self.told)

    def chosen(self, function: Rule) -> Rule:
        """The rule that stands in the place of this one."""
        name = rule_name(function)
        return function if name is None else self.instead.get(name, function)

    @property
    def identity(self) -> str:
        """What these rules add to the hash that names a run: nothing where they are the shipped ones."""
        return f"rules {self.hash}" if self.instead else ""


@dataclass(frozen=True)
class FromText:
    """A function as a user's file holds it: what another process, or a later day, needs to have it again."""

    text: str
    name: str
    shown: str

    @property
    def function(self) -> Rule:
        """The function. Raises what running the file raises."""
        return loaded(self.text, self.shown)[self.name]


SHIPPED = RuleSet()


def _unpacked(packed: tuple[tuple[str, Any], ...], told: str) -> RuleSet:
    return RuleSet({name: one.function if isinstance(one, FromText) else one for name, one in packed}, told)


@lru_cache(maxsize=64)
def loaded(text: str, shown: str) -> Mapping[str, Rule]:
    """The functions that a file of rules defines, each of which rules may call. Raises what running it raises."""
    name = f"rules_of_a_user_{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    made: dict[str, Any] = {"__name__": name, "__file__": shown}
    exec(compile(text, shown, "exec", dont_inherit=True), made)
    found = {key: thing for key, thing in made.items() if isinstance(thing, FunctionType) and thing.__module__ == name}
    for key, function in found.items():
        marked: Any = function
        marked.is_rule = True
        marked.loaded_from = FromText(text, key, shown)
    return MappingProxyType(found)


def written(function: Rule) -> str:
    """The source that decides what a function does: its whole file where a user's file was loaded, else its own and that of
    all it calls which is not shipped. Raises OSError where there is no source."""
    origin = getattr(function, "loaded_from", None)
    if origin is not None:
        return f"{origin.name}\0{origin.text}"
    parts, seen = [], set[int]()
    waiting: list[Any] = [function]
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if not isinstance(each, FunctionType):
            parts.append(repr(each))
            continue
        parts.append(inspect.getsource(each))
        for name in named_in(each.__code__):
            thing = each.__globals__.get(name)
            if isinstance(thing, int | float | tuple) or (isinstance(thing, FunctionType) and not hasattr(thing, "is_primitive")
                                                          and rule_name(thing) is None):
                waiting.append(thing)
    return "\0".join(parts)


def named_in(code: CodeType) -> Iterator[str]:
    """Names that a function, or one written within it, asks its module for."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from named_in(constant)
