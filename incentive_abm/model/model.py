"""The model as an ordinary Mesa model: a quarter in nine phases, partners as agents, measures in a DataCollector."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import partial
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from incentive_abm.agents import GP, Council, Partner, Tie, Trust, Voluntary
from incentive_abm.agents.quarter import PHASES
from incentive_abm.compiling.as_python import reading
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.errors import UserError
from incentive_abm.event_effects import apply_events
from incentive_abm.given_numbers import checked_seed, whole_number
from incentive_abm.kinds import Kind, Phase
from incentive_abm.measures import N_MEASURE, Measure
from incentive_abm.measures.kernels import measure
from incentive_abm.model.exchange import export, people, read, surroundings
from incentive_abm.parameters import Setting
from incentive_abm.place import Place, shipped_place
from incentive_abm.scenario import Scenario, load_scenario
from incentive_abm.state.arrays import Arrays
from incentive_abm.state.start import start

PARTNER_CLASSES: Mapping[Kind, type[Partner]] = {
    Kind.TRUST: Trust, Kind.COUNCIL: Council, Kind.GP: GP, Kind.VOLUNTARY: Voluntary,
}


class _UsualSeed(int):
    """The seed of a model for which none was given."""


USUAL_SEED = _UsualSeed(1)


class IntegrationModel(mesa.Model):  # type: ignore[misc]  # Mesa declares no types
    """One run of one place under one scenario, partner by partner and tie by tie.

    place: the shipped one where none is given. scenario: a name, a file or a Scenario. parameters: values for everyone, by
    name, over the scenario's. partner_classes: your own class for a kind. rules: as `rule_set`
    makes them. seed: a whole number, 0 or more; where none is given
    1, and one more for each further iteration of Mesa's `batch_run`.
    Runs for `quarters` steps; `datacollector` then holds one row of measures a quarter. Raises UserError for bad input.

    >>> from incentive_abm import IntegrationModel, Kind
    >>> model = IntegrationModel(scenario="ten-lessons", seed=1, quarters=2)
    >>> model.run_model()
    >>> len(model.datacollector.get_model_vars_dataframe()), model.partners[0].kind in Kind
    (2, True)

    `partners` and `ties` stand in the place's order; the order in which agents act never matters.
    """

    running: bool

    def __init__(self, place: Place | None = None, scenario: str | Scenario = "today", seed: int | None = USUAL_SEED,
                 quarters: int = 60, parameters: Mapping[str, Setting] | None = None,
                 partner_classes: Mapping[Kind, type[Partner]] | None = None, rules: RuleSet = SHIPPED) -> None:
        checked = _checked_seed(seed)
        super().__init__(rng=checked)
        self.rules = rules
        self.place = place if place is not None else shipped_place()
        named = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
        self.chosen_scenario = named.with_overrides(parameters or {})
        self.quarters = whole_number(quarters, "quarters", 1)
        self.events = self.chosen_scenario.bound_events(self.place)
        self._beginning = start(self.place, [self.chosen_scenario], [checked], rules)
        self.place_state = surroundings(self._beginning)
        self.settings = self.place_state.settings
        people(self, self.place, self._beginning, self.place_state, {**PARTNER_CLASSES, **(partner_classes or {})}, rules)
        read(self._beginning, self.place_state)
        self.measures: NDArray[np.float64] = np.zeros(N_MEASURE)
        self.datacollector = mesa.DataCollector(
            model_reporters={m.code: partial(_reported, number=int(m)) for m in Measure})

    @property
    def quarter(self) -> int:
        """The quarter under way, or the next to be played; counted from 0."""
        return self.place_state.quarter

    @property
    def partners(self) -> list[Partner]:
        """The partners, in the place's order."""
        return self.place_state.partners

    @property
    def ties(self) -> list[Tie[Partner]]:
        """The ties, in the place's order."""
        return self.place_state.ties

    def step(self) -> None:
        """One quarter: the phases in their order. Within each, all read what held when it began."""
        self.begin_quarter()
        for phase in Phase:
            self.play(phase)
        self.end_quarter()

    def play(self, phase: Phase) -> None:
        """One phase, as `step` plays them in order: alone, for looking at what each does."""
        reading(self.rules).function(PHASES[phase])(self.place_state)

    def begin_quarter(self) -> None:
        """The scenario's events of this quarter happen."""
        due = [event for event in self.events if event.quarter == self.quarter]
        if due:
            arrays = self.arrays()
            apply_events(arrays, 0, due, self.rules)
            read(arrays, self.place_state)

    def end_quarter(self) -> None:
        """The quarter is measured; at the horizon the run ends."""
        measure.under(self.rules, self.arrays(), self.measures)
        self.datacollector.collect(self)
        self.place_state.quarter += 1
        self.running = self.running and self.quarter < self.quarters

    def arrays(self) -> Arrays:
        """The state now, in the layout of `state.Arrays` with one lane: for measures, storage and comparison."""
        return export(self._beginning, self.place_state)

    def register_agent(self, agent: Any) -> None:
        """As in Mesa; where Mesa 3.3 would keep every model of a session alive by its ids, the ids are kept here."""
        super().register_agent(agent)
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)
            agent.unique_id = len(self.agents)


def _checked_seed(seed: int | None) -> int:
    if seed is None:
        raise UserError("seed is missing: from Mesa 3.5 on, batch_run takes seeds as rng=[1, 2, 3] and overwrites a seed "
                        "among its parameters")
    return checked_seed(int(seed) + _iteration() if isinstance(seed, _UsualSeed) else seed)


def _iteration() -> int:
    """Which repetition Mesa's `batch_run` is making, 0 where it makes none: it tells the model nothing of it."""
    frame = inspect.currentframe()
    while frame is not None:
        run = frame.f_locals.get("run")
        if frame.f_globals.get("__name__") == "mesa.batchrunner" and isinstance(run, tuple):
            return int(run[1])
        frame = frame.f_back
    return 0


def _reported(model: IntegrationModel, number: int) -> float:
    return float(model.measures[number])
