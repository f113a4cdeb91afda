"""A report opens anywhere, says what it knows and what it does not, and shows every picture in a real browser."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_up_sweep import FACTORS, synthetic_sweep
from small_study import plan_of, swept

from experiments import designs
from experiments.report import ReportInputs, read_folder, write_report
from incentive_abm.errors import UserError

BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
LABELS = {"relational_space": "Space for relationships", "payment_reform": "Payment <that> follows the person"}


def inputs(points: int = 200, replicates: int = 4, **settings: object) -> ReportInputs:
    design = designs.latin_hypercube(FACTORS, points, seed=1)
    results = synthetic_sweep(design, replicates)
    given = {"labels": LABELS, "provenance": {"seed": "1"}, "runs_planned": len(results)} | settings
    return ReportInputs(results, design, "Who <b>integrates</b>?", **given)  # type: ignore[arg-type]


def answer(page: str) -> list[str]:
    block = re.search(r'<div class="answer">(.*?)</div>', page, re.DOTALL)
    assert block
    return re.findall(r"<p>(.*?)</p>", block[1], re.DOTALL)


def test_report_answers_in_three_sentences_with_numbers(tmp_path: Path) -> None:
    page = write_report(inputs(), tmp_path / "report.html").read_text(encoding="utf-8")
    sentences = answer(page)
    assert len(sentences) == 3
    assert all(re.search(r"\d", sentence) for sentence in sentences)
    assert "Space for relationships" in sentences[1]
    assert page.count("An exploration, not a forecast.") >= 2
    assert "unfinished" not in page


def test_report_loads_nothing_and_trusts_no_text(tmp_path: Path) -> None:
    page = write_report(inputs(), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page
    assert not re.search(r"<(link|img|iframe)\b|<script[^>]+src=", page)
    assert "Who &lt;b&gt;integrates&lt;/b&gt;?" in page
    assert "Payment &lt;that&gt;" in page
    assert "Payment <that>" not in re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)


def test_unfinished_sweep_carries_a_banner(tmp_path: Path) -> None:
    page = write_report(inputs(runs_planned=5000, runs_failed=3), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "This sweep is unfinished: 800 of 5,000 runs are in" in page
    assert "3 runs stopped with an error" in page


def test_hardly_begun_sweep_says_what_it_cannot_show(tmp_path: Path) -> None:
    whole = inputs()
    begun = ReportInputs(whole.results.iloc[:3], whole.design, "Who?", runs_planned=800)
    page = write_report(begun, tmp_path / "report.html").read_text(encoding="utf-8")
    assert len(answer(page)) == 3
    assert "What could not be shown" in page
    assert "No provenance was recorded" in page
    with pytest.raises(UserError, match="at least one finished run"):
        write_report(ReportInputs(whole.results.iloc[:0], whole.design, "Who?"), tmp_path / "none.html")
    assert not (tmp_path / "none.html").exists()


def test_an_unfinished_folder_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    plan, folder = plan_of(), tmp_path / "sweep"
    done = swept(plan, folder, most_runs=50)
    found = read_folder(folder)
    pd.testing.assert_frame_equal(found.design, plan.design, check_dtype=False)
    assert len(found.results) == done.session.runs
    assert found.partial
    assert (found.question, found.runs_planned) == (plan.study.question, plan.n_runs)
    assert found.provenance["places one"].endswith("ties")
    assert found.provenance["runs done"] == str(done.session.runs)
    with pytest.raises(UserError, match="not the folder of a sweep"):
        read_folder(tmp_path / "elsewhere")


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="no Chromium was found")
@pytest.mark.parametrize("design", ["sobol", "one_at_a_time", "morris"])
def test_every_picture_is_drawn_in_a_browser(tmp_path: Path, design: str) -> None:
    start = {"relational_space": 0.5, "target_pressure": 0.5, "bailout": 0.3, "partners": 10}
    start |= {"payment_reform": False, "protocol": "offers", "paint": 0.5}
    table = {
        "sobol": lambda: designs.sobol(FACTORS, 32, 1),
        "one_at_a_time": lambda: designs.one_at_a_time(FACTORS, start),
        "morris": lambda: designs.morris(FACTORS, 10, 1),
    }[design]()
    report = write_report(ReportInputs(synthetic_sweep(table, 4), table, "Who?"), tmp_path / "report.html")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=8000"]
    command = [str(BROWSER), *flags, "--enable-logging=stderr", "--dump-dom", report.as_uri()]
    seen = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    pictures = re.findall(r'<div class="picture[ "][^>]*>', seen.stdout)
    assert len(pictures) >= 7
    assert all("js-plotly-plot" in picture for picture in pictures)
    complaints = [line for line in seen.stderr.splitlines() if ":CONSOLE" in line]
    assert complaints == []


def test_without_the_analysis_libraries_the_report_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sklearn.tree", "statsmodels.duration.survfunc", "SALib.sample.sobol"):
        monkeypatch.setitem(sys.modules, module, None)
    page = write_report(inputs(), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "this needs statsmodels; install it with" in page
    with pytest.raises(UserError, match="this needs SALib"):
        designs.sobol(FACTORS, 4, 1)


def test_tables_behind_the_page_are_written(tmp_path: Path) -> None:
    write_report(inputs(), tmp_path / "report.html", tmp_path / "tables")
    shares = pd.read_csv(tmp_path / "tables" / "regime_shares.csv")
    assert shares["share"].sum() == pytest.approx(1.0)
    assert {path.name for path in (tmp_path / "tables").iterdir()} >= {"lever_effects.csv", "box_stalled_limits.csv"}


def test_numbers_in_the_answer_are_those_of_the_runs(tmp_path: Path) -> None:
    made = inputs()
    sentence = answer(write_report(made, tmp_path / "report.html").read_text(encoding="utf-8"))[0]
    for regime in ("integrated", "stalled"):
        share = 100 * np.mean(made.results["regime"] == regime)
        assert f"{share:.0f}% {regime}" in sentence
