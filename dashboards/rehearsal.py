"""Play the hour of the facilitator's guide in a browser: `python -m dashboards.rehearsal [PLACE] --out FOLDER [--size 1280x720]`.

Every step is done as the guide says it, before a room (presenting), and leaves a picture of the screen; the printed page and the
saved session are left beside them. For whoever wants to see the session before giving it, and for the test that holds the guide
and the page to each other.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .bench import FLAGS, NO_BROWSER, find_chromium, served
from .file_bench import READY

LATE = 120_000


@dataclass
class Rehearsal:
    """A stage and the facilitator's own page in one browser, and what was done and seen of the hour."""

    context: Any
    address: str
    keep: Callable[[str, Any], None]
    said: dict[str, str] = field(default_factory=dict)
    """What could be read at each step."""
    touched: set[str] = field(default_factory=set)
    """The controls that were used, by the name that is written on them."""

    def __post_init__(self) -> None:
        self.stage = self.context.new_page()
        self.stage.goto(self.address)
        self.settled()
        self.own = self.context.new_page()
        self.own.goto(self.address.rstrip("/") + "/console")
        self.own.wait_for_selector("body[data-ready=yes]")
        self.stage.bring_to_front()

    def settled(self) -> None:
        self.stage.wait_for_selector(READY, timeout=LATE)

    def see(self, name: str, page: Any = None) -> None:
        """Keep a picture and the words of what is seen now."""
        seen = page or self.stage
        seen.wait_for_timeout(350)
        self.said[name] = seen.evaluate("document.body.innerText")
        self.keep(name, seen)

    def press(self, name: str, within: str = "body") -> None:
        """Press what has this name, wherever it stands inside `within`."""
        found = self.stage.locator(within).get_by_role("button", name=name, exact=True)
        (found.first if found.count() else self.stage.locator(within).get_by_role("tab", name=name, exact=True)).click()
        self.touched.add(name)

    def drawer(self, name: str) -> None:
        """Open the drawer and press what is in it or in the head above."""
        if not self.stage.locator("#levers").is_visible():
            self.press("Levers and answers")
        self.press(name)

    def picture_alone(self) -> None:
        if self.stage.locator("#levers").is_visible():
            self.stage.keyboard.press("Escape")
            self.stage.locator("#levers").wait_for(state="hidden")

    def at(self, quarter: int) -> None:
        self.stage.locator(".time-range").fill(str(quarter))
        self.stage.wait_for_timeout(600)

    def opens(self) -> None:
        """0 to 5: the page as people come in."""
        self.press("Present")
        self.see("01 as people come in")

    def one_pair_then_a_place(self) -> None:
        """5 to 10: the way in, screen by screen."""
        self.drawer("One pair, then a place")
        self.stage.locator("dialog.way-in .way-picture canvas").wait_for(timeout=LATE)
        foot = self.stage.locator("dialog.way-in .guide-foot")
        for screen in range(1, 30):
            self.see(f"02 way in, screen {screen:02d}")
            last = foot.locator("button.primary").inner_text() == "To the place"
            foot.locator("button.primary").click()
            if last:
                self.stage.locator("dialog.way-in").wait_for(state="detached")
                break
        self.picture_alone()

    def bets_and_plays(self) -> None:
        """10 to 18: the question, the room's bets, and the run."""
        self.see("03 the question")
        self.press("Bet first", ".curtain")
        for page in range(1, 9):
            for k, box in enumerate(self.stage.locator(".curtain input[type=number]").all()):
                box.fill(str(4 + 3 * k))
            self.see(f"04 bet {page}")
            if not self.stage.locator(".curtain").get_by_role("button", name="Next", exact=True).count():
                break
            self.press("Next", ".curtain")
        self.press("Play", ".curtain")
        for second in (2, 6):
            self.stage.wait_for_timeout(3000)
            self.see(f"05 playing, after {second} seconds or so")
        self.stage.locator(".time-range").fill("40")
        self.see("05 playing, year 11")

    def what_came(self) -> None:
        """18 to 24: the ending beside the bets."""
        self.stage.locator(".time-range").fill("59")
        self.stage.locator(".curtain").wait_for(timeout=LATE)
        self.see("06 what came of it")
        self.press("And your bets?", ".curtain")
        self.see("07 the bets")
        self.press("Close", ".curtain")
        self.see("08 the last quarter")

    def why(self) -> None:
        """24 to 30: back to a year in which it turned."""
        self.at(20)
        self.drawer("Why not further?")
        self.stage.locator("#panel .of-side").first.wait_for(timeout=LATE)
        self.stage.locator("#panel .reasons, #panel .lead").first.wait_for(timeout=LATE)
        self.see("09 why not further")

    def from_now_on(self) -> None:
        """30 to 40: one of the levers that carry the question, from now on; then the change played again."""
        self.stage.locator("#side-A").click()
        self.stage.locator("#from-now").check()
        self.touched.add("from now on")
        lever = self.stage.locator(".levers-first input[type=range]").first
        lever.scroll_into_view_if_needed()
        before = lever.input_value()
        lever.focus()
        self.stage.keyboard.press("End")
        if lever.input_value() == before:
            self.stage.keyboard.press("Home")
        self.settled()
        self.see("10 a lever moved, from now on")
        self.press("Replay the last change")
        self.settled()
        self.picture_alone()
        self.stage.wait_for_timeout(2500)
        self.at(45)
        self.see("11 the last change, played again")

    def is_it_luck(self) -> None:
        """40 to 46: how many of 200 worlds."""
        self.drawer("Is it luck?")
        self.stage.locator("#panel .answer").first.wait_for(timeout=LATE)
        self.stage.locator("#panel progress").first.wait_for(state="detached", timeout=LATE)
        self.see("12 is it luck")

    def what_would_help(self) -> None:
        """46 to 54: from a quarter that the room picks."""
        self.at(24)
        self.press("What would help?")
        self.stage.locator("#panel .helps").first.wait_for(timeout=LATE)
        self.stage.locator("#panel progress").first.wait_for(state="detached", timeout=LATE)
        self.see("13 what would help")

    def notes_and_print(self, folder: Path) -> None:
        """54 to 60: notes on the facilitator's page, one printed page, the session saved."""
        self.own.bring_to_front()
        self.own.locator("#notes textarea").first.fill("Stop counting groups; join up one street.")
        self.see("14 the facilitator's own page", self.own)
        self.stage.bring_to_front()
        self.press("Share and keep")
        self.stage.wait_for_timeout(500)
        self.see("15 share and keep")
        self.stage.evaluate("() => { window.print = () => { document.body.dataset.printed = 'yes'; }; }")
        self.press("Print one page", "dialog.share")
        self.stage.wait_for_selector("body[data-printed=yes]", timeout=2 * LATE)
        (folder / "printed.pdf").write_bytes(self.stage.pdf(format="A4", prefer_css_page_size=True))
        if not self.stage.locator("dialog.share").count():
            self.press("Share and keep")
        with self.stage.expect_download() as saved:
            self.press("Save the session", "dialog.share")
        (folder / "session.json").write_bytes(Path(saved.value.path()).read_bytes())
        self.press("Close", "dialog.share")

    def hour(self, folder: Path) -> None:
        """All of it."""
        self.opens()
        self.one_pair_then_a_place()
        self.bets_and_plays()
        self.what_came()
        self.why()
        self.from_now_on()
        self.is_it_luck()
        self.what_would_help()
        self.notes_and_print(folder)


