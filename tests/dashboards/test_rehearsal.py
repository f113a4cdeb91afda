"""The hour of the facilitator's guide, played before a room to the printed page: the guide and the page say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dashboards.rehearsal import Rehearsal

from .conftest import ROOT, Browser, Stage

pytestmark = pytest.mark.browser

GUIDE = (ROOT / "docs" / "facilitator-guide.md").read_text(encoding="utf-8")
HOUR = GUIDE.split("## A session of 60 minutes", 1)[1].split("\n## ", 1)[0]
BOXES = """() => Object.fromEntries(['#head', '.pictures', '#drawer', '.timebar', '.foot']
  .filter((which) => document.querySelector(which).checkVisibility())
  .map((which) => { const r = document.querySelector(which).getBoundingClientRect();
    return [which, [r.left, r.top, r.right, r.bottom]]; }))"""


class Looking(Rehearsal):
    """The hour, with what stands where at each step."""

    def see(self, name: str, page: Any = None) -> None:
        super().see(name, page)
        if page is None and not self.stage.locator("dialog[open]").count():
            self.laid = {**getattr(self, "laid", {}), name: self.stage.evaluate(BOXES)}


def apart(boxes: dict[str, list[float]]) -> bool:
    rows = list(boxes.values())
    return all(a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
               for k, a in enumerate(rows) for b in rows[:k])


@pytest.mark.parametrize("size", [(1280, 720), pytest.param((1920, 1080), marks=pytest.mark.slow)],
                         ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_hour_of_the_guide_goes_as_it_says(browser: Browser, stage: Stage, size: tuple[int, int], tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    hour = Looking(context, stage.address, lambda _name, _page: None)
    hour.hour(tmp_path)
    assert complaints == []

    promised = set(re.findall(r"\*\*([^*]+)\*\*", HOUR))
    assert promised <= hour.touched, promised - hour.touched

    ending = re.search(r"After 15 years [^.]+", hour.said["06 what came of it"])
    assert ending is not None
    for step, said in hour.said.items():
        assert "An exploration, not a forecast." in said
        if step < "06":
            assert ending[0] not in said, step
    assert "21" in hour.said["07 the bets"]
    assert "In year 6, quarter 1" in hour.said["09 why not further"]

    again = hour.said["11 the last change, played again"]
    assert "What came of it" not in again
    assert "Year 12, quarter 2" in again
    assert "Declared from above, changed" in again
    assert "200 worlds" in hour.said["12 is it luck"]

    for step, boxes in hour.laid.items():
        assert apart(boxes), step
        if "#drawer" in boxes:
            left, top, right, bottom = boxes[".pictures"]
            assert (right - left) * (bottom - top) >= 0.3 * size[0] * size[1], step

    assert len(re.findall(rb"/Type\s*/Page[^s]", (tmp_path / "printed.pdf").read_bytes())) == 1
    said = {entry["what"] for entry in json.loads((tmp_path / "session.json").read_text())["record"]["entries"]}
    assert said >= {"opened", "bet", "revealed", "came", "changed", "luck"}
    context.close()


def test_the_slider_goes_where_it_is_put_while_it_plays(opening: Any) -> None:
    page = opening
    page.locator(".curtain").get_by_role("button", name="Play").click()
    page.wait_for_timeout(500)
    page.locator(".time-range").fill("30")
    assert page.locator(".time-range").input_value() == "30"
    assert page.locator(".play").inner_text() == "Play"


def test_the_ending_is_told_of_the_run_that_was_asked_for(opening: Any) -> None:
    """A change on its way when the end is shown: what is told is the new run's ending, never the old one's."""
    page = opening
    page.evaluate("""() => { const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (said, ...more) { setTimeout(() => post.call(this, said, ...more), 400); }; }""")
    page.locator(".curtain").get_by_role("button", name="Play").click()
    page.click(".play")
    page.click("#side-A")
    lever = page.locator(".levers-first input[type=range]").first
    lever.focus()
    page.keyboard.press("Home")
    page.click("#reveal")
    page.locator(".curtain").wait_for()
    told = page.locator(".curtain .verdict").all_inner_texts()
    page.wait_for_selector("body[data-ready=yes][data-busy='0']")
    page.wait_for_timeout(300)
    verdicts = page.locator(".verdicts .verdict").all_inner_texts()
    assert [re.sub(r"\W", "", each) for each in told] == [re.sub(r"\W", "", each) for each in verdicts]
