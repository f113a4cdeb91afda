"""A user's own measures: the same bits on both executors and by every way of running, and plain words for bad ones."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from two_executors import small_place

from incentive_abm import IntegrationModel, UserError, load_scenario, own_measures, read_run, rule_set, run
from incentive_abm.cli.executor_choice import on_mesa, recorded
from incentive_abm.cli.main import main
from incentive_abm.engine.run import Record
from incentive_abm.measured_runs import Measured
from incentive_abm.measures import Measure
from incentive_abm.rules.trust import mean_trust
from incentive_abm.state.arrays import PARTNER, PARTNER_SETTING, PLACE, PLACE_SETTING, TIE_WIDTH
from incentive_abm.state.facts import PARTNER_FACT, TIE_FACT
from incentive_abm.state.start import start
from incentive_abm.user_measures import OwnReader
from incentive_abm.user_measures.records import OF_PARTNER, OF_PLACE, OF_TIE

EXAMPLES = Path(__file__).parents[2] / "examples"
SHIPPED = ("my_measures.py:weakest_trust", "my_measures.py:left_alone")
OWN = '''
from incentive_abm.rules.appraisal import breadth
from incentive_abm.rules.trust import mean_trust
import math

LIST = [1.0]

def form_again(ties, partners, place):
    """The shipped form, once more (0..1)."""
    total = 0.0
    for tie in ties:
        total += tie.weight * breadth(tie.scope_money, tie.scope_staff, tie.scope_information)
    return total

def half(x):
    return 0.5 * x

def trust_again(ties, partners, place):
    """The shipped mean trust,
    once more (0..1).

    More is not told."""
    total = 0.0
    for tie in ties:
        total += tie.weight * half(mean_trust(tie.alpha_a, tie.beta_a) + mean_trust(tie.alpha_b, tie.beta_b))
    return total

def incomes(ties, partners, place):
    """Incomes of both ends, over ties, and a setting (£m)."""
    total = place.seamless_quality
    for tie in ties:
        total += partners[tie.a].income + partners[tie.b].income * partners[tie.b].bailout
    return total

def integration(ties, partners, place):
    """Taken (0..1)."""
    return 1.0

def Mandate(ties, partners, place):
    """Taken (0..1)."""
    return 1.0

def regime(ties, partners, place):
    """Taken (0..1)."""
    return 1.0

def other_order(partners, ties, place):
    """Of others (0..1)."""
    return 1.0

def no_doc(ties, partners, place):
    return 1.0

def no_unit(ties, partners, place):
    """Something."""
    return 1.0

def misspelt(ties, partners, place):
    """Something (0..1)."""
    return ties[0].scope_mony

def elsewhere(ties, partners, place):
    """Something (0..1)."""
    return ties[0].income

def a_text(ties, partners, place):
    """Something (0..1)."""
    return "much"

def two(ties, partners, place):
    """Something (0..1)."""
    return 1.0, 2.0

def reads_a_module(ties, partners, place):
    """Something (0..1)."""
    return math.exp(ties[0].weight)

def reads_a_list(ties, partners, place):
    """Something (0..1)."""
    return LIST[0]

def makes_a_file(ties, partners, place):
    """Something (0..1)."""
    open("made", "w")
    return 1.0

def divides(ties, partners, place):
    """Nothing by nothing, before anything is shared (0..1)."""
    return ties[0].scope_money / ties[0].scope_money

def beyond(ties, partners, place):
    """What is not there (0..1)."""
    return ties[len(ties)].weight
'''


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A user's file of measures."""
    (tmp_path / "mine.py").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_a_measure_written_like_a_shipped_one_gives_its_numbers_in_every_quarter_and_run(own: Path) -> None:
    chosen = own_measures("mine.py:form_again", "mine.py:trust_again", folder=own)
    assert [(each.name, each.meaning, each.unit) for each in chosen] == [
        ("form_again", "The shipped form, once more (0..1)", "0..1"),
        ("trust_again", "The shipped mean trust, once more (0..1)", "0..1")]
    found = run(small_place(), load_scenario("ten-lessons"), range(1, 4), 6, own=chosen)
    assert found.measures is not None
    assert found.own.shape == (3, 6, 2)
    np.testing.assert_allclose(found.own, found.measures[:, :, [Measure.FORM, Measure.TRUST]], rtol=1e-12)
    assert found.own[:, -1, 0].min() > 0.0


