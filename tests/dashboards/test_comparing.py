"""A against B, what if from now on, undo: branches in a real browser."""

from __future__ import annotations

import re

import pytest

from .conftest import Page, all_levers, chosen, settled
from .test_page import result, scrub

pytestmark = pytest.mark.browser


def test_undo_and_redo_by_key_and_button(page: Page) -> None:
    first = result(page)
    page.select_option("#preset", "ten-lessons")
    settled(page)
    second = result(page)
    assert second != first
    page.click("#undo")
    settled(page)
    assert result(page) == first
    assert page.locator("#preset").input_value() == "today"
    page.locator("#about").click()
    page.keyboard.press("Control+y")
    settled(page)
    assert result(page) == second


def test_a_difference_is_listed_and_can_be_taken_back(page: Page) -> None:
    first = result(page)
    all_levers(page)
    page.locator("#lever-bailout").focus()
    page.keyboard.press("End")
    settled(page)
    assert result(page) != first
    page.get_by_role("button", name=re.compile("Take back: Bail-outs")).click()
    settled(page)
    assert result(page) == first
    assert page.locator("#differs li").count() == 0


def test_a_against_b_under_the_same_luck(page: Page) -> None:
    page.click("#compare")
    settled(page)
    assert result(page, "A") == result(page, "B")
    chosen(page, "targets-everywhere")
    assert result(page, "A") != result(page, "B")
    assert page.locator("#view-A").is_visible()
    assert page.locator("#view-B").is_visible()
    assert page.locator(".verdicts .verdict").count() == 2
    page.click("#as-difference")
    assert not page.locator("#view-A").is_visible()
    assert "blue line where B has more agreed" in page.locator("#view-B .say").inner_text()
    b = result(page, "B")
    page.click("#keep-B")
    settled(page)
    assert result(page, "A") == b


def test_what_if_from_now_on_keeps_the_original_beside_the_branch(page: Page) -> None:
    scrub(page, 19)
    first = result(page)
    page.check("#from-now")
    all_levers(page)
    page.locator("#lever-bailout").focus()
    page.keyboard.press("Home")
    settled(page)
    assert result(page, "A") == first
    assert result(page, "B") != first
    assert "Bail-outs: 0, from year 6, quarter 1 on" in page.locator("#differs").inner_text()
    page.locator(".curtain").wait_for(state="hidden")
    for side in "AB":
        scrub(page, 19)
        assert page.locator(f"#view-{side}").is_visible()
    same = "['A', 'B'].map((side) => document.querySelector(`#view-${side} canvas`).toDataURL())"
    a, b = page.evaluate(same)
    assert a == b
    scrub(page, 59)
    a, b = page.evaluate(same)
    assert a != b


def test_a_partner_gets_a_new_leader_and_an_agreement_is_broken_by_keyboard(page: Page) -> None:
    chosen(page, "ten-lessons")
    scrub(page, 30)
    page.locator("#view-A .board").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    card = page.locator("#view-A .card")
    name = card.locator("h3").inner_text()
    assert "It cares most about" in card.inner_text()
    card.get_by_role("button", name=f"Give {name} this leader").click()
    settled(page)
    assert f"A new leader for {name}, in year 8, quarter 4" in page.locator("#differs").inner_text()
    page.locator("#view-A .board").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Break their agreement").click()
    settled(page)
    assert "Agreement broken" in page.locator("#differs").inner_text()
    page.locator("#view-A .board").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Broker an agreement").click()
    settled(page)
    assert "Agreement brokered" in page.locator("#differs").inner_text()
