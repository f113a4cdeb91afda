"""The page as one file, in a real browser: from a disk without a network, from a plain server, by a link, narrow, damaged."""

from __future__ import annotations

import base64
import functools
import json
import re
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboards.one_file import POLICY, stage_file, worker_script
from dashboards.preset_stories import OPENING, stories
from incentive_abm.cli import main
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.place import shipped_place
from incentive_abm.rivals import rule_set
from incentive_abm.scenario import load_scenario
from incentive_abm.scenario.as_data import written

from .conftest import OWN_RULE, Seen, all_levers, chosen, reveal, settled
from .native.helping import what_would_help
from .native.luck import contest, worlds
from .native.plain_scenario import read_scenario
from .native.reasons import why
from .native.runs import record, result_hash
from .native.taken_away import event_log, numbers

PLACE = shipped_place()
WORLD = stories()[OPENING[1]].world
pytestmark = pytest.mark.browser
LARGEST = 1_500_000
RULES = (OWN_RULE, "bargaining=nash", "values=averaging", "exit=threshold", "way=product")
"""A rule of one's own, and a rival of every other theme."""


@dataclass(frozen=True)
class Written:
    """The page as a file, and the rules that it plays."""

    path: Path
    rules: RuleSet

    @property
    def address(self) -> str:
        return self.path.as_uri()

    def result(self, name: str, world: int = WORLD, **changed: float) -> str:
        """What the engine finds."""
        return result_hash(record(PLACE, load_scenario(name).with_overrides(changed), world, rules=self.rules))


