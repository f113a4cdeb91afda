"""Phase 5: packages on the Pareto frontier, then offers and counter-offers until agreement, or the Nash deal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from incentive_abm.agents.records import Organisation, PlaceState, Side, Tie
from incentive_abm.chance import Stream
from incentive_abm.kinds import Protocol, Talk
from incentive_abm.rules import bargaining, commitment, compacts, fallback
from incentive_abm.rules.bargaining import NEVER, PACKAGES, ROUNDS


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


class Negotiating(Organisation):
    """How a partner talks."""

    def at_the_table(self) -> bool:
        """Q1. Whether it takes part in talks and has a seat on the board."""
        return commitment.at_the_table(self.voluntary, self.table_draw, self.place.settings.inclusion,
                                       float(self.kind), self.balance) == 1.0

    def attends(self, side: Side[Any]) -> float:
        """N1, N2. Share of full attention that it has for talks on a tie this quarter."""
        own = self.settings
        left = bargaining.attention_left(own.attention, own.committees, self.place.settings.directives, self.pressure)
        given = bargaining.attention_given(own.attention, left, side.want, self.demand)
        return compacts.at_one_table(given, self.members, 1.0 if side.tie.bound == side.end + 1.0 else 0.0)

    def target(self, side: Side[Any], round_number: int) -> float:
        """B3. The least worth it accepts in a round (1..8), given its best package and its fallback."""
        held_out = bargaining.aspiration(bargaining.LOG_PROGRESS[round_number - 1], 1.0 / side.concession)
        return bargaining.target_worth(side.fallback, side.best, held_out)

    def propose(self, side: Side[Any], packages: Sequence[Package], round_number: int) -> Package | None:
        """B3. Among packages that meet its own target, the one that appeals most (the first of equals)."""
        target = self.target(side, round_number)
        mine, theirs = side.end, 1 - side.end
        return max((p for p in packages if p.worth[mine] >= target), default=None,
                   key=lambda p: bargaining.appeal(p.worth[mine], p.worth[theirs], side.fallback, side.across.fallback,
                                                   side.best, side.across.best))

    def accepts(self, side: Side[Any], package: Package, round_number: int) -> bool:
        """B3. Whether an offer is worth at least its own target."""
        return package.worth[side.end] >= self.target(side, round_number)


def possible_packages(tie: Tie[Any]) -> list[Package]:
    """B1, B2. The packages by which each partner and the whole gain, side payment included."""
    a, b, own = tie.a, tie.b, tie.settings
    reform, payments = own.payment_reform, own.side_payments
    found = []
    for number in range(PACKAGES):
        s1, s2, s3, paid, gain_a, gain_b, product = bargaining.package(
            float(number), *a.benefits, a.cost, a.fallback, *b.benefits, b.cost, b.fallback, reform, payments)
        if product >= 0.0:
            found.append(Package(number, s1, s2, s3, paid, (gain_a + a.fallback, gain_b + b.fallback), product))
    return found


def alternate(opener: Side[Any], packages: Sequence[Package], limit: float) -> Outcome:
    """B3. Stacked alternating offers: the sides take turns to propose until one accepts or the meetings run out.

    Who is refused goes on, in the same round, with what appeals most of the rest; where that is what is best for the other,
    the first refusal is the last.

    Source: Aydoğan et al. 2017 for the protocol; Faratin, Sierra & Jennings 1998 for how targets fall.
    """
    proposer, listener = opener, opener.across
    for number in range(1, ROUNDS + 1):
        if number > limit:
            break
        left = list(packages)
        while (offer := proposer.partner.propose(proposer, left, number)) in left:
            if listener.partner.accepts(listener, offer, number):
                return Outcome(offer, float(number))
            left.remove(offer)
        proposer, listener = listener, proposer
    return NO_AGREEMENT


def nash_deal(packages: Sequence[Package]) -> Package | None:
    """B4. The package with the largest product of gains, the first of equals; None where there is none."""
    return max(packages, key=lambda p: p.product, default=None)


def hold_talks(tie: Tie[Any]) -> None:
    """B3–B5. A quarter's talks on a tie: how they ended, and what is on offer."""
    a, b, place = tie.a, tie.b, tie.place
    settings = place.settings
    packages = possible_packages(tie)
    a.best = max((p.worth[0] for p in packages), default=NEVER)
    b.best = max((p.worth[1] for p in packages), default=NEVER)
    tie.attended = min(a.partner.attends(a), b.partner.attends(b))
    limit = tie.attended * bargaining.rounds_available(tie.settings.relational_space, place.clarity)
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


def play(place: PlaceState) -> None:
    """Talks on every tie."""
    for tie in place.ties:
        hold_talks(tie)


def _number(package: Package | None) -> float:
    return -1.0 if package is None else float(package.number)
