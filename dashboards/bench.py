"""Measure the stage in a real browser: `python -m dashboards.bench [PLACE ...] [--file-only] [--visitors 30] [--json FILE]`.

Prints how long the first page from the local process, a moved lever and the long questions take, how many frames a second play,
and what many visitors at once do to the process; then a table of the same page as one file, opened from a disk without a network,
over places of 50 to 445 partners, beside the native engine's time for the same work. Nothing here is a test: machines differ.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dashboards import file_bench
from dashboards.file_bench import DRAG, READY

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
NO_BROWSER = ("no Chromium was found: install one (for example `apt install chromium`), or name it in INCENTIVE_ABM_CHROMIUM, "
              "or run `python -m playwright install chromium`")
FRAMES = """(seconds) => new Promise((done) => { document.querySelector('.time-range').value = '0';
  document.querySelector('.time-range').dispatchEvent(new Event('input'));
  document.querySelector('.play').click(); const begun = performance.now(); let frames = 0;
  const count = (now) => { frames += 1; if (now - begun < seconds * 1000) requestAnimationFrame(count);
    else { document.querySelector('.play').click(); done(frames / ((now - begun) / 1000)); } };
  requestAnimationFrame(count); })"""


def find_chromium(own: str = "") -> str | None:
    """Path of a Chromium: named in INCENTIVE_ABM_CHROMIUM, installed, or `own` where that exists; None where there is none."""
    found = os.environ.get("INCENTIVE_ABM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return found or (own if own and Path(own).exists() else None)


@contextmanager
def served(arguments: list[str]) -> Iterator[tuple[str, int]]:
    """A process of the page on a free port: its address and process id."""
    command = [sys.executable, "-m", "incentive_abm", "workshop", "--no-browser", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = ""
    try:
        for line in process.stdout or ():
            if found := re.match(r"The page: (\S+)", line):
                address = found[1]
            if line.startswith("Stop"):
                break
        else:
            raise SystemExit("the page did not start")
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(20)


def measure(place: str | None, visitors: int, seconds: float) -> dict[str, Any]:
    """All figures, in seconds, milliseconds, bytes and frames a second as their names say."""
    from playwright.sync_api import sync_playwright

    found: dict[str, Any] = {"place": place or "shipped"}
    with served([place] if place else []) as (address, process), sync_playwright() as engine:
        chromium = find_chromium(engine.chromium.executable_path)
        if chromium is None:
            raise SystemExit(NO_BROWSER)
        browser = engine.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        page = context.new_page()
        sizes: dict[str, int] = {}
        page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
        begun = time.perf_counter()
        page.goto(address)
        page.wait_for_selector(READY)
        found["first page, s"] = time.perf_counter() - begun
        found["first page, bytes"] = sum(sizes.values())
        page.locator(".curtain").get_by_role("button", name="Play").click()
        page.click(".play")
        page.click("#compare")
        page.wait_for_selector(READY)
        drags = [page.evaluate(DRAG, round(0.01 * k, 2)) for k in range(1, 61)]
        found["lever to picture, median ms"] = statistics.median(drags)
        found["lever to picture, 95th percentile ms"] = statistics.quantiles(drags, n=20)[18]
        found["frames a second, one picture"] = page.evaluate(FRAMES, 5)
        page.click("#compare")
        page.select_option("#preset", "ten-lessons")
        page.wait_for_selector(READY)
        page.locator(".curtain").get_by_role("button", name="Play").click()
        page.click(".play")
        found["frames a second, A and B"] = page.evaluate(FRAMES, 5)
        page.click("#present")
        found["frames a second, A and B, presenting"] = page.evaluate(FRAMES, 5)
        page.click("#more")
        page.click("#present")
        page.click("#compare")
        for tab, sign, name in (("luck", ".answer", "is it luck, s"), ("helps", ".helps", "what would help, s")):
            begun = time.perf_counter()
            page.click(f"#tab-{tab}")
            page.wait_for_selector(sign, timeout=300_000)
            found[name] = time.perf_counter() - begun
        context.close()
        if visitors:
            found |= crowd(browser, address, process, visitors, seconds)
        browser.close()
    return found


def measure_file(folders: list[str]) -> list[dict[str, Any]]:
    """The figures of the page as one file, by place."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        chromium = find_chromium(engine.chromium.executable_path)
        if chromium is None:
            raise SystemExit(NO_BROWSER)
        browser = engine.chromium.launch(executable_path=chromium, args=FLAGS)
        found = file_bench.measure(browser, folders, renderers)
        browser.close()
    return found


