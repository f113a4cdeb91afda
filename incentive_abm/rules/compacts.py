"""G: more than two at a table: one partner holds a compact, others sign, and its end strikes all who signed."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share

ENOUGH_TO_SIGN = 2.0
"""Partners besides the holder without whom there is no compact. By definition: with one it would be a pair."""


@rule
def holds_table(kind: float, largest: float, compact_lead: float, lead_partner: float) -> float:
    """G1. 1 for a partner at whose table a compact may be made: every GP network (compact_lead 0), council (1) or trust (2),
    or only the partner that leads the place (3: the largest of the kind that lead_partner names).

    Source: contracts for one neighbourhood, for several, and for a whole population (10 Year Health Plan for England 2025).
    """
    of_kind = 1.0 if kind == 2.0 - compact_lead else 0.0
    leads = 1.0 if largest > 0.5 and kind == lead_partner - 1.0 else 0.0
    return leads if compact_lead == 3.0 else of_kind


@rule
def table_of(compact: float, holds_a: float, holds_b: float, share_a: float, present: float) -> float:
    """G1. At whose table a tie lies: 1 side a's, 2 side b's, 0 nobody's; the larger side's where both could hold it.

    Assumed: who holds the contract deals with each of its partners; ties among those are their own.
    """
    a_first = 1.0 if holds_b < 0.5 or share_a >= 0.5 else 2.0
    whose = a_first if holds_a > 0.5 else 2.0 * holds_b
    return whose if compact > 0.5 and present > 0.5 else 0.0


@rule
def signs(trust: float, compact_trust: float, gain: float, crisis_strain: float, risk_share: float, stress: float,
          other_stress: float) -> float:
    """G2. 1 where a side signs: it trusts the other enough, and gains by it, exposure to the other's deficit included, else 0.

    trust ≥ compact_trust and gain + crisis_strain·risk_share·(own stress − other's stress) ≥ 0; gain is what its best deal
    on the tie brings over its fallback. Source: Gulati 1995 for trust; the rest follows from what a shared risk takes over.
    """
    worth = gain + crisis_strain * risk_share * (stress - other_stress)
    return 1.0 if trust >= compact_trust and worth >= 0.0 else 0.0


@rule
def consents(signs_a: float, signs_b: float, brokered: float, leaves: float) -> float:
    """G2. 1 where a tie joins a compact: both sides sign, or their deal was brokered from outside this quarter; who is walking
    out signs nothing. Source: contracts that are awarded are signed by all who bid together (National Audit Office 2016)."""
    both = signs_a * signs_b
    return (brokered if brokered > both else both) * (1.0 - leaves)


@rule
def forms(compact: float, seats: float, ayes: float) -> float:
    """G3. 1 where a compact comes about: an alliance (1) when all at the table sign, a lead provider (2) when two or more do,
    a mandated board (3) whoever signs.

    Source: alliance contracts decide by unanimity, lead providers choose their partners (Addicott 2014).
    """
    all_sign = 1.0 if ayes == seats else 0.0
    some = 1.0 if ayes >= ENOUGH_TO_SIGN else 0.0
    made = all_sign if compact == 1.0 else some
    made = 1.0 if compact == 3.0 else made
    return made if compact > 0.5 and seats >= ENOUGH_TO_SIGN else 0.0


@rule
def held_in(mandate: float, compact: float, bound: float) -> float:
    """G4. Mandate as far as leaving goes: who is bound by a mandated board cannot leave it. By definition of a duty."""
    return 1.0 if compact == 3.0 and bound > 0.5 else mandate


@rule
def ends(compact: float, gives_up: float, leavers: float, members: float) -> float:
    """G4. 1 where a compact ends: its holder gives up; fewer than two are left; in an alliance, as soon as one leaves.

    Source: alliances are all or none (Addicott 2014); UnitingCare and Torbay ended by one partner's leaving.
    """
    too_few = 1.0 if members - leavers < ENOUGH_TO_SIGN else 0.0
    over = 1.0 if compact == 1.0 and leavers > 0.5 else too_few
    return 1.0 if gives_up > 0.5 or compact < 0.5 else over


@rule
def carrying_after(carrying: float, carried: float, holding: float) -> float:
    """G4. Quarters in a row in which the holder has lost by all its deals in the compact together. As C3 for one deal."""
    return carrying + 1.0 if carried < 0.0 and holding > 0.5 else 0.0


@rule
def bound_after(whose: float, holding: float, was: float, consent: float, left: float, compact: float) -> float:
    """G3. Whether a tie is bound after the quarter, and by which side's compact (1 a, 2 b): it was, or both sides sign.

    A mandated board binds whoever is at the table. Who has just left is out.
    """
    joins = 1.0 if was == whose or consent > 0.5 or compact == 3.0 else 0.0
    return whose * holding * joins if left < 0.5 else 0.0


@rule
def struck_by_end(was: float, dissolved: float, left: float, fall_out: float) -> float:
    """G4. What the end of a compact does to a tie in it, beside a walk-out on that tie: fall_out, or 0. Assumed."""
    return fall_out if was > 0.5 and dissolved > 0.5 and left < 0.5 else 0.0


@rule
def shaken(value: float, struck: float, factor: float) -> float:
    """G4. What is left of the sense of "we" (C3's factor in full): value·(1 − struck·(1 − factor))."""
    return value * (1.0 - struck * (1.0 - factor))


@rule
def scar_of_end(scar: float, struck: float) -> float:
    """G4. A scar at least as deep as the end struck."""
    return struck if struck > scar else scar


@rule
def scope_after_end(scope: float, struck: float, mandate: float) -> float:
    """G4. A scope after the end: scope·(1 − 0.95·struck), or what a mandate imposes of it if that is more.

    Source: as C3, whose 0.95 is assumed.
    """
    floor = 0.5 * mandate
    floor = floor if floor < scope else scope
    cut = scope * (1.0 - 0.95 * struck)
    return cut if cut > floor else floor


@rule
def decided_at(board_speed: float, table_speed: float, bound: float) -> float:
    """G5. Speed of taking up a deal: the table's, which has decided already, where the tie is bound; else the board's.

    Source: one decision instead of many is what alliances are made for (Addicott 2014); Olson 1965 for their size.
    """
    return table_speed if bound > 0.5 else board_speed


@rule
def at_one_table(given: float, members: float, holds: float) -> float:
    """G5. Attention that a holder gives to each tie of its compact, met at one table: given·members, at most 1.

    Assumed: one meeting of all serves as well as one with each.
    """
    together = share(given * members)
    return together if holds > 0.5 and members > 1.0 else given


@rule
def unclear_after(unclear: float, was: float, now: float, u: float, unclear_costs: float, clarity: float) -> float:
    """G6. By how much true costs exceed what was reckoned: drawn when a side signs, then learnt by a tenth a quarter.

    unclear_costs·(1 − obligations_clarity)·u. Source: Flyvbjerg, Skamris Holm & Buhl 2003 for the size; a tenth assumed.
    """
    drawn = unclear_costs * (1.0 - clarity) * u
    kept = 0.9 * unclear if was > 0.5 else drawn
    return kept if now > 0.5 else 0.0


@rule
def cost_met(cost: float, unclear: float) -> float:
    """G6. Steepness of the cost of joint work as it turns out: cost·(1 + unclear). Source: as `unclear_after`."""
    return cost * (1.0 + unclear)


@rule
def risk_shared(bound: float, risk_share: float, balance_a: float, balance_b: float, spend_a: float, spend_b: float) -> float:
    """G7. £m that a pays b this quarter to even out deficits: risk_share·(balance a − balance b)·the smaller side's spend.

    Balances are shares of income. Source: risk shares that split over- and underspends (Torbay: BMA 2017).
    """
    exposed = spend_a if spend_a < spend_b else spend_b
    return risk_share * (balance_a - balance_b) * exposed if bound > 0.5 else 0.0
