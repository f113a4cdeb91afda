"""Every rule says which part of the model it is, what it does and where its numbers come from, and is worked by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import incentive_abm.rules

RULES = Path(incentive_abm.rules.__file__).parent
ID = r"[VAFBCDOTRLKPQMWUNGE]\d?"
BEGINS = re.compile(rf"(Blockers|{ID}((, |–){ID})*( \([^)]*\))?)\. ")
"""The letter groups of MODEL.md: values, appraisal, fallback, bargaining, commitment, delivery, outcomes, trust, relations,
leadership, knowledge, politics, participation, money, the whole way, use, who has attention (N), compacts (G), and results that
are felt (E)."""
FROM = re.compile(r"Source: \S|[Aa]ssumed|[Bb]y definition")
NOT_COEFFICIENTS = {0.5, *range(14)}
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
    if (theme, found.name) not in called_in_tests(ast.parse(tests.read_text(encoding="utf-8"))):
        pytest.fail(f"no test of {tests.name} calls {theme}.{found.name}")


Rule = tuple[str, str]
"""Theme and name."""
KNOWN: dict[Rule, ast.FunctionDef] = {(theme, found.name): found for theme, found in rules()}
PACKAGE = RULES.parent
ELSEWHERE = ("rules", "cli", "report", "results", "place", "scenario")
"""What neither steps a run nor measures it."""
SIDES = {"engine": ("agents", "model"), "agents": ("engine",)}
"""Each executor, and the folders that belong to the other."""
ANOTHER_WAY: dict[str, set[Rule]] = {"engine": set(), "agents": {("bargaining", "acceptable_to_both")}}
"""What an executor does otherwise, to the same end: agents propose and accept in turn, as that rule's docstring explains."""


def calls(tree: ast.AST, theme: str = "") -> set[Rule]:
    """Rules that are called, under whatever name they or their themes were imported; `theme`: the rules' own file."""
    names: dict[str, tuple[str, str]] = {name: (theme, name) for rule_theme, name in KNOWN if rule_theme == theme}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("incentive_abm.rules"):
            inside = (node.module or "").removeprefix("incentive_abm.rules").lstrip(".")
            names |= {each.asname or each.name: (inside or each.name, each.name if inside else "") for each in node.names}
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            found.add(names.get(node.func.id, ("", "")))
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            found.add((names.get(node.func.value.id, ("", ""))[0], node.func.attr))
    return found & KNOWN.keys()


def called_in_tests(tree: ast.Module) -> set[Rule]:
    """Rules called by a test, or by a function of its file that a test uses."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    used = [name for name in functions if name.startswith("test_")]
    for name in used:
        mentioned = {node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
        used += [other for other in functions if other in mentioned and other not in used]
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return calls(ast.Module([*imports, *(functions[name] for name in used)], []))


def called_by(executor: str) -> set[Rule]:
    """Rules that an executor calls, itself or through what both share, and the rules that these call."""
    found: set[Rule] = set()
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] not in (*ELSEWHERE, *SIDES[executor]):
            found |= calls(ast.parse(path.read_text(encoding="utf-8")))
    todo = list(found)
    imports = {theme: [node for node in ast.parse((RULES / f"{theme}.py").read_text(encoding="utf-8")).body
                       if isinstance(node, ast.ImportFrom)] for theme, _ in KNOWN}
    while todo:
        theme, name = todo.pop()
        new = calls(ast.Module([*imports[theme], KNOWN[theme, name]], []), theme) - found
        found |= new
        todo += new
    return found


@pytest.mark.parametrize("executor", SIDES)
def test_every_rule_is_called_by_both_executors(executor: str) -> None:
    assert KNOWN.keys() - called_by(executor) == ANOTHER_WAY[executor], f"these {executor} never calls"


@pytest.mark.parametrize("text", [
    "# trust.after(1)", '"""trust.after(1)"""', "trust.after", "from incentive_abm.rules import trust\n'trust.promise_kept(1)'",
    "from incentive_abm.rules import money as trust\ntrust.{name}(1)", "{theme}.{name}(1)",
])
def test_a_mention_is_no_call(text: str) -> None:
    theme, name = next(key for key in KNOWN if key[0] == "trust")
    assert calls(ast.parse(text.format(theme=theme, name=name))) == set()


@pytest.mark.parametrize("text", [
    "from incentive_abm.rules import {theme}\n{theme}.{name}(1)", "from incentive_abm.rules.{theme} import {name} as f\nf(1)",
    "from incentive_abm.rules import {theme} as t\ndef g():\n    return 2 * t.{name}(1)",
])
def test_a_call_is_one_under_any_name(text: str) -> None:
    key = next(key for key in KNOWN if key[0] == "trust")
    assert calls(ast.parse(text.format(theme=key[0], name=key[1]))) == {key}
