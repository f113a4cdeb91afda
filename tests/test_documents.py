"""The documents tell the truth of the code: generated parts are fresh, every id and name they use exists, every example works."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from experiments.study import load_study
from incentive_abm import EXPLORATION, __version__
from incentive_abm.chance import Stream
from incentive_abm.cli import main
from incentive_abm.cli.commands import COMMANDS
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import shipped_place
from incentive_abm.scenario import EventKind, scenario_from_text
from tools import documents

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "MODEL.md", "CONTRIBUTING.md", "CHANGELOG.md",
         *(path.relative_to(ROOT).as_posix() for folder in ("docs", "examples") for path in sorted((ROOT / folder).glob("*.md"))))
CLAIM = re.compile(r"\b00[0-4]-\d+\b")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text(page), re.DOTALL | re.MULTILINE)
    return [block for found, block in fenced if found == language]


def claims_told() -> set[str]:
    """Ids of claims that docs/claims.md explains, one row each."""
    return set(re.findall(r"^\| (00[0-4]-\d+) \|", text("docs/claims.md"), re.MULTILINE))


@pytest.mark.parametrize("page", documents.PAGES)
def test_generated_parts_are_those_of_the_code(page: str) -> None:
    assert documents.regenerated(text(page)) == text(page), f"{page} is out of date: make documents"


def test_every_generated_part_is_shown_once() -> None:
    shown = re.findall(r"<!-- generated: ([\w ]+) -->", "".join(text(page) for page in documents.PAGES))
    assert sorted(shown) == sorted(documents.PARTS)


def test_a_stale_part_is_seen() -> None:
    page = text("MODEL.md").replace("| `bailout` | 0.5 |", "| `bailout` | 0.4 |")
    assert page != text("MODEL.md")
    assert documents.regenerated(page) == text("MODEL.md")


def test_every_part_that_a_page_asks_for_can_be_made() -> None:
    with pytest.raises(ValueError, match="no generated part is called 'weather'"):
        documents.regenerated("<!-- generated: weather -->\n<!-- end: weather -->")


def test_every_rule_has_a_sentence_and_every_stream_a_use() -> None:
    for theme, rules in documents.rules_by_theme().items():
        assert rules, theme
        for rule in rules:
            assert rule.says, f"{rule.name} says nothing"
    assert set(documents.DRAWN) == set(Stream)
    sources = "".join(path.read_text(encoding="utf-8") for folder in ("incentive_abm", "experiments", "dashboards")
                      for path in (ROOT / folder).rglob("*.py"))
    for stream, (_, use) in documents.DRAWN.items():
        assert use.startswith("reserved") == (f"Stream.{stream.name}" not in sources), stream.name


def test_every_parameter_and_every_rule_of_the_specification_stands_in_the_model_page() -> None:
    page = text("MODEL.md")
    for name in PARAMETERS:
        assert f"| `{name}` |" in page
    told = {found for rules in documents.rules_by_theme().values() for rule in rules
            for found in re.findall(r"[A-Z]\d", rule.ids.replace("C1–C4", "C1 C2 C3 C4").replace("K1–K4", "K1 K2 K3 K4"))}
    wanted = ("V1 V2 V3 V4 F1 F2 F3 F4 B1 B2 B3 B4 B5 C1 C2 C3 C4 C5 C6 D1 O1 O2 O3 O4 O5 T1 T2 T3 L1 L2 K1 K2 K3 K4 K5 "
              "P1 P2 P3 Q1 Q2 M1 M2")
    assert set(wanted.split()) - told == set()


def test_every_claim_that_is_cited_is_explained() -> None:
    folders = ("incentive_abm", "experiments", "dashboards")
    sources = [path for folder in folders for ending in ("*.py", "*.toml") for path in (ROOT / folder).rglob(ending)]
    cited = {claim for path in sources for claim in CLAIM.findall(path.read_text(encoding="utf-8"))}
    assert len(claims_told()) == 66
    assert cited - claims_told() == set()


def test_claims_name_levers_that_exist() -> None:
    rows = [row.split("|")[3] for row in text("docs/claims.md").splitlines() if CLAIM.match(row[2:])]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named - set(PARAMETERS) == {"broker"}  # an event, not a parameter


def anchors(page: str) -> set[str]:
    """The names by which headings of a page can be linked to, as code hosts make them."""
    titles = re.findall(r"^#+ (.*)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", text(page)):
        if target.startswith("https://"):
            continue
        path = ((ROOT / page).parent / target).resolve() if target else ROOT / page
        assert path.exists(), f"{page}: {target}"
        assert not anchor or anchor in anchors(path.relative_to(ROOT).as_posix()), f"{page}: {target}#{anchor}"


@pytest.mark.parametrize("page", PAGES)
def test_commands_that_are_named_exist(page: str) -> None:
    known = {command.name for command in COMMANDS} | {"COMMAND"}
    shown = "\n".join([*blocks(page, ""), *re.findall(r"`((?:make|incentive-abm) [^`\n]+)`", text(page))])
    named = set(re.findall(r"^incentive-abm (\w+)", shown, re.MULTILINE))
    assert named <= known, named - known
    targets = set(re.findall(r"^([a-z][\w-]*):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z][\w-]*)", shown, re.MULTILINE)) <= targets


@pytest.fixture
def as_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the README prints, as the folder one works in."""
    partners, ties = blocks("README.md", "csv")
    (tmp_path / "borsetshire").mkdir()
    (tmp_path / "borsetshire" / "partners.csv").write_text(partners, encoding="utf-8")
    (tmp_path / "borsetshire" / "ties.csv").write_text(ties, encoding="utf-8")
    for block in blocks("README.md", "toml"):
        name = block.splitlines()[0].removeprefix("# ")
        (tmp_path / name).write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_readmes_own_place_scenario_and_study_run(as_the_readme_says: Path) -> None:
    for command in ("place check borsetshire --map borsetshire.html", "run borsetshire --scenario hard-winter.toml --seeds 2"):
        assert main(command.split()) == 0
    assert (as_the_readme_says / "runs" / "borsetshire-hard-winter" / "report.html").is_file()
    study = load_study(as_the_readme_says / "winters.toml")
    assert len(study.design()) == 9
    assert study.scenarios[0][1].title == "The ten lessons, then a hard winter"


