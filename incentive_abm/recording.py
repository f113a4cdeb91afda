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

from incentive_abm.compiling.build import INT
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.rules import bargaining
from incentive_abm.rules.bargaining import LOG_PROGRESS, NEVER, PACKAGES
from incentive_abm.state.arrays import PARTNER, PLACE, SIDE, SIDE_A, SIDE_B, TIE, TIE_WIDTH, Arrays
from incentive_abm.state.kernels import kernel, over_arrays
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

N_PARTNER = len(PARTNER)
PARTNER_FIELDS = np.array([PARTNER[name] for name in PARTNER_PICTURE], np.int64)
TIE_FIELDS = np.array([TIE[name] if name in TIE else {"a": SIDE_A, "b": SIDE_B}[name[-1]] + SIDE[name[:-2]]
                       for name in TIE_PICTURE], np.int64)
_INTS, _SINGLE = types.int64[::1], types.float32[::1]


@over_arrays(_INTS, _INTS, _SINGLE, _SINGLE)
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
                ties[k + lane] = tie[(t * TIE_WIDTH + field) * lanes + lane]
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


@kernel(types={"lane": INT})
def count_offers(ties: Any, lane: Any) -> Any:
    """Offers made in one lane this quarter: one a round, in talks between sides that could both gain."""
    total = 0.0
    for tie in ties:
        if tie.talk == 1.0 or tie.talk == 3.0:
            total += tie.rounds
    return total


@kernel(types={"lane": INT, "out": types.float64[:, ::1]})
def list_offers(ties: Any, place: Any, lane: Any, out: Any) -> None:
    """Fill `out`, shape [offers, N_OFFER], with every offer of the quarter in one lane, as the rules made it.

    In each round the proposer offers, among packages that meet its own target, the one best for the other side.
    """
    row = 0
    worth = np.empty((2, PACKAGES))
    scopes = np.empty((4, PACKAGES))
    for tie in ties:
        talk = tie.talk
        if talk != 1.0 and talk != 3.0:
            continue
        a, b = tie.a, tie.b
        for k in range(PACKAGES):
            s1, s2, s3, paid, gain_a, gain_b, product = bargaining.package(
                float(k), *a.benefits, a.cost, a.fallback, *b.benefits, b.cost, b.fallback,
                tie.settings.payment_reform, tie.settings.side_payments)
            worth[0, k] = gain_a + a.fallback if product >= 0.0 else NEVER
            worth[1, k] = gain_b + b.fallback if product >= 0.0 else NEVER
            scopes[0, k], scopes[1, k], scopes[2, k], scopes[3, k] = s1, s2, s3, paid
        rounds, first = int(tie.rounds), int(tie.first)
        for r in range(rounds):
            by = (first + r) % 2
            target_a = bargaining.target_worth(a.fallback, a.best, bargaining.aspiration(LOG_PROGRESS[r], 1.0 / a.concession))
            target_b = bargaining.target_worth(b.fallback, b.best, bargaining.aspiration(LOG_PROGRESS[r], 1.0 / b.concession))
            own, asked = (target_a, target_b) if by == 0 else (target_b, target_a)
            by_a = by == 0
            fallback_a, fallback_b, best_a, best_b = a.fallback, b.fallback, a.best, b.best
            chosen = 0
            score = 2.0 * NEVER
            for k in range(PACKAGES):
                appeals = bargaining.appeal(worth[by, k], worth[1 - by, k], fallback_a if by_a else fallback_b,
                                            fallback_b if by_a else fallback_a, best_a if by_a else best_b,
                                            best_b if by_a else best_a)
                if worth[by, k] >= own and appeals > score:
                    chosen, score = k, appeals
            if place.settings.protocol == 1.0 or (talk == 1.0 and r + 1 == rounds):
                chosen = int(tie.package)
            # The members themselves are no index to numba before 0.68.
            out[row, OfferField.TIE.value] = tie.index
            out[row, OfferField.ROUND.value] = r + 1
            out[row, OfferField.BY_B.value] = by
            out[row, OfferField.MONEY.value] = scopes[0, chosen]
            out[row, OfferField.STAFF.value] = scopes[1, chosen]
            out[row, OfferField.INFORMATION.value] = scopes[2, chosen]
            out[row, OfferField.PAYMENT.value] = scopes[3, chosen]
            out[row, OfferField.WORTH_OWN.value] = worth[by, chosen]
            out[row, OfferField.WORTH_OTHER.value] = worth[1 - by, chosen]
            out[row, OfferField.ASKED_OTHER.value] = asked
            out[row, OfferField.ACCEPTED.value] = 1.0 if talk == 1.0 and r + 1 == rounds else 0.0
            row += 1


KERNELS = (take_picture, count_offers, list_offers)


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


def picture(s: Arrays) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The picture of a quarter: partners [n, fields, lanes] and ties [m, fields, lanes]."""
    lanes, n, m = len(s.lanes), s.partner_key.size, s.tie_key.size
    partners = np.empty(n * len(PARTNER_FIELDS) * lanes, np.float32)
    ties = np.empty(m * len(TIE_FIELDS) * lanes, np.float32)
    take_picture(s, PARTNER_FIELDS, TIE_FIELDS, partners, ties)
    return partners.reshape(n, -1, lanes), ties.reshape(m, -1, lanes)


def log_quarter(s: Arrays, quarter: int, lane: int, pictures: tuple[NDArray[np.float32], NDArray[np.float32]],
                rules: RuleSet = SHIPPED) -> QuarterLog:
    """The log of one lane's quarter (counted from 1), given the quarter's picture and the rules it was played by."""
    offers = np.empty((int(count_offers.under(rules, s, lane)), N_OFFER))
    list_offers.under(rules, s, lane, offers)
    place = s.place.reshape(-1, len(s.lanes))
    return QuarterLog(quarter, offers, pictures[1][:, :, lane], pictures[0][:, :, lane],
                      bool(place[PLACE["reversal"], lane]), bool(place[PLACE["reorganisation"], lane]))
