"""A study is a question in a file: what it says is checked to the last word before anything is written."""

import re
from pathlib import Path

import pytest
from small_study import SMALL, plan_of

from experiments.study import Method, load_study, shipped_studies, study_from_text
from experiments.study.neighbours import DESIGN, FACTOR, METHODS, STUDY
from experiments.study.study_reading import KEYS
from incentive_abm.cli import main
from incentive_abm.errors import UserError
from incentive_abm.parameters import PARAMETERS, Role
from incentive_abm.scenario import load_scenario

SOURCES = {
    "bail-outs",
    "trust-without-objectives",
    "the-election",
    "targets-against-relations",
    "who-leads",
    "money-or-values-first",
    "how-many-partners",
    "ten-lessons-one-in",
    "ten-lessons-one-out",
}


def test_a_study_for_each_question_of_the_sources_is_shipped() -> None:
    assert set(shipped_studies()) >= SOURCES | {"demo", "everything"}


@pytest.mark.parametrize("name", shipped_studies())
def test_every_shipped_study_asks_a_question_and_can_be_planned(name: str) -> None:
    study = load_study(name)
    assert study.question.endswith("?")
    assert study.source
    design = study.design()
    assert len(design) > 1
    assert list(design.columns[-len(study.factors) :]) == [each.name for each in study.factors]
    assert study.replicates >= 4


def test_everything_varies_every_lever_and_every_uncertainty() -> None:
    study = load_study("everything")
    varied = {each.name for each in study.factors}
    assert varied == {name for name, p in PARAMETERS.items() if p.role in (Role.LEVER, Role.UNCERTAINTY)}
    assert study.method is Method.SOBOL
    assert len(study.design()) * study.replicates >= 100_000


def test_the_ten_lessons_all_in_are_the_scenario_of_that_name_and_all_out_is_today() -> None:
    for name, base, end in (("ten-lessons-one-in", "today", "ten-lessons"), ("ten-lessons-one-out", "ten-lessons", "today")):
        study = load_study(name)
        everything: dict[str, float] = {}
        for each in study.factors:
            everything |= each.overrides(True)
        assert study.scenarios[0][0] == base
        assert load_scenario(base).overlaid(everything).hash == load_scenario(end).hash
        followed = study.design()[[each.name for each in study.factors]].sum(axis=1)
        assert sorted(followed) == [0, *[1] * len(study.factors)]


def test_replicate_k_has_the_same_luck_everywhere_unless_told_otherwise() -> None:
    study = study_from_text(SMALL, "small", Path())
    assert study.luck(3, 0) == study.luck(3, 17) != study.luck(4, 0)
    other = study_from_text("common_luck = false\n" + SMALL, "small", Path())
    assert other.luck(3, 0) != other.luck(3, 17)
    assert all(0 <= study.luck(k, 0) < 2**63 for k in range(1000))


FUTURES = """
title = "Futures"
question = "Whose luck?"
luck_by_future = true
replicates = 2
[levers.bailout]
[uncertainties.turnover]
[design]
method = "crossed"
futures = 5
"""


def test_policies_of_a_future_may_share_luck_that_no_other_future_has() -> None:
    plan = plan_of(FUTURES)
    seeds: dict[int, set[tuple[int, int]]] = {}
    for index in range(plan.n_chunks):
        chunk = plan.chunk(index)
        for point, replicate, seed in chunk.runs:
            future = int(plan.design["future"].iloc[chunk.points[point].number])
            seeds.setdefault(future, set()).add((replicate, seed))
    assert {len(each) for each in seeds.values()} == {2}
    assert len({seed for each in seeds.values() for _, seed in each}) == 10
    common = plan_of(FUTURES.replace("luck_by_future = true", ""))
    assert common.fingerprint["common luck"] == "True" != plan.fingerprint["common luck"]


