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

from dataclasses import dataclass
from typing import Literal

RUNS, MEASURES, EVENTS, PARTNERS, TIES = "runs", "measures", "events", "partners", "ties"
Type = Literal["int16", "int32", "int64", "float32", "float64", "word"]


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
    Column("time_to_stall", "float64", "quarter", "first quarter from which little moves; missing = not within the horizon"),
    Column("time_to_collapse", "float64", "quarter", "first quarter of a collapse; missing = not within the horizon"),
)
"""Before the measures of the last quarter."""

EVENT_COLUMNS: tuple[Column, ...] = (
    RUN,
    QUARTER,
    Column("event", "word", "", "what happened"),
    Column("partner", "word", "", "id of the partner that acts or to whom it happens; for talks and deals the less willing side"),
    Column("other", "word", "", "id of the partner at the other end of the tie"),
    Column("round", "int16", "count", "offer: round of talks, from 1; talk: rounds that the quarter allowed or took"),
    Column("outcome", "word", "", "offer: accepted or refused; talk and deal_ended: how it ended"),
    Column("reason", "word", "", "offer: largest obstacle of the side that refused; talk, deal_ended: of the less willing "
           "side; walk_out: of the side that left"),
    Column("background", "word", "", "new_leader: where the leader comes from"),
    Column("title", "word", "", "scenario: what the event is called"),
    Column("quarters", "int16", "quarters", "walk_out: for how long the side had lost by the deal; deal_ended: how long it held"),
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
    Column("sharing", "float32", "share", "breadth of sharing in place: 0.45 money + 0.30 staff + 0.25 information; talk, "
           "broken_promise: at the quarter's end; walk_out: a quarter earlier"),
    Column("skill", "float32", "share", "new_leader: skill in integration (0..1)"),
    Column("size", "float32", "pressure", "shock: pressure that it adds"),
    Column("pounds_m", "float32", "£m", "bail_out: how much of the deficit the centre meets"),
)

PICTURE_MEANINGS: dict[str, tuple[str, str]] = {
    "balance": ("share of income", "surplus or deficit at the quarter's end"),
    "stress": ("share", "financial stress (0..1)"),
    "skill": ("share", "leader's skill in integration (0..1)"),
    "background": ("", "where the leader comes from"),
    "tenure": ("quarters", "how long the leader has been there"),
    "ownership": ("share", "how far the partner regards joint work as its own (0..1)"),
    "pressure": ("pressure", "other priorities still felt"),
    "practice": ("share", "proven ways of working together (0..1)"),
    "shock": ("pressure", "sudden other priority of this quarter"),
    "new_leader": ("0 or 1", "a new leader this quarter"),
    "bailed_out": ("0 or 1", "bailed out this quarter"),
    "evidence": ("weight", "what the partner cares about: clinical evidence (the six weights sum to 1)"),
    "targets": ("weight", "meeting targets"),
    "finance": ("weight", "balancing the books"),
    "person": ("weight", "care centred on the person"),
    "community": ("weight", "the community's voice"),
    "equity": ("weight", "fairness for under-served people"),
    "identity": ("share", "'we' rather than 'us and them' (0..1)"),
    "information": ("share", "how much each knows of the other (0..1)"),
    "stereotype": ("share", "caricature of the other's values (0..1)"),
    "scope_money": ("share", "sharing of money in place (0..1)"),
    "scope_staff": ("share", "sharing of staff in place (0..1)"),
    "scope_information": ("share", "sharing of information in place (0..1)"),
    "agreed_money": ("share", "sharing of money agreed (0..1)"),
    "agreed_staff": ("share", "sharing of staff agreed (0..1)"),
    "agreed_information": ("share", "sharing of information agreed (0..1)"),
    "payment": ("worth", "what a pays b for full sharing; negative = b pays a"),
    "age": ("quarters", "how long the deal has been in force; 0 = none"),
    "talk": ("", "how the quarter's talks ended"),
    "rounds": ("count", "rounds of talks"),
    "walked_out": ("number", "0 nobody, 1 side a, 2 side b, 3 both walked away this quarter"),
    "expected": ("share", "joint work to expect: scope times both chances to keep promises times its quality"),
    "outcome": ("share", "what people get from joint work on the tie"),
    "blocker": ("", "what holds it back"),
    "shortfall": ("worth", "size of the largest obstacle"),
    "distance": ("share", "true distance of the two sides' values (0..1)"),
    "alpha": ("evidence", "evidence that the other keeps its promises; trust = alpha / (alpha + beta)"),
    "beta": ("evidence", "evidence that it does not"),
    "fallback": ("worth", "what the side thinks it gets with no deal"),
    "best": ("worth", "worth of the deal that the side likes best; −1e9 = no deal leaves both better off"),
    "surplus": ("worth", "what the side gains by today's sharing over having no deal"),
    "kept": ("0 or 1", "the side kept its promise this quarter"),
}
"""Unit and meaning of the fields of `recording.PARTNER_PICTURE` and `TIE_PICTURE`, without _a and _b."""
WORDS = {"talk": "talk", "blocker": "blocker", "blocker_a": "blocker", "blocker_b": "blocker", "background": "background"}
"""Fields that are stored as words."""


def picture_column(name: str) -> Column:
    """The column of one recorded field."""
    side = name[-2:] if name.endswith(("_a", "_b")) else ""
    unit, meaning = PICTURE_MEANINGS[name.removesuffix(side)]
    return Column(name, "word" if name in WORDS else "float32", unit, f"{meaning} (side {side[-1]})" if side else meaning)


def columns_of(table: str) -> tuple[Column, ...]:
    """Every column of one table, in order."""
    from incentive_abm.measures import Measure
    from incentive_abm.recording import partner_picture_names, tie_picture_names

    measured = tuple(Column(m.code, "float64", "", m.meaning) for m in Measure)
    if table == RUNS:
        return RUN_COLUMNS + measured
    if table == MEASURES:
        return (RUN, SEED, QUARTER, *measured)
    if table == EVENTS:
        return EVENT_COLUMNS
    if table == PARTNERS:
        return (RUN, QUARTER, Column("partner", "word", "", "the partner's id"),
                *(picture_column(name) for name in partner_picture_names()))
    return (RUN, QUARTER, Column("a", "word", "", "id of side a"), Column("b", "word", "", "id of side b"),
            *(picture_column(name) for name in tie_picture_names()))
