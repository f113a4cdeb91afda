"""The state of a run, field by field: names shared by the Mesa agents and the engine's arrays.

The engine keeps each record as [item][field][lane] in one flat float64 array; the Mesa agents keep the same numbers as
attributes with the same names in lower case. A tie's record is its common fields, then side a's, then side b's.
"""

from __future__ import annotations

from enum import IntEnum


class PartnerField(IntEnum):
    """One partner's changing state."""

    BALANCE = 0
    EVIDENCE = 1
    TARGETS = 2
    FINANCE = 3
    PERSON = 4
    COMMUNITY = 5
    EQUITY = 6
    ANCHOR_EVIDENCE = 7
    ANCHOR_TARGETS = 8
    ANCHOR_FINANCE = 9
    ANCHOR_PERSON = 10
    ANCHOR_COMMUNITY = 11
    ANCHOR_EQUITY = 12
    SKILL = 13
    BACKGROUND = 14
    TENURE = 15
    OWNERSHIP = 16
    PRESSURE = 17
    BAILOUTS_SEEN = 18
    DEFICITS_SEEN = 19
    TEACHING = 20
    PRACTICE = 21
    TABLE_DRAW = 22
    STRESS = 23
    SHOCK = 24
    IN_DEFICIT = 25
    BAILED_OUT = 26
    NEW_LEADER = 27
    VOTE = 28
    FLOW = 29
    PULL_EVIDENCE = 30
    PULL_TARGETS = 31
    PULL_FINANCE = 32
    PULL_PERSON = 33
    PULL_COMMUNITY = 34
    PULL_EQUITY = 35
    PULL_SKILL = 36
    PULL_PRACTICE = 37
    JOINT_WORK = 38
    SPILL = 39
    SEEN_BAILOUTS = 40
    SEEN_DEFICITS = 41
    MIXED = 42
    SAY = 43


class TieField(IntEnum):
    """What both sides of a tie have in common."""

    IDENTITY = 0
    INFORMATION = 1
    STEREOTYPE = 2
    SCOPE_MONEY = 3
    SCOPE_STAFF = 4
    SCOPE_INFORMATION = 5
    AGREED_MONEY = 6
    AGREED_STAFF = 7
    AGREED_INFORMATION = 8
    PAYMENT = 9
    AGE = 10
    SCAR = 11
    POOL = 12
    IDENTITY_START = 13
    STEREOTYPE_START = 14
    DISTANCE = 15
    QUALITY = 16
    TALK = 17
    ROUNDS = 18
    FIRST = 19
    PACKAGE = 20
    NASH_GAP = 21
    WALKED_OUT = 22
    JOINT_QUALITY = 23
    DELIVERED = 24
    EXPECTED = 25
    OUTCOME = 26
    BLOCKER = 27
    SHORTFALL = 28
    BLOCKER_AGREES = 29
    MEETINGS = 30
    OFFER_MONEY = 31
    OFFER_STAFF = 32
    OFFER_INFORMATION = 33
    OFFER_PAYMENT = 34
    MOVED = 35


class SideField(IntEnum):
    """What one side of a tie holds: its belief in the other, its appraisal, its promise."""

    ALPHA = 0
    BETA = 1
    LOSING = 2
    MONEY = 3
    STAFF = 4
    INFORMATION = 5
    COST = 6
    TRUE_COST = 7
    WORTH = 8
    VOICE = 9
    RELIEF = 10
    WAITING = 11
    OPPOSED = 12
    ROSY = 13
    FALLBACK = 14
    BEST = 15
    CONCESSION = 16
    SURPLUS = 17
    KEEP_CHANCE = 18
    KEPT = 19
    BLOCKER = 20
    SHORTFALL = 21
    BLOCKER_AGREES = 22


class PlaceField(IntEnum):
    """The place's own changing state; money fields are £m since the run began."""

    OPPOSITION = 0
    OPPOSITION_START = 1
    QUARTERS_TO_ELECTION = 2
    REVERSAL = 3
    REORGANISATION = 4
    FORCED = 5
    BOARD_SPEED = 6
    YES_SHARE = 7
    BEST_SKILL = 8
    LEAD_SKILL = 9
    LEAD_HOSPITAL = 10
    MOVED_OUT = 11
    CONTRIBUTED = 12
    JOINT_SPENT = 13
    SAVED = 14
    RETURNED = 15
    STRANDED = 16
    EFFORT = 17
    LUCK = 18
    TREND = 19
    SETTLED = 20
    BAILOUTS = 21
    DEADLINE_PAID = 22
    WALK_OUTS = 23
    AGREEMENTS = 24
    CLARITY = 25
    MEETINGS = 26


class PartnerFact(IntEnum):
    """What does not change about a partner within a run, the same in every lane."""

    INCOME = 0
    KIND = 1
    REACH = 2
    WEIGHT = 3
    CONNECTED = 4
    STRANDED = 5
    TREND = 6
    RESCUED = 7
    TRUST = 8
    VOLUNTARY = 9


class TieFact(IntEnum):
    """What does not change about a tie within a run, the same in every lane."""

    SPEND = 0
    WEIGHT = 1
    SHARE_A = 2
    SHARE_B = 3
    PART_OF_A = 4
    PART_OF_B = 5
    CROSSES = 6
    WITH_TRUST = 7
    WIDER = 8
    REACH = 9


N_PARTNER = len(PartnerField)
N_TIE_COMMON = len(TieField)
N_SIDE = len(SideField)
N_TIE = N_TIE_COMMON + 2 * N_SIDE
N_PLACE = len(PlaceField)
N_PARTNER_FACT = len(PartnerFact)
N_TIE_FACT = len(TieFact)
