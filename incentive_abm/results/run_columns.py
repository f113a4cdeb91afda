"""What each column of each table means: one declaration, from which tables, manifest and documents are made.

| table | one row for each | written with |
|---|---|---|
| `runs.parquet` | run | always |
| `measures.parquet` | run and quarter | always |
| `events.parquet` | thing that happened (`log.What`) | `--record events` (default) and `everything` |
| `partners.parquet` | run, quarter and partner | `--record everything` |
| `ties.parquet` | run, quarter and tie | `--record everything` |

Quarters are counted from 1. Worth is in the model's own units: 1 is a fifth of what both sides spend on the people they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from incentive_abm.errors import UserError, nearest, quoted
from incentive_abm.measures import Measure
from incentive_abm.rules.appraisal import INFORMATION_PART, MONEY_PART, STAFF_PART
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE, pictured

if TYPE_CHECKING:
    from incentive_abm.user_measures import OwnMeasure

FRAMES = RUNS, MEASURES, EVENTS, PARTNERS, TIES = "runs", "measures", "events", "partners", "ties"
Type = Literal["int16", "int32", "int64", "float32", "float64", "word"]


def check_frame(table: object, error: type[UserError]) -> None:
    """Raises the error where a table's name is none."""
    if table not in FRAMES:
        raise error(f"table is {quoted(table)}; expected one of {', '.join(FRAMES)}{nearest(str(table), FRAMES)}")


@dataclass(frozen=True)
class Column:
    """One column: a name, how it is stored (`word` = one of a few texts, dictionary-encoded), unit and meaning."""

    name: str
    type: Type
    unit: str
    meaning: str


RUN = Column("run", "int32", "number", "the run, counted from 0 in the order of seeds")
SEED = Column("seed", "int64", "number", "the seed of all the run's chance")
QUARTER = Column("quarter", "int16", "quarter", "quarter of the run, counted from 1")

RUN_COLUMNS: tuple[Column, ...] = (
    RUN,
    Column("run_id", "word", "", "hash of place, scenario, parameter values and seed: the same run has the same id anywhere"),
    SEED,
    Column("regime", "word", "", "what became of the run"),
    Column("time_to_integration", "float64", "quarter", "first quarter of lasting integration; missing = not within the horizon"),
    Column("time_to_stall", "float64", "quarter",
           "first quarter from which, once begun, nothing is gained to the end; missing = no stall that lasts"),
    Column("time_to_collapse", "float64", "quarter", "first quarter of a collapse; missing = not within the horizon"),
)
"""Before the measures of the last quarter."""

EVENT_COLUMNS: tuple[Column, ...] = (
    RUN,
    QUARTER,
    Column("event", "word", "", "what happened"),
    Column("partner", "word", "", "id of the partner that acts or to whom it happens; for talks and deals the less willing side"),
    Column("other", "word", "", "id of the partner at the other end of the tie; compact_ended: who had left, or whom the holder "
           "had left"),
    Column("round", "int16", "count", "offer: round of talks, from 1; talk: rounds that the quarter allowed or took"),
    Column("outcome", "word", "", "offer: accepted or refused; talk, deal_ended and compact_ended: how it ended"),
    Column("reason", "word", "", "offer: largest obstacle of the side that refused; talk, deal_ended: of the less willing "
           "side; walk_out: of the side that left"),
    Column("background", "word", "", "new_leader: where the leader comes from"),
    Column("title", "word", "", "scenario: what the event is called"),
    Column("quarters", "int16", "quarters", "walk_out: for how long the side had lost by the deal; deal_ended, compact_ended: "
           "how long it held"),
    Column("members", "int16", "count", "compact_begun, compact_ended: partners in it besides its holder, who is the partner"),
    Column("money", "float32", "share", "offer, deal_begun, talk: scope of shared money offered, agreed or in force (0..1)"),
    Column("staff", "float32", "share", "the same for shared staff (0..1)"),
    Column("information", "float32", "share", "the same for shared information (0..1)"),
    Column("payment", "float32", "worth", "what the partner pays the other for full sharing; negative = is paid"),
    Column("worth", "float32", "worth", "offer: what it would be worth to the partner that makes it"),
    Column("worth_to_other", "float32", "worth", "offer: what it would be worth to the other"),
    Column("held_out_for", "float32", "worth", "offer: the least that the other would accept in that round"),
    Column("surplus", "float32", "worth", "broken_promise: what the partner gains by today's sharing over having no deal; "
           "walk_out: the same a quarter earlier; negative = it loses"),
    Column("trust", "float32", "share", "talk: the partner's trust in the other at the quarter's end (0..1)"),
    Column("trust_of_other", "float32", "share", "talk: the other's trust in the partner (0..1)"),
    Column("sharing", "float32", "share", f"breadth of sharing in place: {MONEY_PART} money + {STAFF_PART} staff "
           f"+ {INFORMATION_PART} information; talk, "
           "broken_promise: at the quarter's end; walk_out: a quarter earlier"),
    Column("skill", "float32", "share", "new_leader: skill in integration (0..1)"),
    Column("size", "float32", "pressure", "shock: pressure that it adds"),
    Column("pounds_m", "float32", "£m", "bail_out: how much of the deficit the centre meets"),
)

def picture_column(name: str) -> Column:
    """The column of one recorded field."""
    field = pictured(name)
    side = f" (side {name[-1]})" if name.endswith(("_a", "_b")) else ""
    return Column(name, "word" if field.word else "float32", field.unit, field.meaning + side)


def own_columns(measures: Iterable[OwnMeasure]) -> tuple[Column, ...]:
    """The columns of measures of a user's own."""
    return tuple(Column(each.name, "float64", each.unit, each.meaning) for each in measures)


TAKEN = {column.name: "a column of results" for column in (*RUN_COLUMNS, QUARTER)}
"""Names that a measure of a user's own cannot have, and what has them."""


def columns_of(table: str, own: Sequence[Column] = ()) -> tuple[Column, ...]:
    """Every column of one table, in order; own: those of measures of a user's own."""
    measured = (*(Column(m.code, "float64", "", m.meaning) for m in Measure), *own)
    if table == RUNS:
        return RUN_COLUMNS + measured
    if table == MEASURES:
        return (RUN, SEED, QUARTER, *measured)
    if table == EVENTS:
        return EVENT_COLUMNS
    if table == PARTNERS:
        return (RUN, QUARTER, Column("partner", "word", "", "the partner's id"),
                *(picture_column(name) for name in PARTNER_PICTURE))
    return (RUN, QUARTER, Column("a", "word", "", "id of side a"), Column("b", "word", "", "id of side b"),
            *(picture_column(name) for name in TIE_PICTURE))
