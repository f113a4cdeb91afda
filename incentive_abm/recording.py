"""What is kept of a run beyond its measures: pictures of partners and ties by quarter, and the log of events.

Both are read off the state at the end of a quarter, so they serve both executors and change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from incentive_abm.compiling import compiled
from incentive_abm.fields import N_PARTNER, N_TIE, PartnerField, PlaceField, SideField, TieField
from incentive_abm.parameters import PartnerSetting, PlaceSetting
from incentive_abm.rules import appraisal, bargaining
from incentive_abm.state import MANY, N_PARTNER_SETTING, ONE, SIDE_A, SIDE_B, Arrays, at

P, T, S = PartnerField, TieField, SideField

PARTNER_PICTURE: tuple[PartnerField, ...] = (
    P.BALANCE, P.STRESS, P.SKILL, P.BACKGROUND, P.TENURE, P.OWNERSHIP, P.PRESSURE, P.PRACTICE, P.SHOCK, P.NEW_LEADER,
    P.BAILED_OUT, P.EVIDENCE, P.TARGETS, P.FINANCE, P.PERSON, P.COMMUNITY, P.EQUITY,
)
"""Fields of each partner kept by quarter."""

TIE_PICTURE: tuple[int, ...] = (
    T.IDENTITY, T.INFORMATION, T.STEREOTYPE, T.SCOPE_MONEY, T.SCOPE_STAFF, T.SCOPE_INFORMATION, T.AGREED_MONEY,
    T.AGREED_STAFF, T.AGREED_INFORMATION, T.PAYMENT, T.AGE, T.TALK, T.ROUNDS, T.WALKED_OUT, T.EXPECTED, T.OUTCOME,
    T.BLOCKER, T.SHORTFALL, T.DISTANCE,
    SIDE_A + S.ALPHA, SIDE_A + S.BETA, SIDE_A + S.FALLBACK, SIDE_A + S.BEST, SIDE_A + S.SURPLUS, SIDE_A + S.KEPT,
    SIDE_A + S.BLOCKER,
    SIDE_B + S.ALPHA, SIDE_B + S.BETA, SIDE_B + S.FALLBACK, SIDE_B + S.BEST, SIDE_B + S.SURPLUS, SIDE_B + S.KEPT,
    SIDE_B + S.BLOCKER,
)
"""Fields of each tie kept by quarter; side fields come with their offset in the tie's record."""


def tie_picture_names() -> tuple[str, ...]:
    """Column names of `TIE_PICTURE`, with _a or _b for a side's field."""
    def name(field: int) -> str:
        if field < SIDE_A:
            return TieField(field).name.lower()
        if field < SIDE_B:
            return SideField(field - SIDE_A).name.lower() + "_a"
        return SideField(field - SIDE_B).name.lower() + "_b"

    return tuple(name(int(field)) for field in TIE_PICTURE)


def partner_picture_names() -> tuple[str, ...]:
    """Column names of `PARTNER_PICTURE`."""
    return tuple(field.name.lower() for field in PARTNER_PICTURE)


_INTS, _SINGLE = types.int64[::1], types.float32[::1]


@compiled([types.void(t, _INTS, _INTS, _SINGLE, _SINGLE) for t in (ONE, MANY)])
def take_picture(s: Any, partner_fields: Any, tie_fields: Any, partners: Any, ties: Any) -> None:
    """Copy the named fields to float32 arrays [n][fields][lanes] and [m][fields][lanes], flattened."""
    lanes = len(s.lanes)
    tie, partner, tie_keys, partner_keys = s.tie, s.partner, s.tie_key, s.partner_key
    k = 0
    for i in range(partner_keys.size):
        for field in partner_fields:
            for lane in range(lanes):
                partners[k + lane] = partner[(i * N_PARTNER + field) * lanes + lane]
            k += lanes
    k = 0
    for t in range(tie_keys.size):
        for field in tie_fields:
            for lane in range(lanes):
                ties[k + lane] = tie[(t * N_TIE + field) * lanes + lane]
            k += lanes


