"""A module's source as far as it runs: without annotations and docstrings, its definitions by the names that they bind."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TypeVar

OURS = ("incentive_abm", "dashboards")
TAKEN = ("difflib",)
"""Modules of Python's own library that are translated as ours are; what others do, the scripts under `static/python` do."""
Node = TypeVar("Node", ast.Module, ast.ClassDef, ast.FunctionDef)


def is_translated(module: str) -> bool:
    """Whether a module's source is translated; any other is asked of the scripts."""
    return module.split(".")[0] in (*OURS, *TAKEN)


@lru_cache(maxsize=1024)
def is_module(name: str) -> bool:
    """Whether something is a module rather than a name in one."""
    if name in sys.modules:
        return True
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@dataclass
class Source:
    """A module: its statements, and which of them bind a name."""

    name: str
    module: ModuleType
    statements: list[ast.stmt]
    binding: dict[str, list[ast.stmt]] = field(default_factory=dict)


@lru_cache(maxsize=256)
def source(name: str) -> Source:
    """The source of a module by its name."""
    module = import_module(name)
    assert module.__file__ is not None
    tree = _Bare().visit(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
    found = Source(name, module, ast.fix_missing_locations(tree).body)
    for statement in found.statements:
        for bound in _bound(statement):
            # What only runs within a statement, as in a comprehension, is no name of the module.
            if hasattr(module, bound):
                found.binding.setdefault(bound, []).append(statement)
    return found


def _bound(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Import):
        return [each.asname or each.name.split(".")[0] for each in statement.names]
    if isinstance(statement, ast.ImportFrom):
        return [] if statement.module == "__future__" else [each.asname or each.name for each in statement.names]
    return [each.id for each in ast.walk(statement) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]


class _Bare(ast.NodeTransformer):
    """Leaves out what only people and type checkers read. A field that a class declares keeps its place."""

    def __init__(self) -> None:
        self.in_class = False

    def visit_Module(self, node: ast.Module) -> ast.Module:
        return self._inside(node, False)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        return self._inside(node, True)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        given = node.args
        for each in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg):
            if each is not None:
                each.annotation = None
        return self._inside(node, False)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt | None:
        if self.in_class:
            node.annotation = ast.copy_location(ast.Constant(None), node)
            return node
        return None if node.value is None else ast.copy_location(ast.Assign([node.target], node.value), node)

    def visit_If(self, node: ast.If) -> ast.stmt | None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return None
        self.generic_visit(node)
        return node

    def _inside(self, node: Node, in_class: bool) -> Node:
        before, self.in_class = self.in_class, in_class
        self.generic_visit(node)
        self.in_class = before
        node.body = [each for each in node.body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))] \
            or ([] if isinstance(node, ast.Module) else [ast.Pass()])
        return node
