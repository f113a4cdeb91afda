"""What does not change about partners and ties within a run, read off a place; the same in every lane."""

from __future__ import annotations

from typing import Any

import numpy as np

from incentive_abm.kinds import Kind
from incentive_abm.place import Place
from incentive_abm.state.declared import field, record_of

STRANDED = {Kind.TRUST: 1.0, Kind.COUNCIL: 0.25, Kind.GP: 0.1, Kind.VOLUNTARY: 0.02}
"""Share of stranded costs that a kind is left with. Source: 001-9 for trusts; others assumed: less stands empty."""
TREND = {Kind.TRUST: 1.0, Kind.COUNCIL: 0.5, Kind.GP: 0.1, Kind.VOLUNTARY: 0.1}
"""How far a kind drifts into deficit beside a trust. Source: 001-10 for trusts; others assumed."""


class PartnerFacts:
    """What does not change about a partner."""

    income: float = field("£m a year", "budget")
    kind: float = field("number", "kind of partner")
    reach: float = field("share", "contact that is with under-served people")
    weight: float = field("share", "its part of all shared spend")
    connected: float = field("0 or 1", "it has ties")
    stranded: float = field("share", "stranded costs that it is left with")
    trend: float = field("factor", "how far it drifts into deficit beside a trust")
    rescued: float = field("0 or 1", "of the kind that is bailed out")
    voluntary: float = field("0 or 1", "a voluntary provider")
    largest: float = field("0 or 1", "the largest partner of its kind")


class TieFacts:
    """What does not change about a tie."""

    spend: float = field("£m a year", "what both spend on the people they both serve")
    weight: float = field("share", "its part of the place's shared spend")
    share_a: float = field("share", "side a's part of the tie's spend")
    share_b: float = field("share", "side b's part of the tie's spend")
    part_of_a: float = field("share", "the tie's part of all that a shares")
    part_of_b: float = field("share", "the tie's part of all that b shares")
    crosses: float = field("0 or 1", "the two kinds differ")
    with_trust: float = field("0 or 1", "a hospital trust is at one end")
    wider: float = field("0 or 1", "a council or voluntary provider is at one end")
    reach: float = field("share", "mean reach of both partners")


PARTNER_FACT, TIE_FACT = record_of(PartnerFacts), record_of(TieFacts)


def largest_of_each_kind(place: Place) -> Any:
    """Index of the partner of each kind with the largest income among those with ties, −1 where there is none."""
    lead = np.full(len(Kind), -1, np.int64)
    connected = np.zeros(len(place.partners.ids), bool)
    connected[place.ties.a] = connected[place.ties.b] = True
    for kind in Kind:
        of_kind = np.flatnonzero((place.partners.kind == kind) & connected)
        if of_kind.size:
            lead[kind] = of_kind[np.argmax(place.partners.income[of_kind])]
    return lead


def place_facts(place: Place) -> tuple[Any, Any]:
    """Partner facts [n, PARTNER_FACT] and tie facts [m, TIE_FACT] of a place."""
    partners, ties = place.partners, place.ties
    n, m = len(partners.ids), len(ties.a)
    total = np.zeros(n)
    np.add.at(total, ties.a, ties.spend)
    np.add.at(total, ties.b, ties.spend)
    everything = float(sum(ties.spend.tolist()))
    of_partner = {
        "income": partners.income, "kind": partners.kind, "reach": partners.reach, "weight": total / (2.0 * everything),
        "connected": total > 0, "stranded": np.array([STRANDED[k] for k in Kind])[partners.kind],
        "trend": np.array([TREND[k] for k in Kind])[partners.kind], "rescued": partners.kind == Kind.TRUST,
        "voluntary": partners.kind == Kind.VOLUNTARY, "largest": np.isin(np.arange(n), largest_of_each_kind(place)),
    }
    kind_a, kind_b = partners.kind[ties.a], partners.kind[ties.b]
    outside = (Kind.COUNCIL, Kind.VOLUNTARY)
    share_a = ties.spend_a / ties.spend
    of_tie = {
        "spend": ties.spend, "weight": ties.spend / everything, "share_a": share_a, "share_b": 1.0 - share_a,
        "part_of_a": ties.spend / total[ties.a], "part_of_b": ties.spend / total[ties.b], "crosses": kind_a != kind_b,
        "with_trust": (kind_a == Kind.TRUST) | (kind_b == Kind.TRUST),
        "wider": np.isin(kind_a, outside) | np.isin(kind_b, outside),
        "reach": 0.5 * (partners.reach[ties.a] + partners.reach[ties.b]),
    }
    facts, tie_facts = np.zeros((n, len(PARTNER_FACT))), np.zeros((m, len(TIE_FACT)))
    for name, column in of_partner.items():
        facts[:, PARTNER_FACT[name]] = column
    for name, column in of_tie.items():
        tie_facts[:, TIE_FACT[name]] = column
    return facts, tie_facts
