"""The way in: played and told by the page as the native engine plays and tells it, in any place; Python plays nothing for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.way_in import way_in
from incentive_abm.place import Place, generate_place, load_place, shipped_place

from .native.steps import steps
from .told import answers

LONDON = Path(__file__).parents[3] / "shared" / "data" / "north-east-london"


def compare(place: Place) -> list[str]:
    """The page's steps are the native engine's: titles, sentences, moments; gives the titles."""
    (found,) = answers([{"what": "wayIn", "place": place.hash}], place)
    expected = steps(place)
    assert [each["hash"] for each in found["places"]] == [each.hash for each in way_in(place).places]
    assert found["steps"] == [step.shown() for step in expected]
    return [step.title for step in expected]


def test_the_shipped_place_shows_everything() -> None:
    titles = compare(shipped_place())
    for title in ("An offer, and a refusal with its reason", "An agreement", "A promise broken", "Then a third"):
        assert title in titles
    assert [len(each) for each in way_in(shipped_place()).places] == [2, 3, len(shipped_place())]


@pytest.mark.parametrize(("seed", "counts"), [(3, (2, 2, 6, 3)), (11, (1, 1, 0, 0)), (5, (3, 4, 20, 9))])
def test_a_generated_place_is_told_alike(seed: int, counts: tuple[int, int, int, int]) -> None:
    titles = compare(generate_place(seed, *counts))
    assert ("Then a third" in titles) == (sum(counts) > 2)


@pytest.mark.skipif(not LONDON.exists(), reason="needs the place North East London")
def test_north_east_london_is_told_alike() -> None:
    compare(load_place(LONDON))
