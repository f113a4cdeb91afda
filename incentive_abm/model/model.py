"""The model as an ordinary Mesa model: a quarter in nine phases, partners as agents, measures in a DataCollector."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from incentive_abm.agents import GP, Council, Partner, Trust, Voluntary, hold_talks
from incentive_abm.chance import Stream
from incentive_abm.errors import UserError
from incentive_abm.happenings import apply_events
from incentive_abm.kinds import Background, Kind, Phase
from incentive_abm.measures import N_MEASURE, Measure, measure
from incentive_abm.model.board import put_to_the_board
from incentive_abm.model.exchange import export, people, read, surroundings
from incentive_abm.parameters import Setting
from incentive_abm.place import Place, shipped_place
from incentive_abm.rules import appraisal, politics
from incentive_abm.scenario import Scenario, load_scenario
from incentive_abm.state import Arrays, start

PARTNER_CLASSES: Mapping[Kind, type[Partner]] = {
    Kind.TRUST: Trust, Kind.COUNCIL: Council, Kind.GP: GP, Kind.VOLUNTARY: Voluntary,
}


class IntegrationModel(mesa.Model):  # type: ignore[misc]  # Mesa declares no types
    """One run of one place under one scenario, partner by partner and tie by tie.

    place: the shipped one where none is given. scenario: a name, a file or a Scenario. parameters: values for everyone, by
    name, over the scenario's. partner_classes: your own class for a kind. seed: a whole number, 0 or more.
    Runs for `quarters` steps; `datacollector` then holds one row of measures a quarter. Raises UserError for bad input.

    `partners` and `ties` stand in the place's order; the order in which agents act never matters.
    """

    running: bool

    def __init__(self, place: Place | None = None, scenario: str | Scenario = "today", seed: int | None = 1,
                 quarters: int = 60, parameters: Mapping[str, Setting] | None = None,
                 partner_classes: Mapping[Kind, type[Partner]] | None = None) -> None:
        checked = _checked_seed(seed)
        super().__init__(rng=checked)
        if quarters < 1:
            raise UserError(f"quarters is {quarters}; expected 1 or more")
        self.place = place if place is not None else shipped_place()
        named = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
        self.chosen_scenario = named.with_overrides(parameters or {})
        self.quarters = quarters
        self.events = self.chosen_scenario.bound_events(self.place)
        self._beginning = start(self.place, [self.chosen_scenario], [checked])
        self.place_state = surroundings(self._beginning)
        self.settings = self.place_state.settings
        self.partners, self.ties = people(self, self.place, self._beginning, self.place_state,
                                          {**PARTNER_CLASSES, **(partner_classes or {})})
        read(self._beginning, self.place_state, self.partners, self.ties)
        self.measures: NDArray[np.float64] = np.zeros(N_MEASURE)
        self.datacollector = mesa.DataCollector(
            model_reporters={m.code: partial(_reported, number=int(m)) for m in Measure})

    @property
    def quarter(self) -> int:
        """The quarter under way, or the next to be played; counted from 0."""
        return self.place_state.quarter

    def step(self) -> None:
        """One quarter: nine phases. Within each, all read what held when it began."""
        self.begin_quarter()
        self.national()
        self.leadership()
        self.pressures()
        self.appraisal()
        self.negotiation()
        self.commitment()
        self.delivery()
        self.learning()
        self.accounts()
        self.end_quarter()

    def begin_quarter(self) -> None:
        """The scenario's events of this quarter happen."""
        due = [event for event in self.events if event.quarter == self.quarter]
        if due:
            arrays = self.arrays()
            apply_events(arrays, 0, due)
            read(arrays, self.place_state, self.partners, self.ties)

    def national(self) -> None:
        """Phase 1. Election, reversal or reorganisation, directives; at the year's end settlement and bail-outs."""
        self._politics()
        place, depth = self.place_state, self.settings.reversal_depth
        struck = politics.struck(place.reversal, place.reorganisation)
        kept, close = politics.undone(struck, depth), politics.estranged(struck, depth)
        for tie in self.ties:
            tie.undo(kept, close)
        year_end = 1.0 if self.quarter % 4 == 3 else 0.0
        for partner in self.partners:
            partner.close_quarter(year_end)
        for tie in self.ties:
            tie.tell_of_bailouts()
        for partner in self.partners:
            partner.remember_bailouts()

    def leadership(self) -> None:
        """Phase 2. Departures, successions, handover; the other side of each tie keeps part of what it knew."""
        for partner in self.partners:
            partner.change_leader()
        for tie in self.ties:
            for side in tie.sides:
                if side.other.new_leader == 1.0:
                    side.partner.meet_new_leader(side)

    def pressures(self) -> None:
        """Phase 3. Priority shocks arrive and fade; faced jointly they are carried, alone they cost the others, and trust."""
        for partner in self.partners:
            partner.meet_shock()
        for tie in self.ties:
            tie.carry_shocks()
        for partner in self.partners:
            partner.feel_pressure()

    def appraisal(self) -> None:
        """Phase 4. Each side of each tie works out what sharing would mean to it, given its values."""
        for tie in self.ties:
            tie.compare()
            for side in tie.sides:
                side.partner.appraise(side)

    def negotiation(self) -> None:
        """Phase 5. Offers and counter-offers until agreement or until the quarter's meetings run out."""
        for tie in self.ties:
            hold_talks(tie)

    def commitment(self) -> None:
        """Phase 6. The board ratifies; partners may walk away; scopes move toward what was agreed or imposed."""
        for partner in self.partners:
            partner.vote = 0.0
        for tie in self.ties:
            for side in tie.sides:
                side.partner.weigh_deal(side)
        put_to_the_board(self.partners, self.place_state)
        for tie in self.ties:
            tie.take_up()

    def delivery(self) -> None:
        """Phase 7. Each side keeps its promise or not; outcomes for the people served follow."""
        for tie in self.ties:
            tie.deliver()

    def learning(self) -> None:
        """Phase 8. Trust, identity, information, stereotypes, values, ownership, skill, public opposition."""
        for partner in self.partners:
            partner.forget_pulls()
        for tie in self.ties:
            tie.pass_on()
        for tie in self.ties:
            tie.learn()
        for partner in self.partners:
            partner.learn()
        self._public_opinion()

    def accounts(self) -> None:
        """Phase 9. Pools are paid into and spent, savings and stranded costs fall where they fall, balances are struck."""
        for partner in self.partners:
            partner.flow = 0.0
        for tie in self.ties:
            tie.settle()
        for partner in self.partners:
            partner.strike_balance()

    def end_quarter(self) -> None:
        """The quarter is measured; at the horizon the run ends."""
        measure(self.arrays(), self.measures)
        self.datacollector.collect(self)
        self.place_state.quarter += 1
        self.running = self.running and self.quarter < self.quarters

    def play(self, phase: Phase) -> None:
        """One phase alone, as `step` plays them in order: for looking at what each does."""
        getattr(self, phase.name.lower())()

    def arrays(self) -> Arrays:
        """The state now, in the layout of `state.Arrays` with one lane: for measures, storage and comparison."""
        return export(self._beginning, self.place_state, self.partners, self.ties)

    def lead_partner(self) -> Partner | None:
        """The partner that leads the place, or None: the largest of the kind set by `lead_partner`."""
        kind = int(self.settings.lead_partner) - 1
        index = int(self._beginning.lead[kind]) if kind >= 0 else -1
        return self.partners[index] if index >= 0 else None

    def register_agent(self, agent: Any) -> None:
        """As in Mesa; where Mesa 3.3 would keep every model of a session alive by its ids, the ids are kept here."""
        super().register_agent(agent)
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)
            agent.unique_id = len(self.agents)

    def _politics(self) -> None:
        place, settings = self.place_state, self.settings
        best = 0.0
        for partner in self.partners:
            skill = partner.skill * partner.connected
            best = skill if skill > best else best
        place.best_skill = best
        lead = self.lead_partner()
        led = 1.0 if lead is not None else 0.0
        place.lead_skill = lead.skill if lead is not None else 0.0
        place.lead_hospital = 1.0 if lead is not None and lead.background == Background.HOSPITAL else 0.0
        place.quarters_to_election = politics.quarters_to_election(float(self.quarter), settings.election_phase)
        turned = politics.policy_reversed(place.quarters_to_election, place.chance(Stream.REVERSAL, 0),
                                          settings.reversal_chance)
        shaken = politics.reorganised(place.chance(Stream.REORGANISATION, 0), settings.reorganisation_rate)
        forced, place.forced = place.forced, 0.0
        place.reversal = 1.0 if forced == 1.0 else turned
        place.reorganisation = 1.0 if forced == 2.0 else shaken
        place.clarity = appraisal.clear_decisions(settings.decision_clarity, settings.directives, place.lead_skill, led)

    def _public_opinion(self) -> None:
        place, settings = self.place_state, self.settings
        moved = everything = 0.0
        for tie in self.ties:
            weight = tie.weight * tie.with_trust
            everything += weight
            moved += weight * tie.scope_money
        place.moved_out = politics.moved_share(moved, everything)
        place.opposition = politics.opposition_after(place.opposition, place.opposition_start, place.moved_out,
                                                     settings.opposition_gain, settings.public_engagement)


def _checked_seed(seed: int | None) -> int:
    if seed is None:
        raise UserError("seed is missing: from Mesa 3.5 on, batch_run takes seeds as rng=[1, 2, 3] and overwrites a seed "
                        "among its parameters")
    if isinstance(seed, bool) or seed != int(seed) or not 0 <= seed < 2**63:
        raise UserError(f"seed is {seed!r}; expected a whole number from 0 to 2^63 − 1")
    return int(seed)


def _reported(model: IntegrationModel, number: int) -> float:
    return float(model.measures[number])
