"""Phase 2, leadership: departures, successions, and what survives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incentive_abm.agents.organisation import Organisation
from incentive_abm.chance import Stream
from incentive_abm.happenings import NAMED
from incentive_abm.kinds import Kind
from incentive_abm.rules import leadership, trust, values

if TYPE_CHECKING:
    from incentive_abm.agents.sides import Side

TRUST_PROFILE = values.PROFILES[Kind.TRUST]


class Leading(Organisation):
    """How a partner changes its leader, and meets a new one across the table."""

    def leader_departs(self) -> bool:
        """L1. Whether the leader leaves this quarter."""
        drawn = self.place.chance(Stream.DEPARTURE, self.key)
        return bool(leadership.departs(drawn, self.settings.turnover, self.stress) == 1.0)

    def choose_successor(self) -> tuple[float, float]:
        """L2. Background (a number of `Background`) and skill (0..1) of whoever follows."""
        place, settings = self.place, self.settings
        background: float = leadership.successor_background(
            place.chance(Stream.SUCCESSOR, self.key), settings.integrators_appointed, settings.hospital_background)
        skill: float = leadership.successor_skill(
            place.chance(Stream.SUCCESSOR_SKILL, self.key), background, place.start.skill_start)
        return background, skill

    def change_leader(self) -> None:
        """Install a leader whom an event names, or a successor where the leader departs."""
        if self.new_leader == NAMED:
            self.install(self.background, self.skill)
        elif self.leader_departs():
            self.install(*self.choose_successor())
        else:
            self.new_leader = 0.0
            self.enact(*self.values)

    def install(self, background: float, skill: float) -> None:
        """L2. Take a new leader: values may be pulled, ownership is partly lost, tenure begins again."""
        v1, v2, v3, v4, v5, v6 = (leadership.value_under_leader(own, theirs, background)
                                  for own, theirs in zip(self.values, TRUST_PROFILE, strict=True))
        self.enact(v1, v2, v3, v4, v5, v6)
        self.ownership = leadership.ownership_under_leader(self.ownership, self.settings.handover, background)
        self.background = background
        self.skill = skill
        self.tenure = 0.0
        self.new_leader = 1.0

    def meet_new_leader(self, side: Side) -> None:
        """T3. What is left of what it knew of the other side, once that has a new leader."""
        start, handover = self.place.start, side.other.settings.handover
        mean, evidence = start.trust_start, start.trust_evidence
        side.alpha = trust.evidence_after_leader(side.alpha, evidence * mean, handover)
        side.beta = trust.evidence_after_leader(side.beta, evidence * (1.0 - mean), handover)
