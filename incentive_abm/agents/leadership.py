"""Phase 2: departures, successions, handover; the other side of each tie keeps part of what it knew."""

from __future__ import annotations

from typing import Any

from incentive_abm.agents.records import Organisation, PlaceState, Side
from incentive_abm.chance import Stream
from incentive_abm.event_effects import NAMED
from incentive_abm.kinds import Kind
from incentive_abm.rules import leadership, practice, trust, values

TRUST_PROFILE = values.PROFILES[Kind.TRUST]


class Led(Organisation):
    """How a partner changes its leader, and meets a new one across the table."""

    def leader_departs(self) -> bool:
        """L1. Whether the leader leaves this quarter."""
        drawn = self.place.chance(Stream.DEPARTURE, self.key)
        return leadership.departs(drawn, self.settings.turnover, self.stress) == 1.0

    def choose_successor(self) -> tuple[float, float]:
        """L2. Background (a number of `Background`) and skill (0..1) of whoever follows."""
        place, own = self.place, self.settings
        background = leadership.successor_background(place.chance(Stream.SUCCESSOR, self.key), own.integrators_appointed,
                                                     own.hospital_background)
        return background, leadership.successor_skill(place.chance(Stream.SUCCESSOR_SKILL, self.key), background,
                                                      place.start.skill_start)

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
        self.practised = practice.practised_under_leader(self.practised, self.settings.policy_sustains, self.settings.handover)
        self.new_leader = 1.0

    def meet_new_leader(self, side: Side[Any]) -> None:
        """T3. What is left of what it knew of the other side, once that has a new leader."""
        start, handover = self.place.start, side.other.settings.handover
        mean, evidence = start.trust_start, start.trust_evidence
        side.alpha = trust.evidence_after_leader(side.alpha, evidence * mean, handover)
        side.beta = trust.evidence_after_leader(side.beta, evidence * (1.0 - mean), handover)


def play(place: PlaceState) -> None:
    """Leaders change; then whoever shares with a partner meets its new one."""
    for partner in place.partners:
        partner.change_leader()
    for tie in place.ties:
        for side in tie.sides:
            if side.other.new_leader == 1.0:
                side.partner.meet_new_leader(side)
