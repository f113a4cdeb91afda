"""What is known after the data, in the page: each world takes a setting of it, and the answer is the engine's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboards.known import settings_of_worlds
from dashboards.one_file import stage_file
from dashboards.preset_stories import OPENING
from incentive_abm.cli import main
from incentive_abm.place import shipped_place
from incentive_abm.scenario import load_scenario
from incentive_abm.scenario.posterior import read_posterior, shipped_posteriors

from .conftest import Seen, reveal, settled
from .native.luck import contest, worlds

PLACE = shipped_place()
PUBLISHED = read_posterior(shipped_posteriors().find("published-patterns", where="test"))
POSTERIOR = "weight,trust_start\n0.5,0.3\n0.5,0.6\n"


@pytest.mark.browser
def test_worlds_that_differ_in_what_is_not_known_end_as_in_the_engine(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "stage.html"
    path.write_text(stage_file(PLACE, known=PUBLISHED), encoding="utf-8")
    first, other = (load_scenario(name) for name in OPENING)
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    seen = Seen(page)
    page.goto(path.as_uri())
    settled(page)
    reveal(page)
    page.click("#tab-luck")
    page.locator("section.open button").click(timeout=120_000)
    answer = page.locator("section.open .answer")
    answer.wait_for(timeout=120_000)
    said = str(answer.text_content())
    sides = page.locator("section.open .of-side").evaluate_all("sides => sides.map(side => side.innerText)")
    context.close()
    known = settings_of_worlds(PUBLISHED)
    *_, between = contest(PLACE, first, other, known=known)
    assert said.startswith("Under the same luck, B ends with more joined up than A in "
                           f"{between['ahead']} of {between['of']} worlds, with less in {between['behind']},")
    for scenario, text in zip((first, other), sides, strict=True):
        *_, luck = worlds(PLACE, scenario, 1, known=known)
        *_, alike = worlds(PLACE, scenario, 1)
        assert luck["ends"] != alike["ends"]
        assert luck["said"] in text
        for regime in luck["regimes"]:
            assert not regime["count"] or re.search(rf"\b{regime['count']} ", text)
    assert not seen.complaints


@pytest.mark.browser
def test_a_page_without_it_does_not_offer_it(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "stage.html"
    path.write_text(stage_file(PLACE), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    settled(page)
    reveal(page)
    page.click("#tab-luck")
    page.locator(".answer").first.wait_for(timeout=120_000)
    assert page.locator("section.open").count() == 0
    page.close()


def test_each_setting_comes_as_often_as_its_weight_says() -> None:
    share = PUBLISHED.weight / PUBLISHED.weight.sum()
    drawn = [dict(values)["effect"] for values in settings_of_worlds(PUBLISHED)]
    for weight, values in zip(share, PUBLISHED.values, strict=True):
        assert abs(drawn.count(float(values[PUBLISHED.names.index("effect")])) - weight * len(drawn)) < 1.0


def test_the_command_takes_it_and_refuses_what_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "posterior.csv", tmp_path / "bad.csv"
    good.write_text(POSTERIOR, encoding="utf-8")
    bad.write_text(POSTERIOR.replace("trust_start", "trust_starts"), encoding="utf-8")
    out = tmp_path / "stage.html"
    assert main(["page", "--posterior", str(bad), "--out", str(out)]) == 2
    assert "'trust_starts' is no number that a study can vary (did you mean trust_start?)" in capsys.readouterr().err
    assert not out.exists()
    assert main(["page", "--posterior", str(good), "--out", str(out)]) == 0
    assert '"known":{"file":"posterior.csv","settings":2,"places":[]}' in out.read_text(encoding="utf-8")
