"""What a partner is and has; what it decides stands in the files beside this one, theme by theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa

from incentive_abm.kinds import Kind

if TYPE_CHECKING:
    from incentive_abm.agents.place_state import PlaceState, Settings
    from incentive_abm.agents.sides import Side


@dataclass(frozen=True)
class Facts:
    """What does not change about a partner within a run. income in £m a year; the rest as in `PartnerFact`."""

    id: str
    name: str
    kind: Kind
    key: int
    income: float
    reach: float
    weight: float
    connected: float
    stranded: float
    trend: float
    rescued: float
    voluntary: float


class Organisation(mesa.Agent):  # type: ignore[misc]  # Mesa declares no types
    """A partner's state, field for field as in `PartnerField`, its facts, its settings and its sides of its ties."""

    balance: float
    evidence: float
    targets: float
    finance: float
    person: float
    community: float
    equity: float
    anchor_evidence: float
    anchor_targets: float
    anchor_finance: float
    anchor_person: float
    anchor_community: float
    anchor_equity: float
    skill: float
    background: float
    tenure: float
    ownership: float
    pressure: float
    bailouts_seen: float
    deficits_seen: float
    teaching: float
    practice: float
    table_draw: float
    stress: float
    shock: float
    in_deficit: float
    bailed_out: float
    new_leader: float
    vote: float
    flow: float
    pull_evidence: float
    pull_targets: float
    pull_finance: float
    pull_person: float
    pull_community: float
    pull_equity: float
    pull_skill: float
    pull_practice: float
    joint_work: float
    spill: float
    seen_bailouts: float
    seen_deficits: float
    mixed: float
    say: float

    def __init__(self, model: mesa.Model, place: PlaceState, facts: Facts, settings: Settings) -> None:
        super().__init__(model)
        self.place = place
        self.settings = settings
        self.sides: list[Side] = []
        self.id = facts.id
        self.name = facts.name
        self.kind = facts.kind
        self.key = facts.key
        self.income = facts.income
        self.reach = facts.reach
        self.weight = facts.weight
        self.connected = facts.connected
        self.stranded = facts.stranded
        self.trend = facts.trend
        self.rescued = facts.rescued
        self.voluntary = facts.voluntary

    @property
    def values(self) -> tuple[float, float, float, float, float, float]:
        """The six enacted weights, in the order of `Value`; they sum to 1."""
        return self.evidence, self.targets, self.finance, self.person, self.community, self.equity

    @property
    def anchors(self) -> tuple[float, float, float, float, float, float]:
        """The six weights that sector and regulator pull it back to."""
        return (self.anchor_evidence, self.anchor_targets, self.anchor_finance, self.anchor_person,
                self.anchor_community, self.anchor_equity)

    def enact(self, v1: float, v2: float, v3: float, v4: float, v5: float, v6: float) -> None:
        """Take on these six weights, made to sum to 1."""
        total = v1 + v2 + v3 + v4 + v5 + v6
        self.evidence, self.targets, self.finance = v1 / total, v2 / total, v3 / total
        self.person, self.community, self.equity = v4 / total, v5 / total, v6 / total

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"
