"""Cells as figures: thousands and decimal signs, money, percentages, holes. What can be read in two ways is never read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from incentive_abm.place.importing.kind_words import plain
from incentive_abm.place.importing.table import Cell, text_of

BLANKS = frozenset({
    "", "n/a", "na", "n.a.", "n.a", "#n/a", "n\\a", "*", "**", "-", "--", "–", "—", "−", ".", "..", "...", ":", "x", "?",
    "#ref!",
    "#value!",
    "#div/0!", "#name?", "#null!", "#num!", "#error!", "#spill!", "null", "none", "nan", "unknown", "not known", "tbc", "tbd",
    "not available", "not applicable", "no data", "missing", "suppressed", "[c]", "[x]", "[z]", "c", "to be confirmed", "(blank)",
    "<na>",
    "undisclosed", "not stated", "n/k", "nk", "not recorded", "d/k", "don't know",
})
"""What says that nothing is known."""
WORDS_TOO = frozenset({"c", "x", "na", "none", ":", "?", "missing", "suppressed", "unknown"})
"""Of these, what may as well be somebody's code or name: a hole among figures, a word among words."""
ERRORS = frozenset(word for word in BLANKS if word.startswith("#") and word != "#n/a")
_SPACE = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
_FIGURE = re.compile(r"[+-]?[\d.,]*\d[\d.,]*([eE][+-]?\d+)?", re.ASCII)
_MULTIPLES = {"bn": 1e9, "b": 1e9, "billion": 1e9, "m": 1e6, "mn": 1e6, "mln": 1e6, "mil": 1e6, "million": 1e6, "millions": 1e6,
              "k": 1e3,
              "000": 1e3, "000s": 1e3, "thousand": 1e3, "thousands": 1e3, "s": 1.0}
_CELL = re.compile(r"(?P<money>£|gbp)?(?P<figure>[+-]?(?:£)?[\d.,]+(?:[eE][+-]?\d+)?)"
                   r"(?P<multiple>bn|billion|mn|mln|million|millions|m|k|thousand|thousands)?(?P<gbp>£|gbp)?(?P<percent>%)?",
                   re.IGNORECASE)
LIKERT = {
    "not at all": 0.0, "none at all": 0.0, "never": 0.0, "strongly disagree": 0.0, "very low": 0.0, "no trust": 0.0,
    "a little": 0.25, "slightly": 0.25, "rarely": 0.25, "disagree": 0.25, "low": 0.25, "not much": 0.25, "a little trust": 0.25,
    "somewhat": 0.5, "moderately": 0.5, "sometimes": 0.5, "neutral": 0.5, "neither agree nor disagree": 0.5, "medium": 0.5,
    "moderate": 0.5,
    "a moderate amount": 0.5, "some trust": 0.5,
    "quite a lot": 0.75, "mostly": 0.75, "often": 0.75, "agree": 0.75, "high": 0.75, "a lot": 0.75, "very much": 0.75,
    "a lot of trust": 0.75,
    "completely": 1.0, "a great deal": 1.0, "always": 1.0, "strongly agree": 1.0, "very high": 1.0, "fully": 1.0,
    "extremely": 1.0,
    "complete trust": 1.0, "full trust": 1.0,
}
"""Words of scales with five steps, and where they stand between 0 and 1."""


class Sign(Enum):
    """Which sign parts whole from parts."""

    POINT = "."
    COMMA = ","


class Problem(Enum):
    """Why a cell is no figure."""

    NOT_A_NUMBER = "is not a number"
    TWO_WAYS = "can be read in two ways"
    CURRENCY = "is in another currency"
    DATE = "is a date"


@dataclass(frozen=True)
class Figure:
    """A number as a cell gives it: whether in pounds, its own multiple (0 where it gave none), whether a percentage."""

    value: float
    money: bool = False
    multiple: float = 0.0
    percent: bool = False


def is_hole(cell: Cell) -> bool:
    """Whether a cell says that nothing is known."""
    if isinstance(cell, float):
        return math.isnan(cell)
    return isinstance(cell, str) and " ".join(cell.replace("\u200b", "").casefold().split()) in BLANKS


def is_wordless(cell: Cell) -> bool:
    """Whether a cell that should name something says that nothing is known."""
    return is_hole(cell) and not (isinstance(cell, str) and cell.strip().casefold() in WORDS_TOO)


def evidence(cells: Iterable[Cell]) -> set[Sign]:
    """What cells that can be read in one way only say of the decimal sign."""
    found = set()
    for cell in cells:
        if isinstance(cell, str) and (core := _core(cell)):
            sign = _sure(core)
            if sign:
                found.add(sign)
    return found


def unsure(cells: Iterable[Cell]) -> bool:
    """Whether any cell can be read in two ways."""
    cores = (_core(cell) for cell in cells if isinstance(cell, str))
    return any(re.search("[.,]", core) and _sure(core) is None for core in cores)


