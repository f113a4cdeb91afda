"""A place from a networkx graph, whose node and edge attributes are the columns of the CSV files."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from incentive_abm.errors import PlaceError, quoted
from incentive_abm.place.build import build
from incentive_abm.place.place import Place
from incentive_abm.place.sheet import Sheet

if TYPE_CHECKING:
    import networkx


def place_from_graph(graph: networkx.Graph[Any], name: str, assumptions: Mapping[str, float] | None = None) -> Place:
    """The place in a graph (directed or not; direction means nothing). Nodes are ids, as text.

    Node attributes: name, kind, income_m, balance, people, staff, lat, lon, reach, skill, *_note; edge attributes:
    people, spend_m, trust, identity, information, basis, *_note; left out or None where unknown. Errors as in
    `load_place`.
    """
    nodes: list[tuple[Hashable, Mapping[str, object]]] = list(graph.nodes(data=True))
    edges: list[tuple[Hashable, Hashable, Mapping[str, object]]] = list(graph.edges(data=True))
    for node, attributes in nodes:
        if not isinstance(node, str):
            raise PlaceError(f"node {quoted(node)}: expected an id as text, such as {quoted(str(node))}")
        if "id" in attributes:
            raise PlaceError(f"node {quoted(node)}, attribute id: the node itself is the id; leave it out")

    def node_at(row: int, column: str) -> str:
        return _at("nodes" if row < 0 else f"node {quoted(nodes[row][0])}", column)

    def edge_at(row: int, column: str) -> str:
        return _at("edges" if row < 0 else f"edge {quoted(edges[row][0])}–{quoted(edges[row][1])}", column)

    for a, b, attributes in [] if graph.is_directed() else edges:
        for name in ("trust_source", "trust_target"):
            if attributes.get(name) is not None:
                raise PlaceError(f"edge {quoted(a)}–{quoted(b)}, attribute {name}: an undirected edge has no source; use a "
                                 f"DiGraph")
    partner_columns = _columns([attributes for _, attributes in nodes], ("name", "kind", "income_m"))
    tie_columns = _columns([attributes for _, _, attributes in edges], ("people",))
    partners = {"id": [node for node, _ in nodes], **partner_columns}
    ties = {"source": [a for a, _, _ in edges], "target": [b for _, b, _ in edges], **tie_columns}
    return build(name, Sheet(partners, len(nodes), node_at), Sheet(ties, len(edges), edge_at), assumptions)


def _at(item: str, column: str) -> str:
    return f"{item}, attribute {column}" if column else item


def _columns(rows_given: list[Mapping[str, object]], always: tuple[str, ...]) -> dict[str, list[object]]:
    found = dict.fromkeys((*always, *(str(key) for attributes in rows_given for key in attributes)))
    return {key: [attributes.get(key) for attributes in rows_given] for key in found}