def keeper(folder: Path) -> Callable[[str, Any], None]:
    """Keeps a picture of the screen under the name of its step."""
    folder.mkdir(parents=True, exist_ok=True)

    def keep(name: str, page: Any) -> None:
        page.screenshot(path=folder / f"{re.sub('[^a-z0-9]+', '-', name.lower())}.png")

    return keep


def main() -> None:
    """Rehearse and leave the pictures."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", nargs="?", help="folder of a place; without it, the shipped one")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures, the printed page and the saved session")
    parser.add_argument("--size", default="1280x720", help="of the projector's image, in pixels")
    given = parser.parse_args()
    if not (size := re.fullmatch(r"(\d{3,4})x(\d{3,4})", given.size)):
        parser.error(f"--size is '{given.size}'; expected width and height, such as 1280x720")
    with served([given.place] if given.place else []) as (address, _), sync_playwright() as engine:
        chromium = find_chromium(engine.chromium.executable_path)
        if chromium is None:
            raise SystemExit(NO_BROWSER)
        browser = engine.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport={"width": int(size[1]), "height": int(size[2])}, accept_downloads=True)
        Rehearsal(context, address, keeper(given.out)).hour(given.out)
        browser.close()
    print(f"The hour, step by step: {given.out}")


if __name__ == "__main__":
    main()
