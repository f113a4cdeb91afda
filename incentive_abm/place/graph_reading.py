"""A place from a networkx graph, whose node and edge attributes are the columns of the CSV files."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from numbers import Integral
from typing import TYPE_CHECKING, Any

from incentive_abm.errors import PlaceError, quoted
from incentive_abm.faults import Faults
from incentive_abm.place.build import build
from incentive_abm.place.csv_columns import PARTNER_COLUMNS, TIE_COLUMNS, is_note
from incentive_abm.place.graph_edges import OPPOSITE, Attributes, Edge, Parallel, parallel_of, ties_of
from incentive_abm.place.place import Place
from incentive_abm.place.sheet import Sheet, is_blank

if TYPE_CHECKING:
    import networkx

OF_TOOLS = frozenset({
    "label", "weight", "viz", "x", "y", "z", "pos", "color", "colour", "size", "shape", "shape_type", "graphics", "key",
    "start", "end", "mod_points", "for_edge", "type", "description", "url", "degree", "indegree", "outdegree",
    "weighted_degree", "modularity_class", "pagerank", "eccentricity", "closnesscentrality", "betweenesscentrality",
    "selected", "suid", "shared_name", "shared_interaction", "interaction", "cluster", "group",
})
"""Attributes that Gephi, yEd, Cytoscape, Pajek and networkx itself add for drawing and counting: they say nothing of a partner or
tie, so they are left out, with a warning. Compared in lower case, with spaces as _."""


def place_from_graph(graph: networkx.Graph[Any], name: str, assumptions: Mapping[str, float] | None = None,
                     parallel: Parallel | str = Parallel.REFUSED) -> Place:
    """The place in a graph of any of networkx's classes. Nodes are ids: texts or whole numbers.

    Node attributes: name (else label), kind, income_m, balance, people, staff, lat, lon, reach, skill, *_note; edge
    attributes: people, spend_m, trust, trust_source, trust_target, identity, information, basis, *_note; left out or None
    where unknown. Edges between the same two partners are one tie; `trust` that differs by direction is each side's own, and
    `parallel` says what other differences mean. What graph tools add is left out, with a warning. Errors as in `load_place`.

    >>> import networkx
    >>> graph = networkx.DiGraph()
    >>> graph.add_node(1, label="St Elsewhere", kind="trust", income_m=400)
    >>> graph.add_node(2, label="Borchester", kind="council", income_m=160)
    >>> graph.add_edge(1, 2, people=250_000, trust=0.7, weight=3)
    >>> graph.add_edge(2, 1, people=250_000, trust=0.4, weight=1)
    >>> place = place_from_graph(graph, "borsetshire")
    >>> place.partners.names, len(place.ties)
    (('St Elsewhere', 'Borchester'), 1)
    >>> place.warnings
    ('attributes that graph tools add were left out: weight of edges',)
    """
    if not all(hasattr(graph, name) for name in ("nodes", "edges", "is_directed")):
        raise PlaceError(f"graph is {quoted(graph)}; expected a networkx graph")
    faults = Faults(PlaceError)
    nodes: list[tuple[Hashable, Attributes]] = [(node, _named(attributes)) for node, attributes in graph.nodes(data=True)]
    edges: list[Edge] = [(a, b, _plain(attributes)) for a, b, attributes in graph.edges(data=True)]
    for node, attributes in nodes:
        if not isinstance(node, str | Integral) or isinstance(node, bool):
            faults.add(f"node {quoted(node)}: expected an id as text or a whole number, such as {quoted(str(node))}")
        elif "id" in attributes and str(attributes["id"]) != str(node):
            faults.add(f"node {quoted(node)}, attribute id: the node itself is the id; leave it out",
                       cause="id", spot=f"node {quoted(node)}")
    for a, b, attributes in [] if graph.is_directed() else edges:
        for key in OPPOSITE:
            if not is_blank(attributes.get(key)):
                spot = f"edge {quoted(a)}–{quoted(b)}"
                faults.add(f"{spot}, attribute {key}: an undirected edge has no source; use a DiGraph", cause=key, spot=spot)
    left = [*_left_out((attributes for _, attributes in nodes), PARTNER_COLUMNS, "nodes"),
            *_left_out((attributes for _, _, attributes in edges), TIE_COLUMNS, "edges")]
    told = [(a, b, {key: value for key, value in attributes.items() if not _of_tools(key, TIE_COLUMNS)})
            for a, b, attributes in edges]
    ties = ties_of(told, graph.is_directed(), parallel_of(parallel), faults)

    def node_at(row: int, column: str) -> str:
        return _at("nodes" if row < 0 else f"node {quoted(nodes[row][0])}", column)

    def edge_at(row: int, column: str) -> str:
        return _at("edges" if row < 0 else ties[row].shown, column)

    partner_columns = _columns([attributes for _, attributes in nodes], ("name", "kind"), PARTNER_COLUMNS)
    tie_columns = _columns([tie.attributes for tie in ties], (), TIE_COLUMNS)
    partners: dict[str, list[object]] = {"id": [str(node) for node, _ in nodes], **partner_columns}
    ends: dict[str, list[object]] = {"source": [str(tie.source) for tie in ties],
                                     "target": [str(tie.target) for tie in ties], **tie_columns}
    one = Sheet(partners, len(nodes), node_at, lambda row: node_at(row, ""), faults)
    place = build(name, one, Sheet(ends, len(ties), edge_at, lambda row: edge_at(row, "")), assumptions)
    return replace(place, warnings=(*place.warnings, f"attributes that graph tools add were left out: {', '.join(left)}")) \
        if left else place


def _at(item: str, column: str) -> str:
    return f"{item}, attribute {column}" if column else item


def _plain(attributes: Mapping[Any, object]) -> Attributes:
    return {str(key): value for key, value in attributes.items()}


def _named(attributes: Mapping[Any, object]) -> Attributes:
    """Attributes in which a tool's label is the name, where there is none."""
    plain = dict(_plain(attributes))
    if is_blank(plain.get("name")) and not is_blank(plain.get("label")):
        plain["name"] = plain.pop("label")
    return plain


def _of_tools(key: str, columns: Iterable[str]) -> bool:
    return key not in columns and not is_note(key) and (key == "id" or key.casefold().replace(" ", "_") in OF_TOOLS)


def _left_out(rows_given: Iterable[Attributes], columns: Iterable[str], what: str) -> list[str]:
    found = dict.fromkeys(key for attributes in rows_given for key in attributes if _of_tools(key, columns))
    return [f"{', '.join(found)} of {what}"] if found else []


def _columns(rows_given: Sequence[Attributes], always: tuple[str, ...], known: Iterable[str]) -> dict[str, list[object]]:
    found = dict.fromkeys((*always, *(key for attributes in rows_given for key in attributes)))
    return {key: [attributes.get(key) for attributes in rows_given]
            for key in found if key != "id" and not _of_tools(key, known)}
