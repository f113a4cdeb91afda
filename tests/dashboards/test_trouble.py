"""Errors of the engine, bad values, a lost server: said plainly within two seconds, and the last good picture stays."""

from __future__ import annotations

import pytest

from .conftest import Page, Stage, settled

pytestmark = pytest.mark.browser

SOON = 2000
# What the workers are asked is changed or held up on its way.
BROKEN = """(ask) => { const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (said, ...more) {
    return post.call(this, said.ask === ask ? { ...said, given: ["nowhere", ...said.given.slice(1)] } : said, ...more); };
  window.mended = () => { Worker.prototype.postMessage = post; }; }"""
SLOW = """(milliseconds) => { const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (said, ...more) { setTimeout(() => post.call(this, said, ...more), milliseconds); };
  window.mended = () => { Worker.prototype.postMessage = post; }; }"""


def result(page: Page, side: str = "A") -> str | None:
    return page.get_attribute(f"#view-{side}", "data-result")


def test_an_error_of_the_engine_is_told_and_the_last_result_stays(page: Page) -> None:
    first = result(page)
    page.evaluate(BROKEN, "run")
    page.select_option("#preset", "ten-lessons")
    page.get_by_text("The model stopped: ").wait_for(timeout=SOON)
    assert result(page) == first
    page.locator(".time-range").fill("12")
    assert "Year 4" in page.locator(".clock").inner_text()
    page.evaluate("window.mended()")
    page.select_option("#preset", "trust-alone")
    settled(page)
    assert not page.locator("#notice").is_visible()
    assert result(page) != first


def test_a_bad_value_is_told_and_the_last_result_stays(page: Page) -> None:
    first = result(page)
    page.fill("#seed", "-3")
    page.locator("#seed").press("Enter")
    page.get_by_text("expected a whole number from 0").wait_for(timeout=SOON)
    assert result(page) == first
    page.fill("#seed", "2")
    page.locator("#seed").press("Enter")
    settled(page)
    assert result(page) != first


def test_a_model_that_takes_its_time_is_said_to_work(page: Page) -> None:
    first = result(page)
    page.evaluate(SLOW, 3000)
    page.select_option("#preset", "ten-lessons")
    page.get_by_text("The model is still working").wait_for(timeout=SOON)
    assert result(page) == first
    settled(page)
    assert result(page) != first
    assert not page.locator("#notice").is_visible()


def test_a_question_that_cannot_be_answered_says_so(page: Page) -> None:
    page.evaluate(BROKEN, "worlds")
    page.click("#tab-luck")
    page.get_by_text("The model stopped: ").first.wait_for(timeout=SOON)
    page.evaluate("window.mended()")
    page.get_by_role("button", name="Ask again").first.click()
    page.locator(".answer").wait_for(timeout=60_000)


def test_without_its_server_the_page_goes_on_and_says_what_it_cannot_do(page: Page, stage: Stage) -> None:
    page.context.set_offline(True)
    first = result(page)
    page.select_option("#preset", "ten-lessons")
    settled(page)
    assert result(page) != first
    page.click("#share")
    page.set_input_files("#open-place", [{"name": "partners.csv", "mimeType": "text/csv", "buffer": b"id,kind\na,trust\n"}])
    page.locator("dialog.import").get_by_text("The program behind this page does not answer").wait_for(timeout=SOON)
    page.get_by_role("button", name="Leave everything as it is").click()
    page.context.set_offline(False)
    assert page.seen.asked() == [stage.address, f"{stage.address}api/place/import"]  # type: ignore[attr-defined]
