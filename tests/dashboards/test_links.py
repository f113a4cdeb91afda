"""The address holds everything; what is taken away plays without the server."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp

from incentive_abm.place import load_place
from incentive_abm.scenario import load_scenario

from .conftest import Browser, Page, Seen, Stage, all_levers, alone, chosen, settled
from .native.runs import record, result_hash

pytestmark = pytest.mark.browser


def opened(link: str) -> dict[str, Any]:
    """What a link holds, read without the page's own code."""
    text = link.split("#s=")[1]
    found: dict[str, Any] = json.loads(zlib.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))
    return found


def link_of(kept: dict[str, Any], stage: Stage) -> str:
    packed = base64.urlsafe_b64encode(zlib.compress(json.dumps(kept).encode())).decode().rstrip("=")
    return f"{stage.address}#s={packed}"


def shown(page: Page) -> dict[str, Any]:
    """What the page shows, as its visitor sees it."""
    return {
        "result": page.get_attribute("#view-A", "data-result"), "seed": page.locator("#seed").input_value(),
        "quarter": page.locator(".time-range").input_value(), "differs": page.locator("#differs").inner_text(),
        "preset": page.locator("#preset").input_value(), "verdict": page.locator(".verdicts").all_inner_texts(),
        "listening": page.locator("#lever-listening").input_value(),
    }


def made(page: Page) -> str:
    """Change several things and copy the link."""
    alone(page, "torbay-like", 42)
    all_levers(page)
    page.locator("#lever-listening").fill("0.9")
    page.locator(".time-range").fill("33")
    settled(page)
    page.click("#share")
    address = page.locator(".address")
    page.wait_for_timeout(500)
    link = address.input_value()
    page.keyboard.press("Escape")
    return link


def test_a_copied_link_opens_the_same_in_a_fresh_browser(page: Page, browser: Browser) -> None:
    link = made(page)
    there = shown(page)
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    other = context.new_page()
    other.goto(link)
    settled(other)
    assert shown(other) == there
    assert not other.locator("#notice").is_visible()
    context.close()


def test_a_link_holds_both_sides(page: Page, browser: Browser) -> None:
    page.click("#compare")
    chosen(page, "ten-lessons")
    page.wait_for_timeout(600)
    context = browser.new_context()
    other = context.new_page()
    other.goto(page.url)
    settled(other)
    for side in "AB":
        assert other.get_attribute(f"#view-{side}", "data-result") == page.get_attribute(f"#view-{side}", "data-result")
    context.close()


def test_a_link_from_another_version_opens_with_a_notice(page: Page, stage: Stage) -> None:
    kept = opened(made(page))
    there = shown(page)
    page.goto("about:blank")
    page.goto(link_of({**kept, "v": "0.0.9", "h": "f" * 16}, stage))
    settled(page)
    assert "another version of the model (0.0.9)" in page.locator("#notice").inner_text()
    assert shown(page) == there


def test_a_link_for_another_place_says_so(page: Page, stage: Stage) -> None:
    kept = opened(made(page))
    page.goto("about:blank")
    page.goto(link_of({**kept, "p": "0" * 16}, stage))
    settled(page)
    assert "made for another place" in page.locator("#notice").inner_text()


