"""Markdown for the generated parts of the documents: tables, names that can be linked to, headings and their anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable


def cell(text: str) -> str:
    """A text as the cell of a Markdown table: nothing in it is taken for markup."""
    plain = " ".join(text.split())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    titles = list(head)
    lines = [f"| {' | '.join(titles)} |", "|" + "---|" * len(titles)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def linked(name: str) -> str:
    """A name in the first cell of a row, which links can lead to."""
    return f'<a id="{name}"></a>`{name}`'


def heading(text: str) -> str:
    """A text as a heading: its first letter is a capital."""
    return f"## {text[0].upper()}{text[1:]}"


def anchor(title: str) -> str:
    """The name by which a heading can be linked to, as code hosts make it."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
