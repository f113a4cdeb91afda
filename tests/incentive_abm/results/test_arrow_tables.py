"""The tables on disk: what they are, that they are documented, and that they read back."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from incentive_abm import EXPLORATION, __version__
from incentive_abm.compiling import source_hash
from incentive_abm.engine.run import Record
from incentive_abm.engine.run import run as engine_run
from incentive_abm.log.declared import COLUMNS
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS
from incentive_abm.results import ResultsError, Run, gather, read_run
from incentive_abm.results.run_columns import columns_of
from incentive_abm.scenario import load_scenario

TABLES = ("runs", "measures", "events", "partners", "ties")


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_the_documented_ones(folder: Path, table: str) -> None:
    schema = pq.read_schema(folder / f"{table}.parquet")
    declared = columns_of(table)
    assert schema.names == [c.name for c in declared]
    assert all(c.meaning for c in declared)
    assert [schema.field(c.name).metadata[b"meaning"].decode() for c in declared] == [c.meaning for c in declared]
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["tables"][f"{table}.parquet"]
    assert [c["name"] for c in told["columns"]] == schema.names
    assert told["rows"] == pq.read_metadata(folder / f"{table}.parquet").num_rows


@pytest.mark.parametrize("table", TABLES)
def test_files_are_compressed_and_words_are_dictionaries(folder: Path, table: str) -> None:
    group = pq.read_metadata(folder / f"{table}.parquet").row_group(0)
    assert {group.column(k).compression for k in range(group.num_columns)} == {"ZSTD"}
    schema = pq.read_schema(folder / f"{table}.parquet")
    for column in columns_of(table):
        assert (str(schema.field(column.name).type).startswith("dictionary")) == (column.type == "word"), column.name


def test_every_measure_by_run_and_quarter(run: Run) -> None:
    assert len(run.measures) == 3 * 24
    assert [m.code for m in Measure] == list(run.measures.columns[3:])
    assert run.measures.quarter.tolist() == [*range(1, 25)] * 3
    assert sorted(set(run.measures.seed)) == [11, 12, 13]


def test_a_run_ends_with_its_last_measures(run: Run) -> None:
    last = run.measures[run.measures.quarter == 24].reset_index(drop=True)
    for measure in Measure:
        assert np.array_equal(run.runs[measure.code], last[measure.code], equal_nan=True)


def test_numbers_are_the_engines_own(run: Run) -> None:
    recorded = engine_run(run.place, run.scenario, run.seeds, 24)
    assert recorded.measures is not None
    assert np.array_equal(run.measures.to_numpy()[:, 3:].astype(float), recorded.measures.reshape(-1, len(Measure)))


def test_a_run_id_is_the_hash_of_place_scenario_and_seed(run: Run) -> None:
    for row in run.runs.itertuples():
        text = f"{run.place.hash}\0{run.scenario.hash}\0{row.seed}"
        assert row.run_id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_a_log_reads_back_as_it_was_gathered(run: Run) -> None:
    whole = gather(run.place, engine_run(run.place, run.scenario, run.seeds, 24, Record.EVENTS))
    for number in range(3):
        expected, read = whole.only(whole.run == number), run.log(number)
        assert len(read) == len(expected)
        for name in COLUMNS:
            if name == "title":
                said = [[log.titles[t] if t >= 0 else "" for t in log.title] for log in (expected, read)]
                assert said[0] == said[1]
            else:
                assert np.array_equal(getattr(expected, name), getattr(read, name), equal_nan=True), name


def test_place_and_scenario_come_back(run: Run, folder: Path) -> None:
    assert run.place.hash == run.manifest["place"]["hash"]
    assert run.place.name == "marlshire"
    assert run.scenario.hash == run.manifest["scenario"]["hash"]
    assert load_scenario(str(folder / "scenario.toml")).hash == run.scenario.hash


def test_the_manifest_says_what_is_needed(run: Run) -> None:
    told = run.manifest
    assert told["exploration"] == EXPLORATION
    assert (told["version"], told["source_hash"]) == (__version__, source_hash())
    assert list(told["parameters"]) == list(PARAMETERS)
    assert told["parameters"]["exit_patience"] == 2
    assert told["seeds"] == {"first": 11, "count": 3}
    assert told["place"]["invented"]
    assert {"numpy", "numba", "pyarrow"} <= set(told["packages"])


def test_the_folder_holds_what_the_manifest_lists(run: Run, folder: Path) -> None:
    assert sorted(entry.name for entry in folder.iterdir()) == run.manifest["files"]


def test_a_place_changed_since_is_told(folder: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    ties = copy / "marlshire" / "ties.csv"
    lines = ties.read_text(encoding="utf-8").splitlines()
    ties.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(ResultsError, match="is not the place that was run: it has been changed since"):
        _ = read_run(copy).place


@pytest.mark.parametrize(("make", "message"), [
    (lambda base: base / "nowhere", "there is no folder"),
    (lambda base: base, r"has no manifest\.json; expected the folder of a run"),
])
def test_what_is_not_a_run_is_told(tmp_path: Path, make: object, message: str) -> None:
    with pytest.raises(ResultsError, match=message):
        read_run(make(tmp_path))  # type: ignore[operator]


@pytest.mark.parametrize(("text", "message"), [("{", "manifest.json is damaged"),
                                               ("[]", "is damaged: it is .*, expected an object"),
                                               ('{"kind": "sweep"}', "is not the manifest of a run")])
def test_a_foreign_manifest_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=message):
        read_run(tmp_path)
