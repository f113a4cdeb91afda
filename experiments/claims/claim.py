"""What a claim is: a sentence of a text, how it is put to the model, what is expected, and how it could fail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from experiments.claims.outcomes import Outcome

Settings = tuple[tuple[str, float], ...]


class Design(Enum):
    """How a claim is put to the model; the names in lower case are the words of the ledger's files."""

    MAIN = "paired main effect"
    INTERACTION = "2×2 interaction"
    SURFACE = "response surface"
    SURVIVAL = "time to an event"
    SPREAD = "spread over runs"
    NONE = "cannot be tested"


class Shape(Enum):
    """What is asked of a curve over evenly spaced levels, as weights of the levels (from the lowest up)."""

    BEND = (-0.5, 1.0, -0.5)
    S_CURVE = (-0.5, 1.0, 0.0, -1.0, 0.5)

    @property
    def said(self) -> str:
        """What a value above nothing says of the curve."""
        return {Shape.BEND: "the middle lies above the mean of both ends",
                Shape.S_CURVE: "the curve is steep at both ends and flat between; below nothing it is an S"}[self]


class Sign(Enum):
    """Which way the claim expects the contrast to lie."""

    UP = "+"
    DOWN = "-"
    NOTHING = "0"

    @property
    def factor(self) -> float:
        """What turns a contrast so that above nothing is as expected."""
        return -1.0 if self is Sign.DOWN else 1.0


@dataclass(frozen=True)
class Arm:
    """One setting of everything that the claim moves, and its weight in the contrast."""

    settings: Settings
    weight: float


@dataclass(frozen=True)
class Trial:
    """How a claim is tested. above: a spread's value is measured from here; rules: those that the levers are handed to."""

    design: Design
    outcome: Outcome
    sign: Sign
    arms: tuple[Arm, ...]
    rules: tuple[str, ...]
    fails: str
    left_out: str = ""
    contrary: str = ""
    shape: Shape | None = None
    above: float = 0.0

    @property
    def moved(self) -> tuple[str, ...]:
        """Names of the settings that differ between arms."""
        return tuple(name for name, _ in self.arms[0].settings)

    @property
    def smallest(self) -> float:
        """The smallest effect of interest, in the outcome's unit."""
        return self.outcome.smallest


@dataclass(frozen=True)
class Claim:
    """One claim. stands_for, expected: as the texts' reader put them before any run; trial: None where nothing can test it."""

    id: str
    says: str
    stands_for: str
    expected: str
    trial: Trial | None
    why_not: str = ""

    @property
    def design(self) -> Design:
        """How it is put to the model."""
        return Design.NONE if self.trial is None else self.trial.design


@dataclass(frozen=True)
class Source:
    """One of the five texts and its claims."""

    id: str
    title: str
    by: str
    claims: tuple[Claim, ...]
