"""What would turn this round, before a room: pressed, stopped, opened on both sides and left again, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboards.english import messages, text
from dashboards.file_bench import TO_THE_START
from dashboards.one_file import stage_file
from dashboards.preset_stories import OPENING, stories
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.stage_link import stage_link
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import generate_place, shipped_place
from incentive_abm.scenario import load_scenario

from .conftest import Seen, chosen, reveal, settled
from .native.runs import record, result_hash
from .native.turning import Turn, mean, turned_round

TINY = generate_place(7, 1, 1, 2, 1)
WORLD = stories()[OPENING[1]].world
LATE = 120_000
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "tiny.html"
    path.write_text(stage_file(TINY), encoding="utf-8")
    return path


@contextmanager
def opened(browser: Browser, address: str, width: int = 1280) -> Iterator[Page]:
    """The page from a disk without a network, its ending seen; a complaint fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    seen = Seen(page)
    page.goto(address)
    settled(page)
    reveal(page)
    yield page
    context.close()
    assert not seen.complaints


@lru_cache(maxsize=1)
def opening_turned() -> Turn:
    """What the engine finds of the pair with which the page opens."""
    first, other = (load_scenario(name) for name in OPENING)
    return turned_round(TINY, first, other, WORLD)


def results(page: Page) -> list[str]:
    found: list[str] = page.evaluate("['A', 'B'].map((side) => document.body.dataset[`done${side}`])")
    return found


def both(turn: Turn, world: int) -> list[str]:
    assert turn.point is not None
    return [result_hash(record(TINY, load_scenario(name).overlaid(turn.point), world)) for name in OPENING]


def as_things_stand() -> list[str]:
    return [result_hash(record(TINY, load_scenario(name), WORLD)) for name in OPENING]


def answered(page: Page) -> None:
    page.click("#tab-turn")
    page.locator("#panel .answer").wait_for(timeout=LATE)


def until(page: Page, wanted: list[str]) -> None:
    page.wait_for_function("(wanted) => ['A', 'B'].every((side, k) => document.body.dataset[`done${side}`] === wanted[k])",
                           arg=wanted)


def test_the_answer_is_what_the_engine_finds(browser: Browser, tiny: Path) -> None:
    turn = opening_turned()
    assert turn.point is not None
    with opened(browser, tiny.as_uri()) as page:
        answered(page)
        said = page.locator("#panel .answer").inner_text()
        panel = page.inner_text("#panel")
        moves = page.locator("#panel .helps li .help-head").evaluate_all("rows => rows.map(row => row.innerText)")
    points = f"{abs(100 * mean(turn.there)):.1f}"
    assert said == text("turn.found", near=messages()["turn"]["near"][2], count=len(turn.point), side="A", points=points)
    assert text("turn.sure", worlds=64, side="A", ahead=sum(each < 0 for each in turn.there)) in panel
    ahead = sum(each > 0 for each in turn.standing)
    assert f"B ends with {100 * mean(turn.standing):.1f} points more joined up than A, and is ahead in {ahead} of 64" in panel
    assert {move.split("\n")[0] for move in moves} == {PARAMETERS[name].label for name in turn.point}
    for move in moves:
        label, values = move.split("\n")
        name = next(name for name in turn.point if PARAMETERS[name].label == label)
        assert float(re.findall(r"→ ([\d.]+)", values)[0]) == pytest.approx(turn.point[name], abs=0.006)


