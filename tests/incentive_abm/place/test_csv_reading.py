"""What a good place says is what the model gets; what it does not say is filled by a stated rule, and marked."""

from __future__ import annotations

import numpy as np
import pytest

from incentive_abm.errors import PlaceError
from incentive_abm.kinds import Kind
from incentive_abm.parameters import default
from incentive_abm.place import Place, load_place, place_from_texts

from .conftest import PARTNERS, TIES, WritePlace


def test_partners_stand_in_the_order_of_their_ids(borsetshire: Place) -> None:
    p = borsetshire.partners
    assert p.ids == ("charity", "council", "hospital", "surgery")
    assert [Kind(kind) for kind in p.kind] == [Kind.VOLUNTARY, Kind.COUNCIL, Kind.TRUST, Kind.GP]
    assert p.income.tolist() == [0.4, 160.0, 400.0, 7.5]
    assert p.balance.tolist() == [0.02, 0.01, -0.03, 0.0]
    assert np.isnan(p.staff).tolist() == [True, True, False, True]


def test_ties_stand_in_the_order_of_their_partners_whatever_their_direction(borsetshire: Place) -> None:
    t = borsetshire.ties
    assert list(zip(t.a.tolist(), t.b.tolist(), strict=True)) == [(0, 1), (1, 2), (1, 3), (2, 3)]
    assert t.people.tolist() == [800.0, 250_000.0, 44_000.0, 30_000.0]
    assert t.weak.tolist() == [True, False, False, False]


def test_shared_spend_is_worked_out_from_both_incomes(borsetshire: Place) -> None:
    half = default("shared_fraction")
    hospital = half * 400.0 * 250_000 / 280_000
    council = half * 160.0 * 250_000 / 294_800
    tie = borsetshire.tie("hospital", "council")
    assert borsetshire.ties.spend[tie] == pytest.approx(hospital + council)
    assert borsetshire.ties.spend_a[tie] == pytest.approx(council), "a is the partner whose id comes first"


def test_each_partner_spends_the_shared_fraction_of_its_income_on_its_ties(borsetshire: Place) -> None:
    t, p = borsetshire.ties, borsetshire.partners
    each = np.bincount(t.a, t.spend_a, 4) + np.bincount(t.b, t.spend - t.spend_a, 4)
    assert each == pytest.approx(default("shared_fraction") * p.income)
    assert borsetshire.weight.sum() == pytest.approx(1.0)
    assert borsetshire.income_total == pytest.approx(567.9)


def test_spend_that_is_given_is_used_and_split_like_the_incomes(write_place: WritePlace) -> None:
    lines = TIES.splitlines()
    given = "\n".join([lines[0] + ",spend_m", lines[1] + ",90", *[line + "," for line in lines[2:]]])
    place = load_place(write_place(ties=given))
    tie = place.tie("council", "hospital")
    assert place.ties.spend[tie] == 90.0
    assert not place.ties.assumed["spend_m"][tie]
    hospital, council = 400.0 * 250_000 / 280_000, 160.0 * 250_000 / 294_800
    assert place.ties.spend_a[tie] == pytest.approx(90.0 * council / (hospital + council))


@pytest.mark.parametrize(("row", "income", "rule"), [
    ("x,X,trust,,,,1000,,", 1000 * default("trust_income_per_staff"), "trust_income_per_staff"),
    ("x,X,trust,,,5000,,,", default("trust_income"), "trust_income"),
    ("x,X,council,,,100000,,,", 0.1 * default("council_income_per_person"), "council_income_per_person"),
    ("x,X,council,,,,,,", default("council_income"), "council_income"),
    ("x,X,gp,,,20000,,,", 0.02 * default("gp_income_per_person"), "gp_income_per_person"),
    ("x,X,gp,,,,,,", default("gp_people") * default("gp_income_per_person") / 1e6, "gp_people"),
    ("x,X,voluntary,,,,,,", default("voluntary_income"), "voluntary_income"),
])
def test_a_missing_income_is_filled_by_kind_and_size(
    row: str, income: float, rule: str, write_place: WritePlace
) -> None:
    place = load_place(write_place(PARTNERS + row + "\n", TIES + "x,council,500,register\n"))
    x = place.partner("x")
    assert place.partners.income[x] == pytest.approx(income)
    assert place.partners.assumed["income_m"].tolist() == [False, False, False, False, True]
    (fill,) = [fill for fill in place.filled if fill.column == "income_m"]
    assert rule in fill.rule
    assert fill.count == 1


def test_missing_balance_reach_people_and_name_are_filled_and_marked(write_place: WritePlace) -> None:
    place = load_place(write_place(PARTNERS + "x,,gp,8,,,,,\n", TIES + "x,council,,\n"))
    x, tie = place.partner("x"), place.tie("x", "council")
    assert (place.partners.names[x], place.partners.balance[x]) == ("x", 0.0)
    assert place.partners.reach[x] == default("reach_gp")
    assert place.ties.people[tie] == default("tie_people")
    assert all(place.partners.assumed[column][x] for column in ("name", "balance", "reach"))
    assert place.ties.assumed["people"][tie]
    assert place.ties.weak[tie]


