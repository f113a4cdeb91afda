"""An export that is imported is the same place, whatever form it took; our own readers of graphs agree with networkx's."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentive_abm.place import Place, generate_place, load_place
from incentive_abm.place.build import finish
from incentive_abm.place.cells import partner_cells, rows, tie_cells
from incentive_abm.place.importing import import_contents, import_place
from incentive_abm.place.importing.xml_graphs import read_xml

from .graphs import graph, trusting, written

WORD = st.text(st.characters(categories=("L", "Nd")), min_size=2, max_size=12)
SHARE = st.one_of(st.just(float("nan")), st.floats(0.0, 1.0).map(lambda share: round(share, 12)))
"""Workbooks keep fifteen figures of a number."""


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Generated places with names, holes, notes, and trust of either form."""
    made = generate_place(draw(st.integers(0, 10_000)), *(draw(st.integers(0, 3)) for _ in range(2)), 2, draw(st.integers(1, 3)))
    p, t = made.partners, made.ties
    hole = np.array([draw(st.booleans()) for _ in range(len(p))])
    own = [np.array([draw(SHARE) for _ in range(len(t))]) for _ in range(3)]
    sided = draw(st.booleans())
    names = tuple(unicodedata.normalize("NFC", f"{draw(WORD)} {k} & {draw(WORD)}") for k in range(len(p)))
    notes = {"note": tuple(draw(st.sampled_from(["", "a, b; c", 'said "so"', "£ und ü"])) for _ in range(len(p)))}
    partners = replace(p, names=names, income=np.where(hole, np.nan, p.income), balance=np.where(hole, np.nan, p.balance),
                       reach=np.where(hole, p.reach, np.nan),
                       assumed={"name": np.zeros(len(p), dtype=bool)}, notes=notes)
    blank = np.full(len(t), np.nan)
    ties = replace(t, spend=blank, spend_a=blank, trust=own[0], trust_a=own[1] if sided else blank,
                   trust_b=own[2] if sided else blank, assumed={})
    return finish("borset", partners, ties)


def xlsx(place: Place) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, cells in (("Partners", partner_cells(place.partners)), ("Ties", tie_cells(place.ties, place.partners.ids))):
        sheet = book.create_sheet(title)
        sheet.append(list(cells))
        for row in rows(cells):
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def separated(place: Place, by: str, comma: bool, encoding: str) -> dict[str, bytes]:
    """As a spreadsheet of another country writes it."""
    def cell(value: object) -> str:
        text = "" if value is None else f"{value!r}".replace(".", ",") if comma and isinstance(value, float) else str(value)
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in f'{by}"\n') else text

    found = {}
    for name, cells in (("p.csv", partner_cells(place.partners)), ("t.csv", tie_cells(place.ties, place.partners.ids))):
        found[name] = "\r\n".join([by.join(cells), *(by.join(map(cell, row)) for row in rows(cells))]).encode(encoding)
    return found


FORMS: dict[str, Callable[[Place], dict[str, bytes]]] = {
    "graphml": lambda place: {"g.graphml": written(nx.write_graphml, place.to_graph())},
    "gexf": lambda place: {"g.gexf": written(nx.write_gexf, place.to_graph())},
    "gml": lambda place: {"g.gml": "\n".join(nx.generate_gml(place.to_graph())).encode()},
    "node-link": lambda place: {"g.json": json.dumps(nx.node_link_data(place.to_graph(), edges="links")).encode()},
    "cytoscape": lambda place: {"g.cyjs": json.dumps(nx.cytoscape_data(place.to_graph())).encode()},
    "xlsx": lambda place: {"p.xlsx": xlsx(place)},
    "semicolons and decimal commas": lambda place: separated(place, ";", True, "utf-8"),
    "tabs in utf-16": lambda place: separated(place, "\t", False, "utf-16"),
}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15)
@given(place=places())
def test_an_export_that_is_imported_is_the_same_place(form: str, place: Place) -> None:
    if form == "cytoscape" and "trust_source" in place.ties.numbers:
        return  # this form does not say which of its graphs is directed
    assert import_contents(FORMS[form](place), name="borset").place.hash == place.hash


@settings(max_examples=25)
@given(place=places())
def test_two_csv_files_come_out_byte_for_byte(place: Place, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder: Path = tmp_path_factory.mktemp("place")
    place.save(folder / "borset")
    again = import_place(folder / "borset")
    again.place.save(folder / "again")
    assert again.place.hash == load_place(folder / "borset").hash == place.hash
    for file in ("partners.csv", "ties.csv"):
        assert (folder / "again" / file).read_bytes() == (folder / "borset" / file).read_bytes()


@pytest.mark.parametrize("made", [graph(), graph(nx.DiGraph), graph(nx.MultiGraph), trusting()],
                         ids=["plain", "directed", "parallel", "trusting"])
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_our_readers_agree_with_networkx(made: Any, form: str) -> None:
    content = written(getattr(nx, f"write_{form}"), made)
    theirs = getattr(nx, f"read_{form}")(io.BytesIO(content))
    nodes, edges = read_xml("g", content.decode())
    at = {name: k for k, name in enumerate(nodes.headings)}
    assert {row[at["id"]]: {name: str(row[at[name]]) for name in ("label", "kind", "income_m")} for row in nodes.rows} == {
        str(node): {name: str(data[name]) for name in ("label", "kind", "income_m")} for node, data in theirs.nodes(data=True)}
    where = {name: k for k, name in enumerate(edges.headings)}
    ours = sorted((row[0], row[1], float(str(row[where["people"]]) or 0)) for row in edges.rows)
    said = sorted((str(a), str(b), float(data.get("people", 0))) for a, b, data in theirs.edges(data=True))
    if made.is_directed():
        assert ours == said
    else:
        assert sorted((*sorted(ends[:2]), ends[2]) for ends in ours) == sorted((*sorted(ends[:2]), ends[2]) for ends in said)
