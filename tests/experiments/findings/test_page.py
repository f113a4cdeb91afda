"""The page of findings: it is drawn from its tables, says what they say, and is told where they are missing."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from experiments.findings.__main__ import main
from experiments.findings.page import page
from experiments.findings.tables import first_number, markdown_table
from incentive_abm.errors import UserError

DOCS = Path(__file__).parents[3] / "docs"
COMMAND = "python -m experiments.findings docs/findings.md"
WORDS_A_PAGE, PAGES = 500, 6


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The documents, to be changed."""
    return Path(shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("*.png", "*.svg")))


def test_the_page_is_that_of_its_tables() -> None:
    assert (DOCS / "findings.md").read_text(encoding="utf-8") == page(DOCS, COMMAND)


def test_it_is_six_pages_at_most() -> None:
    assert len(page(DOCS, COMMAND).split()) <= WORDS_A_PAGE * PAGES


def test_its_counts_are_those_of_the_verdicts() -> None:
    with (DOCS / "claims-verdicts.csv").open(encoding="utf-8", newline="") as file:
        verdicts = [row["verdict"] for row in csv.DictReader(file)]
    said = page(DOCS, COMMAND)
    assert f"{len(verdicts)} claims of five texts" in said
    for verdict in set(verdicts):
        assert f"{verdicts.count(verdict)} {verdict}" in said
    assert said.count(", “") >= verdicts.count("contradicted")


def test_it_counts_findings_of_published_works_and_tells_the_surest_plan(copied: Path) -> None:
    table = copied / "claims-published.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    verdicts = [row["verdict"] for row in rows]
    said = page(copied, COMMAND)
    assert f"{len(rows)} findings of" in said
    for verdict in set(verdicts):
        assert f"{verdicts.count(verdict)} {verdict}" in said
    plans, told = copied / "robust-example" / "plans.csv", json.loads((copied / "robust-example" / "manifest.json").read_text())
    with plans.open(encoding="utf-8", newline="") as file:
        best = list(csv.DictReader(file))[told["best"]]
    assert f"({best['plan']}) ends good enough in {float(best['sure']):.0%} (" in said
    plans.write_text(plans.read_text(encoding="utf-8").replace(best["plan"], "Another plan"), encoding="utf-8")
    assert "(Another plan) ends good enough" in page(copied, COMMAND)


def test_what_it_says_turns_with_the_tables(copied: Path) -> None:
    fates, compacts = copied / "fates.md", copied / "compacts.md"
    said = page(copied, COMMAND)
    assert "At no strength do more than half get there." in said
    assert "Being able to leave helps." in said
    row = next(line for line in fates.read_text(encoding="utf-8").splitlines() if line.startswith("| 1 | 0.38"))
    higher = row.replace("| 50% (44 to 55) |", "| 51% (45 to 56) |")
    fates.write_text(fates.read_text(encoding="utf-8").replace(row, higher), encoding="utf-8")
    text = compacts.read_text(encoding="utf-8")
    compacts.write_text(text.replace("−0.023 (−0.028 to −0.019) | 0.58", "0.023 (0.019 to 0.028) | 0.58"), encoding="utf-8")
    said = page(copied, COMMAND)
    assert "More than half get there from L = 1 on." in said
    assert "Being able to leave does not help." in said
    assert "ends 0.023 higher" in said


@pytest.mark.parametrize(("name", "found", "instead", "told"), [
    ("fates.md", "## Where the variance lies", "## Elsewhere", "no table 1 below “Where the variance lies”"),
    ("fates.md", "| 0.5 | 0.15", "| 0.55 | 0.15", "expected one row with {'L': '0.5'}, found 0"),
    ("compacts.md", "I less as it is", "I minus", "no column 'I less as it is'"),
])
def test_a_table_that_is_not_as_it_should_be_is_told(name: str, found: str, instead: str, told: str, copied: Path,
                                                     capsys: pytest.CaptureFixture[str]) -> None:
    harmed, before = copied / name, (copied / "findings.md").read_bytes()
    harmed.write_text(harmed.read_text(encoding="utf-8").replace(found, instead), encoding="utf-8")
    assert main([str(copied / "findings.md")]) == 2
    assert told in capsys.readouterr().err
    assert (copied / "findings.md").read_bytes() == before


def test_a_missing_table_is_told(copied: Path) -> None:
    (copied / "claims-verdicts.csv").unlink()
    with pytest.raises(UserError, match=r"claims-verdicts\.csv: cannot be read: .*; make it first"):
        page(copied, COMMAND)


def test_a_number_is_read_as_it_is_written() -> None:
    cells = ("−0.02 (−0.03 to −0.01)", "61% (55 to 67)", "2,482", "0")
    assert [first_number(cell) for cell in cells] == [-0.02, 61.0, 2482.0, 0.0]
    assert markdown_table(DOCS / "fates.md", "The whole range of policy", 1).rows[0].keys() >= {"L", "integrated", "stalled"}
    assert re.fullmatch(r"\d+", markdown_table(DOCS / "fates.md", "The whole range of policy", 1).rows[0]["stalled"])
