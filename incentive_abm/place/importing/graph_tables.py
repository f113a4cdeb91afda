"""Nodes and edges of any graph file, as two tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from incentive_abm.errors import PlaceError, quoted
from incentive_abm.place.importing.table import Cell, Role, Table, text_of


@dataclass(frozen=True)
class Node:
    """A node by its id, with what is said of it."""

    id: str
    attributes: Mapping[str, Cell]


@dataclass(frozen=True)
class Edge:
    """An edge between two nodes; `directed` says whether it speaks for its source alone."""

    source: str
    target: str
    attributes: Mapping[str, Cell]
    directed: bool


def graph_tables(file: str, nodes: Sequence[Node], edges: Sequence[Edge], groups: int = 0) -> list[Table]:
    """A table of nodes and one of edges; raises PlaceError where an id is missing."""
    for k, node in enumerate(nodes, 1):
        if not node.id.strip():
            raise PlaceError(f"{file}: node {k} has no id")
    for k, edge in enumerate(edges, 1):
        if not edge.source.strip() or not edge.target.strip():
            raise PlaceError(f"{file}: edge {k} has no {'target' if edge.source.strip() else 'source'}")
    if not nodes and not edges:
        raise PlaceError(f"{file} holds a graph without nodes" if not groups else f"{file} holds groups and no nodes")
    tables = []
    if nodes:
        tables.append(_table(file, "nodes", ("id",), [((node.id,), node.attributes) for node in nodes],
                             [f"node {quoted(node.id)}" for node in nodes], Role.PARTNERS))
    if edges:
        tables.append(_table(file, "edges", ("source", "target"),
                             [((edge.source, edge.target), edge.attributes) for edge in edges],
                             [f"edge {quoted(edge.source)}–{quoted(edge.target)}" for edge in edges], Role.TIES,
                             tuple(edge.directed for edge in edges)))
    return tables


def _table(file: str, what: str, first: tuple[str, ...], items: list[tuple[tuple[str, ...], Mapping[str, Cell]]],
           at: list[str], role: Role, sided: tuple[bool, ...] = ()) -> Table:
    # An attribute called as an end of ours is another tool's column of that name; the file's own ends stand.
    names = [name for name in dict.fromkeys(str(key) for _, more in items for key in more) if name not in first]
    rows = tuple((*ends, *(more.get(name, "") for name in names)) for ends, more in items)
    return Table(file, (*first, *names), rows, tuple(at), role, None, "graph", sided=sided)


def cell_of(value: object) -> Cell:
    """What JSON or GML holds, as a cell; lists and tables as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float | date):
        return value
    return str(value)


def id_of(value: object) -> str:
    """An id as text, whatever the file holds it as."""
    return text_of(cell_of(value))
