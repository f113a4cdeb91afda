"""Phase 8: trust, identity, information, stereotypes, values, ownership, skill, public opposition."""

from __future__ import annotations

from typing import Any

from incentive_abm.chance import Stream
from incentive_abm.kinds import Phase
from incentive_abm.rules import appraisal, delivery, feedback, leadership, politics, practice, relations, trust, values
from incentive_abm.state.arrays import CLEARED, CLEARED_OF_PLACE
from incentive_abm.state.kernels import chance, kernel, lanes
from incentive_abm.state.start import practise

SUMS, SUMS_OF_PLACE = CLEARED[Phase.LEARNING], CLEARED_OF_PLACE[Phase.LEARNING]


@kernel()
def clear_pulls(partners: Any, place: Any) -> None:
    """Set what neighbours pull at, and what adds up over the place, to nothing."""
    for partner in partners:
        for k in range(SUMS):
            for lane in lanes:
                partner.cleared_learning[k] = 0.0
    for k in range(SUMS_OF_PLACE):
        for lane in lanes:
            place.cleared_learning[k] = 0.0


@kernel(blocks=True)
def pull_across(ties: Any, place: Any) -> None:
    """What each tie passes between its partners: values, skill, practice, joint work, say."""
    settings = place.settings
    for tie in ties:
        a, b = tie.a, tie.b
        me, them = a.partner, b.partner
        for lane in lanes:
            met = relations.contact(tie.settings.relational_space, tie.settings.contact_quality, tie.settings.committees,
                                    settings.relations_first)
            moved = values.persuasion(tie.distance, settings.confidence, settings.polemic, settings.value_convergence, met,
                                      tie.delivered)
            for v in range(6):
                gap = them.values[v] - me.values[v]
                me.pulls[v] += a.part * moved * gap
                them.pulls[v] -= b.part * moved * gap
        for lane in lanes:
            work, adoption = tie.delivered, settings.adoption
            trust_a, trust_b = trust.mean_trust(a.alpha, a.beta), trust.mean_trust(b.alpha, b.beta)
            skill_a, skill_b = me.skill, them.skill
            me.pull_skill += a.part * leadership.taught_across(
                them.settings.peer_teaching, them.teaching, trust_a, delivery.lead_over(skill_a, skill_b))
            them.pull_skill += b.part * leadership.taught_across(
                me.settings.peer_teaching, me.teaching, trust_b, delivery.lead_over(skill_b, skill_a))
            ways_a, ways_b = me.practice, them.practice
            me.pull_practice += a.part * adoption * trust_a * delivery.lead_over(ways_a, ways_b)
            them.pull_practice += b.part * adoption * trust_b * delivery.lead_over(ways_b, ways_a)
            me.pull_seen += a.part * them.worked
            them.pull_seen += b.part * me.worked
            me.pull_trust += a.part * trust_a
            them.pull_trust += b.part * trust_b
            me.joint_work += a.part * work
            them.joint_work += b.part * work
            me.say += a.part * a.voice
            them.say += b.part * b.voice
            unwilling = 1.0 if tie.bound > 0.5 and tie.consent < 0.5 else 0.0
            me.forced += a.part * unwilling
            them.forced += b.part * unwilling


@kernel(blocks=True)
def learn_on_ties(ties: Any, place: Any, quarter: Any) -> None:
    """Trust, identity, information and stereotype on each tie after the quarter."""
    settings, start = place.settings, place.start
    for tie in ties:
        a, b = tie.a, tie.b
        weight = tie.weight * tie.with_trust
        for lane in lanes:
            place.moved_out += weight * tie.scope_money
            place.reached += tie.weight * tie.delivered
            place.missed += tie.weight * appraisal.breadth(*tie.scopes) * (1.0 - a.kept * b.kept)
        for lane in lanes:
            shared = appraisal.breadth(*tie.scopes)
            met = relations.contact(tie.settings.relational_space, tie.settings.contact_quality, tie.settings.committees,
                                    settings.relations_first)
            information, clarity = tie.information, tie.settings.obligations_clarity
            memory, losses, stated = settings.trust_memory, settings.loss_aversion, tie.settings.outcomes_stated
            mean, evidence = start.trust_start, start.trust_evidence
            kept_a, kept_b = a.kept, b.kept
            seen_by_a = trust.seen_kept(kept_b, chance(Stream.MISREAD, a.key), clarity, information)
            seen_by_b = trust.seen_kept(kept_a, chance(Stream.MISREAD, b.key), clarity, information)
            credit_a = trust.credit(chance(Stream.CREDIT, a.key), stated)
            credit_b = trust.credit(chance(Stream.CREDIT, b.key), stated)
            alpha_a, beta_a, alpha_b, beta_b = a.alpha, a.beta, b.alpha, b.beta
            hearing, register, travels = settings.hearing, settings.register, settings.word_travels
            told_a, told_b = a.told, b.told
            kept_to_a, broken_to_a = (told_a if told_a > 0.0 else 0.0), (-told_a if told_a < 0.0 else 0.0)
            kept_to_b, broken_to_b = (told_b if told_b > 0.0 else 0.0), (-told_b if told_b < 0.0 else 0.0)
            good_a = trust.word_heard(b.partner.heard_kept, kept_to_a, a.partner.trusting, hearing, register, travels)
            bad_a = trust.word_heard(b.partner.heard_broken, broken_to_a, a.partner.trusting, hearing, register, travels)
            good_b = trust.word_heard(a.partner.heard_kept, kept_to_b, b.partner.trusting, hearing, register, travels)
            bad_b = trust.word_heard(a.partner.heard_broken, broken_to_b, b.partner.trusting, hearing, register, travels)
            tell_a, tell_b = b.part * shared, a.part * shared
            a.told = tell_a if seen_by_a == 1.0 else -tell_a
            b.told = tell_b if seen_by_b == 1.0 else -tell_b
            known = 0.5 * (trust.mean_trust(alpha_a, beta_a) + trust.mean_trust(alpha_b, beta_b))
            prior_for, prior_against = evidence * mean, evidence * (1.0 - mean)
            for_a, against_a = trust.evidence_after(alpha_a, beta_a, seen_by_a, credit_a, shared, memory, losses, prior_for,
                                                    prior_against, good_a, bad_a)
            for_b, against_b = trust.evidence_after(alpha_b, beta_b, seen_by_b, credit_b, shared, memory, losses, prior_for,
                                                    prior_against, good_b, bad_b)
            a.alpha = for_a
            a.beta = against_a
            b.alpha = for_b
            b.beta = against_b
            tie.identity = relations.identity_after(
                tie.identity, tie.identity_start, met, kept_a, kept_b, shared, tie.settings.target_pressure,
                tie.settings.relational_space, settings.contact_rate, settings.identity_drift)
            tie.information = relations.information_after(information, known, clarity, tie.scope_information, met,
                                                          settings.information_rate)
            tie.stereotype = values.stereotype_after(tie.stereotype, tie.stereotype_start, met, information)
        for lane in lanes:
            told_a, told_b = a.told, b.told
            b.partner.told_kept += told_a if told_a > 0.0 else 0.0
            b.partner.told_broken += -told_a if told_a < 0.0 else 0.0
            a.partner.told_kept += told_b if told_b > 0.0 else 0.0
            a.partner.told_broken += -told_b if told_b < 0.0 else 0.0


