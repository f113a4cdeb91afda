"""The pages: HTML templates in `static/pages`, filled with the page's sentences, and the scripts that each of them needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dashboards.english import STATIC, messages
from incentive_abm import EXPLORATION

LONGEST_NOTE = 4000
"""Letters of one of the workshop's notes."""
IMPORTED = re.compile(r'^(?:import|export) [^;]*"stage/([^"]+)";$', re.MULTILINE)


def scripts(first: str) -> dict[str, str]:
    """The text of a script and of everything that it imports, by path below `static`."""
    found: dict[str, str] = {}
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (STATIC / name).read_text(encoding="utf-8")
            waiting += IMPORTED.findall(found[name])
    return dict(sorted(found.items()))


@lru_cache
def _template(name: str) -> Template:
    loader = FileSystemLoader(STATIC / "pages", encoding="utf-8")
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=True, auto_reload=False).get_template(name)


def page(name: str, **more: Any) -> str:
    """One page as text; a name that the template asks for and nobody gives raises jinja2's UndefinedError."""
    return _template(name).render(words=_named({**messages(), "caution": EXPLORATION}), longest_note=LONGEST_NOTE, **more)


def _named(found: Any) -> Any:
    """Messages as attributes, so that none is hidden by a method of dict; lists stay as they are."""
    return SimpleNamespace(**{name: _named(each) for name, each in found.items()}) if isinstance(found, Mapping) else found
