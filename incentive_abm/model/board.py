"""C4: the place's board and how fast deals may be taken up."""

from __future__ import annotations

from collections.abc import Sequence

from incentive_abm.agents import Partner, PlaceState
from incentive_abm.kinds import Kind
from incentive_abm.rules import commitment


def put_to_the_board(partners: Sequence[Partner], place: PlaceState) -> None:
    """C4. Partners at the table vote on the deals just made; the board ratifies, or slows their taking up."""
    settings = place.settings
    voters = yes = income = yes_income = largest_no = 0.0
    seats, ayes = [0.0] * len(Kind), [0.0] * len(Kind)
    for partner in partners:
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
