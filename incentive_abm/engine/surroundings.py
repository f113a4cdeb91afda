"""The first three phases over arrays: national, leadership, pressures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from incentive_abm.chance import Stream, uniform
from incentive_abm.fields import (
    N_PARTNER,
    N_PARTNER_FACT,
    N_TIE,
    N_TIE_FACT,
    PartnerFact,
    PartnerField,
    PlaceField,
    SideField,
    TieFact,
    TieField,
)
from incentive_abm.kinds import Kind
from incentive_abm.parameters import PartnerSetting, PlaceSetting, StartSetting
from incentive_abm.rules import appraisal, leadership, money, politics, trust
from incentive_abm.state import N_PARTNER_SETTING, PROFILES, SIDE_A, SIDE_B, at, phase

P, T, S, G = PartnerField, TieField, SideField, PlaceField
Q, W, B = PartnerSetting, PlaceSetting, StartSetting
TRUST_PROFILE = tuple(float(x) for x in PROFILES[Kind.TRUST])


@phase(types.int64)
def national(s: Any, quarter: Any) -> None:
    """Election, reversal or reorganisation, directives; at the year's end settlement and bail-outs."""
    lanes = len(s.lanes)
    tie, partner, place, q, w, partner_fact = s.tie, s.partner, s.place, s.partner_setting, s.place_setting, s.partner_fact
    ends_a, ends_b, tie_keys, partner_keys, seeds, leads = s.a, s.b, s.tie_key, s.partner_key, s.seed, s.lead
    step = np.uint64(quarter)
    year_end = 1.0 if quarter % 4 == 3 else 0.0
    for lane in range(lanes):
        best = 0.0
        for i in range(partner_keys.size):
            skill = partner[(i * N_PARTNER + P.SKILL) * lanes + lane]
            skill = skill * partner_fact[i * N_PARTNER_FACT + PartnerFact.CONNECTED]
            best = skill if skill > best else best
        place[G.BEST_SKILL * lanes + lane] = best
        kind = int(w[W.lead_partner * lanes + lane]) - 1
        lead = leads[kind] if kind >= 0 else -1
        led = 1.0 if lead >= 0 else 0.0
        lead = lead if lead >= 0 else 0
        background = partner[(lead * N_PARTNER + P.BACKGROUND) * lanes + lane]
        place[G.LEAD_SKILL * lanes + lane] = led * partner[(lead * N_PARTNER + P.SKILL) * lanes + lane]
        place[G.LEAD_HOSPITAL * lanes + lane] = led if background == 1.0 else 0.0
        to_election = politics.quarters_to_election(float(quarter), w[W.election_phase * lanes + lane])
        turned = politics.policy_reversed(
            to_election, uniform(seeds[lane], np.uint64(Stream.REVERSAL), step, np.uint64(0)),
            w[W.reversal_chance * lanes + lane])
        shaken = politics.reorganised(
            uniform(seeds[lane], np.uint64(Stream.REORGANISATION), step, np.uint64(0)),
            w[W.reorganisation_rate * lanes + lane])
        forced = place[G.FORCED * lanes + lane]
        place[G.FORCED * lanes + lane] = 0.0
        place[G.QUARTERS_TO_ELECTION * lanes + lane] = to_election
        place[G.REVERSAL * lanes + lane] = 1.0 if forced == 1.0 else turned
        place[G.REORGANISATION * lanes + lane] = 1.0 if forced == 2.0 else shaken
        place[G.CLARITY * lanes + lane] = appraisal.clear_decisions(
            w[W.decision_clarity * lanes + lane], w[W.directives * lanes + lane], place[G.LEAD_SKILL * lanes + lane], led)
    strikes = 0.0
    for lane in range(lanes):
        strikes += place[G.REVERSAL * lanes + lane] + place[G.REORGANISATION * lanes + lane]
    if strikes > 0.0:
        for t in range(tie_keys.size):
            o = t * N_TIE * lanes
            for lane in range(lanes):
                struck = politics.struck(place[G.REVERSAL * lanes + lane], place[G.REORGANISATION * lanes + lane])
                factor = politics.undone(struck, w[W.reversal_depth * lanes + lane])
                tie[o + T.SCOPE_MONEY * lanes + lane] *= factor
                tie[o + T.SCOPE_STAFF * lanes + lane] *= factor
                tie[o + T.SCOPE_INFORMATION * lanes + lane] *= factor
                tie[o + T.AGREED_MONEY * lanes + lane] *= factor
                tie[o + T.AGREED_STAFF * lanes + lane] *= factor
                tie[o + T.AGREED_INFORMATION * lanes + lane] *= factor
                tie[o + T.IDENTITY * lanes + lane] *= politics.estranged(struck, w[W.reversal_depth * lanes + lane])
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        setting = i * N_PARTNER_SETTING * lanes
        income = partner_fact[i * N_PARTNER_FACT + PartnerFact.INCOME]
        rescued = partner_fact[i * N_PARTNER_FACT + PartnerFact.RESCUED]
        connected = partner_fact[i * N_PARTNER_FACT + PartnerFact.CONNECTED]
        key = partner_keys[i]
        for lane in range(lanes):
            balance = partner[o + P.BALANCE * lanes + lane]
            deficit = year_end * money.in_deficit(balance, w[W.deficit_line * lanes + lane])
            rescue = money.bailed_out(deficit, uniform(seeds[lane], np.uint64(Stream.BAILOUT), step, key),
                                      q[setting + Q.bailout * lanes + lane], rescued)
            after = money.balance_bailed(balance, rescue)
            place[G.BAILOUTS * lanes + lane] += (after - balance) * income * connected
            partner[o + P.BALANCE * lanes + lane] = after
            partner[o + P.PRESSURE * lanes + lane] = money.pressure_bailed(
                partner[o + P.PRESSURE * lanes + lane], deficit, rescue)
            partner[o + P.IN_DEFICIT * lanes + lane] = deficit * rescued
            partner[o + P.BAILED_OUT * lanes + lane] = rescue
            partner[o + P.SEEN_BAILOUTS * lanes + lane] = rescue
            partner[o + P.SEEN_DEFICITS * lanes + lane] = deficit * rescued
    if year_end > 0.0:
        for t in range(tie_keys.size):
            a, b = at(ends_a, t) * N_PARTNER * lanes, at(ends_b, t) * N_PARTNER * lanes
            for lane in range(lanes):
                partner[a + P.SEEN_BAILOUTS * lanes + lane] += partner[b + P.BAILED_OUT * lanes + lane]
                partner[b + P.SEEN_BAILOUTS * lanes + lane] += partner[a + P.BAILED_OUT * lanes + lane]
                partner[a + P.SEEN_DEFICITS * lanes + lane] += partner[b + P.IN_DEFICIT * lanes + lane]
                partner[b + P.SEEN_DEFICITS * lanes + lane] += partner[a + P.IN_DEFICIT * lanes + lane]
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        for lane in range(lanes):
            partner[o + P.BAILOUTS_SEEN * lanes + lane] += partner[o + P.SEEN_BAILOUTS * lanes + lane]
            partner[o + P.DEFICITS_SEEN * lanes + lane] += partner[o + P.SEEN_DEFICITS * lanes + lane]
            partner[o + P.STRESS * lanes + lane] = appraisal.stress_of(partner[o + P.BALANCE * lanes + lane])


