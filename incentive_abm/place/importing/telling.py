"""What an import has to say: what was understood, changed and left out, and what a person must decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from incentive_abm.errors import PlaceError, quoted, shortened
from incentive_abm.place.importing.maps import Maps, What

MOST = 20
"""Decisions and mistakes that are told in full; the rest are counted."""


MOST_ASKED = 200
"""Decisions for which the nearest answer is looked for."""


class Section(Enum):
    """The parts of the report, by their headings."""

    READ = "Read"
    UNDERSTOOD = "Understood"
    CHANGED = "Changed"
    LEFT_OUT = "Left out"
    CHECK = "Please check"


@dataclass
class Line:
    """One thing that happened, how often, and where first."""

    section: Section
    sentence: str
    where: str
    count: int = 1

    def text(self) -> str:
        """The sentence with how often and where."""
        if not self.where:
            return self.sentence
        often = "" if self.count == 1 else f"{self.count:,} times, first "
        return f"{self.sentence} ({often}{self.where})"


@dataclass
class Decision:
    """Something that only a person can say: what is asked, the answers there are (the nearest first), where it stands."""

    what: What
    given: str
    question: str
    choices: tuple[str, ...]
    where: str
    free: str = ""
    """What else may be answered in a person's own words; empty where only the choices can."""
    count: int = 1

    @property
    def mend(self) -> str:
        """The option that answers it."""
        return f'--map {self.what.value}:"{self.given}"={self.choices[0] if self.choices else self.free}'

    def text(self) -> str:
        """The question, where it stands and how to answer."""
        often = "" if self.count == 1 else f" ({self.count:,} times)"
        more = [*self.choices[1:], *([self.free] if self.free and self.choices else [])]
        others = f" (or {', '.join(more)})" if more else ""
        end = " Answer" if self.question.endswith("?") else "; answer"
        return f"{self.where}{often}: {self.question}{end} with {self.mend}{others}"


@dataclass
class Fault:
    """Something that must be mended in the file itself."""

    sentence: str
    where: str
    count: int = 1

    def text(self) -> str:
        """The sentence and where."""
        often = "" if self.count == 1 else f" and {self.count - 1:,} more of the kind"
        return f"{self.where}{often}: {self.sentence}"


class ImportRefused(PlaceError):
    """Nothing was imported: what must be decided or mended is in `decisions` and `faults`, and told all at once."""

    def __init__(self, decisions: tuple[Decision, ...], faults: tuple[Fault, ...]) -> None:
        self.decisions, self.faults = decisions, faults
        lines = [*(fault.text() for fault in faults), *(decision.text() for decision in decisions)]
        head = []
        if faults:
            head.append(f"{len(faults)} thing{'s' * (len(faults) > 1)} must be mended")
        if decisions:
            head.append(f"{len(decisions)} thing{'s' * (len(decisions) > 1)} must be decided")
        super().__init__("")
        # The list is bounded by its lines: what is cut must be counted, never cut in the middle.
        shown = [shortened(line, 400) for line in lines[:MOST]]
        more = [f"  … and {len(lines) - MOST:,} more"] if len(lines) > MOST else []
        self.args = ("\n".join([f"nothing was imported; {' and '.join(head)}:", *(f"  {line}" for line in shown), *more]),)


@dataclass
class Telling:
    """Everything that is said during one import, each thing once, in the order in which it was met."""

    maps: Maps
    lines: dict[tuple[Section, str], Line] = field(default_factory=dict)
    asked: dict[tuple[What, str], Decision] = field(default_factory=dict)
    wrong: dict[str, Fault] = field(default_factory=dict)

    def tell(self, section: Section, sentence: str, where: str = "") -> None:
        """Say it, or count it once more."""
        line = self.lines.get((section, sentence))
        if line is None:
            self.lines[section, sentence] = Line(section, sentence, where)
        else:
            line.count += 1

    def fault(self, sentence: str, where: str) -> None:
        """Something to be mended in the file."""
        if sentence in self.wrong:
            self.wrong[sentence].count += 1
        else:
            self.wrong[sentence] = Fault(sentence, where)

    def crowded(self, what: What, given: str) -> bool:
        """Whether a nearest answer need not be looked for: it is known already, or beyond what anybody reads."""
        return (what, given) in self.asked or len(self.asked) >= MOST_ASKED

    def ask(self, what: What, given: str, question: str, choices: tuple[str, ...], where: str, free: str = "") -> None:
        """Something to be decided."""
        if (what, given) in self.asked:
            self.asked[what, given].count += 1
        else:
            self.asked[what, given] = Decision(what, given, question, choices, where, free)

    def answer(self, what: What, given: str, where: str = "") -> str | None:
        """What a person said about this, told in the report; None where nothing was said."""
        found = self.maps.take(what, given)
        if found is not None:
            self.tell(Section.UNDERSTOOD, f"{what.value} {quoted(given)} is taken as {found}, as you said", where)
        return found

    def refuse(self) -> None:
        """Raise ImportRefused if anything is open."""
        if self.wrong or self.asked:
            raise ImportRefused(tuple(self.asked.values()), tuple(self.wrong.values()))
