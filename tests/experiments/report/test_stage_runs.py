"""What a sweep's report says of its typical and oddest runs, worked out again by hand; what cannot be shown is refused."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest

from experiments.analysis.typical_runs import typical_runs
from experiments.report import read_folder, stage_page, write_report
from incentive_abm.cli import main
from incentive_abm.compiling import source_hash
from incentive_abm.errors import UserError
from incentive_abm.place import load_place, shipped_place
from incentive_abm.results.stage_link import read_link
from incentive_abm.rivals import rule_set

Printed = pytest.CaptureFixture[str]
MEASURES = ["integration", "form", "outcome", "equity", "seamless"]
PAGE = '<meta name="generator" content="incentive_abm 0.1.0, source {source}; {place}">'
STUDY = """
title = "Links"
question = "Can its runs be opened?"
quarters = 12
replicates = 6
scenario = "relations-first"
[places.here]
shipped = true
[places.other]
generate = { seed = 3, trusts = 1, councils = 1, gps = 3, voluntary = 2 }
[factors.place]
[factors."rule:exit"]
choices = ["shipped", "none"]
[factors.listening]
[factors.objectives]
on = { obligations_clarity = 0.8, outcomes_stated = 0.8 }
[design]
method = "latin_hypercube"
points = 24
"""
LINK = re.compile(r'<a class="stage" href="([^"]+)">(Typical|Oddest|The only one): point (\d+), replicate (\d+), seed (\d+)</a>'
                  r"(?: \(([\d.]+) away\))?")


def page_of(folder: Path, place: str, source: str = "") -> Path:
    path = folder / "the stage.html"
    path.write_text(PAGE.format(source=source or source_hash(), place=place), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("sweep")
    (at / "links.toml").write_text(STUDY, encoding="utf-8")
    page = page_of(at, f"Marlshire {shipped_place().hash[:16]}")
    assert main(["sweep", str(at / "links.toml"), "--out", str(at / "out"), "--page", str(page), "--threads"]) == 0
    return at


def section(folder: Path) -> str:
    report = (folder / "report.html").read_text(encoding="utf-8")
    found = re.search(r'<section class="card" id="runs">(.*?)</section>', report, re.DOTALL)
    assert found
    return unescape(found[1])


def test_every_number_of_the_section_comes_out_again(folder: Path) -> None:
    said, every = section(folder / "out"), pd.read_parquet(folder / "out" / "results.parquet")
    here = every["place"] == "here"
    rows = every[here & (every["rule:exit"] == "shipped")]
    other, replaced = int((~here).sum()), len(every) - int((~here).sum()) - len(rows)
    assert (f"Of {len(every)} runs, {other + replaced} cannot be opened on the page: {other} are of another place than the page "
            f"shows and {replaced} follow other rules than the page plays.") in said
    assert "The page opens at quarter 12, with which these runs end, and plays on to quarter 60." in said
    varied = [name for name in MEASURES if rows[name].nunique() > 1]
    lines = re.findall(r"<li>(.*?)</li>", said, re.DOTALL)
    assert len(lines) == rows["regime"].nunique()
    counts = []
    for line in lines:
        regime, many = re.findall(r"<b>([\w ]+): (\d+) runs?\.</b>", line)[0]
        group = rows[rows["regime"] == regime.lower()]
        assert len(group) == int(many)
        counts.append(len(group))
        distance = sum(abs(group[name] - group[name].median()) / np.std(rows[name]) for name in varied) / len(varied)
        links = LINK.findall(line)
        wanted = ["Typical", "Oddest"] if len(group) > 2 else ["Typical"] if len(group) > 1 else ["The only one"]
        assert [part for _, part, *_ in links] == wanted
        for (_, part, point, replicate, seed, away) in links:
            run = group[(group["point"] == int(point)) & (group["replicate"] == int(replicate))].iloc[0]
            assert str(run["seed"]) == seed
            extreme = distance.max() if part == "Oddest" else distance.min()
            assert distance[run.name] == pytest.approx(extreme)
            assert not away or float(away) == pytest.approx(extreme, abs=0.0051)
        if len(group) > 2:
            half = float(re.findall(r"Half of them lie within ([\d.]+\d)", line)[0])
            assert half == pytest.approx(distance.median(), abs=0.0051)
    assert counts == sorted(counts, reverse=True)
    table = pd.read_csv(folder / "out" / "tables" / "typical_and_oddest_runs.csv")
    assert sorted(table["seed"].astype(str)) == sorted(seed for *_, seed, _ in LINK.findall(said))


def test_a_link_holds_the_run_that_it_names(folder: Path) -> None:
    rows = pd.read_parquet(folder / "out" / "results.parquet").set_index(["point", "replicate"])
    links = LINK.findall(section(folder / "out"))
    assert links
    for address, _, point, replicate, seed, _ in links:
        page, _, packed = address.partition("#")
        assert unquote(page) == "../the stage.html"
        held, run = read_link(f"#{packed}"), rows.loc[(int(point), int(replicate))]
        exact = int(seed) if int(seed) < 2**53 else seed
        assert (held["s"], held["q"], held["p"], held["h"]) == (exact, 11, shipped_place().hash[:16], source_hash())
        assert held["a"]["parameters"]["listening"] == run["listening"]
        assert ("outcomes_stated" in held["a"]["parameters"]) == bool(run["objectives"])


def test_without_a_page_nothing_is_linked(folder: Path, tmp_path: Path) -> None:
    report = write_report(folder / "out", tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'class="stage"' not in report
    assert not (tmp_path / "tables" / "typical_and_oddest_runs.csv").exists()


def test_a_page_of_a_generated_place_is_linked_afterwards(folder: Path, tmp_path: Path) -> None:
    place = load_place(folder / "out" / "inputs" / "places" / "1")
    page = page_of(tmp_path, f"other {place.hash[:16]}")
    assert main(["analyse", str(folder / "out"), "--page", str(page), "--no-pictures",
                 "--out", str(tmp_path / "report.html")]) == 0
    rows = pd.read_parquet(folder / "out" / "results.parquet").set_index(["point", "replicate"])
    for address, _, point, replicate, *_ in LINK.findall(section(tmp_path)):
        assert address.startswith("the%20stage.html#s=")
        assert tuple(rows.loc[(int(point), int(replicate)), ["place", "rule:exit"]]) == ("other", "shipped")


def test_where_no_run_can_be_opened_the_report_says_so(folder: Path, tmp_path: Path) -> None:
    inputs = read_folder(folder / "out")
    ruled = inputs.results[(inputs.results["place"] == "here") & (inputs.results["rule:exit"] == "none")]
    object.__setattr__(inputs, "results", ruled)
    stage = stage_page(folder / "out", folder / "the stage.html")
    report = write_report(inputs, tmp_path / "report.html", stage=stage).read_text(encoding="utf-8")
    assert f"no run can be opened on the page. Of {len(ruled)} runs, {len(ruled)} cannot" in report
    assert 'class="stage"' not in report


@pytest.mark.parametrize(("harm", "told"), [
    ("none", "cannot be read: No such file"), ("text", "is not a page of the stage"),
    ("source", "holds the model of other sources (0123456789abcdef)"), ("place", "shows another place (0123456789abcdef) than ")])
def test_another_file_is_told_before_anything_is_run(harm: str, told: str, folder: Path, tmp_path: Path, capsys: Printed) -> None:
    page, marlshire = tmp_path / "the stage.html", f"Marlshire {shipped_place().hash[:16]}"
    if harm == "text":
        page.write_text("<html>", encoding="utf-8")
    elif harm != "none":
        other = "0123456789abcdef"
        page_of(tmp_path, f"Elsewhere {other}" if harm == "place" else marlshire, other if harm == "source" else "")
    before = (folder / "out" / "report.html").stat().st_mtime_ns
    for command, again in ((["sweep", str(folder / "links.toml"), "--out", str(tmp_path / "out")], "marlshire"),
                           (["analyse", str(folder / "out")], f"{folder / 'out' / 'inputs' / 'places' / '0'}")):
        assert main([*command, "--page", str(page)]) == 2
        said = capsys.readouterr().err
        assert told in said
        assert f"write it with `incentive-abm page {again} --out {page}`" in said
    assert not (tmp_path / "out").exists()
    assert (folder / "out" / "report.html").stat().st_mtime_ns == before


def test_a_page_by_other_rules_is_linked_at_the_runs_that_follow_them(folder: Path, tmp_path: Path) -> None:
    rules = rule_set("exit=none")
    page = page_of(tmp_path, f"rules {rules.hash} ({rules.told}); place Marlshire {shipped_place().hash[:16]}")
    assert main(["analyse", str(folder / "out"), "--page", str(page), "--no-pictures",
                 "--out", str(tmp_path / "report.html")]) == 0
    rows = pd.read_parquet(folder / "out" / "results.parquet").set_index(["point", "replicate"])
    links = LINK.findall(section(tmp_path))
    assert links
    for address, _, point, replicate, *_ in links:
        assert tuple(rows.loc[(int(point), int(replicate)), ["place", "rule:exit"]]) == ("here", "none")
        assert read_link(f"#{address.partition('#')[2]}")["u"] == rules.hash


def test_what_a_page_never_shows_is_refused(folder: Path, tmp_path: Path, capsys: Printed) -> None:
    sweep = ["sweep", str(folder / "links.toml"), "--out", str(tmp_path / "out"), "--page", str(folder / "the stage.html")]
    assert main([*sweep, "--rule", "bargaining=nash"]) == 2
    said = capsys.readouterr().err
    assert "plays the shipped rules, and the runs follow bargaining=nash or bargaining=nash; exit=none; write it with" in said
    assert "incentive-abm page marlshire --rule bargaining=nash --out" in said
    assert main([*sweep, "--no-report"]) == 2
    assert "--no-report leaves it out" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def runs(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Runs by ending, integration and form; the other measures are alike."""
    alike = {"replicate": 0, "outcome": 1.0, "equity": 0.0, "seamless": 0.5}
    return pd.DataFrame([{"run_id": f"r{k}", "point": k, "seed": k, "regime": regime, "integration": one, "form": two, **alike}
                         for k, (regime, one, two) in enumerate(rows)])


