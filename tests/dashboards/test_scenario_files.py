"""Scenario files on the page: what Python refuses the page refuses in the same words; what either saves the other reads."""

# ruff: noqa: E501

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dashboards.scenario_words import scenario_words
from incentive_abm.errors import UserError
from incentive_abm.given_numbers import MOST_SEED
from incentive_abm.kinds import Background, Kind
from incentive_abm.scenario import Event, EventKind, Scenario, scenario_from_text, shipped_scenarios
from incentive_abm.scenario.as_data import written
from incentive_abm.scenario.posterior import read_posterior, shipped_posteriors, with_row

from .native.plain_scenario import read_scenario

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
SCRIPT = Path(__file__).parent / "static" / "scenario_files.mjs"
NOTES = {"question": "Who carries the overspend?", "decision": "A shared reserve."}


def page(**more: Any) -> dict[str, Any]:
    data = {"presets": [written(each) for each in shipped_scenarios().values()], "largest_seed": str(MOST_SEED)}
    asked = {"reading": scenario_words(), "data": data, **more}
    said = subprocess.run(["node", str(SCRIPT)], input=json.dumps(asked), capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


BAD = (
    "[parameters]\nlistening = 0.5\n", "title = 3\n", "title = 'x'\n[parameters]\nlistenin = 1\n", "title = 'x'\n[parametres]\nlistening = 1\n",
    "title = 'x'\n[parameters]\nlistening = 1.5\nbailout = -2\n", "title = 'x'\n[parameters]\nlistening = 'much'\n",
    "title = 'x'\n[parameters]\nlistening = true\n", "title = 'x'\n[parameters]\nlead_partner = 'trusts'\n",
    "title = 'x'\n[kinds.hospital]\nbailout = 1\n", "title = 'x'\n[kinds.gp]\nmandate = 1\n", "title = 'x'\nparameters = 3\n",
    "title = 'x'\nseed = 3\nsteps = 9\n", "title = 'x'\n[kinds.gp]\nlistenin = 1\n[partners.a]\nlistenin = 1\n[kinds.trust]\nlistenin = 1\n",
    "title = 'x'\n[[events]]\nwhat = 'brake'\nquarter = 3\n", "title = 'x'\n[[events]]\nwhat = 'reversal'\n",
    "title = 'x'\n[[events]]\nwhat = 'reversal'\nquarter = 3.0\n", "title = 'x'\n[[events]]\nquarter = 3\n",
    "title = 'x'\n[[events]]\nwhat = 'reversal'\nquarter = -3\n", "title = 'x'\n[[events]]\nwhat = 'set'\nquarter = 3\n",
    "title = 'x'\n[[events]]\nwhat = 'set'\nquarter = 3\nparameters = { pilots = 1 }\n",
    "title = 'x'\n[[events]]\nwhat = 'set'\nquarter = 3\nkind = 'gp'\nparameters = { mandate = 1 }\n",
    "title = 'x'\n[[events]]\nwhat = 'set'\nquarter = 3\nkind = 'gp'\npartner = 'a'\nparameters = { bailout = 1 }\n",
    "title = 'x'\n[[events]]\nwhat = 'leader'\nquarter = 3\n", "title = 'x'\n[[events]]\nwhat = 'leader'\nquarter = 3\nkind = 'gp'\nskill = 0.5\n",
    "title = 'x'\n[[events]]\nwhat = 'leader'\nquarter = 3\nkind = 'gp'\nbackground = 'integrator'\nskill = 2\n",
    "title = 'x'\n[[events]]\nwhat = 'break'\nquarter = 3\na = 'one'\n", "title = 'x'\n[[events]]\nwhat = 'break'\nquarter = 3\na = 'o'\nb = 'o'\n",
    "title = 'x'\n[[events]]\nwhat = 'break'\nquarter = 3\nbetween = ['gp']\n",
    "title = 'x'\n[[events]]\nwhat = 'broker'\nquarter = 3\nbetween = ['gp', 'trust']\n",
    "title = 'x'\n[[events]]\nwhat = 'broker'\nquarter = 3\na = 'x'\nbetween = ['gp', 'trust']\nscope = 1\n",
    "title = 'x'\n[[events]]\nwhat = 'reversal'\nquarter = 3\nscope = 1\ntick = 4\n", "title = 'x'\nevents = 3\n",
    "title = 'x'\nabout = ['a']\n" + "".join(f"[[events]]\nquarter = {n}\nwhat = 'reversal'\nscope = 'x{n}'\n" for n in range(25)),
    "title = 'x'\n" + "".join(f"[[events]]\nquarter = {n}\nwhat = 'reversal'\ntick = {n}\n" for n in range(9)),
)


def test_what_is_wrong_with_a_file_is_told_in_pythons_words() -> None:
    for content, found in zip(BAD, page(open=BAD)["opened"], strict=True):
        with pytest.raises(UserError) as refused:
            scenario_from_text(content, "own.toml")
        assert found.get("trouble") == str(refused.value), content


@pytest.mark.parametrize(("content", "told"), [
    ("nonsense", "own.toml: not valid TOML: "), ("a = 1\na = 2", "own.toml: not valid TOML: "),
    ("#: {\ntitle = 'x'\n", "the line after #: is damaged"), ("#: {\"seed\": -1, \"notes\": {}}\ntitle = 'x'\n", "is damaged"),
    (f"#: {{\"seed\": {2**53}, \"notes\": {{}}}}\ntitle = 'x'\n", "is damaged"),
    (f"#: {{\"seed\": \"{2**63}\", \"notes\": {{}}}}\ntitle = 'x'\n", "is damaged"),
    ("title = 'x'\nextends = '/etc/passwd'\n", "extends is '/etc/passwd'; expected one of today, "),
])
def test_what_only_the_page_can_say_is_one_message(content: str, told: str) -> None:
    assert told in page(open=[content])["opened"][0]["trouble"]


EVERYTHING = Scenario("all", 'All "kinds" of\nthings \x7f', about="Ärger", parameters=(("listening", 0.1), ("lead_partner", 1.0), ("bailout", 1.0)),
                      kinds=((Kind.COUNCIL, (("listening", 1e-7),)),), partners=(("minster-gate", (("listening", 1 / 3),)),), events=(
    Event(3, EventKind.SET, "Später", parameters=(("listening", 0.9), ("reversal_chance", 0.25))),
    Event(5, EventKind.SET, parameters=(("payment_reform", 0.9),), kind=Kind.TRUST),
    Event(8, EventKind.LEADER, partner="minster-gate", background=Background.INTEGRATOR, skill=1.0),
    Event(12, EventKind.REVERSAL), Event(20, EventKind.BROKER, between=(Kind.TRUST, Kind.GP), scope=0.6),
    Event(30, EventKind.BREAK, a="minster-gate", b="oak")))


@pytest.mark.parametrize("seed", [7, 2**53 - 1, str(2**53), str(MOST_SEED)])
def test_what_the_page_saves_the_command_line_reads_and_the_other_way_round(seed: int | str) -> None:
    known = read_posterior(shipped_posteriors().find("published-patterns")).row(2)
    scenarios = [*shipped_scenarios().values(), EVERYTHING, with_row(shipped_scenarios()["ten-lessons"], known)]
    found = page(open=[each.to_toml() for each in scenarios],
                 save=[{"scenario": written(each), "seed": seed, "notes": NOTES} for each in scenarios])
    for scenario, opened, saved in zip(scenarios, found["opened"], found["saved"], strict=True):
        assert read_scenario(opened["scenario"]).hash == scenario.hash
        assert {**opened["scenario"], "preset": scenario.name} == written(scenario)
        again = scenario_from_text(saved, scenario.name)
        assert again == scenario
    again = page(open=found["saved"])["opened"]
    assert [(each["scenario"], each["seed"], each["notes"]) for each in again] == [
        (written(each), seed, NOTES) for each in scenarios]


def test_a_file_that_extends_a_preset_opens_as_python_reads_it() -> None:
    texts = [f"title = 'Mine'\nextends = '{name}'\n[parameters]\nbailout = 0.3\nlistening = 0.4\n[kinds.gp]\nlistening = 0.2\n"
             f"[[events]]\nquarter = 2\nwhat = 'reversal'\n" for name in shipped_scenarios()]
    for content, opened in zip(texts, page(open=texts)["opened"], strict=True):
        assert read_scenario(opened["scenario"]).hash == scenario_from_text(content, "mine").hash
