"""The report in a real browser: nothing is loaded from outside, nothing spills, and its numbers are those of the tables."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from incentive_abm import EXPLORATION
from incentive_abm.cli import main
from incentive_abm.measures import Measure
from incentive_abm.report import read_series, representative
from incentive_abm.results import read_run

PLOTS = ("form", "outcome", "seamless", "pooled_share", "trust", "blockers")


SOME_INTEGRATE = ("run", "--scenario", "torbay-like", "--seeds", "5", "--quarters", "60")
"""Places that get there, and places that do not."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "out"
    assert main([*SOME_INTEGRATE, "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def page(folder: Path, browsers: Any) -> Iterator[object]:
    """The report, open in Chromium with networking refused; requests and complaints are noted on it."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    path = found or (browsers.chromium.executable_path if Path(browsers.chromium.executable_path).exists() else None)
    if path is None:
        pytest.skip("no Chromium was found; the report was not looked at in a browser")
    browser = browsers.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
    opened = browser.new_page(viewport={"width": 1920, "height": 1000})
    opened.asked, opened.complaints = [], []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.goto(folder.joinpath("report.html").as_uri())
    opened.wait_for_selector(".plot-container")
    yield opened
    browser.close()


@pytest.mark.browser
class TestInABrowser:
    def test_nothing_is_loaded_from_elsewhere(self, page, folder: Path) -> None:  # type: ignore[no-untyped-def]
        assert [url for url in page.asked if not url.startswith("data:")] == [folder.joinpath("report.html").as_uri()]
        assert page.complaints == []

    def test_every_chart_and_network_is_drawn(self, page) -> None:  # type: ignore[no-untyped-def]
        for name in PLOTS:
            assert page.locator(f"#chart-{name} .main-svg").count() > 0, name
        assert page.locator(".networks svg").count() == 3
        said = page.locator(".networks svg title").first.text_content()
        assert said.startswith("Marlshire at the end of quarter 1: mean trust")

    @pytest.mark.parametrize("width", [400, 768, 1280, 1920])
    def test_nothing_spills_over(self, page, width: int) -> None:  # type: ignore[no-untyped-def]
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for name in PLOTS:
            box = page.locator(f"#chart-{name} .main-svg").first.bounding_box()
            assert box["x"] + box["width"] <= width, name

    def test_printing_leaves_the_window_as_it_was(self, page) -> None:  # type: ignore[no-untyped-def]
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.wait_for_timeout(300)
        before = page.locator("#chart-form .main-svg").first.bounding_box()
        for _ in range(2):
            assert page.pdf(format="A4").startswith(b"%PDF")
        page.wait_for_timeout(300)
        after = page.locator("#chart-form .main-svg").first.bounding_box()
        assert (after["width"], after["height"]) == pytest.approx((before["width"], before["height"]), abs=1.0)


def test_says_what_it_is_not(folder: Path) -> None:
    text = folder.joinpath("report.html").read_text(encoding="utf-8")
    assert text.count(f'<p class="caution">{EXPLORATION}</p>') == 1


def test_its_numbers_are_those_of_the_tables(folder: Path) -> None:
    run = read_run(folder)
    text = folder.joinpath("report.html").read_text(encoding="utf-8")
    integrated = int((run.runs.regime == "integrated").sum())
    assert 0 < integrated < 5
    assert re.search(rf"{integrated} of 5 \(", text)
    for measure in ("form", "integration", "pooled_share"):
        assert f"{100 * run.runs[measure].median():.1f}%" in text
    figures = json.loads(text.split('id="figures">')[1].split("</script>")[0])
    middle = next(trace for trace in figures["form"]["data"] if trace["name"].startswith("Form"))
    assert middle["y"][-1] == pytest.approx(run.runs["form"].median(), abs=1e-4)


def test_the_story_is_of_the_run_nearest_the_middle(folder: Path) -> None:
    run = read_run(folder)
    series = read_series(run)
    chosen = representative(series)
    assert series.regimes[chosen] == run.runs.regime.mode().iloc[0]
    assert f"this one (seed {run.seeds[chosen]}) stays nearest the middle" in folder.joinpath("report.html").read_text("utf-8")
    assert series.of[Measure.FORM].shape == (5, 60)


def test_only_the_date_differs_between_two_reports_of_the_same_run(folder: Path, tmp_path: Path) -> None:
    assert main([*SOME_INTEGRATE, "--out", str(tmp_path / "out")]) == 0

    def undated(path: Path) -> str:
        return re.sub(r"\d{4}-\d\d-\d\dT[\d:+]+", "DATE", path.joinpath("report.html").read_text(encoding="utf-8"))

    assert undated(folder) == undated(tmp_path / "out")


def test_is_small_enough_to_send(folder: Path) -> None:
    assert folder.joinpath("report.html").stat().st_size < 6_000_000


@pytest.mark.parametrize("arguments", [
    ("--seeds", "1", "--quarters", "1"),
    ("--seeds", "2", "--quarters", "2", "--record", "measures"),
    ("--seeds", "2", "--quarters", "6", "--scenario", "unitingcare-like"),
])
def test_the_smallest_runs_have_a_report_too(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert main(["run", *arguments, "--out", str(tmp_path / "out")]) == 0
    assert EXPLORATION in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_names_with_markup_do_no_harm(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "partners.csv").write_text(
        'id,name,kind,income_m\na,"<script>alert(1)</script>",trust,100\nb,"B & Sons </script>",council,50\n', encoding="utf-8")
    (place / "ties.csv").write_text("source,target,people\na,b,1000\n", encoding="utf-8")
    assert main(["run", str(place), "--seeds", "2", "--quarters", "12", "--out", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert text.count("</script>") == 3
