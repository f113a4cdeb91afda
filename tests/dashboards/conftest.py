"""A real process of the page, a real browser, and what tests ask of both."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dashboards.bench import FLAGS, NO_BROWSER, find_chromium
from dashboards.page_data import page_data
from incentive_abm.place import load_place, shipped_place

playwright = pytest.importorskip("playwright.sync_api", reason="tests in a browser need playwright: install 'incentive-abm[dev]'")

from playwright.sync_api import Browser, Page, Playwright  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
OWN_RULE = f"trust.evidence_for={ROOT / 'examples' / 'my_rules.py'}:fixed_memory"
"""A rule of a user's own, as --rule chooses it."""


class Stage:
    """A running page: its address, its process, and plain requests to it."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "incentive_abm", "workshop", "--no-browser", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self.process.stdout is not None
        self.address, said = "", []
        for line in self.process.stdout:
            said.append(line)
            if found := re.match(r"The page: (\S+)", line):
                self.address = found[1]
            if line.startswith("Stop"):
                break
        else:
            raise AssertionError("the page did not start:\n" + "".join(said))
        self.client = httpx.Client(base_url=self.address, timeout=120)
        self.start = page_data(load_place(arguments[0]) if arguments and Path(arguments[0]).is_dir() else shipped_place())

    def stop(self) -> None:
        self.client.close()
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    running = Stage()
    yield running
    running.stop()


def chromium(engine: Playwright) -> str:
    """Path of a Chromium; skips the test where there is none."""
    found = find_chromium(engine.chromium.executable_path)
    if found is None:
        pytest.skip(NO_BROWSER)
    return found


@pytest.fixture(scope="session")
def browser(browsers: Playwright) -> Iterator[Browser]:
    opened = browsers.chromium.launch(executable_path=chromium(browsers), args=FLAGS)
    yield opened
    opened.close()


class Seen:
    """What a page asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def asked(self) -> list[str]:
        """What was asked of anybody; what a page holds itself is no request."""
        return [url for url in self.requests if not url.startswith(("data:", "blob:"))]


def settled(page: Page) -> None:
    """Wait until the pictures on the page are those of the last wish."""
    page.wait_for_selector("body[data-ready=yes][data-busy='0']")


@pytest.fixture
def opening(browser: Browser, stage: Stage) -> Iterator[Page]:
    """A fresh visitor on the stage as it opens, at 1920 × 1080; a script error on the page fails the test."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, accept_downloads=True)
    opened = context.new_page()
    opened.seen = Seen(opened)  # type: ignore[attr-defined]
    opened.goto(stage.address)
    settled(opened)
    yield opened
    complaints = [text for text in opened.seen.complaints if "Failed to load resource" not in text]  # type: ignore[attr-defined]
    context.close()
    assert not complaints


def alone(page: Page, preset: str = "today", world: int = 1) -> None:
    """Show one preset by itself in a world, its ending seen."""
    if page.locator("#compare").get_attribute("aria-pressed") == "true":
        page.click("#compare")
    page.select_option("#preset", preset)
    page.fill("#seed", str(world))
    page.locator("#seed").press("Enter")
    settled(page)
    reveal(page)


def reveal(page: Page) -> None:
    """Show the ending and put the curtain away."""
    page.click("#reveal")
    page.locator(".curtain").get_by_role("button", name="Close", exact=True).click()


def chosen(page: Page, preset: str) -> None:
    """Choose a preset; its ending is seen."""
    page.select_option("#preset", preset)
    settled(page)
    reveal(page)


def all_levers(page: Page) -> None:
    """Open the list of all levers."""
    if page.locator(".levers-rest").get_attribute("open") is None:
        page.locator(".levers-rest > summary").click()


@pytest.fixture
def page(opening: Page) -> Page:
    """A visitor for whom *Today* is shown by itself in world 1, its ending seen."""
    alone(opening)
    return opening
