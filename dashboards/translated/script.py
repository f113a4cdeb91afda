"""Definitions of ours as one script."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from dashboards.translated.binding import Scope
from dashboards.translated.frozen import classes_in, frozen
from dashboards.translated.naming import Naming, NotTranslated
from dashboards.translated.reach import Definition, Key, Reach
from dashboards.translated.sources import source
from dashboards.translated.statements import Statements, function_body, is_generator, signature

MARKS = frozenset({"primitive", "rule", "cache", "lru_cache"})
"""Decorators that change nothing of what a function gives."""
RECORDS, GETTERS = "dataclass", ("property", "cached_property")


def script(names: Iterable[Key], instead: Mapping[Key, Key]) -> str:
    """The body of a function of `py` and `lib`, the scripts that it stands on; it gives definitions of ours by their names.

    Raises NotTranslated for what is beyond the translation; the scripts say themselves what they lack.
    """
    wanted = list(names)
    reach = Reach(wanted, instead)
    naming = Naming(instead)
    told = [_Definition(each, reach, naming).told() for each in reach.in_order()]
    given = ", ".join(f"{key[1]}: {naming.of(key)}" for key in wanted)
    lacking = json.dumps(sorted([*naming.outside, *(f"py.{name}" for name in naming.builtin)]))
    letters = json.dumps(folded(), ensure_ascii=False)
    return "\n".join([f"py.check(lib, {lacking}); py.fold_by({letters});", *told, f"return {{ {given} }};"]) + "\n"


@lru_cache(maxsize=1)
def folded() -> str:
    """Letters that become something else than their small letter where capitals do not count, each with what it becomes."""
    every = map(chr, range(sys.maxunicode + 1))
    return " ".join(f"{letter}{letter.casefold()}" for letter in every if letter.casefold() != letter.lower())


class _Definition:
    def __init__(self, made: Definition, reach: Reach, naming: Naming) -> None:
        self.made, self.reach, self.naming = made, reach, naming
        self.scope = Scope(made.module, naming)
        self.name = naming.of(made.key)

    def told(self) -> str:
        """The definition; raises NotTranslated naming it."""
        try:
            return self._told()
        except NotTranslated as trouble:
            raise NotTranslated(f"{self.made.module}.{self.made.name}: {trouble}") from trouble

    def _told(self) -> str:
        node = self.made.node
        if self.made.value:
            value = frozen(self.made.value[0], self.naming.of_class)
            return f"const v${self.name} = {value}; function {self.name}() {{ return v${self.name}; }}" if self.made.of_call \
                else f"const {self.name} = {value};"
        if isinstance(node, ast.FunctionDef):
            return self._function(node)
        if isinstance(node, ast.ClassDef):
            return self._class(node)
        return self._statements(self.made.nodes)

    def _statements(self, nodes: list[ast.stmt]) -> str:
        inside = Statements(self.scope)
        (node,) = nodes
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            raise NotTranslated(type(node).__name__)
        value = inside.expression(node.value)
        return "".join(f"let {each}; " for each in inside.temps) + f"const {self.name} = {value};"

    def _function(self, node: ast.FunctionDef) -> str:
        for each in node.decorator_list:
            if _called(each) not in MARKS:
                raise NotTranslated(f"decorated by {_called(each)}")
        inside = Statements(self.scope)
        given, before = inside.parameters(node.args)
        if node.args.kwarg is not None and node.args.vararg is None:
            given = ", ".join(filter(None, [given, "...r$"]))
        star = "*" if is_generator(node) else ""
        return (f"{before}function{star} {self.name}({given}) {{{function_body(node, self.scope)} }} "
                f"py.sig({self.name}, {signature(node.args)});")

    def _class(self, node: ast.ClassDef) -> str:
        kind: Any = getattr(source(self.made.module).module, node.name)
        inside = Statements(self.scope)
        bases = [inside.expression(each) for each in node.bases]
        base = self.scope.base = bases[0] if bases else "py.object"
        methods, statics = self._methods(node)
        if issubclass(kind, Enum):
            members = ", ".join(self._member(each) for each in kind.__members__.values())
            own = f"{json.dumps(node.name)}, {base}, {{ {methods} }}, {{ {statics} }}"
            return f"const {self.name} = py.enum_class({own}, [{members}]);"
        fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
        if any(isinstance(each, ast.Name) and each.id == "NamedTuple" for each in node.bases):
            return f"const {self.name} = py.named_tuple({json.dumps(node.name)}, {json.dumps(list(kind._fields))});"
        record = next((each for each in node.decorator_list if _called(each) == RECORDS), None)
        for part in node.body:
            if isinstance(part, ast.Assign | ast.AnnAssign) and part.value is not None and (record is None or part not in fields):
                target = part.target if isinstance(part, ast.AnnAssign) else part.targets[0]
                assert isinstance(target, ast.Name)
                statics += f" ${target.id}: {inside.expression(part.value)},"
        told = f"const {self.name} = py.class_of({json.dumps(node.name)}, {base}, {{ {methods} }}, {{ {statics} }});"
        if record is not None:
            options = {each.arg: ast.literal_eval(each.value) for each in record.keywords} if isinstance(record, ast.Call) else {}
            own = ", ".join(self._field(part, inside) for part in fields)
            told += f" py.record({self.name}, [{own}], {json.dumps(options)});"
        return "".join(f"let {each}; " for each in inside.temps) + told

    def _member(self, member: Enum) -> str:
        """A member with what its class gave it when it was made, as far as that is asked for and of no class of ours."""
        own = {name: value for name, value in vars(member).items() if name in self.reach.attributes and not classes_in(value)}
        told = ", ".join(f"${name}: {frozen(each, self.naming.of_class)}" for name, each in own.items())
        return f"[{json.dumps(member.name)}, {frozen(member.value, self.naming.of_class)}, {{ {told} }}]"

    def _field(self, node: ast.AnnAssign, inside: Statements) -> str:
        assert isinstance(node.target, ast.Name)
        if node.value is None:
            return f"[{json.dumps(node.target.id)}]"
        value = node.value
        if isinstance(value, ast.Call) and _called(value) == "field":
            named = {each.arg: each.value for each in value.keywords}
            if set(named) != {"default_factory"}:
                raise NotTranslated(f"field({', '.join(map(str, named))})")
            return f"[{json.dumps(node.target.id)}, () => {inside.expression(named['default_factory'])}()]"
        return f"[{json.dumps(node.target.id)}, () => {inside.expression(value)}]"

    def _methods(self, node: ast.ClassDef) -> tuple[str, str]:
        methods, statics = list[str](), list[str]()
        for part in node.body:
            if not isinstance(part, ast.FunctionDef) or part not in self.reach.methods:
                continue
            marks = [_called(each) for each in part.decorator_list]
            inside = Statements(self.scope)
            given, before = inside.parameters(part.args)
            if before:
                raise NotTranslated(f"{part.name}: a default that is no constant")
            first, _, rest = given.partition(", ")
            if part.args.kwarg is not None and part.args.vararg is None:
                rest = ", ".join(filter(None, [rest, "...r$"]))
            body = function_body(part, self.scope, first=f" const {first} = this;")
            body = body.replace(f"let {first}, ", "let ").replace(f" let {first};", "")
            if marks and marks[0] in GETTERS:
                told = f"return py.cached(this, '${part.name}', () => {{{body} }});" if marks[0] == "cached_property" else body
                methods.append(f"get ${part.name}() {{ {told} }}")
                continue
            if marks and marks != ["classmethod"]:
                raise NotTranslated(f"{part.name}: decorated by {', '.join(marks)}")
            star = "*" if is_generator(part) else ""
            told = f"${part.name}: py.sig(function{star} ({rest}) {{{body} }}, {signature(part.args, 1)})"
            (statics if marks else methods).append(told)
        return ", ".join(methods), "".join(f"{each}, " for each in statics)


def _called(node: ast.expr) -> str:
    """What a decorator is called."""
    if isinstance(node, ast.Call):
        return _called(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else "?"
