"""Everyone can use the stage: by keyboard, by ear, with less motion, without telling red from green."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest

from .conftest import ROOT, Browser, Page, Stage, alone, chosen, reveal, settled

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install 'incentive-abm[dev]' for axe-core")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{v['id']}: {v['help']} at {v['nodes'][0]['target']}" for v in found]


def comparing(page: Page) -> None:
    page.click("#compare")
    chosen(page, "declared-from-above")


def with_tables(page: Page) -> None:
    page.locator(".levers-rest > summary").click()
    page.locator(".outcome .as-table summary").click()
    page.click("#tab-words")
    page.locator(".in-words summary").click()


def with_card(page: Page) -> None:
    page.locator("#view-A .board").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")


def with_reasons(page: Page) -> None:
    page.click("#tab-why")
    page.locator(".reasons").wait_for()


def turned_round(page: Page) -> None:
    """Stopped with what was found so far."""
    comparing(page)
    page.click("#tab-turn")
    page.locator("#panel .of-turn .helps").wait_for(timeout=120_000)
    page.get_by_role("button", name="Stop", exact=True).click()


def way_in(page: Page) -> None:
    page.click("#guide")
    page.locator(".way-said").wait_for(timeout=60_000)


def drawn(page: Page) -> None:
    page.click("#present")
    page.click("#more")


STATES: dict[str, Callable[[Page], None]] = {
    "as it opens": lambda page: None, "comparing": comparing, "tables": with_tables, "a partner": with_card,
    "why": with_reasons, "what would turn it round": turned_round, "sharing": lambda page: page.click("#share"),
    "the way in": way_in, "presenting": lambda page: page.click("#present"),
    "the question": lambda page: page.click("#ask"),
    "a bet": lambda page: (page.click("#ask"), page.get_by_role("button", name="Bet first").click()),
    "the ending": lambda page: page.click("#reveal"), "the drawer while presenting": drawn,
    "the session": lambda page: page.click("#tab-record"),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(page: Page, state: str) -> None:
    STATES[state](page)
    page.wait_for_timeout(300)
    assert violations(page) == []


def test_axe_finds_no_violation_on_a_telephone(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 850})
    page = context.new_page()
    page.goto(stage.address)
    settled(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.goto(stage.address + "console")
    page.wait_for_selector("body[data-ready=yes]")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    context.close()


@pytest.mark.parametrize("width", [360, 400, 800, 1024])
def test_nothing_runs_out_of_a_narrow_window(browser: Browser, stage: Stage, width: int) -> None:
    """With both sides played to the end and each question opened: when moments, sentences and answers are longest."""
    context = browser.new_context(viewport={"width": width, "height": 850})
    page = context.new_page()
    page.goto(stage.address)
    settled(page)
    reveal(page)
    for tab in ("outcome", "why", "words", "record"):
        page.click(f"#tab-{tab}")
        page.wait_for_timeout(400)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
    context.close()


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    """Tab goes through every control that is in sight, and the focus can be seen."""
    wanted = page.evaluate("""() => [...document.querySelectorAll('button, select, input, summary, [tabindex="0"]')]
        .filter((e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0).length""")
    page.evaluate("document.activeElement.blur()")
    seen = set()
    for _ in range(wanted + 30):
        page.keyboard.press("Tab")
        at = page.evaluate("""() => { const e = document.activeElement;
            const k = [...document.querySelectorAll('*')].indexOf(e);
            return e === document.body ? null : [k, getComputedStyle(e).outlineStyle]; }""")
        if at:
            seen.add(at[0])
            assert at[1] != "none"
    missing = page.evaluate("""(seen) => [...document.querySelectorAll('button, select, input, summary, [tabindex="0"]')]
        .filter((e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && e.name !== 'from')
        .filter((e) => !seen.includes([...document.querySelectorAll('*')].indexOf(e))).map((e) => e.outerHTML.slice(0, 90))""",
                            sorted(seen))
    assert missing == []


def test_each_picture_has_words_and_a_table(page: Page, stage: Stage) -> None:
    page.locator(".time-range").fill("30")
    page.click("#tab-words")
    said = page.locator(".in-words .summary").inner_text()
    assert re.match(r"Year 8, quarter 3: \d+ of 298 pairs have an agreement", said)
    page.locator(".in-words summary").click()
    tables = page.locator(".in-words table")
    tables.nth(1).wait_for()
    assert tables.count() == 2
    assert tables.nth(0).locator("tbody tr").count() == len(stage.start["place"]["ids"])
    assert tables.nth(1).locator("tbody tr").count() == len(stage.start["place"]["a"])
    page.click("#tab-outcome")
    page.locator(".outcome .as-table summary").click()
    page.locator(".outcome table").wait_for()
    assert page.locator(".outcome table tbody tr").count() == 15
    for label in page.locator("svg.chart").evaluate_all("charts => charts.map((c) => c.getAttribute('aria-label'))"):
        assert "Year 15, quarter 4:" in label


def test_a_table_follows_the_time(page: Page) -> None:
    page.click("#tab-words")
    page.locator(".in-words summary").click()
    page.locator(".time-range").fill("3")
    assert "year 1, quarter 4" in page.locator(".in-words caption").first.inner_text()


def test_less_motion_moves_by_whole_quarters(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(stage.address)
    settled(page)
    alone(page, "ten-lessons")
    page.locator(".time-range").fill("0")
    page.mouse.move(1900, 5)
    pictures = page.evaluate("""() => new Promise((done) => {
        const seen = []; const canvas = document.querySelector('#view-A canvas');
        document.querySelector('.play').click();
        const look = () => { const quarter = document.querySelector('.time-range').value, now = canvas.toDataURL();
            if (seen.at(-1) !== now) seen.push(now);
            if (Number(quarter) >= 6) { document.querySelector('.play').click(); done(seen.length); }
            else requestAnimationFrame(look); };
        look(); })""")
    assert pictures <= 8
    context.close()


# Machado, Oliveira & Fernandes 2009, full severity: rows of matrices on linear RGB.
DEFICIENCIES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as seen with a deficiency."""
    raw = [int(colour[k:k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in raw]
    r, g, b = (min(1.0, max(0.0, sum(m * v for m, v in zip(row, linear, strict=True)))) for row in matrix)
    x, y, z = 0.4124 * r + 0.3576 * g + 0.1805 * b, 0.2126 * r + 0.7152 * g + 0.0722 * b, 0.0193 * r + 0.1192 * g + 0.9505 * b
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x / 0.9505, y, z / 1.089))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, deficiency: str) -> float:
    matrix = DEFICIENCIES[deficiency]
    return sum((p - q) ** 2 for p, q in zip(lab(one, matrix), lab(other, matrix), strict=True)) ** 0.5


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_success_and_failure_stay_apart(deficiency: str) -> None:
    """Colours of success (blue) against those of failure (orange), read from the page's own sources."""
    css = (ROOT / "dashboards/static/pages/stage.css").read_text()
    network = (ROOT / "dashboards/static/picture/shapes.js").read_text()
    regimes = dict(re.findall(r"\.bar \.(\w+), \.swatch\.\w+ \{ background: (#\w{6}); \}", css))
    assert len(regimes) == 6
    for good, bad in itertools.product(("integrated", "progressing"), ("collapsed", "never_started", "busy")):
        assert apart(regimes[good], regimes[bad], deficiency) > 20
    shapes = dict(re.findall(r'(SAND|GREEN|BREAK|MORE|LESS|PAPER) = "(#\w{6})"', network))
    for one, other in itertools.combinations(("SAND", "GREEN", "BREAK", "PAPER"), 2):
        assert apart(shapes[one], shapes[other], deficiency) > 15, (one, other)
    assert apart(shapes["MORE"], shapes["LESS"], deficiency) > 40
    sides = dict(re.findall(r"--(a|b): (#\w{6});", css))
    assert apart(sides["a"], sides["b"], deficiency) > 25
