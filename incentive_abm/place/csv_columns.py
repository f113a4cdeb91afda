"""The columns of `partners.csv` and `ties.csv`: what each means, and what a cell may hold."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

PARTNERS, TIES = "partners.csv", "ties.csv"


@dataclass(frozen=True)
class Column:
    """One column. Numbers must lie between `low` and `high`; `above` excludes `low` itself."""

    name: str
    unit: str
    meaning: str
    required: bool = False
    number: bool = True
    low: float = 0.0
    high: float = 1.0
    above: bool = False

    @property
    def expected(self) -> str:
        """What a cell may hold, in words."""
        if not self.number:
            return self.meaning
        bounds = f"more than {self.low:g}" if self.above else f"from {self.low:g} to {self.high:g}"
        return f"a number {bounds} ({self.unit}), or blank where unknown"


MOST_MONEY = 100_000.0
MOST_PEOPLE = 100_000_000.0


def _text(name: str, meaning: str, required: bool = True) -> Column:
    return Column(name, "text", meaning, required=required, number=False)


_PARTNER_COLUMNS = (
    _text("id", "a short name that no other partner has"),
    _text("name", "the partner's name", required=False),
    _text("kind", "trust, council, gp or voluntary"),
    Column("income_m", "£m a year", "budget", high=MOST_MONEY, above=True),
    Column("balance", "share of a year's income", "surplus (+) or deficit (−)", low=-1.0),
    Column("people", "people", "registered patients, residents or catchment", high=MOST_PEOPLE, above=True),
    Column("staff", "full-time posts", "staff", high=10_000_000.0, above=True),
    Column("lat", "degrees north", "latitude", low=-90.0, high=90.0),
    Column("lon", "degrees east", "longitude", low=-180.0, high=180.0),
    Column("reach", "share of contact that is with under-served people", "reach"),
    Column("skill", "0 to 1", "the first leader's skill in integration"),
)
_TIE_COLUMNS = (
    _text("source", "the id of a partner"),
    _text("target", "the id of another partner"),
    Column("people", "people both serve", "people both serve", high=MOST_PEOPLE, above=True),
    Column("spend_m", "£m a year, both together", "spend on the people both serve", high=MOST_MONEY, above=True),
    Column("trust", "0 to 1", "mean trust when the run starts"),
    Column("trust_source", "0 to 1", "how far the source trusts the target when the run starts; stands above `trust`"),
    Column("trust_target", "0 to 1", "how far the target trusts the source when the run starts; stands above `trust`"),
    Column("identity", "0 to 1", "sense of 'we' when the run starts"),
    Column("information", "0 to 1", "mutual knowledge when the run starts"),
    _text("basis", "how the figures were come by; 'assumed…' marks a weak tie", required=False),
)
PARTNER_COLUMNS = MappingProxyType({column.name: column for column in _PARTNER_COLUMNS})
TIE_COLUMNS = MappingProxyType({column.name: column for column in _TIE_COLUMNS})


def is_note(name: str) -> bool:
    """Whether a column is free text that is kept and never read."""
    return name == "note" or name.endswith("_note")
