"""Another rule in the place of a shipped one: what a user may write, and what is said of what cannot be used."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from incentive_abm import UserError, rule_set
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet, loaded
from incentive_abm.rivals.catalogue import RIVALS, shipped_rules

OWN = '''"""Mine."""
from incentive_abm.rules.trust import evidence_for as as_shipped

KEPT = 0.9
NAMES = ["a"]

def faded(alpha):
    if alpha > 1.0:
        return KEPT * alpha
    return alpha

def fixed_memory(alpha, kept, credited, scope, trust_memory, prior):
    return faded(alpha) + scope * kept * credited

def halved(alpha, kept, credited, scope, trust_memory, prior):
    return 0.5 * as_shipped(alpha, kept, credited, scope, trust_memory, prior)

def too_few(alpha, kept):
    return alpha

def other_order(kept, alpha, credited, scope, trust_memory, prior):
    return alpha

def a_text(alpha, kept, credited, scope, trust_memory, prior):
    if kept > 0.5:
        return "kept"
    return alpha

def a_whole_number(alpha, kept, credited, scope, trust_memory, prior):
    return 1

def nothing(alpha, kept, credited, scope, trust_memory, prior):
    if kept > 0.5:
        return alpha

def two(alpha, kept, credited, scope, trust_memory, prior):
    return alpha, kept

def endless(alpha, kept, credited, scope, trust_memory, prior):
    return alpha + (kept - kept) / (trust_memory - trust_memory)

def no_number(alpha, kept, credited, scope, trust_memory, prior):
    return alpha * 1e308 * 1e308 - alpha * 1e308 * 1e308

def reads_a_list(alpha, kept, credited, scope, trust_memory, prior):
    return alpha * len(NAMES)
'''


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A user's file of rules."""
    (tmp_path / "mine.py").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_a_function_of_a_users_file_stands_in_the_place_of_a_rule(own: Path) -> None:
    rules = rule_set("trust.evidence_for=mine.py:fixed_memory", folder=own)
    assert rules.instead["trust.evidence_for"](2.0, 1.0, 1.0, 0.5, 0.0, 0.0) == pytest.approx(2.3)
    assert rules.told == "trust.evidence_for=mine.py:fixed_memory"
    assert rules.hash != SHIPPED.hash


def test_a_set_is_the_same_wherever_it_is_sent_and_another_once_its_file_changes(own: Path) -> None:
    rules = rule_set("trust.evidence_for=mine.py:fixed_memory", "bargaining=nash", folder=own)
    again = pickle.loads(pickle.dumps(rules))
    assert again == rules
    assert again is not rules
    assert hash(again) == hash(rules)
    (own / "mine.py").write_text(OWN.replace("KEPT = 0.9", "KEPT = 0.8"), encoding="utf-8")
    assert rule_set("trust.evidence_for=mine.py:fixed_memory", "bargaining=nash", folder=own) != rules


def test_the_shipped_rules_by_name_are_the_shipped_set() -> None:
    assert rule_set("bargaining=shipped", "trust=evidence", "trust.evidence_for=shipped") is SHIPPED
    assert rule_set() is SHIPPED


@pytest.mark.parametrize(("choice", "said"), [
    ("trust.evidence_for=mine.py:fixed_memry", ["mine.py", "did you mean fixed_memory?"]),
    ("trust.evidence_for=nowhere.py:fixed_memory", ["nowhere.py", "No such file"]),
    ("trust.evidence_for=mine.py:too_few", ["mine.py", "line 18, too_few", "(alpha, kept)", "takes 6",
                                            "alpha, kept, credited, scope, trust_memory, prior"]),
    ("trust.evidence_for=mine.py:other_order", ["in this order"]),
    ("trust.evidence_for=mine.py:a_text", ["cannot be compiled", "a_text"]),
    ("trust.evidence_for=mine.py:a_whole_number", ["whole number", "write 1.0"]),
    ("trust.evidence_for=mine.py:nothing", ["nothing in some case"]),
    ("trust.evidence_for=mine.py:two", ["2 numbers", "expected one number"]),
    ("trust.evidence_for=mine.py:endless", ["ZeroDivisionError", "trust_memory ="]),
    ("trust.evidence_for=mine.py:no_number", ["nan", "alpha ="]),
    ("trust.evidence_for=mine.py:reads_a_list", ["reads NAMES, a list"]),
    ("trust.evidnce_for=mine.py:two", ["did you mean trust.evidence_for?"]),
    ("trust.evidence_for=fixed_memory", ["FILE.py:FUNCTION"]),
    ("arithmetic.clip=mine.py:two", ["cannot be replaced", "arithmetic"]),
    ("bargaining.acceptable_to_both=mine.py:two", ["cannot be replaced", "bargaining.appeal"]),
    ("bargaining=nahs", ["did you mean nash?"]),
    ("nash", ["chooses no rule"]),
])
def test_what_cannot_be_used_is_told_with_its_place(own: Path, choice: str, said: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        rule_set(choice, folder=own)
    for words in said:
        assert words in str(caught.value)


def test_two_choices_that_replace_one_rule_are_refused(own: Path) -> None:
    with pytest.raises(UserError, match="both replace trust.evidence_after"):
        rule_set("trust=bayesian", "trust.evidence_after=mine.py:two", folder=own)
    with pytest.raises(UserError, match="chosen twice"):
        rule_set("trust=bayesian", "trust=image")


def test_a_file_that_is_no_python_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("x = 1\ndef f(:\n")
    with pytest.raises(UserError, match=r"broken.py, line 2: not Python"):
        rule_set("trust.evidence_for=broken.py:f", folder=tmp_path)
    (tmp_path / "stops.py").write_text("x = 1\ny = x / 0\n")
    with pytest.raises(UserError, match=r"stops.py, line 2: .*ZeroDivisionError"):
        rule_set("trust.evidence_for=stops.py:f", folder=tmp_path)


def test_a_rule_may_call_the_shipped_one_whose_place_it_takes(own: Path) -> None:
    from incentive_abm.compiling.as_python import reading

    rules = rule_set("trust.evidence_for=mine.py:halved", folder=own)
    shipped = shipped_rules()["trust.evidence_for"]
    point = (2.0, 1.0, 1.0, 0.5, 0.9, 1.0)
    assert reading(rules).rule(shipped)(*point) == 0.5 * shipped(*point)


def test_a_rule_with_an_argument_of_any_name_can_be_replaced(tmp_path: Path) -> None:
    arguments = "practice, tried, works, autonomy, accountability, experiment_rate"
    (tmp_path / "mine.py").write_text(f"def unmoved({arguments}):\n    return practice\n")
    rules = rule_set("delivery.practice_tried=mine.py:unmoved", folder=tmp_path)
    assert list(rules.instead) == ["delivery.practice_tried"]


def test_every_rival_names_rules_that_exist_and_takes_their_arguments() -> None:
    from inspect import signature

    for theme, rivals in RIVALS.items():
        for name, rival in rivals.items():
            for rule, function in rival.instead.items():
                assert list(signature(function).parameters) == list(signature(shipped_rules()[rule]).parameters), (theme, name)
                assert "Source: " in (function.__doc__ or "") or "By definition" in (function.__doc__ or ""), function


def test_a_loaded_function_knows_its_text() -> None:
    found = loaded("def f(x):\n    return x\n", "f.py")
    assert RuleSet({"values.persuasion": found["f"]}).hash == RuleSet({"values.persuasion": found["f"]}, "told otherwise").hash
