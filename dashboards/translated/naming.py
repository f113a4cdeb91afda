"""What things are called in a script: definitions of ours by module, libraries by the scripts that stand in for them."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboards.translated.reach import Key, Outside, resolved

RESERVED = frozenset({
    "Array", "BigInt", "Infinity", "Map", "NaN", "Number", "Object", "Set", "String", "Symbol", "arguments", "await",
    "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "eval",
    "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof",
    "interface", "let", "lib", "new", "null", "package", "private", "protected", "public", "py", "return", "static", "super",
    "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void", "while", "with", "yield",
})
"""Words that mean something to a script."""


class NotTranslated(Exception):
    """A piece of a source that the translation does not know."""


@dataclass
class Naming:
    """The names of a script."""

    instead: Mapping[Key, Key] = field(default_factory=dict)
    modules: dict[str, int] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    builtin: set[str] = field(default_factory=set)

    def of(self, thing: Key | Outside) -> str:
        """A definition's name, the same wherever it is used; or where a library's stand-in holds something."""
        if isinstance(thing, tuple):
            thing = self.instead.get(thing, thing)
            return f"{thing[1]}${self.modules.setdefault(thing[0], len(self.modules))}"
        where = f"lib.{thing.module.replace('.', '_')}" + (f".${thing.name}" if thing.name else "")
        self.outside.add(where)
        return where

    def of_class(self, kind: type) -> str:
        """A class's name."""
        return self.of((kind.__module__, kind.__name__))

    def at_top(self, module: str, name: str) -> str:
        """What a name that is none of a function's own is called."""
        found = resolved(module, name)
        if isinstance(found, str):
            raise NotTranslated(f"{module}: the module {name} as a value")
        if found is not None:
            return self.of(found)
        if not hasattr(builtins, name):
            raise NotTranslated(f"{module}: {name} is nothing known")
        self.builtin.add(name)
        return f"py.{name}"


def local(name: str) -> str:
    """A function's own name."""
    return f"{name}_" if name in RESERVED else name
