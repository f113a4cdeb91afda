"""What a name in a kernel stands for: which element of which array, and what is read once before the loops over lanes."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

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


class Names:
    """The records that a kernel's names stand for, and the text of each of their numbers."""

    def __init__(self, layout: Layout, handed: Mapping[str, Record]) -> None:
        self.layout = layout
        self.scope: dict[str, Thing] = {name: Numbers(name, record) for name, record in handed.items()}
        self.scope["place"] = "place"
        self.arrays: dict[str, None] = {}

    def thing(self, node: ast.expr) -> Thing | None:
        """The record that an expression names, if it names one."""
        if isinstance(node, ast.Name):
            return self.scope.get(node.id)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "partners":
            return Partner("", {}, ast.unparse(node.slice), hoisted=False)
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
            return self._numbered(name, "tie", layout.tie, self._tie_start(of), more) or self._tie_fact(of, name)
        if isinstance(of, Side):
            # In terms of the end, not by choosing: so the compiler sees that no side's numbers are the tie's own.
            start = f"{self._tie_start(of.of)} + ({layout.side_start(0)} + {of.end} * {len(layout.side)}) * lanes"
            start = of.local("o", start)
            return self._numbered(name, "tie", layout.side, start, more) or self._side_fact(of, name)
        if isinstance(of, Partner):
            return self._of_partner(of, name, more)
        if isinstance(of, Settings):
            return self._setting(of.of, name)
        if isinstance(of, Numbers):
            known = name in of.record or name in of.record.groups
            return f"{of.array}[({of.record[name]}{more}) * lanes + lane]" if known else None
        if of == "start":
            return f"{self.array('begin')}[{layout.start_setting[name]} * lanes + lane]" if name in layout.start_setting else None
        if name == "key":
            return "np.uint64(0)"
        return self._numbered(name, "place", layout.place, "0", more)

    def _numbered(self, name: str, array: str, record: Record, start: str, more: str) -> str | None:
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
            return self._numbered(name, "partner", layout.partner, start, more)
        index = partner.local("i", partner.index)
        if name == "index":
            return index
        if name == "key":
            return partner.local("key", f"{self.array('partner_key')}[{index}]")
        if name in facts:
            return partner.local(name, f"{self.array('partner_fact')}[{index} * {len(facts)} + {facts[name]}]")
        return self._numbered(name, "partner", layout.partner,
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

    def width(self, of: Thing, group: str) -> int | None:
        """How many numbers a group of a record has; None where there is no such group."""
        records = {Tie: self.layout.tie, Side: self.layout.side, Partner: self.layout.partner}
        record = of.record if isinstance(of, Numbers) else self.layout.place if of == "place" else records.get(type(of))
        return record.groups[group][1] if record is not None and group in record.groups else None
