"""A run's state as flat arrays with the lane innermost, and how kernels name what is in them.

Shapes: with n partners, m ties and L lanes (runs side by side), `partner` is [n][PARTNER][L], `tie` is
[m][TIE, SIDE of a, SIDE of b][L], `place` is [PLACE][L], all flattened. Facts have no lane.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from incentive_abm.compiling.layout import Layout, Record
from incentive_abm.kinds import Phase
from incentive_abm.parameters import Scope, default, names
from incentive_abm.parameters.coupling import PRACTISED
from incentive_abm.state.declared import cleared_in, record_of
from incentive_abm.state.facts import PARTNER_FACT, TIE_FACT
from incentive_abm.state.partner import PartnerState
from incentive_abm.state.place import PlaceFields
from incentive_abm.state.tie import SideState, TieState

LANES = 16
PARTNER, TIE, SIDE, PLACE = (record_of(declared) for declared in (PartnerState, TieState, SideState, PlaceFields))
PARTNER_SETTING, PLACE_SETTING, START_SETTING = (Record(names(scope)) for scope in (Scope.PARTNER, Scope.PLACE, Scope.START))
LAYOUT = Layout(
    tie=TIE, side=SIDE, partner=PARTNER, place=PLACE, tie_fact=TIE_FACT, partner_fact=PARTNER_FACT,
    sides={"share": ("share_a", "share_b"), "part": ("part_of_a", "part_of_b")},
    place_setting=PLACE_SETTING, partner_setting=PARTNER_SETTING, start_setting=START_SETTING)
TODAY = tuple(default(name) for name in PRACTISED)
PRACTISED_AT = tuple(PARTNER_SETTING[name] for name in PRACTISED)
"""Levels of today, and places among a partner's settings, of the ways of working that have to be practised."""
TIE_WIDTH = LAYOUT.tie_width
CLEARED = {phase: PARTNER.groups[f"cleared_{phase.name.lower()}"][1] for phase in Phase if cleared_in(PartnerState, phase)}
"""How many numbers of a partner add up what its ties bring in a phase, which begins by setting them to nothing."""
CLEARED_OF_PLACE = {phase: PLACE.groups[f"cleared_{phase.name.lower()}"][1] for phase in Phase if cleared_in(PlaceFields, phase)}
"""The same of the place."""
SIDE_A, SIDE_B = LAYOUT.side_start(0), LAYOUT.side_start(1)


class Arrays(NamedTuple):
    """Everything a phase reads and writes. `lanes` has as many entries as there are lanes, so that their number is known
    when a phase is compiled; `lead` holds the largest partner of each kind, or −1. `policy_setting` is what each partner is
    asked for, `partner_setting` what is in force: the same but for ways of working that it does not wholly practise."""

    tie: Any
    partner: Any
    place: Any
    partner_setting: Any
    policy_setting: Any
    place_setting: Any
    start_setting: Any
    tie_fact: Any
    partner_fact: Any
    a: Any
    b: Any
    tie_key: Any
    side_a_key: Any
    side_b_key: Any
    partner_key: Any
    seed: Any
    lead: Any
    lanes: Any


CHANGING = ("tie", "partner", "place", "partner_setting", "policy_setting", "place_setting", "start_setting", "seed")
"""The arrays that differ by lane and change within a run; all others belong to the place."""


@lru_cache(maxsize=8)
def signature(lanes: int) -> Any:
    """The numba type of `Arrays` with this number of lanes."""
    from numba import typeof

    floats, ints, keys = np.zeros(1), np.zeros(1, np.int64), np.zeros(1, np.uint64)
    sample = Arrays._make([*[floats] * 9, ints, ints, *[keys] * 5, ints, (0,) * lanes])
    return typeof(sample)
