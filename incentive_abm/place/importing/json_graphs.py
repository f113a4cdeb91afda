"""Graphs in JSON: node-link, adjacency and Cytoscape forms as networkx writes them, D3's, Kumu's, Gephi Lite's; lists of rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from incentive_abm.errors import PlaceError, quoted
from incentive_abm.place.importing.graph_tables import Edge, Node, cell_of, graph_tables, id_of
from incentive_abm.place.importing.table import Raw, Table

_FORMS = ("node-link (nodes, links or edges), adjacency, Cytoscape (elements), Kumu (elements, connections), "
          "or a list of rows")
_SOURCE, _TARGET = ("source", "from", "Source", "From"), ("target", "to", "Target", "To")
_ID = ("id", "key", "_id", "Id", "name", "label", "Label")


def read_json(file: str, text: str) -> list[Table] | Raw:
    """The nodes and edges, or the rows, of a JSON file; raises PlaceError for any other form."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise PlaceError(f"{file}, line {error.lineno}: not valid JSON ({error.msg})") from None
    except RecursionError:
        raise PlaceError(f"{file}: its JSON is nested too deeply to be a graph") from None
    if isinstance(found, list) and found and all(isinstance(row, dict) for row in found):
        return _rows(file, found)
    if isinstance(found, dict):
        if isinstance(found.get("graph"), dict) and "nodes" in found["graph"]:
            found = found["graph"]
        elements = found.get("elements")
        if isinstance(elements, dict):
            return _cytoscape(file, elements)
        if isinstance(elements, list):
            return _kumu(file, elements, found.get("connections", []))
        if isinstance(found.get("adjacency"), list) and isinstance(found.get("nodes"), list):
            return _adjacency(file, found)
        edges = next((found[key] for key in ("links", "edges", "connections") if isinstance(found.get(key), list)), None)
        if isinstance(found.get("nodes"), list) and edges is not None:
            return _node_link(file, found, edges)
    raise PlaceError(f"{file}: this JSON holds no graph of a known form; expected {_FORMS}")


def _rows(file: str, rows: list[dict[str, Any]]) -> Raw:
    names = list(dict.fromkeys(key for row in rows for key in row))
    cells = (tuple(names), *(tuple(cell_of(row.get(name)) for name in names) for row in rows))
    return Raw(file, "", cells, ("", *(f"item {k}" for k in range(1, len(rows) + 1))), "graph", headless=True)


def _first(file: str, item: Mapping[str, Any], keys: Sequence[str], what: str) -> Any:
    for key in keys:
        if item.get(key) not in (None, ""):
            return item[key]
    raise PlaceError(f"{file}: {what} has none of {', '.join(keys[:2])}")


def _flat(item: Mapping[str, Any], but: Sequence[str]) -> dict[str, Any]:
    """Attributes in one row, whether they stand beside the id or in a table of their own."""
    inner = item.get("attributes")
    found = {**item, **inner} if isinstance(inner, dict) else dict(item)
    return {key: cell_of(value) for key, value in found.items() if key not in (*but, "attributes")}


def _node_link(file: str, found: Mapping[str, Any], edges: list[Any]) -> list[Table]:
    directed = bool(found.get("directed", (found.get("options") or {}).get("type") == "directed"))
    items = [_mapping(file, node, "node") for node in found["nodes"]]
    nodes = []
    for k, item in enumerate(items, 1):
        key = next((name for name in _ID if item.get(name) not in (None, "")), "")
        nodes.append(Node(id_of(_first(file, item, _ID, f"node {k}")),
                          _flat(item, ("id", key) if key in ("id", "key", "_id") else ())))
    known = {node.id for node in nodes}
    made = []
    for k, edge in enumerate(edges, 1):
        item = _mapping(file, edge, "edge")
        ends = [_end(file, _first(file, item, keys, f"edge {k}"), nodes, known) for keys in (_SOURCE, _TARGET)]
        source, target = ends
        made.append(Edge(source, target, _flat(item, (*_SOURCE, *_TARGET, "id", "key")), bool(item.get("directed", directed))))
    return graph_tables(file, nodes, made)


