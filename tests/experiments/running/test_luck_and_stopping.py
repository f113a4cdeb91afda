"""The same luck makes differences surer, and a sweep may end when its mean is known well enough."""

from pathlib import Path

import pytest
from small_study import plan_of, results, same, swept

from experiments.analysis.convergence import running_interval
from experiments.running.dispatch import Shard
from experiments.running.workers import local
from incentive_abm.cli import main
from incentive_abm.errors import StudyError


def test_the_same_luck_makes_a_difference_at_least_five_times_surer(tmp_path: Path) -> None:
    """The contrast: a little more equal meetings, on the place shipped. Variance of differences, paired and with luck apart."""
    text = """
title = "Contrast"
question = "How much does the same luck save?"
replicates = 32
[factors.contact_quality]
low = 0.4
high = 0.5
[design]
method = "factorial"
"""
    variance = {}
    for name, study in (("common", text), ("own", "common_luck = false\n" + text)):
        assert swept(plan_of(study), tmp_path / name).complete
        wide = results(tmp_path / name).pivot(index="replicate", columns="point", values="integration")
        variance[name] = float((wide[1] - wide[0]).var())
    assert variance["own"] >= 5.0 * variance["common"]


STOPPING = """
title = "Stopping"
question = "When is it enough?"
quarters = 12
replicates = 60
outcome = "form"
[places.one]
generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }
[factors.bailout]
[factors.relational_space]
[design]
method = "latin_hypercube"
points = 16
[stop]
precision = 0.02
at_least = 5
"""


def test_a_sweep_ends_when_the_mean_is_known_well_enough_and_the_same_on_any_workers(tmp_path: Path) -> None:
    plan = plan_of(STOPPING)
    first = swept(plan, tmp_path / "one")
    kept = first.manifest["replicates"]
    assert first.complete
    assert 5 <= kept < 60
    rows = results(tmp_path / "one")
    assert len(rows) == 16 * kept == first.manifest["runs_planned"]
    table = running_interval(rows, "form")
    assert (table["half_width"].tail(3) <= plan.study.stop.precision).all()
    assert not (table["half_width"].iloc[4:-1].rolling(3).max() <= plan.study.stop.precision).any()
    swept(plan, tmp_path / "two", local(plan.context, 2, threads=True), most_runs=48)
    swept(plan, tmp_path / "two", local(plan.context, 2, threads=True))
    same(tmp_path / "two", tmp_path / "one")
    assert swept(plan, tmp_path / "two").session.runs == 0
    assert main(["analyse", str(tmp_path / "two")]) == 0
    same(tmp_path / "two", tmp_path / "one")
    with pytest.raises(StudyError, match="cannot be cut into shards"):
        swept(plan, tmp_path / "three", shard=Shard(1, 2))
