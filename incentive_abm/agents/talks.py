"""Phase 5, negotiation: packages on the Pareto frontier, then offers and counter-offers, or the Nash deal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from incentive_abm.chance import Stream
from incentive_abm.kinds import Protocol, Talk
from incentive_abm.rules import appraisal, bargaining, fallback
from incentive_abm.rules.bargaining import PACKAGES, ROUNDS

if TYPE_CHECKING:
    from incentive_abm.agents.sides import Side
    from incentive_abm.agents.ties import Tie

NOTHING_POSSIBLE = -1e9
"""The best worth of a side for which no package leaves both better off."""


class Package(NamedTuple):
    """One possible deal: scopes (0..1), what a pays b, its worth to (a, b), and the product of both gains."""

    number: int
    money: float
    staff: float
    information: float
    payment: float
    worth: tuple[float, float]
    product: float


class Outcome(NamedTuple):
    """A package agreed upon, or None, and the round in which it was (0 for never)."""

    package: Package | None
    in_round: float


NO_AGREEMENT = Outcome(None, 0.0)


def possible_packages(tie: Tie) -> list[Package]:
    """B1, B2. The packages by which each partner and the whole gain, side payment included."""
    a, b = tie.a, tie.b
    reform = 0.5 * (a.partner.settings.payment_reform + b.partner.settings.payment_reform)
    side_payments = tie.place.settings.side_payments
    found = []
    for number in range(PACKAGES):
        weight = bargaining.package_weight(float(number))
        ease = bargaining.package_ease(weight, a.cost, b.cost)
        s1 = bargaining.package_scope(weight, a.money, b.money, ease)
        s2 = bargaining.package_scope(weight, a.staff, b.staff, ease)
        s3 = bargaining.package_scope(weight, a.information, b.information, ease)
        gain_a = appraisal.utility(a.money, a.staff, a.information, a.cost, s1, s2, s3) - a.fallback
        gain_b = appraisal.utility(b.money, b.staff, b.information, b.cost, s1, s2, s3) - b.fallback
        cap = bargaining.payment_cap(appraisal.breadth(s1, s2, s3), reform, side_payments)
        paid = bargaining.side_payment(gain_a, gain_b, cap)
        gain_a, gain_b = gain_a - paid, gain_b + paid
        product = bargaining.nash_product(gain_a, gain_b)
        if product >= 0.0:
            found.append(Package(number, s1, s2, s3, paid, (gain_a + a.fallback, gain_b + b.fallback), product))
    return found


def alternate(opener: Side, packages: Sequence[Package], limit: float) -> Outcome:
    """B3. Stacked alternating offers: the sides take turns to propose until one accepts or the meetings run out.

    Source: Aydoğan et al. 2017 for the protocol; Faratin, Sierra & Jennings 1998 for how targets fall.
    """
    proposer, listener = opener, opener.across
    for number in range(1, ROUNDS + 1):
        if number > limit:
            break
        offer = proposer.partner.propose(proposer, packages, number)
        if offer is not None and listener.partner.accepts(listener, offer, number):
            return Outcome(offer, float(number))
        proposer, listener = listener, proposer
    return NO_AGREEMENT


def nash_deal(packages: Sequence[Package]) -> Package | None:
    """B4. The package with the largest product of gains, the first of equals; None where there is none."""
    return max(packages, key=lambda p: p.product, default=None)


def hold_talks(tie: Tie) -> None:
    """B3–B5. A quarter's talks on a tie: how they ended, and what is on offer."""
    a, b, place = tie.a, tie.b, tie.place
    settings = place.settings
    packages = possible_packages(tie)
    a.best = max((p.worth[0] for p in packages), default=NOTHING_POSSIBLE)
    b.best = max((p.worth[1] for p in packages), default=NOTHING_POSSIBLE)
    limit = bargaining.rounds_available(settings.relational_space, place.clarity)
    tie.first = bargaining.makes_first_offer(place.chance(Stream.FIRST_OFFER, tie.key), a.share)
    present = a.partner.at_the_table() and b.partner.at_the_table()
    felt = fallback.opposition_felt(place.opposition, settings.public_engagement)
    vetoed = fallback.vetoed(felt, settings.veto_threshold, tie.with_trust)
    benchmark = nash_deal(packages)
    if settings.protocol == Protocol.NASH:
        outcome = Outcome(benchmark, 1.0)
    elif present and vetoed == 0.0:
        outcome = alternate(b if tie.first == 1.0 else a, packages, limit)
    else:
        outcome = NO_AGREEMENT
    tie.talk, tie.rounds = bargaining.how_talks_ended(
        1.0 if present else 0.0, vetoed, _number(benchmark), _number(outcome.package), outcome.in_round, limit)
    if tie.talk == Talk.AGREED and outcome.package is not None and benchmark is not None:
        deal = outcome.package
        tie.package = float(deal.number)
        tie.nash_gap = bargaining.nash_gap(benchmark.product, deal.product)
        tie.offer_money, tie.offer_staff, tie.offer_information = deal.money, deal.staff, deal.information
        tie.offer_payment = deal.payment
    else:
        tie.package = -1.0
        tie.nash_gap = tie.offer_money = tie.offer_staff = tie.offer_information = tie.offer_payment = 0.0


def _number(package: Package | None) -> float:
    return -1.0 if package is None else float(package.number)
