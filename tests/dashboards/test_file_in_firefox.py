"""The page as one file in another make of browser: it opens from a disk, and its numbers are the engine's."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from dashboards.one_file import stage_file
from dashboards.preset_stories import OPENING, stories
from incentive_abm.place import check_place, place_from_texts, shipped_place
from incentive_abm.scenario import load_scenario

from .firefox import Firefox, find_firefox
from .native.luck import worlds
from .native.runs import record, result_hash

PLACE = shipped_place()
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = find_firefox()
    if program is None:
        pytest.skip("no Firefox was found: install one (for example `apt install firefox-esr`)")
    path = tmp_path_factory.mktemp("file") / "stage.html"
    path.write_text(stage_file(PLACE), encoding="utf-8")
    with Firefox(program) as opened:
        opened.ask("WebDriver:Navigate", url=path.as_uri())
        opened.until("document.body.dataset.ready === 'yes' && document.body.dataset.busy === '0'")
        yield opened


def test_a_lever_in_firefox_is_the_engines_run(firefox: Firefox) -> None:
    assert firefox.run("return document.querySelector('#unable').hidden") is True
    firefox.run("document.querySelector('#compare').click()")
    for preset, changed in (("today", {"bailout": 0.1}), ("ten-lessons", {"bailout": 0.3})):
        firefox.run(f"""const list = document.querySelector('#preset'); list.value = '{preset}';
            list.dispatchEvent(new Event('change', {{ bubbles: true }}));
            const lever = document.querySelector('#lever-bailout'); lever.value = '{changed["bailout"]}';
            for (const what of ['input', 'change']) lever.dispatchEvent(new Event(what, {{ bubbles: true }}));""")
        world = int(firefox.run("return document.querySelector('#seed').value"))
        expected = result_hash(record(PLACE, load_scenario(preset).with_overrides(changed), world))
        firefox.until(f"document.body.dataset.doneA === '{expected}'")


def test_luck_in_firefox_is_what_the_engine_finds(firefox: Firefox) -> None:
    firefox.run("""const list = document.querySelector('#preset'); list.value = 'ten-lessons';
        list.dispatchEvent(new Event('change', { bubbles: true }));""")
    firefox.until("document.body.dataset.busy === '0'")
    firefox.run("document.querySelector('#tab-luck').click()")
    firefox.until("document.querySelector('#panel .answer')")
    *_, luck = worlds(PLACE, load_scenario("ten-lessons"), stories()[OPENING[1]].world)
    assert firefox.run("return document.querySelector('#panel .answer').textContent") == luck["said"]


def test_a_place_dropped_in_firefox_is_read_as_natively(firefox: Firefox) -> None:
    partners, ties = b"id,kind,income_m\na,trust,400\nb,council,\nc,gp,9\n", b"source,target,people\na,b,900\nb,c,80\n"
    told = json.dumps([["partners.csv", partners.decode()], ["ties.csv", ties.decode()]])
    firefox.run(f"""const data = new DataTransfer(); for (const [name, held] of {told}) data.items.add(new File([held], name));
        document.body.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}));""")
    firefox.until("document.querySelector('dialog.import pre')")
    expected = check_place(place_from_texts("your-place", partners, ties)).text()
    assert firefox.run("return document.querySelector('dialog.import pre').textContent") == expected
