"""How a kernel that reads like the agents (`side.partner.skill`, `tie.settings.listening`) becomes loops over flat arrays.

A kernel loops over `ties`, `tie.sides`, `partners` and `lanes`; inside, records are named as agents name them. Each name
becomes one element of one array, [item][field][lane]; what does not differ by lane (facts, keys, where a record begins) is
read once before the loop over lanes, so that this loop can become vector code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from incentive_abm.compiling.layout import Layout, Record
from incentive_abm.compiling.names import ARRAYS, NOT_NEGATIVE, STRUCTURE, Names, Partner, Side, Tie


class Translator(ast.NodeTransformer):
    """Turns one kernel's statements into loops over arrays; `used` is what they name from the kernel's module."""

    def __init__(self, names: Names, known: Mapping[str, Any], blocks: bool) -> None:
        self.names, self.known, self.blocks = names, known, blocks
        self.used: dict[str, Any] = {}

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """A number of a record, or something from another module."""
        of = self.names.thing(node.value)
        if of is not None:
            return self._replaced(node, self.names.element(of, node.attr))
        if ast.unparse(node) == "partners.size":
            return self._replaced(node, f"{self.names.array('partner_key')}.size")
        if isinstance(node.value, ast.Name) and isinstance(module := self.known.get(node.value.id), ModuleType) \
                and module.__name__ not in ("numpy", "math"):
            name = f"{node.value.id}__{node.attr}"
            self.used[name] = getattr(module, node.attr)
            return ast.copy_location(ast.Name(name, node.ctx), node)
        return self._expression(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """One number of a group of a record."""
        if isinstance(node.value, ast.Attribute) and (of := self.names.thing(node.value.value)) is not None:
            more = f" + {ast.unparse(self.visit(node.slice))}"
            return self._replaced(node, self.names.element(of, node.value.attr, more))
        return self._expression(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name from the kernel's module, or the place of the largest partner of each kind."""
        if node.id == "leads":
            return self._replaced(node, self.names.array("lead"))
        if node.id in self.known and node.id not in self.names.scope and isinstance(node.ctx, ast.Load):
            self.used[node.id] = self.known[node.id]
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A draw of chance; or a call, in which a starred group stands for all its numbers."""
        if isinstance(node.func, ast.Name) and node.func.id == "chance":
            stream = int(eval(compile(ast.Expression(node.args[0]), "", "eval"), dict(self.known)))
            ident = ast.unparse(self.visit(node.args[1]))
            text = f"uniform({self.names.array('seed')}[lane], np.uint64({stream}), step_, {ident})"
            return self._replaced(node, text)
        arguments: list[ast.expr] = []
        for argument in node.args:
            starred = argument.value if isinstance(argument, ast.Starred) else None
            of = self.names.thing(starred.value) if isinstance(starred, ast.Attribute) else None
            if isinstance(starred, ast.Attribute) and of is not None:
                width = self.names.width(of, starred.attr)
                if width is None:
                    raise unknown(starred)
                arguments += [self._replaced(node, self.names.element(of, starred.attr, f" + {k}")) for k in range(width)]
            else:
                arguments.append(self.visit(argument))
        return ast.copy_location(ast.Call(self.visit(node.func), arguments, node.keywords), node)

    def visit_Assign(self, node: ast.Assign) -> ast.stmt | None:
        """A short name for a record; or an ordinary assignment."""
        target = node.targets[0]
        names = target.elts if isinstance(target, ast.Tuple) else [target]
        values = node.value.elts if isinstance(node.value, ast.Tuple) and isinstance(target, ast.Tuple) else [node.value]
        things = [self.names.thing(value) for value in values]
        if len(names) == len(things) and all(isinstance(n, ast.Name) for n in names) and all(t is not None for t in things):
            for name, thing in zip(names, things, strict=True):
                if isinstance(name, ast.Name) and thing is not None:
                    self.names.scope[name.id] = thing
            return None
        return self._statement(node)

    def visit_For(self, node: ast.For) -> ast.stmt:
        """A loop over ties, sides, partners or lanes; or an ordinary one."""
        over, target = ast.unparse(node.iter), ast.unparse(node.target)
        if over == "lanes":
            return self._loop(node, f"for {target} in range(lanes):", None)
        if over == "ties":
            bounds = "first_, last_" if self.blocks else f"{self.names.array('tie_key')}.size"
            first = {f"{target}_t": f"number_ & {NOT_NEGATIVE}"}
            return self._loop(node, f"for number_ in range({bounds}):", Tie(target, first))
        if over == "partners":
            return self._loop(node, f"for {target}_n in range({self.names.array('partner_key')}.size):",
                              Partner(target, {}, f"{target}_n"))
        if over.endswith(".sides") and isinstance(tie := self.names.scope.get(over[:-6]), Tie):
            self.names.element(tie, "identity")
            return self._loop(node, f"for {target}_s in range(2):", Side(target, {}, tie, f"{target}_s"))
        return self._statement(node)

    def _loop(self, node: ast.For, head: str, item: Tie | Side | Partner | None) -> ast.stmt:
        with self._inside(node, item):
            body = self.statements(node.body)
        first = [] if item is None else ast.parse("\n".join(f"{name} = {text}" for name, text in item.needs.items())).body
        loop = ast.parse(f"{head}\n    pass").body[0]
        assert isinstance(loop, ast.For)
        loop.body = [*first, *body]
        return loop

    @contextmanager
    def _inside(self, node: ast.For, item: Tie | Side | Partner | None) -> Iterator[None]:
        before = dict(self.names.scope)
        if item is not None and isinstance(node.target, ast.Name):
            self.names.scope[node.target.id] = item
        yield
        self.names.scope = before

    def statements(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        """The statements over arrays; those that only give a record a short name are gone."""
        done = []
        for statement in statements:
            new = self.visit(statement)
            if new is not None:
                done.append(new)
        return done

    def _expression(self, node: ast.expr) -> ast.expr:
        visited = self.generic_visit(node)
        assert isinstance(visited, ast.expr)
        return visited

    def _statement(self, node: ast.stmt) -> ast.stmt:
        visited = self.generic_visit(node)
        assert isinstance(visited, ast.stmt)
        return visited

    def _replaced(self, node: Any, text: str | None) -> ast.expr:
        if text is None:
            raise unknown(node)
        new = ast.parse(text, mode="eval").body
        if hasattr(node, "ctx") and hasattr(new, "ctx"):
            new.ctx = node.ctx
        return new


def unknown(node: ast.expr) -> NameError:
    """What to raise for a number, or a group of them, that no record declares."""
    return NameError(f"line {node.lineno}: a kernel cannot read {ast.unparse(node)}: no such number is declared")


class Folder(ast.NodeTransformer):
    """Works out what is known before a kernel is compiled: the number of lanes, and sums and products of whole numbers."""

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """The number of lanes."""
        return ast.copy_location(ast.Constant(self.lanes), node) if node.id == "lanes" else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """A sum or product of whole numbers."""
        self.generic_visit(node)
        match node:
            case ast.BinOp(ast.Constant(int(left)), ast.Add(), ast.Constant(int(right))):
                return ast.copy_location(ast.Constant(left + right), node)
            case ast.BinOp(ast.Constant(int(left)), ast.Mult(), ast.Constant(int(right))):
                return ast.copy_location(ast.Constant(left * right), node)
        return node


def translated(function: ast.FunctionDef, layout: Layout, known: Mapping[str, Any], handed: Mapping[str, Record],
               working: Mapping[str, Record], blocks: bool, lanes: int) -> tuple[str, dict[str, Any]]:
    """The source of a kernel as loops over arrays of so many lanes, and what it names from elsewhere.

    handed: records of [number][lane] among its arguments; working: those that it makes for itself; blocks: whether it takes
    ties from one number up to another. Raises NameError for a name that is not declared.
    """
    arguments = [a.arg for a in function.args.args]
    names = Names(layout, {**handed, **working})
    elsewhere = {name: thing for name, thing in known.items() if name not in (*arguments, "lanes", "chance")}
    translator = Translator(names, elsewhere, blocks)
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    statements = translator.statements(body)
    quarter = "quarter" in arguments
    more = [name for name in arguments if name not in (*STRUCTURE, *working, "quarter")]
    head = ["s", *(["quarter"] if quarter else []), *(["first_", "last_"] if blocks else []), *more]
    lines = [f"def {function.name}({', '.join(head)}):"]
    lines += [f"    {name}_ = s.{ARRAYS[name]}" for name in names.arrays]
    lines += [f"    step_ = np.uint64({'quarter' if quarter else 0})"]
    lines += [f"    {name} = np.empty({len(record)} * lanes)" for name, record in working.items()]
    tree = ast.parse("\n".join(lines))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.body += statements
    return ast.unparse(ast.fix_missing_locations(Folder(lanes).visit(tree))) + "\n", translator.used
