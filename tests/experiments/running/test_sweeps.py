"""A sweep can be stopped, continued, cut into shards, moved to a cluster and checked: the rows stay the same."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from small_study import SMALL, plan_of, results, swept

from experiments.analysis.convergence import running_interval
from experiments.report import read_folder
from experiments.running import chunk as chunks
from experiments.running import plan as plans
from experiments.running.chunk import ChunkResult
from experiments.running.dispatch import Shard
from experiments.running.sweep_progress import Tally, duration
from experiments.running.verification import verify
from experiments.running.workers import InProcess, LostChunk, local
from experiments.study.result_columns import BLOCKERS, FIXED
from incentive_abm.cli import main
from incentive_abm.engine.run import Record, run
from incentive_abm.errors import StudyError
from incentive_abm.kinds import Regime


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study, swept by one worker without a break."""
    folder = tmp_path_factory.mktemp("reference") / "small"
    assert swept(plan_of(), folder).complete
    return folder


def same(folder: Path, reference: Path) -> None:
    pd.testing.assert_frame_equal(results(folder), results(reference), check_exact=True)


def test_a_row_holds_what_the_model_says_of_its_settings(reference: Path) -> None:
    plan, rows = plan_of(), results(reference)
    assert len(rows) == plan.n_runs == rows["run_id"].nunique()
    assert set(FIXED) <= set(rows.columns)
    assert set(rows["regime"]) <= {regime.label for regime in Regime}
    assert rows.groupby("replicate")["seed"].nunique().eq(1).all()
    row = rows.iloc[100]
    study, place = plan.study, plan.places[row["place"]]
    values = {name: row[name] for name in ("bailout", "directives", "protocol")}
    if row["objectives"]:
        values |= {"obligations_clarity": 0.8, "outcomes_stated": 0.8}
    scenario = study.scenarios[0][1].with_overrides({k: v.item() if isinstance(v, np.generic) else v for k, v in values.items()})
    alone = run(place, scenario, [int(row["seed"])], study.quarters, Record.MEASURES, threads=1)
    assert alone.measures is not None
    assert row["integration"] == alone.last[0, 1]
    assert row["integration_by_quarter"].tolist() == alone.measures[0, :, 1].tolist()
    assert row["regime"] == Regime(int(alone.endings.regime[0])).label
    assert row["run_id"] == chunks.identity(place, scenario, study.quarters, int(row["seed"]))
    assert row["blocker"] == "" or row[f"blocker_{row['blocker']}"] == max(row[f"blocker_{code}"] for code in BLOCKERS)


