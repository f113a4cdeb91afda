"""Results as tables and labelled arrays: what a run gives and what its folder gives are the same, and read as they are named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from incentive_abm import (
    Measure,
    Place,
    Record,
    Regime,
    Result,
    UserError,
    generate_place,
    load_place,
    load_scenario,
    read_run,
    run,
)
from incentive_abm.cli import main
from incentive_abm.results import ResultsError
from incentive_abm.results.labelled import TIMES
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

xarray = pytest.importorskip("xarray")
SEEDS, QUARTERS = range(1, 4), 6


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("places") / "small"
    generate_place(1, 2, 1, 4, 2).save(folder)
    return load_place(folder)


@pytest.fixture(scope="module")
def result(place: Place) -> Result:
    return run(place, load_scenario("ten-lessons"), SEEDS, QUARTERS, Record.EVENTS)


@pytest.fixture(scope="module")
def folder(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("runs")
    place.save(home / "small")
    assert main(["run", str(home / "small"), "--scenario", "ten-lessons", "--seeds", "3", "--quarters", str(QUARTERS),
                 "--record", "everything", "--out", str(home / "run")]) == 0
    return home / "run"


@pytest.mark.parametrize("table", ["runs", "measures", "events", "partners", "ties"])
def test_a_runs_tables_are_those_of_its_folder(table: str, result: Result, folder: Path) -> None:
    pd.testing.assert_frame_equal(result.to_frame(table), read_run(folder).to_frame(table))


def test_labelled_arrays_of_a_run_are_those_of_its_folder(result: Result, folder: Path) -> None:
    xarray.testing.assert_identical(result.to_xarray(), read_run(folder).to_xarray())


def test_dimensions_have_the_names_that_readers_expect(result: Result, place: Place) -> None:
    data = result.to_xarray()
    assert dict(data.sizes) == {"run": 3, "quarter": QUARTERS, "measure": len(Measure), "partner": len(place),
                                "tie": len(place.ties)}
    assert data["measures"].dims == ("run", "quarter", "measure")
    assert data["quarter"].to_numpy().tolist() == [1, 2, 3, 4, 5, 6]
    assert {f"partner_{name}" for name in PARTNER_PICTURE} | {f"tie_{name}" for name in TIE_PICTURE} < set(data.data_vars)


def test_numbers_are_found_by_their_names(result: Result, place: Place) -> None:
    data = result.to_xarray()
    assert result.measures is not None
    assert result.ties is not None
    last = data["measures"].sel(measure="integration", quarter=QUARTERS).to_numpy()
    assert last.tolist() == result.measures[:, -1, Measure.INTEGRATION].tolist()
    assert last.tolist() == data["last"].sel(measure="integration").to_numpy().tolist()
    name = TIE_PICTURE[0]
    tie = f"{place.partners.ids[place.ties.a[2]]}–{place.partners.ids[place.ties.b[2]]}"
    assert data[f"tie_{name}"].sel(tie=tie, run=1).to_numpy().tolist() == result.ties[1, :, 2, 0].tolist()
    assert data["regime"].to_numpy().tolist() == result.endings.regime.tolist()
    assert data["regime"].attrs["flag_meanings"].split() == [regime.code for regime in Regime]


def test_what_was_not_recorded_is_asked_for_by_name(place: Place, folder: Path) -> None:
    short = run(place, load_scenario("today"), [1], 2)
    with pytest.raises(UserError, match="ties were not recorded; run again with record=Record.PICTURES"):
        short.to_frame("ties")
    with pytest.raises(UserError, match=r"table is 'tie'; expected one of .* \(did you mean ties\?\)"):
        short.to_frame("tie")
    with pytest.raises(ResultsError, match=r"table is 'tie'; expected one of .* \(did you mean ties\?\)"):
        read_run(folder).to_frame("tie")
    assert set(short.to_xarray().data_vars) == {"regime", "last", "measures", *TIMES}


def test_it_can_be_written_as_netcdf_reads_it(result: Result) -> None:
    """Every variable has a type that files of labelled data hold: numbers, or texts as coordinates."""
    for name, values in result.to_xarray().data_vars.items():
        assert np.issubdtype(values.dtype, np.number), name
