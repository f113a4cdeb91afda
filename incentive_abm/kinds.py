"""Closed sets of the model, with the plain words that users read for each."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What sort of organisation a partner is."""

    TRUST = 0
    COUNCIL = 1
    GP = 2
    VOLUNTARY = 3

    @property
    def label(self) -> str:
        return ("hospital trust", "council", "GP network", "voluntary provider")[self]

    @property
    def plural(self) -> str:
        return ("hospital trusts", "councils", "GP networks", "voluntary providers")[self]

    @property
    def code(self) -> str:
        """The word used in CSV and TOML files."""
        return self.name.lower()


class Value(IntEnum):
    """What a partner cares about; a partner's six weights sum to 1."""

    EVIDENCE = 0
    TARGETS = 1
    FINANCE = 2
    PERSON = 3
    COMMUNITY = 4
    EQUITY = 5

    @property
    def label(self) -> str:
        return (
            "clinical evidence",
            "meeting targets",
            "balancing the books",
            "care centred on the person",
            "the community's voice",
            "fairness for under-served people",
        )[self]


class Resource(IntEnum):
    """What two partners can agree to share."""

    MONEY = 0
    STAFF = 1
    INFORMATION = 2

    @property
    def label(self) -> str:
        return self.name.lower()


class Background(IntEnum):
    """Where a leader comes from."""

    OWN_SECTOR = 0
    HOSPITAL = 1
    INTEGRATOR = 2

    @property
    def label(self) -> str:
        return ("own sector", "hospital", "has integrated services before")[self]


class Phase(IntEnum):
    """The phases of a quarter, in order."""

    NATIONAL = 0
    LEADERSHIP = 1
    PRESSURES = 2
    APPRAISAL = 3
    NEGOTIATION = 4
    COMMITMENT = 5
    DELIVERY = 6
    LEARNING = 7
    ACCOUNTS = 8


class Protocol(IntEnum):
    """How two partners reach an agreement."""

    ALTERNATING = 0
    NASH = 1


class VotingRule(IntEnum):
    """How the place's board ratifies what pairs of partners have agreed."""

    NONE = 0
    MAJORITY = 1
    UNANIMITY = 2
    SIZE_WEIGHTED = 3
    EQUAL_VOICE = 4


class Talk(IntEnum):
    """How a quarter's talks on one tie ended."""

    NOT_AT_THE_TABLE = 0
    AGREED = 1
    NO_ZONE = 2
    OUT_OF_TIME = 3
    VETOED = 4

    @property
    def label(self) -> str:
        return (
            "one side was not at the table",
            "agreed",
            "no deal would leave both better off",
            "the quarter's meetings ran out",
            "public opposition made it impossible",
        )[self]


class Blocker(IntEnum):
    """What holds a tie back: the largest part of the unwilling side's shortfall."""

    NOTHING = 0
    MONEY = 1
    VALUES = 2
    TRUST = 3
    TARGETS = 4
    WAITING = 5
    BAILOUT = 6
    OPPOSITION = 7
    VOICE = 8
    ROSY_FALLBACK = 9
    PRESSURE = 10
    INFORMATION = 11
    REST_OF_WAY = 12
    TIME = 13

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> str:
        return (
            "nothing",
            "money it would be left without",
            "different values",
            "too little trust",
            "targets from above",
            "waiting for the election",
            "expecting to be bailed out",
            "public opposition",
            "too little say",
            "thinking it manages well alone",
            "other pressures",
            "not knowing enough of each other",
            "the rest of the way not being joined",
            "talks ran out of time",
        )[self]


class Regime(IntEnum):
    """What became of a run; exhaustive and exclusive, tested in this order."""

    INTEGRATED = 0
    COLLAPSED = 1
    BUSY = 2
    NEVER_STARTED = 3
    PROGRESSING = 4
    STALLED = 5

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> str:
        return self.name.lower().replace("_", " ")

    @property
    def meaning(self) -> str:
        return (
            "services work as one, and have for two years",
            "joint work had begun, and fell apart",
            "structures are in place, with little behind them",
            "hardly anything was ever shared",
            "still getting better at the end",
            "talks go on, and little moves",
        )[self]
