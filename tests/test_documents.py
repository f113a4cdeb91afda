"""The documents tell the truth of the code: generated parts are fresh, every id and name they use exists, every example works."""

from __future__ import annotations

import calendar
import re
import tomllib
from pathlib import Path

import pytest

from experiments.study import load_study
from incentive_abm import EXPLORATION, __version__
from incentive_abm.chance import Stream
from incentive_abm.cli import main
from incentive_abm.cli.commands import COMMANDS
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import shipped_place
from incentive_abm.scenario import EventKind, scenario_from_text, shipped_scenarios
from incentive_abm.state.declared import fields_of
from incentive_abm.state.facts import PartnerFacts, TieFacts
from incentive_abm.state.partner import PartnerState
from incentive_abm.state.place import PlaceFields
from incentive_abm.state.tie import SideState, TieState
from tools import documents

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "MODEL.md", "CONTRIBUTING.md", "CHANGELOG.md",
         *(path.relative_to(ROOT).as_posix() for folder in ("docs", "examples")
           for path in sorted((ROOT / folder).rglob("*.md"))))
CLAIM = re.compile(r"\b00[0-4]-\d+\b")
NAME = r"[A-ZÅÄÖØ][\w'’-]+"
CITED = re.compile(rf"\b({NAME})((?:, {NAME})*(?:,? (?:&|&amp;|and) {NAME})?(?: et\s+al\.)?),? ((?:19|20)\d\d)(?![\d/-])")
"""A work as texts cite it: `Nash 1950`, `Wu & Axelrod 1995`, `Faratin, Sierra & Jennings 1998`, `Deffuant et al. 2000`."""
NO_WORK = {*calendar.month_name, "From", "Torbay", "UnitingCare"}
"""What stands before a year without being an author."""


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


@pytest.mark.parametrize("path", documents.WHOLE)
def test_files_that_are_generated_whole_are_those_of_the_code(path: str) -> None:
    assert documents.WHOLE[path]() == text(path), f"{path} is out of date: make documents"


def test_every_generated_part_is_shown_once() -> None:
    shown = re.findall(r"<!-- generated: ([\w ]+) -->", "".join(text(page) for page in documents.PAGES))
    assert sorted(shown) == sorted(documents.PARTS)


def test_a_stale_part_is_seen() -> None:
    found = text("docs/model/parameters.md")
    page = found.replace("`bailout` | 0.5 |", "`bailout` | 0.4 |")
    assert page != found
    assert documents.regenerated(page) == found


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


def rows(page: str) -> set[str]:
    """The names in first or second cells that links can lead to."""
    return set(re.findall(r'<a id="(\w+)"></a>`\1` \|', text(f"docs/model/{page}.md")))


def test_every_rule_parameter_measure_stream_and_variable_stands_on_its_page() -> None:
    assert rows("rules") == {rule.name for rules in documents.rules_by_theme().values() for rule in rules}
    assert rows("parameters") == set(PARAMETERS)
    assert rows("measures") == {measure.code for measure in Measure}
    assert rows("chance") == {stream.name.lower() for stream in Stream}
    state = text("docs/model/state.md")
    for holder in (PartnerState, PartnerFacts, TieState, SideState, TieFacts, PlaceFields):
        for field in fields_of(holder):
            assert f"| `{field.name}` | {field.unit} | " in state
    for name in shipped_scenarios():
        assert f"| `{name}` |" in text("docs/model/scenarios.md")
    for regime in Regime:
        assert f"| {regime.label} |" in text("docs/model/measures.md")


def test_every_rule_of_the_specification_is_told() -> None:
    told = {each for rules in documents.rules_by_theme().values() for rule in rules for each in rule.each_id()}
    wanted = ("V1 V2 V3 V4 F1 F2 F3 F4 B1 B2 B3 B4 B5 C1 C2 C3 C4 C5 C6 D1 O1 O2 O3 O4 O5 T1 T2 T3 L1 L2 K1 K2 K3 K4 K5 "
              "P1 P2 P3 Q1 Q2 M1 M2 G1 G2 G3 G4 G5 G6 G7 E1 E2 E3 E4 E5 E6")
    assert set(wanted.split()) - told == set()


