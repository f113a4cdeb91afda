"""What partners and ties have around them: the place's state and settings, the quarter, and addressed chance."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from incentive_abm.chance import Stream, uniform


class Settings(SimpleNamespace):
    """Parameters in force, as plain floats by their names in the table: `settings.bailout`."""


@dataclass(slots=True, eq=False)
class PlaceState:
    """The place's changing state, field for field as in `PlaceField`; money is £m since the run began.

    settings: the place's parameters; start: those that only matter when a run starts; quarter: counted from 0.
    """

    settings: Settings
    start: Settings
    seed: int
    quarter: int = 0
    opposition: float = 0.0
    opposition_start: float = 0.0
    quarters_to_election: float = 0.0
    reversal: float = 0.0
    reorganisation: float = 0.0
    forced: float = 0.0
    board_speed: float = 0.0
    yes_share: float = 0.0
    best_skill: float = 0.0
    lead_skill: float = 0.0
    lead_hospital: float = 0.0
    moved_out: float = 0.0
    contributed: float = 0.0
    joint_spent: float = 0.0
    saved: float = 0.0
    returned: float = 0.0
    stranded: float = 0.0
    effort: float = 0.0
    luck: float = 0.0
    trend: float = 0.0
    settled: float = 0.0
    bailouts: float = 0.0
    deadline_paid: float = 0.0
    walk_outs: float = 0.0
    agreements: float = 0.0
    clarity: float = 0.0
    meetings: float = 0.0

    def chance(self, stream: Stream, ident: int) -> float:
        """This quarter's number in [0, 1) for one use of chance and one partner, tie or side of a tie."""
        number: float = uniform(self.seed, int(stream), self.quarter, ident)
        return number