def test_a_damaged_link_says_so(page: Page) -> None:
    start, text = made(page).split("#s=")
    harmed = {"cut": text[:len(text) // 2], "changed": text[:40] + ("A" if text[40] != "A" else "B") + text[41:],
              "nonsense": "%%%", "empty": ""}
    for harm, damaged in harmed.items():
        page.goto("about:blank")
        page.goto(f"{start}#s={damaged}")
        settled(page)
        assert "This link is damaged" in page.locator("#notice").inner_text(), harm
        assert page.locator(".badge.side-B").first.is_visible(), harm


def test_a_link_with_a_bad_value_is_told_and_the_page_stays_usable(page: Page, stage: Stage) -> None:
    kept = opened(made(page))
    kept["a"]["parameters"]["listening"] = 7
    page.goto("about:blank")
    page.goto(link_of(kept, stage))
    page.get_by_text("The setting “listening” cannot be 7.").wait_for(timeout=5000)
    chosen(page, "today")
    assert page.locator(".verdicts .verdict").count() == 1


def taken(page: Page, button: str) -> Path:
    page.click("#share")
    with page.expect_download() as saved:
        page.get_by_role("button", name=button).click()
    page.keyboard.press("Escape")
    return Path(saved.value.path())


def test_the_page_taken_away_opens_with_what_was_shown_and_needs_nobody(page: Page, browser: Browser, tmp_path: Path) -> None:
    chosen(page, "trust-alone")
    page.locator(".time-range").fill("33")
    result = page.get_attribute("#view-A", "data-result")
    file = tmp_path / "taken.html"
    file.write_bytes(taken(page, "This page as one file").read_bytes())
    assert "connect-src" not in file.read_text(encoding="utf-8")
    assert page.evaluate("document.title") not in file.read_text(encoding="utf-8").partition("</title>")[0]
    with alone_from(browser, file) as other:
        settled(other)
        assert other.get_attribute("#view-A", "data-result") == result
        assert other.locator(".time-range").input_value() == "33"
        assert not other.locator("#view-B").is_visible()
        assert not other.locator("#notice").is_visible()
        other.click("#tab-record")
        assert "Trust alone" in other.locator(".entries").inner_text()
        chosen(other, "today")
        assert other.get_attribute("#view-A", "data-result") != result
        again = tmp_path / "again.html"
        again.write_bytes(taken(other, "This page as one file").read_bytes())
        now = other.get_attribute("#view-A", "data-result")
    with alone_from(browser, again) as third:
        settled(third)
        assert third.get_attribute("#view-A", "data-result") == now


@contextmanager
def alone_from(browser: Browser, file: Path) -> Iterator[Page]:
    """A file opened from a disk without a network; whatever it asks for or complains of fails the test."""
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    seen = Seen(page)
    page.goto(file.as_uri())
    yield page
    assert {url.partition("#")[0] for url in seen.asked()} == {file.as_uri()}
    assert not seen.complaints
    context.close()


def test_the_picture_and_the_files_are_whole(page: Page) -> None:
    assert taken(page, "The picture (PNG)").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert "side,quarter,form,integration" in taken(page, "The numbers (CSV)").read_text()
    assert '"side","row"' in taken(page, "The event log (CSV)").read_text()[:3000]
    page.click("#share")
    page.get_by_role("button", name="Show as a code").click()
    page.locator(".qr img").wait_for()
    assert page.locator(".qr img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 100


# The red of every pixel, by row: the code is black on white.
PIXELS = """(image) => { const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
  const pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  return [canvas.width, Array.from(data).filter((_, k) => k % 4 === 0)]; }"""


def test_a_telephone_reads_the_code_of_the_link(page: Page) -> None:
    page.click("#share")
    page.get_by_role("button", name="Show as a code").click()
    page.locator(".qr img").wait_for()
    width, reds = page.locator(".qr img").evaluate(PIXELS)
    (found,) = zxingcpp.read_barcodes(np.array(reds, np.uint8).reshape(-1, width))
    assert found.text == page.locator(".address").input_value()


def test_a_saved_scenario_opens_from_its_file(page: Page, tmp_path: Path) -> None:
    made(page)
    there = shown(page)
    file = tmp_path / "kept.toml"
    file.write_bytes(taken(page, "The scenario (TOML)").read_bytes())
    chosen(page, "today")
    page.click("#share")
    page.set_input_files("#open-scenario", file)
    page.locator("dialog.share").wait_for(state="detached")
    settled(page)
    assert page.get_attribute("#view-A", "data-result") == there["result"]
    assert page.locator("#preset").input_value() == "torbay-like"


def test_an_own_place_is_opened_and_what_is_unclear_is_asked(page: Page, tmp_path: Path) -> None:
    (tmp_path / "partners.csv").write_text("id,name,kind,income_m\na,Ashby Hospitals,trust,400\nb,Ashby Council,counsil,200\n")
    (tmp_path / "ties.csv").write_text("source,target,people\na,b,900\n")
    files = [tmp_path / "partners.csv", tmp_path / "ties.csv"]
    first = page.get_attribute("#view-A", "data-result")
    page.click("#share")
    page.set_input_files("#open-place", files)
    page.locator("dialog.share").wait_for(state="detached")
    page.get_by_text("the kind 'counsil' is not known").wait_for()
    assert page.get_attribute("#view-A", "data-result") == first
    page.locator("dialog.import select").select_option("council")
    page.get_by_role("button", name="Read again with these answers").click()
    page.get_by_text("kind 'counsil' is taken as council, as you said (partners.csv, line 3)").wait_for()
    assert page.get_attribute("#view-A", "data-result") == first, "nothing changes until it is wanted"
    page.get_by_role("button", name="Show this place").click()
    page.locator("dialog.import").wait_for(state="detached")
    settled(page)
    assert page.get_attribute("#view-A", "data-result") != first
    page.click("#tab-words")
    assert "2 partners" in page.locator(".place-report").inner_text()
    page.locator(".in-words summary").click()
    assert "Ashby Hospitals" in page.locator(".in-words table").first.inner_text()
    page.click("#share")
    page.get_by_role("button", name="Back to the place that came with the page").click()
    settled(page)
    assert page.get_attribute("#view-A", "data-result") == first


def test_a_place_of_ones_own_goes_away_with_the_page(page: Page, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "partners.csv").write_text("id,name,kind,income_m\na,Ashby Hospitals,trust,400\nb,Ashby Council,council,200\n"
                                           "c,Ashby GPs,gp,9\n")
    (tmp_path / "ties.csv").write_text("source,target,people\na,b,900\nb,c,80\na,c,70\n")
    page.click("#share")
    page.set_input_files("#open-place", [tmp_path / "partners.csv", tmp_path / "ties.csv"])
    page.get_by_role("button", name="Show this place").click()
    page.locator("dialog.import").wait_for(state="detached")
    settled(page)
    result, title = page.get_attribute("#view-A", "data-result"), page.locator("#place-title").inner_text()
    assert result == result_hash(record(load_place(tmp_path), load_scenario("today"), 1))
    page.click("#tab-luck")
    page.locator(".answer").wait_for(timeout=60_000)
    page.click("#guide")
    page.locator("#way-title").get_by_text("Two organisations").wait_for(timeout=60_000)
    assert "Ashby Hospitals and Ashby Council" in page.locator(".way-said").inner_text()
    page.get_by_role("button", name="Skip").click()
    file = tmp_path / "ours.html"
    file.write_bytes(taken(page, "This page as one file").read_bytes())
    assert "Marlshire" not in file.read_text(encoding="utf-8").partition("<main")[0]
    with alone_from(browser, file) as other:
        settled(other)
        assert other.get_attribute("#view-A", "data-result") == result
        assert other.locator("#place-title").inner_text() == title
        other.click("#guide")
        other.locator("#way-title").get_by_text("Two organisations").wait_for(timeout=60_000)
        other.get_by_role("button", name="Skip").click()
        other.click("#share")
        other.set_input_files("#open-place", [tmp_path / "partners.csv", tmp_path / "ties.csv"])
        other.get_by_role("button", name="Show this place").wait_for(timeout=60_000)


DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  for (const type of ["dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""
MATRIX = """trust,Ashby Hospitals NHS Trust,Ashby Borough Council,Elm Surgery
Ashby Hospitals NHS Trust,,0.8,0.4
Ashby Borough Council,0.3,,
Elm Surgery,0.5,,
"""


def test_a_file_dropped_anywhere_is_told_and_leaves_the_page_as_it_is(page: Page) -> None:
    first = page.get_attribute("#view-A", "data-result")
    page.evaluate(DROP, ["who trusts whom.csv", MATRIX])
    page.get_by_text("nothing says what kind 'Elm Surgery' is").wait_for()
    for box, kind in zip(page.locator("dialog.import select").all(), ("trust", "council", "gp"), strict=True):
        box.select_option(kind)
    page.get_by_role("button", name="Read again with these answers").click()
    page.get_by_text("a matrix of 3 rows; each cell is trust of the row's partner in the column's").wait_for()
    page.get_by_role("button", name="Leave everything as it is").click()
    page.locator("dialog.import").wait_for(state="detached")
    assert page.get_attribute("#view-A", "data-result") == first
    page.evaluate(DROP, ["picture.png", "\u0089PNG"])
    page.get_by_text("The place cannot be shown yet").wait_for()