@phase(types.int64)
def leadership_changes(s: Any, quarter: Any) -> None:
    """Departures, successions, handover; the other side of each tie keeps part of what it knew."""
    lanes = len(s.lanes)
    tie, partner, q, start_setting, ends_a, ends_b = s.tie, s.partner, s.partner_setting, s.start_setting, s.a, s.b
    tie_keys, partner_keys, seeds = s.tie_key, s.partner_key, s.seed
    step = np.uint64(quarter)
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        setting = i * N_PARTNER_SETTING * lanes
        key = partner_keys[i]
        for lane in range(lanes):
            seed = seeds[lane]
            leaves = leadership.departs(uniform(seed, np.uint64(Stream.DEPARTURE), step, key),
                                        q[setting + Q.turnover * lanes + lane], partner[o + P.STRESS * lanes + lane])
            background = leadership.successor_background(
                uniform(seed, np.uint64(Stream.SUCCESSOR), step, key),
                q[setting + Q.integrators_appointed * lanes + lane], q[setting + Q.hospital_background * lanes + lane])
            skill = leadership.successor_skill(uniform(seed, np.uint64(Stream.SUCCESSOR_SKILL), step, key), background,
                                               start_setting[B.skill_start * lanes + lane])
            named = partner[o + P.NEW_LEADER * lanes + lane] == 2.0
            background = partner[o + P.BACKGROUND * lanes + lane] if named else background
            skill = partner[o + P.SKILL * lanes + lane] if named else skill
            new = 1.0 if named else leaves
            owned = leadership.ownership_under_leader(partner[o + P.OWNERSHIP * lanes + lane],
                                                      q[setting + Q.handover * lanes + lane], background)
            pulled = background if new == 1.0 else 0.0
            v1 = leadership.value_under_leader(partner[o + P.EVIDENCE * lanes + lane], TRUST_PROFILE[0], pulled)
            v2 = leadership.value_under_leader(partner[o + P.TARGETS * lanes + lane], TRUST_PROFILE[1], pulled)
            v3 = leadership.value_under_leader(partner[o + P.FINANCE * lanes + lane], TRUST_PROFILE[2], pulled)
            v4 = leadership.value_under_leader(partner[o + P.PERSON * lanes + lane], TRUST_PROFILE[3], pulled)
            v5 = leadership.value_under_leader(partner[o + P.COMMUNITY * lanes + lane], TRUST_PROFILE[4], pulled)
            v6 = leadership.value_under_leader(partner[o + P.EQUITY * lanes + lane], TRUST_PROFILE[5], pulled)
            total = v1 + v2 + v3 + v4 + v5 + v6
            partner[o + P.EVIDENCE * lanes + lane] = v1 / total
            partner[o + P.TARGETS * lanes + lane] = v2 / total
            partner[o + P.FINANCE * lanes + lane] = v3 / total
            partner[o + P.PERSON * lanes + lane] = v4 / total
            partner[o + P.COMMUNITY * lanes + lane] = v5 / total
            partner[o + P.EQUITY * lanes + lane] = v6 / total
            partner[o + P.NEW_LEADER * lanes + lane] = new
            changed = new == 1.0
            old_skill = partner[o + P.SKILL * lanes + lane]
            old_background = partner[o + P.BACKGROUND * lanes + lane]
            old_owned = partner[o + P.OWNERSHIP * lanes + lane]
            tenure = partner[o + P.TENURE * lanes + lane]
            partner[o + P.SKILL * lanes + lane] = skill if changed else old_skill
            partner[o + P.BACKGROUND * lanes + lane] = background if changed else old_background
            partner[o + P.OWNERSHIP * lanes + lane] = owned if changed else old_owned
            partner[o + P.TENURE * lanes + lane] = 0.0 if changed else tenure
    for t in range(tie_keys.size):
        o = t * N_TIE * lanes
        for side in range(2):
            me = o + (SIDE_A if side == 0 else SIDE_B) * lanes
            theirs = at(ends_b, t) if side == 0 else at(ends_a, t)
            other = theirs * N_PARTNER * lanes
            setting = theirs * N_PARTNER_SETTING * lanes
            for lane in range(lanes):
                changed = partner[other + P.NEW_LEADER * lanes + lane] == 1.0
                handover = q[setting + Q.handover * lanes + lane]
                mean = start_setting[B.trust_start * lanes + lane]
                evidence = start_setting[B.trust_evidence * lanes + lane]
                alpha = tie[me + S.ALPHA * lanes + lane]
                beta = tie[me + S.BETA * lanes + lane]
                alpha_new = trust.evidence_after_leader(alpha, evidence * mean, handover)
                beta_new = trust.evidence_after_leader(beta, evidence * (1.0 - mean), handover)
                tie[me + S.ALPHA * lanes + lane] = alpha_new if changed else alpha
                tie[me + S.BETA * lanes + lane] = beta_new if changed else beta


