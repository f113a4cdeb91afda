"""Compacts of every form, held by everyone who may, with results that are felt: the same on both executors and in any lane."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from two_executors import assert_equal, compare, first_difference, lane_of, small_place

from incentive_abm.engine.quarter import play
from incentive_abm.engine.run import Batch, Job
from incentive_abm.kinds import Phase
from incentive_abm.measures import Measure
from incentive_abm.model import IntegrationModel
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import generate_place, shipped_place
from incentive_abm.scenario import Event, EventKind, Scenario, load_scenario
from incentive_abm.state.arrays import LANES
from incentive_abm.state.start import start

FORMS, LEADS = PARAMETERS["compact"].choices[1:], PARAMETERS["compact_lead"].choices
FELT = {"results_felt": 0.5, "refusal": 0.5, "reinvested": 0.5, "routine_inertia": 0.3}
RESTLESS = {"effect": 3.0, "compact_trust": 0.0, "exit_patience": 1, "exit_chance": 0.5, "inclusion": 0.8}
"""Compacts are soon made and soon over."""


def settings(form: str, lead: str = "gp") -> dict[str, Any]:
    return {**FELT, **RESTLESS, "compact": form, "compact_lead": lead, "lead_partner": "council"}


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_and_lead_over_fifteen_years(form: str, lead: str) -> None:
    place = generate_place(5, trusts=2, councils=2, gps=3, voluntary=3)
    model = IntegrationModel(place, seed=5, quarters=60, parameters=settings(form, lead))
    found = compare(model, 60)
    assert found is None, str(found)
    kept = model.datacollector.get_model_vars_dataframe()
    assert kept[Measure.COMPACTS_BEGUN.code].sum() > 0
    ended = kept[Measure.COMPACTS_ENDED.code].sum()
    assert {"alliance": ended > 0, "lead_provider": True, "mandated": ended == 0}[form]


@pytest.mark.parametrize("form", FORMS)
def test_on_the_shipped_place(form: str) -> None:
    assert_equal(shipped_place(), quarters=8, parameters=settings(form))


@pytest.mark.slow
@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("form", FORMS)
def test_on_the_shipped_place_over_fifteen_years(form: str, lead: str) -> None:
    assert_equal(shipped_place(), quarters=60, seed=7, parameters=settings(form, lead))


def beside_each_other() -> list[Scenario]:
    """Sixteen scenarios, every other one without compacts, the rest of all forms and leads."""
    today = load_scenario("today")
    pairs = [(form, lead) for form in FORMS for lead in LEADS]
    return [today.with_overrides(settings(*pairs[(k * 5) % len(pairs)]) if k % 2 else {"compact": "none"}) for k in range(LANES)]


def test_a_run_in_lanes_is_the_run_alone_whatever_compacts_its_neighbours_have() -> None:
    place, scenarios = small_place(), beside_each_other()
    many = start(place, scenarios, list(range(LANES)))
    alone = [start(place, [scenario], [seed]) for seed, scenario in enumerate(scenarios)]
    for quarter in range(24):
        for phase in Phase:
            play(phase, many, quarter)
            for lane, one in enumerate(alone):
                play(phase, one, quarter)
                found = first_difference(lane_of(many, lane), one, place, quarter, phase)
                assert found is None, f"lane {lane}: {found}"


def test_and_so_are_its_measures_when_ties_are_taken_in_blocks() -> None:
    place, scenarios = shipped_place(), beside_each_other()
    jobs = [Job(scenario, seed) for seed, scenario in enumerate(scenarios)]
    together = Batch.begin(place, jobs).advance(24).measures
    assert together is not None
    allied = together[:, :, Measure.ALLIED].max(axis=1)
    assert (allied[::2] == 0.0).all()
    assert (allied[1::2] > 0.0).any()
    for job, among in zip(jobs, together, strict=True):
        alone = Batch.begin(place, [job]).advance(24).measures
        assert alone is not None
        assert np.array_equal(alone[0], among), job.seed


def test_a_compact_that_is_done_away_with_in_mid_run_ends_alike_on_both() -> None:
    """An event sets contracts of more than two aside, and another brings them back under another holder."""
    base = load_scenario("today").with_overrides(settings("mandated"))
    events = tuple(Event(quarter, EventKind.SET, parameters=((name, value),)) for quarter, name, value in (
        (6, "compact", 0.0), (12, "compact", 2.0), (12, "compact_lead", 1.0), (18, "compact_lead", 0.0)))
    assert_equal(small_place(), Scenario(base.name, base.title, parameters=base.parameters, events=events), quarters=30)
