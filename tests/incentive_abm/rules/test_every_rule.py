"""Every rule says which part of the model it is, what it does and where its numbers come from, and is worked by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import incentive_abm.rules

RULES = Path(incentive_abm.rules.__file__).parent
ID = r"[VAFBCDOTRLKPQM]\d?"
BEGINS = re.compile(rf"(Blockers|{ID}((, |–){ID})*( \([^)]*\))?)\. ")
"""The letter groups of MODEL.md: values, appraisal, fallback, bargaining, commitment, delivery, outcomes, trust, relations,
leadership, knowledge, politics, participation, money."""
FROM = re.compile(r"Source: \S|[Aa]ssumed|[Bb]y definition")
NOT_COEFFICIENTS = {0.5, *range(13)}
"""Half-way between off and on, and the whole numbers that name and count things."""


def rules() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(RULES.glob("*.py")):
        for item in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(item, ast.FunctionDef) and any(getattr(d, "id", "") == "rule" for d in item.decorator_list):
                yield path.stem, item


EVERY = [pytest.param(theme, found, id=f"{theme}.{found.name}") for theme, found in rules()]
OF_THE_MODEL = [param for param in EVERY if param.values[0] != "arithmetic"]


def test_rules_are_found() -> None:
    assert len(EVERY) > 90


@pytest.mark.parametrize(("theme", "found"), OF_THE_MODEL)
def test_a_rule_begins_with_its_number_and_says_what_it_does(theme: str, found: ast.FunctionDef) -> None:
    text = ast.get_docstring(found) or ""
    begins = BEGINS.match(text)
    if begins is None:
        pytest.fail(f"{theme}.{found.name}: the docstring begins with {text[:20]!r}, not with the rule's number")
    if len(text) < begins.end() + 20:
        pytest.fail(f"{theme}.{found.name}: says nothing beyond its number")


@pytest.mark.parametrize(("theme", "found"), EVERY)
def test_a_rule_says_where_its_numbers_come_from(theme: str, found: ast.FunctionDef) -> None:
    body = ast.Module(found.body[1:], [])
    numbers = {node.value for node in ast.walk(body) if isinstance(node, ast.Constant) and isinstance(node.value, float)}
    coefficients = sorted(numbers - NOT_COEFFICIENTS)
    if coefficients and not FROM.search(ast.get_docstring(found) or ""):
        pytest.fail(f"{theme}.{found.name}: no source for {coefficients}; give 'Source: …', say 'assumed' or 'by definition'")


@pytest.mark.parametrize(("theme", "found"), EVERY)
def test_a_rule_is_worked_by_hand(theme: str, found: ast.FunctionDef) -> None:
    tests = Path(__file__).with_name(f"test_{theme}.py")
    assert tests.exists(), f"no {tests.name} for rules/{theme}.py"
    called = re.compile(rf"\b{theme}\.{found.name}\(")
    if not called.search(tests.read_text(encoding="utf-8")):
        pytest.fail(f"{tests.name} never calls {theme}.{found.name}")
