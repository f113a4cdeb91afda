"""Names as people say them: registers shout and spell out legal forms, sentences and pictures cannot."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

_AS_WRITTEN = {"nhs", "gp", "pcn", "cic", "uk", "cvs", "ymca", "ywca", "bpas", "rnib", "mcc"}
_SMALL = {"and", "of", "the", "for", "in", "on", "by", "with", "upon", "to", "at"}
_FORMS = (
    r"\bNHS (Foundation )?Trust\b", r"\bPrimary Care Network\b", r"\bPCN\b", r"\b(London|Royal) Borough of\b",
    r"\b(Borough|City|County|Metropolitan|District)(?= Council\b)", r"\b(Ltd|Limited|CIC)\b\.?", r"\(The\)", r"^The\b",
)
_LEGAL = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_TRUST = re.compile(r"\bNHS (Foundation )?Trust\b", re.IGNORECASE)
_SAYS_WHAT = re.compile(r"hospital|health|care|centre|infirmary|clinic", re.IGNORECASE)
_LONGEST = 38


def labels(ids: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """A short label for each partner: calm capitals, no legal form; the whole name, or with its id, where two clash."""
    calm = [_calm(name) for name in names]
    short = _where_unique([_short(name) for name in calm], calm)
    return tuple(_where_unique(short, [f"{label} ({name})" for label, name in zip(short, ids, strict=True)]))


def _where_unique(words: Sequence[str], otherwise: Sequence[str]) -> list[str]:
    seen = Counter(word.casefold() for word in words)
    return [word if seen[word.casefold()] == 1 else other for word, other in zip(words, otherwise, strict=True)]


def _calm(name: str) -> str:
    if not name.isupper():
        return name
    words = name.lower().split()
    return " ".join(_capital(word, first=i == 0) for i, word in enumerate(words))


def _capital(word: str, *, first: bool) -> str:
    bare = word.strip("(),.&")
    if bare in _AS_WRITTEN:
        return word.replace(bare, bare.upper())
    if bare in _SMALL and not first:
        return word
    parts = word.split("-")
    calm = [parts[0], *(part if part in _SMALL or before == "co" else _start(part)
                        for before, part in itertools.pairwise(parts))]
    return "-".join([_start(calm[0]), *calm[1:]])


def _start(word: str) -> str:
    return re.sub(r"(^|[(/.])([^\W\d_])", lambda found: found[1] + found[2].upper(), word)


def _short(name: str) -> str:
    short = name
    for form in _LEGAL:
        short = form.sub(" ", short)
    short = " ".join(short.split()).strip(" ,-&")
    if short and _TRUST.search(name) and not _SAYS_WHAT.search(short):
        short += " Trust"
    if len(short) > _LONGEST:
        words = short[:_LONGEST].split()[:-1]
        while words and words[-1].strip("&").casefold() in {"", *_SMALL}:
            words.pop()
        short = " ".join(words).rstrip(" ,-&(") + "…"
    return short or name
