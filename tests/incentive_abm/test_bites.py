"""Every declared parameter that acts on a run can matter where it should."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from places import Field, Numbers, PartnerField, PlaceField, Played, SideField, TieField, a_dozen, play, today

from incentive_abm.kinds import Kind
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Parameter, Scope
from tests.baseline import SWITCHES

M, P, T, S, G = Measure, PartnerField, TieField, SideField, PlaceField
ACTING = [p for p in PARAMETERS.values() if p.scope in (Scope.PLACE, Scope.PARTNER, Scope.START)]
Reading = Callable[[Played], Numbers]


def mean(what: Field) -> Reading:
    """Mean over quarters, and over partners, ties or sides; one number a run."""
    if isinstance(what, Measure):
        return lambda runs: runs.series(what).mean(axis=1)
    return lambda runs: runs.each(what)[1:].mean(axis=(0, 1))


def last(what: Field) -> Reading:
    """The same at the end of the run."""
    return lambda runs: runs.each(what)[-1].mean(axis=0)


def spread(what: Field) -> Reading:
    """How far apart partners, ties or sides are."""
    return lambda runs: runs.each(what)[1:].std(axis=1).mean(axis=0)


def size(what: Field) -> Reading:
    """Mean size, whatever the sign."""
    return lambda runs: np.abs(runs.each(what)[1:]).mean(axis=(0, 1))


def of_voluntary(what: PartnerField) -> Reading:
    """Mean over voluntary providers."""
    return lambda runs: runs.each(what)[1:][:, a_dozen().partners.kind == Kind.VOLUNTARY].mean(axis=(0, 1))


@dataclass(frozen=True)
class Bite:
    """What rises (or falls, or in some places the one and in some the other) when a parameter goes from its lowest to its
    highest, and in what situation."""

    what: Reading
    rises: bool | None
    where: Mapping[str, Any] = field(default_factory=dict)


def up(what: Field | Reading, **where: Any) -> Bite:
    return Bite(what if callable(what) else mean(what), True, where)


def down(what: Field | Reading, **where: Any) -> Bite:
    return Bite(what if callable(what) else mean(what), False, where)


ALONE: dict[str, Any] = {**SWITCHES, "effect": 2.0}
"""Nothing couples ties: what a single tie does shows by itself."""
JOINT = {"mandate": 1.0, "keep_base": 3.0}
RELIABLE = {**JOINT, "obligations_clarity": 1.0, "outcomes_stated": 1.0, "joint_resolution": 1.0}
QUARREL = {"exit_chance": 1.0, "exit_patience": 1, "effect": 3.0}

BITES: dict[str, Bite] = {
    "value_gap": up(T.DISTANCE),
    "value_spread": up(T.DISTANCE, value_gap=0.0),
    "common_purpose": down(T.DISTANCE),
    "slogan": up(M.STATED_AGREEMENT),
    "confidence": down(T.DISTANCE, value_convergence=0.1),
    "value_convergence": down(T.DISTANCE, confidence=1.0),
    "polemic": up(T.DISTANCE, confidence=0.0, value_convergence=0.1),
    "anchor_pull": up(T.DISTANCE, confidence=1.0, value_convergence=0.1, value_spread=0.0, contact_quality=1.0,
                      relational_space=1.0, committees=0.0),
    "stereotype_start": up(T.STEREOTYPE),
    "boundary_cost": up(S.COST),
    "effect": up(S.WORTH),
    "saving": up(S.WORTH),
    "stranded_cost": up(M.BLOCKER_MONEY),
    "payment_reform": down(M.BLOCKER_MONEY),
    "target_pressure": up(M.BLOCKER_TARGETS, **ALONE),
    "horizon": up(M.FORM, mandate=1.0),
    "listening": down(S.COST),
    "role_bias": up(S.COST),
    "own_budget_weight": down(S.WORTH),
    "rosy_fallback": up(M.BLOCKER_ROSY_FALLBACK, **ALONE),
    "fallback_described": down(S.ROSY),
    "fallback_quality": up(S.ROSY),
    "bailout_relief": up(S.RELIEF, deficit_trend=0.002),
    "waiting_value": up(S.WAITING),
    "opposition_weight": up(S.OPPOSED),
    "veto_threshold": down(M.VETOED),
    "reference_trust": up(M.BLOCKER_TRUST),
    "reference_scope": up(T.SHORTFALL),
    "protocol": down(M.NASH_GAP),
    "side_payments": up(size(T.OFFER_PAYMENT)),
    "uptake": up(M.FORM),
    "mandate": up(M.FORM),
    "joint_resolution": down(P.PRESSURE, mandate=1.0),
    "exit_chance": up(M.WALK_OUTS, exit_patience=1),
    "exit_patience": down(M.WALK_OUTS),
    "crisis_strain": up(M.WALK_OUTS, deficit_trend=0.002, effect=3.0, bailout=0.0),
    "exit_scar": down(M.FORM, **{**ALONE, **QUARREL}),
    "voting_rule": down(G.BOARD_SPEED, **{**ALONE, "deficit_trend": 0.004}),
    "block_share": up(G.BOARD_SPEED),
    "board_brake": down(G.BOARD_SPEED),
    "decision_clarity": down(S.COST),
    "free_riding": down(G.BOARD_SPEED),
    "named_owner": up(G.BOARD_SPEED),
    "power_sharing": down(spread(S.VOICE)),
    "deadline_money": up(M.FORM),
    "deadline_quarter": up(M.FORM, deadline_money=0.2),
    "deadline_scope": down(G.DEADLINE_PAID, deadline_money=0.2),
    "relational_space": up(M.IDENTITY),
    "contact_quality": up(M.IDENTITY),
    "committees": down(M.IDENTITY),
    "relations_first": down(M.POOLED, mandate=1.0),
    "contact_rate": up(M.IDENTITY),
    "identity_drift": down(M.IDENTITY, relational_space=1.0, contact_quality=1.0),
    "identity_start": up(M.IDENTITY),
    "information_start": up(M.INFORMATION),
    "information_rate": up(M.INFORMATION),
    "trust_start": up(M.TRUST),
    "trust_evidence": down(M.TRUST, **RELIABLE),
    "trust_memory": up(M.TRUST, **{**ALONE, **RELIABLE}),
    "loss_aversion": down(M.TRUST, mandate=1.0),
    "obligations_clarity": up(M.TRUST, **JOINT),
    "outcomes_stated": up(M.TRUST, **JOINT),
    "keep_base": down(M.BROKEN_PROMISES, mandate=1.0),
    "wider_determinants": Bite(mean(M.OUTCOME), None, {"mandate": 1.0}),
    "autonomy": up(P.PRACTICE),
    "accountability": up(P.PRACTICE),
    "experiment_rate": up(P.PRACTICE),
    "adoption": up(P.PRACTICE),
    "inclusion": down(M.NOT_AT_THE_TABLE),
    "community_control": up(of_voluntary(P.SAY)),
    "seamless_quality": down(M.SEAMLESS, mandate=1.0),
    "turnover": up(M.NEW_LEADERS),
    "handover": up(M.OWNERSHIP, turnover=0.3),
    "ownership_start": up(M.OWNERSHIP),
    "skill_start": up(M.SKILL),
    "integrators_appointed": up(M.SKILL, turnover=0.3),
    "hospital_background": down(M.SKILL, turnover=0.3),
    "lead_partner": up(G.LEAD_SKILL),
    "learning_rate": up(M.SKILL, mandate=1.0),
    "peer_teaching": up(M.SKILL),
    "toolkits": up(M.SKILL, skill_start=0.0),
    "register": up(M.SKILL),
    "teaching_training": up(P.TEACHING),
    "shock_rate": up(P.PRESSURE),
    "shock_size": up(P.PRESSURE),
    "pressure_memory": up(P.PRESSURE),
    "reversal_chance": up(M.REVERSAL),
    "reversal_depth": down(M.FORM, reversal_chance=1.0, mandate=1.0),
    "election_phase": down(M.REVERSAL, reversal_chance=1.0),
    "reorganisation_rate": up(M.REORGANISATION),
    "directives": down(G.CLARITY),
    "opposition_start": up(M.OPPOSITION),
    "opposition_gain": up(M.OPPOSITION, mandate=1.0),
    "public_engagement": down(S.OPPOSED),
    "bailout": up(M.BAILED_OUT),
    "deficit_line": down(M.BAILED_OUT),
    "deficit_trend": down(M.BALANCE_TRUST),
    "balance_noise": up(spread(P.BALANCE), bailout=0.0),
    "balance_memory": down(M.BALANCE_TRUST, bailout=0.0, deficit_trend=0.004),
    "effort_cost": down(M.BALANCE_GP),
    "pilots": up(M.TRUST),
    "policy_sustains": up(P.PRACTISED),
    "practice_fading": down(P.PRACTISED, policy_sustains=0.0, practice_growth=1.0, mandate=0.8),
    "practice_growth": up(P.PRACTISED, policy_sustains=0.2, seen_half=0.02, mandate=0.8),
    "seen_half": down(P.PRACTISED, policy_sustains=0.2, practice_growth=1.0, mandate=0.8),
    "seen_elsewhere": Bite(mean(P.PRACTISED), None, {"policy_sustains": 0.2, "practice_growth": 1.0, "seen_half": 0.02,
                                                     "mandate": 0.8}),
    "word_travels": up(spread(S.ALPHA), mandate=0.8),
    "hearing": up(spread(S.ALPHA), word_travels=2.0, mandate=0.8, register=0.0),
    "skill_fading": down(M.SKILL),
    "place_spread": Bite(mean(M.TRUST), None, {}),
    "attention": up(M.ATTENDED),
    "whole_way": up(spread(T.WAY), mandate=0.5),
    "way_half": down(T.WAY, whole_way=1.0, mandate=0.5),
    "results_felt": up(P.PRESSURE, refusal=1.0),
    "refusal": up(M.ASPIRATION),
    "reinvested": up(P.PRACTICE, mandate=1.0, saving=0.3),
    "routine_inertia": down(M.INTEGRATION, mandate=1.0),
    "compact": up(M.ALLIED),
    "compact_lead": Bite(mean(M.ALLIED), None, {"compact": "mandated"}),
    "compact_trust": down(M.ALLIED, compact="lead_provider"),
    "risk_share": down(spread(P.BALANCE), compact="mandated", balance_noise=0.02),
    "unclear_costs": up(S.UNCLEAR, compact="mandated", obligations_clarity=0.0),
    "fall_out": up(T.SCAR, compact="alliance", compact_trust=0.0, **QUARREL),
}


def test_every_parameter_that_acts_on_a_run_is_told_where_it_bites() -> None:
    assert sorted(BITES) == sorted(p.name for p in ACTING)


@pytest.mark.parametrize("parameter", ACTING, ids=lambda p: p.name)
def test_a_parameter_bites_where_it_should(parameter: Parameter) -> None:
    bite = BITES[parameter.name]
    base = today(bite.where)
    low, high = (base.overlaid({parameter.name: value}) for value in (parameter.low, parameter.high))
    found = bite.what(play([low, high], list(range(1, 9))))
    before, after = float(found[:8].mean()), float(found[8:].mean())
    change = abs(after - before) if bite.rises is None else (after - before if bite.rises else before - after)
    told = f"from {before:g} at {parameter.low:g} to {after:g} at {parameter.high:g}"
    assert change > 0.01 * max(abs(before), abs(after)), told