def _end(file: str, end: Any, nodes: list[Node], known: set[str]) -> str:
    """An end's id; D3 may hold the node itself, or its place in the list where no node has that number for an id."""
    if isinstance(end, dict):
        end = _first(file, end, _ID, "the end of an edge")
    if type(end) is int and str(end) not in known:
        if not 0 <= end < len(nodes):
            raise PlaceError(f"{file}: an edge ends at node {end}; the file holds {len(nodes)} nodes")
        return nodes[end].id
    return id_of(end)


def _mapping(file: str, item: Any, what: str) -> Mapping[str, Any]:
    if isinstance(item, dict):
        return item
    if what == "node" and isinstance(item, str | int):
        return {"id": item}
    raise PlaceError(f"{file}: {quoted(item)} is no {what}; expected a table of names and values")


def _cytoscape(file: str, elements: Mapping[str, Any]) -> list[Table]:
    nodes = [_data(item) for item in elements.get("nodes", [])]
    edges = [_data(item) for item in elements.get("edges", [])]
    return graph_tables(
        file, [Node(id_of(_first(file, node, _ID, f"node {k}")), _flat(node, ("id",))) for k, node in enumerate(nodes, 1)],
        [Edge(id_of(_first(file, edge, _SOURCE, f"edge {k}")), id_of(_first(file, edge, _TARGET, f"edge {k}")),
              _flat(edge, ("source", "target", "id")), False) for k, edge in enumerate(edges, 1)])


def _data(item: Any) -> Mapping[str, Any]:
    inner = item.get("data", item) if isinstance(item, dict) else {}
    return inner if isinstance(inner, dict) else {}


def _kumu(file: str, elements: list[Any], connections: Any) -> list[Table]:
    if elements and all(isinstance(item, dict) and isinstance(item.get("data"), dict) for item in elements):
        data = [_data(item) for item in elements]
        parted = {"nodes": [item for item in data if "source" not in item], "edges": [item for item in data if "source" in item]}
        return _cytoscape(file, parted)
    nodes = []
    for k, element in enumerate(elements, 1):
        item = _mapping(file, element, "node")
        nodes.append(Node(id_of(_first(file, item, ("_id", "id", "label", "Label"), f"element {k}")), _flat(item, ("_id", "id"))))
    ids = {id_of(node.attributes.get("label", node.id)): node.id for node in nodes}
    edges = []
    for k, connection in enumerate(connections if isinstance(connections, list) else [], 1):
        item = _mapping(file, connection, "edge")
        ends = [id_of(_first(file, item, keys, f"connection {k}")) for keys in (_SOURCE, _TARGET)]
        way = str(item.get("direction", item.get("Direction", "undirected"))).casefold()
        source, target = (ids.get(end, end) for end in ends)
        edges.append(Edge(source, target, _flat(item, (*_SOURCE, *_TARGET, "_id", "direction", "Direction")),
                          way == "directed"))
    return graph_tables(file, nodes, edges)


def _adjacency(file: str, found: Mapping[str, Any]) -> list[Table]:
    items = [_mapping(file, node, "node") for node in found["nodes"]]
    nodes = [Node(id_of(_first(file, item, _ID, f"node {k}")), _flat(item, ("id",))) for k, item in enumerate(items, 1)]
    directed, seen, edges = bool(found.get("directed")), set(), []
    for node, near in zip(nodes, found["adjacency"], strict=False):
        for item in near:
            other = id_of(_first(file, item, ("id",), f"a neighbour of {node.id}"))
            # Undirected, each tie stands once at either end.
            if directed or (other, node.id, item.get("key")) not in seen:
                edges.append(Edge(node.id, other, _flat(item, ("id", "key")), directed))
                seen.add((node.id, other, item.get("key")))
    return graph_tables(file, nodes, edges)