def _core(cell: str) -> str:
    found = _CELL.fullmatch(_bare(cell))
    return found["figure"].replace("£", "") if found else ""


def _bare(cell: str) -> str:
    text = _SPACE.sub("", cell.replace("−", "-").replace("–", "-").replace("\u200b", ""))
    if re.fullmatch(r"\(.+\)", text):
        text = "-" + text[1:-1]
    text = re.sub(r"^([+-])(£)", r"\2\1", text)
    return text.removesuffix("p.a.").removesuffix("pa")


def _sure(core: str) -> Sign | None:
    """The decimal sign that a figure proves; None where it has no sign, or one that may be either."""
    body = core.lstrip("+-").split("e")[0].split("E")[0]
    dots, commas = body.count("."), body.count(",")
    if dots and commas:
        return Sign.POINT if body.rindex(".") > body.rindex(",") else Sign.COMMA
    if dots > 1:
        return Sign.COMMA
    if commas > 1:
        return Sign.POINT
    if not dots and not commas:
        return None
    before, after = re.split(r"[.,]", body)
    if len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0"):
        return None
    return Sign.POINT if dots else Sign.COMMA


def figure(cell: Cell, sign: Sign | None) -> Figure | Problem:
    """A cell as a figure; with `sign` None, one that can be read in two ways is a problem."""
    if isinstance(cell, date):
        return Problem.DATE
    if isinstance(cell, int | float):
        return Figure(float(cell))
    if re.search(r"[$€¥]|\b(usd|eur)\b", cell, re.IGNORECASE):
        return Problem.CURRENCY
    found = _CELL.fullmatch(_bare(cell))
    if not found:
        return Problem.NOT_A_NUMBER
    core = found["figure"].replace("£", "")
    if not _FIGURE.fullmatch(core):
        return Problem.NOT_A_NUMBER
    own = _sure(core)
    used = sign if own is None else own
    if used is None and re.search("[.,]", core):
        return Problem.TWO_WAYS
    if sign is not None and own is not None and own is not sign:
        # "12.5" in a column with decimal commas is no thousands; it proves itself.
        used = own
    thousands = "," if used is Sign.POINT else "."
    mantissa = re.split("[eE]", core)[0].lstrip("+-")
    whole = mantissa.split(used.value)[0] if used else mantissa
    groups = whole.split(thousands)
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        return Problem.NOT_A_NUMBER
    try:
        value = float(core.replace(thousands, "").replace(",", "."))
    except ValueError:
        return Problem.NOT_A_NUMBER
    money = bool(found["money"] or found["gbp"] or "£" in found["figure"])
    return Figure(value, money, _MULTIPLES[found["multiple"].casefold()] if found["multiple"] else 0.0, bool(found["percent"]))


@dataclass(frozen=True)
class Unit:
    """What one in a column stands for: pounds, a share of one, or steps of a scale."""

    factor: float = 1.0
    money: bool = False
    scale: tuple[float, float] | None = None


def unit_of(text: str) -> Unit | None:
    """A unit as a heading or a person gives it: `£m`, `£000s`, `%`, `000s`, `1..5`; None for what is none."""
    word = text.casefold().replace("’", "'").strip()
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*(?:\.\.|-|–|to)\s*(-?\d+(?:\.\d+)?)(?:\s*scale)?", word)
    if found and float(found[1]) < float(found[2]):
        return Unit(scale=(float(found[1]), float(found[2])))
    if word in ("%", "percent", "per cent", "percentage", "pct"):
        return Unit(0.01)
    if word in ("share", "one", "1", "people", "fte", "wte", "headcount", "count", "number", "ratio", "fraction", "proportion"):
        return Unit()
    money = "£" in word or "gbp" in word or "pounds" in word or "sterling" in word
    rest = re.sub(r"£|gbp|pounds|sterling|'s\b|in|per year|per annum|p\.?a\.?|a year|/year|'|,|\.|\s", "", word)
    rest = re.sub(r"(19|20)\d\d[-/]?\d{2,4}$", "", rest)
    if not rest:
        return Unit(1.0, money=True) if money else None
    if rest in _MULTIPLES and (money or rest not in ("b", "s")):
        return Unit(_MULTIPLES[rest] if rest != "s" else 1.0, money=money or rest in ("m", "mn", "million", "millions", "bn"))
    return None


def likert(cell: Cell) -> float | None:
    """Where an answer in words stands between 0 and 1, as the table says; a number before it is left aside."""
    if not isinstance(cell, str):
        return None
    words = plain(cell)
    return LIKERT.get(words, LIKERT.get(re.sub(r"^\d+ ", "", words)))


def shown(cell: Cell) -> str:
    """A cell as it is told."""
    return repr(text_of(cell))
