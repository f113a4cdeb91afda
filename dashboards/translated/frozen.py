"""Values that stand in a module, as they are when a page is written, in the words of a script: nothing is worked out twice."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from dashboards.translated.sources import is_translated

NameOf = Callable[[type], str]
"""What a class of ours is called in the script."""


class NotPlain(Exception):
    """A value that is no plain data."""


def frozen(value: object, name_of: NameOf) -> str:
    """The value as an expression; raises NotPlain for what cannot be told so: functions, arrays, files."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, Enum):
        return f"{name_of(_ours(type(value)))}.${value.name}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return f"{value}n" if value >= 0 else f"({value}n)"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, bytes) and type(value) is bytes:
        return f"py.bytes_of({json.dumps(list(value), separators=(',', ':'))})"
    if isinstance(value, re.Pattern):
        return f"lib.re.$compile({frozen(value.pattern, name_of)}, {value.flags & ~int(re.UNICODE)}n)"
    if is_dataclass(value) and not isinstance(value, type):
        own = ", ".join(frozen(getattr(value, each.name), name_of) for each in fields(value))
        return f"py.made({name_of(_ours(type(value)))}, [{own}])"
    return _gathered(value, name_of)


def _gathered(value: object, name_of: NameOf) -> str:
    if type(value) in (dict, MappingProxyType):
        assert isinstance(value, Mapping)
        pairs = ", ".join(f"[{frozen(key, name_of)}, {frozen(each, name_of)}]" for key, each in value.items())
        return f"py.dict_of([{pairs}])"
    if type(value) in (list, tuple, set, frozenset):
        assert isinstance(value, list | tuple | set | frozenset)
        each = value if isinstance(value, list | tuple) else sorted(value, key=repr)
        told = ", ".join(frozen(item, name_of) for item in each)
        return {list: f"[{told}]", tuple: f"py.t({told})", set: f"py.set_of([{told}])",
                frozenset: f"py.frozenset_of([{told}])"}[type(value)]
    raise NotPlain(type(value).__name__)


def number(value: float) -> str:
    """A floating-point number, its shortest digits."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "(-Infinity)"
    return f"({value!r})" if value < 0 or str(value).startswith("-") else repr(value)


def _ours(kind: type) -> type:
    if not is_translated(kind.__module__):
        raise NotPlain(kind.__name__)
    return kind


def classes_in(value: Any) -> list[type]:
    """The classes of ours whose members or records a value holds, in the order in which they are met; raises NotPlain."""
    found: dict[type, None] = {}

    def note(kind: type) -> str:
        found.setdefault(kind)
        return ""

    frozen(value, note)
    return list(found)