def test_a_researcher_may_fill_with_other_defaults(write_place: WritePlace) -> None:
    folder = write_place(PARTNERS.replace("gp,7.5", "gp,"))
    dear = load_place(folder, {"gp_income_per_person": 200.0, "shared_fraction": 0.25})
    assert dear.partners.income[dear.partner("surgery")] == pytest.approx(45_000 * 200e-6)
    assert dear.spend_total == pytest.approx(0.25 * dear.income_total)


@pytest.mark.parametrize("encode", [
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.replace("\n", "\n\n").encode(),
    lambda text: text.replace(",", " , ").encode(),
    lambda text: text.rstrip("\n").encode(),
], ids=["byte order mark", "Windows line ends", "blank lines", "space around cells", "no last line end"])
def test_the_same_place_however_a_spreadsheet_saved_it(encode: object, write_place: WritePlace) -> None:
    plain = load_place(write_place())
    assert callable(encode)
    saved = load_place(write_place(encode(PARTNERS), encode(TIES), name="saved"))
    assert saved.hash == plain.hash


def test_initial_trust_and_skill_may_be_given(write_place: WritePlace) -> None:
    partners = PARTNERS.replace(",lon\n", ",lon,skill,reach\n").replace(",-1.02\n", ",-1.02,0.8,0.6\n")
    partners = "\n".join(line if line.count(",") == 10 else line + ",," for line in partners.splitlines())
    ties = TIES.replace("basis\n", "basis,trust,identity\n").replace("catchment\n", "catchment,0.7,\n")
    ties = "\n".join(line if line.count(",") == 5 else line + ",," for line in ties.splitlines())
    place = load_place(write_place(partners, ties))
    council = place.partner("council")
    assert (place.partners.skill[council], place.partners.reach[council]) == (0.8, 0.6)
    assert place.ties.trust[place.tie("hospital", "surgery")] == 0.7
    assert np.isnan(place.ties.trust[place.tie("council", "surgery")])
    assert np.isnan(place.ties.identity).all()


def test_notes_are_kept(write_place: WritePlace) -> None:
    lines = PARTNERS.splitlines()
    noted = "\n".join(line + (f",line {i}" if i else ",income_note") for i, line in enumerate(lines))
    place = load_place(write_place(noted))
    assert place.partners.notes["income_note"] == ("line 4", "line 2", "line 1", "line 3")


def test_a_place_that_falls_apart_is_warned_of_not_refused(write_place: WritePlace) -> None:
    apart = PARTNERS + "a,A,gp,7,,,,,\nb,B,gp,7,,,,,\nalone,All Alone,gp,7,,,,,\n"
    place = load_place(write_place(apart, TIES + "a,b,50,register\n"))
    assert place.warnings == (
        "1 partner has no tie and will take no part: All Alone",
        "the place falls into 2 groups that no tie joins, of 4, 2 partners",
    )
    assert place.connected.sum() == 6
    assert place.income_total == pytest.approx(567.9 + 14.0)


def test_partners_are_found_by_id_label_or_name(borsetshire: Place) -> None:
    assert borsetshire.partner("surgery") == borsetshire.partner("Ambridge") == borsetshire.partner("ambridge pcn")
    with pytest.raises(PlaceError, match=r"Borsetshire has no partner 'surgey' \(did you mean surgery\?\)"):
        borsetshire.partner("surgey")
    with pytest.raises(PlaceError, match="no tie between Kind Neighbours and Ambridge"):
        borsetshire.tie("charity", "surgery")


def test_labels_are_short_calm_and_different() -> None:
    partners = ("id,name,kind,income_m\n1,BARTS HEALTH NHS TRUST,trust,1\n2,London Borough of Newham,council,1\n"
                "3,EAST LONDON NHS FOUNDATION TRUST,trust,1\n4,NEWHAM GP CO-OPERATIVE LTD,gp,1\n5,Loxford PCN,gp,1\n"
                "6,Loxford PCN,gp,1\n7,PARTNERSHIP OF EAST LONDON COOPERATIVES (PELC) LTD,gp,1\n")
    place = place_from_texts("x", partners.encode(), b"source,target,people\n1,2,5\n")
    assert place.labels == ("Barts Health", "Newham", "East London Trust", "Newham GP Co-operative", "Loxford PCN (5)",
                            "Loxford PCN (6)", "Partnership of East London…")


def test_arrays_are_closed(borsetshire: Place) -> None:
    with pytest.raises(ValueError, match="read-only"):
        borsetshire.partners.income[0] = 1.0
