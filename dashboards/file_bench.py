"""How fast and how large the page as one file is, in a real browser: one table over places of 50 to 445 partners.

Each is opened from a disk without a network. The native engine does the same work in the same minutes, so that a ratio holds on
whatever machine. Nothing here is a test: machines differ.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dashboards.one_file import stage_file
from dashboards.questions import QUARTERS, WORLDS
from incentive_abm.benchmark import best_of
from incentive_abm.engine.run import Batch, Job, Record, run
from incentive_abm.place import Place, generate_place, load_place, shipped_place
from incentive_abm.scenario import Scenario, load_scenario

SCENARIO = "ten-lessons"
SEED = 7
LARGER = ((9, 8, 52, 28), (29, 24, 167, 72), (44, 36, 255, 110))
"""Trusts, councils, GP networks and voluntary partners of the places generated where none are named: 97, 292 and 445 partners."""
SETTLING, MOVES, FEW = 100, 500, 40
"""How often a lever is moved before memory is looked at first, in all, and in a place where memory is not looked at."""
WHOLE = 100
"""Partners up to which memory is looked at and the longest questions are waited for to their end."""
READY = "body[data-ready=yes][data-busy='0']"
# How long the worker of the picture takes from question to answer.
TIMED = """(() => { const post = Worker.prototype.postMessage; window.answered = [];
  Worker.prototype.postMessage = function (said, ...more) { if (said.ask === 'run') {
    const begun = performance.now(), worker = this;
    const hear = ({ data }) => { if (data.id !== said.id) return; window.answered.push(performance.now() - begun);
      worker.removeEventListener('message', hear); }; worker.addEventListener('message', hear); }
    return post.call(this, said, ...more); }; })()"""
# One lever from event to painted picture: the answer is in, and the next frame has been drawn.
DRAG = """(value) => new Promise((done) => { const lever = document.querySelector('#lever-bailout'), begun = performance.now();
  lever.value = String(value); lever.dispatchEvent(new Event('input', { bubbles: true }));
  const drawn = () => requestAnimationFrame(() => done(performance.now() - begun));
  const look = () => document.body.dataset.busy === '0' ? drawn() : setTimeout(look, 1);
  look(); })"""
TO_THE_START = """() => { const range = document.querySelector('.time-range'); range.value = '0';
  range.dispatchEvent(new Event('input')); }"""
# From a question to its answer, with the picture playing: seconds, and frames in them.
FRAMES = """([tab, sign]) => new Promise((done) => { const range = document.querySelector('.time-range'); range.value = '0';
  range.dispatchEvent(new Event('input')); document.querySelector('.play').click();
  const begun = performance.now(); let frames = 0; document.querySelector(tab).click();
  const count = (now) => { if (!document.querySelector(sign)) { frames += 1; return requestAnimationFrame(count); }
    document.querySelector('.play').click(); done([(now - begun) / 1000, frames]); }; requestAnimationFrame(count); })"""


def places(folders: Sequence[str]) -> Iterator[Place]:
    """The shipped place, then those in these folders; without any, generated ones of 97, 292 and 445 partners."""
    yield shipped_place()
    if folders:
        yield from map(load_place, folders)
    else:
        yield from (generate_place(SEED, *counts) for counts in LARGER)


def measure(browser: Any, folders: Sequence[str], renderers: Callable[[], float]) -> list[dict[str, Any]]:
    """The figures of each place; `renderers` tells the memory of the browser's processes in MB."""
    return [{**one_place(browser, place, renderers), **native(place)} for place in places(folders)]


def native(place: Place) -> dict[str, Any]:
    """The same work by the native engine: one run with its pictures, and the worlds of luck on every processor."""
    scenario: Scenario = load_scenario(SCENARIO)
    run(place, scenario, range(1, 18))  # whatever is to be compiled is compiled
    one = best_of(5, lambda: Batch.begin(place, [Job(scenario, 1)]).advance(QUARTERS, Record.PICTURES))
    return {"native run, ms": 1000 * one, "native luck, s": best_of(2, lambda: run(place, scenario, range(1, WORLDS + 1)))}


def one_place(browser: Any, place: Place, renderers: Callable[[], float]) -> dict[str, Any]:
    """The figures of the file with one place."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stage.html"
        path.write_text(stage_file(place), encoding="utf-8")
        found: dict[str, Any] = {"partners": len(place), "ties": len(place.ties), "file, MB": path.stat().st_size / 1e6}
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, offline=True)
        page = context.new_page()
        page.add_init_script(TIMED)
        begun = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector(READY)
        found["first picture, s"] = time.perf_counter() - begun
        page.locator(".curtain").get_by_role("button", name="Play").click()
        page.click(".play")
        page.click("#compare")
        page.select_option("#preset", SCENARIO)
        page.wait_for_selector(READY)
        page.evaluate("window.answered = []")
        whole = len(place) <= WHOLE
        took = []
        for k in range(MOVES if whole else FEW):
            took.append(page.evaluate(DRAG, round(0.01 * (k % 99 + 1), 2)))
            if whole and k + 1 in (SETTLING, MOVES):
                found[f"memory after {k + 1} moves, MB"] = renderers()
        found["lever to picture, median ms"] = statistics.median(took)
        found["lever to picture, 95th percentile ms"] = statistics.quantiles(took, n=20)[18]
        found["module's run with columns and hash, median ms"] = statistics.median(page.evaluate("window.answered"))
        seconds, frames = page.evaluate(FRAMES, ["#tab-luck", "#panel .answer"])
        found[f"luck over {WORLDS} worlds, s"], found["frames a second meanwhile"] = seconds, frames / seconds
        page.evaluate(TO_THE_START)
        begun = time.perf_counter()
        page.click("#tab-helps")
        page.wait_for_selector("#panel .helps, #panel .small", timeout=300_000)
        found["what would help: first answers, s"] = time.perf_counter() - begun
        if whole:
            page.wait_for_selector("#panel progress", state="detached", timeout=900_000)
            found["what would help: all, s"] = time.perf_counter() - begun
            page.click("#compare")
            page.evaluate(DRAG, 0.0)
            begun = time.perf_counter()
            page.click("#tab-turn")
            page.wait_for_selector("#panel .of-turn .helps, #panel .answer", timeout=300_000)
            found["what would turn it round: first answers, s"] = time.perf_counter() - begun
            page.wait_for_selector("#panel .answer", timeout=900_000)
            found["what would turn it round: all, s"] = time.perf_counter() - begun
        context.close()
    return found


def table(found: Sequence[dict[str, Any]]) -> str:
    """The figures as text: a row for each, a column for each place; then the module's time over the native engine's."""
    rows = list(dict.fromkeys(name for each in found for name in each))
    lines = [f"{name:48}" + "".join(f"{_shown(each.get(name)):>12}" for each in found) for name in rows]
    for name, ours, theirs in (("run: module over native", "module's run with columns and hash, median ms", "native run, ms"),
                               ("luck: module over native", f"luck over {WORLDS} worlds, s", "native luck, s")):
        lines.append(f"{name:48}" + "".join(f"{each[ours] / each[theirs]:>12.2f}" for each in found))
    return "\n".join(lines)


def _shown(value: Any) -> str:
    return "–" if value is None else f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
