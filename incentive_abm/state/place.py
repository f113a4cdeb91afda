"""The place's own changing state."""

from __future__ import annotations

from incentive_abm.kinds import Phase
from incentive_abm.state.declared import field


class PlaceFields:
    """What changes about the place as a whole; money is £m since the run began."""

    opposition: float = field("share", "public opposition (0..1)")
    opposition_start: float = field("share", "the opposition that it drifts back to")
    quarters_to_election: float = field("quarters", "until the next election; 0 in its own quarter")
    reversal: float = field("0 or 1", "the policy is reversed this quarter")
    reorganisation: float = field("0 or 1", "the place is reorganised this quarter")
    forced: float = field("number", "what an event forces on the next national phase: 1 reversal, 2 reorganisation")
    board_speed: float = field("factor", "how fast deals are taken up")
    yes_share: float = field("share", "members of the board who voted yes")
    best_skill: float = field("share", "skill of the most able leader in the place")
    lead_skill: float = field("share", "skill of the leader who leads the place; 0 = nobody does")
    lead_hospital: float = field("0 or 1", "a leader with a hospital background leads the place")
    moved_out: float = field("share", "pooled share of what trusts share with others", cleared=Phase.LEARNING)
    reached: float = field("share", "joint work that reaches people", cleared=Phase.LEARNING)
    missed: float = field("share", "what was promised and missed", cleared=Phase.LEARNING)
    contributed: float = field("£m", "paid into pools")
    joint_spent: float = field("£m", "spent from pools")
    saved: float = field("£m", "saved by joint work")
    returned: float = field("£m", "paid back from pools on a walk-out")
    stranded: float = field("£m", "fixed costs left behind")
    put_back: float = field("£m", "savings put back into joint work")
    effort: float = field("£m", "cost of meetings")
    luck: float = field("£m", "surprises in balances")
    trend: float = field("£m", "drift into deficit")
    settled: float = field("£m", "settled with the centre")
    bailouts: float = field("£m", "paid to bail trusts out")
    deadline_paid: float = field("£m", "deadline money paid")
    walk_outs: float = field("count", "walk-outs")
    agreements: float = field("count", "deals begun")
    clarity: float = field("share", "clarity of decisions in force (0..1)")
    meetings: float = field("count", "meetings held")
