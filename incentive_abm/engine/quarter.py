"""A quarter: the nine phases in their order, and the same in blocks, with its measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from incentive_abm.compiling.build import FLOATS, INT, Kernel
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine import (
    accounts,
    appraisal,
    commitment,
    delivery,
    leadership,
    learning,
    national,
    negotiation,
    pressures,
)
from incentive_abm.engine.accounts import account_partners, account_ties, clear_flows
from incentive_abm.engine.appraisal import appraise_ties
from incentive_abm.engine.commitment import clear_votes, count_votes, decide, make_compacts, take_up
from incentive_abm.engine.delivery import deliver_ties
from incentive_abm.engine.leadership import change_leaders
from incentive_abm.engine.learning import clear_pulls, learn_as_partners, learn_as_public, learn_on_ties, pull_across
from incentive_abm.engine.national import act_nationally
from incentive_abm.engine.negotiation import negotiate_ties
from incentive_abm.engine.pressures import meet_shocks
from incentive_abm.kinds import Phase
from incentive_abm.measures import N_MEASURE
from incentive_abm.measures.kernels import begin_measuring, finish_measuring, measure_ties, room_needed
from incentive_abm.state.arrays import Arrays
from incentive_abm.state.kernels import over_arrays
from incentive_abm.state.start import practise

BLOCK = 512
"""Values of one field that a block of ties holds over all lanes: small enough that a block stays in a core's own cache."""

_OF_PHASES = {module.__name__.rpartition(".")[2]: module for module in (
    accounts, appraisal, commitment, delivery, leadership, learning, national, negotiation, pressures)}
PHASES: Mapping[Phase, tuple[Kernel, ...]] = {phase: _OF_PHASES[phase.name.lower()].KERNELS for phase in Phase}
"""The kernels of each phase, from the module of its name."""


def play(phase: Phase, s: Arrays, quarter: int, rules: RuleSet = SHIPPED) -> None:
    """One phase of a quarter."""
    for kernel in PHASES[phase]:
        kernel.whole(s, quarter, rules)


def step(s: Arrays, quarter: int) -> None:
    """One quarter, phase by phase, in the order of `Phase`."""
    for phase in Phase:
        play(phase, s, quarter)


@over_arrays(INT, INT, FLOATS)
def advance(s: Any, start: Any, end: Any, out: Any) -> None:
    """Quarters `start` up to `end`; each one's measures go to `out`, shape [quarters][N_MEASURE][lanes] flattened.

    As `step`, but taking ties in blocks through several phases while they are at hand: what a tie does from appraisal to its
    vote, and from taking up a deal to its accounts, reads only its own fields and partners' fields that change later, so
    blocks give the same bits as whole phases (a test holds them equal).
    """
    size = N_MEASURE * len(s.lanes)
    room = np.empty(room_needed(s))
    ties = s.tie_key.size
    block = max(1, BLOCK // len(s.lanes))
    for quarter in range(start, end):
        act_nationally(s, quarter)
        change_leaders(s, quarter)
        meet_shocks(s, quarter)
        clear_votes(s)
        for first in range(0, ties, block):
            last = min(first + block, ties)
            appraise_ties(s, quarter, first, last)
            negotiate_ties(s, quarter, first, last)
            count_votes(s, quarter, first, last)
        decide(s)
        make_compacts(s, quarter)
        clear_pulls(s)
        clear_flows(s)
        measures = out[(quarter - start) * size:(quarter - start + 1) * size]
        begin_measuring(s, measures, room)
        for first in range(0, ties, block):
            last = min(first + block, ties)
            take_up(s, quarter, first, last)
            deliver_ties(s, quarter, first, last)
            pull_across(s, first, last)
            learn_on_ties(s, quarter, first, last)
            account_ties(s, quarter, first, last)
            measure_ties(s, first, last, measures, room)
        learn_as_partners(s, quarter)
        practise(s)
        learn_as_public(s)
        account_partners(s, quarter)
        finish_measuring(s, measures, room)
