"""A scenario as the text of a TOML file that reads back as the same scenario."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from incentive_abm.kinds import Kind
from incentive_abm.parameters import PARAMETERS
from incentive_abm.scenario.events import Event, Values


def to_toml(words: Mapping[str, str], everyone: Values, kinds: Iterable[tuple[Kind, Values]],
            partners: Iterable[tuple[str, Values]], events: Iterable[Event]) -> str:
    """Everything a scenario says, with what it extends written out; `words` are its title and other texts."""
    lines = [f"{key} = {_text(text)}" for key, text in words.items() if text]
    lines += _table("[parameters]", everyone)
    for kind, values in kinds:
        lines += _table(f"[kinds.{kind.code}]", values)
    for partner, values in partners:
        lines += _table(f"[partners.{_text(partner)}]", values)
    for event in events:
        lines += ["", "[[events]]", *_event(event)]
    return "\n".join(lines) + "\n"


def _event(event: Event) -> list[str]:
    lines = [f"quarter = {event.quarter}", f"what = {_text(event.what.code)}"]
    if event.title:
        lines.append(f"title = {_text(event.title)}")
    if event.parameters:
        lines.append(f"parameters = {{ {', '.join(_assignment(name, value) for name, value in event.parameters)} }}")
    if event.kind is not None:
        lines.append(f"kind = {_text(event.kind.code)}")
    if event.background is not None:
        lines.append(f"background = {_text(event.background.name.lower())}")
    for key, text in (("partner", event.partner), ("a", event.a), ("b", event.b)):
        if text is not None:
            lines.append(f"{key} = {_text(text)}")
    if event.between is not None:
        lines.append(f"between = [{', '.join(_text(kind.code) for kind in event.between)}]")
    for key, number in (("skill", event.skill), ("scope", event.scope)):
        if number is not None:
            lines.append(f"{key} = {number!r}")
    return lines


def _table(heading: str, values: Values) -> list[str]:
    return ["", heading, *(_assignment(name, value) for name, value in values)] if values else []


def _assignment(name: str, value: float) -> str:
    shown = PARAMETERS[name].show(value)
    return f"{name} = {_text(shown) if isinstance(shown, str) else repr(shown)}"


def _text(text: str) -> str:
    """A TOML basic string: JSON's escapes, and DEL, which TOML alone forbids."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