def test_chunks_hold_every_run_once_and_are_named_by_what_they_contain() -> None:
    plan = plan_of()
    chunks = [plan.chunk(k) for k in range(plan.n_chunks)]
    runs = [(chunk.points[k].number, replicate) for chunk in chunks for k, replicate, _ in chunk.runs]
    assert sorted(runs) == [(point, replicate) for point in range(24) for replicate in range(8)]
    assert [len(chunk.runs) for chunk in chunks] == [plan.chunk_runs(k) for k in range(plan.n_chunks)]
    assert [chunk.id for chunk in chunks] == [plan_of().chunk_id(k) for k in range(plan.n_chunks)]
    moved = plan_of(SMALL.replace("quarters = 12", "quarters = 13"))
    assert not {chunk.id for chunk in chunks} & {moved.chunk_id(k) for k in range(moved.n_chunks)}


BAD = {
    "imprecise": (SMALL + "[stop]\nprecision = 0\n", "precision is 0; expected a number above 0"),
    "unknown rule": (SMALL + "[stop]\nprecison = 0.1\n", r"unknown key 'precison' \(did you mean precision"),
    "not TOML": ("title = ", "not valid TOML"),
    "no title": (SMALL.replace('title = "Small"', ""), "title is missing"),
    "no question": (SMALL.replace('question = "Does it come out the same?"', ""), "question is missing"),
    "unknown key": (SMALL.replace("quarters", "quaters"), r"unknown key 'quaters' \(did you mean quarters\?\)"),
    "quarters as text": (SMALL.replace("quarters = 12", 'quarters = "12"'), "quarters is '12'; expected a whole number from 8"),
    "too few quarters": (SMALL.replace("quarters = 12", "quarters = 4"), "quarters is 4"),
    "no replicates": (SMALL.replace("replicates = 8", "replicates = 0"), "replicates is 0"),
    "seed 0": ("seed = 0\n" + SMALL, "seed is 0; expected a whole number from 1"),
    "luck as a number": ("common_luck = 1\n" + SMALL, "common_luck is 1; expected true or false"),
    "luck of futures without futures": ("luck_by_future = true\n" + SMALL, "luck_by_future needs the design crossed"),
    "luck of futures and of runs": ("common_luck = false\n" + FUTURES, "contradict each other"),
    "unknown outcome": ('outcome = "integraton"\n' + SMALL, r"outcome is 'integraton' \(did you mean integration\?\)"),
    "unknown regime": ('outcome = "regime:stalling"\n' + SMALL, r"did you mean regime:stalled\?"),
    "unknown measure": (SMALL.replace('keep = ["trust"]', 'keep = ["trsut"]'), r"keep: no measure is called 'trsut'"),
    "keep as text": (SMALL.replace('keep = ["trust"]', 'keep = "trust"'), "keep is 'trust'; expected a list"),
    "unknown parameter": (
        SMALL.replace("[factors.bailout]", "[factors.bailot]"),
        r"no parameter is called 'bailot' \(did you mean",
    ),
    "range outside": (
        SMALL.replace("[factors.bailout]", "[factors.bailout]\nhigh = 1.5"),
        "bailout is 1.5; expected a number from 0 to 1",
    ),
    "range upside down": (
        SMALL.replace("[factors.bailout]", "[factors.bailout]\nlow = 0.9\nhigh = 0.1"),
        "expected low below high",
    ),
    "range as text": (SMALL.replace("[factors.bailout]", '[factors.bailout]\nlow = "0"'), "low is '0'; expected a number"),
    "range of a choice": (
        SMALL.replace("[factors.protocol]", "[factors.protocol]\nlow = 0"),
        r"\[factors.protocol\]: unknown key 'low'",
    ),
    "unknown choice": (
        SMALL.replace("[factors.protocol]", '[factors.protocol]\nchoices = ["nash", "chess"]'),
        "protocol is 'chess'",
    ),
    "one choice": (
        SMALL.replace("[factors.protocol]", '[factors.protocol]\nchoices = ["nash"]'),
        "two or more different choices",
    ),
    "fraction of a whole number": (
        SMALL.replace("[factors.directives]", "[factors.directives]\nlow = 0.5"),
        "expected a whole number",
    ),
    "hole-filling default": (SMALL.replace("[factors.bailout]", "[factors.trust_income]"), "fills holes when a place is read"),
    "bundle of nothing": (SMALL.replace("on = { obligations_clarity = 0.8, outcomes_stated = 0.8 }", "on = {}"), "on is empty"),
    "bundle's bad name": (SMALL.replace("outcomes_stated =", "outcome_stated ="), r"no parameter is called 'outcome_stated'"),
    "bundle's bad value": (SMALL.replace("outcomes_stated = 0.8", "outcomes_stated = 8"), "outcomes_stated is 8; expected"),
    "bundle named like a parameter": (SMALL.replace("[factors.objectives]", "[factors.mandate]"), "the name of a parameter"),
    "bundle named like a column": (SMALL.replace("[factors.objectives]", "[factors.regime]"), "a column of the results"),
    "set twice": (
        SMALL.replace("obligations_clarity = 0.8,", "bailout = 0.1,"),
        "bailout is set by both factors bailout and objectives",
    ),
    "nothing varied": (SMALL[: SMALL.index("[places")] + '[design]\nmethod = "factorial"\n', "nothing is varied"),
    "unknown group": ('vary = ["lever"]\n' + SMALL, r"vary: 'lever' is not a group \(did you mean levers\?\)"),
    "unknown scenario": ('scenario = "yesterday"\n' + SMALL, "no scenario is called 'yesterday'"),
    "scenario twice": (
        'scenario = "today"\n' + SMALL.replace("[factors.bailout]", "[factors.scenario]\n[factors.bailout]"),
        "both fixed and a factor",
    ),
    "place twice": ('place = "shipped"\n' + SMALL, "either place or"),
    "no such folder": (
        SMALL.replace("generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }", 'folder = "nowhere"'),
        "there is no place folder",
    ),
    "place without a source": (
        SMALL.replace("generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }", ""),
        r"\[places.one\]: expected one of folder, generate",
    ),
    "lone partner": (
        SMALL.replace("seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2", "seed = 3, trusts = 1"),
        "at least two partners",
    ),
    "unknown kind": (SMALL.replace("gps = 3", "gp = 3"), r"unknown key 'gp' \(did you mean gps\?\)"),
    "unknown place chosen": (
        SMALL.replace("[factors.bailout]", '[factors.place]\nchoices = ["one", "two"]\n[factors.bailout]'),
        "no place is called 'two'",
    ),
    "no design": (SMALL[: SMALL.index("[design]")], r"\[design\] is missing"),
    "unknown method": (
        SMALL.replace("latin_hypercube", "latin_hypercub"),
        r"method is 'latin_hypercub'; expected one of .* \(did you mean latin_hypercube\?\)",
    ),
    "option of another method": (SMALL + "levels = 3\n", r"\[design\]: unknown key 'levels'"),
    "option missing": (SMALL.replace("points = 24", ""), "points is missing; the design latin_hypercube needs it"),
    "odd Sobol rows": (SMALL.replace("latin_hypercube", "sobol").replace("points = 24", "base_rows = 24"), "power of two"),
    "no file of points": (
        SMALL.replace("latin_hypercube", "points").replace("points = 24", 'file = "none.csv"'),
        "no file of points",
    ),
    "levels of nothing": (
        SMALL.replace("latin_hypercube", "factorial").replace("points = 24", "levels = { bailot = 3 }"),
        "'bailot' is not a factor with levels",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_study_is_one_message_and_nothing_is_written(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, message = BAD[kind]
    path = tmp_path / "study.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        study_from_text(text, "study", tmp_path).design()
    assert main(["sweep", str(path), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("incentive-abm: ")
    assert "Traceback" not in told
    assert [each.name for each in tmp_path.iterdir()] == ["study.toml"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing", "--out", "x"], "no study is called 'nothing'"),
        (["demoo", "--out", "x"], "did you mean demo"),
        (["demo"], "expected --out DIR"),
        (["demo", "--out", "x", "--shard", "4/3"], "'4/3' is not a shard; expected I/N"),
        (["demo", "--out", "x", "--shard", "one"], "'one' is not a shard"),
        (["demo", "--out", "x", "--workers", "0"], "not a whole number from 1"),
        (["demo", "--out", "x", "--place", "nowhere"], "nowhere"),
        (["how-many-partners", "--out", "x", "--place", "."], "compares 10 places of its own"),
        (["demo", "--out", "x", "--dask", "tcp://127.0.0.1:1", "--threads"], "--dask brings its own workers"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_message(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_points_of_ones_own_are_visited_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text(
        "directives,bailout,protocol,objectives\n3,0.25,nash,true\n0,1,alternating,false\n", encoding="utf-8"
    )
    text = SMALL.replace("latin_hypercube", "points").replace("points = 24", 'file = "points.csv"')
    text = text[: text.index("[places.other]")] + text[text.index("[factors.bailout]") :]
    plan = plan_of(text, tmp_path)
    first, second = plan.chunk(0).points
    assert dict(first.overrides) == {
        "bailout": 0.25, "directives": 3.0, "protocol": 1.0, "obligations_clarity": 0.8, "outcomes_stated": 0.8,
    }  # fmt: skip
    assert dict(second.overrides) == {"bailout": 1.0, "directives": 0.0, "protocol": 0.0}


ALL_WRONG = """
question = 3
n_samples = 100
iterations = 20
quarters = 2
[places.one]
generate = { seed = -1, trusts = 1, gp = 3 }
[factors.bailout]
values = [0, 1]
[factors.listning]
low = 0
[factors.protocol]
choices = ["nash", "auction"]
[design]
method = "lhs"
n_samples = 100
[contrast]
of = "bailout"
by = "mandate"
[robust]
better = "up"
"""


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        study_from_text(ALL_WRONG, "try", tmp_path)
    told = str(refused.value).splitlines()
    for line, message in zip(told[1:], (
        "try: title is missing",
        "try: question is 3; expected text",
        r"try: unknown key 'n_samples'; here: \[design\], with method and points",
        "try: unknown key 'iterations'; here: replicates",
        "try: quarters is 2; expected a whole number from 8",
        r"try: \[places.one.generate\]: seed is -1",
        r"try: \[places.one.generate\]: unknown key 'gp'",
        r"try: \[factors.bailout\]: unknown key 'values'; here: low and high for a number",
        r"try: \[factors.listning\]: no parameter is called 'listning' \(did you mean listening",
        r"try: \[factors.protocol\]: protocol is 'auction'",
        r"try: \[design\]: method is 'lhs'; .*; here it is method = \"latin_hypercube\"",
        r"try: \[design\]: unknown key 'n_samples'; here: how many points",
        r"try: \[contrast\]: by: the study does not vary 'mandate'",
        r"try: \[robust\]: better is 'up'",
    ), strict=True):
        assert re.search(message, line), f"{line!r} does not tell {message!r}\n{refused.value}"
    assert told[0].startswith("14 faults")


@pytest.mark.parametrize("word", sorted(METHODS))
def test_the_word_of_a_neighbouring_tool_for_a_design_is_answered_with_one_of_ours(word: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        study_from_text(SMALL.replace("latin_hypercube", word), "try", tmp_path)
    ours = re.search(r"; here it is method = \"(\w+)\"", str(refused.value))
    assert ours, refused.value
    assert ours[1] in {method.value for method in Method}


def test_no_word_of_ours_is_taken_for_a_neighbours() -> None:
    assert not set(STUDY) & set(KEYS)
    assert not set(METHODS) & {method.value for method in Method}
    assert not set(FACTOR) & {"low", "high", "label", "choices", "on", "off"}
    assert "method" not in DESIGN


def test_samples_are_points() -> None:
    with pytest.raises(UserError, match=r"(?s)points is missing.*unknown key 'n_samples'; here: how many points"):
        study_from_text(SMALL.replace("points = 24", "n_samples = 24"), "try", Path())
