"""The stage before a room: the picture first at every size, the ending hidden, a clicker, Back and reload, one printed page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from incentive_abm.cli import main

from .conftest import Browser, Page, Seen, Stage, alone, reveal, settled

pytestmark = pytest.mark.browser

SIZES = ((1920, 1080), (1366, 768), (1280, 720), (1024, 768))
REAL = Path(__file__).parents[3] / "shared" / "data"
MEASURED = """() => { const box = (e) => { const { left, top, right, bottom, width, height } = e.getBoundingClientRect();
    return { left, top, right, bottom, width, height }; };
  return [...document.querySelectorAll('.view')].map((view) => { const { scene, names, width, height } = view.picture;
    return { canvas: box(view.querySelector('canvas')), drawn: [width, height], kind: [...scene.kind],
      x: [...scene.x], y: [...scene.y], r: [...scene.r],
      names: names.map(({ node, box, line }) => ({ node, box, led: line !== null })) }; }); }"""
CONTROLS = """() => [...document.querySelectorAll('.play, .time-range, .clock, .more, .foot-caution, .legend li, .tag, .say')]
    .filter((e) => e.checkVisibility()).map((e) => { const r = e.getBoundingClientRect();
    return [e.className, r.left, r.top, r.right, r.bottom]; })"""


LARGEST = ("--trusts", "44", "--councils", "36", "--gps", "255", "--voluntary", "110")


@pytest.fixture(scope="module", params=["Marlshire", "north-east-london", "england", "445 partners"])
def place(request: pytest.FixtureRequest, stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage with 50, 97, 292 or 445 partners."""
    if request.param == "Marlshire":
        yield stage
        return
    if request.param == "445 partners":
        made = tmp_path_factory.mktemp("largest") / "place"
        assert main(["place", "generate", "--seed", "7", "--out", str(made), *LARGEST]) == 0
        running = Stage(str(made))
        yield running
        running.stop()
        return
    if not (REAL / request.param).is_dir():
        pytest.skip(f"{request.param} is not here: real places are read from ../shared/data")
    running = Stage(str(REAL / request.param))
    yield running
    running.stop()


def opened(browser: Browser, stage: Stage, size: tuple[int, int]) -> Page:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(stage.address)
    settled(page)
    return page


def away(seen: dict[str, Any], box: list[float], i: int) -> float:
    left, top, right, bottom = box
    x, y, r = seen["x"][i], seen["y"][i], seen["r"][i]
    return float((max(left - x, 0, x - right) ** 2 + max(top - y, 0, y - bottom) ** 2) ** 0.5 - 1.15 * r)


def names_are_true(seen: dict[str, Any]) -> None:
    """No name over another or outside the picture; none where another mark is nearer, unless a line leads to it."""
    for k, name in enumerate(seen["names"]):
        left, top, right, bottom = name["box"]
        assert left >= 0
        assert top >= 0
        assert right <= seen["drawn"][0] + 1
        assert bottom <= seen["drawn"][1] + 1
        gaps = [away(seen, name["box"], i) for i in range(len(seen["x"]))]
        assert name["led"] or min(range(len(gaps)), key=gaps.__getitem__) == name["node"]
        for other in seen["names"][k + 1:]:
            a, b, c, d = other["box"]
            assert left >= c or right <= a or top >= d or bottom <= b


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_presenting_puts_the_picture_first(browser: Browser, place: Stage, size: tuple[int, int]) -> None:
    """Two pictures beside each other, then one by itself."""
    page = opened(browser, place, size)
    page.click("#present")
    the_picture_comes_first(page, size, 2)
    page.click("#more")
    page.click("#present")
    page.click("#compare")
    settled(page)
    page.click("#present")
    the_picture_comes_first(page, size, 1)
    page.context.close()


