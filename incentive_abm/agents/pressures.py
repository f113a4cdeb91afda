"""Phase 3: priority shocks arrive and fade; faced jointly they are carried, alone they cost the others, and trust."""

from __future__ import annotations

from incentive_abm.agents.records import Organisation, PlaceState, clear
from incentive_abm.chance import Stream
from incentive_abm.kinds import Phase
from incentive_abm.rules import feedback, politics, trust


class Pressed(Organisation):
    """How other priorities reach a partner."""

    def meet_shock(self) -> None:
        """C5. A sudden priority arrives, or none."""
        place, own = self.place, self.settings
        self.shock = politics.shock_of(place.chance(Stream.SHOCK, self.key), place.chance(Stream.SHOCK_SIZE, self.key),
                                       own.shock_rate, own.shock_size)

    def feel_pressure(self) -> None:
        """C5, E2. Pressure after this quarter's shock, less what partners carry, plus what lone answers and aspiration cost."""
        around = self.place.settings
        own_strain = feedback.strain_of_aspiration(self.shortfall, around.results_felt)
        self.pressure = politics.pressure_after(self.pressure, around.pressure_memory, self.shock, self.mixed,
                                                self.settings.joint_resolution, self.spill + own_strain)


def play(place: PlaceState) -> None:
    """Shocks, what partners carry of each other's, and the pressure that is left."""
    clear(place, Phase.PRESSURES)
    for partner in place.partners:
        partner.meet_shock()
    for tie in place.ties:
        shared, together = tie.breadth, tie.settings.joint_resolution
        for side in tie.sides:
            theirs = side.other.shock
            side.partner.mixed += side.part * shared
            side.partner.spill += politics.spilled(theirs, shared, together, side.part)
            side.beta = trust.evidence_of_acting_alone(side.beta, theirs, shared, together)
    for partner in place.partners:
        partner.feel_pressure()
