"""Phase 1: election, reversal or reorganisation, directives; at the year's end settlement and bail-outs."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.rules import appraisal, money, politics
from incentive_abm.state.kernels import chance, kernel, lanes


@kernel()
def act_nationally(ties: Any, partners: Any, place: Any, leads: Any, quarter: Any) -> None:
    """What comes from above strikes scopes and identity; deficits are met or not, and neighbours see it."""
    settings = place.settings
    year_end = politics.year_ends(float(quarter))
    for lane in lanes:
        best = 0.0
        for partner in partners:
            skill = partner.skill * partner.connected
            best = skill if skill > best else best
        place.best_skill = best
        kind = int(settings.lead_partner) - 1
        lead = leads[kind] if kind >= 0 else -1
        led = 1.0 if lead >= 0 else 0.0
        lead = lead if lead >= 0 else 0
        place.lead_skill = led * partners[lead].skill
        place.lead_hospital = led if partners[lead].background == 1.0 else 0.0
        to_election = politics.quarters_to_election(float(quarter), settings.election_phase)
        turned = politics.policy_reversed(to_election, chance(Stream.REVERSAL, place.key), settings.reversal_chance)
        shaken = politics.reorganised(chance(Stream.REORGANISATION, place.key), settings.reorganisation_rate)
        forced = place.forced
        place.forced = 0.0
        place.quarters_to_election = to_election
        place.reversal = 1.0 if forced == 1.0 else turned
        place.reorganisation = 1.0 if forced == 2.0 else shaken
        place.clarity = appraisal.clear_decisions(settings.decision_clarity, settings.directives, place.lead_skill, led)
    strikes = 0.0
    for lane in lanes:
        strikes += place.reversal + place.reorganisation
    if strikes > 0.0:
        for tie in ties:
            for lane in lanes:
                struck = politics.struck(place.reversal, place.reorganisation)
                factor = politics.undone(struck, settings.reversal_depth)
                tie.scope_money *= factor
                tie.scope_staff *= factor
                tie.scope_information *= factor
                tie.agreed_money *= factor
                tie.agreed_staff *= factor
                tie.agreed_information *= factor
                tie.identity *= politics.estranged(struck, settings.reversal_depth)
    for partner in partners:
        for lane in lanes:
            balance = partner.balance
            deficit = year_end * money.in_deficit(balance, settings.deficit_line)
            rescue = money.bailed_out(deficit, chance(Stream.BAILOUT, partner.key), partner.settings.bailout, partner.rescued)
            after = money.balance_bailed(balance, rescue)
            place.bailouts += (after - balance) * partner.income * partner.connected
            partner.balance = after
            partner.pressure = money.pressure_bailed(partner.pressure, deficit, rescue)
            partner.in_deficit = deficit * partner.rescued
            partner.bailed_out = rescue
            partner.seen_bailouts = rescue
            partner.seen_deficits = deficit * partner.rescued
    if year_end > 0.0:
        for tie in ties:
            a, b = tie.a.partner, tie.b.partner
            for lane in lanes:
                a.seen_bailouts += b.bailed_out
                b.seen_bailouts += a.bailed_out
                a.seen_deficits += b.in_deficit
                b.seen_deficits += a.in_deficit
    for partner in partners:
        for lane in lanes:
            partner.bailouts_seen += partner.seen_bailouts
            partner.deficits_seen += partner.seen_deficits
            partner.stress = appraisal.stress_of(partner.balance)


KERNELS = (act_nationally,)
