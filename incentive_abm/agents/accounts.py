"""Phase 9: pools are paid into and spent, savings and stranded costs fall where they fall, balances are struck."""

from __future__ import annotations

from typing import Any

from incentive_abm.agents.records import Organisation, PlaceState, Side, Tie, clear
from incentive_abm.chance import Stream
from incentive_abm.kinds import Phase
from incentive_abm.rules import commitment, compacts, delivery, feedback, money


class Accounting(Organisation):
    """How a partner's books come out."""

    def strike_balance(self) -> None:
        """M1. Balance after the quarter: settled with the centre, luck, trend, and what its ties brought or cost."""
        place, own = self.place, self.settings
        settled = money.settled_of(self.balance, place.settings.balance_memory)
        luck = money.luck_of(place.chance(Stream.BALANCE_NOISE, self.key), own.balance_noise)
        trend = own.deficit_trend * self.trend
        self.balance = self.balance - settled + luck - trend + self.flow / self.income
        self.practice = feedback.practice_paid_for(self.practice, self.put_back, self.income)
        place.settled += settled * self.income * self.connected
        place.luck += luck * self.income * self.connected
        place.trend += trend * self.income * self.connected


def play(place: PlaceState) -> None:
    """Every tie settles; then every partner strikes its balance."""
    clear(place, Phase.ACCOUNTS)
    for tie in place.ties:
        settle(tie)
    for partner in place.partners:
        partner.strike_balance()


def settle(tie: Tie[Any]) -> None:
    """M1, B2, C6. The pool is paid into and spent; savings, stranded costs, effort and payments fall where they fall."""
    a, b, place, settings = tie.a, tie.b, tie.place, tie.place.settings
    into_a = money.contribution(tie.scope_money, tie.spend * a.share, a.kept)
    into_b = money.contribution(tie.scope_money, tie.spend * b.share, b.kept)
    back = tie.pool * (1.0 if tie.walked_out > 0.0 else 0.0)
    pool = tie.pool - back + into_a + into_b
    used = money.pool_spent(pool, a.kept, b.kept)
    saved = money.pool_saved(used, settings.saving, tie.joint_quality, tie.quality)
    bill_a, bill_b = stranded_bill(a), stranded_bill(b)
    effort = money.effort_bill(tie.meetings, settings.effort_cost, tie.spend)
    paid = money.side_payment_bill(tie.payment, delivery.engagement(tie.breadth), tie.spend)
    grant = commitment.deadline_grant(settings.deadline_money, float(place.quarter), settings.deadline_quarter,
                                      tie.scope_money, settings.deadline_scope, tie.spend)
    gain = saved + back + grant
    tie.pool = pool - used
    back_a, back_b = (feedback.put_back(saved * side.share, settings.reinvested, side.partner.stress) for side in tie.sides)
    evened = compacts.risk_shared(tie.bound, settings.risk_share, a.partner.balance, b.partner.balance, tie.spend * a.share,
                                  tie.spend * b.share)
    a.partner.flow += gain * a.share - bill_a - effort - paid - back_a - evened
    b.partner.flow += gain * b.share - bill_b - effort + paid - back_b + evened
    a.partner.put_back += back_a
    b.partner.put_back += back_b
    place.put_back += back_a + back_b
    place.contributed += into_a + into_b
    place.joint_spent += used - saved
    place.saved += saved
    place.returned += back
    place.stranded += bill_a + bill_b
    place.effort += 2.0 * effort
    place.deadline_paid += grant
    place.meetings += tie.meetings


def stranded_bill(side: Side[Any]) -> float:
    """M1. £m of fixed costs that a side is left with this quarter."""
    tie, me = side.tie, side.partner
    return money.stranded_bill(tie.scope_money, tie.spend * side.share, me.settings.stranded_cost, me.stranded,
                               me.settings.payment_reform)