def test_every_part_and_the_whole_say_where_they_come_from(reference: Path) -> None:
    manifest = json.loads((reference / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"]
    assert manifest["runs_done"] == manifest["runs_planned"] == 192
    assert manifest["note"] == "An exploration, not a forecast."
    for path in (reference / "parts").glob("*.parquet"):
        told = json.loads(pq.read_schema(path).metadata[b"incentive_abm"])
        assert told["chunk"].startswith(path.stem.partition("-")[2])
        assert {"source", "version", "place hash", "sweep"} <= set(told)
    whole = json.loads(pq.read_schema(reference / "results.parquet").metadata[b"incentive_abm"])
    assert whole["fingerprint"] == manifest["fingerprint"]
    design = pd.read_csv(reference / "design.csv", keep_default_na=False)
    assert design["bailout"].tolist() == plan_of().design["bailout"].tolist()
    assert read_folder(reference).runs_planned == 192
    assert (reference / "inputs" / "study.toml").read_text(encoding="utf-8") == SMALL


def test_two_processes_two_threads_and_three_shards_give_the_same_table(reference: Path, tmp_path: Path) -> None:
    plan = plan_of()
    assert swept(plan, tmp_path / "processes", local(plan.context, 2, threads=False)).complete
    assert swept(plan, tmp_path / "threads", local(plan.context, 2, threads=True)).complete
    ended = [swept(plan_of(), tmp_path / "shards", shard=Shard(k, 3)).complete for k in (3, 1, 2)]
    assert ended == [False, False, True]
    for name in ("processes", "threads", "shards"):
        same(tmp_path / name, reference)


def test_dask_workers_in_processes_of_their_own_give_the_same_table(reference: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    from experiments.running.dask_workers import DaskWorkers

    plan = plan_of()
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        assert swept(plan, tmp_path / "dask", lambda: DaskWorkers(plan.context, cluster.scheduler_address)).complete
        same(tmp_path / "dask", reference)
        with pytest.raises(StudyError, match="no scheduler answers there"):
            DaskWorkers(plan.context, "tcp://127.0.0.1:9")


def test_a_sweep_goes_on_where_it_stopped(reference: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    first = swept(plan_of(), folder, most_runs=50)
    assert not first.complete
    assert 16 <= first.session.runs <= 50
    assert not (folder / "results.parquet").exists()
    assert read_folder(folder).partial
    second = swept(plan_of(), folder)
    assert second.complete
    assert second.found == first.session.runs
    assert first.session.runs + second.session.runs == 192
    same(folder, reference)
    assert swept(plan_of(), folder).session.runs == 0


def test_a_damaged_part_is_set_aside_and_done_again(reference: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    shutil.copytree(reference, folder)
    part = sorted((folder / "parts").glob("*.parquet"))[2]
    part.write_bytes(part.read_bytes()[:1000])
    again = swept(plan_of(), folder)
    assert again.session.chunks == 1
    same(folder, reference)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda text: text.replace("points = 24", "points = 25"), "design"),
        (lambda text: text.replace("outcomes_stated = 0.8", "outcomes_stated = 0.7"), "design"),
        (lambda text: text.replace("seed = 3", "seed = 5"), "place one"),
        (lambda text: text.replace("quarters = 12", "quarters = 13"), "quarters"),
        (lambda text: text.replace("replicates = 8", "replicates = 9"), "replicates"),
        (lambda text: 'scenario = "trust-alone"\n' + text, "scenario trust-alone"),
        (lambda text: text.replace('keep = ["trust"]', 'keep = ["skill"]'), "what is kept"),
    ],
)
def test_another_sweep_in_the_folder_is_refused_and_what_differs_is_named(
    change: Callable[[str], str], named: str, reference: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in reference.rglob("*") if path.is_file()}
    with pytest.raises(StudyError, match=rf"differs from this one in .*{named} \(was .*, is .*--fresh"):
        swept(plan_of(change(SMALL)), reference)
    assert {path: path.read_bytes() for path in reference.rglob("*") if path.is_file()} == before


def test_other_sources_or_another_parameter_table_are_refused(reference: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from incentive_abm.parameters import PARAMETERS

    with monkeypatch.context() as patch:
        patch.setattr(plans, "source_hash", lambda: "0" * 16)
        with pytest.raises(StudyError, match="differs from this one in source"):
            swept(plan_of(), reference)
    moved = {**PARAMETERS, "turnover": replace(PARAMETERS["turnover"], default=0.07)}
    monkeypatch.setattr(plans, "PARAMETERS", moved)
    with pytest.raises(StudyError, match="parameter table"):
        swept(plan_of(), reference)


def test_fresh_starts_in_a_new_folder_beside(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    swept(plan_of(), folder, most_runs=16)
    other = plan_of(SMALL.replace("quarters = 12", "quarters = 10"))
    assert swept(other, folder, fresh=True, most_runs=16).folder == tmp_path / "sweep-2"
    assert swept(other, folder, fresh=True, most_runs=16).folder == tmp_path / "sweep-3"


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(StudyError, match="holds other files and no sweep"):
        swept(plan_of(), tmp_path)
    with pytest.raises(StudyError, match="is a file"):
        swept(plan_of(), tmp_path / "letter.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_one_bad_run_is_recorded_and_stops_nothing(reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, folder = plan_of(), tmp_path / "sweep"
    bad = plan.study.luck(5, 0)
    whole_stream = chunks.engine.stream

    def stream(place, jobs, *arguments, **options):  # type: ignore[no-untyped-def]
        if any(job.seed == bad and len(place.partners) == 7 for job in jobs):
            raise RuntimeError("a partner fell off the table")
        return whole_stream(place, jobs, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(chunks.engine, "stream", stream)
        first = swept(plan, folder)
    whole = results(reference)
    spoilt = whole[(whole["replicate"] == 5) & (whole["place"] == "one")]
    assert first.complete
    assert first.manifest["runs_failed"] == len(spoilt) > 0
    assert set(results(folder)["run_id"]) == set(whole["run_id"]) - set(spoilt["run_id"])
    failures = json.loads((folder / "failures.json").read_text(encoding="utf-8"))
    assert {each["run_id"] for each in failures} == set(spoilt["run_id"])
    told = failures[0]
    assert told["seed"] == bad
    assert "a partner fell off the table" in told["error"]
    assert "Traceback" in told["traceback"]
    assert set(told["parameters"]) >= {"bailout", "directives", "protocol"}
    assert swept(plan, folder).session.runs == 0
    assert swept(plan, folder, retry_failed=True).manifest["runs_failed"] == 0
    assert not (folder / "failures.json").exists()
    same(folder, reference)


def test_random_rows_run_again_match_and_a_changed_row_is_found(
    reference: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(reference), "--seed", "1"]) == 0
    assert "20 of 192 rows were run again: all match exactly" in capsys.readouterr().out
    folder = tmp_path / "sweep"
    shutil.copytree(reference, folder)
    part = sorted((folder / "parts").glob("*.parquet"))[0]
    table = pq.read_table(part)
    column = table.column_names.index("integration")
    values = table["integration"].to_numpy().copy()
    values[3] = np.nextafter(values[3], 1.0)
    pq.write_table(table.set_column(column, "integration", [values]), part)
    found = verify(folder, rows=192)
    assert [(each.column, each.stored, each.run_id) for each in found.differences] == [
        ("integration", values[3], table["run_id"][3].as_py())
    ]
    assert main(["verify", str(folder), "--rows", "192"]) == 1
    assert "1 differ" in capsys.readouterr().out


def test_an_unfinished_sweep_can_be_analysed_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "sweep"
    swept(plan_of(), folder, most_runs=100)
    assert main(["verify", str(folder)]) == 0
    assert main(["analyse", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "Unfinished: 96 of 192 runs are there" in told
    assert (folder / "report.html").exists()
    assert main(["analyse", str(tmp_path)]) == 2
    assert "not the folder of a sweep" in capsys.readouterr().err


def test_provisional_indices_find_what_moves_the_outcome() -> None:
    plan = plan_of(SMALL.replace("latin_hypercube", "sobol").replace("points = 24", "base_rows = 64"))
    tally = Tally(plan)
    assert tally.strongest() == []
    tally.counts[:] = plan.study.replicates
    tally.sums[:] = tally.counts * (plan.design["bailout"] + 0.2 * plan.design["objectives"])
    (first, index), (second, less), (_, nothing) = tally.strongest()
    assert (first, second) == ("bailout", "objectives")
    assert index == pytest.approx(1 / 12 / (1 / 12 + 0.01), abs=0.05)
    assert less == pytest.approx(0.01 / (1 / 12 + 0.01), abs=0.05)
    assert nothing == 0.0


def test_time_left_is_told_in_two_units() -> None:
    assert [duration(each) for each in (5.4, 65, 3725)] == ["5 s", "1 min 05 s", "1 h 02 min"]


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
precision = 0.01
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
    assert (table["half_width"].tail(3) <= 0.01).all()
    assert not (table["half_width"].iloc[4:-1].rolling(3).max() <= 0.01).any()
    swept(plan, tmp_path / "two", local(plan.context, 2, threads=True), most_runs=48)
    swept(plan, tmp_path / "two", local(plan.context, 2, threads=True))
    same(tmp_path / "two", tmp_path / "one")
    assert swept(plan, tmp_path / "two").session.runs == 0
    assert main(["analyse", str(tmp_path / "two")]) == 0
    same(tmp_path / "two", tmp_path / "one")
    with pytest.raises(StudyError, match="cannot be cut into shards"):
        swept(plan, tmp_path / "three", shard=Shard(1, 2))


class Poisoned(InProcess):
    """One chunk kills whatever runs it, and all that is under way beside it is lost too."""

    slots = 3

    def finished(self) -> list[ChunkResult | LostChunk]:
        if all(chunk.index != 2 for chunk in self.waiting):
            return super().finished()
        lost, self.waiting = self.waiting, []
        return [LostChunk(chunk, alone=len(lost) == 1) for chunk in lost]


def test_runs_that_kill_their_workers_fail_and_take_no_others_with_them(reference: Path, tmp_path: Path) -> None:
    plan = plan_of()
    ended = swept(plan, tmp_path / "sweep", lambda: Poisoned(plan.context))
    assert ended.complete
    assert ended.manifest["runs_failed"] == plan.chunk_runs(2)
    failures = json.loads((tmp_path / "sweep" / "failures.json").read_text(encoding="utf-8"))
    assert all("the worker process died each time" in each["error"] for each in failures)
    whole = results(reference)
    spoilt = {each["run_id"] for each in failures}
    assert set(results(tmp_path / "sweep")["run_id"]) == set(whole["run_id"]) - spoilt
    assert swept(plan, tmp_path / "sweep", retry_failed=True).manifest["runs_failed"] == 0
    same(tmp_path / "sweep", reference)