def test_both_executors_give_the_same_bits_and_a_run_is_the_same_run_with_and_without() -> None:
    chosen, scenario = own_measures(*SHIPPED, folder=EXAMPLES), load_scenario("today")
    usual = run(small_place(), scenario, [1, 2, 3], 6, Record.EVENTS)
    engine = list(recorded("engine", small_place(), scenario, [1, 2, 3], 6, Record.EVENTS, own=chosen))
    assert len(engine) == 1
    assert usual.measures is not None
    for name in ("measures", "partners", "ties", "last"):
        assert np.array_equal(getattr(engine[0], name), getattr(usual, name)), name
    assert engine[0].endings.time_to_stall.tobytes() == usual.endings.time_to_stall.tobytes()
    assert np.array_equal(engine[0].endings.regime, usual.endings.regime)
    assert usual.logs is not None
    assert [len(log) for log in engine[0].logs or ()] == [len(log) for log in usual.logs]
    for k, seed in enumerate((1, 2, 3)):
        mesa = on_mesa(small_place(), scenario, seed, 6, Record.EVENTS, own=chosen)
        assert isinstance(mesa, Measured)
        assert isinstance(engine[0], Measured)
        assert mesa.own[0].tobytes() == engine[0].own[k].tobytes()


def test_a_measure_reads_rules_as_the_runs_have_them(tmp_path: Path) -> None:
    least = "\ndef least(alpha, beta):\n    return 0.25 * alpha / (alpha + beta)\n"
    (tmp_path / "mine.py").write_text(OWN + least, encoding="utf-8")
    reader = OwnReader(own_measures("mine.py:trust_again", folder=tmp_path))
    state = start(small_place(), [load_scenario("today")], [1])
    usual = reader.of(state, 1)[0, 0]
    quarter = OwnReader(reader.measures, rule_set("trust.mean_trust=mine.py:least", folder=tmp_path)).of(state, 1)[0, 0]
    assert quarter == pytest.approx(0.25 * usual)


def test_a_measure_sees_what_an_agent_holds() -> None:
    model = IntegrationModel(small_place(), "ten-lessons", seed=2, quarters=4)
    model.run_model()
    chosen = own_measures("my_measures.py:weakest_trust", folder=EXAMPLES)
    by_hand = min(mean_trust(side.alpha, side.beta) for tie in model.ties for side in tie.sides)
    assert OwnReader(chosen).of(model.arrays(), 1)[0, 0] == by_hand


def test_names_of_records_stand_for_one_number_each() -> None:
    # A name that two of them shared would hide one.
    facts = (len(TIE_FACT), len(PARTNER_FACT))
    assert len(OF_TIE) == 2 + facts[0] + TIE_WIDTH
    assert len(OF_PARTNER) == facts[1] + len(PARTNER) + len(PARTNER_SETTING)
    assert len(OF_PLACE) == len(PLACE) + len(PLACE_SETTING)


def test_partners_are_found_from_ties_and_settings_are_those_in_force(own: Path) -> None:
    place = small_place()
    scenario = load_scenario("today").with_overrides({"bailout": 0.5, "seamless_quality": 0.25})
    found = OwnReader(own_measures("mine.py:incomes", folder=own)).of(start(place, [scenario], [1]), 1)[0, 0]
    incomes = place.partners.income
    assert found == pytest.approx(0.25 + float((incomes[place.ties.a] + 0.5 * incomes[place.ties.b]).sum()))


