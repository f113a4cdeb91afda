"""Names of functions, and how they are bound."""

from __future__ import annotations

import ast
import json

from dashboards.translated.naming import Naming, NotTranslated, local


class Scope:
    """The names of one function: those bound in it, and what it imports. `outer` is the function around it."""

    def __init__(self, module: str, naming: Naming, outer: Scope | None = None) -> None:
        self.module, self.naming, self.outer = module, naming, outer
        self.own: set[str] = set()
        self.imports: dict[str, ast.Import | ast.ImportFrom] = {}
        self.temporary = 0
        self.base = ""
        """The class whose method this is a part of extends: what `super()` is."""

    def temp(self) -> str:
        """A name that nothing else has."""
        self.temporary += 1
        return f"t${self.temporary}"

    def knows(self, name: str) -> bool:
        """Whether the name is one of this function's or of one around it."""
        return name in self.own or (self.outer is not None and self.outer.knows(name))

    def imported(self, name: str) -> ast.Import | ast.ImportFrom | None:
        """The import within a function that binds a name."""
        return self.imports.get(name) or (self.outer.imported(name) if self.outer else None)

    def super_of(self) -> str:
        """The class above."""
        return self.base or (self.outer.super_of() if self.outer else "")


def pattern(node: ast.expr) -> str:
    """Names that are bound together, as a script takes apart what it is given."""
    if isinstance(node, ast.Name):
        return local(node.id)
    if isinstance(node, ast.Starred):
        return pattern(node.value)
    if isinstance(node, ast.Tuple | ast.List):
        # What nobody asks for may be named so more than once.
        return "[" + ", ".join("" if _nothing(each) else pattern(each) for each in node.elts) + ",]"
    raise NotTranslated(f"line {node.lineno}: bound to {type(node).__name__}")


def _nothing(node: ast.expr) -> bool:
    part = node.value if isinstance(node, ast.Starred) else node
    return isinstance(part, ast.Name) and part.id == "_"


def taken_apart(target: ast.expr, value: str) -> str:
    """A value as a pattern takes it: several as a list, of which a starred name takes what is left."""
    if not isinstance(target, ast.Tuple | ast.List):
        return value
    starred = [k for k, each in enumerate(target.elts) if isinstance(each, ast.Starred)]
    if starred:
        return f"py.parted({value}, {starred[0]}, {len(target.elts) - starred[0] - 1})"
    return f"py.unpacked({value}, {len(target.elts)})"


def arguments_of(given: ast.arguments) -> list[ast.arg]:
    """All that a function takes."""
    more = [each for each in (given.vararg, given.kwarg) if each is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *more]


def parameters(given: ast.arguments, but: int = 0) -> str:
    """The names of parameters, by which calls that name them put them in order."""
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)][but:]
    return json.dumps(names)
