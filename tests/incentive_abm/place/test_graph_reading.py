"""A graph and a folder say the same, there and back, exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incentive_abm.errors import PlaceError
from incentive_abm.place import Parallel, Place, generate_place, load_place, place_from_graph, shipped_place

from .conftest import PARTNERS, TIES, WritePlace


def graph() -> nx.Graph[Any]:
    made: nx.Graph[Any] = nx.Graph()
    made.add_node("hospital", name="St Elsewhere", kind="trust", income_m=400, staff=5000)
    made.add_node("council", name="Borchester", kind="council", income_m=160.5)
    made.add_node("surgery", name="Ambridge", kind="gp", people=45_000)
    made.add_edge("hospital", "council", people=250_000)
    made.add_edge("council", "surgery", people=44_000, trust=0.7, basis="register")
    return made


def same(one: Place, other: Place) -> bool:
    return (one.hash == other.hash and dict(one.partners.notes) == dict(other.partners.notes)
            and one.ties.basis == other.ties.basis and dict(one.ties.notes) == dict(other.ties.notes)
            and one.filled == other.filled)


def test_a_graph_becomes_a_place() -> None:
    place = place_from_graph(graph(), "borsetshire")
    assert place.partners.ids == ("council", "hospital", "surgery")
    assert place.ties.trust[place.tie("council", "surgery")] == 0.7
    assert place.partners.assumed["income_m"].tolist() == [False, False, True]


def test_direction_in_a_graph_means_nothing() -> None:
    assert place_from_graph(nx.DiGraph(graph()).to_undirected(), "x").hash == place_from_graph(graph(), "y").hash


@pytest.mark.parametrize(("spoil", "message"), [
    (lambda g: g.nodes["surgery"].update(kind="practice"), r"node 'surgery', attribute kind: unknown kind 'practice'"),
    (lambda g: g.nodes["surgery"].pop("kind"), r"node 'surgery', attribute kind: is blank; expected one of trust"),
    (lambda g: g.nodes["surgery"].update(income_m=-1), r"node 'surgery', attribute income_m: -1 is too small"),
    (lambda g: g.nodes["surgery"].update(income_m=float("nan")), r"attribute income_m: nan is not a finite number"),
    (lambda g: g.nodes["surgery"].update(income_m=True), r"attribute income_m: True is not a number"),
    (lambda g: g.nodes["surgery"].update(ballance=0.1), r"nodes: unknown column 'ballance' \(did you mean balance\?\)"),
    (lambda g: g.nodes["surgery"].update(id="x"), r"node 'surgery', attribute id: the node itself is the id"),
    (lambda g: g.add_edge("surgery", "surgery", people=1),
     r"edge 'surgery'–'surgery', attribute target: .* tied to itself"),
    (lambda g: g.add_edge("surgery", "bakery", people=1), r"node 'bakery', attribute kind: is blank"),
    (lambda g: g.edges["hospital", "council"].update(people=0),
     r"edge 'hospital'–'council', attribute people: 0 is too"),
    (lambda g: g.edges["hospital", "council"].update(wait=3), r"edges: unknown column 'wait'"),
    (lambda g: g.add_node(7.5, kind="gp"), r"node 7.5: expected an id as text or a whole number, such as '7.5'"),
    (lambda g: g.add_node(True, kind="gp"), r"node True: expected an id as text or a whole number"),
    (lambda g: g.remove_edges_from(list(g.edges)), r"edges: there are no ties; expected at least one"),
    (lambda g: g.clear(), r"nodes: there are no partners; expected at least two"),
    (lambda g: g.remove_nodes_from(["hospital", "surgery"]), r"edges: there are no ties|is the only partner"),
])
def test_a_bad_graph_gets_the_same_messages_as_a_bad_file(spoil: Any, message: str) -> None:
    bad = graph()
    spoil(bad)
    with pytest.raises(PlaceError, match=message):
        place_from_graph(bad, "bad")


def test_edges_between_the_same_partners_that_differ_are_refused_until_it_is_said_what_they_mean() -> None:
    double: nx.MultiGraph[Any] = nx.MultiGraph(graph())
    double.add_edge("council", "hospital", people=5)
    with pytest.raises(PlaceError, match="attribute people: is 250000 and 5 on edges between the same partners"):
        place_from_graph(double, "double")
    with pytest.raises(PlaceError, match="parallel is 'summed'; expected one of refused, added, largest"):
        place_from_graph(double, "double", parallel="summed")
    for parallel, people in ((Parallel.ADDED, 250_005), (Parallel.LARGEST, 250_000), ("largest", 250_000)):
        place = place_from_graph(double, "double", parallel=parallel)
        assert place.ties.people[place.tie("council", "hospital")] == people


def test_both_directions_of_a_tie_are_one_tie() -> None:
    both = graph().to_directed()
    assert place_from_graph(both, "both").hash == place_from_graph(graph(), "one").hash


def test_trust_that_differs_by_direction_is_each_sides_own() -> None:
    both = graph().to_directed()
    both.edges["council", "surgery"]["trust"], both.edges["surgery", "council"]["trust"] = 0.7, 0.2
    place = place_from_graph(both, "both")
    tie = place.tie("council", "surgery")
    assert (place.ties.trust_a[tie], place.ties.trust_b[tie]) == (0.7, 0.2), "a is the council: its id comes first"


def test_whole_numbers_are_ids_as_text() -> None:
    numbered = nx.convert_node_labels_to_integers(graph())
    assert place_from_graph(numbered, "numbered").partners.ids == ("0", "1", "2")


@pytest.mark.parametrize("write", [nx.write_gexf, nx.write_graphml])
def test_what_graph_tools_add_is_left_out_with_a_warning(write: Any, tmp_path: Path) -> None:
    drawn = graph()
    drawn.nodes["hospital"]["income_m"] = 400.0  # GEXF has one type a column
    for node in drawn:
        drawn.nodes[node].update(label=f"The {node}", x=1.5, y=2.5)
    for number, (a, b) in enumerate(drawn.edges):
        drawn.edges[a, b].update(weight=1.0, id=str(number))
    write(drawn, tmp_path / "file")
    read = (nx.read_gexf if write is nx.write_gexf else nx.read_graphml)(tmp_path / "file")
    place = place_from_graph(read, "drawn")
    assert place.hash == place_from_graph(graph(), "plain").hash
    assert any(warning.startswith("attributes that graph tools add were left out: ") for warning in place.warnings)


def test_a_label_is_the_name_where_there_is_none() -> None:
    labelled = graph()
    for node in labelled:
        labelled.nodes[node]["label"] = labelled.nodes[node].pop("name")
    assert place_from_graph(labelled, "x").partners.names == place_from_graph(graph(), "x").partners.names


def test_there_and_back_with_holes(write_place: WritePlace) -> None:
    holes = PARTNERS.replace("400", "").replace("Ambridge PCN", "") + "alone,Alone,voluntary,,,,,,\n"
    place = load_place(write_place(holes, TIES.replace("44000", "")))
    assert same(place_from_graph(place.to_graph(), place.name), place)
    folder = write_place(name="empty")
    place.save(folder)
    assert same(load_place(folder), place)


@given(st.integers(0, 2**64 - 1), st.integers(0, 4), st.integers(1, 4), st.integers(0, 12), st.integers(1, 12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_there_and_back_for_any_generated_place(
    tmp_path: Path, seed: int, trusts: int, councils: int, gps: int, voluntary: int
) -> None:
    place = generate_place(seed, trusts, councils, gps, voluntary)
    assert same(place_from_graph(place.to_graph(), place.name), place)
    place.save(tmp_path / place.name)
    assert same(load_place(tmp_path / place.name), place)


def test_saving_twice_writes_the_same_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    place = shipped_place()
    place.save(tmp_path / "a")
    load_place(tmp_path / "a").save(tmp_path / "b")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["partners.csv", "ties.csv"]
    for name in ("partners.csv", "ties.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(PlaceError, match="taken.* cannot be written"):
        shipped_place().save(tmp_path / "taken")
