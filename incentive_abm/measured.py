"""What is measured at the end of each quarter: names and meanings."""

from __future__ import annotations

from enum import IntEnum

from incentive_abm.kinds import Blocker


class Measure(IntEnum):
    """What is measured at the end of each quarter."""

    FORM = 0
    INTEGRATION = 1
    OUTCOME = 2
    EQUITY = 3
    SEAMLESS = 4
    POOLED = 5
    POOLED_SHARE = 6
    TRUST = 7
    IDENTITY = 8
    INFORMATION = 9
    OWNERSHIP = 10
    SKILL = 11
    STATED_AGREEMENT = 12
    DEALS = 13
    AGREED = 14
    NO_ZONE = 15
    OUT_OF_TIME = 16
    VETOED = 17
    NOT_AT_THE_TABLE = 18
    WALK_OUTS = 19
    BROKEN_PROMISES = 20
    MEETINGS = 21
    NASH_GAP = 22
    LARGEST_GROUP = 23
    GROUP_KINDS = 24
    BALANCE_TRUST = 25
    BALANCE_COUNCIL = 26
    BALANCE_GP = 27
    BALANCE_VOLUNTARY = 28
    OPPOSITION = 29
    NEW_LEADERS = 30
    BAILED_OUT = 31
    REVERSAL = 32
    REORGANISATION = 33
    BLOCKER_NOTHING = 34
    BLOCKER_MONEY = 35
    BLOCKER_VALUES = 36
    BLOCKER_TRUST = 37
    BLOCKER_TARGETS = 38
    BLOCKER_WAITING = 39
    BLOCKER_BAILOUT = 40
    BLOCKER_OPPOSITION = 41
    BLOCKER_VOICE = 42
    BLOCKER_ROSY_FALLBACK = 43
    BLOCKER_PRESSURE = 44
    BLOCKER_INFORMATION = 45
    BLOCKER_TIME = 46
    BLOCKERS_CONFIRMED = 47
    BUSYNESS = 48

    @property
    def code(self) -> str:
        """The column name in tables."""
        return self.name.lower()

    @property
    def meaning(self) -> str:
        """One line on what is measured, with its unit."""
        return MEANINGS[self]


MEANINGS: dict[Measure, str] = {
    Measure.FORM: "form F: share of shared spend under sharing, Σ weight · breadth of scope (0..1)",
    Measure.INTEGRATION: "integration I: Σ weight · breadth · chance both keep their promise · joint-work quality (0..1)",
    Measure.OUTCOME: "what people get: delivered joint work · solution quality, weighted toward wider determinants",
    Measure.EQUITY: "outcome reaching under-served people over outcome for the rest (1 = equal; 0 while there is none)",
    Measure.SEAMLESS: "chance that a journey of three hand-offs meets an integrated tie each time ('my care', 0..1)",
    Measure.POOLED: "money under pooling, £m a year",
    Measure.POOLED_SHARE: "pooled money as a share of all partners' income (0..1)",
    Measure.TRUST: "mean belief that the other keeps its promises, weighted by spend (0..1)",
    Measure.IDENTITY: "mean sense of 'we', weighted by spend (0..1)",
    Measure.INFORMATION: "mean knowledge of each other, weighted by spend (0..1)",
    Measure.OWNERSHIP: "mean ownership of the joint work over partners, weighted by shared spend (0..1)",
    Measure.SKILL: "mean skill in integration of leaders, weighted by shared spend (0..1)",
    Measure.STATED_AGREEMENT: "how alike partners say they are: 1 − stated distance, weighted by spend (0..1)",
    Measure.DEALS: "ties with a deal in force (count)",
    Measure.AGREED: "talks that ended in agreement this quarter (count)",
    Measure.NO_ZONE: "talks with no deal that would leave both better off (count)",
    Measure.OUT_OF_TIME: "talks that ran out of meetings (count)",
    Measure.VETOED: "talks made impossible by public opposition (count)",
    Measure.NOT_AT_THE_TABLE: "ties with a side not at the table (count)",
    Measure.WALK_OUTS: "ties a side walked away from this quarter (count)",
    Measure.BROKEN_PROMISES: "promises broken this quarter on ties with something shared (count)",
    Measure.MEETINGS: "meetings held this quarter (count)",
    Measure.NASH_GAP: "mean shortfall of this quarter's agreements from the Nash deal (0..1)",
    Measure.LARGEST_GROUP: "partners in the largest group joined by integrated ties (count)",
    Measure.GROUP_KINDS: "kinds of partner that this group joins (0..4)",
    Measure.BALANCE_TRUST: "mean balance of trusts, share of income",
    Measure.BALANCE_COUNCIL: "mean balance of councils, share of income",
    Measure.BALANCE_GP: "mean balance of GP networks, share of income",
    Measure.BALANCE_VOLUNTARY: "mean balance of voluntary providers, share of income",
    Measure.OPPOSITION: "public opposition (0..1)",
    Measure.NEW_LEADERS: "partners with a new leader this quarter (count)",
    Measure.BAILED_OUT: "trusts bailed out this quarter (count)",
    Measure.REVERSAL: "1 in a quarter in which the policy is reversed, else 0",
    Measure.REORGANISATION: "1 in a quarter in which the place is reorganised, else 0",
    Measure.BLOCKERS_CONFIRMED: "share of blockers that removing one part at a time confirms (0..1)",
    Measure.BUSYNESS: "busyness: meetings since the run began for each hundredth of integration I reached (I at least 0.001)",
    **{Measure[f"BLOCKER_{b.name}"]: f"share of shared spend held back by: {b.label}" for b in Blocker},
}
N_MEASURE = len(Measure)
