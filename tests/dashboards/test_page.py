"""The stage in a real browser: levers, time, comparing, undo, what is sent and what is not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from dashboards.way_in import way_in
from incentive_abm.place import shipped_place
from incentive_abm.scenario import load_scenario

from .conftest import Browser, Page, Seen, Stage, all_levers, alone, chosen, settled
from .native.runs import record, result_hash
from .native.steps import steps

pytestmark = pytest.mark.browser

WHERE = """(i) => { const { x, y } = document.querySelector('#view-A').picture.scene;
    const box = document.querySelector('#view-A canvas').getBoundingClientRect();
    return [box.left + x[i], box.top + y[i]]; }"""
PIXELS = "document.querySelector('#view-A canvas').toDataURL()"


def picture(page: Page) -> str:
    return hashlib.sha256(page.evaluate(PIXELS).encode()).hexdigest()


def scrub(page: Page, quarter: int) -> None:
    page.locator(".time-range").fill(str(quarter))
    page.wait_for_timeout(60)


def result(page: Page, side: str = "A") -> str:
    return page.get_attribute(f"#view-{side}", "data-result") or ""


def test_the_first_page_with_its_two_runs_is_small_and_asks_nobody_outside(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(offline=False)
    page = context.new_page()
    seen, sizes = Seen(page), []
    page.route(lambda url: not url.startswith((stage.address, "data:", "blob:")), lambda route: route.abort())
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(stage.address)
    settled(page)
    assert all(url.startswith((stage.address, "data:", "blob:")) for url in seen.requests)
    assert [url.partition("#")[0] for url in seen.asked()] == [stage.address]
    assert 100_000 < sum(sizes) <= 500_000
    assert not seen.complaints
    context.close()


def test_caution_is_always_in_sight(page: Page) -> None:
    assert page.get_by_text("An exploration, not a forecast.").first.is_visible()
    page.click("#present")
    assert page.locator(".foot-caution").is_visible()
    assert page.locator(".foot-caution").inner_text() == "An exploration, not a forecast."


def test_every_lever_of_the_table_has_a_labelled_native_input(page: Page, stage: Stage) -> None:
    levers = [name for group in stage.start["groups"] for name in group["levers"]]
    declared = [name for name, p in stage.start["parameters"].items() if p["lever"]]
    assert sorted(levers) == sorted(declared)
    all_levers(page)
    for name in levers:
        told = stage.start["parameters"][name]
        assert page.locator(f"label[for=lever-{name}]").text_content() == told["label"]
        assert told["meaning"] in (page.locator(f"#about-{name}").text_content() or "")
        assert told["source"] in (page.locator(f"#about-{name}").text_content() or "")
        kind = page.locator(f"#lever-{name}").evaluate("e => e.tagName + (e.type ?? '')")
        assert kind in ("INPUTrange", "SELECTselect-one")


def test_a_preset_opens_with_its_question(page: Page, stage: Stage) -> None:
    for preset in stage.start["presets"]:
        page.select_option("#preset", preset["preset"])
        assert page.locator("#question").inner_text() == preset["question"]
        assert page.locator(".curtain h2").inner_text() == preset["question"]
        settled(page)
        world = stage.start["stories"][preset["preset"]]["world"]
        assert page.locator("#seed").input_value() == str(world)
        assert result(page) == result_hash(record(shipped_place(), load_scenario(preset["preset"]), world))


def test_after_twenty_rapid_drags_the_picture_is_that_of_the_last_value(page: Page) -> None:
    page.evaluate("""() => { const post = Worker.prototype.postMessage; window.runs = 0;
        Worker.prototype.postMessage = function (said, ...more) { window.runs += said.ask === 'run';
          return post.call(this, said, ...more); };
         const lever = document.querySelector('#lever-payment_reform');
        const tell = (what) => lever.dispatchEvent(new Event(what, { bubbles: true }));
        for (let k = 1; k <= 20; k++) { lever.value = String(k / 20); tell('input'); }
        tell('change'); }""")
    settled(page)
    assert 1 <= page.evaluate("window.runs") <= 3
    scenario = load_scenario("today").with_overrides({"payment_reform": 1.0})
    assert result(page) == result_hash(record(shipped_place(), scenario, 1))
    assert page.locator("#differs li").inner_text().startswith("Payment that follows the person: 0.1 → 1")


def test_playing_and_scrubbing_ask_for_nothing_and_move_nobody(page: Page) -> None:
    chosen(page, "ten-lessons")
    page.wait_for_timeout(600)
    before = list(page.seen.requests)  # type: ignore[attr-defined]
    scrub(page, 5)
    there = picture(page)
    for quarter in (0, 59, 30, 12):
        scrub(page, quarter)
    assert picture(page) != there
    scrub(page, 5)
    assert picture(page) == there
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="Pause", exact=True).click()
    assert int(page.locator(".time-range").input_value()) > 5
    scrub(page, 5)
    assert picture(page) == there
    later = page.seen.requests[len(before):]  # type: ignore[attr-defined]
    assert [url for url in later if url.startswith("http")] == []


def test_steps_speed_and_moments(page: Page) -> None:
    scrub(page, 10)
    page.get_by_role("button", name="One quarter on").click()
    assert page.locator(".time-range").input_value() == "11"
    page.get_by_role("button", name="One quarter back").click()
    page.get_by_role("button", name="One quarter back").click()
    assert page.locator(".time-range").input_value() == "9"
    moments = page.locator(".moments option").all()
    assert len(moments) > 3
    page.locator(".moments").select_option(index=2)
    chosen = page.locator(".moments option").nth(2).get_attribute("value")
    assert page.locator(".time-range").input_value() == chosen
    assert "quiet" not in page.locator(".happened").inner_text()


def test_the_election_is_marked_where_the_scenario_puts_it(page: Page) -> None:
    chosen(page, "waiting-for-the-election")
    scrub(page, 8)
    assert "general election" in page.locator(".happened").inner_text()


def test_hover_tells_in_sentences_who_a_partner_is_and_what_it_wants(page: Page, stage: Stage) -> None:
    start = stage.start["place"]
    largest = max(range(len(start["ids"])), key=start["income"].__getitem__)
    x, y = page.evaluate(WHERE, largest)
    page.mouse.move(x, y)
    said = page.locator("#view-A .card").inner_text()
    assert start["labels"][largest] in said
    assert "hospital trust" in said
    assert "It cares most about" in said
    assert "going further" in said
    assert "trust;" in said


@pytest.mark.parametrize(("wanted", "told"), [("why", "ties with "), ("luck", "of 200 worlds"), ("helps", "One lever at a time")])
def test_the_three_questions_are_answered(page: Page, wanted: str, told: str) -> None:
    """And an answer that is old says so."""
    scrub(page, 24)
    page.click(f"#tab-{wanted}")
    page.get_by_text(told).first.wait_for(timeout=180_000)
    if wanted == "why":
        page.locator(".reasons .check summary").first.click()
        assert page.locator(".reasons .check p").first.inner_text().startswith("Row ")
    if wanted == "helps":
        page.get_by_role("button", name="Try it from now on").first.click()
        settled(page)
        assert page.locator("#view-B").is_visible()
    if wanted == "luck":
        page.locator(".answer").wait_for(timeout=60_000)
        assert not page.locator(".stale").is_visible()
        chosen(page, "ten-lessons")
        page.locator(".stale").wait_for()


def test_two_visitors_never_affect_each_other(browser: Browser, stage: Stage, page: Page) -> None:
    other = browser.new_context().new_page()
    other.goto(stage.address)
    settled(other)
    mine = result(page)
    alone(other, "ten-lessons")
    assert result(other) != mine
    page.click("#compare")
    settled(page)
    assert result(page, "A") == result(page, "B") == mine
    other.context.close()


def until(page: Page, check: Callable[[], Any]) -> None:
    for _ in range(100):
        if check():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen")


def test_the_way_in_leads_from_a_pair_to_the_place_and_each_step_is_a_run(page: Page) -> None:
    page.click("#guide")
    page.get_by_text("Two organisations", exact=True).wait_for(timeout=60_000)
    places = {each.hash: each for each in way_in(shipped_place()).places}
    for step in steps(shipped_place()):
        assert page.locator("#way-title").inner_text() == step.title
        assert page.locator(".way-said p").all_inner_texts() == list(step.said)
        expected = result_hash(record(places[step.moment.place], step.moment.scenario, step.moment.seed))
        page.locator(f".way-picture .view[data-result='{expected}']").wait_for()
        page.locator(".way-in .primary").click()
    page.locator(".way-in").wait_for(state="detached")


def test_the_facilitators_page_follows_and_leads(page: Page, stage: Stage) -> None:
    own = page.context.new_page()
    own.goto(stage.address + "console")
    own.wait_for_selector("body[data-ready=yes]")
    own.select_option("#choose", "trust-alone")
    until(page, lambda: page.locator("#preset").input_value() == "trust-alone")
    assert "well" in own.locator("#say").inner_text()
    until(own, lambda: "Trust alone" in own.locator("#shown").inner_text())
    until(own, lambda: own.locator("#hand-ending-stalled").count() == 1)
    own.fill("#hand-ending-stalled", "7")
    own.fill("#hand-ending-integrated", "3")
    own.get_by_role("button", name="Put into the record").first.click()
    own.click("#on")
    until(page, lambda: page.locator(".time-range").input_value() == "1")
    own.click("#reveal")
    page.locator(".curtain").get_by_role("button", name="And your bets?").click()
    assert "7 of 10" in page.locator(".votes").inner_text()
    assert page.locator(".votes .came").count() == 1
    page.locator(".curtain").get_by_role("button", name="Close", exact=True).click()
    own.fill("#note-question", "Would trust do?")
    own.click("#present")
    until(page, lambda: "present" in (page.get_attribute("body", "class") or ""))
    own.click("#draw")
    page.locator("#share").wait_for()
    page.click("#share")
    with page.expect_download() as saved:
        page.get_by_role("button", name="The scenario (TOML)").click()
    assert "Would trust do?" in saved.value.path().read_text(encoding="utf-8")
