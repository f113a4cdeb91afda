"""The page's files: one home for sentences, rooms that take only from below, and one way to the model."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from dashboards.english import STATIC, messages, text
from dashboards.one_file import facilitator_page, stage_file
from dashboards.page_data import page_data
from dashboards.pages import IMPORTED, scripts
from dashboards.preset_stories import FEW, LEAST, MOST, WORTH_SHOWING, effect, stories
from incentive_abm.engine.run import run
from incentive_abm.kinds import Blocker, Resource
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Role
from incentive_abm.place import shipped_place
from incentive_abm.rules.appraisal import breadth
from incentive_abm.scenario import shipped_scenarios
from incentive_abm.state.declared import fields_of
from incentive_abm.state.partner import PartnerState
from incentive_abm.state.place import PlaceFields
from incentive_abm.state.tie import SideState, TieState
from tools.vendored import PACKAGES, files

SCRIPTS = {str(path.relative_to(STATIC)): path.read_text(encoding="utf-8") for path in sorted(STATIC.rglob("*.js"))
           if path.parent.name != "vendor"}
PAGES = {"stage": lambda: stage_file(shipped_place()), "facilitator": facilitator_page}


def sentences(found: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every message with its path."""
    if isinstance(found, str):
        yield path, found
    else:
        for name, each in found.items() if isinstance(found, Mapping) else enumerate(found):
            yield from sentences(each, f"{path}.{name}".lstrip("."))


def test_a_message_is_filled_in_and_its_plural_chosen() -> None:
    assert text("moments.agree", a="Ashby", b="Barrow") == "Ashby and Barrow agree to share."
    assert text("moments.more_walk_outs", count=1) == "And 1 more walk-out."
    assert text("moments.more_walk_outs", count=2) == "And 2 more walk-outs."
    with pytest.raises(KeyError, match="who"):
        text("moments.walks", other="Barrow")


def test_every_message_can_be_filled_in_by_python_too() -> None:
    for path, sentence in sentences(messages()):
        for _, name, form, conversion in string.Formatter().parse(sentence):
            assert name is None or re.fullmatch(r"\w+", name), path
            assert not form, path
            assert not conversion, path


def test_every_message_is_used() -> None:
    """A group that scripts pick from by code counts as used; a message that nobody names is left over."""
    sources = "".join(path.read_text(encoding="utf-8") for pattern in ("*.js", "*.html") for path in STATIC.rglob(pattern)
                      if path.parent.name != "english")
    sources += "".join(path.read_text(encoding="utf-8") for path in STATIC.parent.glob("*.py"))
    by_code = ("script", "partner.wants", "partner.from", "charts", "timeline.rows", "questions", "luck", "levers.ends",
               "verdict", "moments", "facilitator_page.note", "bets.options", "way_in")
    for path, _ in sentences(messages()):
        if not path.startswith(by_code):
            name = next(part for part in reversed(path.split(".")) if part not in ("one", "other") and not part.isdigit())
            assert re.search(rf"\b{name}\b", sources), path


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_filled_with_its_sentences(name: str) -> None:
    html = re.sub(r"<script.*?</script>", "", PAGES[name](), flags=re.DOTALL)
    assert "An exploration, not a forecast." in html
    assert messages()[f"{name}_page"]["title"].replace("'", "&#39;") in html
    for left in ("{{", "built-in method", "namespace("):
        assert left not in html


def test_no_script_but_the_messages_holds_a_sentence() -> None:
    for name, script in SCRIPTS.items():
        # What Python's own libraries say is no sentence of the page.
        if not name.startswith(("words/english/", "python/")):
            code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", script, flags=re.DOTALL | re.MULTILINE)
            code = re.sub(r"\$\{[^{}]*\}", "", code)
            assert not re.findall(r"""["`][A-Z][a-z]+ [a-z ]+[a-z]["`.]""", code), name


def test_every_blocker_and_preset_has_its_words() -> None:
    assert set(messages()["partner"]["wants"]) == {blocker.code for blocker in Blocker}
    assert set(shipped_scenarios()) <= set(messages()["script"])


def test_every_preset_names_the_few_levers_that_carry_it_with_words_for_their_ends() -> None:
    found = stories()
    assert set(found) == set(shipped_scenarios())
    ends = messages()["levers"]["ends"]
    for name, story in found.items():
        assert LEAST <= len(story.levers) <= MOST, name
        assert len(set(story.levers)) == len(story.levers)
        for lever in story.levers:
            assert PARAMETERS[lever].role is Role.LEVER
            assert PARAMETERS[lever].choices or len(ends[lever]) == 2
    assert set(ends) <= set(PARAMETERS)


