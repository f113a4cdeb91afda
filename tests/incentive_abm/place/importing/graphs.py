"""Graphs as networkx writes them, and in the forms that Gephi, yEd, Cytoscape, Kumu, Pajek, D3 and igraph document."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import networkx as nx

from .case import COUNCIL, HOSPITALS, INCOMES, KINDS, NEIGHBOURS, NO_PEOPLE, PEOPLE, SURGERY, Case
from .tables import NAMES

KEYS = dict(zip(NAMES, "hcsn", strict=True))
WHO = [(KEYS[name], name, KINDS[name], INCOMES[name]) for name in NAMES]
TIED = [(KEYS[a], KEYS[b], count) for (a, b), count in PEOPLE.items()]


def graph(kind: type[Any] = nx.Graph, key: Callable[[str], Any] = str) -> Any:
    """Borset as a researcher keeps it."""
    made = kind()
    for each, name, sort, income in WHO:
        made.add_node(key(each), label=name, kind=sort, income_m=income)
    for a, b, count in TIED:
        made.add_edge(key(a), key(b), people=count, weight=1.0)
    return made


def number(key: str) -> int:
    return "hcsn".index(key)


def written(how: Callable[[Any, Any], None], made: Any) -> bytes:
    out = io.BytesIO()
    how(made, out)
    return out.getvalue()


def gml(made: Any) -> bytes:
    return "\n".join(nx.generate_gml(made)).encode()


def pajek(made: Any) -> bytes:
    plain = nx.relabel_nodes(made, {key: name for key, name, *_ in WHO})
    for node in plain:
        plain.nodes[node].clear()
    for *_, data in plain.edges(data=True):
        data["weight"] = data.pop("people")
    return "\n".join(nx.generate_pajek(plain)).encode()


def dumped(found: Any) -> bytes:
    return json.dumps(found).encode()


GEPHI_GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/><key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
<key attr.name="weight" attr.type="double" for="edge" id="weight"/><key attr.name="r" attr.type="int" for="node" id="r"/>
<key attr.name="size" attr.type="float" for="node" id="size"/><key attr.name="Type" attr.type="string" for="node" id="type"/>
<key attr.name="Income (£m)" attr.type="double" for="node" id="inc"/><key attr.name="People" attr.type="int" for="edge" id="people"/>
<graph edgedefault="undirected">
""" + "".join(f'<node id="{key}"><data key="label">{name}</data><data key="type">{sort}</data><data '
              f'key="inc">{income}</data><data key="size">10.0</data><data key="r">153</data></node>\n'
              for key, name, sort, income in WHO) + "".join(
    f'<edge id="{k}" source="{a}" target="{b}"><data key="weight">1.0</data><data key="people">{count:.0f}</data></edge>\n' for k,
                  (a, b, count) in enumerate(TIED)) + "</graph></graphml>"

YED = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d10" yfiles.type="edgegraphics"/>
<key attr.name="Organisation type" attr.type="string" for="node" id="d4"/><key attr.name="url" attr.type="string" for="node" id="d5"/>
<graph edgedefault="directed" id="G">
<node id="n0" yfiles.foldertype="group"><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers><y:GroupNode><y:NodeLabel>North</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>
<graph edgedefault="directed" id="n0:">
""" + "".join(f'<node id="n0::n{k}"><data key="d4">{sort}</data><data key="d6"><y:ShapeNode><y:Geometry height="30" width="30" '
              f'x="1" y="2"/><y:NodeLabel>{name}</y:NodeLabel></y:ShapeNode></data></node>\n'
              for k, (_, name, sort, _) in enumerate(WHO)) + "</graph></node>" + "".join(
    f'<edge id="e{k}" source="n0::n{number(a)}" target="n0::n{number(b)}"><data key="d10"><y:PolyLineEdge><y:LineStyle '
    f'color="#000000"/></y:PolyLineEdge></data></edge>\n'
    for k, (a, b, _) in enumerate(TIED)) + "</graph></graphml>"

GEXF_GEPHI = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz"><meta lastmodifieddate="2024-03-01"><creator>Gephi 0.10</creator></meta>
<graph defaultedgetype="undirected" mode="static"><attributes class="node" mode="static"><attribute id="kind" title="Kind" type="string"><default>voluntary</default></attribute>
<attribute id="income" title="Income (£m)" type="double"/></attributes><attributes class="edge"><attribute id="p" title="people" type="double"/></attributes><nodes>
""" + "".join(f'<node id="{key}" label="{name}"><attvalues>{"" if sort == "voluntary" else f"<attvalue for={chr(34)}kind{chr(34)} value={chr(34)}{sort}{chr(34)}/>"}'
              f'<attvalue for="income" value="{income}"/></attvalues><viz:size value="10.0"/><viz:position x="1" y="2" '
              f'z="0"/></node>\n' for key, name, sort, income in WHO) + "</nodes><edges>" + "".join(
    f'<edge id="{k}" source="{a}" target="{b}" weight="1.0"><attvalues><attvalue for="p" value="{count}"/></attvalues></edge>\n' for k, (a, b, count) in enumerate(TIED)) + "</edges></graph></gexf>"

