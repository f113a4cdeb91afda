"""Numbers as people say them: forms that are declared in `telling/numbers.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from incentive_abm.words import say


@lru_cache(maxsize=1)
def number_forms() -> Mapping[str, Any]:
    """Every form by name, as it is declared."""
    return tomllib.loads((files("incentive_abm.words") / "telling" / "numbers.toml").read_text(encoding="utf-8"))


def told_number(form: str, number: float) -> str:
    """A number in one of the forms; KeyError for another, StopIteration where none of a form's steps holds."""
    declared = number_forms()[form]
    told = abs(number) if declared.get("unsigned") else number
    step = next(step for step in declared["steps"]
                if told >= step.get("least", told) and ("above" not in step or told > step["above"]))
    if "digits" not in step:
        return say(step["say"])
    # A sum with 0 leaves no minus before nothing.
    return say(step["say"], number=f"{told * step.get('times', 1) + 0.0:,.{step['digits']}f}")
