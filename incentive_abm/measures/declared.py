"""Every measure, declared once: its name, its meaning with unit or range, and where a chart shows it."""

from __future__ import annotations

from enum import Flag, IntEnum, auto

from incentive_abm.kinds import Blocker


class Shown(Flag):
    """Whose charts show a measure over time."""

    TABLES = 0
    REPORT = auto()
    PAGE = auto()


BOTH = Shown.REPORT | Shown.PAGE


def _held_back_by(blocker: Blocker) -> str:
    return f"share of shared spend held back by: {blocker.label}"


class Measure(IntEnum):
    """What is measured at the end of each quarter, numbered in this order."""

    meaning: str
    shown: Shown

    def __new__(cls, meaning: str, shown: Shown = Shown.TABLES) -> Measure:
        """A measure with one line on what it is, with its unit, and where a chart shows it."""
        number = len(cls.__members__)
        measure = int.__new__(cls, number)
        measure._value_ = number
        measure.meaning = meaning
        measure.shown = shown
        return measure

    FORM = "form F: share of shared spend under sharing, Σ weight · breadth of scope (0..1)", BOTH
    INTEGRATION = "integration I: Σ weight · breadth · chance both keep their promise · joint-work quality (0..1)", BOTH
    OUTCOME = "what people get: delivered joint work · solution quality, weighted toward wider determinants", BOTH
    EQUITY = "outcome reaching under-served people over outcome for the rest (1 = equal; 0 while there is none)"
    SEAMLESS = "chance that a journey of three hand-offs meets an integrated tie each time ('my care', 0..1)", BOTH
    POOLED = "money under pooling, £m a year", Shown.PAGE
    POOLED_SHARE = "pooled money as a share of all partners' income (0..1)", Shown.REPORT
    TRUST = "mean belief that the other keeps its promises, weighted by spend (0..1)", BOTH
    ATTENDED = "share of full attention that ties have for talks, mean weighted by spend (0..1)"
    REST_JOINED = "joint work on the rest of the way over a tie, mean weighted by spend (0..1)"
    ALLIED = "share of shared spend that is bound in a compact of more than two (0..1)", Shown.PAGE
    COMPACTS = "compacts of more than two in force (count)"
    COMPACTS_BEGUN = "compacts that began this quarter (count)"
    COMPACTS_ENDED = "compacts that ended this quarter (count)"
    ASPIRATION = "mean joint work that partners think they should have, weighted by shared spend (0..1)"
    ROUTINE = "what is left of old routines, mean over partners weighted by shared spend (0..1)"
    IDENTITY = "mean sense of 'we', weighted by spend (0..1)"
    INFORMATION = "mean knowledge of each other, weighted by spend (0..1)"
    OWNERSHIP = "mean ownership of the joint work over partners, weighted by shared spend (0..1)"
    SKILL = "mean skill in integration of leaders, weighted by shared spend (0..1)"
    STATED_AGREEMENT = "how alike partners say they are: 1 − stated distance, weighted by spend (0..1)"
    SAID = "how well partners say they work together, mean weighted by spend (0..1); integration is what they do"
    DEALS = "ties with a deal in force (count)"
    AGREED = "talks that ended in agreement this quarter (count)"
    NO_ZONE = "talks with no deal that would leave both better off (count)"
    OUT_OF_TIME = "talks that ran out of meetings (count)"
    VETOED = "talks made impossible by public opposition (count)"
    NOT_AT_THE_TABLE = "ties with a side not at the table (count)"
    WALK_OUTS = "ties a side walked away from this quarter (count)"
    BROKEN_PROMISES = "promises broken this quarter on ties with something shared (count)"
    MEETINGS = "meetings held this quarter (count)"
    NASH_GAP = "mean shortfall of this quarter's agreements from the Nash deal (0..1)"
    LARGEST_GROUP = "partners in the largest group joined by integrated ties (count)"
    GROUP_KINDS = "kinds of partner that this group joins (0..4)"
    BALANCE_TRUST = "mean balance of trusts, share of income"
    BALANCE_COUNCIL = "mean balance of councils, share of income"
    BALANCE_GP = "mean balance of GP networks, share of income"
    BALANCE_VOLUNTARY = "mean balance of voluntary providers, share of income"
    OPPOSITION = "public opposition (0..1)"
    NEW_LEADERS = "partners with a new leader this quarter (count)"
    BAILED_OUT = "trusts bailed out this quarter (count)"
    REVERSAL = "1 in a quarter in which the policy is reversed, else 0"
    REORGANISATION = "1 in a quarter in which the place is reorganised, else 0"
    BLOCKER_NOTHING = _held_back_by(Blocker.NOTHING)
    BLOCKER_MONEY = _held_back_by(Blocker.MONEY)
    BLOCKER_VALUES = _held_back_by(Blocker.VALUES)
    BLOCKER_TRUST = _held_back_by(Blocker.TRUST)
    BLOCKER_TARGETS = _held_back_by(Blocker.TARGETS)
    BLOCKER_WAITING = _held_back_by(Blocker.WAITING)
    BLOCKER_BAILOUT = _held_back_by(Blocker.BAILOUT)
    BLOCKER_OPPOSITION = _held_back_by(Blocker.OPPOSITION)
    BLOCKER_VOICE = _held_back_by(Blocker.VOICE)
    BLOCKER_ROSY_FALLBACK = _held_back_by(Blocker.ROSY_FALLBACK)
    BLOCKER_PRESSURE = _held_back_by(Blocker.PRESSURE)
    BLOCKER_INFORMATION = _held_back_by(Blocker.INFORMATION)
    BLOCKER_REST_OF_WAY = _held_back_by(Blocker.REST_OF_WAY)
    BLOCKER_TIME = _held_back_by(Blocker.TIME)
    BLOCKERS_CONFIRMED = "share of blockers that removing one part at a time confirms (0..1)"
    BUSYNESS = "busyness: meetings since the run began for each hundredth of integration I reached (I at least 0.001)"

    @property
    def code(self) -> str:
        """The column name in tables."""
        return self.name.lower()


N_MEASURE = len(Measure)
