"""Phase 2: departures, successions, handover; the other side of each tie keeps part of what it knew."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.kinds import Kind
from incentive_abm.rules import leadership, practice, trust
from incentive_abm.rules.values import PROFILES
from incentive_abm.state.kernels import chance, kernel, lanes

TRUST_PROFILE = PROFILES[Kind.TRUST]


@kernel()
def change_leaders(ties: Any, partners: Any, place: Any, quarter: Any) -> None:
    """A leader whom an event names, or a successor where one departs; then whoever meets a new leader."""
    for partner in partners:
        own = partner.settings
        for lane in lanes:
            leaves = leadership.departs(chance(Stream.DEPARTURE, partner.key), own.turnover, partner.stress)
            background = leadership.successor_background(chance(Stream.SUCCESSOR, partner.key), own.integrators_appointed,
                                                         own.hospital_background)
            skill = leadership.successor_skill(chance(Stream.SUCCESSOR_SKILL, partner.key), background,
                                               place.start.skill_start)
            named = partner.new_leader == 2.0
            background = partner.background if named else background
            skill = partner.skill if named else skill
            new = 1.0 if named else leaves
            owned = leadership.ownership_under_leader(partner.ownership, own.handover, background)
            pulled = background if new == 1.0 else 0.0
            v1 = leadership.value_under_leader(partner.evidence, TRUST_PROFILE[0], pulled)
            v2 = leadership.value_under_leader(partner.targets, TRUST_PROFILE[1], pulled)
            v3 = leadership.value_under_leader(partner.finance, TRUST_PROFILE[2], pulled)
            v4 = leadership.value_under_leader(partner.person, TRUST_PROFILE[3], pulled)
            v5 = leadership.value_under_leader(partner.community, TRUST_PROFILE[4], pulled)
            v6 = leadership.value_under_leader(partner.equity, TRUST_PROFILE[5], pulled)
            total = v1 + v2 + v3 + v4 + v5 + v6
            partner.evidence = v1 / total
            partner.targets = v2 / total
            partner.finance = v3 / total
            partner.person = v4 / total
            partner.community = v5 / total
            partner.equity = v6 / total
            partner.new_leader = new
            changed = new == 1.0
            old_skill, old_background, old_owned, tenure = partner.skill, partner.background, partner.ownership, partner.tenure
            partner.skill = skill if changed else old_skill
            partner.background = background if changed else old_background
            partner.ownership = owned if changed else old_owned
            partner.tenure = 0.0 if changed else tenure
            practised = partner.practised
            left = practice.practised_under_leader(practised, own.policy_sustains, own.handover)
            partner.practised = left if changed else practised
    for tie in ties:
        for side in tie.sides:
            for lane in lanes:
                changed = side.other.new_leader == 1.0
                handover = side.other.settings.handover
                mean, evidence = place.start.trust_start, place.start.trust_evidence
                alpha, beta = side.alpha, side.beta
                alpha_new = trust.evidence_after_leader(alpha, evidence * mean, handover)
                beta_new = trust.evidence_after_leader(beta, evidence * (1.0 - mean), handover)
                side.alpha = alpha_new if changed else alpha
                side.beta = beta_new if changed else beta


KERNELS = (change_leaders,)
