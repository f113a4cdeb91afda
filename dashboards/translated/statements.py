"""Statements and functions in the words of a script."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from dashboards.translated.binding import Scope, arguments_of, parameters, pattern, taken_apart
from dashboards.translated.expressions import OPERATORS, Expressions
from dashboards.translated.naming import NotTranslated, local


class Statements(Expressions):
    """One function's statements."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._caught: list[str] = []

    def body(self, nodes: Iterable[ast.stmt]) -> str:
        """Statements one after the other."""
        return " ".join(filter(None, map(self.statement, nodes)))

    def statement(self, node: ast.stmt) -> str:
        """The statement; raises NotTranslated."""
        found = getattr(self, f"_{type(node).__name__}", None)
        if found is None:
            raise NotTranslated(f"{self.scope.module}, line {node.lineno}: {type(node).__name__}")
        told: str = found(node)
        return told

    def _Expr(self, node: ast.Expr) -> str:
        if isinstance(node.value, ast.Yield):
            return f"yield {self.expression(node.value.value) if node.value.value else 'null'};"
        if isinstance(node.value, ast.YieldFrom):
            return f"yield* py.each({self.expression(node.value.value)});"
        return f"{self.expression(node.value)};"

    def _Pass(self, node: ast.Pass) -> str:
        return ""

    def _Import(self, node: ast.Import) -> str:
        return ""

    _ImportFrom = _Import

    def _Nonlocal(self, node: ast.Nonlocal) -> str:
        return ""

    def _Return(self, node: ast.Return) -> str:
        return f"return {self.expression(node.value) if node.value else 'null'};"

    def _Break(self, node: ast.Break) -> str:
        return "break;"

    def _Continue(self, node: ast.Continue) -> str:
        return "continue;"

    def _Assert(self, node: ast.Assert) -> str:
        return f"py.sure({self.condition(node.test)});"

    def _Raise(self, node: ast.Raise) -> str:
        return f"throw {f'py.raised({self.expression(node.exc)})' if node.exc else self._caught[-1]};"

    def _Delete(self, node: ast.Delete) -> str:
        told = []
        for each in node.targets:
            if not isinstance(each, ast.Subscript):
                raise NotTranslated(f"{self.scope.module}, line {node.lineno}: del of {type(each).__name__}")
            told.append(f"py.drop({self.expression(each.value)}, {self.index(each.slice)});")
        return " ".join(told)

    def _Assign(self, node: ast.Assign) -> str:
        value = self.expression(node.value)
        if len(node.targets) == 1:
            return self._bind(node.targets[0], value)
        temp = self._temp()
        return " ".join([f"{temp} = {value};", *(self._bind(each, temp) for each in node.targets)])

    def _bind(self, target: ast.expr, value: str) -> str:
        """Bind what a target names to a value."""
        if isinstance(target, ast.Subscript):
            return f"py.put({self.expression(target.value)}, {self.index(target.slice)}, {value});"
        if isinstance(target, ast.Tuple | ast.List):
            if all(isinstance(each, ast.Name | ast.Attribute | ast.Starred) for each in target.elts):
                return f"[{', '.join(map(self._target, target.elts))}] = {taken_apart(target, value)};"
            temps = [self._temp() for _ in target.elts]
            bound = [self._bind(*pair) for pair in zip(target.elts, temps, strict=True)]
            return " ".join([f"[{', '.join(temps)}] = py.unpacked({value}, {len(temps)});", *bound])
        return f"{self._target(target)} = {value};"

    def _target(self, target: ast.expr) -> str:
        if isinstance(target, ast.Starred):
            return self._target(target.value)
        if isinstance(target, ast.Attribute):
            return f"{self.expression(target.value)}.${target.attr}"
        return pattern(target)

    def _AugAssign(self, node: ast.AugAssign) -> str:
        name = OPERATORS[type(node.op)]
        name = f"i{name}" if name in ("add", "bitor") else name
        value = self.expression(node.value)
        if isinstance(node.target, ast.Subscript):
            holder, index = self._temp(), self._temp()
            begin = f"{holder} = {self.expression(node.target.value)}; {index} = {self.index(node.target.slice)};"
            return f"{begin} py.put({holder}, {index}, py.{name}(py.item({holder}, {index}), {value}));"
        target = self._target(node.target)
        return f"{target} = py.{name}({target}, {value});"

    def _If(self, node: ast.If) -> str:
        other = f" else {{ {self.body(node.orelse)} }}" if node.orelse else ""
        return f"if ({self.condition(node.test)}) {{ {self.body(node.body)} }}{other}"

    def _While(self, node: ast.While) -> str:
        if node.orelse:
            raise NotTranslated(f"{self.scope.module}, line {node.lineno}: while … else")
        return f"while ({self.condition(node.test)}) {{ {self.body(node.body)} }}"

    def _For(self, node: ast.For) -> str:
        if node.orelse:
            raise NotTranslated(f"{self.scope.module}, line {node.lineno}: for … else")
        each = self._temp()
        through = f"for ({each} of py.each({self.expression(node.iter)}))"
        # A nested loop would share the name, which is read at once.
        return f"{through} {{ {self._bind(node.target, each)} {self.body(node.body)} }}"

    def _Try(self, node: ast.Try) -> str:
        error, went = self.scope.temp(), self._temp()
        begin = f"{went} = false; " if node.orelse else ""
        told = f"{begin}try {{ {self.body(node.body)}{f' {went} = true;' if node.orelse else ''} }}"
        if node.handlers:
            self._caught.append(error)
            told += f" catch ({error}) {{ {' else '.join(map(self._handler, node.handlers))} else throw {error}; }}"
            self._caught.pop()
        if node.finalbody:
            told += f" finally {{ {self.body(node.finalbody)} }}"
        return told + (f" if ({went}) {{ {self.body(node.orelse)} }}" if node.orelse else "")

    def _handler(self, node: ast.ExceptHandler) -> str:
        kind = self.expression(node.type) if node.type else "py.BaseException"
        named = f"{local(node.name)} = {self._caught[-1]}; " if node.name else ""
        return f"if (py.caught({self._caught[-1]}, {kind})) {{ {named}{self.body(node.body)} }}"

    def _FunctionDef(self, node: ast.FunctionDef) -> str:
        """A function within a function."""
        if node.decorator_list:
            raise NotTranslated(f"{self.scope.module}, line {node.lineno}: a decorated function within a function")
        given, before = self.parameters(node.args)
        inside = function_body(node, self.scope)
        told = f"function* ({given})" if is_generator(node) else f"({given}) =>"
        return f"{before}{local(node.name)} = py.sig({told} {{ {inside} }}, {signature(node.args)});"


