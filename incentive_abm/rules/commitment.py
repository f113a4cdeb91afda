"""C: taking up what was agreed or imposed, the board, walking away."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share

SHARED_ENOUGH = 0.02
"""Breadth of sharing above which a deal counts as in force, and a broken promise as broken. Assumed: less is nothing yet."""
IDENTITY_AFTER_EXIT = 0.6
"""Part of the sense of 'we' that outlasts a walk-out. Assumed: less than half of it is lost."""


@rule
def imposed(agreed: float, mandate: float) -> float:
    """C2. The scope to work toward: what was agreed, or half the mandate if that is more.

    Source: 000-7; Bitterman & Koliba 2020 for the contrary case, in which it pays.
    """
    floor = 0.5 * mandate
    return agreed if agreed > floor else floor


@rule
def readiness(joint_quality: float, relations_first: float) -> float:
    """R (order switch). How far money and staff may move: 1 with structures first, else as joint quality nears 0.4.

    readiness = 1 − relations_first·(1 − clip(joint quality / 0.4)).  Source: 001-16.
    """
    return 1.0 - relations_first * (1.0 - share(joint_quality / 0.4))


@rule
def speed_up(uptake: float, horizon: float, board_speed: float, mandate: float, scar: float, exit_scar: float) -> float:
    """C1–C4. Share of the way up taken in a quarter.

    uptake·(0.7 + horizon)·(board speed + mandate·(1 − board speed))·(1 − exit_scar·scar): what is imposed waits for no board.
    Source: 002-10 (commitment is long); 003-16 (re-entry slower than entry); 000-7 for a mandate; 0.7 is assumed.
    """
    driven = board_speed + mandate * (1.0 - board_speed)
    return uptake * (0.7 + horizon) * driven * (1.0 - exit_scar * scar)


@rule
def speed_down(joint_resolution: float) -> float:
    """C1. Share of the way down taken in a quarter: 0.2·(1 − 0.7·joint_resolution). Source: 003-9; assumed sizes."""
    return 0.2 * (1.0 - 0.7 * joint_resolution)


@rule
def scope_after(scope: float, goal: float, up: float, down: float, ready: float) -> float:
    """C1. A scope after a quarter: part of the way to its goal, by `up`·`ready` when rising, `down` when falling."""
    gap = goal - scope
    return share(scope + gap * (up * ready if gap > 0.0 else down))


@rule
def losing_after(losing: float, surplus: float, breadth: float) -> float:
    """C3. Quarters in a row in which a side has lost by a deal that is in force (breadth above 0.02, assumed)."""
    return losing + 1.0 if surplus < 0.0 and breadth > SHARED_ENOUGH else 0.0


@rule
def walks_away(losing: float, exit_patience: float, exit_chance: float, mandate: float, u: float) -> float:
    """C3, C2. 1 where a side that has lost for longer than its patience leaves this quarter, else 0.

    Chance exit_chance·(1 − mandate): a duty to share also holds partners in.
    Source: exit and voice, Hirschman 1970; Torbay 2017, UnitingCare 2015.
    """
    return 1.0 if losing >= exit_patience and u < exit_chance * (1.0 - mandate) else 0.0


@rule
def votes_yes(gains: float) -> float:
    """C4. A partner votes for the deals on the table when it gains by them all told: 1 or 0."""
    return 1.0 if gains >= 0.0 else 0.0


@rule
def board_passes(yes_partners: float, yes_income: float, yes_kinds: float, blocked: float, rule_number: float) -> float:
    """C4. 1 where the board ratifies under its voting rule, else 0; arguments are shares of votes.

    none: always; majority: more than half of partners; unanimity: all; size-weighted: more than half of income;
    equal voice: mean share within each kind more than half. Under all but none, a blocked board does not pass.
    Source: 003-11, 003-8; rules as in Bitterman & Koliba 2020.
    """
    majority = 1.0 if yes_partners > 0.5 else 0.0
    unanimous = 1.0 if yes_partners >= 1.0 - 1e-12 else 0.0
    sized = 1.0 if yes_income > 0.5 else 0.0
    equal = 1.0 if yes_kinds > 0.5 else 0.0
    passes = majority if rule_number == 1.0 else unanimous
    passes = sized if rule_number == 3.0 else passes
    passes = equal if rule_number == 4.0 else passes
    passes = passes * (1.0 - blocked)
    return 1.0 if rule_number == 0.0 else passes


@rule
def board_speed(passes: float, board_brake: float, clarity: float, partners: float, free_riding: float,
                named_owner: float) -> float:
    """C4. Factor on the speed of taking up deals: ratified or not, clear or not, owned or left to each other.

    (1 − board_brake·(1 − passes))·(0.4 + 0.6·clarity)·(owner + (1 − owner) / (1 + free_riding·partners)).
    Source: 003-11; 001-14 and Olson 1965 for the last factor.
    """
    owned = named_owner + (1.0 - named_owner) / (1.0 + free_riding * partners)
    return (1.0 - board_brake * (1.0 - passes)) * (0.4 + 0.6 * clarity) * owned


@rule
def deadline_lure(deadline_money: float, quarter: float, deadline_quarter: float) -> float:
    """C6. What money with a deadline adds to the worth of pooling while the date is ahead. Source: 003-14."""
    return deadline_money if quarter <= deadline_quarter else 0.0


@rule
def deadline_grant(deadline_money: float, quarter: float, deadline_quarter: float, money_scope: float, deadline_scope: float,
                   spend: float) -> float:
    """C6. £m paid to a tie at the deadline: 0.5 · money · spend where enough is pooled, else 0. Source: 003-14."""
    met = money_scope >= deadline_scope and quarter == deadline_quarter
    return 0.5 * deadline_money * spend if met else 0.0


@rule
def at_the_table(voluntary: float, draw: float, inclusion: float, kind: float, balance: float) -> float:
    """Q1. 1 for a partner that takes part in talks: all statutory ones, voluntary ones by inclusion. Source: 001-6.

    Its kind (`kinds.Kind`) and balance, a share of its income, are what other rules need.
    """
    return 1.0 if voluntary < 0.5 or draw < inclusion else 0.0


@rule
def scar_after(scar: float, walked_out: float) -> float:
    """C3. What a walk-out leaves: 1 in its quarter, then fading by 6% a quarter. Source: 003-16; rate assumed."""
    return 1.0 if walked_out > 0.5 else 0.94 * scar


@rule
def kept_after_exit(value: float, walked_out: float, factor: float) -> float:
    """C3. A value after a walk-out: value·factor where it happened, else unchanged."""
    return value * factor if walked_out > 0.5 else value


@rule
def stake(agreed: float, part: float, worth: float, no_deal: float, surplus: float) -> float:
    """C4. What one tie adds to a partner's vote: the gain of the new deal, or the surplus of what is in force.

    part · (agreed ? worth − no deal : surplus); part is the tie's share of the partner's shared work.
    """
    return part * (worth - no_deal if agreed > 0.5 else surplus)


@rule
def ratio(part: float, whole: float) -> float:
    """C4. A share of votes or of spend: part / whole, and 0 where there is no whole."""
    return part / whole if whole > 0.0 else 0.0


@rule
def mean_of_kinds(n0: float, y0: float, n1: float, y1: float, n2: float, y2: float, n3: float, y3: float) -> float:
    """C4. Equal voice: the share of yes within each kind at the table, averaged over the kinds present."""
    k0, k1 = (1.0 if n0 > 0.0 else 0.0), (1.0 if n1 > 0.0 else 0.0)
    k2, k3 = (1.0 if n2 > 0.0 else 0.0), (1.0 if n3 > 0.0 else 0.0)
    kinds = k0 + k1 + k2 + k3
    return ratio(ratio(y0, n0) + ratio(y1, n1) + ratio(y2, n2) + ratio(y3, n3), kinds)


@rule
def blocked(largest_no: float, income: float, block_share: float) -> float:
    """C4. 1 where one partner that votes no has more than block_share of the income at the table, else 0. Source: 003-8."""
    return 1.0 if largest_no > block_share * income else 0.0


@rule
def deal_after(talk: float, left: float, old: float, offered: float) -> float:
    """B5, C3. One scope of the deal in force: the new one where agreed, the old where talks ran out of time, else none.

    A walk-out ends the deal, whatever was said at the table.
    """
    kept = old if talk == 3.0 else 0.0
    kept = offered if talk == 1.0 else kept
    return 0.0 if left > 0.5 else kept


@rule
def scope_after_exit(scope: float, left: float, mandate: float) -> float:
    """C3, C2. A scope after a walk-out: a twentieth of it, or what a mandate imposes of it if that is more.

    Assumed: little is left, and a legal duty to share outlives the will to.
    """
    floor = 0.5 * mandate
    floor = floor if floor < scope else scope
    cut = 0.05 * scope
    cut = cut if cut > floor else floor
    return cut if left > 0.5 else scope
