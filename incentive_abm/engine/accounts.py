"""Phase 9: pools are paid into and spent, savings and stranded costs fall where they fall, balances are struck."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.kinds import Phase
from incentive_abm.rules import appraisal, commitment, compacts, delivery, feedback, money
from incentive_abm.state.arrays import CLEARED
from incentive_abm.state.kernels import chance, kernel, lanes

SUMS = CLEARED[Phase.ACCOUNTS]


@kernel()
def clear_flows(partners: Any) -> None:
    """Set the quarter's flows of money to nothing."""
    for partner in partners:
        for k in range(SUMS):
            for lane in lanes:
                partner.cleared_accounts[k] = 0.0


@kernel(blocks=True)
def account_ties(ties: Any, place: Any, quarter: Any) -> None:
    """Pools are paid into and spent; savings, stranded costs, effort and payments fall where they fall."""
    settings = place.settings
    for tie in ties:
        a, b = tie.a, tie.b
        me, them, mine, theirs = a.partner, b.partner, a.partner.settings, b.partner.settings
        for lane in lanes:
            scope = tie.scope_money
            shared = appraisal.breadth(*tie.scopes)
            kept_a, kept_b = a.kept, b.kept
            in_a = money.contribution(scope, tie.spend * a.share, kept_a)
            in_b = money.contribution(scope, tie.spend * b.share, kept_b)
            left = 1.0 if tie.walked_out > 0.0 else 0.0
            back = tie.pool * left
            pool = tie.pool - back + in_a + in_b
            used = money.pool_spent(pool, kept_a, kept_b)
            saved = money.pool_saved(used, settings.saving, tie.joint_quality, tie.quality)
            bill_a = money.stranded_bill(scope, tie.spend * a.share, mine.stranded_cost, me.stranded, mine.payment_reform)
            bill_b = money.stranded_bill(scope, tie.spend * b.share, theirs.stranded_cost, them.stranded, theirs.payment_reform)
            effort = money.effort_bill(tie.meetings, settings.effort_cost, tie.spend)
            paid = money.side_payment_bill(tie.payment, delivery.engagement(shared), tie.spend)
            grant = commitment.deadline_grant(settings.deadline_money, float(quarter), settings.deadline_quarter, scope,
                                              settings.deadline_scope, tie.spend)
            gain = saved + back + grant
            tie.pool = pool - used
            back_a = feedback.put_back(saved * a.share, settings.reinvested, me.stress)
            back_b = feedback.put_back(saved * b.share, settings.reinvested, them.stress)
            evened = compacts.risk_shared(tie.bound, settings.risk_share, me.balance, them.balance, tie.spend * a.share,
                                          tie.spend * b.share)
            me.flow += gain * a.share - bill_a - effort - paid - back_a - evened
            them.flow += gain * b.share - bill_b - effort + paid - back_b + evened
            me.put_back += back_a
            them.put_back += back_b
            place.put_back += back_a + back_b
            place.contributed += in_a + in_b
            place.joint_spent += used - saved
            place.saved += saved
            place.returned += back
            place.stranded += bill_a + bill_b
            place.effort += 2.0 * effort
            place.deadline_paid += grant
            place.meetings += tie.meetings


@kernel()
def account_partners(partners: Any, place: Any, quarter: Any) -> None:
    """Balances are struck: what is settled with the centre, luck, trend, and the quarter's flows."""
    settings = place.settings
    for partner in partners:
        own = partner.settings
        for lane in lanes:
            balance = partner.balance
            settled = money.settled_of(balance, settings.balance_memory)
            luck = money.luck_of(chance(Stream.BALANCE_NOISE, partner.key), own.balance_noise)
            trend = own.deficit_trend * partner.trend
            partner.balance = balance - settled + luck - trend + partner.flow / partner.income
            partner.practice = feedback.practice_paid_for(partner.practice, partner.put_back, partner.income)
            place.settled += settled * partner.income * partner.connected
            place.luck += luck * partner.income * partner.connected
            place.trend += trend * partner.income * partner.connected


KERNELS = (clear_flows, account_ties, account_partners)
