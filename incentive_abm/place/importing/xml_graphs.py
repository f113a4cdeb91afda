"""GraphML and GEXF, as networkx, Gephi, yEd, Cytoscape and igraph write them, as a table of nodes and a table of edges.

Ours although networkx has readers: it refuses graphs that mix directed and undirected edges, loses what lies in yEd's groups,
turns ids into numbers and forgets which end of an undirected edge was named first. A test holds the two equal on what it writes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

from incentive_abm.errors import PlaceError
from incentive_abm.place.importing.graph_tables import Edge, Node, graph_tables
from incentive_abm.place.importing.table import Table


def read_xml(file: str, text: str) -> list[Table]:
    """The nodes and edges of a graph in XML; raises PlaceError for XML that is none, or another form."""
    if "<!ENTITY" in text:
        raise PlaceError(f"{file} declares XML entities, which no network tool writes; export the graph again")
    try:
        root = ET.fromstring(text.encode())
    except ET.ParseError as error:
        raise PlaceError(f"{file}, line {error.position[0]}: not well-formed XML "
                         f"({error.msg if hasattr(error, 'msg') else error}); "
                         "export the graph again") from None
    name = _bare(root.tag)
    if name == "graphml":
        return _graphml(file, root)
    if name == "gexf":
        return _gexf(file, root)
    known = "GraphML and GEXF are the forms of XML that can be read"
    hint = {"html": "it is a web page, perhaps saved in place of the file", "svg": "it is a picture",
            "Workbook": "it is an old Excel form; save it as .xlsx", "graph": "it may be XGMML"}.get(name,
                                                                                                     f"it begins with <{name}>")
    raise PlaceError(f"{file}: {known}; {hint}")


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (each for each in element.iter() if _bare(each.tag) == name)


def _own(element: ET.Element, names: Iterable[str]) -> Iterator[ET.Element]:
    return (each for each in element if _bare(each.tag) in names)


def _graphml(file: str, root: ET.Element) -> list[Table]:
    keys = {key.get("id", ""): key for key in _all(root, "key")}
    graphs = list(_all(root, "graph"))
    if not graphs:
        raise PlaceError(f"{file} holds no <graph>")
    directed = graphs[0].get("edgedefault", "undirected") == "directed"

    def attributes(element: ET.Element, of: str) -> dict[str, str]:
        found = {}
        for key in keys.values():
            default = next(_own(key, ("default",)), None)
            if key.get("for") in (of, "all") and default is not None and (default.text or "").strip():
                found[_name(key)] = (default.text or "").strip()
        for data in _own(element, ("data",)):
            key = keys.get(data.get("key", ""), data)
            label = next((each for each in data.iter() if _bare(each.tag) in ("NodeLabel", "EdgeLabel")), None)
            if label is not None:
                found.setdefault("label", "".join(label.itertext()).strip())
            elif len(data) == 0:
                found[_name(key)] = (data.text or "").strip()
        return found

    nodes = [Node(node.get("id", ""), attributes(node, "node")) for node in _all(root, "node")
             if not any(_bare(each.tag) == "graph" for each in node)]
    groups = sum(1 for node in _all(root, "node")) - len(nodes)
    edges = []
    for edge in _all(root, "edge"):
        way = edge.get("directed")
        edges.append(Edge(edge.get("source", ""), edge.get("target", ""), attributes(edge, "edge"),
                          directed if way is None else way == "true"))
    return graph_tables(file, nodes, edges, groups)


def _name(key: ET.Element) -> str:
    return key.get("attr.name") or key.get("yfiles.type") or key.get("id") or key.get("key") or ""


def _gexf(file: str, root: ET.Element) -> list[Table]:
    graph = next(_all(root, "graph"), None)
    if graph is None:
        raise PlaceError(f"{file} holds no <graph>")
    directed = graph.get("defaultedgetype", "undirected") == "directed"
    titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for group in _all(graph, "attributes"):
        of = group.get("class", "node")
        for each in _own(group, ("attribute",)):
            title = each.get("title") or each.get("id") or ""
            titles.setdefault(of, {})[each.get("id", "")] = title
            default = next(_own(each, ("default",)), None)
            if default is not None and (default.text or "").strip():
                defaults.setdefault(of, {})[title] = (default.text or "").strip()

    def attributes(element: ET.Element, of: str) -> dict[str, str]:
        found = dict(defaults[of])
        for name in ("label", "weight"):
            if element.get(name) is not None:
                found[name] = element.get(name, "")
        for values in _own(element, ("attvalues",)):
            for value in _own(values, ("attvalue",)):
                key = value.get("for") or value.get("id") or ""
                found[titles[of].get(key, key)] = value.get("value", "")
        return found

    nodes = [Node(node.get("id", ""), attributes(node, "node")) for node in _all(graph, "node")]
    edges = []
    for edge in _all(graph, "edge"):
        way = edge.get("type")
        edges.append(Edge(edge.get("source", ""), edge.get("target", ""), attributes(edge, "edge"),
                          directed if way is None else way == "directed"))
    return graph_tables(file, nodes, edges)
