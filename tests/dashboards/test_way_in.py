"""The way in: played and told by the page as the native engine plays and tells it, in any place; Python plays nothing for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboards.one_file import stage_file
from dashboards.way_in import way_in
from incentive_abm.place import Place, generate_place, load_place, shipped_place
from incentive_abm.scenario import load_scenario

from .native.runs import record, result_hash
from .native.steps import steps
from .native.taken_away import numbers
from .test_one_file import opened
from .told import answers, request

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


def test_another_place_than_the_pages_has_no_way_in() -> None:
    with pytest.raises(AssertionError, match="another place"):
        answers([{"what": "wayIn", "place": generate_place(3, 2, 2, 6, 3).hash}])


@pytest.mark.parametrize("counts", [(1, 1, 0, 0), (1, 1, 1, 0)])
def test_a_place_that_is_all_of_its_pair_or_three_keeps_its_own_title(counts: tuple[int, int, int, int]) -> None:
    """Its hash is theirs, as titles do not count in it."""
    place, scenario = generate_place(3, *counts), load_scenario("today")
    assert place.hash in {each.hash for each in way_in(place).places[:-1]}
    (found,) = answers([{"what": "numbers", "sides": [request(scenario, 1, place)]}], place)
    assert place.title in found.splitlines()[1]
    assert found == numbers(place, {"A": (scenario, 1)})


@pytest.mark.browser
@pytest.mark.parametrize("place", [shipped_place(), generate_place(3, 2, 2, 6, 3)], ids=["shipped", "generated"])
def test_the_file_shows_every_step_in_a_browser_without_a_network(browser: Browser, tmp_path: Path, place: Place) -> None:
    path, places = tmp_path / "stage.html", {each.hash: each for each in way_in(place).places}
    path.write_text(stage_file(place), encoding="utf-8")
    with opened(browser, path.as_uri()) as page:
        page.wait_for_selector("body[data-ready=yes]")
        page.click("#guide")
        for step in steps(place):
            moment = step.moment
            page.locator("#way-title").get_by_text(step.title, exact=True).wait_for()
            assert page.locator(".way-said p").all_inner_texts() == list(step.said)
            expected = result_hash(record(places[moment.place], moment.scenario, moment.seed))
            page.locator(f".way-picture .view[data-result='{expected}']").wait_for()
            page.locator(".way-in .primary").click()
        page.locator(".way-in").wait_for(state="detached")
