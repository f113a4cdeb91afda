"""Phase 5: offers and counter-offers on every tie until agreement or until the quarter's meetings run out."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.compiling.layout import scratch
from incentive_abm.rules import bargaining, commitment, compacts, fallback
from incentive_abm.rules.bargaining import LOG_PROGRESS, NEVER, PACKAGES, ROUNDS
from incentive_abm.state.kernels import chance, kernel, lanes

TALKS = scratch(worth_a=PACKAGES, worth_b=PACKAGES, product=PACKAGES, target_a=1, target_b=1, best_a=1, best_b=1, nash=1,
                nash_package=1, round=1, package=1, score=1, limit=1, first=1, patience_a=1, patience_b=1)
"""What is on the table of one tie: each package's worth to a and to b (`NEVER` where not both gain), and how far talks are."""


@kernel(blocks=True, working={"talks": TALKS})
def negotiate_ties(ties: Any, place: Any, quarter: Any, talks: Any) -> None:
    """Packages on the Pareto frontier, then rounds of offers, or the Nash deal; how talks ended and what is on offer."""
    settings = place.settings
    for tie in ties:
        a, b = tie.a, tie.b
        me, them = a.partner, b.partner
        for lane in lanes:
            talks.patience_a = 1.0 / a.concession
            talks.patience_b = 1.0 / b.concession
            talks.best_a = NEVER
            talks.best_b = NEVER
            talks.nash = -1.0
            talks.nash_package = -1.0
            talks.round = 0.0
            talks.package = -1.0
            talks.score = NEVER
            left_a = bargaining.attention_left(me.settings.attention, me.settings.committees, settings.directives, me.pressure)
            left_b = bargaining.attention_left(them.settings.attention, them.settings.committees, settings.directives,
                                               them.pressure)
            given_a = bargaining.attention_given(me.settings.attention, left_a, a.want, me.demand)
            given_b = bargaining.attention_given(them.settings.attention, left_b, b.want, them.demand)
            given_a = compacts.at_one_table(given_a, me.members, 1.0 if tie.bound == 1.0 else 0.0)
            given_b = compacts.at_one_table(given_b, them.members, 1.0 if tie.bound == 2.0 else 0.0)
            attended = given_a if given_a < given_b else given_b
            tie.attended = attended
            talks.limit = attended * bargaining.rounds_available(tie.settings.relational_space, place.clarity)
            talks.first = bargaining.makes_first_offer(chance(Stream.FIRST_OFFER, tie.key), a.share)
        for k in range(PACKAGES):
            for lane in lanes:
                _s1, _s2, _s3, _paid, gain_a, gain_b, product = bargaining.package(
                    float(k), *a.benefits, a.cost, a.fallback, *b.benefits, b.cost, b.fallback,
                    tie.settings.payment_reform, tie.settings.side_payments)
                possible = product >= 0.0
                worth_a = gain_a + a.fallback if possible else NEVER
                worth_b = gain_b + b.fallback if possible else NEVER
                talks.worth_a[k] = worth_a
                talks.worth_b[k] = worth_b
                talks.product[k] = product
                best_a, best_b, nash, nash_package = talks.best_a, talks.best_b, talks.nash, talks.nash_package
                talks.best_a = worth_a if worth_a > best_a else best_a
                talks.best_b = worth_b if worth_b > best_b else best_b
                larger = product > nash
                talks.nash = product if larger else nash
                talks.nash_package = float(k) if larger else nash_package
        for r in range(ROUNDS):
            talking = 0.0
            for lane in lanes:
                undecided = 1.0 if talks.round == 0.0 else 0.0
                in_zone = 1.0 if talks.nash_package >= 0.0 else 0.0
                in_time = 1.0 if float(r + 1) <= talks.limit else 0.0
                talking += undecided * in_zone * in_time
            if talking == 0.0:
                break
            progress = LOG_PROGRESS[r]
            turn = float(r % 2)
            for lane in lanes:
                held_a = bargaining.aspiration(progress, talks.patience_a)
                held_b = bargaining.aspiration(progress, talks.patience_b)
                talks.target_a = bargaining.target_worth(a.fallback, talks.best_a, held_a)
                talks.target_b = bargaining.target_worth(b.fallback, talks.best_b, held_b)
            for k in range(PACKAGES):
                for lane in lanes:
                    worth_a, worth_b = talks.worth_a[k], talks.worth_b[k]
                    reached = bargaining.acceptable_to_both(worth_a, worth_b, talks.target_a, talks.target_b, float(r + 1),
                                                            talks.limit, talks.round)
                    by_a = talks.first == turn
                    best_a, best_b, fallback_a, fallback_b = talks.best_a, talks.best_b, a.fallback, b.fallback
                    appeals = bargaining.appeal(worth_a if by_a else worth_b, worth_b if by_a else worth_a,
                                                fallback_a if by_a else fallback_b, fallback_b if by_a else fallback_a,
                                                best_a if by_a else best_b, best_b if by_a else best_a)
                    score, was, package = talks.score, talks.round, talks.package
                    taken = (1.0 if appeals > score else 0.0) * reached
                    talks.score = appeals if taken == 1.0 else score
                    talks.package = float(k) if taken == 1.0 else package
                    talks.round = float(r + 1) if taken == 1.0 else was
        me, them = a.partner, b.partner
        for lane in lanes:
            present = (commitment.at_the_table(me.voluntary, me.table_draw, settings.inclusion, me.kind, me.balance)
                       * commitment.at_the_table(them.voluntary, them.table_draw, settings.inclusion, them.kind, them.balance))
            felt = fallback.opposition_felt(place.opposition, settings.public_engagement)
            vetoed = fallback.vetoed(felt, settings.veto_threshold, tie.with_trust)
            nash_rule = settings.protocol == 1.0
            nash, nash_package = talks.nash, talks.nash_package
            chosen = nash_package if nash_rule else talks.package
            in_round = 1.0 if nash_rule else talks.round
            talk, rounds = bargaining.how_talks_ended(present, vetoed, nash_package, chosen, in_round, talks.limit)
            agreed = talk == 1.0
            s1, s2, s3, paid, _gain_a, _gain_b, product = bargaining.package(
                chosen if agreed else 0.0, *a.benefits, a.cost, a.fallback, *b.benefits, b.cost, b.fallback,
                tie.settings.payment_reform, tie.settings.side_payments)
            gap = bargaining.nash_gap(nash, product)
            tie.talk = talk
            tie.rounds = rounds
            tie.first = talks.first
            tie.package = chosen if agreed else -1.0
            tie.nash_gap = gap if agreed else 0.0
            tie.offer_money = s1 if agreed else 0.0
            tie.offer_staff = s2 if agreed else 0.0
            tie.offer_information = s3 if agreed else 0.0
            tie.offer_payment = paid if agreed else 0.0
            a.best = talks.best_a
            b.best = talks.best_b


KERNELS = (negotiate_ties,)
