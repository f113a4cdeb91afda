"""Scenario files and assignments are read; every mistake in one is told in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incentive_abm.errors import ScenarioError, UserError
from incentive_abm.place import Place
from incentive_abm.scenario import (
    EventKind,
    load_scenario,
    read_assignment,
    scenario_from_text,
)

from .conftest import of, read


class TestExtending:
    def test_what_it_extends_is_taken_over_and_the_child_wins(self, tmp_path: Path, place: Place) -> None:
        (tmp_path / "base.toml").write_text(
            'title = "Base"\n[parameters]\nlistening = 0.1\nmandate = 0.5\n'
            '[kinds.trust]\nlistening = 0.2\nbailout = 0.9\n'
            '[[events]]\nquarter = 3\nwhat = "reversal"\n')
        (tmp_path / "child.toml").write_text(
            'title = "Child"\nextends = "base.toml"\n[parameters]\nlistening = 0.7\n[[events]]\nquarter = 1\n'
            'what = "reorganisation"\n')
        child = load_scenario(tmp_path / "child.toml")
        assert (child.name, child.title) == ("child", "Child")
        assert of(place, child, "RF4", "listening") == 0.7
        assert of(place, child, "RF4", "bailout") == 0.9
        assert child.settings()["mandate"] == 0.5
        assert [e.what for e in child.bound_events(place)] == [EventKind.REORGANISATION, EventKind.REVERSAL]

    def test_a_shipped_one_can_be_extended_from_anywhere(self, tmp_path: Path) -> None:
        (tmp_path / "mine.toml").write_text('title = "Mine"\nextends = "ten-lessons"\n[parameters]\nhandover = 0\n')
        mine = dict(load_scenario(tmp_path / "mine.toml").parameters)
        assert mine == dict(load_scenario("ten-lessons").parameters) | {"handover": 0.0}


BAD = [
    ("bailout == 1", r"not valid TOML: .* \(at line 2, column 10\)"),
    ("[parameters]\nbailot = 1", r"\[parameters\]: no parameter is called 'bailot' \(did you mean bailout\?\)"),
    ("[parameters]\nbailout = 2", r"\[parameters\]: bailout is 2; expected a number from 0 to 1"),
    ('[parameters]\nbailout = "much"', r"\[parameters\]: bailout is 'much'; expected a number"),
    ("[parameters]\nbailout = true", r"\[parameters\]: bailout is True; expected a number"),
    ("[parameters]\nbailout = nan", r"\[parameters\]: bailout is nan"),
    ("[parameters]\nbailout = inf", r"\[parameters\]: bailout is inf"),
    ("[parameters]\ndirectives = 1.5", "directives is 1.5; expected a whole number"),
    ('[parameters]\nprotocol = "auction"', "protocol is 'auction'; expected one of alternating, nash"),
    ("[parameters]\ntrust_income = 500", "trust_income fills holes when a place is read; a scenario cannot set it"),
    ("parameters = 3", "parameters is 3; expected a table"),
    ("tilte = 3", r"unknown key 'tilte' \(did you mean title\?\)"),
    ("question = 3", "question is 3; expected text in quotes"),
    ("[kinds.hospital]\nbailout = 1", r"\[kinds.hospital\]: kind is 'hospital'; expected one of trust, council, gp"),
    ("[kinds.trust]\nmandate = 1",
     r"\[kinds.trust\]: mandate holds for the whole place and cannot be set for one kind"),
    ("[kinds.trust]\ntrust_start = 0.5", "trust_start holds for the whole place"),
    ("kinds = []", r"kinds is \[\]; expected a table"),
    ("[kinds]\ntrust = 1", "trust is 1; expected a table"),
    ('[partners."RF4"]\nmandate = 1', r'\[partners."RF4"\]: mandate holds for the whole place'),
    ('extends = "ten-lesson"', r"extends: no scenario is called 'ten-lesson' \(did you mean ten-lessons\?\)"),
    ('extends = "gone.toml"', "extends: there is no scenario file gone.toml"),
    ("events = 3", r"events is not a list of tables; write each event under its own \[\[events\]\]"),
    ("[events]\nquarter = 3", "events is not a list of tables"),
    ('[[events]]\nwhat = "reversal"', r"\[\[events\]\] 1: quarter is missing; expected a whole number from 0"),
    ('[[events]]\nwhat = "reversal"\nquarter = -1', "quarter is -1; expected a whole number from 0"),
    ('[[events]]\nwhat = "reversal"\nquarter = 2.5', "quarter is 2.5; expected a whole number from 0"),
    ("[[events]]\nquarter = 1", "what is missing; expected one of set, reversal"),
    ('[[events]]\nquarter = 1\nwhat = "revers"', r"what is 'revers'; .* \(did you mean reversal\?\)"),
]

BAD_EVENTS = [
    ("reversal", "when = 2", r"unknown key 'when'"),
    ("reversal", "skill = 1", "skill has no meaning for 'reversal'; it takes nothing but"),
    ("reversal", "parameters = { bailout = 1 }", "parameters has no meaning for 'reversal'"),
    ("set", "", "parameters is missing"),
    ("set", "parameters = { bailuot = 1 }", r"called 'bailuot' \(did you mean bailout\?\)"),
    ("set", "parameters = { bailout = 9 }", "bailout is 9; expected"),
    ("set", "parameters = { trust_start = 0.5 }",
     "trust_start cannot change during a run; it only matters when a run starts"),
    ("set", "parameters = { gain = 0.02 }", "gain cannot change .* it only tells results apart"),
    ("set", "parameters = { tie_people = 9 }", "tie_people cannot change .* it only fills holes"),
    ("set", 'kind = "gp"; parameters = { mandate = 1 }', "mandate holds for the whole place"),
    ("set", 'kind = "gp"; partner = "A"; parameters = { bailout = 1 }', "give either kind or partner, not both"),
    ("leader", 'background = "hospital"; skill = 1', "partner is missing"),
    ("leader", 'partner = "A"; skill = 1', "background is missing; expected one of own_sector"),
    ("leader", 'partner = "A"; background = "hospitl"; skill = 1', r"mean hospital\?"),
    ("leader", 'partner = "A"; background = "hospital"', "skill is missing; expected a number"),
    ("leader", 'partner = "A"; background = "hospital"; skill = 2', "skill is 2; expected a"),
    ("leader", 'partner = 7; background = "hospital"; skill = 1', "partner is 7; expected text"),
    ("break", 'a = "A"', "b is missing; expected two ids"),
    ("break", 'a = "A"; b = "A"', "a and b are both 'A'; expected two partners"),
    ("broker", 'a = "A"; b = "B"', "scope is missing; expected a number from 0 to 1"),
    ("broker", 'a = "A"; b = "B"; scope = "all"', "scope is 'all'; expected a number"),
    ("broker", 'between = ["trust"]; scope = 1', "between is .* expected two kinds"),
    ("broker", 'between = ["trust", "dog"]; scope = 1', "between is 'dog'; expected one of"),
    ("broker", 'between = ["trust", "gp"]; a = "A"; scope = 1', "either a and b, or between"),
]


@pytest.mark.parametrize(("text", "told"), BAD, ids=[told[:50] for _, told in BAD])
def test_a_mistake_in_a_scenario_is_told_in_words(text: str, told: str) -> None:
    with pytest.raises(UserError, match=f"(?s)^try: .*{told}"):
        read(text)


@pytest.mark.parametrize(("what", "keys", "told"), BAD_EVENTS, ids=[told[:50] for _, _, told in BAD_EVENTS])
def test_a_mistake_in_an_event_is_told_in_words(what: str, keys: str, told: str) -> None:
    lines = "\n".join(keys.split("; "))
    with pytest.raises(UserError, match=rf"(?s)^try: \[\[events\]\] 1: .*{told}"):
        read(f'[[events]]\nquarter = 1\nwhat = "{what}"\n{lines}\n')


ALL_WRONG = """
question = 7
steps = 40
[[events]]
quarter = -1
what = "revers"
step = 3
[parameters]
bailot = 1
listening = 7
[partners.A]
bailot = 1
[partners.B]
bailot = 1
mandate = 1
[kinds.hospital]
bailout = 1
"""


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(ScenarioError) as refused:
        scenario_from_text(ALL_WRONG, "try")
    told = str(refused.value).splitlines()
    assert told[0].startswith("10 faults")
    for line, message in zip(told[1:], (
        "try: title is missing",
        "try: question is 7; expected text in quotes",
        "try: unknown key 'steps'; here: a scenario has no length; give --quarters to the run",
        r"try: \[\[events\]\] 1: quarter is -1",
        r"try: \[\[events\]\] 1: what is 'revers'",
        r"try: \[\[events\]\] 1: unknown key 'step'; here: quarter, counted from 0",
        r"try: \[parameters\]: no parameter is called 'bailot' .* – the same at \[partners.\"A\"\], \[partners.\"B\"\]$",
        r"try: \[parameters\]: listening is 7",
        r'try: \[partners."B"\]: mandate holds for the whole place',
        r"try: \[kinds.hospital\]: kind is 'hospital'",
    ), strict=True):
        assert re.search(message, line), line


def test_faults_of_what_it_extends_stand_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('title = "Base"\n[parameters]\nbailout = 7\nbailot = 1\n')
    (tmp_path / "child.toml").write_text('title = 3\nextends = "base.toml"\nqestion = "?"\n')
    with pytest.raises(ScenarioError, match=r"(?s)4 faults.*title is 3.*base.toml.*bailout is 7.*base.toml.*bailot.*qestion"):
        load_scenario(tmp_path / "child.toml")


@pytest.mark.parametrize(("text", "told"), [
    ("bailout", "--set bailout: expected name=value, for example --set bailout=0"),
    ("=1", "--set =1: expected name=value"),
    ("bailout=", "--set bailout=: expected name=value"),
    ("bailot=1", r"--set bailot=1: no parameter is called 'bailot' \(did you mean bailout\?\)"),
    ("bailout=2", "--set bailout=2: bailout is 2; expected a number from 0 to 1"),
    ("bailout=lots", "--set bailout=lots: bailout is 'lots'; expected a number from 0 to 1"),
    ("protocol=nahs", r"--set protocol=nahs: protocol is 'nahs'; .*\(did you mean nash\?\)"),
])
def test_a_mistake_in_an_assignment_is_told_in_words(text: str, told: str) -> None:
    with pytest.raises(UserError, match=f"^{told}"):
        read_assignment(text)


def test_an_assignment_is_read() -> None:
    assert read_assignment("bailout = 0.25") == ("bailout", 0.25)
    assert read_assignment("protocol=nash") == ("protocol", 1.0)


class TestFiles:
    def test_a_title_is_needed(self) -> None:
        with pytest.raises(ScenarioError, match="^mine: title is missing"):
            scenario_from_text("", "mine")

    def test_one_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError, match=r"there is no scenario file .*gone\.toml"):
            load_scenario(tmp_path / "gone.toml")
        with pytest.raises(ScenarioError, match=r"'todya' \(did you mean today\?\); expected a .toml file or one of "):
            load_scenario("todya")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError, match="is a folder; expected a scenario file"):
            load_scenario(tmp_path)

    def test_a_file_that_is_not_text(self, tmp_path: Path) -> None:
        (tmp_path / "odd.toml").write_bytes(b'title = "caf\xe9"')
        with pytest.raises(ScenarioError, match=r"odd\.toml: not a UTF-8 text \(byte 12\); save the file as UTF-8"):
            load_scenario(tmp_path / "odd.toml")

    def test_a_file_saved_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        (tmp_path / "bom.toml").write_bytes(b'\xef\xbb\xbftitle = "Fine"\n')
        assert load_scenario(tmp_path / "bom.toml").title == "Fine"

    def test_a_circle_of_files(self, tmp_path: Path) -> None:
        (tmp_path / "one.toml").write_text('title = "One"\nextends = "two.toml"\n')
        (tmp_path / "two.toml").write_text('title = "Two"\nextends = "one.toml"\n')
        with pytest.raises(ScenarioError, match="two.toml: extends goes round in a circle: one extends two"):
            load_scenario(tmp_path / "one.toml")

    def test_a_mistake_further_up_names_the_file_it_is_in(self, tmp_path: Path) -> None:
        (tmp_path / "base.toml").write_text('title = "Base"\n[parameters]\nbailout = 7\n')
        (tmp_path / "child.toml").write_text('title = "Child"\nextends = "base.toml"\n')
        with pytest.raises(UserError, match=r"base\.toml: \[parameters\]: bailout is 7"):
            load_scenario(tmp_path / "child.toml")