PAJEK = "*Network borset\r\n*Vertices 4\r\n" + "".join(f'{k} "{name}" 0.1 0.2 0.5 ic Red\r\n' for k,
                                                       name in enumerate(NAMES, 1)) + "*Edges\r\n" + "".join(
    f"{number(a) + 1} {number(b) + 1} {count:.0f} c Blue\r\n" for a, b, count in TIED)
PAJEK_MATRIX = "*Vertices 4\n" + "".join(f'{k} "{name}"\n' for k,
                                         name in enumerate(NAMES, 1)) + "*Matrix\n0 1 1 0\n1 0 1 1\n1 1 0 0\n0 1 0 0\n"
KINDS_SAID = tuple(f"kind:{name}={kind}" for name, kind in KINDS.items())

CYTOSCAPE = {"format_version": "1.0", "generated_by": "cytoscape-3.10.2", "data": {"name": "borset", "SUID": 52}, "elements": {
    "nodes": [{"data": {"id": str(60 + k), "shared_name": name, "name": name, "SUID": 60 + k, "kind": sort, "income_m": income,
                        "selected": False}, "position": {"x": 1.0, "y": 2.0}}
              for k, (_, name, sort, income) in enumerate(WHO)],
    "edges": [{"data": {"id": str(80 + k), "source": str(60 + number(a)), "target": str(60 + number(b)), "interaction": "pp",
                        "people": count}, "selected": False} for k, (a, b, count) in enumerate(TIED)]}}
KUMU = {"elements": [{"_id": f"elem-{key}", "attributes": {"label": name, "element type": sort, "income (£m)": income}} for key,
                     name, sort, income in WHO],
        "connections": [{"_id": f"c{k}", "from": f"elem-{a}", "to": f"elem-{b}", "direction": "undirected",
                         "attributes": {"people": count}} for k, (a, b, count) in enumerate(TIED)]}
D3 = {"nodes": [{"name": name, "group": 1, "kind": sort, "income_m": income} for _, name, sort, income in WHO],
      "links": [{"source": number(a), "target": number(b), "people": count} for a, b, count in TIED]}
GEPHI_LITE = {"attributes": {}, "options": {"type": "mixed", "multi": True},
              "nodes": [{"key": key, "attributes": {"label": name, "kind": sort, "income_m": income, "x": 1, "y": 2}} for key,
                        name, sort, income in WHO],
              "edges": [{"key": str(k), "source": a, "target": b, "undirected": True, "attributes": {"people": count}} for k,
                        (a, b, count) in enumerate(TIED)]}
GML_YED = "Creator \"yFiles\"\nVersion \"2.17\"\ngraph\n[\n\thierarchic 1\n\tlabel \"\"\n\tdirected 0\n" + "".join(
    f'\tnode\n\t[\n\t\tid {k}\n\t\tlabel "{name}"\n\t\tkind "{sort}"\n\t\tgraphics\n\t\t[\n\t\t\tx 1.0\n\t\t\tfill '
    f'"#FFCC00"\n\t\t]\n\t]\n' for k, (_, name, sort, _) in enumerate(WHO)) + "".join(
    f"\tedge\n\t[\n\t\tsource {number(a)}\n\t\ttarget {number(b)}\n\t\tpeople {count:.0f}\n\t]\n" for a, b, count in TIED) + "]\n"