def test_the_index_leads_to_every_rule_by_its_ids_and_by_its_name() -> None:
    by_id, _, by_name = text("docs/model/rule-index.md").partition("## By name")
    for rules in documents.rules_by_theme().values():
        for rule in rules:
            link = f"[`{rule.name}`](rules.md#{rule.name})"
            assert f"| {link} |" in by_name
            for each in rule.each_id():
                assert re.search(rf"^\| {each} \|.*{re.escape(link)}", by_id, re.MULTILINE), f"{each}: {rule.name}"


def test_ids_that_stand_together_are_told_one_by_one() -> None:
    assert documents.RuleText("speed_up", "C1–C4", "", "").each_id() == ["C1", "C2", "C3", "C4"]
    assert documents.RuleText("readiness", "R (order switch)", "", "").each_id() == ["R"]
    assert documents.RuleText("exp", "", "", "").each_id() == []


def test_the_overview_has_the_headings_of_the_protocol_in_their_order() -> None:
    found = [re.sub(r"^[\d. ]+", "", title) for title in re.findall(r"^#{2,3} (.*)$", text("MODEL.md"), re.MULTILINE)]
    wanted = ["Overview", "Purpose", "Entities, state variables and scales", "Process overview and scheduling", "Design concepts",
              "Theoretical and empirical background", "Individual decision making", "Learning", "Individual sensing",
              "Individual prediction", "Interaction", "Collectives", "Heterogeneity", "Stochasticity", "Observation", "Details",
              "Implementation", "Initialisation", "Input data", "Submodels"]
    assert [title for title in found if title in wanted] == wanted


def test_the_overview_leads_to_every_part() -> None:
    where = text("MODEL.md").partition("## Where to find what")[2].partition("## 1")[0]
    for path in (ROOT / "docs" / "model").glob("*.md"):
        assert f"(docs/model/{path.name})" in where


def test_every_work_that_is_cited_stands_in_the_references() -> None:
    entries = text("docs/model/references.md").split("\n- ")
    files = [path for folder in ("incentive_abm", "experiments", "dashboards") for ending in ("*.py", "*.toml", "*.html")
             for path in sorted((ROOT / folder).rglob(ending))]
    cited = {(name, year, path.name) for path in (*files, *(ROOT / page for page in PAGES if page != "docs/model/references.md"))
             for name, _, year in CITED.findall(path.read_text(encoding="utf-8")) if name not in NO_WORK}
    assert len({(name, year) for name, year, _ in cited}) > 50
    missing = {(name, year, page) for name, year, page in cited if not any(name in entry and year in entry for entry in entries)}
    assert missing == set()


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
    """What can be linked to on a page: its headings, by the names that code hosts make, and the rows that carry a name."""
    titles = re.findall(r"^#+ (.*)$", text(page), re.MULTILINE)
    headings = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    return headings | set(re.findall(r'<a id="(\w+)">', text(page)))


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


def test_a_pattern_that_is_held_out_is_no_source_of_a_rule_or_a_default() -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \| hold out \|$", text("docs/model/calibration.md"), re.MULTILINE)
    assert rows
    read = {path: path.read_text(encoding="utf-8") for folder in ("rules", "parameters")
            for path in (ROOT / "incentive_abm" / folder).glob("*.py")}
    for number, told in rows:
        works = {f"{work} {year}" for work, _, year in CITED.findall(told)}
        cases = set(re.findall(r"\b(?:NAO \d{4}|Torbay|UnitingCare|Canterbury|Pioneer|Vanguard)\b", told))
        for named in (f"pattern {number}", *works, *cases):
            found = [path.name for path, source in read.items() if re.search(rf"{named}\b", source)]
            assert not found, f"pattern {number} is held out, and {named} is a source in {found}"


def test_every_argument_can_be_seen_by_the_reader() -> None:
    for page in ("docs/model/rules.md", "docs/model/parameters.md"):
        assert "specification" not in text(page), f"{page} cites what a reader cannot see"