@pytest.mark.slow
@pytest.mark.parametrize("preset", shipped_scenarios())
def test_the_first_lever_of_a_preset_moves_what_a_room_can_see(preset: str) -> None:
    """Found anew with the model as it is; `python -m dashboards.preset_stories` writes the file again where this fails."""
    scenario = shipped_scenarios()[preset]
    unchanged = run(shipped_place(), scenario, range(1, FEW + 1))
    assert effect(shipped_place(), scenario, PARAMETERS[stories()[preset].levers[0]], unchanged) >= WORTH_SHOWING / 2


def test_every_script_has_a_room_and_one_theme() -> None:
    rooms = {name.split("/")[0] for name in SCRIPTS}
    assert rooms == {"model", "session", "picture", "words", "parts", "pages", "python"}
    for name, script in SCRIPTS.items():
        assert script.count("\n") <= 300, name
        assert script.startswith("// "), name


BELOW = {"words": ("words", "model"), "model": ("model", "words"), "session": ("session", "words", "model"),
         "picture": ("picture", "parts", "words", "model"), "parts": ("parts", "picture", "session", "words", "model"),
         "pages": ("pages", "parts", "picture", "session", "words", "model"), "python": ("python", "model")}
"""From which rooms each room may take."""
IMPORTS = {name: IMPORTED.findall(script) for name, script in SCRIPTS.items()}


def test_rooms_take_only_from_below() -> None:
    for name, imported in IMPORTS.items():
        room = name.split("/")[0]
        assert {found.split("/")[0] for found in imported} - {"vendor"} <= set(BELOW[room]), name
        assert room != "model" or {found for found in imported if found.startswith("words/")} <= {"words/messages.js"}, name


def test_no_scripts_import_each_other() -> None:
    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"{' -> '.join((*above, name))}"
        for found in IMPORTS.get(name, []):
            walk(found, (*above, name))

    for name in SCRIPTS:
        walk(name, ())


def test_words_session_and_model_know_nothing_of_the_document() -> None:
    for name, script in SCRIPTS.items():
        if name.startswith(("model/", "session/", "words/")):
            assert not re.search(r"\b(document|window)\.", script), name


def test_only_the_server_behind_the_port_is_asked() -> None:
    for name, script in SCRIPTS.items():
        assert ("fetch(" in script) == (name == "model/server.js"), name


COMPILED = tuple(
    f"model/{name}.js" for name in ("engine", "binding", "at_work", "worker", "compiled", "helping", "pair_shown", "quantiles",
                                   "event_log", "taken_away", "turned", "turning", "written_numbers"))


def test_the_compiled_models_scripts_name_no_setting_field_or_measure() -> None:
    """What they read they are told by name, from the declarations, so no rule, default or threshold can stand in them too."""
    fields = {f.name for record in (PartnerState, TieState, SideState, PlaceFields) for f in fields_of(record)}
    known = {*PARAMETERS, *fields, *(m.code for m in Measure)}
    for name in COMPILED:
        code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", SCRIPTS[name], flags=re.DOTALL | re.MULTILINE)
        assert not known & set(re.findall(r"""["'`](\w+)["'`]""", code)), name
        assert not re.findall(r"(?<![\w.])0?\.\d+", code), name


def test_the_page_brings_every_script_that_it_imports() -> None:
    for first in ("pages/stage_file.js", "pages/facilitator.js"):
        found = scripts(first)
        assert {first, "words/english/page.js"} <= set(found)
        imported = {name for script in found.values() for name in re.findall(r'"stage/([\w/]+\.js)";', script)}
        assert imported <= set(found)


def test_what_is_carried_in_is_what_its_authors_published() -> None:
    if not PACKAGES.exists():
        pytest.skip("needs the packages of npm: make lint installs them")
    for path, published in files():
        assert path.read_text(encoding="utf-8") == published, path.name


def test_the_weights_of_what_is_shared_come_from_the_rules() -> None:
    data = page_data(shipped_place())
    assert [r["code"] for r in data["resources"]] == [r.name.lower() for r in Resource]
    for scopes in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.3, 0.7, 0.9)):
        assert sum(r["weight"] * s for r, s in zip(data["resources"], scopes, strict=True)) == breadth(*scopes)