def renderers() -> float:
    """Memory in MB of the processes in which this process's browser runs pages and workers."""
    import psutil

    sizes: list[int] = [each.memory_info().rss for each in psutil.Process().children(recursive=True)
                        if "--type=renderer" in each.cmdline()]
    return sum(sizes) / 1e6


def crowd(browser: Any, address: str, process: int, visitors: int, seconds: float) -> dict[str, Any]:
    """Many visitors at once, each moving a lever: mix-ups, errors, how long a lever takes, and the process's memory."""
    import psutil

    memory = psutil.Process(process).memory_info
    contexts = [browser.new_context(viewport={"width": 900, "height": 700}) for _ in range(visitors)]
    pages, errors = [context.new_page() for context in contexts], []
    for k, page in enumerate(pages):
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector(READY)
        page.evaluate("""(seed) => { const box = document.querySelector('#seed'); box.value = String(seed);
            box.dispatchEvent(new Event('change')); }""", 1000 + k)
        page.wait_for_selector(READY)
    mover = """(seconds) => { const lever = document.querySelector('#lever-bailout');
        const until = performance.now() + 1000 * seconds; window.took = [];
        const step = () => { if (performance.now() > until) return; const begun = performance.now();
        lever.value = String(Math.round(100 * Math.random()) / 100); lever.dispatchEvent(new Event('input', { bubbles: true }));
        const look = () => { if (document.body.dataset.busy !== '0') return setTimeout(look, 20);
            window.took.push(performance.now() - begun); setTimeout(step, 700); }; look(); }; step(); }"""
    for page in pages:
        page.evaluate(mover, seconds)
    early, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        time.sleep(1)
        if not early and time.perf_counter() - begun > seconds / 4:
            early = memory().rss
    late = memory().rss
    wrong = 0
    for k, page in enumerate(pages):
        page.wait_for_selector(READY, timeout=60_000)
        seen = page.evaluate("[document.querySelector('#seed').value, document.querySelector('#notice').hidden]")
        wrong += seen != [str(1000 + k), True]
    took = [each for page in pages for each in page.evaluate("window.took")]
    for context in contexts:
        context.close()
    return {"visitors": visitors, "levers moved": len(took), "page errors": len(errors), "wrong or troubled": wrong,
            "lever to picture among visitors, median ms": statistics.median(took) if took else None,
            "memory after a quarter of the time, MB": early / 1e6, "memory at the end, MB": late / 1e6}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", help="folders of places; the shipped one is measured in any case, and "
                        "without any, the file with generated ones of 97, 292 and 445 partners too")
    parser.add_argument("--file-only", action="store_true", help="measure the page as one file, not the local process")
    parser.add_argument("--visitors", type=int, default=0, help="how many at once, each in a browser window of its own")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they move levers")
    parser.add_argument("--json", help="also write the figures to this file")
    given = parser.parse_args()
    found = {} if given.file_only else measure(given.places[0] if given.places else None, given.visitors, given.seconds)
    for name, value in found.items():
        print(f"{name:45} {value:,.2f}" if isinstance(value, float) else f"{name:45} {value}")
    files = measure_file(given.places)
    print(f"\nThe page as one file, from a disk without a network:\n{file_bench.table(files)}")
    if given.json:
        Path(given.json).write_text(json.dumps({**found, "file": files}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