@phase(types.int64)
def pressures(s: Any, quarter: Any) -> None:
    """Priority shocks arrive and fade; faced jointly they are carried, alone they cost the others, and trust."""
    lanes = len(s.lanes)
    tie, partner, q, w, tie_fact, ends_a = s.tie, s.partner, s.partner_setting, s.place_setting, s.tie_fact, s.a
    ends_b, tie_keys, partner_keys, seeds = s.b, s.tie_key, s.partner_key, s.seed
    step = np.uint64(quarter)
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        setting = i * N_PARTNER_SETTING * lanes
        key = partner_keys[i]
        for lane in range(lanes):
            partner[o + P.SHOCK * lanes + lane] = politics.shock_of(
                uniform(seeds[lane], np.uint64(Stream.SHOCK), step, key),
                uniform(seeds[lane], np.uint64(Stream.SHOCK_SIZE), step, key),
                q[setting + Q.shock_rate * lanes + lane], q[setting + Q.shock_size * lanes + lane])
            partner[o + P.MIXED * lanes + lane] = 0.0
            partner[o + P.SPILL * lanes + lane] = 0.0
    for t in range(tie_keys.size):
        o = t * N_TIE * lanes
        side_a, side_b = o + SIDE_A * lanes, o + SIDE_B * lanes
        a, b = at(ends_a, t) * N_PARTNER * lanes, at(ends_b, t) * N_PARTNER * lanes
        part_a = tie_fact[t * N_TIE_FACT + TieFact.PART_OF_A]
        part_b = tie_fact[t * N_TIE_FACT + TieFact.PART_OF_B]
        for lane in range(lanes):
            shared = appraisal.breadth(tie[o + T.SCOPE_MONEY * lanes + lane], tie[o + T.SCOPE_STAFF * lanes + lane],
                                       tie[o + T.SCOPE_INFORMATION * lanes + lane])
            joint = w[W.joint_resolution * lanes + lane]
            shock_a = partner[a + P.SHOCK * lanes + lane]
            shock_b = partner[b + P.SHOCK * lanes + lane]
            partner[a + P.MIXED * lanes + lane] += part_a * shared
            partner[b + P.MIXED * lanes + lane] += part_b * shared
            partner[a + P.SPILL * lanes + lane] += politics.spilled(shock_b, shared, joint, part_a)
            partner[b + P.SPILL * lanes + lane] += politics.spilled(shock_a, shared, joint, part_b)
            tie[side_a + S.BETA * lanes + lane] = trust.evidence_of_acting_alone(
                tie[side_a + S.BETA * lanes + lane], shock_b, shared, joint)
            tie[side_b + S.BETA * lanes + lane] = trust.evidence_of_acting_alone(
                tie[side_b + S.BETA * lanes + lane], shock_a, shared, joint)
    for i in range(partner_keys.size):
        o = i * N_PARTNER * lanes
        for lane in range(lanes):
            partner[o + P.PRESSURE * lanes + lane] = politics.pressure_after(
                partner[o + P.PRESSURE * lanes + lane], w[W.pressure_memory * lanes + lane],
                partner[o + P.SHOCK * lanes + lane], partner[o + P.MIXED * lanes + lane],
                w[W.joint_resolution * lanes + lane], partner[o + P.SPILL * lanes + lane])
