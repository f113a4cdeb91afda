"""Lost connections, errors of the engine, bad values: said plainly within two seconds, and the last good picture stays."""

from __future__ import annotations

import os
import signal

import pytest

from .conftest import Browser, Page, Stage, settled

pytestmark = pytest.mark.browser

SOON = 2000


def result(page: Page, side: str = "A") -> str | None:
    return page.get_attribute(f"#view-{side}", "data-result")


def test_a_lost_connection_is_told_the_picture_stays_and_it_comes_back(page: Page) -> None:
    first = result(page)
    page.context.set_offline(True)
    page.select_option("#preset", "ten-lessons")
    page.get_by_text("The connection to the model is lost.").wait_for(timeout=SOON)
    assert result(page) == first
    page.locator(".time-range").fill("12")
    assert "Year 4" in page.locator(".clock").inner_text()
    page.context.set_offline(False)
    page.locator("#notice").wait_for(state="hidden", timeout=10_000)
    settled(page)
    assert result(page) != first


def test_an_error_of_the_engine_is_told_and_the_last_result_stays(page: Page) -> None:
    first = result(page)
    page.route("**/api/run", lambda route: route.fulfill(status=500, json={"error": "Something went wrong in the model."}))
    page.select_option("#preset", "ten-lessons")
    page.get_by_text("Something went wrong in the model.").wait_for(timeout=SOON)
    assert result(page) == first
    page.unroute("**/api/run")
    page.select_option("#preset", "trust-alone")
    settled(page)
    assert not page.locator("#notice").is_visible()
    assert result(page) != first


def test_an_answer_that_is_no_run_is_told(page: Page) -> None:
    first = result(page)
    page.route("**/api/run", lambda route: route.fulfill(status=200, body=b"nonsense"))
    page.select_option("#preset", "ten-lessons")
    page.locator("#notice").wait_for(timeout=SOON)
    assert result(page) == first
    page.unroute("**/api/run")


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


def test_a_model_that_takes_its_time_is_said_to_work(browser: Browser) -> None:
    """The process is stopped (not ended): no answer comes, and the page says so."""
    own = Stage()
    context = browser.new_context()
    page = context.new_page()
    page.goto(own.address)
    settled(page)
    first = result(page, "B")
    os.kill(own.process.pid, signal.SIGSTOP)
    try:
        page.select_option("#preset", "ten-lessons")
        page.get_by_text("The model is still working").wait_for(timeout=SOON)
        assert result(page, "B") == first
    finally:
        os.kill(own.process.pid, signal.SIGCONT)
    settled(page)
    assert result(page, "B") != first
    assert not page.locator("#notice").is_visible()
    context.close()
    own.stop()


def test_a_question_that_cannot_be_answered_says_so(page: Page) -> None:
    page.route("**/api/luck", lambda route: route.abort())
    page.click("#tab-luck")
    page.get_by_text("The connection to the model is lost").first.wait_for(timeout=SOON)
    assert page.get_by_role("button", name="Ask again").first.is_visible()