def test_the_readmes_python_runs(as_the_readme_says: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--scenario", "ten-lessons", "--seeds", "2", "--quarters", "8", "--out", "runs/lessons"]) == 0
    for block in blocks("README.md", "python"):
        exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
    printed = capsys.readouterr().out
    assert "Name: integration" in printed
    assert "seed" in printed


def test_the_example_of_a_scenario_can_be_read() -> None:
    (block,) = blocks("CONTRIBUTING.md", "toml")
    scenario = scenario_from_text(block, "example")
    assert {event.what for event in scenario.events} == {EventKind.SET, EventKind.LEADER, EventKind.BROKER}


def test_the_caution_and_the_version_are_told() -> None:
    assert EXPLORATION in text("README.md")
    assert EXPLORATION in text("MODEL.md")
    assert f"## {__version__}" in text("CHANGELOG.md")
    assert f"version: {__version__}" in text("CITATION.cff")


def test_the_picture_shows_the_shipped_place() -> None:
    place, drawing = shipped_place(), text(documents.MAP)
    assert f"{place.title}: {len(place)} partners and {len(place.ties)} ties" in drawing
    assert drawing.count("<line x1") == len(place.ties) + 1
    assert EXPLORATION in drawing


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    reasons = text("CONTRIBUTING.md").partition("## Why each dependency")[2]
    for requirement in wanted:
        name = re.match(r"[\w-]+", requirement)
        assert name is not None
        assert re.search(rf"^\| [^|]*\b{name[0]}\b[^|]*\|", reasons, re.MULTILINE | re.IGNORECASE), f"no reason for {name[0]}"


@pytest.mark.parametrize("page", PAGES)
def test_no_path_of_a_machine_and_no_registry_is_named(page: str) -> None:
    assert not re.search(r"/home/|/root/|/tmp/|/work/|/Users/|[A-Z]:\\", text(page))
    assert "pypi.org" not in text(page)
