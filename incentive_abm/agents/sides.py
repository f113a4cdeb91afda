"""One partner's side of a tie: its belief in the other, its appraisal, its promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from incentive_abm.rules import trust

if TYPE_CHECKING:
    from incentive_abm.agents.partner import Partner
    from incentive_abm.agents.ties import Tie


@dataclass(slots=True, eq=False)
class Side:
    """One partner's side of a tie, field for field as in `SideField`: belief in the other, appraisal, promise.

    end: 0 for side a, 1 for side b; sign: 1 and −1, for what a pays b; share: its part of the tie's spend;
    part: the tie's part of all its shared spend; key: for addressed chance; across: the other side.
    """

    partner: Partner
    other: Partner
    end: int
    key: int
    share: float
    part: float
    sign: float = field(init=False)
    tie: Tie = field(init=False)
    across: Side = field(init=False)
    alpha: float = 0.0
    beta: float = 0.0
    losing: float = 0.0
    money: float = 0.0
    staff: float = 0.0
    information: float = 0.0
    cost: float = 0.0
    true_cost: float = 0.0
    worth: float = 0.0
    voice: float = 0.0
    relief: float = 0.0
    waiting: float = 0.0
    opposed: float = 0.0
    rosy: float = 0.0
    fallback: float = 0.0
    best: float = 0.0
    concession: float = 0.0
    surplus: float = 0.0
    keep_chance: float = 0.0
    kept: float = 0.0
    blocker: float = 0.0
    shortfall: float = 0.0
    blocker_agrees: float = 0.0

    def __post_init__(self) -> None:
        self.sign = -1.0 if self.end else 1.0

    @property
    def trust(self) -> float:
        """T. Belief that the other keeps its promises, 0..1."""
        mean: float = trust.mean_trust(self.alpha, self.beta)
        return mean

    def __repr__(self) -> str:
        return f"<side of {self.partner.id} toward {self.other.id}>"
