"""A scenario's timed events, written into the state at the start of their quarter; shared by both executors.

What one event does to one partner or tie is written so that it can be compiled, too; here it runs as plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from numba import types

from incentive_abm.compiling.as_python import reading
from incentive_abm.compiling.build import INT
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.rules.commitment import IDENTITY_AFTER_EXIT, kept_after_exit, scar_after, scope_after_exit
from incentive_abm.rules.practice import in_force
from incentive_abm.rules.trust import evidence_of_walk_out
from incentive_abm.scenario import BoundEvent, EventKind
from incentive_abm.state.arrays import (
    PARTNER,
    PARTNER_SETTING,
    PLACE,
    PRACTISED_AT,
    SIDE,
    SIDE_A,
    SIDE_B,
    TIE,
    TIE_WIDTH,
    TODAY,
    Arrays,
)
from incentive_abm.state.kernels import over_arrays

NAMED = 2.0
"""Mark of a leader whom an event names, so that the leadership phase installs exactly that person."""
REVERSED, REORGANISED = 1.0, 2.0
FORCED, SKILL, BACKGROUND, NEW_LEADER = PLACE["forced"], PARTNER["skill"], PARTNER["background"], PARTNER["new_leader"]
PRACTISED, N_PARTNER, N_SETTING, N_PRACTISED = PARTNER["practised"], len(PARTNER), len(PARTNER_SETTING), len(TODAY)
SCOPES = tuple(TIE[f"scope_{resource}"] for resource in ("money", "staff", "information"))
DEALS = tuple(TIE[f"agreed_{resource}"] for resource in ("money", "staff", "information"))
ENDED = (*DEALS, TIE["payment"], TIE["age"])
IDENTITY, SCAR, BROKERED = TIE["identity"], TIE["scar"], TIE["brokered"]
BETAS = (SIDE_A + SIDE["beta"], SIDE_B + SIDE["beta"])
_NUMBER = types.float64


def apply_events(s: Arrays, lane: int, events: Iterable[BoundEvent], rules: RuleSet = SHIPPED) -> None:
    """Write each event into one lane of the state. The caller passes only the events of the quarter about to begin."""
    read = reading(rules).function
    for event in events:
        if event.what is EventKind.SET:
            for index, value in event.place_updates:
                read(set_place.function)(s, lane, index, value)
            for partner in event.partners:
                for index, value in event.partner_updates:
                    read(set_partner.function)(s, lane, partner, index, value)
        elif event.what is EventKind.REVERSAL:
            read(force.function)(s, lane, REVERSED)
        elif event.what is EventKind.REORGANISATION:
            read(force.function)(s, lane, REORGANISED)
        elif event.what is EventKind.LEADER:
            for partner in event.partners:
                read(install.function)(s, lane, partner, float(event.background), event.skill)
        elif event.what is EventKind.BREAK:
            for tie in event.ties:
                read(break_off.function)(s, lane, tie)
        else:
            for tie in event.ties:
                read(broker.function)(s, lane, tie, event.scope)


@over_arrays(INT, INT, _NUMBER)
def set_place(s: Any, lane: Any, index: Any, value: Any) -> None:
    """A setting of the place changes."""
    s.place_setting[index * len(s.lanes) + lane] = value


@over_arrays(INT, INT, INT, _NUMBER)
def set_partner(s: Any, lane: Any, partner: Any, index: Any, value: Any) -> None:
    """A setting of one partner changes: at once where it need not be practised, else as far as the partner practises."""
    lanes = len(s.lanes)
    at = (partner * N_SETTING + index) * lanes + lane
    s.policy_setting[at] = value
    level = value
    for k in range(N_PRACTISED):
        if PRACTISED_AT[k] == index:
            level = in_force(TODAY[k], value, s.partner[(partner * N_PARTNER + PRACTISED) * lanes + lane])
    s.partner_setting[at] = level


@over_arrays(INT, _NUMBER)
def force(s: Any, lane: Any, what: Any) -> None:
    """A reversal or a reorganisation comes, whatever chance would have had."""
    s.place[FORCED * len(s.lanes) + lane] = what


@over_arrays(INT, INT, _NUMBER, _NUMBER)
def install(s: Any, lane: Any, partner: Any, background: Any, skill: Any) -> None:
    """A new leader comes to one partner."""
    lanes, o = len(s.lanes), partner * N_PARTNER
    s.partner[(o + SKILL) * lanes + lane] = skill
    s.partner[(o + BACKGROUND) * lanes + lane] = background
    s.partner[(o + NEW_LEADER) * lanes + lane] = NAMED


@over_arrays(INT, INT)
def break_off(s: Any, lane: Any, tie: Any) -> None:
    """Broken from outside: as a walk-out by both sides, with its marks on scopes, identity and trust."""
    lanes, o = len(s.lanes), tie * TIE_WIDTH
    for field in ENDED:
        s.tie[(o + field) * lanes + lane] = 0.0
    for field in SCOPES:
        s.tie[(o + field) * lanes + lane] = scope_after_exit(s.tie[(o + field) * lanes + lane], 1.0, 0.0)
    identity = (o + IDENTITY) * lanes + lane
    s.tie[identity] = kept_after_exit(s.tie[identity], 1.0, IDENTITY_AFTER_EXIT)
    s.tie[(o + SCAR) * lanes + lane] = scar_after(0.0, 1.0)
    for field in BETAS:
        s.tie[(o + field) * lanes + lane] = evidence_of_walk_out(s.tie[(o + field) * lanes + lane], 1.0)


@over_arrays(INT, INT, _NUMBER)
def broker(s: Any, lane: Any, tie: Any, scope: Any) -> None:
    """Brokered from outside: the deal in force is at least the given scope, and half of it is in place at once; where a compact
    can be made, both sides join it."""
    lanes, o = len(s.lanes), tie * TIE_WIDTH
    s.tie[(o + BROKERED) * lanes + lane] = 1.0
    for k in range(len(DEALS)):
        agreed, shared = (o + DEALS[k]) * lanes + lane, (o + SCOPES[k]) * lanes + lane
        s.tie[agreed] = max(s.tie[agreed], scope)
        s.tie[shared] = max(s.tie[shared], 0.5 * scope)
