"""The picture: nothing overlaps, nothing leaves the frame, the same every time, nothing loaded from outside."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from incentive_abm.errors import PlaceError
from incentive_abm.place import (
    Place,
    draw_map,
    generate_place,
    load_place,
    place_from_graph,
    positions,
    radii,
    shipped_place,
)
from incentive_abm.place.drawing import COLOURS

from .conftest import PARTNERS, TIES, WritePlace


def without_geography(place: Place) -> Place:
    graph = place.to_graph()
    for node in graph.nodes:
        graph.nodes[node].pop("lat", None)
        graph.nodes[node].pop("lon", None)
    return place_from_graph(graph, place.name)


def closest(place: Place, aspect: float) -> float:
    """The smallest distance between two partners, in sums of their radii."""
    xy, radius = positions(place, aspect) * [aspect, 1.0], radii(place, aspect)
    away = xy[:, None, :] - xy[None, :, :]
    apart = np.sqrt((away * away).sum(axis=2)) / (radius[:, None] + radius[None, :])
    np.fill_diagonal(apart, np.inf)
    return float(apart.min())


@pytest.mark.parametrize("aspect", [1.0, 1.5, 1.9])
@pytest.mark.parametrize("place", [
    shipped_place(), generate_place(1), generate_place(2, 0, 0, 0, 40), generate_place(3, 30, 20, 100, 150),
    without_geography(shipped_place()),
], ids=["shipped", "generated", "forty alike", "three hundred", "no geography"])
def test_no_two_partners_overlap_and_all_are_in_the_frame(place: Place, aspect: float) -> None:
    assert closest(place, aspect) > 1.1
    xy = positions(place, aspect)
    assert xy.min() > 0.0
    assert xy.max() < 1.0
    assert np.array_equal(xy, positions(place, aspect))


def test_no_two_partners_of_a_real_place_overlap(real_folder: Path) -> None:
    assert closest(load_place(real_folder), 1.5) > 1.1


def test_north_is_up_and_east_is_right() -> None:
    place = shipped_place()
    xy = positions(place)
    north, south = place.partner("harrowdale"), place.partner("aldercombe")
    west, east = place.partner("castlemoor-west"), place.partner("saltmouth-harbour")
    assert xy[north, 1] < xy[south, 1]
    assert xy[west, 0] < xy[east, 0]


def test_partners_without_ties_stand_beside_the_rest(write_place: WritePlace) -> None:
    apart = PARTNERS + "a,A,gp,7,,,,,\nb,B,gp,7,,,,,\nalone,All Alone,gp,7,,,,,\n"
    place = load_place(write_place(apart, TIES + "a,b,50,register\n"))
    xy = positions(place)
    beside = [place.partner(name) for name in ("a", "b", "alone")]
    rest = [i for i in range(len(place)) if i not in beside]
    assert xy[beside, 0].min() > xy[rest, 0].max()
    assert len(np.unique(xy[beside], axis=0)) == 3


@pytest.mark.parametrize("suffix", ["svg", "html"])
def test_the_picture_shows_every_partner_and_tie_and_loads_nothing(suffix: str, tmp_path: Path) -> None:
    place = shipped_place()
    draw_map(place, tmp_path / f"map.{suffix}")
    text = (tmp_path / f"map.{suffix}").read_text("utf-8")
    svg = ElementTree.fromstring(re.search(r"<svg.*</svg>", text, re.DOTALL)[0])  # type: ignore[index]
    titles = [title.text or "" for title in svg.iter("{http://www.w3.org/2000/svg}title")]
    assert all(any(title.startswith(name) for title in titles) for name in place.partners.names)
    assert sum(" people, £" in title for title in titles) == len(place.ties)
    assert "An exploration, not a forecast." in text
    assert all(colour in text for colour in COLOURS.values())
    outside = set(re.findall(r"https?://[^\s\"'<]+", text)) - {"http://www.w3.org/2000/svg"}
    assert not outside
    assert "<script" not in text


def test_a_name_cannot_break_the_picture(write_place: WritePlace, tmp_path: Path) -> None:
    place = load_place(write_place(PARTNERS.replace("Kind Neighbours", "<b>Kind & \u201cNear\u201d</b>")))
    draw_map(place, tmp_path / "map.svg")
    assert "<b>" not in (tmp_path / "map.svg").read_text("utf-8")
    ElementTree.parse(tmp_path / "map.svg")


def test_a_weak_tie_is_a_broken_line(borsetshire: Place, tmp_path: Path) -> None:
    draw_map(borsetshire, tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text("utf-8").count("stroke-dasharray") == 1


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match=r"map.png: a map is written as .svg or .html"):
        draw_map(shipped_place(), tmp_path / "map.png")
    assert list(tmp_path.iterdir()) == []