class OfferField(IntEnum):
    """Columns of an offer."""

    TIE = 0
    ROUND = 1
    BY_B = 2
    MONEY = 3
    STAFF = 4
    INFORMATION = 5
    PAYMENT = 6
    WORTH_OWN = 7
    WORTH_OTHER = 8
    ASKED_OTHER = 9
    ACCEPTED = 10


N_OFFER = len(OfferField)


@compiled([types.float64(t, types.int64) for t in (ONE, MANY)])
def count_offers(s: Any, lane: Any) -> Any:
    """Offers made in one lane this quarter: one a round, in talks between sides that could both gain."""
    lanes = len(s.lanes)
    tie, tie_keys = s.tie, s.tie_key
    total = 0.0
    for t in range(tie_keys.size):
        o = t * N_TIE * lanes + lane
        talk = tie[o + T.TALK * lanes]
        if talk == 1.0 or talk == 3.0:
            total += tie[o + T.ROUNDS * lanes]
    return total


@compiled([types.void(t, types.int64, types.float64[:, ::1]) for t in (ONE, MANY)])
def list_offers(s: Any, lane: Any, out: Any) -> None:
    """Fill `out`, shape [offers, N_OFFER], with every offer of the quarter in one lane, as the rules made it.

    In each round the proposer offers, among packages that meet its own target, the one best for the other side.
    """
    lanes = len(s.lanes)
    tie, q, w, ends_a, ends_b, tie_keys = s.tie, s.partner_setting, s.place_setting, s.a, s.b, s.tie_key
    row = 0
    worth = np.empty((2, bargaining.PACKAGES))
    scopes = np.empty((4, bargaining.PACKAGES))
    for t in range(tie_keys.size):
        o = t * N_TIE * lanes + lane
        talk = tie[o + T.TALK * lanes]
        if talk != 1.0 and talk != 3.0:
            continue
        a, b = o + SIDE_A * lanes, o + SIDE_B * lanes
        none_a, none_b = tie[a + S.FALLBACK * lanes], tie[b + S.FALLBACK * lanes]
        reform = 0.5 * (
            q[(at(ends_a, t) * N_PARTNER_SETTING + PartnerSetting.payment_reform) * lanes + lane]
            + q[(at(ends_b, t) * N_PARTNER_SETTING + PartnerSetting.payment_reform) * lanes + lane])
        allowed = w[PlaceSetting.side_payments * lanes + lane]
        cost_a, cost_b = tie[a + S.COST * lanes], tie[b + S.COST * lanes]
        money_a, money_b = tie[a + S.MONEY * lanes], tie[b + S.MONEY * lanes]
        staff_a, staff_b = tie[a + S.STAFF * lanes], tie[b + S.STAFF * lanes]
        know_a, know_b = tie[a + S.INFORMATION * lanes], tie[b + S.INFORMATION * lanes]
        for k in range(bargaining.PACKAGES):
            weight = bargaining.package_weight(float(k))
            ease = bargaining.package_ease(weight, cost_a, cost_b)
            s1 = bargaining.package_scope(weight, money_a, money_b, ease)
            s2 = bargaining.package_scope(weight, staff_a, staff_b, ease)
            s3 = bargaining.package_scope(weight, know_a, know_b, ease)
            gain_a = appraisal.utility(money_a, staff_a, know_a, cost_a, s1, s2, s3) - none_a
            gain_b = appraisal.utility(money_b, staff_b, know_b, cost_b, s1, s2, s3) - none_b
            cap = bargaining.payment_cap(appraisal.breadth(s1, s2, s3), reform, allowed)
            paid = bargaining.side_payment(gain_a, gain_b, cap)
            possible = bargaining.nash_product(gain_a - paid, gain_b + paid) >= 0.0
            worth[0, k] = gain_a - paid + none_a if possible else -1e9
            worth[1, k] = gain_b + paid + none_b if possible else -1e9
            scopes[0, k], scopes[1, k], scopes[2, k], scopes[3, k] = s1, s2, s3, paid
        rounds = int(tie[o + T.ROUNDS * lanes])
        first = int(tie[o + T.FIRST * lanes])
        nash = w[PlaceSetting.protocol * lanes + lane] == 1.0
        for r in range(rounds):
            by = (first + r) % 2
            mine, theirs = (a, b) if by == 0 else (b, a)
            own_target = bargaining.target_worth(
                tie[mine + S.FALLBACK * lanes], tie[mine + S.BEST * lanes],
                bargaining.aspiration(bargaining.LOG_PROGRESS[r], 1.0 / tie[mine + S.CONCESSION * lanes]))
            asked = bargaining.target_worth(
                tie[theirs + S.FALLBACK * lanes], tie[theirs + S.BEST * lanes],
                bargaining.aspiration(bargaining.LOG_PROGRESS[r], 1.0 / tie[theirs + S.CONCESSION * lanes]))
            chosen = 0
            score = -2e9
            for k in range(bargaining.PACKAGES):
                if worth[by, k] >= own_target and worth[1 - by, k] > score:
                    chosen, score = k, worth[1 - by, k]
            if nash:
                chosen = int(tie[o + T.PACKAGE * lanes])
            out[row, OfferField.TIE] = t
            out[row, OfferField.ROUND] = r + 1
            out[row, OfferField.BY_B] = by
            out[row, OfferField.MONEY] = scopes[0, chosen]
            out[row, OfferField.STAFF] = scopes[1, chosen]
            out[row, OfferField.INFORMATION] = scopes[2, chosen]
            out[row, OfferField.PAYMENT] = scopes[3, chosen]
            out[row, OfferField.WORTH_OWN] = worth[by, chosen]
            out[row, OfferField.WORTH_OTHER] = worth[1 - by, chosen]
            out[row, OfferField.ASKED_OTHER] = asked
            out[row, OfferField.ACCEPTED] = 1.0 if talk == 1.0 and r + 1 == rounds else 0.0
            row += 1


