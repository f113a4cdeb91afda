"""The words of the field for our columns, and the units that a heading gives in brackets: one documented table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from incentive_abm.errors import nearest
from incentive_abm.place.csv_columns import PARTNER_COLUMNS, TIE_COLUMNS, is_note
from incentive_abm.place.importing.kind_words import plain

# Our columns that hold money, shares and counts; others hold text or degrees.
MONEY = ("income_m", "spend_m")
SHARES = ("balance", "reach", "skill", "trust", "trust_source", "trust_target", "identity", "information")
COUNTS = ("people", "staff")
PLACE_ON_MAP = ("lat", "lon")
NUMBERS = (*MONEY, *SHARES, *COUNTS, *PLACE_ON_MAP)

PARTNER_WORDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "code", "ods code", "ods", "org code", "organisation code", "organization code", "org id", "organisation id",
           "provider code", "trust code", "practice code", "ons code", "gss code", "node id", "key", "ref", "reference",
           "identifier", "charity number", "company number", "partner id", "unique id", "short name"),
    "name": ("name", "organisation", "organization", "organisation name", "organization name", "org", "org name", "provider",
             "provider name", "partner", "partner name", "body", "agency", "trust name", "practice name", "full name",
             "member", "member organisation", "stakeholder", "your organisation", "shared name"),
    "kind": ("kind", "type", "organisation type", "organization type", "org type", "type of organisation",
             "type of organization", "category", "sector", "class", "partner type", "provider type", "element type", "role"),
    "income_m": ("income m", "income", "budget", "turnover", "revenue", "total income", "annual income", "operating income",
                 "latest income", "annual budget", "annual turnover", "gross income", "total operating income", "net budget"),
    "balance": ("balance", "surplus", "surplus deficit", "surplus or deficit", "net position", "financial position",
                "year end position", "net surplus", "net surplus deficit", "margin", "surplus margin"),
    "people": ("people", "patients", "registered patients", "registered population", "list size", "practice list", "population",
               "residents", "resident population", "catchment", "catchment population", "people served", "users", "service users",
               "clients", "beneficiaries", "registered list size", "total patients"),
    "staff": ("staff", "fte", "wte", "staff fte", "staff wte", "employees", "workforce", "full time posts",
              "whole time equivalent",
              "full time equivalent", "number of staff"),
    "lat": ("lat", "latitude", "gps latitude"),
    "lon": ("lon", "long", "lng", "longitude", "gps longitude"),
    "reach": ("reach",),
    "skill": ("skill",),
}
TIE_WORDS: dict[str, tuple[str, ...]] = {
    "source": ("source", "from", "source id", "from id", "source name", "organisation a", "organization a", "org a", "partner a",
               "partner 1", "organisation 1", "org 1", "node 1", "node a", "respondent", "your organisation", "your organization",
               "which organisation do you work for", "which organisation are you from", "rater", "ego", "sender", "a",
               "provider a",
               "source node", "from organisation"),
    "target": ("target", "to", "target id", "to id", "target name", "organisation b", "organization b", "org b", "partner b",
               "partner 2", "organisation 2", "org 2", "node 2", "node b", "partner organisation", "partner organization",
               "other organisation", "other organization", "which organisation are you rating", "about", "about whom",
               "about which organisation", "which organisations do you work with", "which of these organisations do you work "
                                                                                   "with",
               "which of these do you work with", "who do you work with", "ratee", "alter", "receiver", "works with", "linked to",
               "b", "provider b", "target node",
               "to organisation"),
    "people": ("people", "shared people", "shared patients", "patients", "patients in common", "people in common",
               "people both serve",
               "people served by both", "common patients", "shared clients", "shared service users", "flow", "flow of patients",
               "patient flow"),
    "spend_m": ("spend m", "spend", "shared spend", "joint spend", "pooled budget", "joint budget", "shared budget"),
    "trust": ("trust", "trust score", "level of trust", "trust rating", "trust level"),
    "trust_source": ("trust source", "trust of source"),
    "trust_target": ("trust target", "trust of target"),
    "identity": ("identity", "sense of we"),
    "information": ("information", "mutual knowledge"),
    "basis": ("basis",),
}
NOTE_WORDS = ("notes", "comment", "comments", "description", "remark", "remarks")
LAST_WORDS = {"name": ("label", "title")}
"""Words that are taken only where no better one stands in the same table."""
TOOL_WORDS = frozenset({
    "type", "label", "weight", "timeset", "interval", "viz", "size", "color", "colour", "x", "y", "z", "suid", "shared name",
    "shared interaction", "interaction", "selected", "tags", "image", "url", "edge betweenness", "degree", "indegree",
    "outdegree",
    "modularity class", "pagerank", "eccentricity", "clustering", "direction", "timestamp", "name", "d0", "d1",
})
"""Columns that tools of networks add to ties; left out, and told."""
QUESTION = ("question", "item", "variable", "measure", "statement", "indicator")
ANSWER = ("answer", "response", "value", "score", "rating")
_UNIT = re.compile(r"[\(\[]([^)\]]*)[\)\]]|\s(?:in\s+)?(£.*|'000s?|000s?|%)$|[\s,]+in\s+(.+)$"
                   r"|_(k|000s?|thousands|pct|percent|gbp)$", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A heading without its unit, the unit if it gave one, and what it was."""

    word: str
    unit: str
    given: str


def parted(given: str) -> Heading:
    """A heading and its unit: `Income (£000s)` gives income and £000s."""
    unit = ""
    rest = " ".join(given.split())
    found = _UNIT.search(rest)
    if found:
        unit = next(each for each in found.groups() if each is not None)
        rest = rest[: found.start()] + " " + rest[found.end():]
    return Heading(plain(rest), unit.strip(), given)


def unitless(given: str) -> str:
    """A heading without its unit, in the letters that it was written in."""
    return re.sub(r"[\(\[].*?[\)\]]", " ", given)


def _known(words: dict[str, tuple[str, ...]], word: str) -> str | None:
    return next((column for column, known in words.items() if word in known), None)


def column_of(heading: Heading, ties: bool) -> str | None:
    """Our column that a heading names, in a table of partners or of ties."""
    own = TIE_COLUMNS if ties else PARTNER_COLUMNS
    if heading.given.strip() in own or is_note(heading.given.strip()):
        return heading.given.strip()
    if heading.word in NOTE_WORDS:
        return "note"
    words = TIE_WORDS if ties else PARTNER_WORDS
    # Databases write OrganisationName and org1 for organisation name and org 1.
    spread = plain(re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", unitless(heading.given)))
    found = _known(words, heading.word) or _known(words, spread)
    if found is None and ties and re.search(r"\btrust", heading.word) and len(heading.word.split()) > 3:
        return "trust"
    return found


def near_column(heading: Heading, ties: bool) -> str:
    """Our column that a mistyped heading is near to; "" where none is."""
    words = TIE_WORDS if ties else PARTNER_WORDS
    known = {word: column for column, each in words.items() for word in (*each, plain(column))}
    found = re.search(r"mean (.+)\?", nearest(heading.word, [word for word in known if len(word) > 3]))
    import difflib

    if found and difflib.SequenceMatcher(None, heading.word, found[1]).ratio() >= 0.8:
        return known[found[1]]
    return ""
