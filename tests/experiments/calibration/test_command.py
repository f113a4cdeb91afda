"""incentive-abm calibrate from a study to posterior and report, stopped and gone on with; and a sweep over what is known then."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_of_a_study import killed_and_gone_on_with, refused, written

from experiments.calibration.calibration_study import load_calibration, shipped_calibrations
from experiments.calibration.observed import Observation, Over
from experiments.calibration.patterns import Use, load_patterns
from experiments.running.plan import Plan
from experiments.study import load_study
from incentive_abm.cli import main
from incentive_abm.errors import StudyError, UserError
from incentive_abm.place import shipped_place
from incentive_abm.scenario.posterior import read_posterior, shipped_posteriors

TINY = """
title = "Tiny"
question = "What do two years tell?"
quarters = 12
points = 240
draws = 40

[places.one]
generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }
[places.other]
generate = { seed = 4, trusts = 1, councils = 1, gps = 3, voluntary = 2 }

[[observed]]
measure = "trust"
year = 1
value = 0.6
sd = 0.03

[[observed]]
name = "followed"
measure = "trust"
scenario = "ten-lessons"
quarter = 8
low = 0.5
high = 0.7

[uncertainties.trust_start]
[uncertainties.shock_rate]

[find_out]
measures = ["form", "trust"]
years = [1, 2]
against = "ten-lessons"
"""


def test_from_a_study_to_a_posterior_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", str(written(tmp_path, TINY)), "--out", str(tmp_path / "out"), "--workers", "1"]) == 0
    table = pd.read_csv(tmp_path / "out" / "posterior.csv")
    assert table["weight"].sum() == pytest.approx(1.0)
    assert list(table.columns) == ["weight", "trust_start", "shock_rate"]
    assert np.average(table["trust_start"], weights=table["weight"]) > 0.5, "more trust was seen than is usual"
    assert pd.read_parquet(tmp_path / "out" / "posterior.parquet").equals(table)
    known = read_posterior(tmp_path / "out" / "posterior.csv")
    assert known.places == {each.name: each.load().hash for each in load_calibration(str(tmp_path / "tiny.toml")).places}
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("An exploration, not a forecast.") == 2
    assert "What to find out next" in page
    assert "The data say something of trust_start" in capsys.readouterr().out


    (tmp_path / "tiny.toml").write_text(TINY.replace("quarters = 12", "quarters = 16"), encoding="utf-8")
    assert main(["calibrate", str(tmp_path / "tiny.toml"), "--out", str(tmp_path / "out"), "--workers", "1"]) == 2
    told = capsys.readouterr().err
    assert "differs from this one in quarters" in told
    assert "choose another folder for --out" in told


@pytest.mark.slow
def test_killed_and_taken_up_again_it_gives_the_same_table(tmp_path: Path) -> None:
    killed_and_gone_on_with("calibrate", written(tmp_path, TINY.replace("points = 240", "points = 2000")),
                            "prior/sweep/parts/*.parquet", tmp_path,
                            ("posterior.csv", "tables/targets.csv", "tables/coverage.csv", "calibration.md"))


@pytest.mark.parametrize(("find", "put", "told"), [
    ('measure = "trust"\nyear', 'measure = "trustt"\nyear', "no measure is called 'trustt' (did you mean trust?)"),
    ("sd = 0.03", "sd = 0", "expected a standard deviation above 0"),
    ("sd = 0.03", "", "expected value = … and sd = …"),
    ("year = 1", "", "when was it observed?"),
    ("year = 1", "year = 4", "expected a whole number from 1 to 3"),
    ("quarter = 8", "quarter = 8\nyear = 1", "expected one of quarter, year and years"),
    ("points = 240", "points = 240\npatterns = [11]", "may not be calibrated by"),
    ("points = 240", "points = 240\npatterns = [5]", "has no target that a study can read"),
    ("points = 240", "points = 240\npatterns = [1]", "published patterns are read off runs of 60"),
    ("points = 240", "points = 240\npatterns = [99]", "there is no pattern 99"),
    ("[uncertainties.trust_start]", "[uncertainties.trust_strt]", "did you mean trust_start?"),
    ('scenario = "ten-lessons"', 'scenario = "ten-lesons"', "did you mean ten-lessons?"),
    ('name = "followed"', 'name = "trust in year 1"', "two observations are called"),
    ("points = 240", "pionts = 240", "unknown key 'pionts' (did you mean points?)"),
])
def test_a_mistake_is_told_and_leaves_nothing(tmp_path: Path, find: str, put: str, told: str,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    refused("calibrate", written(tmp_path, TINY.replace(find, put, 1)), told, capsys)


def test_shipped_ones_can_be_read_and_use_no_pattern_that_is_held_out() -> None:
    marked = {each.number: each.use for each in load_patterns()}
    for name in shipped_calibrations():
        study = load_calibration(name)
        assert study.observed
        assert all(marked[number] is Use.CALIBRATE for number in study.numbers)


def test_the_posterior_that_is_shipped_is_of_the_calibration_of_that_name() -> None:
    found = read_posterior(shipped_posteriors().find("published-patterns"))
    assert list(found.names) == load_calibration("published-patterns").names


def test_every_pattern_has_a_source_and_a_target_or_says_why_not() -> None:
    patterns = load_patterns()
    assert [each.number for each in patterns] == list(range(1, 12))
    assert all(each.source and (each.observed or each.not_measured) for each in patterns)


def test_an_observation_is_read_off_runs_by_hand() -> None:
    series = np.array([[0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [0.0] * 8])
    mean = Observation("a", "trust", "today", 5, 8, 0.0, 1.0, False)
    assert mean.of_runs(series).tolist() == pytest.approx([0.55, 0.0])
    change = Observation("a", "trust", "today", 8, 8, 0.0, 1.0, False, before=(1, 4))
    assert change.of_runs(series).tolist() == pytest.approx([0.55, 0.0])
    reached = Observation("a", "trust", "today", 1, 8, 0.0, 1.0, False, Over.MEDIAN, reaches=0.3)
    assert reached.of_runs(series).tolist() == [1.0, 2.0], "the fourth quarter ends the first year; what never comes takes all"
    assert reached.over_runs(np.array([[1.0, 2.0, 9.0]])).tolist() == [2.0]


SWEEP = """
title = "Over what is known"
question = "What follows from it?"
quarters = 8
place = "shipped"
posterior = "posterior.csv"
{more}
[design]
{design}
"""


def swept(folder: Path, design: str, more: str = "") -> Path:
    (folder / "posterior.csv").write_text("weight,trust_start,shock_rate\n0.75,0.2,0.1\n0.25,0.8,0.3\n", encoding="utf-8")
    (folder / "over.toml").write_text(SWEEP.format(design=design, more=more), encoding="utf-8")
    return folder / "over.toml"


def test_a_sweep_draws_its_uncertainties_together_from_a_posterior(tmp_path: Path) -> None:
    study = load_study(swept(tmp_path, 'method = "latin_hypercube"\npoints = 40'))
    drawn = study.design()[["trust_start", "shock_rate"]]
    assert sorted(map(tuple, drawn.drop_duplicates().to_numpy().tolist())) == [(0.2, 0.1), (0.8, 0.3)]
    assert (drawn["trust_start"] == 0.2).sum() == 30


def test_policies_meet_the_same_draws_from_a_posterior(tmp_path: Path) -> None:
    study = load_study(swept(tmp_path, 'method = "crossed"\nfutures = 8', "[levers.bailout]"))
    design = study.design()
    assert (design.groupby("future")["trust_start"].nunique() == 1).all()
    assert design.drop_duplicates("future")["trust_start"].tolist().count(0.2) == 6


def test_a_sweep_takes_what_is_known_of_one_place_for_no_other(tmp_path: Path) -> None:
    study = swept(tmp_path, 'method = "latin_hypercube"\npoints = 4')
    of = hashlib.sha256((tmp_path / "posterior.csv").read_bytes()).hexdigest()

    def learnt_in(place: str) -> None:
        (tmp_path / "manifest.json").write_text(json.dumps({"posterior": of, "places": {"there": place}}), encoding="utf-8")

    learnt_in(shipped_place().hash)
    assert Plan.of(load_study(str(study))).n_points == 4
    learnt_in("0" * 64)
    with pytest.raises(UserError, match="known of one other place, there"):
        Plan.of(load_study(str(study)))


@pytest.mark.parametrize(("design", "more", "told"), [
    ('method = "factorial"', "", "posterior needs a design whose points are drawn"),
    ('method = "latin_hypercube"\npoints = 4', "[factors.trust_start]", "it can follow only one"),
])
def test_a_posterior_that_does_not_fit_a_study_is_refused(tmp_path: Path, design: str, more: str, told: str) -> None:
    with pytest.raises(StudyError, match=told):
        load_study(swept(tmp_path, design, more))


@pytest.mark.parametrize(("text", "told"), [
    ("trust_start\n0.2\n", "there is no column weight"),
    ("weight,trust_strt\n1,0.2\n", "did you mean trust_start"),
    ("weight,trust_start\n1,2\n", "line 2: trust_start is 2; expected a number from 0.05 to 0.95"),
    ("weight,trust_start\n-1,0.2\n", "expected 0 or more"),
    ("weight,trust_start\n0,0.2\n", "the weights are all 0"),
])
def test_a_damaged_posterior_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = swept(tmp_path, 'method = "latin_hypercube"\npoints = 4')
    (tmp_path / "posterior.csv").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as raised:
        load_study(path)
    assert told in str(raised.value)
