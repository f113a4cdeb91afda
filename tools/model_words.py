"""The model's own words as a script of the page: messages, tellings, forms of numbers, names of regimes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from incentive_abm.kinds import Regime
from incentive_abm.results.stories.telling import tellings
from incentive_abm.words import messages
from incentive_abm.words.numbers import number_forms

SCRIPT = "dashboards/static/words/model_words.js"
TOLD = ("stories.", "numbers.")
"""Files of messages that tellings and forms of numbers name."""


def script() -> str:
    """The script's text: an ES module whose body is plain JSON."""
    held = {"messages": {name: said for name, said in messages().items() if name.startswith(TOLD)}, "rows": tellings(),
            "numbers": number_forms(), "regimes": {regime.code: regime.label for regime in Regime}}
    groups = ",\n".join(f'"{group}": {{\n{_lines(told)}\n}}' for group, told in held.items())
    return ("// The model's own words, drawn from incentive_abm by `make documents`; they are changed there.\n"
            f"export default {{\n{groups}\n}};\n")


def _lines(told: Mapping[str, Any]) -> str:
    """A table with one entry a line."""
    return ",\n".join(f"{json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}" for name, each in told.items())
