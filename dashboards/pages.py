"""The HTML of the pages: templates in `static/pages`, filled with the page's sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dashboards.english import STATIC, messages


@lru_cache
def _template(name: str) -> Template:
    loader = FileSystemLoader(STATIC / "pages", encoding="utf-8")
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=True, auto_reload=False).get_template(name)


def page(name: str, **more: str) -> str:
    """One page as text; a name that the template asks for and nobody gives raises jinja2's UndefinedError."""
    return _template(name).render(words=_named(messages()), **more)


def _named(found: Any) -> Any:
    """Messages as attributes, so that none is hidden by a method of dict; lists stay as they are."""
    return SimpleNamespace(**{name: _named(each) for name, each in found.items()}) if isinstance(found, Mapping) else found
