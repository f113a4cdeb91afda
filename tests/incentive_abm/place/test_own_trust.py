"""Each side's own trust: kept apart, whichever way a tie is written, and felt by that side alone."""

from __future__ import annotations

import networkx
import numpy as np
import pytest

from incentive_abm.errors import PlaceError
from incentive_abm.place import Place, check_place, load_place, place_from_graph, place_from_texts
from incentive_abm.scenario import load_scenario
from incentive_abm.state.arrays import Arrays
from incentive_abm.state.start import start

from .conftest import PARTNERS, TIES, WritePlace

HEAD, *ROWS = TIES.strip().splitlines()
SIDED = "\n".join([f"{HEAD},trust,trust_source,trust_target", f"{ROWS[0]},0.5,0.9,0.2", f"{ROWS[1]},,,0.8",
                   *(f"{row},,," for row in ROWS[2:])])


def believed(place: Place) -> np.ndarray:
    """What each side of each tie believes at the start."""
    arrays: Arrays = start(place, [load_scenario("today")], [1])
    width = arrays.tie.size // len(place.ties)
    return arrays.tie.reshape(len(place.ties), width)


def test_each_side_keeps_its_own(write_place: WritePlace) -> None:
    place = load_place(write_place(ties=SIDED))
    tie = place.tie("hospital", "council")
    assert (place.ties.trust_a[tie], place.ties.trust_b[tie]) == (0.2,
                                                                  0.9), "the council comes first; it trusts the hospital less"
    assert [each[tie] for each in place.ties.trust_by_side] == [0.2, 0.9]
    other = place.tie("surgery", "hospital")
    assert np.isnan(place.ties.trust_b[other])
    assert place.ties.trust_a[other] == 0.8


def test_saved_and_read_again_it_is_the_same(write_place: WritePlace, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = load_place(write_place(ties=SIDED))
    folder = tmp_path_factory.mktemp("kept")
    place.save(folder)
    assert load_place(folder).hash == place.hash
    assert place_from_graph(place.to_graph(), place.name).hash == place.hash
    assert place.to_graph().is_directed()


def test_it_is_felt_by_that_side_alone(write_place: WritePlace) -> None:
    plain, sided = (load_place(write_place(ties=ties)) for ties in (TIES, SIDED))
    changed = believed(plain) != believed(sided)
    assert changed[plain.tie("council", "charity")].sum() == 0
    assert changed[plain.tie("surgery", "hospital")].sum() == 2, "alpha and beta of the hospital's side, and nothing else"
    assert changed[plain.tie("hospital", "council")].sum() == 4


def test_a_check_does_not_deny_trust_that_is_given(write_place: WritePlace) -> None:
    plain, sided = (check_place(load_place(write_place(ties=ties))).text() for ties in (TIES, SIDED))
    assert "No record shows trust" in plain
    assert "Trust is what the files say where they say it" in sided


def test_places_without_it_keep_their_hash_and_columns(write_place: WritePlace) -> None:
    place = load_place(write_place())
    assert "trust_source" not in place.ties.numbers
    assert not place.to_graph().is_directed()


def test_an_undirected_edge_has_no_source() -> None:
    graph = networkx.Graph()
    graph.add_node("b", kind="trust", income_m=1)
    graph.add_node("a", kind="gp", income_m=1)
    graph.add_edge("a", "b", people=3, trust_source=0.4)
    with pytest.raises(PlaceError, match="an undirected edge has no source; use a DiGraph"):
        place_from_graph(graph, "x")


def test_a_turned_row_means_the_same() -> None:
    turned = f"{HEAD},trust,trust_source,trust_target\n" + SIDED.split("\n", 2)[1].replace("hospital,council",
                                                                                           "council,hospital") \
        .replace("0.9,0.2", "0.2,0.9") + "\n" + SIDED.split("\n", 2)[2]
    one, other = (place_from_texts("x", PARTNERS.encode(), text.encode()) for text in (SIDED, turned))
    assert one.hash == other.hash