@pytest.fixture(scope="module", params=[(), pytest.param(RULES, marks=pytest.mark.slow)], ids=["shipped rules", "other rules"])
def stage(request: pytest.FixtureRequest, stage_html: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    if not request.param:
        return Written(stage_html, SHIPPED)
    pytest.importorskip("ziglang", reason="needs the linker: install 'incentive-abm[page-rules]'")
    path = tmp_path_factory.mktemp("ruled") / "stage.html"
    path.write_text(stage_file(PLACE, rules := rule_set(*request.param)), encoding="utf-8")
    return Written(path, rules)


@pytest.fixture(scope="module")
def stage_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "stage.html"
    path.write_text(stage_file(PLACE), encoding="utf-8")
    return path


@contextmanager
def opened(browser: Browser, address: str, offline: bool = True, width: int = 1920, script: str = "") -> Iterator[Page]:
    """A page in a window of its own; whatever it asks for beyond its own address, and any complaint, fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 1080}, offline=offline, accept_downloads=True)
    page = context.new_page()
    if script:
        page.add_init_script(script)
    seen = Seen(page)
    page.goto(address)
    yield page
    asked = [url for url in seen.requests if not url.startswith(("data:", "blob:"))]
    context.close()
    assert {url.partition("#")[0] for url in asked} == {address.partition("#")[0]}
    assert not seen.complaints


def shown(page: Page) -> list[str]:
    settled(page)
    found: list[str] = page.evaluate("['A', 'B'].map((side) => document.body.dataset[`done${side}`])")
    return found


def test_from_a_disk_without_a_network_it_shows_what_the_engine_finds(browser: Browser, stage: Written) -> None:
    assert stage.path.stat().st_size < LARGEST
    with opened(browser, stage.address) as page:
        assert shown(page) == [stage.result(name) for name in OPENING]
        page.click("#compare")
        chosen(page, "today")
        page.evaluate("""() => { const lever = document.querySelector('#lever-bailout'); lever.value = '0.1';
            for (const what of ['input', 'change']) lever.dispatchEvent(new Event(what, { bubbles: true })); }""")
        world = int(page.input_value("#seed"))
        page.wait_for_function("(wanted) => document.body.dataset.doneA === wanted",
                               arg=stage.result("today", world, bailout=0.1))


def test_a_link_opens_the_same_run_in_a_second_tab_and_from_a_plain_server(browser: Browser, stage: Written) -> None:
    with opened(browser, stage.address) as page:
        page.click("#compare")
        chosen(page, "torbay-like")
        page.fill("#seed", "7")
        page.locator("#seed").press("Enter")
        settled(page)
        page.wait_for_function("() => location.hash.length > 10")
        page.wait_for_timeout(800)
        link = page.evaluate("location.hash")
        expected = stage.result("torbay-like", 7)
        assert page.evaluate("document.body.dataset.doneA") == expected
        with opened(browser, stage.address + link, width=400) as other:
            settled(other)
            assert other.evaluate("document.body.dataset.doneA") == expected
            assert other.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            assert not other.locator("#notice").is_visible()
    with served(stage.path.parent) as address, opened(browser, f"{address}/stage.html{link}", offline=False) as page:
        settled(page)
        assert page.evaluate("document.body.dataset.doneA") == expected


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Nothing is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_report_leads_to_its_run_on_the_page(browser: Browser, stage_html: Path, tmp_path: Path) -> None:
    out = tmp_path / "our run"
    assert main(["run", "--scenario", "torbay-like", "--seeds", "3", "--set", "turnover=0.08", "--out", str(out),
                 "--page", str(stage_html)]) == 0
    seed = int(re.findall(r"this one \(seed (\d+)\)", (out / "report.html").read_text(encoding="utf-8"))[0])
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((out / "report.html").as_uri())
    page.click("a.stage")
    settled(page)
    assert page.evaluate("document.body.dataset.doneA") == Written(stage_html, SHIPPED).result("torbay-like", seed, turnover=0.08)
    assert page.url.startswith(stage_html.as_uri())
    assert not page.locator("#notice").is_visible()
    assert page.input_value("#seed") == str(seed)
    context.close()


def test_luck_is_what_the_engine_finds(browser: Browser, stage: Written) -> None:
    first, other = (load_scenario(name) for name in OPENING)
    with opened(browser, stage.address) as page:
        settled(page)
        reveal(page)
        page.click("#tab-luck")
        said = page.locator(".answer").first.text_content(timeout=120_000)
        counts = page.locator(".of-side").evaluate_all("sides => sides.map(side => side.innerText)")
    *_, between = contest(PLACE, first, other, rules=stage.rules)
    assert f"{between['ahead']} of {between['of']}" in str(said) or str(between["ahead"]) in str(said)
    for scenario, text in zip((first, other), counts, strict=True):
        *_, luck = worlds(PLACE, scenario, WORLD, rules=stage.rules)
        assert luck["said"] in text
        for regime in luck["regimes"]:
            assert not regime["count"] or re.search(rf"\b{regime['count']} ", text)


def test_what_would_help_is_what_the_engine_finds(browser: Browser, stage: Written) -> None:
    with opened(browser, stage.address) as page:
        page.click("#compare")
        chosen(page, "today")
        page.evaluate("""() => { const range = document.querySelector('.time-range'); range.value = '47';
            range.dispatchEvent(new Event('input')); }""")
        page.click("#tab-helps")
        page.locator("progress").wait_for(state="detached", timeout=120_000)
        rows = page.locator(".helps").first.locator("li").evaluate_all(
            "rows => rows.map(row => [row.querySelector('strong').innerText, row.querySelector('.help-foot span').innerText])")
        world = int(page.input_value("#seed"))
    *_, found = what_would_help(PLACE, load_scenario("today"), world, 48, stage.rules)
    best = [row for row in found["rows"] if row["gain"] > 0.0005][:6]
    assert [label for label, _ in rows] == [row["label"] for row in best]
    for (_, said), row in zip(rows, best, strict=True):
        assert [float(number.replace("−", "-")) for number in re.findall(r"[+−]?\d+\.\d", said)] == pytest.approx(
            [100 * row[name] for name in ("gain", "low", "high")], abs=0.0501)


TOLD = """() => [...document.querySelectorAll('.reasons > li')].map((reason) => ({
    text: reason.querySelector('p.small').textContent,
    sentences: [...reason.querySelectorAll('ul > li')].map((li) => [...li.childNodes]
        .filter((node) => node.nodeName !== 'DETAILS').map((node) => node.textContent).join('')),
    rows: [...reason.querySelectorAll('details p')].map((row) => row.textContent) }))"""


def test_why_is_what_the_engine_finds(browser: Browser, stage: Written) -> None:
    with opened(browser, stage.address) as page:
        page.click("#compare")
        chosen(page, "torbay-like")
        reveal(page)
        world = int(page.input_value("#seed"))
        for quarter in (9, 41):
            page.evaluate(f"""() => {{ const range = document.querySelector('.time-range'); range.value = '{quarter - 1}';
                range.dispatchEvent(new Event('input')); }}""")
            page.click("#tab-words")
            page.click("#tab-why")
            page.locator("#panel .lead").wait_for()
            found = page.evaluate(TOLD)
            expected = why(PLACE, record(PLACE, load_scenario("torbay-like"), world, rules=stage.rules), quarter)
            assert page.locator("#panel .lead").text_content() == expected["summary"]
            assert [reason["text"] for reason in found] == [reason["text"] for reason in expected["reasons"]]
            for told, reason in zip(found, expected["reasons"], strict=True):
                assert told["sentences"] == [f"{each['when']}. {each['text']}" for each in reason["sentences"]]
                rows = [row["row"] for each in reason["sentences"] for row in each["rows"]]
                assert [re.search(r"\d+", said)[0] for said in told["rows"]] == [str(row) for row in rows]  # type: ignore[index]


def test_numbers_and_event_log_are_what_the_engine_finds(browser: Browser, stage: Written) -> None:
    with opened(browser, stage.address) as page:
        settled(page)
        world = int(page.input_value("#seed"))
        sides = {side: (read_scenario(written(load_scenario(name))), world)
                 for side, name in zip("AB", OPENING, strict=True)}
        page.click("#share")
        for button, expected in (("Numbers", numbers(PLACE, sides, stage.rules).encode()),
                                 ("Event log", event_log(PLACE, sides, stage.rules))):
            with page.expect_download() as saved:
                page.locator("dialog.share").get_by_role("button", name=re.compile(button, re.IGNORECASE)).first.click()
            assert Path(saved.value.path()).read_bytes() == expected


def test_what_the_file_cannot_do_it_says(browser: Browser, stage_html: Path, tmp_path: Path) -> None:
    with opened(browser, stage_html.as_uri()) as page:
        settled(page)
        reveal(page)
        page.click("#share")
        page.get_by_role("button", name="Show as a code").click()
        page.locator("dialog.share .said").get_by_text("opened from a disk, where a telephone cannot reach it").wait_for()
        (tmp_path / "place.xlsx").write_bytes(b"PK\x03\x04")
        page.set_input_files("#open-place", tmp_path / "place.xlsx")
        page.locator("dialog.import").get_by_text("Save each of its sheets as “CSV UTF-8”").wait_for()
        page.keyboard.press("Escape")
        page.evaluate("""() => { const data = new DataTransfer(); data.items.add(new File(["id,kind"], "partners.csv"));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }""")
        page.locator("dialog.import").get_by_text("The place cannot be shown yet").wait_for()


def test_a_scenario_saved_by_the_page_gives_the_same_run_and_opens_again(
        browser: Browser, stage: Written, tmp_path: Path) -> None:
    with opened(browser, stage.address) as page:
        page.click("#compare")
        chosen(page, "canterbury-like")
        page.evaluate("""() => { const lever = document.querySelector('#lever-bailout'); lever.value = '0.1';
            for (const what of ['input', 'change']) lever.dispatchEvent(new Event(what, { bubbles: true })); }""")
        settled(page)
        world, found = int(page.input_value("#seed")), page.evaluate("document.body.dataset.doneA")
        page.click("#share")
        with page.expect_download() as saved:
            page.locator("dialog.share").get_by_role("button", name=re.compile("Scenario", re.IGNORECASE)).first.click()
        saved.value.save_as(tmp_path / "saved.toml")
        assert found == result_hash(record(PLACE, load_scenario(tmp_path / "saved.toml"), world, rules=stage.rules))
        (tmp_path / "wrong.toml").write_text("title = 'x'\n[parameters]\nbailot = 1\n", encoding="utf-8")
        page.set_input_files("#open-scenario", tmp_path / "wrong.toml")
        page.locator("dialog.share .said").get_by_text("did you mean bailout?").wait_for()
        (tmp_path / "own.toml").write_text(load_scenario("ten-lessons").to_toml(), encoding="utf-8")
        page.set_input_files("#open-scenario", tmp_path / "own.toml")
        page.wait_for_function("(wanted) => document.body.dataset.doneA === wanted", arg=stage.result("ten-lessons", 1))


HARMS: dict[str, Callable[[str], str]] = {
    "a byte of the module is another": lambda html: re.sub(
        r'("code":"[^"]{400})(.)', lambda m: f"{m[1]}{'A' if m[2] != 'A' else 'B'}", html),
    "the module is cut short": lambda html: re.sub(r'("code":"[^"]{4000})[^"]*', r"\1", html),
    "the data are cut short": lambda html: re.sub(r'(id="held">.{4000})[^<]*', r"\1", html),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_page_says_so_and_runs_nothing(harm: str, browser: Browser, stage_html: Path, tmp_path: Path) -> None:
    html = stage_html.read_text(encoding="utf-8")
    damaged = tmp_path / "damaged.html"
    damaged.write_text(HARMS[harm](html), encoding="utf-8")
    assert damaged.read_text(encoding="utf-8") != html
    with opened(browser, damaged.as_uri()) as page:
        page.wait_for_function("() => document.querySelector('#unable').textContent.startsWith('This page is damaged')")
        assert page.evaluate("document.body.dataset.ready") is None


@pytest.mark.parametrize("missing", ["WebAssembly", "Worker"])
def test_a_browser_that_lacks_what_is_needed_is_told(missing: str, browser: Browser, stage_html: Path) -> None:
    with opened(browser, stage_html.as_uri(), script=f"delete globalThis.{missing}") as page:
        page.wait_for_timeout(1500)
        assert "It needs a browser of 2023 or later" in str(page.locator("#unable").text_content())
        assert page.locator("#unable").is_visible()


def test_without_scripts_it_says_what_it_needs(browser: Browser, stage_html: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(stage_html.as_uri())
    assert page.locator("#unable").is_visible()
    context.close()


def test_the_file_says_what_it_is_and_lets_nothing_out(stage_html: Path) -> None:
    html = stage_html.read_text(encoding="utf-8")
    assert "compiled model of sources" in html
    assert "connect-src" not in POLICY
    assert POLICY.startswith("default-src 'none'")
    assert not re.findall(r'(?:src|href)="(?!data:|#)[^"]+"', html)
    assert "import " not in re.sub(r"//.*", "", worker_script("model/worker.js"))


def test_a_lever_moved_from_now_on_is_the_branch_that_the_engine_plays(browser: Browser, stage: Written) -> None:
    with opened(browser, stage.address) as page:
        page.click("#compare")
        chosen(page, "today")
        page.evaluate("""() => { const range = document.querySelector('.time-range'); range.value = '20';
            range.dispatchEvent(new Event('input')); }""")
        page.check("#from-now")
        all_levers(page)
        page.locator("#lever-bailout").focus()
        page.keyboard.press("Home")
        page.wait_for_function("() => document.body.dataset.doneB && document.body.dataset.doneB !== document.body.dataset.doneA")
        page.wait_for_timeout(800)
        packed = page.evaluate("location.hash").removeprefix("#s=")
        found = page.evaluate("document.body.dataset.doneB")
    kept = json.loads(zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))))
    assert [event["quarter"] for event in kept["b"]["events"]] == [21]
    for event in kept["b"]["events"]:
        event.pop("mine", None)
    assert found == result_hash(record(PLACE, read_scenario({"title": "Today", **kept["b"]}), kept["s"], rules=stage.rules))