def the_picture_comes_first(page: Page, size: tuple[int, int], pictures: int) -> None:
    page.wait_for_timeout(250)
    found = page.evaluate(MEASURED)
    assert len(found) == pictures
    assert sum(seen["canvas"]["width"] * seen["canvas"]["height"] for seen in found) >= 0.7 * size[0] * size[1]
    for seen in found:
        assert seen["drawn"] == pytest.approx([seen["canvas"]["width"], seen["canvas"]["height"]], abs=1)
        names_are_true(seen)
        named = {name["node"] for name in seen["names"]}
        important = [i for i, kind in enumerate(seen["kind"]) if kind in (0, 1, 4)]
        assert len(named & set(important)) >= 0.85 * len(important)
    for what, left, top, right, bottom in page.evaluate(CONTROLS):
        assert left >= -1, what
        assert top >= -1, what
        assert right <= size[0] + 1, what
        assert bottom <= size[1] + 1, what
    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    assert not page.locator("#levers").is_visible()
    page.click("#more")
    assert page.locator("#levers").is_visible()
    assert page.locator("#share").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#levers").is_visible()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_words_can_be_read_from_six_metres(browser: Browser, stage: Stage, size: tuple[int, int]) -> None:
    """Sentences, title, year and Play are a 50th of the width, everything else at least an 80th (see picture.css)."""
    page = opened(browser, stage, size)
    page.click("#present")
    page.wait_for_timeout(200)
    sizes = page.evaluate("""() => [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility()
        && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) && !e.closest('option, select, title, .skip'))
        .map((e) => [parseFloat(getComputedStyle(e).fontSize), e.className])""")
    assert sizes
    assert [what for size_of, what in sizes if size_of < size[0] / 80 - 0.01] == []
    for what in ("say", "side-title", "clock", "play"):
        assert all(size_of >= size[0] / 50 - 0.01 for size_of, name in sizes if name == what)
    assert page.evaluate("document.querySelector('.view').picture.size") >= size[0] / 80 - 0.01
    page.context.close()


def told(page: Page) -> str:
    return page.evaluate("document.body.innerText")  # type: ignore[no-any-return]


def endings(browser: Browser, stage: Stage) -> list[str]:
    """What another visitor is told of the ends of the opening pair, who has them shown at once."""
    other = browser.new_context().new_page()
    other.goto(stage.address)
    settled(other)
    reveal(other)
    found = other.locator(".verdicts .verdict").evaluate_all("all => all.map((each) => each.lastChild.textContent.trim())")
    other.context.close()
    return [str(each) for each in found]


def test_the_ending_is_hidden_until_it_is_reached_or_shown(opening: Page, browser: Browser, stage: Stage) -> None:
    page = opening
    page.get_by_role("button", name="Play", exact=True).last.wait_for()
    assert page.locator(".curtain h2").inner_text().endswith("?")
    assert page.locator(".time-range").input_value() == "0"
    page.locator(".curtain").get_by_role("button", name="Bet first").click()
    page.fill("#bet-further-A", "4")
    page.fill("#bet-further-B", "9")
    page.locator(".curtain").get_by_role("button", name="Next").click()
    page.fill("#bet-tie-joined", "6")
    ends = endings(browser, stage)
    assert len(ends) == 2
    for end in ends:
        assert end not in told(page)
    page.locator(".time-range").fill("20")
    for end in ends:
        assert end not in told(page)
    assert "hidden until it is reached" in page.locator(".verdicts").inner_text()
    jumps = page.locator(".moments option:not([disabled])").evaluate_all("all => all.map((each) => Number(each.value))")
    assert max(jumps) <= 20
    points = page.locator("svg.chart polyline").first.get_attribute("points") or ""
    assert len(points.split()) == 21
    page.locator(".time-range").fill("59")
    for end in ends:
        assert end in page.locator(".curtain").inner_text()
        assert end in page.locator(".verdicts").inner_text()
    page.locator(".curtain").get_by_role("button", name="And your bets?").click()
    assert "9 of 13" in page.locator(".votes").inner_text()
    assert page.locator(".votes .came").count() == 1
    page.locator(".curtain").get_by_role("button", name="Close", exact=True).click()
    page.click("#tab-record")
    assert "The room bet on" in page.locator("#panel").inner_text()
    page.select_option("#preset", "today")
    settled(page)
    assert page.locator(".time-range").input_value() == "0"
    page.click("#tab-outcome")
    assert "hidden until it is reached" in page.locator(".verdicts").inner_text()


