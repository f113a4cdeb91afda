"""Scenarios: what differs from the defaults, for whom and from when; every mistake in a file told in words."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentive_abm.errors import ScenarioError, UserError
from incentive_abm.kinds import Background, Kind
from incentive_abm.parameters import PARAMETERS, PartnerSetting, PlaceSetting, Scope, StartSetting, names
from incentive_abm.place import Place, place_from_texts
from incentive_abm.place.shipped import shipped_place
from incentive_abm.scenario import (
    Event,
    EventKind,
    Scenario,
    load_scenario,
    read_assignment,
    scenario_from_text,
    shipped_scenarios,
)

PARTNERS = b"""id,name,kind,income_m
RF4,Riverside Hospital,trust,400
LBX,Exbridge Council,council,200
PCN1,Northside GPs,gp,9
AGE,Helping Hands,voluntary,1
"""
TIES = b"""source,target,people
RF4,LBX,900
RF4,PCN1,700
LBX,AGE,100
"""


@pytest.fixture(scope="module")
def place() -> Place:
    return place_from_texts("four", PARTNERS, TIES)


def read(text: str) -> Scenario:
    return scenario_from_text(f'title = "A try"\n{text}', "try")


def of(place: Place, scenario: Scenario, partner: str, setting: str) -> float:
    """What a partner's setting is under a scenario."""
    return float(scenario.partner_settings(place)[place.partner(partner), PartnerSetting[setting]])


class TestSettings:
    def test_what_is_not_named_keeps_its_default(self, place: Place) -> None:
        plain = read("")
        assert plain.settings() == {n: p.default for n, p in PARAMETERS.items()
                                    if p.scope in (Scope.PLACE, Scope.START, Scope.RESULT)}
        assert plain.place_settings().tolist() == [PARAMETERS[n].default for n in names(Scope.PLACE)]
        assert plain.start_settings().shape == (len(StartSetting),)
        everyone = plain.partner_settings(place)
        assert everyone.shape == (4, len(PartnerSetting))
        assert (everyone == [PARAMETERS[n].default for n in names(Scope.PARTNER)]).all()

    def test_the_narrower_wins(self, place: Place) -> None:
        scenario = read("""
            [parameters]
            listening = 0.5
            mandate = 0.4
            [kinds.trust]
            listening = 0.2
            [partners.RF4]
            listening = 0.9
            [kinds.council]
            bailout = 0.1
        """)
        assert of(place, scenario, "PCN1", "listening") == 0.5
        assert of(place, scenario, "RF4", "listening") == 0.9
        assert of(place, scenario, "LBX", "bailout") == 0.1
        assert of(place, scenario, "RF4", "bailout") == PARAMETERS["bailout"].default
        assert scenario.place_settings()[PlaceSetting.mandate] == 0.4
        assert scenario.settings()["mandate"] == 0.4

    def test_a_value_set_from_outside_holds_for_everyone(self, place: Place) -> None:
        scenario = load_scenario("always-bailed-out")
        assert of(place, scenario, "RF4", "bailout") == 1.0
        changed = scenario.with_overrides({"bailout": 0})
        assert of(place, changed, "RF4", "bailout") == 0.0
        assert changed.title == scenario.title
        assert dict(changed.kinds)[Kind.TRUST], "what was not overridden stays"

    def test_a_choice_is_set_by_its_word(self) -> None:
        assert read("").with_overrides({"protocol": "nash"}).settings()["protocol"] == 1.0

    def test_the_same_values_have_the_same_hash_whatever_they_are_called(self) -> None:
        one = read("[parameters]\nbailout = 0.25")
        other = scenario_from_text('title = "Else"\nquestion = "Why?"\n[parameters]\nbailout = 0.25', "else")
        assert one.hash == other.hash
        assert one.hash == read("").with_overrides({"bailout": 0.25}).hash
        assert one.hash != read("").hash
        assert read(f"[parameters]\nbailout = {PARAMETERS['bailout'].default}").hash == read("").hash

    def test_a_scenario_travels_between_processes(self) -> None:
        for scenario in shipped_scenarios().values():
            assert pickle.loads(pickle.dumps(scenario)) == scenario


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


