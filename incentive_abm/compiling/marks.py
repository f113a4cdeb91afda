"""Marks that a function bears until an engine is built: as plain Python it runs, and can be stepped through, as it reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def rule(function: F) -> F:
    """Mark a rule: a pure scalar function of floats that returns one float or a tuple of them.

    A rule must not branch in ways that cannot become a selection, raise, or read anything but its arguments.
    """
    function.is_rule = True  # type: ignore[attr-defined]
    return function


def primitive(function: F) -> F:
    """Mark a function whose compiled form is another: the one of the same name in `compiling.bits`."""
    function.is_primitive = True  # type: ignore[attr-defined]
    return function


def is_rule(thing: object) -> bool:
    """Whether a rule, or a primitive that rules are made of."""
    return hasattr(thing, "is_rule") or hasattr(thing, "is_primitive")