def test_a_clicker_leads_through_the_session(opening: Page) -> None:
    page = opening
    page.click("#present")
    page.evaluate("document.activeElement.blur()")
    first = page.locator(".curtain h2").inner_text()
    page.keyboard.press("PageDown")
    assert page.locator(".curtain h2").inner_text() != first
    page.keyboard.press("PageUp")
    assert page.locator(".curtain h2").inner_text() == first
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.locator(".curtain").wait_for(state="hidden")
    page.wait_for_timeout(600)
    page.keyboard.press("Space")
    here = int(page.locator(".time-range").input_value())
    assert here > 0
    page.keyboard.press("ArrowRight")
    assert int(page.locator(".time-range").input_value()) == here + 1
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert int(page.locator(".time-range").input_value()) == here - 1


def test_back_goes_back_and_reload_keeps_everything(page: Page) -> None:
    first = page.get_attribute("#view-A", "data-result")
    page.wait_for_timeout(600)
    page.select_option("#preset", "money-first")
    settled(page)
    second = page.get_attribute("#view-A", "data-result")
    page.wait_for_timeout(600)
    page.go_back()
    settled(page)
    page.wait_for_timeout(300)
    assert page.get_attribute("#view-A", "data-result") == first
    page.go_forward()
    settled(page)
    page.wait_for_timeout(300)
    assert page.get_attribute("#view-A", "data-result") == second
    page.locator(".time-range").fill("30")
    page.wait_for_timeout(700)
    page.reload()
    settled(page)
    assert page.get_attribute("#view-A", "data-result") == second
    assert page.locator(".time-range").input_value() == "30"
    page.click("#tab-record")
    assert "Money first" in page.locator(".entries").inner_text()


OWN = ("id,name,kind,income_m\na,Ashby Hospitals,trust,400\nb,Ashby Council,council,200\nc,Ashby GPs,gp,9\n",
       "source,target,people\na,b,900\nb,c,80\n")


def test_a_place_of_ones_own_survives_a_reload_and_a_saved_session(page: Page, browser: Browser, stage: Stage,
                                                                   tmp_path: Path) -> None:
    files = [tmp_path / "partners.csv", tmp_path / "ties.csv"]
    for file, text in zip(files, OWN, strict=True):
        file.write_text(text)
    page.click("#share")
    page.set_input_files("#open-place", files)
    page.get_by_role("button", name="Show this place").click()
    page.locator("dialog.import").wait_for(state="detached")
    settled(page)
    page.wait_for_timeout(700)
    own = page.get_attribute("#view-A", "data-result")
    page.reload()
    settled(page)
    assert page.get_attribute("#view-A", "data-result") == own
    page.click("#share")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the session").click()
    session = tmp_path / "session.json"
    session.write_bytes(Path(saved.value.path()).read_bytes())
    other = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    seen = Seen(other)
    other.goto(stage.address)
    settled(other)
    other.click("#share")
    other.set_input_files("#open-session", session)
    other.locator("dialog.share").wait_for(state="detached")
    settled(other)
    assert other.get_attribute("#view-A", "data-result") == own
    assert "entries in its record" in other.locator("#notice").inner_text()
    other.click("#tab-record")
    assert "Opened: " in other.locator(".entries").inner_text()
    session.write_text("{}")
    other.click("#share")
    other.set_input_files("#open-session", session)
    other.get_by_text("session.json is not a session saved by this page").wait_for()
    assert not seen.complaints
    other.context.close()


def test_one_page_is_printed(page: Page) -> None:
    page.evaluate("() => { window.print = () => { document.body.dataset.printed = 'yes'; }; }")
    page.click("#share")
    page.get_by_role("button", name="Print one page").click()
    page.wait_for_selector("body[data-printed=yes]", timeout=120_000)
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    said = page.locator("#handout").text_content() or ""
    for part in ("An exploration, not a forecast.", "What came of it", "Why not further", "What would help", "does not know"):
        assert part in said


def test_the_last_change_is_played_again_and_a_lever_that_does_nothing_says_so(page: Page) -> None:
    alone(page, "unitingcare-like", 1)
    page.locator(".levers-rest > summary").click()
    page.locator("#lever-toolkits").focus()
    page.keyboard.press("End")
    settled(page)
    page.get_by_text("makes no difference that can be seen here").wait_for()
    lever = page.locator(".levers-first input[type=range]").first
    lever.focus()
    page.keyboard.press("End")
    settled(page)
    page.wait_for_timeout(500)
    page.click("#replay")
    settled(page)
    assert page.locator("#view-B").is_visible()
    page.wait_for_timeout(800)
    assert int(page.locator(".time-range").input_value()) > 0
