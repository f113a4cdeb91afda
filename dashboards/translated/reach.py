"""What a function reaches: definitions of ours, by name, through imports, wherever they stand.

Values that a module holds are taken as they are (`frozen`), so what worked them out is not reached. A method is reached where its
class is and anything reached names an attribute as it is called.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboards.translated.frozen import NotPlain, classes_in
from dashboards.translated.sources import is_module, is_translated, source

HEEDED = frozenset({"__init__", "__post_init__", "__len__", "__getitem__", "__bool__", "__iter__", "__contains__", "__call__"})
"""Methods that the language itself calls, as far as the scripts do so too."""
Key = tuple[str, str]
"""A module and a name in it."""


@dataclass(frozen=True)
class Outside:
    """A name of a library that the scripts stand in for; without `name` the module itself."""

    module: str
    name: str = ""


@dataclass
class Definition:
    """A name that a module binds. `value`: in a list of one, what it holds, where that is taken as it is."""

    module: str
    name: str
    nodes: list[ast.stmt]
    value: list[Any] = field(default_factory=list)
    of_call: bool = False
    """Whether the value is what the function gives, each time the same."""

    @property
    def key(self) -> Key:
        return self.module, self.name

    @property
    def node(self) -> ast.stmt:
        return self.nodes[-1]


def resolved(module: str, name: str) -> Key | str | Outside | None:
    """What a name at the top of a module stands for: a definition, a module of ours by its name, a library's; None: a builtin."""
    if is_module(f"{module}.{name}") and name not in source(module).binding:
        return f"{module}.{name}"
    nodes = source(module).binding.get(name)
    if nodes is None:
        return None
    node = nodes[-1]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return imported(node, name)
    return module, name


def imported(node: ast.Import | ast.ImportFrom, name: str) -> Key | str | Outside | None:
    """What an import binds to a name."""
    each = next(each for each in node.names if (each.asname or each.name.split(".")[0]) == name)
    if isinstance(node, ast.Import):
        return each.name if is_translated(each.name) else Outside(each.name)
    assert node.module is not None
    if not is_translated(node.module):
        return Outside(node.module, each.name)
    whole = f"{node.module}.{each.name}"
    return whole if is_module(whole) and each.name not in source(node.module).binding else resolved(node.module, each.name)


class Reach:
    """Definitions reached from some names, with the methods that are; `instead` says which definition stands in for another."""

    def __init__(self, names: Iterable[Key], instead: Mapping[Key, Key]) -> None:
        self.found: dict[Key, Definition] = {}
        self.outside: set[Outside] = set()
        self.instead = instead
        self.attributes: set[str] = set()
        self.methods: set[ast.FunctionDef] = set()
        self._unreached: list[tuple[str, ast.FunctionDef]] = []
        self._waiting: list[tuple[str, ast.AST]] = []
        for module, name in names:
            self.want((module, name))
        self._follow()

    def want(self, thing: Key | str | Outside | None) -> None:
        """Reach a definition."""
        if isinstance(thing, Outside):
            self.outside.add(thing)
        if not isinstance(thing, tuple):
            return
        thing = self.instead.get(thing, thing)
        if thing in self.found:
            return
        module, name = thing
        made = Definition(module, name, source(module).binding[name])
        self.found[thing] = made
        self._read(made)

    def names_in(self, module: str, node: ast.AST) -> Iterator[Key | str | Outside | None]:
        """What the names in a piece of a module stand for; an attribute of a module of ours for what it is there."""
        local = {each.asname or each.name.split(".")[0]: part for part in ast.walk(node)
                 if isinstance(part, ast.Import | ast.ImportFrom) for each in part.names}
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                yield imported(local[part.id], part.id) if part.id in local else resolved(module, part.id)
            elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                name = part.value.id
                of = imported(local[name], name) if name in local else resolved(module, name)
                if isinstance(of, str):
                    yield resolved(of, part.attr)
                elif isinstance(of, Outside) and not of.name:
                    yield Outside(of.module, part.attr)

    def _read(self, made: Definition) -> None:
        node = made.node
        held = getattr(source(made.module).module, made.name)
        try:
            if isinstance(node, ast.Assign):
                classes_in(held)
                made.value = [held]
            elif isinstance(node, ast.FunctionDef) and hasattr(held, "cache_info") and not node.args.args:
                classes_in(held())
                made.value, made.of_call = [held()], True
        except NotPlain:
            pass
        if made.value:
            for kind in classes_in(made.value[0]):
                self.want((kind.__module__, kind.__name__))
        elif isinstance(node, ast.ClassDef):
            self._read_class(made.module, node)
        else:
            for each in made.nodes:
                self._waiting.append((made.module, each))

    def _read_class(self, module: str, node: ast.ClassDef) -> None:
        kind: Any = getattr(source(module).module, node.name)
        members = set(getattr(kind, "__members__", ()))
        for part in (*node.bases, *node.decorator_list, *node.body):
            if isinstance(part, ast.FunctionDef):
                if part.name in HEEDED and not (members and part.name == "__init__"):
                    self._take(module, part)
                elif not (part.name.startswith("__") and part.name.endswith("__")):
                    self._unreached.append((module, part))
            elif not (members and isinstance(part, ast.Assign)):
                self._waiting.append((module, part))

    def _take(self, module: str, method: ast.FunctionDef) -> None:
        self.methods.add(method)
        self._waiting.append((module, method))

    def _follow(self) -> None:
        while self._waiting:
            while self._waiting:
                module, node = self._waiting.pop()
                self._note_attributes(node)
                for thing in self.names_in(module, node):
                    self.want(thing)
            for module, method in list(self._unreached):
                if method.name in self.attributes:
                    self._unreached.remove((module, method))
                    self._take(module, method)

    def _note_attributes(self, node: ast.AST) -> None:
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute):
                self.attributes.add(part.attr)

    def in_order(self) -> list[Definition]:
        """Each after what it needs at the moment it is defined; functions need nothing."""
        done: dict[Key, None] = {}
        seen: set[tuple[Key, bool]] = set()

        def visit(thing: Key | str | Outside | None, called: bool) -> None:
            if not isinstance(thing, tuple):
                return
            thing = self.instead.get(thing, thing)
            if thing not in self.found or (thing, called) in seen:
                return
            seen.add((thing, called))
            made = self.found[thing]
            for need, deep in self._needed(made, called):
                visit(need, deep)
            done.setdefault(thing)

        for key in self.found:
            visit(key, False)
        return [self.found[key] for key in done]

    def _needed(self, made: Definition, called: bool) -> Iterator[tuple[Key | str | Outside | None, bool]]:
        node = made.node
        if made.value:
            yield from (((kind.__module__, kind.__name__), False) for kind in classes_in(made.value[0]))
        elif isinstance(node, ast.ClassDef):
            parts = [*node.bases, *(part for part in node.body if not isinstance(part, ast.FunctionDef))]
            parts += [part for part in node.body if called and part in self.methods]
            parts += [each for part in node.body if isinstance(part, ast.FunctionDef) for each in part.args.defaults]
            for part in parts:
                yield from ((thing, True) for thing in self.names_in(made.module, part))
        elif isinstance(node, ast.FunctionDef):
            for part in [node] if called else node.args.defaults:
                yield from ((thing, called) for thing in self.names_in(made.module, part))
        else:
            for each in made.nodes:
                yield from ((thing, True) for thing in self.names_in(made.module, each))

