"""Phase 3: priority shocks arrive and fade; faced jointly they are carried, alone they cost the others, and trust."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.kinds import Phase
from incentive_abm.rules import appraisal, feedback, politics, trust
from incentive_abm.state.arrays import CLEARED
from incentive_abm.state.kernels import chance, kernel, lanes

SUMS = CLEARED[Phase.PRESSURES]


@kernel()
def meet_shocks(ties: Any, partners: Any, place: Any, quarter: Any) -> None:
    """Shocks, what partners carry of each other's, and the pressure that is left."""
    for partner in partners:
        own = partner.settings
        for lane in lanes:
            partner.shock = politics.shock_of(chance(Stream.SHOCK, partner.key), chance(Stream.SHOCK_SIZE, partner.key),
                                              own.shock_rate, own.shock_size)
        for k in range(SUMS):
            for lane in lanes:
                partner.cleared_pressures[k] = 0.0
    for tie in ties:
        a, b = tie.a, tie.b
        for lane in lanes:
            shared = appraisal.breadth(*tie.scopes)
            joint = tie.settings.joint_resolution
            shock_a, shock_b = a.partner.shock, b.partner.shock
            a.partner.mixed += a.part * shared
            b.partner.mixed += b.part * shared
            a.partner.spill += politics.spilled(shock_b, shared, joint, a.part)
            b.partner.spill += politics.spilled(shock_a, shared, joint, b.part)
            a.beta = trust.evidence_of_acting_alone(a.beta, shock_b, shared, joint)
            b.beta = trust.evidence_of_acting_alone(b.beta, shock_a, shared, joint)
    for partner in partners:
        for lane in lanes:
            own_strain = feedback.strain_of_aspiration(partner.shortfall, place.settings.results_felt)
            partner.pressure = politics.pressure_after(partner.pressure, place.settings.pressure_memory, partner.shock,
                                                       partner.mixed, partner.settings.joint_resolution,
                                                       partner.spill + own_strain)


KERNELS = (meet_shocks,)
