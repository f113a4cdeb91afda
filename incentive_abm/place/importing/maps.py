"""What a person decided beforehand: `kind:Community interest company=voluntary`, `column:Organisation=name`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from incentive_abm.errors import PlaceError, nearest, quoted

LEAVE_OUT, BLANK = "leave-out", "blank"


class What(Enum):
    """What an answer is about, as it stands before the colon."""

    TABLE = "table"
    COLUMN = "column"
    KIND = "kind"
    PARTNER = "partner"
    UNIT = "unit"
    NUMBER = "number"
    VALUE = "value"
    MATRIX = "matrix"

    @property
    def meaning(self) -> str:
        """What stands on both sides of the equals sign."""
        return {
            What.TABLE: "a file or sheet = partners, ties, matrix or leave-out",
            What.COLUMN: "a heading = a column of ours, or leave-out",
            What.KIND: "a word for a kind, or a partner's id or name = trust, council, gp, voluntary or leave-out",
            What.PARTNER: "how a partner is called in a tie = its id or name, or leave-out",
            What.UNIT: "a heading = £m, £000, £, £bn, %, share, 000s, one, or a scale such as 1..5",
            What.NUMBER: "the heading of a column with figures such as 1,234 = thousands or decimal: what the sign is",
            What.VALUE: "a cell = a number, or blank",
            What.MATRIX: "a file or sheet = trust, people, spend_m, identity, information or tie: what its cells say",
        }[self]


def same_words(text: str) -> str:
    """Text as it is compared: in small letters, with single spaces."""
    return " ".join(text.casefold().split())


@dataclass
class Maps:
    """Answers by what they are about; `used` remembers which were needed."""

    answers: dict[tuple[What, str], tuple[str, str]] = field(default_factory=dict)
    used: set[tuple[What, str]] = field(default_factory=set)
    heard: dict[What, dict[str, None]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Maps:
        """Read answers such as `kind:Charity shop=voluntary`; raises PlaceError for one that is no answer, or given twice."""
        maps = cls()
        for text in texts:
            head, colon, rest = text.partition(":")
            given, equals, answer = rest.rpartition("=")
            known = [what.value for what in What]
            if not colon or not equals or not given.strip() or not answer.strip():
                raise PlaceError(f"--map {quoted(text)}: expected WHAT:TEXT=ANSWER, for example kind:\"Charity shop\"=voluntary; "
                                 f"WHAT is one of {', '.join(known)}")
            if head.strip().casefold() not in known:
                raise PlaceError(f"--map {quoted(text)}: {quoted(head)} cannot be mapped{nearest(head, known)}; "
                                 f"expected one of {', '.join(known)}")
            what, given = What(head.strip().casefold()), _bare(given)
            if (what, same_words(given)) in maps.answers:
                raise PlaceError(f"--map gives {what.value} {quoted(given)} twice")
            maps.answers[what, same_words(given)] = (given, _bare(answer))
        return maps

    def take(self, what: What, given: str) -> str | None:
        """The answer to this, if there is one."""
        self.heard.setdefault(what, {})[given] = None
        key = (what, same_words(given))
        if key not in self.answers:
            return None
        self.used.add(key)
        return self.answers[key][1]

    def check_used(self) -> None:
        """Raise PlaceError for an answer to what was never asked: most likely a slip of the pen."""
        for key, (given, _) in self.answers.items():
            if key not in self.used:
                what = key[0]
                raise PlaceError(f"--map {what.value}:{quoted(given)}: the files hold no such {what.value}"
                                 f"{nearest(given, self.heard.get(what, {}))}")


def _bare(text: str) -> str:
    text = text.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
