"""Entries into the compiled model for whoever holds its memory: addresses and sizes in, the engine's own kernels called.

The state of a run is a table of 32-bit numbers: the addresses of the arrays of `state.Arrays` in their order (all but `lanes`),
then how many partners and ties there are. Everything else is an address or a number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import carray, types

from incentive_abm.browser.addresses import pointer_to
from incentive_abm.columns import reached, steps_of, steps_of_trust
from incentive_abm.compiling.build import Kernel
from incentive_abm.engine.quarter import advance as advance_quarters
from incentive_abm.event_effects import break_off, broker, force, install, set_partner, set_place
from incentive_abm.kinds import Kind
from incentive_abm.lever_moves import moved
from incentive_abm.log.declared import MEASURED, WHOLE
from incentive_abm.log.listing import list_rows
from incentive_abm.log.reasons import N_REASON, SHOWN, tell_why
from incentive_abm.measures import N_MEASURE, Measure
from incentive_abm.recording import N_OFFER, count_offers, list_offers, take_picture
from incentive_abm.regimes import N_ENDING, N_LIMIT, READ, classify
from incentive_abm.state.arrays import (
    PARTNER,
    PARTNER_SETTING,
    PLACE,
    PLACE_SETTING,
    START_SETTING,
    TIE_WIDTH,
    Arrays,
)
from incentive_abm.state.facts import PARTNER_FACT, TIE_FACT
from incentive_abm.state.kernels import plain
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE
from incentive_abm.state.start import begin as begin_run

_TABLE, _AT, _INT, _FLOAT = types.CPointer(types.uint32), types.uint32, types.int64, types.float64
N_PARTNER, N_PLACE, N_PARTNER_FACT, N_TIE_FACT = len(PARTNER), len(PLACE), len(PARTNER_FACT), len(TIE_FACT)
N_PARTNER_SETTING, N_PLACE_SETTING, N_START_SETTING = len(PARTNER_SETTING), len(PLACE_SETTING), len(START_SETTING)
N_PARTNER_PICTURE, N_TIE_PICTURE, N_KIND = len(PARTNER_PICTURE), len(TIE_PICTURE), len(Kind)
INCOME, SPEND, N_WHOLE, N_MEASURED = PARTNER_FACT["income"], TIE_FACT["spend"], len(WHOLE), len(MEASURED)
ENDING_READS = tuple(int(Measure[code.upper()]) for code in READ)
N_ARRAY = len(Arrays._fields) - 1
ALONE = (0,)
F8, F4, I8, U8, U1 = np.float64, np.float32, np.int64, np.uint64, np.uint8


@plain(_TABLE)
def state_at(t: Any) -> Any:
    """The state of one run, whose table is this."""
    n, m = np.int64(t[N_ARRAY]), np.int64(t[N_ARRAY + 1])
    return Arrays(
        carray(pointer_to(t[0]), m * TIE_WIDTH, F8), carray(pointer_to(t[1]), n * N_PARTNER, F8),
        carray(pointer_to(t[2]), N_PLACE, F8), carray(pointer_to(t[3]), n * N_PARTNER_SETTING, F8),
        carray(pointer_to(t[4]), n * N_PARTNER_SETTING, F8), carray(pointer_to(t[5]), N_PLACE_SETTING, F8),
        carray(pointer_to(t[6]), N_START_SETTING, F8), carray(pointer_to(t[7]), m * N_TIE_FACT, F8),
        carray(pointer_to(t[8]), n * N_PARTNER_FACT, F8), carray(pointer_to(t[9]), m, I8), carray(pointer_to(t[10]), m, I8),
        carray(pointer_to(t[11]), m, U8), carray(pointer_to(t[12]), m, U8), carray(pointer_to(t[13]), m, U8),
        carray(pointer_to(t[14]), n, U8), carray(pointer_to(t[15]), 1, U8), carray(pointer_to(t[16]), N_KIND, I8), ALONE)


@plain(_TABLE, *[_AT] * 7)
def begin(t: Any, balance: Any, skill: Any, trust_a: Any, trust_b: Any, identity: Any, information: Any,
          standing: Any) -> None:
    """The state before the first quarter, in memory set to nothing, from what the place says of partners and ties."""
    s = state_at(t)
    n, m = s.partner_key.size, s.tie_key.size
    begin_run(s, carray(pointer_to(balance), n, F8), carray(pointer_to(skill), n, F8), carray(pointer_to(trust_a), m, F8),
              carray(pointer_to(trust_b), m, F8), carray(pointer_to(identity), m, F8), carray(pointer_to(information), m, F8),
              carray(pointer_to(standing), 1, F8))


@plain(_TABLE, _INT, _INT, _AT)
def advance(t: Any, start: Any, end: Any, out: Any) -> None:
    """Quarters `start` up to `end`; `out` has room for the measures of each."""
    advance_quarters(state_at(t), start, end, carray(pointer_to(out), (end - start) * N_MEASURE, F8))


@plain(_TABLE, _AT, _AT, _AT, _AT)
def picture(t: Any, partner_fields: Any, tie_fields: Any, partners: Any, ties: Any) -> None:
    """The picture of this quarter: the named fields of each partner and each tie."""
    s = state_at(t)
    n, m = s.partner_key.size, s.tie_key.size
    take_picture(s, carray(pointer_to(partner_fields), N_PARTNER_PICTURE, I8), carray(pointer_to(tie_fields), N_TIE_PICTURE, I8),
                 carray(pointer_to(partners), n * N_PARTNER_PICTURE, F4), carray(pointer_to(ties), m * N_TIE_PICTURE, F4))


@plain(_TABLE)
def offers(t: Any) -> Any:
    """How many offers were made this quarter."""
    return count_offers(state_at(t), 0)


@plain(_TABLE, _INT, _AT)
def offers_made(t: Any, many: Any, out: Any) -> None:
    """Every offer of this quarter; `out` has room for as many as `offers` says."""
    list_offers(state_at(t), 0, carray(pointer_to(out), (many, N_OFFER), F8))


@plain(_TABLE, _INT, _FLOAT)
def event_sets_place(t: Any, index: Any, value: Any) -> None:
    """A setting of the place changes."""
    set_place(state_at(t), 0, index, value)


@plain(_TABLE, _INT, _INT, _FLOAT)
def event_sets_partner(t: Any, partner: Any, index: Any, value: Any) -> None:
    """A setting of one partner changes."""
    set_partner(state_at(t), 0, partner, index, value)


@plain(_TABLE, _FLOAT)
def event_forces(t: Any, what: Any) -> None:
    """A reversal or a reorganisation comes."""
    force(state_at(t), 0, what)


@plain(_TABLE, _INT, _FLOAT, _FLOAT)
def event_installs(t: Any, partner: Any, background: Any, skill: Any) -> None:
    """A new leader comes to one partner."""
    install(state_at(t), 0, partner, background, skill)


@plain(_TABLE, _INT)
def event_breaks(t: Any, tie: Any) -> None:
    """An agreement is broken off from outside."""
    break_off(state_at(t), 0, tie)


@plain(_TABLE, _INT, _FLOAT)
def event_brokers(t: Any, tie: Any, scope: Any) -> None:
    """An agreement is brokered from outside."""
    broker(state_at(t), 0, tie, scope)


@plain(_AT, _INT, _AT, _AT)
def ending(series: Any, quarters: Any, limits: Any, out: Any) -> None:
    """What became of one run, from all its measures by quarter."""
    kept = carray(pointer_to(series), (quarters, N_MEASURE), F8)
    told = np.empty((4, quarters, 1))
    for q in range(quarters):
        for k in range(4):
            told[k, q, 0] = kept[q, ENDING_READS[k]]
    classify(told, carray(pointer_to(limits), N_LIMIT, F8), carray(pointer_to(out), (N_ENDING, 1), F8))


@plain(_AT, _INT, _INT, _INT, _FLOAT, _FLOAT, _INT, _AT)
def column(pictures: Any, width: Any, field: Any, second: Any, low: Any, high: Any, many: Any, out: Any) -> None:
    """A field of so many pictured items in steps over low..high; where a second field is given (not −1), the belief both hold."""
    held, steps = carray(pointer_to(pictures), many * width, F4), carray(pointer_to(out), many, U1)
    if second < 0:
        steps_of(held, width, field, low, high, steps)
    else:
        steps_of_trust(held, width, field, second, low, high, steps)


@plain(_AT, _INT, _INT, _FLOAT, _INT, _AT)
def column_reaches(pictures: Any, width: Any, field: Any, least: Any, many: Any, out: Any) -> None:
    """Whether a field of so many pictured items reaches a number."""
    reached(carray(pointer_to(pictures), many * width, F4), width, field, least, carray(pointer_to(out), many, U1))


@plain(_TABLE, _INT, *[_AT] * 3, _INT, *[_AT] * 3, _INT, _INT, _AT, _AT)
def log_rows(t: Any, quarters: Any, partners: Any, ties: Any, offers: Any, many: Any, offers_of: Any, from_above: Any,
             timed: Any, events: Any, rows: Any, whole: Any, other: Any) -> Any:
    """How many rows the log of so many quarters has, from their pictures and offers; written to columns with room for `rows`."""
    s = state_at(t)
    n, m = s.partner_key.size, s.tie_key.size
    income, spend = np.empty(n), np.empty(m)
    for i in range(n):
        income[i] = s.partner_fact[i * N_PARTNER_FACT + INCOME]
    for k in range(m):
        spend[k] = s.tie_fact[k * N_TIE_FACT + SPEND]
    return np.float64(list_rows(
        carray(pointer_to(ties), (quarters, m, N_TIE_PICTURE), F4),
        carray(pointer_to(partners), (quarters, n, N_PARTNER_PICTURE), F4),
        carray(pointer_to(offers), (many, N_OFFER), F8), carray(pointer_to(offers_of), quarters, I8),
        carray(pointer_to(from_above), (quarters, 2), I8), carray(pointer_to(timed), (events, 2), I8),
        s.a, s.b, income, spend, 1, 0,
        carray(pointer_to(whole), (N_WHOLE, rows), I8), carray(pointer_to(other), (N_MEASURED, rows), F4)))


@plain(_TABLE, _INT, _AT, _AT, _INT, _AT, _AT, _AT)
def reasons(t: Any, quarter: Any, ties: Any, measures: Any, rows: Any, whole: Any, other: Any, out: Any) -> Any:
    """How many reasons weigh against going further at the end of a quarter, counted from 1; `out` has room for those shown."""
    s = state_at(t)
    m = s.tie_key.size
    spend = np.empty(m)
    for k in range(m):
        spend[k] = s.tie_fact[k * N_TIE_FACT + SPEND]
    return np.float64(tell_why(
        carray(pointer_to(ties), (m, N_TIE_PICTURE), F4), carray(pointer_to(measures), N_MEASURE, F8), spend, quarter,
        carray(pointer_to(whole), (N_WHOLE, rows), I8), carray(pointer_to(other), (N_MEASURED, rows), F4),
        carray(pointer_to(out), (SHOWN, N_REASON), F8)))


@plain(*[_FLOAT] * 5)
def lever_moved(was: Any, way: Any, low: Any, high: Any, whole: Any) -> Any:
    """Where a lever stands once moved; NaN where there is no room for that."""
    return moved(was, way, low, high, whole)


ENTRIES: tuple[Kernel, ...] = (
    begin, advance, picture, offers, offers_made, event_sets_place, event_sets_partner, event_forces, event_installs,
    event_breaks, event_brokers, ending, column, column_reaches, log_rows, reasons, lever_moved)
