"""A place as a networkx graph, whose node and edge attributes are the columns of the CSV files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incentive_abm.place.cells import partner_cells, rows, tie_cells
from incentive_abm.place.partners_and_ties import Partners, Ties

if TYPE_CHECKING:
    import networkx


def to_graph(name: str, partners: Partners, ties: Ties) -> networkx.Graph[str]:
    """The graph of a place: what is known, with filled cells left out, so that reading it back gives the same place.

    Directed where a tie has each side's own trust, undirected otherwise.
    """
    import networkx

    # An undirected edge has no first end: what is each side's own needs a direction.
    sided = "trust_source" in ties.numbers
    graph: networkx.Graph[str] = networkx.DiGraph(name=name) if sided else networkx.Graph(name=name)
    nodes, edges = partner_cells(partners), tie_cells(ties, partners.ids)
    for row in rows(nodes):
        known = {key: cell for key, cell in zip(nodes, row, strict=True) if cell is not None}
        graph.add_node(str(known.pop("id")), **known)
    for row in rows(edges):
        known = {key: cell for key, cell in zip(edges, row, strict=True) if cell is not None}
        graph.add_edge(str(known.pop("source")), str(known.pop("target")), **known)
    return graph
