"""Phase 1: election, reversal or reorganisation, directives; at the year's end settlement and bail-outs."""

from __future__ import annotations

from incentive_abm.agents.records import Organisation, PlaceState
from incentive_abm.chance import Stream
from incentive_abm.kinds import Background
from incentive_abm.rules import appraisal, money, politics


class Rescued(Organisation):
    """How the centre meets a partner's deficit."""

    def is_bailed_out(self, deficit: float) -> bool:
        """M2. Whether it is bailed out at the year's end; deficit is 1 where it is in deficit then, else 0."""
        drawn = self.place.chance(Stream.BAILOUT, self.key)
        return money.bailed_out(deficit, drawn, self.settings.bailout, self.rescued) == 1.0

    def close_quarter(self, year_end: float) -> None:
        """M2. At the year's end a trust in deficit may be bailed out; left alone, it cuts."""
        deficit = year_end * money.in_deficit(self.balance, self.place.settings.deficit_line)
        rescue = 1.0 if self.is_bailed_out(deficit) else 0.0
        after = money.balance_bailed(self.balance, rescue)
        self.place.bailouts += (after - self.balance) * self.income * self.connected
        self.balance = after
        self.pressure = money.pressure_bailed(self.pressure, deficit, rescue)
        self.in_deficit = deficit * self.rescued
        self.bailed_out = rescue
        self.seen_bailouts = rescue
        self.seen_deficits = deficit * self.rescued


def play(place: PlaceState) -> None:
    """What comes from above strikes scopes and identity; deficits are met or not, and neighbours see it."""
    govern(place)
    strike(place)
    year_end = politics.year_ends(float(place.quarter))
    for partner in place.partners:
        partner.close_quarter(year_end)
    for tie in place.ties:
        a, b = tie.a.partner, tie.b.partner
        a.seen_bailouts += b.bailed_out
        b.seen_bailouts += a.bailed_out
        a.seen_deficits += b.in_deficit
        b.seen_deficits += a.in_deficit
    for partner in place.partners:
        partner.bailouts_seen += partner.seen_bailouts
        partner.deficits_seen += partner.seen_deficits
        partner.stress = appraisal.stress_of(partner.balance)


def govern(place: PlaceState) -> None:
    """P1, P2, L2. The election's clock, what is reversed or reorganised, who leads the place, how clear decisions are."""
    settings, best = place.settings, 0.0
    for partner in place.partners:
        skill = partner.skill * partner.connected
        best = skill if skill > best else best
    place.best_skill = best
    kind = int(settings.lead_partner) - 1
    lead = place.partners[place.lead[kind]] if kind >= 0 and place.lead[kind] >= 0 else None
    place.lead_skill = lead.skill if lead is not None else 0.0
    place.lead_hospital = 1.0 if lead is not None and lead.background == Background.HOSPITAL else 0.0
    place.quarters_to_election = politics.quarters_to_election(float(place.quarter), settings.election_phase)
    turned = politics.policy_reversed(place.quarters_to_election, place.chance(Stream.REVERSAL, 0), settings.reversal_chance)
    shaken = politics.reorganised(place.chance(Stream.REORGANISATION, 0), settings.reorganisation_rate)
    forced, place.forced = place.forced, 0.0
    place.reversal = 1.0 if forced == 1.0 else turned
    place.reorganisation = 1.0 if forced == 2.0 else shaken
    place.clarity = appraisal.clear_decisions(settings.decision_clarity, settings.directives, place.lead_skill,
                                              0.0 if lead is None else 1.0)


def strike(place: PlaceState) -> None:
    """P1. A reversal or reorganisation leaves a share of scopes and deals, and of the sense of "we"."""
    struck = politics.struck(place.reversal, place.reorganisation)
    kept = politics.undone(struck, place.settings.reversal_depth)
    close = politics.estranged(struck, place.settings.reversal_depth)
    for tie in place.ties:
        tie.scope_money *= kept
        tie.scope_staff *= kept
        tie.scope_information *= kept
        tie.agreed_money *= kept
        tie.agreed_staff *= kept
        tie.agreed_information *= kept
        tie.identity *= close
