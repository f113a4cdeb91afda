"""Phase 6: the board ratifies; partners may walk away; scopes move toward what was agreed or imposed."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.kinds import Phase
from incentive_abm.rules import appraisal, bargaining, commitment, delivery, trust
from incentive_abm.state.arrays import CLEARED
from incentive_abm.state.kernels import chance, kernel, lanes

SUMS = CLEARED[Phase.COMMITMENT]


@kernel()
def clear_votes(partners: Any) -> None:
    """Set what partners gain by the deals on the table to nothing."""
    for partner in partners:
        for k in range(SUMS):
            for lane in lanes:
                partner.cleared_commitment[k] = 0.0


@kernel(blocks=True)
def count_votes(ties: Any) -> None:
    """What each partner gains by the deals just made, over its ties."""
    for tie in ties:
        for side in tie.sides:
            for lane in lanes:
                agreed = 1.0 if tie.talk == 1.0 else 0.0
                worth = appraisal.utility(*side.benefits, side.cost, *tie.offer)
                want = bargaining.wanted(side.best, side.fallback)
                side.want = want
                side.partner.wants += want
                side.partner.vote += commitment.stake(agreed, side.part, worth - side.sign * tie.offer_payment, side.fallback,
                                                      side.surplus)


@kernel()
def decide(partners: Any, place: Any) -> None:
    """The board's vote and how fast deals may be taken up."""
    settings = place.settings
    for lane in lanes:
        voters, yes, income, yes_income, largest_no = 0.0, 0.0, 0.0, 0.0, 0.0
        n0, n1, n2, n3, y0, y1, y2, y3 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for partner in partners:
            seat = partner.connected * commitment.at_the_table(partner.voluntary, partner.table_draw, settings.inclusion)
            vote = seat * commitment.votes_yes(partner.vote)
            size = partner.income * seat
            voters += seat
            yes += vote
            income += size
            yes_income += size * vote
            no_size = size * (1.0 - vote)
            largest_no = no_size if no_size > largest_no else largest_no
            kind = partner.kind
            n0, y0 = n0 + (seat if kind == 0.0 else 0.0), y0 + (vote if kind == 0.0 else 0.0)
            n1, y1 = n1 + (seat if kind == 1.0 else 0.0), y1 + (vote if kind == 1.0 else 0.0)
            n2, y2 = n2 + (seat if kind == 2.0 else 0.0), y2 + (vote if kind == 2.0 else 0.0)
            n3, y3 = n3 + (seat if kind == 3.0 else 0.0), y3 + (vote if kind == 3.0 else 0.0)
        by_kind = commitment.mean_of_kinds(n0, y0, n1, y1, n2, y2, n3, y3)
        blocked = commitment.blocked(largest_no, income, settings.block_share)
        passes = commitment.board_passes(commitment.ratio(yes, voters), commitment.ratio(yes_income, income), by_kind,
                                         blocked, settings.voting_rule)
        place.yes_share = commitment.ratio(yes, voters)
        place.board_speed = commitment.board_speed(passes, settings.board_brake, place.clarity, voters, settings.free_riding,
                                                   settings.named_owner)


@kernel(blocks=True)
def take_up(ties: Any, place: Any, quarter: Any) -> None:
    """Walk-outs first, then each scope moves toward its goal."""
    settings = place.settings
    for tie in ties:
        a, b = tie.a, tie.b
        for lane in lanes:
            patience, leaving, mandate = settings.exit_patience, settings.exit_chance, settings.mandate
            leaves_a = commitment.walks_away(a.losing, patience, leaving, mandate, chance(Stream.WALK_OUT, a.key))
            leaves_b = commitment.walks_away(b.losing, patience, leaving, mandate, chance(Stream.WALK_OUT, b.key))
            out = leaves_a + 2.0 * leaves_b
            left = 1.0 if out > 0.0 else 0.0
            tie.walked_out = out
            place.walk_outs += left
            scar = commitment.scar_after(tie.scar, left)
            tie.scar = scar
            tie.identity = commitment.kept_after_exit(tie.identity, left, commitment.IDENTITY_AFTER_EXIT)
            a.beta = trust.evidence_of_walk_out(a.beta, left)
            b.beta = trust.evidence_of_walk_out(b.beta, left)
            a.losing = commitment.kept_after_exit(a.losing, left, 0.0)
            b.losing = commitment.kept_after_exit(b.losing, left, 0.0)
            talk = tie.talk
            up = commitment.speed_up(settings.uptake, tie.settings.horizon, place.board_speed, mandate, scar, settings.exit_scar)
            down = commitment.speed_down(tie.settings.joint_resolution)
            joint = delivery.joint_quality(tie.identity, trust.mean_trust(a.alpha, a.beta), trust.mean_trust(b.alpha, b.beta),
                                           tie.information)
            ready = commitment.readiness(joint, settings.relations_first)
            was1, was2, was3 = tie.scope_money, tie.scope_staff, tie.scope_information
            old1, old2, old3 = tie.agreed_money, tie.agreed_staff, tie.agreed_information
            old_paid, age = tie.payment, tie.age
            deal1 = commitment.deal_after(talk, left, old1, tie.offer_money)
            deal2 = commitment.deal_after(talk, left, old2, tie.offer_staff)
            deal3 = commitment.deal_after(talk, left, old3, tie.offer_information)
            paid = commitment.deal_after(talk, left, old_paid, tie.offer_payment)
            in_force = appraisal.breadth(deal1, deal2, deal3) > 0.0
            new_age = age + 1.0 if in_force else 0.0
            place.agreements += 1.0 if new_age == 1.0 else 0.0
            tie.agreed_money = deal1
            tie.agreed_staff = deal2
            tie.agreed_information = deal3
            tie.payment = paid
            tie.age = new_age
            now1 = commitment.scope_after(commitment.scope_after_exit(was1, left, mandate), commitment.imposed(deal1, mandate),
                                          up, down, ready)
            now2 = commitment.scope_after(commitment.scope_after_exit(was2, left, mandate), commitment.imposed(deal2, mandate),
                                          up, down, ready)
            now3 = commitment.scope_after(commitment.scope_after_exit(was3, left, mandate), commitment.imposed(deal3, mandate),
                                          up, down, 1.0)
            tie.scope_money = now1
            tie.scope_staff = now2
            tie.scope_information = now3
            tie.moved = appraisal.breadth(now1, now2, now3) - appraisal.breadth(was1, was2, was3)


KERNELS = (clear_votes, count_votes, decide, take_up)
