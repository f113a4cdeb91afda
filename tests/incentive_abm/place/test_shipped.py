"""The shipped place reads like a real system and has no holes; real data loads and says what is assumed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from incentive_abm.kinds import Kind
from incentive_abm.parameters import default
from incentive_abm.place import check_place, load_place, shipped_place


def test_marlshire_has_about_fifty_partners_and_is_whole() -> None:
    place = shipped_place()
    assert np.bincount(place.partners.kind).tolist() == [4, 4, 26, 16]
    assert 220 <= len(place.ties) <= 300
    assert place.warnings == ()
    assert {fill.column for fill in place.filled} == {"spend_m"}
    assert set(place.ties.basis) == {"invented"}
    assert len(set(place.labels)) == 50


def test_marlshire_is_near_the_published_averages() -> None:
    p = shipped_place().partners
    trusts, councils, gps, voluntary = (p.kind == kind for kind in Kind)
    assert p.income[trusts].mean() == pytest.approx(default("trust_income"), rel=0.1)
    assert p.income[councils].mean() == pytest.approx(default("council_income"), rel=0.1)
    assert p.people[gps].mean() == pytest.approx(default("gp_people"), rel=0.1)
    assert p.income[voluntary].mean() == pytest.approx(default("voluntary_income"), rel=0.1)
    assert p.people[gps].sum() == pytest.approx(p.people[councils].sum(), rel=0.01), "patients are residents"
    assert 1 <= (p.balance[trusts] < 0).sum() <= 3


def test_marlshire_says_that_it_is_invented() -> None:
    report = check_place(shipped_place())
    assert report.invented
    assert report.income_real == 0.0
    assert "The place is invented" in report.text()
    assert "An exploration, not a forecast." in report.text()


def test_a_real_place_loads_and_says_what_is_assumed(real_folder: Path) -> None:
    place = load_place(real_folder)
    report = check_place(place)
    assert not report.invented
    assert 0.5 < report.income_real < 0.8
    assert sum(report.partners.values()) == len(place)
    assert sum(report.ties.values()) == len(place.ties)
    filled = {(column.table, column.column): column.filled for column in report.columns}
    assert filled["partners", "income_m"] == place.partners.assumed["income_m"].sum() > 0
    assert "trust_income_per_staff" in report.text()


def test_north_east_london_in_numbers() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "north-east-london"
    if not folder.is_dir():
        pytest.skip("no real data at ../shared/data/north-east-london")
    report = check_place(load_place(folder))
    columns = {(column.table, column.column): column for column in report.columns}
    assert (columns["partners", "income_m"].known, columns["partners", "income_m"].filled) == (47, 50)
    assert (columns["partners", "balance"].known, columns["partners", "balance"].filled) == (2, 95)
    assert report.weak_ties == 492
    assert report.groups == (97,)
