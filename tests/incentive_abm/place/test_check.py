"""The report on a place counts rightly and says things plainly."""

from __future__ import annotations

import pytest

from incentive_abm.kinds import Kind
from incentive_abm.place import Place, check_place, load_place

from .conftest import PARTNERS, TIES, WritePlace


def test_counts_by_kind_and_pair(borsetshire: Place) -> None:
    report = check_place(borsetshire)
    assert set(report.partners.values()) == {1}
    assert {pair for pair, count in report.ties.items() if count} == {
        (Kind.TRUST, Kind.COUNCIL), (Kind.TRUST, Kind.GP), (Kind.COUNCIL, Kind.GP), (Kind.COUNCIL, Kind.VOLUNTARY)}
    assert (report.weak_ties, report.groups, report.isolated) == (1, (4,), ())
    assert report.income == pytest.approx(567.9)
    assert report.spend == pytest.approx(567.9 / 2)


def test_what_was_filled_is_said_with_its_rule_and_value(write_place: WritePlace) -> None:
    partners = PARTNERS.replace("gp,7.5", "gp,") + "alone,All Alone,voluntary,,,,,,\n"
    report = check_place(load_place(write_place(partners, TIES)))
    text = report.text()
    assert "partners income_m: 1 cell by patients × £165 (gp_income_per_person); gives 7.425" in text
    assert "Warning: 1 partner has no tie and will take no part: All Alone" in text
    assert "How much is real: 98% of income, by value" in text
    assert report.isolated == ("All Alone",)


def test_one_assumed_cell_among_many_is_not_rounded_away(borsetshire: Place) -> None:
    report = check_place(borsetshire)
    assert 0.0 < report.weak_spend < 0.01
    assert "1 of 4, <1% of shared spend" in report.text()
