"""The page as one file while it works hard: what it holds stays what it was, and the picture moves while worlds are counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboards.file_bench import DRAG
from dashboards.one_file import stage_file
from incentive_abm.place import shipped_place
from incentive_abm.scenario import load_scenario

from .conftest import Seen, chosen, reveal, settled
from .native.luck import worlds

PLACE = shipped_place()
pytestmark = pytest.mark.browser
SETTLING, MOVES = 60, 240
KEPT_A_MOVE = 4_000
"""Bytes that a move may add to what scripts hold: an entry of the record, steps to undo; a run is 50 times as large."""
# Every worker tells how large the memory of its compiled model is.
WEIGHED = """(() => { const own = Blob, first = `const made = WebAssembly.Instance; self.memories = [];
  WebAssembly.Instance = function (...given) { const one = new made(...given); memories.push(one.exports.memory); return one; };`;
  window.Blob = function (parts, how) {
    return new own(how?.type === 'text/javascript' ? [first, ...parts] : parts, how); }; })()"""
MOVING = """() => { window.moments = []; const range = document.querySelector('.time-range');
  const note = (now) => { window.moments.push([now, Number(range.value), document.querySelector('#panel .answer') !== null]);
    requestAnimationFrame(note); }; requestAnimationFrame(note); }"""


@pytest.fixture(scope="module")
def stage_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "stage.html"
    path.write_text(stage_file(PLACE), encoding="utf-8")
    return path


@contextmanager
def opened(browser: Browser, path: Path, script: str = "") -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    if script:
        page.add_init_script(script)
    seen = Seen(page)
    page.goto(path.as_uri())
    settled(page)
    reveal(page)
    page.click("#compare")
    settled(page)
    yield page
    context.close()
    assert not seen.complaints


@dataclass(frozen=True)
class Held:
    """What a page holds once what is of no use is let go: bytes of scripts, of buffers and of compiled models; elements and
    listeners."""

    scripts: int
    buffers: int
    compiled: int
    nodes: int
    listeners: int


def held(page: Page) -> Held:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    heap: dict[str, Any] = session.send("Runtime.getHeapUsage")
    counted: dict[str, Any] = session.send("Memory.getDOMCounters")
    session.detach()
    compiled = [worker.evaluate("memories.map(({ buffer }) => buffer.byteLength)") for worker in page.workers]
    assert all(len(one) == 1 for one in compiled), "each worker has the compiled model once"
    return Held(int(heap["usedSize"]), int(heap["backingStorageSize"]), sum(one for (one,) in compiled), counted["nodes"],
                counted["jsEventListeners"])


def moved(page: Page, times: int) -> None:
    for k in range(times):
        page.evaluate(DRAG, round(0.01 * (k % 99 + 1), 2))


def asked(page: Page, tab: str) -> None:
    """Ask a long question and wait until it is answered whole."""
    page.click("#tab-outcome")
    page.click(f"#tab-{tab}")
    page.wait_for_selector("#panel .answer, #panel .helps", timeout=120_000)
    page.wait_for_selector("#panel progress", state="detached", timeout=120_000)


@pytest.mark.slow
def test_moving_a_lever_many_times_holds_no_more(browser: Browser, stage_html: Path) -> None:
    with opened(browser, stage_html, WEIGHED) as page:
        moved(page, SETTLING)
        early = held(page)
        moved(page, MOVES)
        late = held(page)
    assert 0 < early.compiled == late.compiled
    assert late.buffers <= early.buffers + 100_000, "runs that are no longer shown are let go"
    assert late.scripts - early.scripts <= MOVES * KEPT_A_MOVE
    assert late.nodes <= early.nodes + 50
    assert late.listeners <= early.listeners + 5


@pytest.mark.slow
def test_asking_long_questions_again_holds_no_more(browser: Browser, stage_html: Path) -> None:
    with opened(browser, stage_html, WEIGHED) as page:
        page.evaluate("""() => { const range = document.querySelector('.time-range'); range.value = '47';
            range.dispatchEvent(new Event('input')); }""")
        moved(page, 2)
        for tab in ("luck", "helps"):
            asked(page, tab)
        early = held(page)
        for _ in range(2):
            moved(page, 1)
            settled(page)
            for tab in ("luck", "helps"):
                asked(page, tab)
        late = held(page)
    assert late.compiled == early.compiled
    assert late.buffers <= early.buffers + 100_000


def test_the_picture_moves_while_worlds_are_counted(browser: Browser, stage_html: Path) -> None:
    with opened(browser, stage_html) as page:
        chosen(page, "ten-lessons")
        page.evaluate("""() => { const range = document.querySelector('.time-range'); range.value = '0';
            range.dispatchEvent(new Event('input')); }""")
        page.click(".play")
        page.evaluate(MOVING)
        page.click("#tab-luck")
        page.wait_for_selector("#panel .answer", timeout=120_000)
        said = page.text_content("#panel .answer")
        moments = page.evaluate("window.moments")
        world = int(page.input_value("#seed"))
    *_, luck = worlds(PLACE, load_scenario("ten-lessons"), world)
    assert said == luck["said"]
    during = [value for _, value, answered in moments if not answered]
    assert len(set(during)) > 5, "the picture stood still while worlds were counted"
    assert during == sorted(during), "time went back"


def test_a_question_asked_anew_overtakes_the_one_before(browser: Browser, stage_html: Path) -> None:
    """The worlds of settings that are no longer wanted are not played to their end."""
    counting = """(() => { const post = Worker.prototype.postMessage; window.parts = 0;
        Worker.prototype.postMessage = function (said, ...more) {
        window.parts += said.ask === 'worlds' ? 1 : 0; return post.call(this, said, ...more); }; })()"""
    with opened(browser, stage_html, counting) as page:
        asked(page, "luck")
        whole = page.evaluate("window.parts")
        page.click("#tab-outcome")
        page.click("#tab-luck")
        page.evaluate("window.parts = 0")
        page.click("#tab-outcome")
        page.click("#tab-luck")
        page.wait_for_selector("#panel .answer", timeout=120_000)
        page.wait_for_timeout(500)
        assert whole <= page.evaluate("window.parts") < 1.5 * whole
