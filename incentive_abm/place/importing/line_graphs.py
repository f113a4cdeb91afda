"""Graphs in lines of text: Pajek's .net and GML, as networkx, Gephi, yEd, igraph and Pajek write them."""

from __future__ import annotations

import html
import re

from incentive_abm.errors import PlaceError, quoted
from incentive_abm.place.importing.graph_tables import Edge, Node, cell_of, graph_tables, id_of
from incentive_abm.place.importing.table import Cell, Table

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_SECTIONS = ("arcs", "edges", "arcslist", "edgeslist", "matrix")
_TOKEN = re.compile(r'\s*(?:(\[)|(\])|"((?:[^"\\]|\\.)*)"|([^\s\[\]"]+))')
Lists = dict[str, list[object]]


def read_pajek(file: str, text: str) -> list[Table]:
    """The vertices and lines of a Pajek network; raises PlaceError naming the line."""
    names: dict[str, str] = {}
    nodes: list[Node] = []
    edges: list[Edge] = []
    section, row_of_matrix, expected = "", 0, 0
    for k, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if line.startswith("*"):
            words = line[1:].replace(":", " ").split()
            section = words[0].casefold() if words else ""
            if section == "vertices":
                expected = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
            row_of_matrix = 0
            continue
        words = [found[1] if found[2] is None else found[2] for found in _WORD.finditer(line)]
        if section == "vertices":
            names[words[0]] = words[1] if len(words) > 1 else words[0]
            nodes.append(Node(names[words[0]], _pairs(words[2:])))
        elif section in _SECTIONS:
            if not names:
                names = {str(n): str(n) for n in range(1, expected + 1)}
                nodes = [Node(name, {}) for name in names.values()]
            if section == "matrix":
                row_of_matrix += 1
                edges += [_edge(file, k, names, str(row_of_matrix), str(n), value, True)
                          for n, value in enumerate(words, 1) if value not in ("0", "0.0")]
            elif section.endswith("list"):
                edges += [_edge(file, k, names, words[0], other, None, section == "arcslist") for other in words[1:]]
            elif len(words) < 2:
                raise PlaceError(f"{file}, line {k}: expected two numbers of vertices")
            else:
                edges.append(_edge(file, k, names, words[0], words[1], words[2] if len(words) > 2 else None, section == "arcs",
                                   _pairs(words[3:])))
        elif section not in ("network", "partition", "vector"):
            raise PlaceError(f"{file}, line {k}: {quoted(line[:40])} stands in no section of Pajek's; expected *Vertices, "
                             f"*Arcs, *Edges")
    if len({node.id for node in nodes}) < len(nodes):
        twice = next(node.id for n, node in enumerate(nodes) if node.id in [each.id for each in nodes[:n]])
        raise PlaceError(f"{file}: two vertices are called {quoted(twice)}; give each its own label")
    return graph_tables(file, nodes, edges)


def _pairs(words: list[str]) -> dict[str, Cell]:
    """Names and values after the coordinates and shape; those of drawing have names of one or two letters, and are left out."""
    while words and re.fullmatch(r"[-+.\deE]+", words[0]):
        words = words[1:]
    if len(words) % 2:
        words = words[1:]
    return {name: value for name, value in zip(words[::2], words[1::2], strict=True) if len(name) > 2}


def _edge(file: str, line: int, names: dict[str, str], a: str, b: str, value: str | None, directed: bool,
          more: dict[str, Cell] | None = None) -> Edge:
    for end in (a, b):
        if end.lstrip("-") not in names:
            raise PlaceError(f"{file}, line {line}: there is no vertex {end}")
    return Edge(names[a], names[b.lstrip("-")], {**({} if value is None else {"weight": value}), **(more or {})}, directed)


def read_gml(file: str, text: str) -> list[Table]:
    """The nodes and edges of a GML file; raises PlaceError for one that does not close its brackets."""
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    tokens = list(_TOKEN.finditer(text))
    top, end = _gml(file, tokens, 0)
    graphs = top.get("graph")
    if end < len(tokens) or not graphs or not isinstance(graphs[0], dict):
        raise PlaceError(f"{file}: no `graph [ … ]` that opens and closes; export the graph again")
    graph: Lists = graphs[0]
    directed = graph.get("directed", ["0"])[0] == "1"
    nodes = [Node(_one(file, each, "id", "node"), _more(each, ("id", "graphics", "LabelGraphics", "gid", "isGroup")))
             for each in graph.get("node", []) if isinstance(each, dict) and each.get("isGroup", [""])[0] not in ("1", "true")]
    nodes, ids = _by_label(nodes)
    edges = [Edge(_end(file, each, "source", ids), _end(file, each, "target", ids),
                  _more(each, ("source", "target", "id", "graphics", "LabelGraphics")), directed)
             for each in graph.get("edge", []) if isinstance(each, dict)]
    return graph_tables(file, nodes, edges)


def _by_label(nodes: list[Node]) -> tuple[list[Node], dict[str, str]]:
    """GML numbers its nodes; where they have a name besides their label, the label is the id that they had before."""
    labels = [str(node.attributes.get("label", "")) for node in nodes]
    named = all(label and node.attributes.get("name") for label, node in zip(labels, nodes, strict=True))
    if not named or len(set(labels)) < len(nodes):
        return nodes, {}
    more = [{key: value for key, value in node.attributes.items() if key != "label"} for node in nodes]
    return ([Node(label, each) for label, each in zip(labels, more, strict=True)],
            {node.id: label for label, node in zip(labels, nodes, strict=True)})


def _gml(file: str, tokens: list[re.Match[str]], at: int) -> tuple[Lists, int]:
    found: Lists = {}
    while at < len(tokens) and not tokens[at][2]:
        key = tokens[at][4]
        if key is None or at + 1 >= len(tokens):
            raise PlaceError(f"{file}: not readable as GML near {quoted(tokens[at][0].strip())}")
        value = tokens[at + 1]
        if value[1]:
            inner, at = _gml(file, tokens, at + 2)
            if at >= len(tokens):
                raise PlaceError(f"{file}: a bracket after {key} is not closed")
            found.setdefault(key, []).append(inner)
            at += 1
        else:
            found.setdefault(key, []).append(html.unescape(value[3]) if value[3] is not None else value[4])
            at += 2
    return found, at


def _end(file: str, edge: Lists, key: str, ids: dict[str, str]) -> str:
    found = _one(file, edge, key, "edge")
    return ids.get(found, found)


def _one(file: str, item: Lists, key: str, what: str) -> str:
    if key not in item:
        raise PlaceError(f"{file}: a {what} has no {key}")
    return id_of(item[key][0])


def _more(item: Lists, but: tuple[str, ...]) -> dict[str, Cell]:
    return {key: cell_of(values[0]) for key, values in item.items() if key not in but and not isinstance(values[0], dict)}
