"""A page that plays other rules than the shipped ones: the same bits as `run --rule`, told as such, never mixed with another."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboards.english import text
from dashboards.module_builder import by_rules
from dashboards.one_file import stage_file
from dashboards.preset_stories import OPENING
from incentive_abm import read_run
from incentive_abm.cli import main
from incentive_abm.compiling.rule_set import RuleSet
from incentive_abm.measures import Measure
from incentive_abm.place import shipped_place
from incentive_abm.rivals import rule_set
from incentive_abm.scenario import load_scenario

from .conftest import OWN_RULE, ROOT, Stage, settled
from .native.runs import record, result_hash
from .test_one_file import WORLD, opened

PLACE = shipped_place()
EXAMPLES = ROOT / "examples" / "my_rules.py"
Printed = pytest.CaptureFixture[str]
HELPERS = '''
from incentive_abm.rules.arithmetic import clip, power
from incentive_abm.rules.trust import evidence_for as as_shipped

WEIGHTS = (0.5, 0.3, 0.2)

def faded(alpha, times):
    """What is left of evidence, and what is gone."""
    left = alpha
    for k in range(3):
        left = left * (1.0 - 0.01 * WEIGHTS[k] * times)
    return left, alpha - left

def with_helpers(alpha, kept, credited, scope, trust_memory, prior):
    left, gone = faded(alpha, 2.0)
    times = 0
    while gone > 0.001 and times < 8:
        gone, times = 0.5 * gone, times + 1
    more = gone * power(clip(scope, 0.1, 1.0), 0.3) + 0.001 * max(kept, scope)
    return as_shipped(left, kept, credited, scope, trust_memory, prior) + more

def rooted(alpha, kept, credited, scope, trust_memory, prior):
    return alpha ** scope

def in_a_list(alpha, kept, credited, scope, trust_memory, prior):
    return sum([alpha, kept, credited])

def with_numpy(alpha, kept, credited, scope, trust_memory, prior):
    return np.sqrt(alpha)

def too_few(alpha, kept):
    return alpha
'''
ALONE = {
    "a rule of one's own": (OWN_RULE,), "two decisions of one's own": (
        f"commitment.at_the_table={EXAMPLES}:wary_hospitals", f"commitment.votes_yes={EXAMPLES}:votes_for_enough"),
    "loops and helpers": ("trust.evidence_for=mine.py:with_helpers",),
    "trust": ("trust=image",), "bargaining": ("bargaining=nash",), "way": ("way=weakest",),
}
linked = pytest.mark.skipif(find_spec("ziglang") is None, reason="needs the linker: install 'incentive-abm[page-rules]'")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a user's rules, which is the current one."""
    (tmp_path / "mine.py").write_text(f"import numpy as np\n{HELPERS}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@lru_cache
def shipped_page() -> str:
    return stage_file(PLACE)


def page_by(choices: tuple[str, ...], path: Path) -> RuleSet:
    """A page as the command writes it."""
    assert main(["page", "--out", str(path), *(word for each in choices for word in ("--rule", each))]) == 0
    return rule_set(*choices)


def taken(page: Page, button: str) -> str:
    page.click("#share")
    with page.expect_download() as saved:
        page.locator("dialog.share").get_by_role("button", name=button).click()
    page.keyboard.press("Escape")
    return Path(saved.value.path()).read_text(encoding="utf-8")


def results(page: Page) -> list[str]:
    settled(page)
    found: list[str] = page.evaluate("['A', 'B'].map((side) => document.body.dataset[`done${side}`])")
    return found


@linked
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("choices", ALONE.values(), ids=ALONE)
def test_it_plays_what_run_plays(choices: tuple[str, ...], own: Path, browser: Browser) -> None:
    """Every measure of every quarter as the run's own table has it, and the hash of partners and ties."""
    rules = page_by(choices, own / "stage.html")
    wanted = [word for each in choices for word in ("--rule", each)]
    assert main(["run", "--scenario", OPENING[0], "--seeds", "1", "--first-seed", str(WORLD), "--record", "measures",
                 "--out", "run", *wanted]) == 0
    measured = read_run("run").to_frame("measures")
    with opened(browser, (own / "stage.html").as_uri()) as page:
        found = results(page)
        assert found == [result_hash(record(PLACE, load_scenario(name), WORLD, rules=rules)) for name in OPENING]
        assert found[0] != result_hash(record(PLACE, load_scenario(OPENING[0]), WORLD))
        numbers = taken(page, "The numbers (CSV)")
    rows = [row for row in csv.DictReader(io.StringIO(re.sub(r"(?m)^#.*\n", "", numbers))) if row["side"] == "A"]
    assert len(rows) == len(measured)
    for measure in Measure:
        assert [float(row[measure.code]) for row in rows] == measured[measure.code].tolist(), measure.code
    assert f"# rules {rules.told} {rules.hash}\n" in numbers


@linked
@pytest.mark.slow
@pytest.mark.browser
def test_it_says_which_rules_it_plays_wherever_it_says_what_it_is(browser: Browser, tmp_path: Path) -> None:
    rules = page_by((OWN_RULE, "bargaining=nash"), tmp_path / "stage.html")
    with opened(browser, (tmp_path / "stage.html").as_uri()) as page:
        settled(page)
        said = str(page.locator("p.rules").text_content())
        assert "In the theme bargaining: the largest product of gains, at once (nash)." in said
        assert "In the place of trust.evidence_for: fixed_memory of my_rules.py. T1, changed: a kept promise counts" in said
        origin = str(page.locator("p.origin").text_content())
        assert f" rules {rules.hash} ({rules.told}); " in origin
        scenario, copy = taken(page, "The scenario (TOML)"), taken(page, "This page as one file")
        assert scenario.splitlines()[0].endswith(f"By other rules than the model's own: {rules.told}.")
        (tmp_path / "copy.html").write_text(copy, encoding="utf-8")
        there = results(page)
    with opened(browser, (tmp_path / "copy.html").as_uri()) as page:
        assert results(page) == there
        assert page.locator("p.origin").text_content() == origin
    assert main(["run", "--seeds", "1", "--quarters", "1", "--out", str(tmp_path / "out"), "--page", str(tmp_path / "stage.html"),
                 "--rule", OWN_RULE, "--rule", "bargaining=nash"]) == 0


@linked
@pytest.mark.slow
@pytest.mark.browser
def test_links_and_sessions_of_other_rules_are_told(browser: Browser, tmp_path: Path) -> None:
    ruled, shipped = tmp_path / "ruled.html", tmp_path / "shipped.html"
    page_by(("bargaining=nash",), ruled)
    shipped.write_text(shipped_page(), encoding="utf-8")
    said = text("notices.other_rules")
    for one, other in ((ruled, shipped), (shipped, ruled)):
        with opened(browser, one.as_uri()) as page:
            settled(page)
            page.wait_for_function("() => location.hash.length > 10")
            page.wait_for_timeout(800)
            link, there = page.evaluate("location.hash"), results(page)
            (tmp_path / "session.json").write_text(taken(page, "Save the session"), encoding="utf-8")
        with opened(browser, one.as_uri() + link) as page:
            assert results(page) == there
            assert not page.locator("#notice").is_visible()
        with opened(browser, other.as_uri() + link) as page:
            assert results(page) != there
            assert said in page.locator("#notice").inner_text()
        with opened(browser, other.as_uri()) as page:
            settled(page)
            page.click("#share")
            page.set_input_files("#open-session", tmp_path / "session.json")
            page.locator("dialog.share").wait_for(state="detached")
            assert said in page.locator("#notice").inner_text()


@linked
@pytest.mark.slow
@pytest.mark.browser
def test_what_a_tab_kept_of_a_page_by_other_rules_is_not_taken_up(browser: Browser, tmp_path: Path) -> None:
    ruled, shipped = tmp_path / "ruled.html", tmp_path / "shipped.html"
    page_by(("bargaining=nash",), ruled)
    shipped.write_text(shipped_page(), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(ruled.as_uri())
    settled(page)
    page.fill("#seed", "7")
    page.locator("#seed").press("Enter")
    settled(page)
    page.wait_for_timeout(800)
    page.click("#tab-record")
    before = page.locator(".entries li").count()
    page.goto(shipped.as_uri())
    settled(page)
    page.click("#tab-record")
    assert page.locator(".entries li").count() < before
    context.close()


@linked
@pytest.mark.slow
@pytest.mark.browser
def test_the_workshop_serves_it(browser: Browser) -> None:
    running = Stage("--rule", "bargaining=nash")
    try:
        page = browser.new_page()
        page.goto(running.address)
        rules = rule_set("bargaining=nash")
        assert results(page) == [result_hash(record(PLACE, load_scenario(name), WORLD, rules=rules)) for name in OPENING]
        page.close()
    finally:
        running.stop()


@linked
@pytest.mark.slow
def test_a_second_page_is_not_compiled_again_unless_what_was_kept_is_damaged(tmp_path: Path, capfd: Printed) -> None:
    page_by(("bargaining=nash",), tmp_path / "one.html")
    capfd.readouterr()
    page_by(("bargaining=nash",), tmp_path / "two.html")
    assert "Compiling" not in capfd.readouterr().err
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    (path,) = by_rules.cache_folder().glob(f"module-{rule_set('bargaining=nash').hash}-{by_rules._builder_hash()}.json")
    kept = path.read_text(encoding="utf-8")
    for harm in (kept[:-40], kept.replace('"code": "AGFzb', '"code": "AGFzc'), "{}"):
        (tmp_path / "kept.json").write_text(harm, encoding="utf-8")
        assert by_rules._kept(tmp_path / "kept.json") is None


@pytest.mark.parametrize("choice", [
    "trust.evidence_for=mine.py:too_few", "trust.evidence_for=mine.py:with_numpy", "trust.evidence_for=nowhere.py:with_numpy",
    "trust.evidence_for=mine.py:with_helprs", "bargaining=nahs"])
@pytest.mark.parametrize("command", [["page", "--out", "stage.html"], ["workshop", "--no-browser"]], ids=["page", "workshop"])
def test_what_run_refuses_is_refused_in_the_same_words(command: list[str], choice: str, own: Path, capsys: Printed) -> None:
    assert main(["run", "--rule", choice]) == 2
    said = capsys.readouterr().err
    assert main([*command, "--rule", choice]) == 2
    assert capsys.readouterr().err == said
    assert [each.name for each in own.iterdir()] == ["mine.py"]


@linked
@pytest.mark.parametrize(("function", "told"), [
    ("rooted", "it raises to a power that is no whole number"), ("in_a_list", "it makes a list, a dictionary or a text")])
def test_what_only_this_machine_can_have_is_told_before_the_rest_is_compiled(
        function: str, told: str, own: Path, capfd: Printed) -> None:
    assert main(["page", "--out", "stage.html", "--rule", f"trust.evidence_for=mine.py:{function}"]) == 2
    (said,) = capfd.readouterr().err.splitlines()
    assert re.search(rf"trust.evidence_for: mine.py, line \d+, {function}: the page cannot have it: {told}", said)
    assert not (own / "stage.html").exists()


def test_without_the_linker_the_extra_to_install_is_named(tmp_path: Path, capsys: Printed,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.module_builder.by_rules.cache_folder", lambda: tmp_path)
    monkeypatch.setitem(sys.modules, "ziglang", None)
    assert main(["page", "--out", str(tmp_path / "stage.html"), "--rule", "bargaining=nash"]) == 2
    assert capsys.readouterr().err == ("incentive-abm: this needs ziglang; install it with: pip install "
                                       "'incentive-abm[page-rules]'\n")
    assert not list(tmp_path.iterdir())


def test_the_shipped_page_says_nothing_of_rules() -> None:
    assert 'class="small rules"' not in shipped_page()
    assert '"rules":{"hash":"","told":"","said":"","short":""}' in shipped_page()
    assert not re.search(r'name="generator" content="[^"]*rules', shipped_page())


@linked
@pytest.mark.slow
def test_a_build_that_is_broken_off_leaves_no_process() -> None:
    """The process ends with whoever asked for it, however that ends."""
    psutil = pytest.importorskip("psutil")
    code = ("import os; from dashboards.module_builder.by_rules import built_apart; from incentive_abm.compiling.rule_set import "
            "SHIPPED; built_apart(SHIPPED, lambda done, of: os.kill(os.getpid(), 9))")
    asking = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    building: list[Any] = []
    while not building:
        building = [each for each in psutil.Process(asking.pid).children() if "build_as_told" in " ".join(each.cmdline())]
    assert asking.wait(120) == -9
    assert not psutil.wait_procs(building, timeout=20)[1]