@pytest.mark.parametrize(("name", "said"), [
    ("form_agin", ["mine.py", "did you mean form_again?"]),
    ("integration", ["integration is the name of a measure already"]),
    ("Mandate", ["name of a parameter already"]),
    ("regime", ["name of a column of results already"]),
    ("other_order", ["mine.py, line", "(partners, ties, place)", "def other_order(ties, partners, place)"]),
    ("no_doc", ["docstring is missing", "Trust on the weakest tie (0..1)"]),
    ("no_unit", ["docstring tells no unit"]),
    ("misspelt", ["no number scope_mony", "did you mean scope_money?", "state.md"]),
    ("elsewhere", ["income is a number of partners"]),
    ("a_text", ["gives a text", "expected one number"]),
    ("two", ["2 numbers", "expected one number"]),
    ("reads_a_module", ["reads the module math", "incentive_abm.rules.arithmetic"]),
    ("reads_a_list", ["reads LIST, a list"]),
    ("makes_a_file", ["cannot be compiled"]),
])
def test_what_cannot_be_used_is_told_with_its_place(own: Path, name: str, said: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        own_measures(f"mine.py:{name}", folder=own)
    for words in said:
        assert words in str(caught.value)


def test_one_name_is_measured_once(own: Path) -> None:
    with pytest.raises(UserError, match="another measure of your own"):
        own_measures("mine.py:form_again", "mine.py:form_again", folder=own)
    with pytest.raises(UserError, match=r"FILE.py:FUNCTION"):
        own_measures("form_again", folder=own)


@pytest.mark.parametrize(("name", "said"), [
    ("divides", "the measure divides is nan; expected a finite number"), ("beyond", "the measure beyond stops with IndexError"),
    ("misspelt", "did you mean scope_money?"),
])
def test_a_run_with_a_bad_measure_leaves_what_is_there(own: Path, name: str, said: str, capsys: pytest.CaptureFixture[str],
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(own)
    before = sorted(own.rglob("*"))
    assert main(["run", "--seeds", "1", "--quarters", "2", "--out", "out", "--measure", f"mine.py:{name}"]) != 0
    assert said in capsys.readouterr().err
    assert sorted(own.rglob("*")) == before


def test_a_runs_folder_holds_the_columns_with_unit_and_meaning_and_the_file_itself(tmp_path: Path,
                                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written = [f"{EXAMPLES}/{each}" for each in SHIPPED]
    arguments = ["run", "--seeds", "2", "--quarters", "3", "--out", "out", "--record", "measures"]
    assert main([*arguments, *(each for name in written for each in ("--measure", name))]) == 0
    folder = read_run("out")
    assert folder.measures["weakest_trust"].between(0.01, 0.99).all()
    assert (folder.runs["left_alone"].to_numpy() == folder.measures.groupby("run")["left_alone"].last().to_numpy()).all()
    columns = {each["name"]: each for each in folder.manifest["tables"]["measures.parquet"]["columns"]}
    assert columns["left_alone"]["unit"] == "count"
    assert columns["left_alone"]["meaning"].startswith("Partners with ties that share money with no one")
    told = folder.manifest["own_measures"][1]
    assert told["hash"] == own_measures(*SHIPPED, folder=EXAMPLES)[1].hash
    assert told["text"] == (EXAMPLES / "my_measures.py").read_text(encoding="utf-8")
    assert f"--measure {written[0]}" in folder.manifest["again"]


def test_a_measure_is_the_same_wherever_it_is_sent_and_another_once_its_file_changes(own: Path) -> None:
    chosen = own_measures("mine.py:form_again", folder=own)
    assert pickle.loads(pickle.dumps(chosen)) == chosen
    (own / "mine.py").write_text(OWN.replace("0.5 * x", "0.4 * x"), encoding="utf-8")
    assert own_measures("mine.py:form_again", folder=own)[0].hash != chosen[0].hash
