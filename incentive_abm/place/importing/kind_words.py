"""The words of the field for the four kinds of partner: one documented table, and nothing beyond it is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from incentive_abm.errors import PlaceError
from incentive_abm.kinds import Kind
from incentive_abm.place.importing.maps import LEAVE_OUT


@dataclass(frozen=True)
class KindWords:
    """Words for one sort of organisation. `stand_in` says why the kind is only the nearest of the four; empty where it is one."""

    kind: Kind
    words: tuple[str, ...]
    stand_in: str = ""


def _row(kind: Kind, words: str, stand_in: str = "") -> KindWords:
    return KindWords(kind, tuple(word.strip() for word in words.split(",")), stand_in)


KIND_WORDS: tuple[KindWords, ...] = (
    _row(Kind.TRUST, "trust, hospital trust, hospital trusts, hospital, hospitals, nhs trust, nhs foundation trust, foundation "
                     "trust, "
                     "nhs ft, ft, acute trust, acute, acute hospital, acute provider, acute hospital trust, community trust, "
                     "community health trust, nhs community trust, community nhs trust, mental health trust, mental health nhs "
                     "trust, "
                     "mental health, ambulance trust, ambulance service, ambulance, care trust, teaching hospital, "
                     "university hospital, university hospitals, integrated care trust, specialist trust, nhs provider, "
                     "secondary care"),
    _row(Kind.COUNCIL, "council, local authority, local authorities, la, local government, county council, city council, "
                       "borough council, district council, unitary authority, unitary, metropolitan borough, metropolitan "
                       "council, "
                       "london borough, adult social care, asc, social services, public health team, combined authority"),
    _row(Kind.GP, "gp, gp network, gp networks, gp practice, gp practices, gp surgery, practice, surgery, general practice, "
                  "general practitioner, primary care network, pcn, gp federation, federation, primary care, medical centre, "
                  "medical practice, health centre, medical group, family practice"),
    _row(Kind.VOLUNTARY, "voluntary, voluntary provider, voluntary sector, voluntary organisation, voluntary organization, "
                         "vcse, vcs, "
                         "vcfse, vcsfe, third sector, charity, registered charity, charities, community group, "
                         "community organisation, community association, community centre, community hub, "
                         "community foundation, ngo, non profit, nonprofit, not for profit, hospice, social enterprise, "
                         "council for voluntary service, cvs, faith group, mutual aid group, volunteer group, healthwatch"),
    _row(Kind.TRUST, "icb, integrated care board, clinical commissioning group, ccg, nhs england region, health board, "
                     "commissioner, "
                     "nhs commissioner",
         "it buys care rather than giving it; of the four, a trust lives most by national targets and money, as it does"),
    _row(Kind.COUNCIL, "police, police force, constabulary, police and crime commissioner, fire service, fire and rescue, "
                       "fire and rescue service, probation, probation service, school, schools, college, university, "
                       "education, public sector",
         "it is a public body with a duty to the whole place, as a council is, with another task"),
    _row(Kind.VOLUNTARY, "care home, care homes, nursing home, residential home, residential care, domiciliary care, home care, "
                         "homecare, "
                         "care provider, independent care provider, social care provider, independent provider, independent "
                         "sector",
         "it is paid for care by others, as most voluntary providers are, but most are businesses"),
    _row(Kind.VOLUNTARY, "housing association, registered social landlord, registered provider of social housing, social "
                         "landlord, "
                         "almo, housing provider", "it is not for profit and close to residents, but far larger and lives on "
                                                   "rents"),
    _row(Kind.GP, "pharmacy, community pharmacy, pharmacies, dentist, dental practice, optometrist, optician",
         "it is a small contractor in primary care, as a practice is, without a list of patients"),
)


@dataclass(frozen=True)
class Known:
    """What a word means; `stand_in` as in the table."""

    kind: Kind
    word: str
    stand_in: str


def plain(text: str) -> str:
    """A word or name as it is compared: small letters, single spaces, no punctuation, & as and."""
    text = text.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w]+|_", " ", text).split())


WORDS = {plain(word): Known(row.kind, word, row.stand_in) for row in KIND_WORDS for word in row.words}
_LONGEST = max(len(word.split()) for word in WORDS)
# A body's name often ends in its kind's word; these alone say nothing there.
_VAGUE_IN_NAMES = frozenset({"la", "ft", "acute", "asc", "practice", "federation", "unitary", "trust", "education",
                             "commissioner",
                             "mental health", "primary care", "hospital", "hospitals", "secondary care", "public sector",
                             "college",
                             "school", "schools", "university", "voluntary", "ambulance", "police"})


def kind_of(word: str) -> Known | None:
    """The kind that a word of the field stands for; also in the plural, and with an abbreviation after it in brackets."""
    for each in (word, re.sub(r"\s*\([^)]*\)", "", word), *re.findall(r"\(([^)]*)\)", word)):
        found = WORDS.get(plain(each)) or WORDS.get(plain(each).removesuffix("s"))
        if found:
            return found
    return None


def kind_in_name(name: str) -> Known | None:
    """The kind that an organisation's name says, by the longest of the table's words in it; None where two disagree."""
    words = plain(name).split()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        spans = (" ".join(words[k:k + length]) for k in range(len(words) - length + 1))
        found = {known.kind: known for span in spans for each in (span, span.removesuffix("s"))
                 if (known := WORDS.get(each)) and each not in _VAGUE_IN_NAMES}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def nearest_kinds(word: str) -> tuple[str, ...]:
    """The codes of the kinds, the one whose words are most like this first; and leaving out."""
    import difflib

    given = plain(word)
    parts = set(given.split()) - {"and", "of", "the", "for"}

    def likeness(kind: Kind) -> float:
        """By the nearest of its words, and by how far the word's parts are this kind's rather than another's."""
        own = [each for each, known in WORDS.items() if known.kind is kind]
        shares = (_holding(part, own) / max(1, _holding(part, WORDS)) for part in parts)
        return max(difflib.SequenceMatcher(None, given, each).ratio() for each in own) + sum(shares)

    ordered = sorted(Kind, key=lambda kind: (-likeness(kind), kind))
    return (*(kind.code for kind in ordered), LEAVE_OUT)


def _holding(part: str, words: Iterable[str]) -> int:
    return sum(part in each.split() for each in words)


def read_kind(answer: str) -> Kind | None:
    """A kind that a person gave by its code or a word of the table; None to leave out. Raises PlaceError for anything else."""
    if answer == LEAVE_OUT:
        return None
    known = kind_of(answer)
    if known is None:
        codes: Iterable[str] = (kind.code for kind in Kind)
        raise PlaceError(f"--map kind: {answer!r} is no kind; expected {', '.join(codes)} or {LEAVE_OUT}")
    return known.kind