@dataclass(frozen=True)
class QuarterLog:
    """What is needed to tell one quarter of one run: offers [k, N_OFFER], ties [m, TIE_PICTURE], partners [n, PARTNER_PICTURE],
    and the place's reversal and reorganisation marks."""

    quarter: int
    offers: NDArray[np.float64]
    ties: NDArray[np.float32]
    partners: NDArray[np.float32]
    reversal: bool
    reorganisation: bool


PARTNER_FIELDS = np.array([int(f) for f in PARTNER_PICTURE], np.int64)
TIE_FIELDS = np.array([int(f) for f in TIE_PICTURE], np.int64)


def picture(s: Arrays) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The picture of a quarter: partners [n, fields, lanes] and ties [m, fields, lanes]."""
    lanes, n, m = len(s.lanes), s.partner_key.size, s.tie_key.size
    partners = np.empty(n * len(PARTNER_FIELDS) * lanes, np.float32)
    ties = np.empty(m * len(TIE_FIELDS) * lanes, np.float32)
    take_picture(s, PARTNER_FIELDS, TIE_FIELDS, partners, ties)
    return partners.reshape(n, -1, lanes), ties.reshape(m, -1, lanes)


def log_quarter(s: Arrays, quarter: int, lane: int, pictures: tuple[NDArray[np.float32], NDArray[np.float32]]) -> QuarterLog:
    """The log of one lane's quarter (counted from 1), given the quarter's picture."""
    offers = np.empty((int(count_offers(s, lane)), N_OFFER))
    list_offers(s, lane, offers)
    place = s.place.reshape(-1, len(s.lanes))
    return QuarterLog(quarter, offers, pictures[1][:, :, lane], pictures[0][:, :, lane],
                      bool(place[PlaceField.REVERSAL, lane]), bool(place[PlaceField.REORGANISATION, lane]))
