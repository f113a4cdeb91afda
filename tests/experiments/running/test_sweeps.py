"""A sweep can be stopped, continued, cut into shards, moved to a cluster and checked: the rows stay the same."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from small_study import SMALL, plan_of, results, same, swept

from experiments.report import read_folder
from experiments.result_columns import BLOCKERS, FIXED
from experiments.running import chunk as chunks
from experiments.running import plan as plans
from experiments.running.dispatch import Shard
from experiments.running.workers import local
from incentive_abm.engine.run import Record, run
from incentive_abm.errors import StudyError
from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS


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
    shares = rows[[f"blocker_{code}" for code in BLOCKERS]]
    main = shares.idxmax(axis=1).str.removeprefix("blocker_").where(shares.any(axis=1), "")
    assert rows["blocker"].tolist() == main.tolist()
    assert rows["blocker"].nunique() > 1


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