def function_body(node: ast.FunctionDef, outer: Scope, but: int = 0, first: str = "") -> str:
    """What a function does; `first` goes before it, and of its parameters so many are named there."""
    scope = Scope(outer.module, outer.naming, outer)
    scope.temporary = outer.temporary + 100
    given = [each.arg for each in arguments_of(node.args)]
    own = bound_in(node.body)
    scope.own = {*given, *own}
    for part in _of_this_function(node.body):
        if isinstance(part, ast.Import | ast.ImportFrom):
            scope.imports.update({each.asname or each.name.split(".")[0]: part for each in part.names})
    inside = Statements(scope)
    told = inside.body(node.body)
    if node.args.kwarg is not None:
        rest = local(node.args.vararg.arg) if node.args.vararg else "r$"
        first += f" const {local(node.args.kwarg.arg)} = py.taken_named({rest});"
    if node.args.vararg is not None:
        first += f" {local(node.args.vararg.arg)} = py.t(...{local(node.args.vararg.arg)});"
    names = [*map(local, sorted(own - set(given))), *inside.temps]
    declared = f" let {', '.join(names)};" if names else ""
    end = "" if isinstance(node.body[-1], ast.Return | ast.Raise) or is_generator(node) else " return null;"
    return f"{first}{declared} {told}{end}"


def signature(given: ast.arguments, but: int = 0) -> str:
    """The names by which calls order what they give, and whether more of them are taken."""
    return parameters(given, but) + (", true" if given.kwarg is not None else "")


def is_generator(node: ast.FunctionDef) -> bool:
    """Whether a function yields."""
    return any(isinstance(part, ast.Yield | ast.YieldFrom) for part in _of_this_function(node.body))


def bound_in(nodes: Sequence[ast.stmt]) -> set[str]:
    """The names that statements of a function bind, those of comprehensions left out."""
    found: set[str] = set()
    shared: set[str] = set()
    for part in _of_this_function(nodes):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found.add(part.id)
        elif isinstance(part, ast.FunctionDef | ast.ExceptHandler) and part.name:
            found.add(part.name)
        elif isinstance(part, ast.Nonlocal):
            shared |= set(part.names)
    return found - shared


def _of_this_function(nodes: Iterable[ast.AST]) -> Iterable[ast.AST]:
    """All parts but those of functions within, and but what comprehensions bind."""
    for node in nodes:
        yield node
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.comprehension):
                yield from _of_this_function([child.iter, *child.ifs])
            else:
                yield from _of_this_function([child])
