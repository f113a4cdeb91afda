"""Phase 6: the board ratifies; partners may walk away; scopes move toward what was agreed or imposed."""

from __future__ import annotations

from typing import Any

from incentive_abm.agents.compacts import Compacting, bind, count, decision_speed, make_compacts
from incentive_abm.agents.records import PlaceState, Side, Tie, clear
from incentive_abm.kinds import Kind, Phase
from incentive_abm.rules import appraisal, bargaining, commitment, compacts, feedback, trust


class Committing(Compacting):
    """How a partner votes."""

    def weigh_deal(self, side: Side[Any]) -> None:
        """C4. Add to its vote what it gains by this quarter's deal on a tie, or by what is in force there."""
        tie = side.tie
        worth = appraisal.utility(*side.benefits, side.cost, *tie.offer)
        side.want = bargaining.wanted(side.best, side.fallback)
        self.wants += side.want
        self.vote += commitment.stake(1.0 if tie.talk == 1.0 else 0.0, side.part, worth - side.sign * tie.offer_payment,
                                      side.fallback, side.surplus)

    def votes(self) -> bool:
        """C4. Whether it votes on the board for the deals on the table."""
        return commitment.votes_yes(self.vote) == 1.0


def play(place: PlaceState) -> None:
    """Votes are weighed, the board decides, and each tie takes up what is agreed."""
    clear(place, Phase.COMMITMENT)
    for tie in place.ties:
        for side in tie.sides:
            side.partner.weigh_deal(side)
        count(tie)
    put_to_the_board(place)
    make_compacts(place)
    for tie in place.ties:
        take_up(tie)


def put_to_the_board(place: PlaceState) -> None:
    """C4. Partners at the table vote on the deals just made; the board ratifies, or slows their taking up."""
    settings = place.settings
    voters = yes = income = yes_income = largest_no = 0.0
    seats, ayes = [0.0] * len(Kind), [0.0] * len(Kind)
    for partner in place.partners:
        if not (partner.connected and partner.at_the_table()):
            continue
        vote = 1.0 if partner.votes() else 0.0
        voters += 1.0
        yes += vote
        income += partner.income
        yes_income += partner.income * vote
        largest_no = max(largest_no, partner.income * (1.0 - vote))
        seats[partner.kind] += 1.0
        ayes[partner.kind] += vote
    by_kind = commitment.mean_of_kinds(seats[0], ayes[0], seats[1], ayes[1], seats[2], ayes[2], seats[3], ayes[3])
    blocked = commitment.blocked(largest_no, income, settings.block_share)
    place.yes_share = commitment.ratio(yes, voters)
    passes = commitment.board_passes(place.yes_share, commitment.ratio(yes_income, income), by_kind, blocked,
                                     settings.voting_rule)
    place.board_speed = commitment.board_speed(passes, settings.board_brake, place.clarity, voters, settings.free_riding,
                                               settings.named_owner)


def take_up(tie: Tie[Any]) -> None:
    """C1–C3, G. Walk-outs and the ends of compacts first; then each scope moves toward what was agreed or imposed."""
    a, b, place, settings = tie.a, tie.b, tie.place, tie.place.settings
    out = (1.0 if a.partner.walks_away(a) else 0.0) + 2.0 * (1.0 if b.partner.walks_away(b) else 0.0)
    left = 1.0 if out > 0.0 else 0.0
    tie.walked_out = out
    place.walk_outs += left
    bind(tie, left)
    over = 1.0 if left + tie.struck > 0.0 else 0.0
    mark_end(tie, left, over)
    mandate = settings.mandate
    driven = feedback.drive(a.partner.shortfall, b.partner.shortfall, settings.results_felt)
    speed = commitment.speed_up(settings.uptake, tie.settings.horizon, decision_speed(tie), mandate, tie.scar, settings.exit_scar)
    up = feedback.hastened(speed, driven)
    down = commitment.speed_down(tie.settings.joint_resolution)
    ready = commitment.readiness(tie.work_together(), settings.relations_first)
    tie.agreed_money = commitment.deal_after(tie.talk, over, tie.agreed_money, tie.offer_money)
    tie.agreed_staff = commitment.deal_after(tie.talk, over, tie.agreed_staff, tie.offer_staff)
    tie.agreed_information = commitment.deal_after(tie.talk, over, tie.agreed_information, tie.offer_information)
    tie.payment = commitment.deal_after(tie.talk, over, tie.payment, tie.offer_payment)
    tie.age = tie.age + 1.0 if appraisal.breadth(*tie.agreed) > 0.0 else 0.0
    place.agreements += 1.0 if tie.age == 1.0 else 0.0
    before = tie.breadth
    kept_money, kept_staff, kept_information = (
        compacts.scope_after_end(commitment.scope_after_exit(scope, left, mandate), tie.struck, mandate) for scope in tie.scopes)
    tie.scope_money = commitment.scope_after(kept_money, commitment.imposed(tie.agreed_money, mandate), up, down, ready)
    tie.scope_staff = commitment.scope_after(kept_staff, commitment.imposed(tie.agreed_staff, mandate), up, down, ready)
    tie.scope_information = commitment.scope_after(kept_information, commitment.imposed(tie.agreed_information, mandate), up,
                                                   down, 1.0)
    tie.moved = tie.breadth - before


def mark_end(tie: Tie[Any], left: float, over: float) -> None:
    """C3, G4. What a walk-out or a compact's end does to the sense of "we" and to trust; else the scar fades."""
    struck = tie.struck
    tie.scar = compacts.scar_of_end(commitment.scar_after(tie.scar, left), struck)
    tie.identity = compacts.shaken(commitment.kept_after_exit(tie.identity, left, commitment.IDENTITY_AFTER_EXIT), struck,
                                   commitment.IDENTITY_AFTER_EXIT)
    for side in tie.sides:
        side.beta = trust.evidence_of_walk_out(side.beta, left + struck)
        side.losing = commitment.kept_after_exit(side.losing, over, 0.0)