class TestEvents:
    def test_settings_change_for_the_place_and_for_partners(self, place: Place) -> None:
        law, own, kind = read("""
            [[events]]
            quarter = 8
            what = "set"
            title = "A law"
            parameters = { mandate = 0.5, payment_reform = 0.9 }
            [[events]]
            quarter = 9
            what = "set"
            partner = "AGE"
            parameters = { listening = 1 }
            [[events]]
            quarter = 10
            what = "set"
            kind = "gp"
            parameters = { turnover = 0.2 }
        """).bound_events(place)
        assert law.title == "A law"
        assert law.place_updates == ((PlaceSetting.mandate, 0.5),)
        assert law.partner_updates == ((PartnerSetting.payment_reform, 0.9),)
        assert law.partners == (0, 1, 2, 3)
        assert own.partners == (place.partner("AGE"),)
        assert own.place_updates == ()
        assert kind.partners == (place.partner("PCN1"),)

    def test_a_partner_or_a_kind_gets_a_leader(self, place: Place) -> None:
        one, trusts = read("""
            [[events]]
            quarter = 12
            what = "leader"
            partner = "LBX"
            background = "integrator"
            skill = 0.8
            [[events]]
            quarter = 12
            what = "leader"
            kind = "trust"
            background = "hospital"
            skill = 0
        """).bound_events(place)
        assert (one.partners, one.background, one.skill) == ((place.partner("LBX"),), Background.INTEGRATOR, 0.8)
        assert (trusts.partners, trusts.background, trusts.skill) == ((place.partner("RF4"),), Background.HOSPITAL, 0.0)
        assert one.title == "a new leader"

    def test_an_agreement_is_broken_or_brokered(self, place: Place) -> None:
        broken, brokered, many = read("""
            [[events]]
            quarter = 5
            what = "break"
            a = "LBX"
            b = "RF4"
            [[events]]
            quarter = 6
            what = "broker"
            a = "AGE"
            b = "LBX"
            scope = 0.3
            [[events]]
            quarter = 7
            what = "broker"
            between = ["gp", "trust"]
            scope = 1
        """).bound_events(place)
        assert broken.ties == (place.tie("RF4", "LBX"),)
        assert (brokered.ties, brokered.scope) == ((place.tie("LBX", "AGE"),), 0.3)
        assert (many.ties, many.scope) == ((place.tie("PCN1", "RF4"),), 1.0)

    def test_they_come_by_quarter_and_else_as_written(self, place: Place) -> None:
        bound = read("""
            events = [{ quarter = 9, what = "reversal", title = "b" }, { quarter = 2, what = "reorganisation" },
                      { quarter = 9, what = "reorganisation", title = "a" }]
        """).bound_events(place)
        assert [(event.quarter, event.title) for event in bound] == [
            (2, "a reorganisation from above"), (9, "b"), (9, "a")]


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


@pytest.mark.parametrize(("text", "told"), [
    ('[partners."RF5"]\nbailout = 1', r"scenario try: \[partners.'RF5'\]: .*no partner with id 'RF5' \(did.*RF4\?\)"),
    ('[[events]]\nquarter = 4\nwhat = "leader"\npartner = "LBZ"\nbackground = "hospital"\nskill = 1',
     r"event 1 \(quarter 4\): .*no partner with id 'LBZ' \(did you mean LBX\?\)"),
    ('[[events]]\nquarter = 4\nwhat = "break"\na = "RF4"\nb = "PCN2"', r"no partner with id 'PCN2' \(did.*PCN1\?\)"),
    ('[[events]]\nquarter = 4\nwhat = "break"\na = "RF4"\nb = "AGE"', "no tie between"),
])
def test_what_the_place_does_not_have_is_told_in_words(place: Place, text: str, told: str) -> None:
    scenario = read(text)
    bind = scenario.bound_events if scenario.events else scenario.partner_settings
    with pytest.raises(ScenarioError, match=told):
        bind(place)


def test_an_event_made_in_code_is_checked_as_one_in_a_file() -> None:
    with pytest.raises(ScenarioError, match="quarter is -2; expected 0 or later"):
        Event(quarter=-2, what=EventKind.REVERSAL)
    with pytest.raises(ScenarioError, match="scope has no meaning for 'break'"):
        Event(quarter=1, what=EventKind.BREAK, a="A", b="B", scope=0.5)
    with pytest.raises(ScenarioError, match="protocol is 0.5; expected a whole number"):
        Scenario(name="x", title="X", parameters=(("protocol", 0.5),))


