"""Files as people's tools write them: each is read right, or refused with the reason and the mend."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from incentive_abm.errors import PlaceError
from incentive_abm.kinds import Kind
from incentive_abm.place import Place, check_place, load_place
from incentive_abm.place.importing import import_contents, import_place

from .answers import ANSWERS, BAD_ANSWERS
from .bad import BAD
from .case import Case, pair
from .graphs import BAD_GRAPHS, GRAPHS
from .tables import TABLES
from .workbooks import BAD_WORKBOOKS, WORKBOOKS

GOOD = [*TABLES, *WORKBOOKS, *GRAPHS, *ANSWERS]
REFUSED = [*BAD, *BAD_WORKBOOKS, *BAD_GRAPHS, *BAD_ANSWERS]


def named(place: Place) -> list[str]:
    return list(place.partners.names)


def known(values: np.ndarray, blank: np.ndarray | None) -> list[float | None]:
    hidden = np.isnan(values) | (blank if blank is not None else False)
    return [None if each else value for value, each in zip(values.tolist(), hidden.tolist(), strict=True)]


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_it_is_read_right(case: Case, tmp_path: Path) -> None:
    done = import_contents(case.files, maps=case.maps, name="borset", **case.options)  # type: ignore[arg-type]
    place, p, t = done.place, done.place.partners, done.place.ties
    names = named(place)
    assert dict(zip(names, (Kind(kind).code for kind in p.kind), strict=True)) == case.kinds
    incomes = dict(zip(names, known(p.income, p.assumed["income_m"]), strict=True))
    assert incomes == (case.incomes if case.incomes is not None else dict.fromkeys(names))
    told = known(t.people, t.assumed["people"])
    people = {pair(names[a], names[b]): count for a, b, count in zip(t.a.tolist(), t.b.tolist(), told, strict=True)}
    assert people == {pair(*ends): count for ends, count in case.people.items()}
    trust = {}
    for a, b, forward, back in zip(t.a.tolist(), t.b.tolist(), known(t.trust_a, None), known(t.trust_b, None), strict=True):
        trust |= {(names[a], names[b]): forward, (names[b], names[a]): back}
    assert {ends: value for ends, value in trust.items() if value is not None} == pytest.approx(case.trust)
    balances = {name: value for name, value in zip(names, known(p.balance, p.assumed["balance"]), strict=True) if value}
    assert balances == pytest.approx(case.balances)
    text = done.report.text()
    for sentence in case.said:
        assert sentence in text
    _is_settled(done.place, tmp_path)


def _is_settled(place: Place, folder: Path) -> None:
    """Written and imported once more it is byte for byte the same, and a check passes over it."""
    place.save(folder / "borset")
    again = import_place(folder / "borset", name="borset")
    again.place.save(folder / "again")
    for file in ("partners.csv", "ties.csv"):
        assert (folder / "again" / file).read_bytes() == (folder / "borset" / file).read_bytes()
    assert again.place.hash == place.hash == load_place(folder / "borset").hash
    assert check_place(again.place).hash == place.hash


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_it_is_refused_with_the_reason_and_the_mend(case: Case) -> None:
    with pytest.raises(PlaceError) as told:
        import_contents(case.files, maps=case.maps, name="borset", **case.options)  # type: ignore[arg-type]
    for sentence in case.refused:
        assert sentence in str(told.value)


def test_the_corpus_is_large_and_each_input_has_its_own_name() -> None:
    names = [case.name for case in (*GOOD, *REFUSED)]
    assert len(names) == len(set(names))
    assert len(names) >= 150
    assert all(case.refused for case in REFUSED)
    assert not any(case.refused for case in GOOD)
