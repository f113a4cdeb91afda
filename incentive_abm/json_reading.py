"""JSON that we wrote ourselves, read back: checked against one declared form before anything is made of it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from incentive_abm.errors import UserError, quoted
from incentive_abm.files import readable, why

Form: TypeAlias = Any
"""What a value must be: str, bool or float (a finite number); `Whole`; `Each(form)` of any names; {name: form}, of which every
name must be there and others may; [form], a list; a tuple of words, one of them; a tuple of forms, any one; None, nothing."""


@dataclass(frozen=True)
class Whole:
    """A whole number within limits."""

    low: int
    high: int | None = None


@dataclass(frozen=True)
class Each:
    """An object in which every name has a value of one form."""

    form: Form


def read_json(path: Path, form: Form, error: type[UserError], advice: str = "") -> Any:
    """What a file holds. Raises `error` naming the file, and the key that is not as declared; `advice` ends the message."""
    more = f"; {advice}" if advice else ""
    try:
        value = json.loads(readable(path).read_text(encoding="utf-8"))
    except OSError as wrong:
        raise error(f"{path} cannot be read: {why(wrong)}{more}") from None
    except (ValueError, RecursionError):
        raise error(f"{path} is damaged: it is not the JSON that was written{more}") from None
    found = unfit(value, form)
    if found:
        raise error(f"{path} is damaged: {found}{more}")
    return value


def unfit(value: object, form: Form, at: str = "") -> str:
    """What is not as declared, with its key; "" where all is."""
    if isinstance(form, dict | Each):
        if not isinstance(value, Mapping):
            return _told(value, form, at)
        names = value if isinstance(form, Each) else form
        for name in names:
            key = f"{at}.{name}" if at else str(name)
            if name not in value:
                return f"{key} is missing"
            wrong = unfit(value[name], form.form if isinstance(form, Each) else form[name], key)
            if wrong:
                return wrong
        return ""
    if isinstance(form, list):
        if not isinstance(value, list):
            return _told(value, form, at)
        return next(filter(None, (unfit(each, form[0], f"{at}[{k}]") for k, each in enumerate(value))), "")
    return "" if _is(value, form) else _told(value, form, at)


def _is(value: object, form: Form) -> bool:
    if isinstance(form, tuple):
        return any(value == each if isinstance(each, str) else not unfit(value, each) for each in form)
    if form is None:
        return value is None
    if isinstance(form, Whole):
        return _whole(value) and value >= form.low and (form.high is None or value <= form.high)  # type: ignore[operator]
    if form is float:
        return not isinstance(value, bool) and isinstance(value, int | float) and math.isfinite(value)
    return isinstance(value, form)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _told(value: object, form: Form, at: str) -> str:
    return f"{at or 'it'} is {quoted(value)}, expected {_words(form)}"


def _words(form: Form) -> str:
    if isinstance(form, dict | Each):
        return "an object of names and values"
    if isinstance(form, list):
        return "a list"
    if isinstance(form, tuple):
        return " or ".join(each if isinstance(each, str) else _words(each) for each in form)
    if isinstance(form, Whole):
        return f"a whole number from {form.low:,}" + ("" if form.high is None else f" to {form.high:,}")
    return {str: "text", bool: "true or false", float: "a number", None: "nothing"}[form]
