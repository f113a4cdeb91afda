"""Phases 5 and 6 as one side lives them: offers and answers, the vote on the board, walking away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incentive_abm.agents.organisation import Organisation
from incentive_abm.chance import Stream
from incentive_abm.rules import appraisal, bargaining, commitment

if TYPE_CHECKING:
    from incentive_abm.agents.sides import Side
    from incentive_abm.agents.talks import Package


class Bargaining(Organisation):
    """How a partner talks, votes and leaves."""

    def at_the_table(self) -> bool:
        """Q1. Whether it takes part in talks and has a seat on the board."""
        return bool(commitment.at_the_table(self.voluntary, self.table_draw, self.place.settings.inclusion) == 1.0)

    def target(self, side: Side, round_number: int) -> float:
        """B3. The least worth it accepts in a round (1..8), given its best package and its fallback."""
        held_out = bargaining.aspiration(bargaining.LOG_PROGRESS[round_number - 1], 1.0 / side.concession)
        worth: float = bargaining.target_worth(side.fallback, side.best, held_out)
        return worth

    def propose(self, side: Side, packages: Sequence[Package], round_number: int) -> Package | None:
        """B3. Among packages that meet its own target, the one best for the other (the first of equals)."""
        target = self.target(side, round_number)
        mine, theirs = side.end, 1 - side.end
        return max((p for p in packages if p.worth[mine] >= target), key=lambda p: p.worth[theirs], default=None)

    def accepts(self, side: Side, package: Package, round_number: int) -> bool:
        """B3. Whether an offer is worth at least its own target."""
        return package.worth[side.end] >= self.target(side, round_number)

    def weigh_deal(self, side: Side) -> None:
        """C4. Add to its vote what it gains by this quarter's deal on a tie, or by what is in force there."""
        tie = side.tie
        worth = appraisal.utility(side.money, side.staff, side.information, side.cost,
                                  tie.offer_money, tie.offer_staff, tie.offer_information)
        self.vote += commitment.stake(1.0 if tie.talk == 1.0 else 0.0, side.part, worth - side.sign * tie.offer_payment,
                                      side.fallback, side.surplus)

    def votes(self) -> bool:
        """C4. Whether it votes on the board for the deals on the table."""
        return bool(commitment.votes_yes(self.vote) == 1.0)

    def walks_away(self, side: Side) -> bool:
        """C3. Whether it leaves a deal by which it has lost for too long."""
        settings = self.place.settings
        drawn = self.place.chance(Stream.WALK_OUT, side.key)
        return bool(commitment.walks_away(side.losing, settings.exit_patience, settings.exit_chance, settings.mandate,
                                          drawn) == 1.0)
