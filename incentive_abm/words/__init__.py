"""Sentences as data: files of messages, `NAME.toml` here, hold English texts by id, with named places for what changes.

Which facts are told is decided in code; how they are told stands here alone. `say("stories.shock", …)` is the message `shock`
of `stories.toml`. A message with plural forms is a table of `one` and `many`, chosen by its place `number`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any


@lru_cache(maxsize=1)
def messages() -> Mapping[str, str]:
    """Every text by its id: file, tables and key, joined by points; plural forms end in `.one` and `.many`."""
    found = (entry for entry in files("incentive_abm.words").iterdir() if entry.name.endswith(".toml"))
    return MappingProxyType({name: text for entry in sorted(found, key=lambda entry: entry.name) for name, text in _flat(
        entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")))})


def say(name: str, /, **places: object) -> str:
    """The message with its places filled; raises ValueError unless these are its places exactly, KeyError for an unknown id."""
    texts = messages()
    text = texts[name if name in texts else f"{name}.{'one' if places.get('number') == 1 else 'many'}"]
    if places.keys() != places_of(text):
        raise ValueError(f"message {name} has the places {', '.join(sorted(places_of(text)))}; given {', '.join(sorted(places))}")
    return text.format_map(places)


@cache
def places_of(text: str) -> frozenset[str]:
    """Names of the places in a text."""
    return frozenset(place for _, place, _, _ in Formatter().parse(text) if place)


def _flat(name: str, held: str | dict[str, Any]) -> Iterator[tuple[str, str]]:
    if isinstance(held, str):
        yield name, held
    else:
        for key, inner in held.items():
            yield from _flat(f"{name}.{key}", inner)
