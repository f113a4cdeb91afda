"""A quarter: the nine phases in their order."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.engine.commitment import clear_votes, count_votes, decide, take_up
from incentive_abm.engine.delivering import account_partners, account_ties, clear_flows, deliver_ties
from incentive_abm.engine.learning import clear_pulls, learn_as_partners, learn_as_public, learn_on_ties, pull_across
from incentive_abm.engine.negotiation import negotiate_ties
from incentive_abm.engine.surroundings import leadership_changes, national, pressures
from incentive_abm.engine.talks import appraise_ties
from incentive_abm.kinds import Phase
from incentive_abm.measures import N_MEASURE, begin_measuring, finish_measuring, measure_ties, room_needed
from incentive_abm.state import phase

BLOCK = 512
"""Values of one field that a block of ties holds over all lanes: small enough that a block stays in a core's own cache."""

_FLOATS = types.float64[::1]


@phase(types.int64)
def appraise(s: Any, quarter: Any) -> None:
    """Each side of each tie works out what sharing would mean to it."""
    appraise_ties(s, quarter, 0, s.tie_key.size)


@phase(types.int64)
def negotiate(s: Any, quarter: Any) -> None:
    """Offers and counter-offers on every tie."""
    negotiate_ties(s, quarter, 0, s.tie_key.size)


@phase(types.int64)
def commit(s: Any, quarter: Any) -> None:
    """The board ratifies; partners may walk away; scopes move toward what was agreed or imposed."""
    clear_votes(s)
    count_votes(s, quarter, 0, s.tie_key.size)
    decide(s, quarter)
    take_up(s, quarter, 0, s.tie_key.size)


@phase(types.int64)
def deliver(s: Any, quarter: Any) -> None:
    """Each side keeps its promise or not; outcomes for the people served follow."""
    deliver_ties(s, quarter, 0, s.tie_key.size)


@phase(types.int64)
def learn(s: Any, quarter: Any) -> None:
    """What neighbours pull at, then what each tie, each partner and the public make of the quarter."""
    clear_pulls(s)
    pull_across(s, quarter, 0, s.tie_key.size)
    learn_on_ties(s, quarter, 0, s.tie_key.size)
    learn_as_partners(s, quarter)
    learn_as_public(s, quarter)


@phase(types.int64)
def account(s: Any, quarter: Any) -> None:
    """Pools, savings, stranded costs, effort, payments; balances are struck."""
    clear_flows(s)
    account_ties(s, quarter, 0, s.tie_key.size)
    account_partners(s, quarter)


PHASES = {
    Phase.NATIONAL: national,
    Phase.LEADERSHIP: leadership_changes,
    Phase.PRESSURES: pressures,
    Phase.APPRAISAL: appraise,
    Phase.NEGOTIATION: negotiate,
    Phase.COMMITMENT: commit,
    Phase.DELIVERY: deliver,
    Phase.LEARNING: learn,
    Phase.ACCOUNTS: account,
}


@phase(types.int64)
def step(s: Any, quarter: Any) -> None:
    """One quarter, phase by phase."""
    national(s, quarter)
    leadership_changes(s, quarter)
    pressures(s, quarter)
    appraise(s, quarter)
    negotiate(s, quarter)
    commit(s, quarter)
    deliver(s, quarter)
    learn(s, quarter)
    account(s, quarter)


@phase(types.int64, _FLOATS, _FLOATS)
def step_and_measure(s: Any, quarter: Any, out: Any, room: Any) -> None:
    """One quarter and its measures: as `step`, but taking ties in blocks through several phases while they are at hand.

    What a tie does from appraisal to its vote, and from taking up a deal to its accounts, reads only its own fields and
    partners' fields that change later, so blocks give the same bits as whole phases (a test holds them equal).
    """
    ties = s.tie_key.size
    block = max(1, BLOCK // len(s.lanes))
    national(s, quarter)
    leadership_changes(s, quarter)
    pressures(s, quarter)
    clear_votes(s)
    for first in range(0, ties, block):
        last = min(first + block, ties)
        appraise_ties(s, quarter, first, last)
        negotiate_ties(s, quarter, first, last)
        count_votes(s, quarter, first, last)
    decide(s, quarter)
    clear_pulls(s)
    clear_flows(s)
    begin_measuring(s, out, room)
    for first in range(0, ties, block):
        last = min(first + block, ties)
        take_up(s, quarter, first, last)
        deliver_ties(s, quarter, first, last)
        pull_across(s, quarter, first, last)
        learn_on_ties(s, quarter, first, last)
        account_ties(s, quarter, first, last)
        measure_ties(s, out, room, first, last)
    learn_as_partners(s, quarter)
    learn_as_public(s, quarter)
    account_partners(s, quarter)
    finish_measuring(s, out, room)


@phase(types.int64, types.int64, _FLOATS)
def advance(s: Any, start: Any, end: Any, out: Any) -> None:
    """Quarters `start` up to `end`; each one's measures go to `out`, shape [quarters][N_MEASURE][lanes] flattened."""
    size = N_MEASURE * len(s.lanes)
    room = np.empty(room_needed(s))
    for quarter in range(start, end):
        step_and_measure(s, quarter, out[(quarter - start) * size:(quarter - start + 1) * size], room)
