"""Any row of a sweep, finished or not, can be run again and comes out the same."""

import shutil
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from small_study import plan_of, swept

from experiments.running.verification import verify
from incentive_abm.cli import main


def test_random_rows_run_again_match_and_a_changed_row_is_found(
    reference: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(reference), "--seed", "1"]) == 0
    assert "20 of 192 rows were run again: all match exactly" in capsys.readouterr().out
    folder = tmp_path / "sweep"
    shutil.copytree(reference, folder)
    whole = folder / "results.parquet"
    table = pq.read_table(whole)
    column = table.column_names.index("integration")
    values = table["integration"].to_numpy().copy()
    values[3] = np.nextafter(values[3], 1.0)
    pq.write_table(table.set_column(column, "integration", [values]), whole)
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