def test_four_runs_by_hand() -> None:
    """Only form differs, by a standard deviation of √½; its median over the three that stalled is 0."""
    table = typical_runs(runs(("stalled", 0.0, 1.0), ("stalled", 0.0, -1.0), ("stalled", 0.0, 0.0), ("busy", 0.0, 0.0)))
    found = table[["regime", "runs", "part", "run_id"]].to_numpy().tolist()
    assert found == [["stalled", 3, "typical", "r2"], ["stalled", 3, "oddest", "r0"], ["busy", 1, "typical", "r3"]]
    assert table["distance"].tolist() == pytest.approx([0.0, 2**0.5, 0.0])
    assert table["middle"].tolist() == pytest.approx([2**0.5, 2**0.5, 0.0])


def test_runs_that_are_all_alike_have_no_oddest() -> None:
    assert typical_runs(runs(*[("stalled", 0.3, 0.1)] * 4))[["run_id", "part"]].to_numpy().tolist() == [["r0", "typical"]]


def test_a_sweep_of_other_sources_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.report.stage_runs.source_hash", lambda: "f" * 16)
    with pytest.raises(UserError, match=rf"made by other sources \({source_hash()}\) than those here and on the page \(f+\)"):
        stage_page(folder / "out", folder / "the stage.html")
