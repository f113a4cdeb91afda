"""A sweep's report opens its runs on the page, and the page holds the number of every world exactly, in a real browser."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from dashboards.one_file import stage_file
from incentive_abm.cli import main
from incentive_abm.given_numbers import MOST_SEED
from incentive_abm.measures import Measure
from incentive_abm.place import shipped_place
from incentive_abm.scenario import Scenario, load_scenario

from .conftest import alone, settled
from .native.runs import record, result_hash

PLACE = shipped_place()
STUDY = """
title = "Links"
question = "Can its runs be opened?"
quarters = 60
replicates = 4
scenario = "ten-lessons"
[factors.bailout]
[factors.protocol]
[factors.objectives]
on = { obligations_clarity = 0.8, outcomes_stated = 0.8 }
[design]
method = "latin_hypercube"
points = 8
"""
EXACT = 2**53 - 1
"""The largest whole number that a browser holds exactly."""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stage_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("the page") / "stage.html"
    path.write_text(stage_file(PLACE), encoding="utf-8")
    return path


def swept_under(run: pd.Series) -> Scenario:
    """The scenario of a row, put together from the study by hand."""
    set_by_hand = {"bailout": float(run["bailout"]), "protocol": run["protocol"]}
    if run["objectives"]:
        set_by_hand |= {"obligations_clarity": 0.8, "outcomes_stated": 0.8}
    return load_scenario("ten-lessons").with_overrides(set_by_hand)


def test_a_sweeps_report_opens_its_typical_and_oddest_runs(browser: Browser, stage_html: Path, tmp_path: Path) -> None:
    (tmp_path / "links.toml").write_text(STUDY, encoding="utf-8")
    out = tmp_path / "our sweep"
    assert main(["sweep", str(tmp_path / "links.toml"), "--out", str(out), "--page", str(stage_html), "--threads"]) == 0
    rows = pd.read_parquet(out / "results.parquet").set_index(["point", "replicate"])
    report = (out / "report.html").read_text(encoding="utf-8")
    told = re.findall(r'class="stage" href="[^"]+">[^<]*point (\d+), replicate (\d+), seed (\d+)', unescape(report))
    assert len(told) >= 2
    assert any(int(seed) > EXACT for _, _, seed in told)
    context = browser.new_context(offline=True)
    for k, (point, replicate, seed) in enumerate(told):
        run = rows.loc[(int(point), int(replicate))]
        recorded = record(PLACE, swept_under(run), int(run["seed"]))
        assert recorded.last[0, Measure.INTEGRATION] == run["integration"]
        page = context.new_page()
        page.goto((out / "report.html").as_uri())
        page.locator("a.stage").nth(k).click()
        settled(page)
        assert page.url.startswith(stage_html.as_uri())
        assert page.evaluate("document.body.dataset.doneA") == result_hash(recorded)
        assert page.input_value("#seed") == seed == str(run["seed"])
        assert not page.locator("#notice").is_visible()
        page.close()
    context.close()


def world(page: Page, number: str) -> None:
    page.fill("#seed", number)
    page.locator("#seed").press("Enter")


def test_every_world_of_the_engine_is_shown_saved_and_opened_exactly(browser: Browser, stage_html: Path) -> None:
    seeds = (0, EXACT, EXACT + 1, EXACT + 2, MOST_SEED)
    expected = {seed: result_hash(record(PLACE, load_scenario("today"), seed)) for seed in seeds}
    assert len(set(expected.values())) == len(expected)
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    page.goto(stage_html.as_uri())
    settled(page)
    alone(page, "today", EXACT)

    def shows(seed: int) -> None:
        page.wait_for_function("(wanted) => document.body.dataset.doneA === wanted", arg=expected[seed])
        assert page.input_value("#seed") == str(seed)

    shows(EXACT)
    for seed in (EXACT + 1, EXACT + 2):
        page.click("#other-world")
        shows(seed)
    world(page, str(MOST_SEED))
    shows(MOST_SEED)
    for wrong in (str(MOST_SEED + 1), "-1"):
        world(page, wrong)
        page.get_by_text(f"“{wrong}” is no world; expected a whole number from 0 to {MOST_SEED}").wait_for()
        shows(MOST_SEED)
    page.click("#share")
    found: list[str] = []
    for button in ("Scenario", "Numbers"):
        with page.expect_download() as saved:
            page.locator("dialog.share").get_by_role("button", name=re.compile(button, re.IGNORECASE)).first.click()
        found.append(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert f'"seed":"{MOST_SEED}"' in found[0]
    assert f"# world A {MOST_SEED}\n" in found[1]
    page.keyboard.press("Escape")
    page.click("#other-world")
    shows(0)
    page.click("#share")
    page.set_input_files("#open-scenario", [{"name": "kept.toml", "mimeType": "text/plain", "buffer": found[0].encode()}])
    shows(MOST_SEED)
    context.close()
