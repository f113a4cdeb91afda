"""A scenario's timed events, written into the state at the start of their quarter; shared by both executors."""

from __future__ import annotations

from collections.abc import Iterable

from incentive_abm.rules import commitment, practice, trust
from incentive_abm.scenario import BoundEvent, EventKind
from incentive_abm.state.arrays import (
    PARTNER,
    PARTNER_SETTING,
    PLACE,
    PRACTISED_AT,
    SIDE,
    SIDE_A,
    TIE,
    TIE_WIDTH,
    TODAY,
    Arrays,
)

NAMED = 2.0
"""Mark of a leader whom an event names, so that the leadership phase installs exactly that person."""
REVERSED, REORGANISED = 1.0, 2.0
SCOPES = tuple(TIE[f"scope_{resource}"] for resource in ("money", "staff", "information"))
DEALS = tuple(TIE[f"agreed_{resource}"] for resource in ("money", "staff", "information"))


def apply_events(s: Arrays, lane: int, events: Iterable[BoundEvent]) -> None:
    """Write each event into one lane of the state. The caller passes only the events of the quarter about to begin."""
    for event in events:
        if event.what is EventKind.SET:
            _set(s, lane, event)
        elif event.what is EventKind.REVERSAL:
            s.place[PLACE["forced"] * len(s.lanes) + lane] = REVERSED
        elif event.what is EventKind.REORGANISATION:
            s.place[PLACE["forced"] * len(s.lanes) + lane] = REORGANISED
        elif event.what is EventKind.LEADER:
            _install(s, lane, event)
        elif event.what is EventKind.BREAK:
            _break(s, lane, event)
        else:
            _broker(s, lane, event)


def _set(s: Arrays, lane: int, event: BoundEvent) -> None:
    lanes = len(s.lanes)
    for index, value in event.place_updates:
        s.place_setting[index * lanes + lane] = value
    for partner in event.partners:
        practised = s.partner[(partner * len(PARTNER) + PARTNER["practised"]) * lanes + lane]
        for index, value in event.partner_updates:
            at = (partner * len(PARTNER_SETTING) + index) * lanes + lane
            s.policy_setting[at] = value
            kept = PRACTISED_AT.index(index) if index in PRACTISED_AT else -1
            s.partner_setting[at] = value if kept < 0 else practice.in_force(TODAY[kept], value, practised)


def _install(s: Arrays, lane: int, event: BoundEvent) -> None:
    lanes = len(s.lanes)
    for partner in event.partners:
        o = partner * len(PARTNER)
        s.partner[(o + PARTNER["skill"]) * lanes + lane] = event.skill
        s.partner[(o + PARTNER["background"]) * lanes + lane] = float(event.background)
        s.partner[(o + PARTNER["new_leader"]) * lanes + lane] = NAMED


def _break(s: Arrays, lane: int, event: BoundEvent) -> None:
    """Broken from outside: as a walk-out by both sides, with its marks on scopes, identity and trust."""
    lanes = len(s.lanes)
    for tie in event.ties:
        o = tie * TIE_WIDTH
        for field in (*DEALS, TIE["payment"], TIE["age"]):
            s.tie[(o + field) * lanes + lane] = 0.0
        for field in SCOPES:
            s.tie[(o + field) * lanes + lane] = commitment.scope_after_exit(
                s.tie[(o + field) * lanes + lane], 1.0, 0.0)
        identity = (o + TIE["identity"]) * lanes + lane
        s.tie[identity] = commitment.kept_after_exit(s.tie[identity], 1.0, commitment.IDENTITY_AFTER_EXIT)
        s.tie[(o + TIE["scar"]) * lanes + lane] = commitment.scar_after(0.0, 1.0)
        for side in (0, 1):
            beta = (o + SIDE_A + side * len(SIDE) + SIDE["beta"]) * lanes + lane
            s.tie[beta] = trust.evidence_of_walk_out(s.tie[beta], 1.0)


def _broker(s: Arrays, lane: int, event: BoundEvent) -> None:
    """Brokered from outside: the deal in force is at least the given scope, and half of it is in place at once; where a compact
    can be made, both sides join it."""
    lanes = len(s.lanes)
    for tie in event.ties:
        o = tie * TIE_WIDTH
        s.tie[(o + TIE["brokered"]) * lanes + lane] = 1.0
        for deal, scope in zip(DEALS, SCOPES, strict=True):
            agreed, shared = (o + deal) * lanes + lane, (o + scope) * lanes + lane
            s.tie[agreed] = max(float(s.tie[agreed]), event.scope)
            s.tie[shared] = max(float(s.tie[shared]), 0.5 * event.scope)
