"""Nothing of the model stands twice, once in Python and once in the page's scripts: no sentence, no threshold, no default."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dashboards
import incentive_abm
from dashboards import english
from dashboards.english import STATIC
from incentive_abm import EXPLORATION
from incentive_abm.kinds import Blocker, Kind, Regime, Talk, Value
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS
from incentive_abm.scenario import EventKind
from incentive_abm.words import messages
from tools import model_words

DRAWN = STATIC.parent.parent / model_words.SCRIPT
SCRIPTS = {path.relative_to(STATIC).as_posix(): path.read_text(encoding="utf-8") for path in sorted(STATIC.rglob("*.js"))
           if path != DRAWN}
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$|(?<= )//[^\n]*$", re.DOTALL | re.MULTILINE)
FEW_WORDS = 2
"""A text of fewer words than this may be the same by chance."""


def texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    else:
        for each in held.values() if isinstance(held, Mapping) else held:
            yield from texts(each)


def of_python() -> set[str]:
    """Every text that Python declares for people: messages, labels, meanings."""
    labels = [each.label for kind in (Blocker, EventKind, Regime, Talk, Value) for each in kind]  # type: ignore[attr-defined]
    declared = [text for p in PARAMETERS.values() for text in (p.label, p.meaning)] + [m.meaning for m in Measure]
    return {*messages().values(), *labels, *declared, *(kind.label for kind in Kind), EXPLORATION}


def plain(text: str) -> str:
    """A text without what may differ though the words are the same."""
    return re.sub(r"\{\w*[^}]*\}", "{}", text).strip(" .,:;").lower()


def several_words(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", plain(text))) >= FEW_WORDS


def test_no_text_of_python_stands_among_the_pages_messages() -> None:
    ours, theirs = ({plain(text) for text in found if several_words(text)} for found in (of_python(), texts(english.messages())))
    assert len(ours) > 300
    assert len(theirs) > 300
    assert not ours & theirs


def test_no_text_of_python_stands_in_a_script() -> None:
    whole = {text for text in of_python() if several_words(text) and "{" not in text}
    for name, script in SCRIPTS.items():
        if "/english/" not in name:
            code = COMMENTS.sub("", script)
            assert not [text for text in whole if text in code], name


FRACTIONS = {
    "model/compiled.js": {"0.5"},  # the middle of the worlds
    "model/run_values.js": {"0.5"},  # the mean of two
    "words/numbers.js": {"0.1"},  # digits that mean something
    "words/partner_and_tie.js": {"0.003", "0.05"},  # when a balance is even, when strain is worth a word
    "session/effect.js": {"0.005"},  # what can be seen on a screen
}
"""The fractions in the rooms that tell and compute, each with what it is: nothing that the model knows."""


def test_rooms_that_tell_and_compute_hold_no_number_of_the_model() -> None:
    found = {}
    for name, script in SCRIPTS.items():
        if name.split("/")[0] in ("model", "words", "session") and "/english/" not in name:
            code = re.sub(r"`[^`]*`|\"[^\"]*\"", "", COMMENTS.sub("", script))
            if fractions := set(re.findall(r"(?<![\w.])\d*\.\d+", code)):
                found[name] = fractions
    assert found == FRACTIONS


def constants_of(package: Path) -> dict[str, set[float]]:
    """The numbers that modules declare under a name of capitals."""
    found: dict[str, set[float]] = {}
    for path in package.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            value = node.value.value if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) else None
            if isinstance(node, ast.Assign) and isinstance(value, int | float):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, set()).add(float(value))
    return found


def test_no_named_number_of_python_is_declared_in_a_script_again() -> None:
    known = [constants_of(Path(package.__file__ or "").parent) for package in (incentive_abm, dashboards)]
    assert "LEAST_SHARE" in known[0]
    for name, script in SCRIPTS.items():
        for constant, number in re.findall(r"\b([A-Z][A-Z_]+) = (\d+(?:\.\d+)?)\b", script):
            assert not any(float(number) in each.get(constant, ()) for each in known), f"{name}: {constant}"


MARKS = {"bailout"}
"""Marks of the timeline that a setting happens to be called by too."""


def test_no_script_that_tells_or_computes_names_a_setting() -> None:
    """A setting has a default and a meaning, both from the table; what is about one alone has a name for its purpose."""
    for name, script in SCRIPTS.items():
        if name.split("/")[0] in ("model", "words", "session") and "/english/" not in name:
            code = COMMENTS.sub("", script)
            assert not ({*PARAMETERS} - MARKS) & {*re.findall(r"[\"'`](\w+)[\"'`]", code)}, name
