"""Expressions in the words of a script."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Sequence

from dashboards.translated.binding import Scope, arguments_of, parameters, pattern, taken_apart
from dashboards.translated.frozen import frozen
from dashboards.translated.naming import NotTranslated, local
from dashboards.translated.reach import Outside, imported, resolved

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.FloorDiv: "floordiv", ast.Mod: "mod", ast.Pow: "pow",
    ast.BitAnd: "bitand", ast.BitOr: "bitor", ast.BitXor: "bitxor", ast.LShift: "lshift", ast.RShift: "rshift",
    ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge",
    ast.USub: "neg", ast.Invert: "invert", ast.UAdd: "pos",
}
CONVERSIONS = {ord("r"): "py.repr", ord("s"): "py.str", -1: ""}


class Expressions:
    """One function's expressions."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.temps: list[str] = []
        """Names that the function needs besides its own."""

    def expression(self, node: ast.expr) -> str:
        """The expression; raises NotTranslated."""
        found: Callable[[ast.expr], str] | None = getattr(self, f"_{type(node).__name__}", None)
        if found is None:
            raise NotTranslated(f"{self.scope.module}, line {node.lineno}: {type(node).__name__}")
        return found(node)

    def condition(self, node: ast.expr) -> str:
        """The expression where only its truth counts."""
        if isinstance(node, ast.BoolOp):
            return "(" + (" && " if isinstance(node.op, ast.And) else " || ").join(map(self.condition, node.values)) + ")"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!{self.condition(node.operand)}"
        if isinstance(node, ast.Compare) and all(isinstance(each, ast.Is | ast.IsNot | ast.In | ast.NotIn) for each in node.ops):
            return self.expression(node)
        return f"py.truth({self.expression(node)})"

    def items(self, nodes: Sequence[ast.expr]) -> str:
        """Expressions one after the other, starred ones spread."""
        return ", ".join(f"...py.each({self.expression(each.value)})" if isinstance(each, ast.Starred) else self.expression(each)
                         for each in nodes)

    def _temp(self) -> str:
        self.temps.append(self.scope.temp())
        return self.temps[-1]

    def _Constant(self, node: ast.Constant) -> str:
        return "py.Ellipsis" if node.value is ... else frozen(node.value, lambda kind: "")

    def _Name(self, node: ast.Name) -> str:
        if self.scope.knows(node.id):
            return local(node.id)
        within = self.scope.imported(node.id)
        if within is None:
            return self.scope.naming.at_top(self.scope.module, node.id)
        found = imported(within, node.id)
        assert not isinstance(found, str)
        assert found is not None
        return self.scope.naming.of(found)

    def _module_attribute(self, node: ast.Attribute) -> str | None:
        """An attribute of a module is a definition's or a library's."""
        if not isinstance(node.value, ast.Name) or self.scope.knows(node.value.id):
            return None
        within = self.scope.imported(node.value.id)
        of = imported(within, node.value.id) if within else resolved(self.scope.module, node.value.id)
        if isinstance(of, Outside) and not of.name:
            return self.scope.naming.of(Outside(of.module, node.attr))
        if isinstance(of, str):
            found = resolved(of, node.attr)
            assert not isinstance(found, str)
            assert found is not None
            return self.scope.naming.of(found)
        return None

    def _Attribute(self, node: ast.Attribute) -> str:
        return self._module_attribute(node) or f"py.attr({self.expression(node.value)}, {json.dumps('$' + node.attr)})"

    def _Tuple(self, node: ast.Tuple) -> str:
        return f"py.t({self.items(node.elts)})"

    def _List(self, node: ast.List) -> str:
        return f"[{self.items(node.elts)}]"

    def _Set(self, node: ast.Set) -> str:
        return f"py.set_of([{self.items(node.elts)}])"

    def _Dict(self, node: ast.Dict) -> str:
        items = zip(node.keys, node.values, strict=True)
        pairs = (f"[{self.expression(key)}, {self.expression(value)}]" if key else f"...py.pairs({self.expression(value)})"
                 for key, value in items)
        return f"py.dict_of([{', '.join(pairs)}])"

    def _JoinedStr(self, node: ast.JoinedStr) -> str:
        return "(" + (" + ".join(map(self.expression, node.values)) or '""') + ")"

    def _FormattedValue(self, node: ast.FormattedValue) -> str:
        value = self.expression(node.value)
        if node.conversion != -1:
            value = f"{CONVERSIONS[node.conversion]}({value})"
        return f"py.format({value}, {self.expression(node.format_spec)})" if node.format_spec else f"py.told({value})"

    def _BinOp(self, node: ast.BinOp) -> str:
        return f"py.{OPERATORS[type(node.op)]}({self.expression(node.left)}, {self.expression(node.right)})"

    def _UnaryOp(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.Not):
            return f"!{self.condition(node.operand)}"
        return f"py.{OPERATORS[type(node.op)]}({self.expression(node.operand)})"

    def _BoolOp(self, node: ast.BoolOp) -> str:
        *first, last = node.values
        told = self.expression(last)
        for each in reversed(first):
            temp = self._temp()
            given = f"py.truth({temp} = {self.expression(each)})"
            told = f"({given} ? {told} : {temp})" if isinstance(node.op, ast.And) else f"({given} ? {temp} : {told})"
        return told

    def _IfExp(self, node: ast.IfExp) -> str:
        return f"({self.condition(node.test)} ? {self.expression(node.body)} : {self.expression(node.orelse)})"

    def _NamedExpr(self, node: ast.NamedExpr) -> str:
        return f"({self.expression(node.target)} = {self.expression(node.value)})"

    def _Compare(self, node: ast.Compare) -> str:
        left, told = self.expression(node.left), []
        for k, (operator, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
            other = self.expression(right)
            if k + 1 < len(node.ops) and not isinstance(right, ast.Name | ast.Constant):
                temp = self._temp()
                told.append(_compared(operator, left, f"{temp} = {other}"))
                left = temp
            else:
                told.append(_compared(operator, left, other))
                left = other
        return told[0] if len(told) == 1 else "(" + " && ".join(told) + ")"

    def _Subscript(self, node: ast.Subscript) -> str:
        return f"py.item({self.expression(node.value)}, {self.index(node.slice)})"

    def index(self, node: ast.expr) -> str:
        """What stands in brackets."""
        if isinstance(node, ast.Tuple) and any(isinstance(each, ast.Slice) for each in node.elts):
            return f"py.t({', '.join(map(self.index, node.elts))})"
        return self.expression(node)

    def _Slice(self, node: ast.Slice) -> str:
        parts = (self.expression(each) if each else "null" for each in (node.lower, node.upper, node.step))
        return f"new py.Slice({', '.join(parts)})"

    def _Call(self, node: ast.Call) -> str:
        function, given = node.func, self.items(node.args)
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Call) and \
                isinstance(function.value.func, ast.Name) and function.value.func.id == "super":
            return f"{self.scope.super_of()}.prototype.${function.attr}.call({', '.join(filter(None, ['self', given]))})"
        whole = self._module_attribute(function) if isinstance(function, ast.Attribute) else None
        if isinstance(function, ast.Attribute) and whole is None:
            holder = self.expression(function.value)
            if not node.keywords:
                return f"{holder}.${function.attr}({given})"
            return f"py.call_named({holder}, {json.dumps('$' + function.attr)}, [{given}], {self._named(node.keywords)})"
        called = whole or self.expression(function)
        return f"py.call({called}, [{given}], {self._named(node.keywords)})" if node.keywords else f"{called}({given})"

    def _named(self, keywords: Sequence[ast.keyword]) -> str:
        return "{" + ", ".join(f"...py.named({self.expression(each.value)})" if each.arg is None else
                               f"{json.dumps(each.arg)}: {self.expression(each.value)}" for each in keywords) + "}"

    def _Lambda(self, node: ast.Lambda) -> str:
        inner, given, before = self.inside(node.args)
        body = inner.expression(node.body)
        begin = f"let {', '.join(inner.temps)}; " if inner.temps else ""
        told = f"py.sig(({given}) => {{ {begin}return {body}; }}, {parameters(node.args)})"
        return f"(() => {{ {before}return {told}; }})()" if before else told

    def inside(self, given: ast.arguments) -> tuple[Expressions, str, str]:
        """Expressions of a function within this one, its parameters, and what goes before it so that it has its defaults."""
        scope = Scope(self.scope.module, self.scope.naming, self.scope)
        scope.temporary = self.scope.temporary + 100
        scope.own = {each.arg for each in arguments_of(given)}
        told, before = self.parameters(given)
        return Expressions(scope), told, before

    def parameters(self, given: ast.arguments) -> tuple[str, str]:
        """A function's parameters as a script writes them; those of its defaults that hang on names around it are worked
        out when it is made."""
        plain = [*given.posonlyargs, *given.args]
        defaults: list[ast.expr | None] = [None] * (len(plain) - len(given.defaults)) + [*given.defaults]
        if given.vararg is None:
            plain, defaults = [*plain, *given.kwonlyargs], [*defaults, *given.kw_defaults]
        elif given.kwonlyargs:
            raise NotTranslated(f"{self.scope.module}: a function with * and names after it")
        told, before = [], []
        for each, default in zip(plain, defaults, strict=True):
            if default is None:
                told.append(local(each.arg))
                continue
            worked_out = self.expression(default)
            if any(isinstance(part, ast.Name) and self.scope.knows(part.id) for part in ast.walk(default)):
                name = self.scope.temp()
                before.append(f"const {name} = {worked_out}; ")
                worked_out = name
            told.append(f"{local(each.arg)} = {worked_out}")
        if given.vararg is not None:
            told.append(f"...{local(given.vararg.arg)}")
        return ", ".join(told), "".join(before)

    def _GeneratorExp(self, node: ast.GeneratorExp) -> str:
        return self._loops(node.generators, lambda inner: f"yield {inner.expression(node.elt)};", "", "", "function*")

    def _ListComp(self, node: ast.ListComp) -> str:
        return self._loops(node.generators, lambda inner: f"r$.push({inner.expression(node.elt)});", "const r$ = [];",
                           "return r$;")

    def _SetComp(self, node: ast.SetComp) -> str:
        return self._loops(node.generators, lambda inner: f"r$.push({inner.expression(node.elt)});", "const r$ = [];",
                           "return py.set_of(r$);")

    def _DictComp(self, node: ast.DictComp) -> str:
        def body(inner: Expressions) -> str:
            return f"r$.push([{inner.expression(node.key)}, {inner.expression(node.value)}]);"

        return self._loops(node.generators, body, "const r$ = [];", "return py.dict_of(r$);")

    def _loops(self, generators: Sequence[ast.comprehension], body: Callable[[Expressions], str], begin: str, end: str,
               function: str = "") -> str:
        scope = Scope(self.scope.module, self.scope.naming, self.scope)
        scope.temporary = self.scope.temporary + 100
        inner = Expressions(scope)
        told: list[str] = []
        for k, each in enumerate(generators):
            # What is gone through first is worked out before, in the scope around.
            through = "g$" if k == 0 and function else (self if k == 0 else inner).expression(each.iter)
            scope.own |= {part.id for part in ast.walk(each.target) if isinstance(part, ast.Name)}
            given = f"const {pattern(each.target)} = {taken_apart(each.target, f'e{k}$')};"
            told.append(f"for (const e{k}$ of py.each({through})) {{ {given} ")
            told += [f"if (!{inner.condition(test)}) continue; " for test in each.ifs]
        told.append(body(inner) + " }" * len(generators))
        temps = f"let {', '.join(inner.temps)}; " if inner.temps else ""
        inside = f"{begin} {temps}{''.join(told)} {end}"
        if function:
            return f"(function* (g$) {{ {inside} }})({self.expression(generators[0].iter)})"
        return f"(() => {{ {inside} }})()"


def _compared(operator: ast.cmpop, left: str, right: str) -> str:
    if isinstance(operator, ast.Is | ast.IsNot):
        return f"({left} {'===' if isinstance(operator, ast.Is) else '!=='} {right})"
    if isinstance(operator, ast.In):
        return f"py.contains({right}, {left})"
    if isinstance(operator, ast.NotIn):
        return f"!py.contains({right}, {left})"
    return f"py.{OPERATORS[type(operator)]}({left}, {right})"