def test_the_circumstances_open_on_both_sides_and_close_again(browser: Browser, tiny: Path) -> None:
    turn = opening_turned()
    with opened(browser, tiny.as_uri()) as page:
        answered(page)
        said = page.inner_text("#panel .answer")
        page.get_by_role("button", name="Show both sides there").click()
        until(page, both(turn, turn.seed))
        back = page.get_by_role("button", name="Back to where we were")
        expect(back).to_be_focused()
        assert not page.locator(".curtain").is_visible(), "the room has seen the ending; nothing is hidden again"
        page.wait_for_timeout(800)
        assert page.inner_text("#panel .answer") == said
        assert not page.locator("#panel .stale").is_visible()
        page.click("#tab-outcome")
        page.click("#tab-turn")
        page.locator("#panel .answer").wait_for(timeout=10_000)
        assert page.inner_text("#panel .answer") == said, "what was found is at hand while its circumstances are shown"
        back.click()
        until(page, as_things_stand())
        page.get_by_role("button", name="Show both sides there").click()
        until(page, both(turn, turn.seed))
        page.keyboard.press("Control+z")
        until(page, as_things_stand())
        expect(page.get_by_role("button", name="Show both sides there")).to_be_visible()
        page.click("#tab-record")
        assert said in page.inner_text("#panel")


def test_a_reload_and_a_link_keep_the_circumstances(browser: Browser, tiny: Path) -> None:
    turn = opening_turned()
    with opened(browser, tiny.as_uri()) as page:
        answered(page)
        page.get_by_role("button", name="Show both sides there").click()
        until(page, both(turn, turn.seed))
        page.wait_for_timeout(900)
        page.reload()
        until(page, both(turn, turn.seed))


def test_it_is_stopped_at_any_moment_and_goes_on_from_there(browser: Browser, tiny: Path) -> None:
    with opened(browser, tiny.as_uri()) as page:
        page.click("#tab-turn")
        page.locator("#panel").get_by_text("As things stand").wait_for(timeout=LATE)
        tried = "() => Number(document.querySelector('.turn-foot .small')?.textContent.match(/[0-9]+/)?.[0] ?? 0)"
        page.wait_for_function(f"() => ({tried})() > 30", timeout=LATE)
        page.get_by_role("button", name="Stop", exact=True).focus()
        page.keyboard.press("Enter")
        page.locator("#panel").get_by_text("The search was stopped").wait_for(timeout=1000)
        assert not page.locator("#panel progress").count()
        expect(page.get_by_role("button", name="Search on")).to_be_focused()
        page.keyboard.press("Enter")
        page.locator("#panel .answer").wait_for(timeout=LATE)
        assert len(opening_turned().point or {}) == page.locator("#panel .helps li").count()


def test_another_question_ends_the_search(browser: Browser, tiny: Path) -> None:
    with opened(browser, tiny.as_uri()) as page:
        page.click("#tab-turn")
        page.locator("#panel").get_by_text("As things stand").wait_for(timeout=LATE)
        page.click("#tab-why")
        page.locator("#panel .lead").first.wait_for(timeout=LATE)
        page.wait_for_timeout(1500)
        page.evaluate("""() => { const post = Worker.prototype.postMessage; window.parts = 0;
            Worker.prototype.postMessage = function (...given) { window.parts += 1; return post.call(this, ...given); }; }""")
        page.wait_for_timeout(1500)
        assert page.evaluate("window.parts") == 0


def lever(name: str, value: str) -> str:
    return f"""() => {{ const lever = document.querySelector('#lever-{name}'); lever.value = '{value}';
        for (const what of ['input', 'change']) lever.dispatchEvent(new Event(what, {{ bubbles: true }})); }}"""


def alone(page: Page) -> None:
    """*Today* by itself."""
    page.click("#compare")
    chosen(page, "today")
    page.click("#tab-turn")


def the_same(page: Page) -> None:
    alone(page)
    page.locator("#panel").get_by_role("button", name="Compare").click()
    page.get_by_role("button", name="Ask again").click()


@pytest.mark.parametrize(("state", "said"), [(alone, "This is about two sides"), (the_same, "A and B are the same so far")])
def test_it_says_what_it_lacks(state: Callable[[Page], None], said: str, browser: Browser, tiny: Path) -> None:
    with opened(browser, tiny.as_uri()) as page:
        state(page)
        page.locator("#panel").get_by_text(said).wait_for()