@kernel()
def learn_as_partners(partners: Any, place: Any, quarter: Any) -> None:
    """Values, skill, teaching, practice and ownership of each partner after the quarter."""
    settings = place.settings
    for partner in partners:
        own = partner.settings
        for lane in lanes:
            pull, pressed = own.anchor_pull, own.target_pressure
            v1 = values.value_after(partner.evidence, partner.pull_evidence, partner.anchor_evidence, pull, pressed)
            v2 = values.value_after(partner.targets, partner.pull_targets, partner.anchor_targets, pull, pressed)
            v3 = values.value_after(partner.finance, partner.pull_finance, partner.anchor_finance, pull, pressed)
            v4 = values.value_after(partner.person, partner.pull_person, partner.anchor_person, pull, pressed)
            v5 = values.value_after(partner.community, partner.pull_community, partner.anchor_community, pull, pressed)
            v6 = values.value_after(partner.equity, partner.pull_equity, partner.anchor_equity, pull, pressed)
            total = v1 + v2 + v3 + v4 + v5 + v6
            partner.evidence = v1 / total
            partner.targets = v2 / total
            partner.finance = v3 / total
            partner.person = v4 / total
            partner.community = v5 / total
            partner.equity = v6 / total
            work, skill = partner.joint_work, partner.skill
            ways = delivery.practice_tried(
                partner.practice, chance(Stream.EXPERIMENT, partner.key), chance(Stream.EXPERIMENT_WORKS, partner.key),
                own.autonomy, own.accountability, settings.experiment_rate)
            partner.practice = leadership.not_forgotten(ways + partner.pull_practice, work, settings.skill_fading)
            partner.teaching = leadership.teaching_after(partner.teaching, own.teaching_training, skill)
            learnt = leadership.skill_after(skill, work, partner.pull_skill, place.best_skill, settings.learning_rate,
                                            settings.toolkits, settings.register, own.peer_teaching)
            partner.skill = leadership.not_forgotten(learnt, work, settings.skill_fading)
            mandate, forced = settings.mandate, partner.forced
            owned = relations.ownership_after(partner.ownership, work, mandate if mandate > forced else forced, partner.say)
            hoped = feedback.aspiration_after(partner.aspiration, work, settings.refusal)
            partner.ownership = feedback.ownership_by_results(owned, partner.aspiration, work, settings.results_felt)
            partner.aspiration = hoped
            partner.shortfall = feedback.shortfall_of(hoped, work)
            partner.routine = feedback.routine_after(partner.routine, work, partner.pressure)
            partner.tenure += 1.0
            seen = practice.success_seen(work, partner.pull_seen, settings.seen_elsewhere, settings.seen_half)
            partner.practised = practice.practised_after(partner.practised, seen, own.policy_sustains, partner.pressure,
                                                               settings.practice_growth, settings.practice_fading)
            partner.worked = work
            partner.heard_kept = partner.told_kept
            partner.heard_broken = partner.told_broken
            partner.trusting = partner.pull_trust
            partner.demand = partner.wants


@kernel()
def learn_as_public(ties: Any, place: Any) -> None:
    """Public opposition follows the money that moved out of trusts."""
    everything = 0.0
    for tie in ties:
        everything += tie.weight * tie.with_trust
    for lane in lanes:
        moved = politics.moved_share(place.moved_out, everything)
        place.moved_out = moved
        opposed = politics.opposition_after(place.opposition, place.opposition_start, moved, place.settings.opposition_gain,
                                            place.settings.public_engagement)
        place.opposition = feedback.opposition_by_results(opposed, place.reached, place.missed, place.settings.results_felt)


KERNELS = (clear_pulls, pull_across, learn_on_ties, learn_as_partners, practise, learn_as_public)
