"""Learning over arrays: trust, identity, information, stereotypes, values, ownership, skill, public opposition."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.chance import Stream, uniform
from incentive_abm.fields import (
    N_PARTNER,
    N_TIE,
    N_TIE_FACT,
    PartnerField,
    PlaceField,
    SideField,
    TieFact,
    TieField,
)
from incentive_abm.parameters import PartnerSetting, PlaceSetting, StartSetting
from incentive_abm.rules import appraisal, delivery, leadership, politics, relations, trust, values
from incentive_abm.state import N_PARTNER_SETTING, SIDE_A, SIDE_B, at, phase

P, T, S, G = PartnerField, TieField, SideField, PlaceField
Q, W, B = PartnerSetting, PlaceSetting, StartSetting


@phase()
def clear_pulls(s: Any) -> None:
    """Set what neighbours pull at, and what has moved out of trusts, to nothing."""
    lanes = len(s.lanes)
    partner, place, partner_keys = s.partner, s.place, s.partner_key
    for i in range(partner_keys.size):
        for field in range(P.PULL_EVIDENCE, P.JOINT_WORK + 1):
            for lane in range(lanes):
                partner[(i * N_PARTNER + field) * lanes + lane] = 0.0
        for lane in range(lanes):
            partner[(i * N_PARTNER + P.SAY) * lanes + lane] = 0.0
    for lane in range(lanes):
        place[G.MOVED_OUT * lanes + lane] = 0.0


@phase(types.int64, types.int64, types.int64)
def pull_across(s: Any, quarter: Any, first: Any, last: Any) -> None:
    """What each tie passes between its partners: values, skill, practice, joint work, say."""
    lanes = len(s.lanes)
    tie, partner, q, w, tie_fact, ends_a = s.tie, s.partner, s.partner_setting, s.place_setting, s.tie_fact, s.a
    ends_b = s.b
    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        sa, sb = o + SIDE_A * lanes, o + SIDE_B * lanes
        a, b = at(ends_a, t) * N_PARTNER * lanes, at(ends_b, t) * N_PARTNER * lanes
        qa, qb = at(ends_a, t) * N_PARTNER_SETTING * lanes, at(ends_b, t) * N_PARTNER_SETTING * lanes
        part_a = tie_fact[t * N_TIE_FACT + TieFact.PART_OF_A]
        part_b = tie_fact[t * N_TIE_FACT + TieFact.PART_OF_B]
        for lane in range(lanes):
            met = relations.contact(w[W.relational_space * lanes + lane], w[W.contact_quality * lanes + lane],
                                    w[W.committees * lanes + lane], w[W.relations_first * lanes + lane])
            work = tie[o + T.DELIVERED * lanes + lane]
            moved = values.persuasion(tie[o + T.DISTANCE * lanes + lane], w[W.confidence * lanes + lane],
                                      w[W.polemic * lanes + lane], w[W.value_convergence * lanes + lane], met, work)
            for v in range(6):
                gap = (partner[b + (P.EVIDENCE + v) * lanes + lane] - partner[a + (P.EVIDENCE + v) * lanes + lane])
                partner[a + (P.PULL_EVIDENCE + v) * lanes + lane] += part_a * moved * gap
                partner[b + (P.PULL_EVIDENCE + v) * lanes + lane] -= part_b * moved * gap
        for lane in range(lanes):
            work = tie[o + T.DELIVERED * lanes + lane]
            trust_a = trust.mean_trust(tie[sa + S.ALPHA * lanes + lane], tie[sa + S.BETA * lanes + lane])
            trust_b = trust.mean_trust(tie[sb + S.ALPHA * lanes + lane], tie[sb + S.BETA * lanes + lane])
            skill_a, skill_b = partner[a + P.SKILL * lanes + lane], partner[b + P.SKILL * lanes + lane]
            partner[a + P.PULL_SKILL * lanes + lane] += part_a * leadership.taught_across(
                q[qb + Q.peer_teaching * lanes + lane], partner[b + P.TEACHING * lanes + lane], trust_a,
                delivery.lead_over(skill_a, skill_b))
            partner[b + P.PULL_SKILL * lanes + lane] += part_b * leadership.taught_across(
                q[qa + Q.peer_teaching * lanes + lane], partner[a + P.TEACHING * lanes + lane], trust_b,
                delivery.lead_over(skill_b, skill_a))
            practice_a, practice_b = partner[a + P.PRACTICE * lanes + lane], partner[b + P.PRACTICE * lanes + lane]
            adoption = w[W.adoption * lanes + lane]
            partner[a + P.PULL_PRACTICE * lanes + lane] += (
                part_a * adoption * trust_a * delivery.lead_over(practice_a, practice_b))
            partner[b + P.PULL_PRACTICE * lanes + lane] += (
                part_b * adoption * trust_b * delivery.lead_over(practice_b, practice_a))
            partner[a + P.JOINT_WORK * lanes + lane] += part_a * work
            partner[b + P.JOINT_WORK * lanes + lane] += part_b * work
            partner[a + P.SAY * lanes + lane] += part_a * tie[sa + S.VOICE * lanes + lane]
            partner[b + P.SAY * lanes + lane] += part_b * tie[sb + S.VOICE * lanes + lane]


@phase(types.int64, types.int64, types.int64)
def learn_on_ties(s: Any, quarter: Any, first: Any, last: Any) -> None:
    """Trust, identity, information and stereotype on each tie after the quarter."""
    lanes = len(s.lanes)
    tie, place, q, w, start_setting = s.tie, s.place, s.partner_setting, s.place_setting, s.start_setting
    tie_fact, ends_a, ends_b = s.tie_fact, s.a, s.b
    side_a_keys, side_b_keys, seeds = s.side_a_key, s.side_b_key, s.seed
    step = np.uint64(quarter)
    for number in range(first, last):
        t = number & 0x7FFFFFFF
        o = t * N_TIE * lanes
        sa, sb = o + SIDE_A * lanes, o + SIDE_B * lanes
        qa, qb = at(ends_a, t) * N_PARTNER_SETTING * lanes, at(ends_b, t) * N_PARTNER_SETTING * lanes
        weight = tie_fact[t * N_TIE_FACT + TieFact.WEIGHT] * tie_fact[t * N_TIE_FACT + TieFact.WITH_TRUST]
        for lane in range(lanes):
            place[G.MOVED_OUT * lanes + lane] += weight * tie[o + T.SCOPE_MONEY * lanes + lane]
        for lane in range(lanes):
            shared = appraisal.breadth(tie[o + T.SCOPE_MONEY * lanes + lane], tie[o + T.SCOPE_STAFF * lanes + lane],
                                       tie[o + T.SCOPE_INFORMATION * lanes + lane])
            met = relations.contact(w[W.relational_space * lanes + lane], w[W.contact_quality * lanes + lane],
                                    w[W.committees * lanes + lane], w[W.relations_first * lanes + lane])
            information = tie[o + T.INFORMATION * lanes + lane]
            clarity = w[W.obligations_clarity * lanes + lane]
            memory, losses = w[W.trust_memory * lanes + lane], w[W.loss_aversion * lanes + lane]
            mean = start_setting[B.trust_start * lanes + lane]
            evidence = start_setting[B.trust_evidence * lanes + lane]
            kept_a, kept_b = tie[sa + S.KEPT * lanes + lane], tie[sb + S.KEPT * lanes + lane]
            seen_by_a = trust.seen_kept(
                kept_b, uniform(seeds[lane], np.uint64(Stream.MISREAD), step, side_a_keys[t]), clarity, information)
            seen_by_b = trust.seen_kept(
                kept_a, uniform(seeds[lane], np.uint64(Stream.MISREAD), step, side_b_keys[t]), clarity, information)
            credit_a = trust.credit(uniform(seeds[lane], np.uint64(Stream.CREDIT), step, side_a_keys[t]),
                                    w[W.outcomes_stated * lanes + lane])
            credit_b = trust.credit(uniform(seeds[lane], np.uint64(Stream.CREDIT), step, side_b_keys[t]),
                                    w[W.outcomes_stated * lanes + lane])
            alpha_a, beta_a = tie[sa + S.ALPHA * lanes + lane], tie[sa + S.BETA * lanes + lane]
            alpha_b, beta_b = tie[sb + S.ALPHA * lanes + lane], tie[sb + S.BETA * lanes + lane]
            known = 0.5 * (trust.mean_trust(alpha_a, beta_a) + trust.mean_trust(alpha_b, beta_b))
            tie[sa + S.ALPHA * lanes + lane] = trust.evidence_for(alpha_a, seen_by_a, credit_a, shared, memory,
                                                                  evidence * mean)
            tie[sa + S.BETA * lanes + lane] = trust.evidence_against(beta_a, seen_by_a, shared, memory, losses,
                                                                     evidence * (1.0 - mean))
            tie[sb + S.ALPHA * lanes + lane] = trust.evidence_for(alpha_b, seen_by_b, credit_b, shared, memory,
                                                                  evidence * mean)
            tie[sb + S.BETA * lanes + lane] = trust.evidence_against(beta_b, seen_by_b, shared, memory, losses,
                                                                     evidence * (1.0 - mean))
            pressed = 0.5 * (q[qa + Q.target_pressure * lanes + lane] + q[qb + Q.target_pressure * lanes + lane])
            tie[o + T.IDENTITY * lanes + lane] = relations.identity_after(
                tie[o + T.IDENTITY * lanes + lane], tie[o + T.IDENTITY_START * lanes + lane], met, kept_a, kept_b, shared,
                pressed, w[W.relational_space * lanes + lane], w[W.contact_rate * lanes + lane],
                w[W.identity_drift * lanes + lane])
            tie[o + T.INFORMATION * lanes + lane] = relations.information_after(
                information, known, clarity, tie[o + T.SCOPE_INFORMATION * lanes + lane], met,
                w[W.information_rate * lanes + lane])
            tie[o + T.STEREOTYPE * lanes + lane] = values.stereotype_after(
                tie[o + T.STEREOTYPE * lanes + lane], tie[o + T.STEREOTYPE_START * lanes + lane], met, information)


@phase(types.int64)
def learn_as_partners(s: Any, quarter: Any) -> None:
    """Values, skill, teaching, practice and ownership of each partner after the quarter."""
    lanes = len(s.lanes)
    partner, place, q, w, partner_keys, seeds = s.partner, s.place, s.partner_setting, s.place_setting, s.partner_key, s.seed
    step = np.uint64(quarter)
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        setting = i * N_PARTNER_SETTING * lanes
        key = partner_keys[i]
        for lane in range(lanes):
            pull, pressed = q[setting + Q.anchor_pull * lanes + lane], q[setting + Q.target_pressure * lanes + lane]
            v1 = values.value_after(partner[o + P.EVIDENCE * lanes + lane], partner[o + P.PULL_EVIDENCE * lanes + lane],
                                    partner[o + P.ANCHOR_EVIDENCE * lanes + lane], pull, pressed)
            v2 = values.value_after(partner[o + P.TARGETS * lanes + lane], partner[o + P.PULL_TARGETS * lanes + lane],
                                    partner[o + P.ANCHOR_TARGETS * lanes + lane], pull, pressed)
            v3 = values.value_after(partner[o + P.FINANCE * lanes + lane], partner[o + P.PULL_FINANCE * lanes + lane],
                                    partner[o + P.ANCHOR_FINANCE * lanes + lane], pull, pressed)
            v4 = values.value_after(partner[o + P.PERSON * lanes + lane], partner[o + P.PULL_PERSON * lanes + lane],
                                    partner[o + P.ANCHOR_PERSON * lanes + lane], pull, pressed)
            v5 = values.value_after(partner[o + P.COMMUNITY * lanes + lane], partner[o + P.PULL_COMMUNITY * lanes + lane],
                                    partner[o + P.ANCHOR_COMMUNITY * lanes + lane], pull, pressed)
            v6 = values.value_after(partner[o + P.EQUITY * lanes + lane], partner[o + P.PULL_EQUITY * lanes + lane],
                                    partner[o + P.ANCHOR_EQUITY * lanes + lane], pull, pressed)
            total = v1 + v2 + v3 + v4 + v5 + v6
            partner[o + P.EVIDENCE * lanes + lane] = v1 / total
            partner[o + P.TARGETS * lanes + lane] = v2 / total
            partner[o + P.FINANCE * lanes + lane] = v3 / total
            partner[o + P.PERSON * lanes + lane] = v4 / total
            partner[o + P.COMMUNITY * lanes + lane] = v5 / total
            partner[o + P.EQUITY * lanes + lane] = v6 / total
            work = partner[o + P.JOINT_WORK * lanes + lane]
            skill = partner[o + P.SKILL * lanes + lane]
            practice = delivery.practice_tried(
                partner[o + P.PRACTICE * lanes + lane],
                uniform(seeds[lane], np.uint64(Stream.EXPERIMENT), step, key),
                uniform(seeds[lane], np.uint64(Stream.EXPERIMENT_WORKS), step, key),
                q[setting + Q.autonomy * lanes + lane], q[setting + Q.accountability * lanes + lane],
                w[W.experiment_rate * lanes + lane])
            partner[o + P.PRACTICE * lanes + lane] = practice + partner[o + P.PULL_PRACTICE * lanes + lane]
            partner[o + P.TEACHING * lanes + lane] = leadership.teaching_after(
                partner[o + P.TEACHING * lanes + lane], q[setting + Q.teaching_training * lanes + lane], skill)
            partner[o + P.SKILL * lanes + lane] = leadership.skill_after(
                skill, work, partner[o + P.PULL_SKILL * lanes + lane], place[G.BEST_SKILL * lanes + lane],
                w[W.learning_rate * lanes + lane], w[W.toolkits * lanes + lane], w[W.register * lanes + lane],
                q[setting + Q.peer_teaching * lanes + lane])
            partner[o + P.OWNERSHIP * lanes + lane] = relations.ownership_after(
                partner[o + P.OWNERSHIP * lanes + lane], work, w[W.mandate * lanes + lane],
                partner[o + P.SAY * lanes + lane])
            partner[o + P.TENURE * lanes + lane] += 1.0


@phase(types.int64)
def learn_as_public(s: Any, quarter: Any) -> None:
    """Public opposition follows the money that moved out of trusts."""
    lanes = len(s.lanes)
    place, w, tie_fact, tie_keys = s.place, s.place_setting, s.tie_fact, s.tie_key
    everything = 0.0
    for t in range(tie_keys.size):
        weight = tie_fact[t * N_TIE_FACT + TieFact.WEIGHT] * tie_fact[t * N_TIE_FACT + TieFact.WITH_TRUST]
        everything += weight
    for lane in range(lanes):
        moved = politics.moved_share(place[G.MOVED_OUT * lanes + lane], everything)
        place[G.MOVED_OUT * lanes + lane] = moved
        place[G.OPPOSITION * lanes + lane] = politics.opposition_after(
            place[G.OPPOSITION * lanes + lane], place[G.OPPOSITION_START * lanes + lane], moved,
            w[W.opposition_gain * lanes + lane], w[W.public_engagement * lanes + lane])