class TestShipped:
    def test_there_are_those_that_were_promised(self) -> None:
        assert next(iter(shipped_scenarios())) == "today"
        assert set(shipped_scenarios()) >= {
            "today", "ten-lessons", "trust-alone", "money-first", "declared-from-above", "waiting-for-the-election",
            "always-bailed-out", "targets-everywhere", "relations-first", "integrators-in-charge", "unitingcare-like",
            "torbay-like", "canterbury-like", "reversal"}

    def test_today_changes_nothing(self) -> None:
        assert load_scenario("today").hash == read("").hash

    @pytest.mark.parametrize("name", shipped_scenarios())
    def test_each_asks_a_room_a_question_and_fits_any_place(self, name: str, place: Place) -> None:
        scenario = load_scenario(name)
        assert scenario.question.endswith("?")
        assert scenario.about.endswith((".", ")"))
        assert scenario.source
        for somewhere in (place, shipped_place()):
            assert scenario.partner_settings(somewhere).shape == (len(somewhere), len(PartnerSetting))
            for event in scenario.bound_events(somewhere):
                assert event.quarter < 60
                assert event.partners or event.ties or event.what in (EventKind.REVERSAL, EventKind.REORGANISATION)
        assert all(event.title for event in scenario.events)

    def test_no_two_are_the_same(self) -> None:
        hashes = [scenario.hash for scenario in shipped_scenarios().values()]
        assert len(set(hashes)) == len(hashes)


def values_of(*scopes: Scope) -> st.SearchStrategy[dict[str, float]]:
    """Overrides of parameters of these scopes, as the table stores them."""
    def stored(name: str) -> st.SearchStrategy[float]:
        row = PARAMETERS[name]
        if row.whole or row.choices:
            return st.integers(int(row.low), int(row.high)).map(float)
        return st.floats(row.low, row.high)
    known = [name for name, row in PARAMETERS.items() if row.scope in scopes]
    return st.sets(st.sampled_from(known), max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries({name: stored(name) for name in sorted(chosen)}))


def pairs(values: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((name, values[name]) for name in PARAMETERS if name in values)


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.strip).filter(bool)
shares = st.floats(0.0, 1.0)
quarters = st.integers(0, 80)
events = st.one_of(
    st.builds(Event, quarter=quarters, title=words,
              what=st.sampled_from([EventKind.REVERSAL, EventKind.REORGANISATION])),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.SET), kind=st.sampled_from(Kind),
              parameters=values_of(Scope.PARTNER).filter(bool).map(pairs)),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.SET),
              parameters=values_of(Scope.PARTNER, Scope.PLACE).filter(bool).map(pairs)),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.LEADER), partner=words, skill=shares,
              background=st.sampled_from(Background)),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.BROKER), scope=shares,
              between=st.tuples(st.sampled_from(Kind), st.sampled_from(Kind))),
    st.builds(Event, quarter=quarters, what=st.just(EventKind.BREAK), a=words.map("a".__add__),
              b=words.map("b".__add__)),
)
narrowed = values_of(Scope.PARTNER).filter(bool).map(pairs)
scenarios = st.builds(
    Scenario, name=st.just("made"), title=words, question=words, about=words, source=words,
    parameters=values_of(Scope.PLACE, Scope.PARTNER, Scope.START, Scope.RESULT).map(pairs),
    kinds=st.dictionaries(st.sampled_from(Kind), narrowed).map(lambda d: tuple(sorted(d.items()))),
    partners=st.dictionaries(words, narrowed, max_size=2).map(lambda d: tuple(sorted(d.items()))),
    events=st.lists(events, max_size=3).map(tuple),
)


@settings(max_examples=150)
@given(scenarios)
def test_a_scenario_written_out_reads_back(scenario: Scenario) -> None:
    again = scenario_from_text(scenario.to_toml(), "made")
    assert again == scenario
    assert again.hash == scenario.hash


@given(values_of(Scope.PLACE, Scope.PARTNER, Scope.START))
def test_settings_say_what_was_set(place: Place, values: dict[str, float]) -> None:
    scenario = read("").overlaid(values)
    told = dict(zip(names(Scope.PLACE), scenario.place_settings(), strict=True))
    told |= dict(zip(names(Scope.START), scenario.start_settings(), strict=True))
    told |= dict(zip(names(Scope.PARTNER), scenario.partner_settings(place)[0], strict=True))
    assert all(told[name] == values.get(name, PARAMETERS[name].default) for name in told)
    assert np.ptp(scenario.partner_settings(place), axis=0).max() == 0.0