def test_where_nothing_is_found_it_says_that_this_proves_nothing(browser: Browser, tiny: Path) -> None:
    with opened(browser, tiny.as_uri()) as page:
        page.click("#side-A")
        chosen(page, "today")
        page.click("#side-B")
        chosen(page, "ten-lessons")
        answered(page)
        panel = page.inner_text("#panel")
        assert page.inner_text("#panel .answer") == "Nothing was found that turns it round."
        assert "That proves nothing" in panel
        assert "What comes nearest by itself" in panel
        assert not page.get_by_role("button", name="Show both sides there").count()


def test_what_did_not_hold_is_told_as_nothing_found(browser: Browser, tiny: Path) -> None:
    with opened(browser, tiny.as_uri()) as page:
        alone(page)
        page.click("#compare")
        settled(page)
        page.evaluate(lever("bailout", "0"))
        settled(page)
        page.get_by_role("button", name="Ask again").click()
        page.locator("#panel .answer").wait_for(timeout=LATE)
        panel = page.inner_text("#panel")
        assert "Nothing was found in which one side ends clearly ahead." in panel
        assert "it did not hold when they were tried again in 64 others" in panel


def test_the_picture_moves_and_first_results_come_while_it_searches(browser: Browser, tiny: Path) -> None:
    with opened(browser, tiny.as_uri()) as page:
        page.evaluate(TO_THE_START)
        page.click(".play")
        page.evaluate("""() => { window.moments = []; const range = document.querySelector('.time-range');
            const note = () => { window.moments.push([Number(range.value), document.querySelector('#panel progress') !== null]);
              requestAnimationFrame(note); }; requestAnimationFrame(note); }""")
        page.click("#tab-turn")
        page.locator("#panel .of-turn .helps li").first.wait_for(timeout=LATE)
        assert page.locator("#panel progress").count(), "something is told before the search has ended"
        page.locator("#panel .answer").wait_for(timeout=LATE)
        during = [value for value, searching in page.evaluate("window.moments") if searching]
    assert len(set(during)) > 5
    assert during == sorted(during)


def test_nothing_runs_out_of_a_telephone(browser: Browser, tiny: Path) -> None:
    with opened(browser, tiny.as_uri(), width=400) as page:
        page.click("#tab-turn")
        page.locator("#panel .of-turn .helps li").first.wait_for(timeout=LATE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        page.locator("#panel .answer").wait_for(timeout=LATE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        page.get_by_role("button", name="Show both sides there").click()
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_claims_pair_opened_by_its_link_can_be_asked(browser: Browser, tmp_path: Path) -> None:
    path, trial = tmp_path / "stage.html", next(claim.trial for claim in claims_of(load_ledger()) if claim.id == "000-5")
    assert trial is not None
    path.write_text(stage_file(shipped_place()), encoding="utf-8")
    with opened(browser, path.as_uri() + stage_link(shipped_place(), trial, {}, 1)) as page:
        page.click("#tab-turn")
        page.locator("#panel").get_by_text("As things stand").wait_for(timeout=LATE)
        page.get_by_role("button", name="Stop", exact=True).click()


def test_a_place_of_ones_own_is_searched_too(page: Page, tmp_path: Path) -> None:
    (tmp_path / "partners.csv").write_text("id,name,kind,income_m\na,Ashby Hospitals,trust,400\nb,Ashby Council,council,200\n"
                                           "c,Ashby GPs,gp,9\n")
    (tmp_path / "ties.csv").write_text("source,target,people\na,b,900\nb,c,80\na,c,70\n")
    page.click("#share")
    page.set_input_files("#open-place", [tmp_path / "partners.csv", tmp_path / "ties.csv"])
    page.get_by_role("button", name="Show this place").click()
    page.locator("dialog.import").wait_for(state="detached")
    page.click("#compare")
    settled(page)
    page.evaluate(lever("mandate", "1"))
    settled(page)
    page.click("#tab-turn")
    page.locator("#panel .answer").wait_for(timeout=LATE)
    assert "sets of circumstances tried" in page.inner_text("#panel")
