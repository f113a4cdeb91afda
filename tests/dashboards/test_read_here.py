"""A place dropped onto the file, without a server: the page reads it as the native importer does, to the byte."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser

from dashboards.one_file import stage_file
from dashboards.place_import import MOST_BYTES, dropped
from dashboards.places import MOST_PARTNERS
from dashboards.read_here import GRAPH, WORKBOOK, sources
from incentive_abm.errors import UserError
from incentive_abm.place import Place, generate_place, shipped_place
from incentive_abm.place.importing import import_contents
from incentive_abm.scenario import load_scenario
from tests.incentive_abm.place.importing.test_corpus import GOOD, REFUSED
from tests.incentive_abm.place.importing.test_properties import places, separated

from .conftest import settled
from .native.runs import record, result_hash
from .test_one_file import opened

LONDON = Path(__file__).parents[3] / "shared" / "data" / "north-east-london"
READER = Path(__file__).parent / "static" / "read_here.mjs"
Files = Mapping[str, bytes]
pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


def read_here(asked: Sequence[tuple[Files, Sequence[str]]]) -> list[dict[str, Any]]:
    """What the page's own scripts answer, run by node: what was found, or the mistake that is told."""
    told = [{"files": [[name, base64.b64encode(content).decode()] for name, content in files.items()], "maps": list(maps)}
            for files, maps in asked]
    said = subprocess.run(["node", str(READER)], input=json.dumps({"sources": sources(), "asked": told}), capture_output=True,
                          text=True, timeout=300, check=False)
    assert said.returncode == 0, said.stderr
    found: list[dict[str, Any]] = json.loads(said.stdout)
    return found


def read_natively(files: Files, maps: Sequence[str] = ()) -> dict[str, Any]:
    """The same, as the server answers."""
    try:
        found = dropped(list(files.items()), maps)
    except UserError as mistake:
        return {"mistake": str(mistake)}
    return {"found": json.loads(json.dumps(found))}


def csv_of(place: Place) -> Files:
    partners, ties = place.texts()
    return {"partners.csv": partners.encode(), "ties.csv": ties.encode()}


def needs_a_library(answer: dict[str, Any]) -> bool:
    """Whether the way out is told that a form has which only the server reads."""
    told = json.dumps(answer, ensure_ascii=False)
    return any(way.replace("{file}", "") in told for way in (WORKBOOK, GRAPH))


def test_every_input_of_the_importers_own_tests_is_answered_as_natively() -> None:
    cases = [*GOOD, *REFUSED]
    answers = read_here([(case.files, case.maps) for case in cases])
    elsewhere = []
    for case, answer in zip(cases, answers, strict=True):
        if needs_a_library(answer):
            elsewhere.append(case)
        else:
            assert answer == read_natively(case.files, case.maps), case.name
    read = {content[:2] for case in elsewhere for content in case.files.values()}
    assert all(any(content.startswith((b"PK", b"<", b"\xef\xbb\xbf<")) for content in case.files.values()) for case in elsewhere)
    assert b"PK" in read
    assert len(cases) - len(elsewhere) > 150


def own_places() -> Iterator[tuple[str, Files]]:
    yield "the shipped place", csv_of(shipped_place())
    for size in ((1, 2, 5, 4), (2, 4, 10, 8), (4, 8, 20, 16), (7, 15, 40, 35)):
        yield f"{sum(size)} generated partners", csv_of(generate_place(sum(size), *size))
    if LONDON.exists():
        yield "North East London", {name: (LONDON / name).read_bytes() for name in ("partners.csv", "ties.csv")}


def test_whole_places_are_the_same_to_the_bit_with_their_pictures() -> None:
    wanted = dict(own_places())
    for name, answer in zip(wanted, read_here([(files, ()) for files in wanted.values()]), strict=True):
        assert answer == read_natively(wanted[name]), name


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=places())
def test_places_with_holes_and_of_any_words_are_the_same(place: Place) -> None:
    forms = [csv_of(place), separated(place, ";", True, "utf-8"), separated(place, "\t", False, "utf-16")]
    for files, answer in zip(forms, read_here([(files, ()) for files in forms]), strict=True):
        assert answer == read_natively(files)


def test_what_is_too_large_or_has_one_name_twice_is_told() -> None:
    large = csv_of(generate_place(1, 1, 2, MOST_PARTNERS, 1))
    asked: list[Files] = [large, {"partners.csv": b"x" * (MOST_BYTES + 1)}, {}, {"p.csv": b"id,kind\n", "t.csv": b"\xff\xfe\x00"}]
    for files, answer in zip(asked, read_here([(files, ()) for files in asked]), strict=True):
        assert answer == read_natively(files)
    assert "the page shows at most 600" in read_here([(large, ())])[0]["mistake"]
    same = [{"files": [["a.csv", ""], ["a.csv", ""]], "maps": []}]
    said = subprocess.run(["node", str(READER)], input=json.dumps({"sources": sources(), "asked": same}), capture_output=True,
                          text=True, check=True)
    assert json.loads(said.stdout) == [{"mistake": "two files have the same name; rename one of them"}]


MINE = {"Our partners.csv": "Organisation;Type;Income (£000s)\nElm Trust;NHS foundation trust;400.000,5\n"
                            "Ash Council;Local authority;160.000,0\nOak Surgery;GP practice;7.500,0\n",
        "who knows whom.csv": "From;To;Patients in common\nElm Trust;Ash Council;25.000\nOak Surgery;Elm Trust;3.000\n"}


@pytest.mark.browser
def test_a_place_dropped_onto_the_file_is_read_shown_and_run_as_natively(browser: Browser, tmp_path: Path) -> None:
    """Opened from a disk, without a network; under the page's own policy, which lets no text become a script."""
    (tmp_path / "stage.html").write_text(stage_file(shipped_place()), encoding="utf-8")
    files = {name: content.encode("cp1252") for name, content in MINE.items()}
    expected = import_contents(files, name="your-place")
    with opened(browser, (tmp_path / "stage.html").as_uri()) as page:
        settled(page)
        page.evaluate("""(files) => { const data = new DataTransfer();
            const bytes = (held) => Uint8Array.from(atob(held), (each) => each.charCodeAt(0));
            for (const [name, held] of files) data.items.add(new File([bytes(held)], name));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }""",
                      [[name, base64.b64encode(content).decode()] for name, content in files.items()])
        page.get_by_role("button", name="Show this place").wait_for(timeout=60_000)
        assert page.locator("dialog.import pre").text_content() == expected.report.place.text()
        said = [each for _, several in expected.report.parts() for each in several]
        assert page.locator("dialog.import li").all_text_contents() == said
        page.get_by_role("button", name="Show this place").click()
        page.select_option("#preset", "ten-lessons")
        settled(page)
        wanted = result_hash(record(expected.place, load_scenario("ten-lessons"), int(page.input_value("#seed"))))
        page.wait_for_function("(wanted) => [...'AB'].some((side) => document.body.dataset[`done${side}`] === wanted)",
                               arg=wanted)


def test_what_the_scripts_lack_is_named_before_anything_is_read() -> None:
    given = {"sources": sources().replace('"lib.re.$sub"', '"lib.re.$subn", "py.compile"', 1), "asked": []}
    said = subprocess.run(["node", str(READER)], input=json.dumps(given), capture_output=True, text=True, check=False)
    assert "the scripts lack lib.re.$subn, py.compile" in said.stderr
