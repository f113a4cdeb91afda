"""One input as a real tool writes it, and what must come of it: the place that it tells of, or a refusal with its reason and mend."""

from __future__ import annotations

from dataclasses import dataclass, field

HOSPITALS, COUNCIL, SURGERY, NEIGHBOURS = "Borset Hospitals NHS Foundation Trust", "Borset Council", "Elm Surgery", "Kind Neighbours"
KINDS = {HOSPITALS: "trust", COUNCIL: "council", SURGERY: "gp", NEIGHBOURS: "voluntary"}
INCOMES = {HOSPITALS: 1526.6, COUNCIL: 160.0, SURGERY: 7.5, NEIGHBOURS: 0.4}
PEOPLE = {(HOSPITALS, COUNCIL): 250_000.0, (SURGERY, HOSPITALS): 30_000.0, (COUNCIL, SURGERY): 44_000.0,
          (NEIGHBOURS, COUNCIL): 800.0}
UNKNOWN = None
Pair = frozenset[str]


def pair(one: str, other: str) -> Pair:
    return frozenset((one, other))


@dataclass(frozen=True)
class Case:
    """Files and answers, and what they must become. By default the four partners and four ties of Borset, whole."""

    name: str
    files: dict[str, bytes]
    maps: tuple[str, ...] = ()
    options: dict[str, object] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    """Sentences that the report must hold."""
    kinds: dict[str, str] = field(default_factory=lambda: KINDS)
    incomes: dict[str, float] | None = field(default_factory=lambda: INCOMES)
    """Of each partner, in £m; None where the files say nothing of income."""
    people: dict[tuple[str, str], float | None] = field(default_factory=lambda: dict(PEOPLE))
    trust: dict[tuple[str, str], float] = field(default_factory=dict)
    """How far the first trusts the second, where that is known."""
    balances: dict[str, float] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    """Sentences of the refusal; empty where the files are read."""


NO_PEOPLE: dict[tuple[str, str], float | None] = dict.fromkeys(PEOPLE)


def text(encoding: str, words: str) -> bytes:
    return words.encode(encoding)
