"""How a kernel that reads like the agents (`side.partner.skill`, `tie.settings.listening`) becomes loops over flat arrays.

A kernel loops over `ties`, `tie.sides`, `partners` and `lanes`; inside, records are named as agents name them. Each name
becomes one element of one array, [item][field][lane]; what does not differ by lane (facts, keys, where a record begins) is
read once before the loop over lanes, so that this loop can become vector code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from incentive_abm.compiling.layout import Layout, Record

ARRAYS = {
    "tie": "tie", "partner": "partner", "place": "place", "q": "partner_setting", "w": "place_setting",
    "begin": "start_setting", "tie_fact": "tie_fact", "partner_fact": "partner_fact", "end_a": "a", "end_b": "b",
    "tie_key": "tie_key", "side_a_key": "side_a_key", "side_b_key": "side_b_key", "partner_key": "partner_key",
    "seed": "seed", "lead": "lead",
}
"""Arrays by the names that generated code gives them, and their names among a run's arrays."""
STRUCTURE = ("ties", "partners", "place", "leads")
"""Arguments that a kernel finds among a run's arrays; all others are handed over."""
NOT_NEGATIVE = "0x7FFFFFFF"
"""A mask that tells the compiler that an index is not negative, without which it makes no vector code."""


@dataclass
class Item:
    """One tie or partner of a loop, or one side: its own local names, written before the loops over lanes."""

    name: str
    needs: dict[str, str]

    def local(self, what: str, text: str) -> str:
        """A local name that holds this."""
        name = f"{self.name}_{what}"
        self.needs.setdefault(name, text)
        return name


@dataclass
class Tie(Item):
    """A tie of a loop over ties."""


@dataclass
class Side(Item):
    """One side of a tie: `end` is 0 or 1, or the name of the loop's variable; `of` is the tie."""

    of: Tie
    end: int | str

    def pick(self, a: str, b: str, across: bool = False) -> str:
        """What belongs to this side (or to the one across), of what belongs to a and to b."""
        if across:
            a, b = b, a
        if isinstance(self.end, int):
            return (a, b)[self.end]
        return f"({a} if {self.end} == 0 else {b})"


@dataclass
class Partner(Item):
    """A partner: `index` is the text of its number."""

    index: str
    hoisted: bool = True


@dataclass
class Settings:
    """The settings in force for a tie, a partner or the place, or those of the start."""

    of: Tie | Partner | str


@dataclass
class Numbers:
    """An array of [number][lane] handed over, or working numbers."""

    array: str
    record: Record


Thing = Tie | Side | Partner | Settings | Numbers | str


