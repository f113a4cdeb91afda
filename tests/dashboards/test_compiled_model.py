"""The compiled model gives what the engine gives, to the last bit: measures, pictures, offers and endings, with events."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboards.drawn_columns import drawn_columns
from dashboards.questions import QUARTERS
from incentive_abm.browser.descriptors import descriptors, place_arrays
from incentive_abm.browser.module import MODULE, TOLD, compiled_module
from incentive_abm.compiling.sources import module_hash
from incentive_abm.engine.run import Batch, Job, Record, Recorded
from incentive_abm.errors import UserError
from incentive_abm.kinds import Background, Kind, Regime
from incentive_abm.place import Place, load_place, shipped_place
from incentive_abm.scenario import Event, EventKind, Scenario, shipped_scenarios
from incentive_abm.scenario.as_data import written
from incentive_abm.state.arrays import Arrays
from incentive_abm.state.start import start

from .native.runs import result_hash

RUNS = Path(__file__).parent / "static" / "compiled_runs.mjs"
LONDON = Path(__file__).parents[3] / "shared" / "data" / "north-east-london"
SEEDS = (1, 2, 2**53 - 1)

with_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


@dataclass(frozen=True)
class Wanted:
    """One run to have from both."""

    place: Place
    scenario: Scenario
    seed: int

    def native(self) -> Recorded:
        return Batch.begin(self.place, [Job(self.scenario, self.seed)]).advance(QUARTERS, Record.EVENTS)


def compiled(runs: Sequence[Wanted], out: Path | None = None) -> list[dict[str, Any]]:
    """What the compiled model says of these runs; their measures, partners and ties are written to `out`, run by run."""
    places = list({wanted.place.hash: wanted.place for wanted in runs}.values())
    known = {place.hash: k for k, place in enumerate(places)}
    asked = {
        "module": str(MODULE), "descriptors": descriptors(), "reads": drawn_columns()["reads"], "out": str(out) if out else None,
        "places": [{"arrays": place_arrays(p), "ends": {"a": p.ties.a.tolist(), "b": p.ties.b.tolist()}} for p in places],
        "runs": [{"place": known[wanted.place.hash], "scenario": written(wanted.scenario), "seed": wanted.seed,
                  "quarters": QUARTERS} for wanted in runs]}
    said = subprocess.run(["node", str(RUNS)], input=json.dumps(asked), capture_output=True, text=True, timeout=500, check=False)
    assert said.returncode == 0, said.stderr
    found: list[dict[str, Any]] = json.loads(said.stdout)["told"]
    return found


def compare(runs: Sequence[Wanted]) -> None:
    """Every measure, picture, offer of the last quarter, and the ending."""
    for wanted, told in zip(runs, compiled(runs), strict=True):
        recorded, name = wanted.native(), f"{wanted.place.title}, {wanted.scenario.name}, world {wanted.seed}"
        assert recorded.logs is not None
        ends = recorded.endings
        assert told["result"] == result_hash(recorded), name
        assert told["offers"] == hashlib.sha256(recorded.logs[0][-1].offers.tobytes()).hexdigest(), name
        assert told["ending"]["regime"] == Regime(int(ends.regime[0])).code, name
        for time, found in told["ending"]["times"].items():
            expected = float(getattr(ends, time)[0])
            assert found == (None if np.isnan(expected) else expected), (name, time)


@with_node
def test_every_scenario_on_the_shipped_place() -> None:
    compare([Wanted(shipped_place(), each, seed) for each in shipped_scenarios().values() for seed in SEEDS])


@with_node
@pytest.mark.slow
@pytest.mark.skipif(not LONDON.exists(), reason="needs the place North East London")
def test_every_scenario_on_north_east_london() -> None:
    place = load_place(LONDON)
    compare([Wanted(place, each, seed) for each in shipped_scenarios().values() for seed in SEEDS])


@with_node
def test_events_of_every_sort_branches_and_narrowed_settings(tmp_path: Path) -> None:
    """A branch from now is a run whose scenario has events from a quarter on; each sort of event."""
    place = shipped_place()
    one, other = (place.partners.ids[int(ends[0])] for ends in (place.ties.a, place.ties.b))
    events = (
        Event(3, EventKind.SET, parameters=(("listening", 0.9), ("bailout", 0.1), ("reversal_chance", 0.9))),
        Event(5, EventKind.SET, parameters=(("payment_reform", 0.9),), kind=Kind.TRUST),
        Event(5, EventKind.SET, parameters=(("payment_reform", 0.2), ("autonomy", 1.0)), partner=one),
        Event(8, EventKind.LEADER, partner=one, background=Background.INTEGRATOR, skill=0.9),
        Event(9, EventKind.LEADER, kind=Kind.GP, background=Background.HOSPITAL, skill=0.2),
        Event(12, EventKind.REVERSAL), Event(14, EventKind.REORGANISATION),
        Event(20, EventKind.BROKER, between=(Kind.TRUST, Kind.GP), scope=0.6),
        Event(21, EventKind.BROKER, a=other, b=one, scope=0.9),
        Event(30, EventKind.BREAK, a=one, b=other), Event(31, EventKind.BREAK, between=(Kind.COUNCIL, Kind.VOLUNTARY)),
        Event(2, EventKind.SET, parameters=(("policy_sustains", 0.3),)))
    scenario = Scenario("all", "All", parameters=(("policy_sustains", 0.5), ("listening", 0.3)),
                        kinds=((Kind.COUNCIL, (("listening", 0.8),)),), partners=((one, (("listening", 0.1),)),), events=events)
    runs = [Wanted(place, scenario, seed) for seed in SEEDS]
    compare(runs)
    compiled(runs[:1], tmp_path / "numbers")
    recorded, left = runs[0].native(), (tmp_path / "numbers").read_bytes()
    for what, ours in (("measures", recorded.measures), ("partners", recorded.partners), ("ties", recorded.ties)):
        assert ours is not None
        theirs, left = np.frombuffer(left[:ours.nbytes], ours.dtype).reshape(ours[0].shape), left[ours.nbytes:]
        assert np.array_equal(ours[0], theirs), f"{what} first differ at {np.argwhere(ours[0] != theirs)[0].tolist()}"
    assert not left


def test_the_module_is_of_these_sources() -> None:
    """`make web` builds it anew where this fails; that it comes out the same is checked by continuous integration."""
    module = compiled_module()
    assert module.sources == module_hash()
    assert module.code.startswith(b"\0asm")


@pytest.mark.parametrize(("harm", "said"), [
    (lambda code, told: (code[:-1], told), "is damaged"),
    (lambda code, told: (code[:100] + b"x" + code[101:], told), "is damaged"),
    (lambda code, told: (code, told.replace('"sources": "', '"sources": "0')), "of other sources"),
    (lambda code, told: (code, told[:20]), "is missing"),
])
def test_a_module_that_is_not_whole_or_of_other_sources_is_refused(
        harm: Any, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = harm(MODULE.read_bytes(), TOLD.read_text(encoding="utf-8"))
    for name, content in (("MODULE", code), ("TOLD", told.encode())):
        (tmp_path / name).write_bytes(content)
        monkeypatch.setattr(f"incentive_abm.browser.module.{name}", tmp_path / name)
    with pytest.raises(UserError, match=said):
        compiled_module()


def test_a_script_learns_every_array_of_a_run_and_its_size() -> None:
    """What the entries take for an array's length is what the engine gives it."""
    place, told = shipped_place(), descriptors()
    arrays = start(place, [Scenario("", "")], [0])
    assert told["arrays"] == [name for name in Arrays._fields if name != "lanes"]
    assert place_arrays(place)["sizes"] == {name: getattr(arrays, name).size for name in told["arrays"]}
    assert set(told["changing"]) <= set(told["arrays"])
