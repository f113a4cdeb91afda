"""The Mesa model and the compiled engine give the same numbers, bit for bit, after every phase."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from two_executors import EVERYTHING, assert_equal, borsetshire, compare, first_difference, lane_of, small_place

from incentive_abm.agents import Partner, Side, Trust
from incentive_abm.chance import Stream
from incentive_abm.engine.quarter import play, step
from incentive_abm.kinds import Kind, Phase
from incentive_abm.measures import N_MEASURE, Measure
from incentive_abm.measures.kernels import measure
from incentive_abm.model import IntegrationModel
from incentive_abm.place import generate_place, load_place, shipped_place
from incentive_abm.rules import trust
from incentive_abm.scenario import load_scenario, shipped_scenarios
from incentive_abm.state.arrays import LANES
from incentive_abm.state.start import start

REAL = Path(__file__).parents[3] / "shared" / "data"
SCENARIOS = sorted(shipped_scenarios())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_shipped_scenario_on_a_small_place(scenario: str) -> None:
    assert_equal(small_place(), scenario, quarters=60)


@pytest.mark.parametrize("scenario", ["today", "ten-lessons", "declared-from-above", "reversal"])
def test_the_shipped_place(scenario: str) -> None:
    assert_equal(shipped_place(), scenario, quarters=10)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_shipped_scenario_on_the_shipped_place(scenario: str) -> None:
    assert_equal(shipped_place(), scenario, quarters=60, seed=7)


@pytest.mark.parametrize("name", ["north-east-london", "england"])
def test_real_places(name: str) -> None:
    if not (REAL / name).is_dir():
        pytest.skip(f"no real data at ../shared/data/{name}")
    assert_equal(load_place(REAL / name), quarters=3)


@pytest.mark.slow
def test_a_real_place_over_fifteen_years() -> None:
    if not (REAL / "north-east-london").is_dir():
        pytest.skip("no real data at ../shared/data/north-east-london")
    assert_equal(load_place(REAL / "north-east-london"), "ten-lessons", quarters=60)


@pytest.mark.parametrize(("seed", "mix"), [(1, (1, 1, 0, 0)), (2, (2, 0, 3, 0)), (3, (0, 2, 2, 2)), (4, (3, 3, 12, 6))])
def test_generated_places(seed: int, mix: tuple[int, int, int, int]) -> None:
    assert_equal(generate_place(seed, *mix), quarters=20, seed=seed)


def test_four_partners_for_thirty_years(tmp_path: Path) -> None:
    assert_equal(borsetshire(tmp_path), quarters=120, seed=3)


PLACES = [small_place(seed) for seed in range(1, 4)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(parameters=EVERYTHING, seed=st.integers(0, 2**63 - 1), place=st.sampled_from(PLACES))
def test_any_parameters(parameters: dict[str, Any], seed: int, place: Any) -> None:
    assert_equal(place, quarters=6, seed=seed, parameters=parameters)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(parameters=EVERYTHING, seed=st.integers(0, 2**63 - 1), place=st.sampled_from(PLACES))
def test_any_parameters_at_length(parameters: dict[str, Any], seed: int, place: Any) -> None:
    assert_equal(place, quarters=24, seed=seed, parameters=parameters)


def test_a_run_in_lanes_is_the_run_alone() -> None:
    place = small_place()
    scenarios = [load_scenario(SCENARIOS[k % len(SCENARIOS)]) for k in range(LANES)]
    many = start(place, scenarios, list(range(LANES)))
    alone = [start(place, [scenario], [seed]) for seed, scenario in enumerate(scenarios)]
    for quarter in range(20):
        for phase in Phase:
            play(phase, many, quarter)
            for lane, one in enumerate(alone):
                play(phase, one, quarter)
                found = first_difference(lane_of(many, lane), one, place, quarter, phase)
                assert found is None, f"lane {lane}: {found}"


def test_a_quarter_is_its_phases_and_measures_are_shared() -> None:
    place = small_place()
    model = IntegrationModel(place, "ten-lessons", seed=11, quarters=16)
    model.run_model()
    engine, measures = start(place, [load_scenario("ten-lessons")], [11]), np.zeros(N_MEASURE)
    collected = model.datacollector.get_model_vars_dataframe()
    for quarter in range(16):
        step(engine, quarter)
        measure(engine, measures)
        row = collected.iloc[quarter][[m.code for m in Measure]].to_numpy(float)
        assert np.array_equal(row.view(np.uint64), measures.view(np.uint64)), f"quarter {quarter}"
    found = first_difference(model.arrays(), engine, place, 16, "after the last")
    assert found is None, str(found)


class OutOfOrder(IntegrationModel):
    """Settles accounts before learning."""

    def play(self, phase: Phase) -> None:
        swapped = {Phase.LEARNING: Phase.ACCOUNTS, Phase.ACCOUNTS: Phase.LEARNING}
        super().play(swapped.get(phase, phase))


class OtherLuck(Trust):
    """Draws its promises from the stream of walk-outs."""

    def keeps_promise(self, side: Side) -> bool:
        return self.place.chance(Stream.WALK_OUT, side.key) < side.keep_chance


def test_a_swapped_phase_is_caught_and_named() -> None:
    found = compare(OutOfOrder(small_place()), 4)
    assert found is not None
    assert (found.quarter, found.phase) == (0, Phase.LEARNING)


def test_a_changed_draw_is_caught_and_named() -> None:
    found = compare(IntegrationModel(small_place(), partner_classes={Kind.TRUST: OtherLuck}), 8)
    assert found is not None
    assert found.phase is Phase.DELIVERY
    assert found.field in ("a.kept", "b.kept", "delivered", "outcome")
    assert found.id.startswith("tie ")


def test_an_altered_rule_is_caught_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    place, rule = small_place(), trust.evidence_for
    model = IntegrationModel(place)
    assert compare(IntegrationModel(place), 1) is None  # which also sees to it that the engine is compiled
    monkeypatch.setattr(trust, "evidence_for", lambda *given: rule(*given) * (1.0 + 2.0**-52))
    found = compare(model, 4)
    assert found is not None
    assert (found.quarter, found.phase, found.field) == (0, Phase.LEARNING, "a.alpha")
    assert "learning" in str(found)
    assert place.partners.ids[place.ties.a[0]] in found.id


def test_a_mistake_in_one_bit_of_one_partner_is_caught_and_named() -> None:
    model = IntegrationModel(small_place(), quarters=4)
    partner: Partner = model.partners[3]
    partner.ownership = float(np.nextafter(partner.ownership, 1.0))
    found = compare(model, 1)
    assert found is not None
    assert (found.quarter, found.phase, found.field, found.id) == (0, "before the first", "ownership", partner.id)


RUN_BOTH = """
from two_executors import compare, small_place
from incentive_abm.model import IntegrationModel

model = IntegrationModel(small_place())
print(compare(model, 2), model.ties[0].a.alpha.hex())
"""


@pytest.mark.slow
def test_an_edited_rule_is_never_run_stale(tmp_path: Path) -> None:
    """Compile a copy of the package, edit a rule in it, run again: the engine follows the edit as Mesa does."""
    package = Path(trust.__file__).parents[1]
    shutil.copytree(package, tmp_path / "incentive_abm", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parent)]),
                   "INCENTIVE_ABM_CACHE": str(tmp_path / "cache")}

    def run() -> tuple[str, str]:
        done = subprocess.run([sys.executable, "-c", RUN_BOTH], capture_output=True, text=True, check=False,
                              env=environment, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        difference, number = done.stdout.rsplit(maxsplit=1)
        return difference, number

    before = run()
    edited = tmp_path / "incentive_abm" / "rules" / "trust.py"
    source = edited.read_text(encoding="utf-8")
    rule = "return trust_memory * alpha"
    assert source.count(rule) == 1
    edited.write_text(source.replace(rule, "return 0.5 * trust_memory * alpha"), encoding="utf-8")
    after = run()
    assert before[0] == after[0] == "None"
    assert before[1] != after[1]