class Translator(ast.NodeTransformer):
    """Turns one kernel's source into a function of (arrays, further arguments)."""

    def __init__(self, layout: Layout, known: Mapping[str, Any], handed: Mapping[str, Record], blocks: bool) -> None:
        self.layout, self.known, self.blocks = layout, known, blocks
        self.scope: dict[str, Thing] = {name: Numbers(name, record) for name, record in handed.items()}
        self.scope["place"] = "place"
        self.arrays: dict[str, None] = {}
        self.used: dict[str, Any] = {}
        self.items: list[Item] = []

    # What a name stands for -------------------------------------------------------------------------------------------

    def thing(self, node: ast.expr) -> Thing | None:
        """The record that an expression names, if it names one."""
        if isinstance(node, ast.Name):
            return self.scope.get(node.id)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "partners":
            return Partner("", {}, ast.unparse(self.visit(node.slice)), hoisted=False)
        if not isinstance(node, ast.Attribute):
            return None
        of, name = self.thing(node.value), node.attr
        if isinstance(of, Tie) and name in ("a", "b"):
            return Side(f"{of.name}_{name}", of.needs, of, 0 if name == "a" else 1)
        if isinstance(of, Side):
            return self._beside(of, name)
        if name == "settings" and (isinstance(of, Tie | Partner) or of == "place"):
            return Settings(of)
        return "start" if of == "place" and name == "start" else None

    def _beside(self, side: Side, name: str) -> Thing | None:
        tie = side.of
        if name in ("partner", "other"):
            a, b = (tie.local(f"p{e}", f"{self.array(f'end_{e}')}[{tie.name}_t] & {NOT_NEGATIVE}") for e in "ab")
            return Partner(f"{side.name}_{name}", side.needs, side.pick(a, b, across=name == "other"))
        if name == "across":
            end = 1 - side.end if isinstance(side.end, int) else f"(1 - {side.end})"
            return Side(f"{side.name}_across", side.needs, tie, end)
        return tie if name == "tie" else None

    def array(self, name: str) -> str:
        """Note that an array is used; its local name."""
        self.arrays[name] = None
        return f"{name}_"

    def element(self, of: Thing, name: str, more: str = "") -> str | None:
        """The text of one number of a record; `more` is added to its place, for a group. None where there is none."""
        layout = self.layout
        if isinstance(of, Tie):
            if name == "index":
                return f"{of.name}_t"
            return self._numbered(of, name, "tie", layout.tie, self._tie_start(of), more) or self._tie_fact(of, name)
        if isinstance(of, Side):
            start = f"{self._tie_start(of.of)} + {of.pick(str(layout.side_start(0)), str(layout.side_start(1)))} * lanes"
            start = of.local("o", start)
            return self._numbered(of, name, "tie", layout.side, start, more) or self._side_fact(of, name)
        if isinstance(of, Partner):
            return self._of_partner(of, name, more)
        if isinstance(of, Settings):
            return self._setting(of.of, name)
        if isinstance(of, Numbers):
            known = name in of.record or name in of.record.groups
            return f"{of.array}[({of.record[name]}{more}) * lanes + lane]" if known else None
        if of == "start":
            return f"{self.array('begin')}[{layout.start_setting[name]} * lanes + lane]"
        if name == "key":
            return "np.uint64(0)"
        return f"{self.array('place')}[{layout.place[name]} * lanes + lane]" if name in layout.place else None

    def _numbered(self, of: Item, name: str, array: str, record: Record, start: str, more: str) -> str | None:
        if name not in record and name not in record.groups:
            return None
        return f"{self.array(array)}[{start} + ({record[name]}{more}) * lanes + lane]"

    def _tie_start(self, tie: Tie) -> str:
        return tie.local("o", f"{tie.name}_t * {self.layout.tie_width} * lanes")

    def _tie_fact(self, tie: Tie, name: str) -> str | None:
        if name == "key":
            return tie.local("key", f"{self.array('tie_key')}[{tie.name}_t]")
        facts = self.layout.tie_fact
        if name not in facts:
            return None
        return tie.local(name, f"{self.array('tie_fact')}[{tie.name}_t * {len(facts)} + {facts[name]}]")

    def _side_fact(self, side: Side, name: str) -> str | None:
        if name == "sign":
            return side.local("sign", side.pick("1.0", "-1.0"))
        if name == "key":
            a, b = (f"{self.array(f'side_{end}_key')}[{side.of.name}_t]" for end in "ab")
            return side.local("key", side.pick(a, b))
        if name not in self.layout.sides:
            return None
        of_a, of_b = (self._tie_fact(side.of, fact) for fact in self.layout.sides[name])
        return side.local(name, side.pick(str(of_a), str(of_b)))

    def _of_partner(self, partner: Partner, name: str, more: str) -> str | None:
        layout, facts = self.layout, self.layout.partner_fact
        if not partner.hoisted:
            start = f"({partner.index}) * {len(layout.partner)} * lanes"
            return self._numbered(partner, name, "partner", layout.partner, start, more)
        index = partner.local("i", partner.index)
        if name == "index":
            return index
        if name == "key":
            return partner.local("key", f"{self.array('partner_key')}[{index}]")
        if name in facts:
            return partner.local(name, f"{self.array('partner_fact')}[{index} * {len(facts)} + {facts[name]}]")
        return self._numbered(partner, name, "partner", layout.partner,
                              partner.local("o", f"{index} * {len(layout.partner)} * lanes"), more)

    def _setting(self, of: Thing, name: str) -> str | None:
        """A setting in force, whoever has it: the place, or each partner; on a tie, the mean of both partners'."""
        layout = self.layout
        if name in layout.place_setting:
            return f"{self.array('w')}[{layout.place_setting[name]} * lanes + lane]"
        if name not in layout.partner_setting or of == "place":
            return None
        if isinstance(of, Tie):
            one, other = (self._setting(self._beside(Side(f"{of.name}_{e}", of.needs, of, k), "partner") or "", name)
                          for k, e in enumerate("ab"))
            return f"(0.5 * ({one} + {other}))"
        if not isinstance(of, Partner):
            return None
        start = of.local("q", f"{of.local('i', of.index)} * {len(layout.partner_setting)} * lanes")
        return f"{self.array('q')}[{start} + {layout.partner_setting[name]} * lanes + lane]"

    # Statements and expressions ---------------------------------------------------------------------------------------

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """A number of a record, or something from another module."""
        of = self.thing(node.value)
        if of is not None:
            return self._replaced(node, self.element(of, node.attr))
        if ast.unparse(node) == "partners.size":
            return self._replaced(node, f"{self.array('partner_key')}.size")
        if isinstance(node.value, ast.Name) and isinstance(module := self.known.get(node.value.id), ModuleType) \
                and module.__name__ not in ("numpy", "math"):
            name = f"{node.value.id}__{node.attr}"
            self.used[name] = getattr(module, node.attr)
            return ast.copy_location(ast.Name(name, node.ctx), node)
        return self._expression(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """One number of a group of a record."""
        if isinstance(node.value, ast.Attribute) and (of := self.thing(node.value.value)) is not None:
            more = f" + {ast.unparse(self.visit(node.slice))}"
            return self._replaced(node, self.element(of, node.value.attr, more))
        return self._expression(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name from the kernel's module, or the place of the largest partner of each kind."""
        if node.id == "leads":
            return self._replaced(node, self.array("lead"))
        if node.id in self.known and node.id not in self.scope and isinstance(node.ctx, ast.Load):
            self.used[node.id] = self.known[node.id]
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A draw of chance; or a call, in which a starred group stands for all its numbers."""
        if isinstance(node.func, ast.Name) and node.func.id == "chance":
            stream = int(eval(compile(ast.Expression(node.args[0]), "", "eval"), dict(self.known)))
            text = f"uniform({self.array('seed')}[lane], np.uint64({stream}), step_, {ast.unparse(self.visit(node.args[1]))})"
            return self._replaced(node, text)
        arguments: list[ast.expr] = []
        for argument in node.args:
            starred = argument.value if isinstance(argument, ast.Starred) else None
            of = self.thing(starred.value) if isinstance(starred, ast.Attribute) else None
            if isinstance(starred, ast.Attribute) and of is not None:
                width = range(self._width(of, starred.attr))
                arguments += [self._replaced(node, self.element(of, starred.attr, f" + {k}")) for k in width]
            else:
                arguments.append(self.visit(argument))
        return ast.copy_location(ast.Call(self.visit(node.func), arguments, node.keywords), node)

    def _width(self, of: Thing, group: str) -> int:
        records = {Tie: self.layout.tie, Side: self.layout.side, Partner: self.layout.partner}
        return next(record for kind, record in records.items() if isinstance(of, kind)).groups[group][1]

    def visit_Assign(self, node: ast.Assign) -> ast.stmt | None:
        """A short name for a record; or an ordinary assignment."""
        target = node.targets[0]
        names = target.elts if isinstance(target, ast.Tuple) else [target]
        values = node.value.elts if isinstance(node.value, ast.Tuple) and isinstance(target, ast.Tuple) else [node.value]
        things = [self.thing(value) for value in values]
        if len(names) == len(things) and all(isinstance(n, ast.Name) for n in names) and all(t is not None for t in things):
            for name, thing in zip(names, things, strict=True):
                if isinstance(name, ast.Name) and thing is not None:
                    self.scope[name.id] = thing
            return None
        return self._statement(node)

    def visit_For(self, node: ast.For) -> ast.stmt:
        """A loop over ties, sides, partners or lanes; or an ordinary one."""
        over, target = ast.unparse(node.iter), ast.unparse(node.target)
        if over == "lanes":
            return self._loop(node, f"for {target} in range(lanes):", None)
        if over == "ties":
            bounds = "first_, last_" if self.blocks else f"{self.array('tie_key')}.size"
            first = {f"{target}_t": f"number_ & {NOT_NEGATIVE}"}
            return self._loop(node, f"for number_ in range({bounds}):", Tie(target, first))
        if over == "partners":
            return self._loop(node, f"for {target}_n in range({self.array('partner_key')}.size):",
                              Partner(target, {}, f"{target}_n"))
        if over.endswith(".sides") and isinstance(tie := self.scope.get(over[:-6]), Tie):
            self.element(tie, "identity")
            return self._loop(node, f"for {target}_s in range(2):", Side(target, {}, tie, f"{target}_s"))
        return self._statement(node)

    def _loop(self, node: ast.For, head: str, item: Tie | Side | Partner | None) -> ast.stmt:
        with self._inside(node, item):
            body = self._body(node.body)
        first = [] if item is None else ast.parse("\n".join(f"{name} = {text}" for name, text in item.needs.items())).body
        loop = ast.parse(f"{head}\n    pass").body[0]
        assert isinstance(loop, ast.For)
        loop.body = [*first, *body]
        return loop

    @contextmanager
    def _inside(self, node: ast.For, item: Tie | Side | Partner | None) -> Iterator[None]:
        before = dict(self.scope)
        if item is not None and isinstance(node.target, ast.Name):
            self.scope[node.target.id] = item
        yield
        self.scope = before

    def _body(self, statements: list[ast.stmt]) -> list[ast.stmt]:
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
            raise NameError(f"line {node.lineno}: a kernel cannot read {ast.unparse(node)}: no such number is declared")
        new = ast.parse(text, mode="eval").body
        if hasattr(node, "ctx") and hasattr(new, "ctx"):
            new.ctx = node.ctx
        return new


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
    translator = Translator(layout, {k: v for k, v in known.items() if k not in arguments and k not in ("lanes", "chance")},
                            {**handed, **working}, blocks)
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    statements = translator._body(body)
    quarter = "quarter" in arguments
    more = [name for name in arguments if name not in (*STRUCTURE, *working, "quarter")]
    head = ["s", *(["quarter"] if quarter else []), *(["first_", "last_"] if blocks else []), *more]
    lines = [f"def {function.name}({', '.join(head)}):"]
    lines += [f"    {name}_ = s.{ARRAYS[name]}" for name in translator.arrays]
    lines += [f"    step_ = np.uint64({'quarter' if quarter else 0})"]
    lines += [f"    {name} = np.empty({len(record)} * lanes)" for name, record in working.items()]
    tree = ast.parse("\n".join(lines))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.body += statements
    return ast.unparse(ast.fix_missing_locations(Folder(lanes).visit(tree))) + "\n", translator.used
