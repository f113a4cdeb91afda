"""Every mechanism can be switched off, and shows where it is on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from places import Field, PartnerField, PlaceField, Played, SideField, TieField, a_dozen, played

from incentive_abm.kinds import Kind
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS
from tests.baseline import SWITCHES

M, P, T, S, G = Measure, PartnerField, TieField, SideField, PlaceField

def all_zero(*fields: Field) -> Callable[[Played], None]:
    def check(runs: Played) -> None:
        for each in fields:
            found = runs.series(each) if isinstance(each, Measure) else runs.each(each)
            assert (found == 0.0).all(), f"{each!r}: up to {np.abs(found).max():g}"

    return check


def unchanging(*fields: Field) -> Callable[[Played], None]:
    def check(runs: Played) -> None:
        for each in fields:
            found = runs.each(each)
            assert (found == found[0]).all(), f"{each!r} changes"

    return check


def nearly_unchanging(*fields: Field) -> Callable[[Played], None]:
    def check(runs: Played) -> None:
        for each in fields:
            found = runs.each(each)
            assert np.abs(found - found[0]).max() < 1e-12, f"{each!r} changes"

    return check


def statutory_only(runs: Played) -> None:
    place = a_dozen()
    voluntary = (place.partners.kind[place.ties.a] == Kind.VOLUNTARY) | (place.partners.kind[place.ties.b] == Kind.VOLUNTARY)
    assert (runs.series(M.NOT_AT_THE_TABLE) == voluntary.sum()).all()


VALUES = (P.EVIDENCE, P.TARGETS, P.FINANCE, P.PERSON, P.COMMUNITY, P.EQUITY)
STORMY = {"deficit_trend": 0.004, "shock_rate": 0.4, "exit_patience": 1, "exit_chance": 1.0, "reversal_chance": 1.0,
          "reorganisation_rate": 0.1, "turnover": 0.3, "bailout": 1.0, "balance_noise": 0.02, "opposition_start": 1.0}
"""A place in which everything that can go wrong does, so that what is switched off would show."""
ALONE: dict[str, Any] = {**SWITCHES, "effect": 2.0}
"""Nothing couples ties: what a single tie does shows by itself."""
NO_TEACHING = {**ALONE, "learning_rate": 0.0, "peer_teaching": 0.0, "toolkits": 0.0, "register": 0.0, "turnover": 0.0}


@dataclass(frozen=True)
class Off:
    """Settings that switch a mechanism off, the situation in which it would show, and what then stays away."""

    off: Mapping[str, Any]
    stays_away: Callable[[Played], None]
    where: Mapping[str, Any] = field(default_factory=lambda: STORMY)


STILL = {"relational_space": 0.0, "uptake": 0.0, "target_pressure": 0.0, "reversal_chance": 0.0, "reorganisation_rate": 0.0}
SOLVENT = {"results_felt": 0.0, "shock_rate": 0.4, "bailout": 0.0, "deficit_trend": 0.0, "balance_noise": 0.0,
           "deficit_line": 0.1}
BOUND = {"compact": "mandated", "obligations_clarity": 0.0, "policy_sustains": 1.0}
FRAGILE = {**ALONE, "compact": "alliance", "compact_trust": 0.0, "effect": 3.0, "exit_patience": 1, "exit_chance": 1.0}
"""Alliances that are soon made and soon over."""
OFF: dict[str, Off] = {
    "deals of two only": Off({"compact": "none"}, all_zero(M.ALLIED, M.COMPACTS, M.COMPACTS_BEGUN, M.COMPACTS_ENDED, T.BOUND,
                                                           T.CONSENT, S.UNCLEAR, T.STRUCK, P.FORCED), BOUND),
    "a compact costs what was reckoned": Off({"unclear_costs": 0.0}, all_zero(S.UNCLEAR), BOUND),
    "who owes whom what is clear": Off({"obligations_clarity": 1.0}, all_zero(S.UNCLEAR), BOUND),
    "the end of a compact strikes nobody": Off({"fall_out": 0.0}, all_zero(T.STRUCK), FRAGILE),
    "nobody leaves a compact": Off({"exit_chance": 0.0}, all_zero(M.COMPACTS_ENDED, P.DISSOLVED), FRAGILE),
    "savings are not put back": Off({"reinvested": 0.0}, all_zero(P.PUT_BACK, G.PUT_BACK), {"reinvested": 1.0, "mandate": 1.0}),
    "nobody aims at anything": Off({"uptake": 0.0, "refusal": 0.0}, all_zero(P.ASPIRATION, P.SHORTFALL), {}),
    "what is not worked together is not unlearnt": Off({"uptake": 0.0}, unchanging(P.ROUTINE), {}),
    "the rest of the way does not count": Off({"whole_way": 0.0}, all_zero(M.BLOCKER_REST_OF_WAY),
                                              {"whole_way": 2.0, "trust_start": 0.9, "stranded_cost": 0.0}),
    "nobody walks away": Off({"exit_chance": 0.0}, all_zero(M.WALK_OUTS, G.WALK_OUTS, T.SCAR)),
    "a full mandate holds everyone in": Off({"mandate": 1.0}, all_zero(M.WALK_OUTS)),
    "nobody is bailed out": Off({"bailout": 0.0}, all_zero(M.BAILED_OUT, G.BAILOUTS, P.BAILOUTS_SEEN)),
    "bail-outs are no comfort": Off({"bailout_relief": 0.0}, all_zero(S.RELIEF, M.BLOCKER_BAILOUT)),
    "waiting is worth nothing": Off({"waiting_value": 0.0}, all_zero(S.WAITING, M.BLOCKER_WAITING)),
    "no government turns round": Off({"reversal_chance": 0.0}, all_zero(M.REVERSAL, S.WAITING)),
    "no reorganisations": Off({"reorganisation_rate": 0.0}, all_zero(M.REORGANISATION)),
    "the public does not count": Off({"opposition_weight": 0.0, "veto_threshold": 1.0},
                                     all_zero(S.OPPOSED, M.VETOED, M.BLOCKER_OPPOSITION)),
    "the public is with us": Off({"public_engagement": 1.0}, all_zero(S.OPPOSED, M.VETOED, M.BLOCKER_OPPOSITION)),
    "no public opposition at all": Off({"opposition_start": 0.0, "opposition_gain": 0.0}, all_zero(M.OPPOSITION),
                                       {**STORMY, "results_felt": 0.0}),
    "nobody fancies life alone": Off({"rosy_fallback": 0.0, "fallback_described": 0.0},
                                     all_zero(S.ROSY, M.BLOCKER_ROSY_FALLBACK), {**ALONE, "rosy_fallback": 0.05}),
    "the Nash deal at once": Off({"protocol": "nash"}, all_zero(M.NASH_GAP, M.OUT_OF_TIME, M.BLOCKER_TIME), {}),
    "nobody pays anybody": Off({"side_payments": 0.0}, all_zero(T.PAYMENT, T.OFFER_PAYMENT)),
    "no central money": Off({"deadline_money": 0.0}, all_zero(G.DEADLINE_PAID), {"deadline_scope": 0.0, "deadline_money": 0.1}),
    "no shocks": Off({"shock_rate": 0.0}, all_zero(P.SHOCK, P.SPILL, P.PRESSURE, M.BLOCKER_PRESSURE), SOLVENT),
    "shocks without size": Off({"shock_size": 0.0}, all_zero(P.SHOCK, P.SPILL)),
    "trouble is faced together": Off({"joint_resolution": 1.0}, all_zero(P.SPILL), {**STORMY, "policy_sustains": 1.0}),
    "leaders stay": Off({"turnover": 0.0}, all_zero(M.NEW_LEADERS)),
    "leaders come from their own sector": Off({"integrators_appointed": 0.0, "hospital_background": 0.0},
                                              all_zero(P.BACKGROUND, G.LEAD_HOSPITAL)),
    "nobody leads the place": Off({"lead_partner": "none"}, all_zero(G.LEAD_SKILL, G.LEAD_HOSPITAL)),
    "nothing is stranded": Off({"stranded_cost": 0.0}, all_zero(G.STRANDED, M.BLOCKER_MONEY)),
    "payment follows the person": Off({"payment_reform": 1.0}, all_zero(G.STRANDED, M.BLOCKER_MONEY)),
    "nothing is saved": Off({"saving": 0.0}, all_zero(G.SAVED)),
    "meetings are free": Off({"effort_cost": 0.0}, all_zero(G.EFFORT)),
    "no luck with money": Off({"balance_noise": 0.0}, all_zero(G.LUCK)),
    "no drift into deficit": Off({"deficit_trend": 0.0}, all_zero(G.TREND)),
    "nothing is settled with the centre": Off({"balance_memory": 1.0}, all_zero(G.SETTLED)),
    "no targets": Off({"target_pressure": 0.0}, all_zero(M.BLOCKER_TARGETS), {**ALONE, "target_pressure": 1.0}),
    "no caricatures": Off({"stereotype_start": 0.0}, all_zero(T.STEREOTYPE, T.STEREOTYPE_START)),
    "all want the same": Off({"value_gap": 0.0, "value_spread": 0.0, "hospital_background": 0.0}, all_zero(T.DISTANCE)),
    "nobody persuades anybody": Off({"value_convergence": 0.0}, all_zero(P.PULL_EVIDENCE, P.PULL_PERSON)),
    "nobody is driven away": Off({"polemic": 0.0}, all_zero(P.PULL_EVIDENCE, P.PULL_PERSON), {"confidence": 0.0}),
    "minds do not change": Off({"value_convergence": 0.0, "anchor_pull": 0.0}, nearly_unchanging(*VALUES),
                               {"hospital_background": 0.0}),
    "voluntary bodies stay outside": Off({"inclusion": 0.0}, statutory_only),
    "everyone is at the table": Off({"inclusion": 1.0}, all_zero(M.NOT_AT_THE_TABLE)),
    "no front-line experiments": Off({"experiment_rate": 0.0}, all_zero(P.PRACTICE)),
    "front-line teams are not free": Off({"autonomy": 0.0}, all_zero(P.PRACTICE)),
    "nobody is taught to teach": Off({"teaching_training": 0.0}, all_zero(P.TEACHING)),
    "nobody learns": Off(NO_TEACHING, unchanging(P.SKILL), {**ALONE, **STORMY}),
    "nothing is ever taken up": Off({"uptake": 0.0}, all_zero(M.FORM, M.INTEGRATION, M.POOLED)),
    "no contact and no pilots": Off({"pilots": 0.0}, unchanging(T.IDENTITY), {**STILL, "pilots": 0.5}),
    "no drift back to us and them": Off({"identity_drift": 0.0}, unchanging(T.IDENTITY), {**STILL, "pilots": 0.5}),
}


@pytest.mark.parametrize("name", OFF)
def test_a_mechanism_can_be_switched_off(name: str) -> None:
    case = OFF[name]
    case.stays_away(played({**case.where, **case.off}))


@pytest.mark.parametrize("name", OFF)
def test_and_shows_where_it_is_on(name: str) -> None:
    case = OFF[name]
    with pytest.raises(AssertionError):
        case.stays_away(played(case.where))


@pytest.mark.parametrize("way", ["learning_rate", "peer_teaching", "toolkits", "register"])
def test_each_way_of_learning_teaches_alone(way: str) -> None:
    """A register needs the speed at which people teach each other, and nothing else of it."""
    alone = {**NO_TEACHING, way: PARAMETERS[way].high, "mandate": 1.0, "skill_start": 0.2}
    if way == "register":
        alone["peer_teaching"] = 0.1
    skill = played(alone).each(P.SKILL)
    assert (skill[-1] >= skill[0]).all()
    assert (skill[-1] > skill[0]).any()