def trusting() -> Any:
    """Trust in both directions, each its own."""
    made = nx.relabel_nodes(graph(nx.DiGraph), {})
    for a, b, _ in TIED:
        made.edges[a, b].update(trust=0.8)
        made.add_edge(b, a, trust=0.3)
    return made


OWN_TRUST = {**dict.fromkeys(PEOPLE, 0.8), **{ends[::-1]: 0.3 for ends in PEOPLE}}

GRAPHS = [
    Case("networkx graphml", {"g.graphml": written(nx.write_graphml, graph())}),
    Case("networkx graphml, integers for ids", {"g.graphml": written(nx.write_graphml, graph(key=number))}),
    Case("networkx graphml, directed, each tie once", {"g.graphml": written(nx.write_graphml, graph(nx.DiGraph))}),
    Case("networkx graphml, parallel edges", {"g.graphml": written(nx.write_graphml, graph(nx.MultiGraph))}),
    Case("networkx graphml, trust of each side", {"g.graphml": written(nx.write_graphml, trusting())}, trust=OWN_TRUST),
    Case("networkx gexf", {"g.gexf": written(nx.write_gexf, graph())}),
    Case("networkx gexf, directed, trust of each side", {"g.gexf": written(nx.write_gexf, trusting())}, trust=OWN_TRUST),
    Case("networkx gml", {"g.gml": gml(nx.relabel_nodes(graph(), {key: name for key, name, *_ in WHO}))}),
    Case("networkx pajek, weights are people", {"g.net": pajek(graph())}, maps=(*KINDS_SAID, "column:weight=people"),
         incomes=None),
    Case("networkx node-link", {"g.json": dumped(nx.node_link_data(graph(), edges="edges"))}),
    Case("networkx node-link, older, with links", {"g.json": dumped(nx.node_link_data(graph(key=number), edges="links"))}),
    Case("networkx node-link, directed multigraph", {"g.json": dumped(nx.node_link_data(graph(nx.MultiDiGraph), edges="links"))}),
    Case("networkx adjacency data", {"g.json": dumped(nx.adjacency_data(graph()))}),
    Case("networkx cytoscape data", {"g.cyjs": dumped(nx.cytoscape_data(graph()))}),
    Case("networkx edge list with attributes",
         {"e.edgelist": written(nx.write_edgelist, graph()), "partners.csv": ("id,name,kind,income_m\n" + "".join(
        f"{key},{name},{sort},{income}\n" for key, name, sort, income in WHO)).encode()}),
    Case("networkx weighted edge list",
         {"e.edges": "".join(f"{a} {b} {count:g}\n" for a, b, count in TIED).encode(),
          "partners.csv": ("id,name,kind,income_m\n" + "".join(
        f"{key},{name},{sort},{income}\n" for key, name, sort, income in WHO)).encode()}, maps=("column:weight=people",)),
    Case("gephi graphml", {"g.graphml": GEPHI_GRAPHML.encode()}, said=("'size', which the model does not read",)),
    Case("gephi gexf with viz and a default", {"g.gexf": GEXF_GEPHI.encode()}),
    Case("gephi lite json", {"g.json": dumped(GEPHI_LITE)}),
    Case("yed graphml with a group", {"g.graphml": YED.encode()}, incomes=None, people=NO_PEOPLE),
    Case("yed gml", {"g.gml": GML_YED.encode()}, incomes=None),
    Case("pajek's own, with colours and windows line ends", {"g.net": PAJEK.encode()}, maps=(*KINDS_SAID, "column:weight=people"),
         incomes=None),
    Case("pajek with a matrix", {"g.net": PAJEK_MATRIX.encode()}, maps=KINDS_SAID, incomes=None, people=NO_PEOPLE),
    Case("pajek in windows-1252", {"g.net": PAJEK.replace("Elm", "Élm").encode("cp1252")},
         maps=(*(each.replace("Elm", "Élm") for each in KINDS_SAID), "column:weight=people"), incomes=None,
         kinds={name.replace("Elm", "Élm"): kind for name, kind in KINDS.items()},
         people={(a.replace("Elm", "Élm"), b.replace("Elm", "Élm")): count for (a, b), count in PEOPLE.items()},
         said=("Windows-1252",)),
    Case("cytoscape cyjs", {"g.cyjs": dumped(CYTOSCAPE)}),
    Case("cytoscape sif",
         {"g.sif": "".join(f"{a} works-with {b}\n" for a, b, _ in TIED).encode(),
          "partners.csv": ("id,name,kind,income_m\n" + "".join(
        f"{key},{name},{sort},{income}\n" for key, name, sort, income in WHO)).encode()}, people=NO_PEOPLE),
    Case("kumu json", {"g.json": dumped(KUMU)}),
    Case("d3 json with places for ids", {"g.json": dumped(D3)}),
    Case("rows of a database as json",
         {"partners.json": dumped([{"organisation": name, "type": sort, "income_m": income} for _, name, sort, income in WHO]),
                                        "ties.json": dumped([{"from": a, "to": b, "people": count} for (a, b),
                                                             count in PEOPLE.items()])}),
    Case("a graph beside a register of partners",
         {"partners.csv": ("id,name,kind,income_m\n" + "".join(f"R{k},{name},{sort},{income}\n" for k,
                                                               (_, name, sort, income) in enumerate(WHO))).encode(),
                                                   "net.graphml": YED.replace("<data key=\"d4\">trust</data>",
                                                                              "").replace("<data key=\"d4\">council</data>",
                                                                                          "").replace("<data key=\"d4\">gp</data>", "").replace("<data key=\"d4\">voluntary</data>", "").encode()},
         people=NO_PEOPLE),
]
BAD_GRAPHS = [
    Case("a graph without kinds",
         {"g.graphml": "".join(YED.replace(f'<data key="d4">{kind}</data>',
                                           "") if kind == "trust" else "" for kind in ["trust"]).encode()},
         refused=(f"nothing says what kind '{HOSPITALS}' is", f'--map kind:"{HOSPITALS}"=trust', "--kinds-from-names")),
    Case("weights that may be anything", {"g.net": PAJEK.encode()}, maps=KINDS_SAID, refused=("differs from tie to tie and may "
                                                                                              "be anything",
                                                                                              '--map column:"weight"=people')),
    Case("xml that breaks off", {"g.graphml": GEPHI_GRAPHML[:600].encode()}, refused=("not well-formed XML",)),
    Case("xml with entities", {"g.graphml": b'<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "b">]><graphml/>'},
         refused=("declares XML entities",)),
    Case("a web page in place of the file", {"g.graphml": b"<html><body>Sign in</body></html>"}, refused=("it is a web page",)),
    Case("graphviz", {"g.dot": b"graph { a -- b; }"}, refused=("Graphviz DOT", "write it as GraphML")),
    Case("ucinet", {"g.dl": b"dl n=2 format=fullmatrix\nlabels:\na,b\ndata:\n0 1\n1 0\n"},
         refused=("UCINET's DL", "export the matrix")),
    Case("json of another form", {"g.json": b'{"type": "FeatureCollection", "features": []}'},
         refused=("holds no graph of a known form", "node-link")),
    Case("json that breaks off", {"g.json": b'{"nodes": ['}, refused=("not valid JSON",)),
    Case("an edge to a node that is not there", {"g.json": dumped({**D3, "links": [{"source": 0, "target": 9}]})},
         refused=("ends at node 9; the file holds 4 nodes",)),
    Case("gml that does not close", {"g.gml": b"graph [\n node [ id 1\n"}, refused=("bracket",)),
    Case("a pajek line to no vertex", {"g.net": PAJEK.replace("2 1 ", "2 7 ").replace("1 2 ", "1 7 ").encode()},
         refused=("there is no vertex 7",)),
]
_ = (COUNCIL, NEIGHBOURS, SURGERY)
